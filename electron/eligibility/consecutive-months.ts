/**
 * The consecutive months 连续六个月 (or two quarters 连续两个季度) of the general refunds: which months are counted before a filing period,
 * and whether every one of their credits exceeds a base. Open months leave the answer open.
 * @source 2019-39/8, 2025-07/1(2), 2025-07/1(3); readings.md, Credit
 */
import { addPeriods, periodOf, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { Outcome } from '../../shared/eligibility/model.ts';
import type { FilingCycle, RosterRow } from '../../shared/roster/model.ts';

export type CountTerms = { readonly months: number; readonly quarters: number };

/** First of the counted months: six before the filing month; for quarterly filers, before the quarter in which they file. */
export function firstCountedMonth(filing: TaxPeriod, cycle: FilingCycle, terms: CountTerms): TaxPeriod {
  if (cycle === 'month') return addPeriods(filing, -terms.months);
  const quarterStart = addPeriods(filing, -((Number(filing.slice(5, 7)) - 1) % 3));
  return addPeriods(quarterStart, -3 * terms.quarters);
}

/**
 * Return figures 申报表期末留抵税额 of the counted months, oldest first, null where blank. The last one is the ending credit of the
 * latest return (roster.md), so it is known even when the column is blank.
 */
export function countedCredits(row: RosterRow, terms: CountTerms): readonly (Fen | null)[] {
  const count = row.filingCycle === 'quarter' ? terms.quarters : terms.months;
  const given = (row.recentCredits ?? []).slice(-count);
  if (given.length === count) return given;
  const known: readonly (Fen | null)[] = given.length === 0 ? [row.endingCredit] : given;
  return [...Array.from({ length: count - known.length }, () => null), ...known];
}

/** Every counted credit above the base, strictly: one that is known not to be decides, whatever the others are. */
export function everyCreditAbove(credits: readonly (Fen | null)[], base: Fen | null): Outcome {
  if (credits.some((credit) => credit !== null && (credit === 0n || (base !== null && credit <= base)))) return 'notMet';
  return base === null || credits.some((credit) => credit === null) ? 'needsEvidence' : 'met';
}

/** Reading "Credit": a refund already obtained under the same scheme restarts the count; all counted months must be later. */
export function countedAfterRefund(first: TaxPeriod, refundedOn: CivilDate | null): boolean {
  return refundedOn === null || first > periodOf(refundedOn);
}
