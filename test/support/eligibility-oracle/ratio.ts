/**
 * Oracle of refund eligibility: the input composition ratio 进项构成比例, exact. Facts 3.8, 10.3; readings "Ratio". Input tax transferred out
 * is never subtracted. A ratio that cannot be known is null; whether it is needed at all, the verdict asks.
 */
import type { RosterRow } from '../../../shared/roster/model.ts';
import { distinct, hugeFen, shiftMonth, type Fraction } from './figures.ts';

export type Ratios = {
  /** From 2019-04 to the tax period filed. */
  readonly since2019: Fraction | null;
  /** From January of the year of the tax period filed: other taxpayers under No. 7 of 2025. */
  readonly sinceJanuary: Fraction | null;
};

/**
 * Every ratio that the row leaves possible. Representative values of blank special invoices: nothing, one fen, the largest amount;
 * of the blank pair of the year: nothing, one fen, all of the total, the largest amount; of the blank start: 2019-04, January of
 * the year, another month.
 */
export function possibleRatios(row: RosterRow, filing: string): readonly Ratios[] {
  const found: Ratios[] = [];
  const starts = row.deductedFrom === null ? ['2019-04', januaryOf(filing), '2019-05'] : [row.deductedFrom];
  const specials = row.deductedSpecial === null ? [0n, 1n, hugeFen] : [row.deductedSpecial];
  // The pair of the year is read from 2025-09 only.
  const totals = filing < '2025-09' ? [0n] : row.yearDeductedTotal === null ? distinct([row.yearDeductedQualified ?? 0n, (row.yearDeductedQualified ?? 0n) + 1n, hugeFen]) : [row.yearDeductedTotal];
  for (const special of specials) {
    for (const total of totals) {
      const qualifieds = filing < '2025-09' ? [0n] : row.yearDeductedQualified === null ? distinct([0n, total > 0n ? 1n : 0n, total]) : [row.yearDeductedQualified];
      for (const qualified of qualifieds) for (const start of starts) found.push(ratiosOf(row, filing, start, special, qualified, total));
    }
  }
  return found;
}

function ratiosOf(row: RosterRow, filing: string, start: string, special: bigint, yearQualified: bigint, yearTotal: bigint): Ratios {
  let numerator = special + row.deductedVehicle + row.deductedToll + row.deductedCustoms + row.deductedWithholding;
  const denominator = numerator + row.deductedAir + row.deductedRail + row.deductedOther;
  // 航空 and 铁路 electronic tickets count above the line only from the rules of 2025.
  if (filing >= '2025-09') numerator += row.deductedAir + row.deductedRail;
  const deducted = quotient(numerator, denominator);

  const since2019 = start === '2019-04' ? deducted : null;
  const sinceJanuary = start === januaryOf(filing) ? deducted : quotient(yearQualified, yearTotal);
  return { since2019, sinceJanuary };
}

/** January of the year of the tax period that is filed: filing 2026-01 asks for 2025-01. */
function januaryOf(filing: string): string {
  return `${shiftMonth(filing, -1).slice(0, 4)}-01`;
}

function quotient(numerator: bigint, denominator: bigint): Fraction | null {
  return denominator === 0n ? null : { numerator, denominator };
}
