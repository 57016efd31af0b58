/**
 * Numbers that people quote: applications SQ, batches PC, and eight-digit voucher numbers from the ranges the office was given 领用号段.
 * All run without gaps: the next number is decided here, and the fold refuses any other.
 * @source shared spec decisions 11
 */
import { refusal } from '../../shared/errors.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';

export type Series = 'SQ' | 'PC';
const digitsOf: Readonly<Record<Series, number>> = { SQ: 6, PC: 4 };

/** The next `count` numbers of a series. @param last the last number given in that year, 0 for none */
export function nextNumbers(series: Series, today: CivilDate, last: number, count: number): string[] {
  const digits = digitsOf[series];
  assert(last + count < 10 ** digits, `series ${series} is full for the year`);
  return Array.from({ length: count }, (_, index) => `${series}-${today.slice(0, 4)}-${String(last + index + 1).padStart(digits, '0')}`);
}

/** Splits `SQ-2022-000001` into the key of its series and the running number. */
export function numberParts(number: string): { readonly series: string; readonly running: number } {
  const match = /^([A-Z]{2}-[0-9]{4})-([0-9]+)$/.exec(number);
  assert(match !== null, `not a numbered document: ${number}`);
  return { series: match[1] ?? '', running: Number(match[2]) };
}

/** A range of voucher numbers, both ends included; `next` is the first unused one, last + 1 when all are used. */
export type VoucherRange = { readonly first: number; readonly last: number; readonly next: number };

/** Most numbers one range may hold: ten books of a thousand and to spare; a typing slip must not swallow the whole space. */
export const rangeSizeMost = 1_000_000;

/** The next `count` voucher numbers, ranges in ascending order, or the refusal that says how many are left. */
export function takeVoucherNumbers(ranges: readonly VoucherRange[], count: number): readonly string[] | Refusal {
  const numbers: string[] = [];
  for (const range of [...ranges].sort((a, b) => a.first - b.first)) {
    for (let number = range.next; number <= range.last && numbers.length < count; number += 1) numbers.push(voucherNo(number));
  }
  if (numbers.length === count) return numbers;
  return refusal('VOUCHER_RANGE_EXHAUSTED', { left: numbers.length, needed: count });
}

/** Why a range cannot be entered. */
export function judgeRange(ranges: readonly VoucherRange[], first: number, last: number): Refusal | null {
  if (last < first || last - first >= rangeSizeMost) return refusal('VOUCHER_RANGE_INVALID', { first: voucherNo(first), last: voucherNo(last), most: rangeSizeMost });
  const other = ranges.find((range) => first <= range.last && range.first <= last);
  if (other === undefined) return null;
  return refusal('VOUCHER_RANGE_OVERLAPS', { first: voucherNo(first), last: voucherNo(last), otherFirst: voucherNo(other.first), otherLast: voucherNo(other.last) });
}

/** A number as printed: eight digits. */
export function voucherNo(number: number): string {
  return String(number).padStart(8, '0');
}
