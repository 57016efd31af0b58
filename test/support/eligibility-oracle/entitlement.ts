/**
 * Oracle of refund eligibility: what one route gives one taxpayer when nothing is blank any more. The shape only, with the one
 * multiplication that all announcements share; which route, which credit and which rate stand in the files named after them.
 */
import { halfUp, type Fraction } from './figures.ts';

export type Route = '2022-14/1' | '2022-14/2' | '2019-39/8' | '2025-07/1(1)' | '2025-07/1(2)' | '2025-07/1(3)';

export type Entitlement = {
  readonly route: Route;
  /** The conditions of the route itself: the six-month rules. */
  readonly met: boolean;
  readonly existingCredit: bigint;
  readonly incrementalCredit: bigint;
  readonly ratio: Fraction | null;
  readonly refundRate: '1' | '0.6' | '0.6/0.3';
  /** Null where the ratio is not known. */
  readonly refundableExisting: bigint | null;
  readonly refundableIncremental: bigint | null;
  /** First filing month of each window; null where a route knows none. */
  readonly existingOpenFrom: string | null;
  readonly incrementalOpenFrom: string | null;
};

/** Credit × ratio × rate in tenths, rounded once, half up, to the fen. Nothing of nothing is nothing, whatever the ratio. */
export function refundOf(credit: bigint, ratio: Fraction | null, tenths: bigint): bigint | null {
  if (credit === 0n) return 0n;
  if (ratio === null) return null;
  return halfUp(credit * ratio.numerator * tenths, ratio.denominator * 10n);
}
