/**
 * What the header cells 表头 of a roster file mean: the column, its unit, or how near it comes to one. A header that is nearly a column whose blank
 * counts as 0 or 否 must not be read as a remark, because the money would change without a word. It reads no file.
 * @source shared spec roster.md; faults.md B1
 */
import { blankSays, rosterColumns, type ColumnKey, type RosterColumn } from './columns.ts';

export type HeaderMeaning<C = RosterColumn> =
  | { readonly kind: 'column'; readonly column: C }
  /** An amount column whose header names a unit other than yuan. */
  | { readonly kind: 'other-unit'; readonly column: C; readonly unit: string }
  | { readonly kind: 'unknown' };

const columnByHeader = new Map(
  rosterColumns.flatMap((row) => [row.key, row.header, ...row.aliases].map((text) => [headerWord(text), row] as const)),
);

/** Units of money, from the end of a word back: in any brackets or after any separator, with or without 单位 and 人民币 before. */
const unitAtEnd = /[^\p{L}\p{N}]*(?:金额)?(?:单位)?[^\p{L}\p{N}]*(?:人民币|rmb)?((?:十|百|千|万|十万|百万|千万|亿)元?|元|角|分)[^\p{L}\p{N}]*$/u;
const unitStatedBefore = /单位[^\p{L}\p{N}]*(?:人民币|rmb)?((?:十|百|千|万|十万|百万|千万|亿)元?|元|角|分)/u;
const unitAlone = /^[^\p{L}\p{N}]*(?:人民币|rmb)?((?:十|百|千|万|十万|百万|千万|亿)元|元)[^\p{L}\p{N}]*$/u;

/** What a header cell means; width, blanks, case of Latin letters and a trailing unit of 元 do not matter. */
export function headerMeaning(text: string): HeaderMeaning {
  return meaningAmong(text, columnByHeader);
}

/** The column of that name, header or other name, without a unit; null for none. */
export function columnByName(text: string): RosterColumn | null {
  return columnByHeader.get(headerWord(text)) ?? null;
}

/** The unit other than 元 that a header names at its end, or null: an amount column assigned by hand is still no column of 万元. */
export function otherUnit(text: string): string | null {
  const unit = unitAtEnd.exec(headerWord(text))?.[1] ?? null;
  return unit === '元' ? null : unit;
}

/** The same among the columns of another list. @param columns by headerWord of their names */
export function meaningAmong<C>(text: string, columns: ReadonlyMap<string, C>): HeaderMeaning<C> {
  const word = headerWord(text);
  const column = columns.get(word);
  if (column !== undefined) return { kind: 'column', column };
  const unit = unitAtEnd.exec(word);
  const stem = unit === null ? '' : word.slice(0, unit.index);
  // In `金额（元）` the word before the unit is the column itself, and not the beginning of `金额单位：元`.
  const base = unit === null ? undefined : columns.get(stem) ?? (unit[0].startsWith('金额') ? columns.get(`${stem}金额`) : undefined);
  if (unit === null || base === undefined) return { kind: 'unknown' };
  return unit[1] === '元' ? { kind: 'column', column: base } : { kind: 'other-unit', column: base, unit: unit[1] ?? '' };
}

/** The unit that a title line states (`金额单位：万元`, `（单位：元）`), or null. */
export function unitStated(text: string): string | null {
  const word = headerWord(text);
  return unitStatedBefore.exec(word)?.[1] ?? unitAlone.exec(word)?.[1] ?? null;
}

/** Words that give away what a header is about, for the columns whose blank says something. */
const tellingWords: Partial<Readonly<Record<ColumnKey, RegExp>>> = {
  filingCycle: /纳税期限|申报期限|申报周期|纳税周期/, individual: /个体/, status: /状态/, realEstatePresales: /预收/,
  exportRefundDue: /免抵退/, exportRefundPending: /免抵退/, vatArrears: /欠税|欠缴|欠交/, abnormalVouchers: /异常.{0,10}(?:凭证|抵扣|发票)/,
  existingRefundedOn: /存量.*退税|退税.*存量/, generalRefundedOn: /一般.*留抵退|上次.*退税/,
  deductedVehicle: /机动车/, deductedToll: /通行费/, deductedCustoms: /海关/, deductedWithholding: /完税凭证|代扣代缴/, deductedAir: /航空|行程单/, deductedRail: /铁路|火车/,
};

/** From this share of common characters on, two headers are taken for the same one written differently. */
const nearFrom = 0.75;
const shortestContained = 3;

/**
 * The column that a header is nearly: it contains one of its names, shares most of its characters, or says its telling word.
 * @param lacking the columns that the file has not; only those whose blank says something are looked at
 */
export function nearColumn(text: string, lacking: readonly RosterColumn[]): RosterColumn | null {
  const word = letters(text);
  let nearest: { readonly column: RosterColumn; readonly share: number } | null = null;
  for (const column of lacking) {
    if (blankSays(column) === null) continue;
    const share = nearness(text, [column.header, ...column.aliases]);
    const near = share >= nearFrom || tellingWords[column.key]?.test(word) === true;
    if (near && (nearest === null || share > nearest.share)) nearest = { column, share };
  }
  return nearest?.column ?? null;
}

/** Whether a header is taken for a name written differently. */
export function isNearName(text: string, name: string): boolean {
  return nearness(text, [name]) >= nearFrom;
}

/** How near a header comes to one of the names, 0–1; one that contains a name of three letters or more is as near as can be. */
function nearness(text: string, names: readonly string[]): number {
  const word = letters(text);
  return Math.max(...names.map(letters).map((name) => (name.length >= shortestContained && word.includes(name) ? 1 : commonShare(word, name))));
}

/** Twice the common characters over all characters, 0–1; the order does not matter (`欠缴增值税` and `增值税欠缴`). */
function commonShare(a: string, b: string): number {
  const left = new Map<string, number>();
  for (const letter of a) left.set(letter, (left.get(letter) ?? 0) + 1);
  let common = 0;
  for (const letter of b) {
    const count = left.get(letter) ?? 0;
    if (count === 0) continue;
    left.set(letter, count - 1);
    common += 1;
  }
  return (2 * common) / Math.max(1, a.length + b.length);
}

/** The letters and digits of a header, without its unit. */
function letters(text: string): string {
  return headerWord(text).replace(unitAtEnd, '').replace(/[^\p{L}\p{N}]/gu, '');
}

/** Headers are compared after NFKC (full-width forms), without blanks, in lower case. */
export function headerWord(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}
