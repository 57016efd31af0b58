/**
 * Oracle of refund eligibility: its own arithmetic. Quotients of whole numbers, one rounding (half up), yuan text and months,
 * each written out plainly. Deliberately not the project's money, ratio and month modules, so that a fault there cannot hide here.
 */

/** A quotient of two whole numbers, kept exact. */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

/** The nearest whole number; exactly half goes up. Both arguments are not negative, the divisor is positive. */
export function halfUp(dividend: bigint, divisor: bigint): bigint {
  const whole = dividend / divisor;
  const rest = dividend - whole * divisor;
  return rest + rest >= divisor ? whole + 1n : whole;
}

/** The quotient with so many decimals, half up. */
export function decimals(fraction: Fraction, places: number): string {
  const scaled = halfUp(fraction.numerator * 10n ** BigInt(places), fraction.denominator).toString().padStart(places + 1, '0');
  return `${scaled.slice(0, scaled.length - places)}.${scaled.slice(scaled.length - places)}`;
}

/** Fen as yuan with two decimals; amounts here are never negative. */
export function yuan(fen: bigint): string {
  const digits = fen.toString().padStart(3, '0');
  return `${digits.slice(0, digits.length - 2)}.${digits.slice(digits.length - 2)}`;
}

export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** `2022-01` and -1 give `2021-12`. */
export function shiftMonth(month: string, by: number): string {
  let year = Number(month.slice(0, 4));
  let number = Number(month.slice(5, 7));
  for (let step = 0; step < Math.abs(by); step += 1) {
    number += by > 0 ? 1 : -1;
    if (number === 13) {
      number = 1;
      year += 1;
    }
    if (number === 0) {
      number = 12;
      year -= 1;
    }
  }
  return `${String(year)}-${String(number).padStart(2, '0')}`;
}

/** Whether the date lies in the month or before it (`2022-10-31` in `2022-10`): dates and months compare as text. */
export function notLaterThanMonth(date: string, month: string): boolean {
  return date.slice(0, 7) <= month;
}

/** The values without repetitions and without negatives, for trying them one after another. */
export function distinct(values: readonly bigint[]): bigint[] {
  return [...new Set(values)].filter((value) => value >= 0n);
}

/** The largest amount a roster cell can hold: 9,999,999,999,999.99 yuan. */
export const hugeFen = 999_999_999_999_999n;

/** 500,000.00 yuan: the least new credit of the sixth month (No. 39 article 8; No. 7 of 2025). */
export const fiveHundredThousand = 50_000_000n;

/** 100,000,000.00 yuan: the first bracket of other taxpayers under No. 7 of 2025, its upper bound included. */
export const oneHundredMillion = 10_000_000_000n;
