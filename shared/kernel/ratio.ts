/**
 * Ratios 比例 as exact quotients of integers, and the one place where an amount times a ratio becomes fen again.
 * decimal.js prints quotients; arithmetic stays in bigint so that ties of half a fen are decided exactly.
 */
import { Decimal } from 'decimal.js';
import { assert } from './assert.ts';
import type { Fen } from './money.ts';

/** An exact quotient; the denominator is positive, the numerator never negative. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

const QuotientDecimal = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });
const ratioPattern = /^(0|[1-9][0-9]{0,8})(?:\.([0-9]{1,20}))?$/;

export const one: Ratio = { numerator: 1n, denominator: 1n };

/** @throws AssertionFault unless denominator > 0 and numerator >= 0 */
export function ratioOf(numerator: bigint, denominator: bigint): Ratio {
  assert(denominator > 0n && numerator >= 0n, 'a ratio needs a positive denominator');
  return { numerator, denominator };
}

/** Reads `0.6`, `1`, `0.0300` exactly; null when the text is not a plain decimal. */
export function parseRatio(text: string): Ratio | null {
  const match = ratioPattern.exec(text);
  if (match === null) return null;
  const [, whole = '', decimals = ''] = match;
  return { numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length) };
}

/**
 * The quotient as text with exactly `scale` decimals, half up. 60 digits are carried: with operands of up to 19 digits
 * no quotient that is not a tie comes nearer to one than 10^-40, so the second rounding cannot err.
 */
export function ratioText(ratio: Ratio, scale: number): string {
  return new QuotientDecimal(ratio.numerator.toString())
    .div(new QuotientDecimal(ratio.denominator.toString()))
    .toFixed(scale, Decimal.ROUND_HALF_UP);
}

/** 1, 10, 100 … */
const units = Array.from({ length: 21 }, (_, scale) => 10n ** BigInt(scale));

/** The quotient rounded half up to `scale` decimals, exact again: the setting `ratioRoundedBeforeUse`. */
export function roundedRatio(ratio: Ratio, scale: number): Ratio {
  const unit = units[scale] ?? 10n ** BigInt(scale);
  return { numerator: divideHalfUp(ratio.numerator * unit, ratio.denominator), denominator: unit };
}

/**
 * Rule "half up, once, at the end" 四舍五入到分: amount × every ratio, exactly, then one rounding to the fen.
 * @param amount fen, >= 0
 * @source shared spec headless.md, Rounding (no official rule was found: policy-facts 3.8, 12.1)
 */
export function applyRatios(amount: Fen, ratios: readonly Ratio[]): Fen {
  assert(amount >= 0n, 'ratios apply to amounts that are not negative');
  let numerator = amount;
  let denominator = 1n;
  for (const ratio of ratios) {
    numerator *= ratio.numerator;
    denominator *= ratio.denominator;
  }
  return divideHalfUp(numerator, denominator);
}

/**
 * Splits an amount by shares that sum to one; each part is floored and the remainder goes to the part named, so that
 * the parts always sum to the whole.
 * @param shares e.g. central 0.5, province 0.35, county 0.15
 * @param remainderTo index of the part that takes the remaining fen (county profile; policy-facts 6.2 knows no rule)
 */
export function splitByShares(total: Fen, shares: readonly Ratio[], remainderTo: number): Fen[] {
  assert(total >= 0n && remainderTo >= 0 && remainderTo < shares.length, 'a split needs an amount and a remainder part');
  const parts = shares.map((share) => (total * share.numerator) / share.denominator);
  const rest = total - parts.reduce((sum, part) => sum + part, 0n);
  assert(rest >= 0n && rest < BigInt(shares.length), 'shares must sum to one');
  return parts.map((part, index) => (index === remainderTo ? part + rest : part));
}

/** A ratio as percent without losing a digit: `0.5` → `50%`. @param text decimal text, at most one digit before the point */
export function percentOf(text: string): string {
  const [whole = '0', decimals = ''] = text.split('.');
  const digits = `${whole}${decimals.padEnd(2, '0')}`;
  const left = digits.slice(0, whole.length + 2).replace(/^0+(?=\d)/, '');
  const right = digits.slice(whole.length + 2).replace(/0+$/, '');
  return `${left}${right === '' ? '' : `.${right}`}%`;
}

/** A ratio as percent with two decimals, half up, for the eye: `0.9940002102` → `99.40%`; 1 and other whole percents are written without decimals. */
export function roundedPercent(text: string): string {
  const ratio = parseRatio(text);
  if (ratio === null) return text;
  return percentOf(text).includes('.') ? `${ratioText({ numerator: ratio.numerator * 100n, denominator: ratio.denominator }, 2)}%` : percentOf(text);
}

/** a > b, exactly. */
export function exceeds(a: Ratio, b: Ratio): boolean {
  return a.numerator * b.denominator > b.numerator * a.denominator;
}

function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
