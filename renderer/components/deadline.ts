/**
 * How near a deadline is 期限: words and tone for a chip, counted in days that somebody else decided. Whether a day is a working day is the
 * office's answer; here only its number is put into words.
 */
import { daysBetween, type CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Tone } from './table/columns.ts';

export type DeadlineText = { readonly text: string; readonly tone: Tone };

/** From this many days on a deadline is said to be near. */
export const nearDays = 3;

/** `今天到期`, `还有 5 天`, `已超期 2 天`; calendar days. */
export function deadlineText(dueOn: CivilDate, today: CivilDate): DeadlineText {
  const days = daysBetween(today, dueOn);
  if (days < 0) return { text: `已超期 ${String(-days)} 天`, tone: 'bad' };
  if (days === 0) return { text: '今天到期', tone: 'bad' };
  return { text: `还有 ${String(days)} 天`, tone: days <= nearDays ? 'wait' : 'plain' };
}
