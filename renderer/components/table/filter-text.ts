/**
 * What a clerk types into the filter row 筛选框, and back: `>=1000`, `<=2000`, `1000~2000`, `1000` for amounts and counts; `2022-04` and
 * `2022-04-01~2022-04-15` for dates. Reads leniently (full width, blanks, thousands separators) and says what it did not understand.
 */
import { lastDay, parsePeriod } from '../../../shared/kernel/tax-period.ts';
import { parseCivilDate } from '../../../shared/kernel/civil-date.ts';
import { parseYuan, yuanText } from '../../../shared/kernel/money.ts';
import type { CellKind, FilterValue } from './columns.ts';

export type ReadFilter = { readonly kind: 'value'; readonly value: FilterValue | null } | { readonly kind: 'unclear'; readonly hint: string };

/** Reads a range filter of a column kind; an empty text means no filter. */
export function readRange(text: string, kind: CellKind): ReadFilter {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '').replace('≥', '>=').replace('≤', '<=').replace(/[〜～—]/g, '~');
  if (plain === '') return { kind: 'value', value: null };
  const [, sign = '', only = ''] = /^(>=|<=|>|<)(.*)$/.exec(plain) ?? [];
  const [from = '', to = '', ...more] = plain.split('~');
  const unclear: ReadFilter = { kind: 'unclear', hint: rangeHint(kind) };
  if (sign !== '') {
    const bound = readBound(only, kind);
    // A strict bound cannot be told to the office, which answers inclusive ranges.
    if (bound === null || sign === '>' || sign === '<') return unclear;
    return { kind: 'value', value: { kind: 'range', from: sign === '>=' ? bound.from : null, to: sign === '<=' ? bound.to : null } };
  }
  if (more.length > 0) return unclear;
  if (!plain.includes('~')) {
    const bound = readBound(plain, kind);
    return bound === null ? unclear : { kind: 'value', value: { kind: 'range', ...bound } };
  }
  const low = from === '' ? null : readBound(from, kind);
  const high = to === '' ? null : readBound(to, kind);
  if ((from !== '' && low === null) || (to !== '' && high === null) || (low === null && high === null)) return unclear;
  return { kind: 'value', value: { kind: 'range', from: low?.from ?? null, to: high?.to ?? null } };
}

/** What may be typed, as the sentence of the hint. */
export function rangeHint(kind: CellKind): string {
  if (kind === 'date') return '可填 2022-04、2022-04-11、2022-04-01~2022-04-15、>=2022-04-01';
  if (kind === 'period') return '可填 2022-04、2022-04~2022-06、>=2022-04';
  if (kind === 'money') return '以元填写：>=1000、<=2000、1000~2000、1000';
  return '可填 >=10、<=20、10~20、10';
}

/** A bound may stand for a stretch: the month `2022-04` is its first and last day. */
function readBound(text: string, kind: CellKind): { from: string; to: string } | null {
  if (kind === 'date') {
    const month = parsePeriod(text);
    if (month !== null) return { from: `${month}-01`, to: lastDay(month) };
    const date = parseCivilDate(text);
    return date === null ? null : { from: date, to: date };
  }
  if (kind === 'period') {
    const month = parsePeriod(text);
    return month === null ? null : { from: month, to: month };
  }
  if (kind === 'money') {
    const fen = parseYuan(text);
    return fen === null ? null : { from: yuanText(fen), to: yuanText(fen) };
  }
  return /^-?[0-9]{1,15}$/.test(text) ? { from: text, to: text } : null;
}
