/** Dates as clerks type them 日期填写: `2022-04-11`, `20220411`, `2022.4.11`, `2022年4月11日`, also in full width; to the one form of the office. */
import { parseCivilDate, type CivilDate } from '../../shared/kernel/civil-date.ts';

/** The date, or null when the text is not an existing day. */
export function readDate(text: string): CivilDate | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  const [, year = '', month = '', day = ''] = /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(plain) ?? /^([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?$/.exec(plain) ?? [];
  return parseCivilDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
