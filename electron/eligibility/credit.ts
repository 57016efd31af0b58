/**
 * Credits 留抵税额: the ending credit after 免抵退 and arrears, and its split into existing 存量 and incremental 增量. Amounts are fen and
 * never below zero. Refund amounts are a route's business.
 * @source 2022-14/4, 2022-14/5, sta-2019-20/9; readings.md, Credit and Dates
 */
import { maxFen, minFen, type Fen } from '../../shared/kernel/money.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { firstDay, type TaxPeriod } from '../../shared/kernel/tax-period.ts';

/** 期末留抵 − 未填报的免抵退应退税额 − 欠税, never below zero (sta-2019-20/9(2), (3); the order of two subtractions does not matter). */
export function adjustedEndingCredit(credit: { endingCredit: Fen; exportRefundDue: Fen; vatArrears: Fen }): Fen {
  return maxFen(0n, credit.endingCredit - credit.exportRefundDue - credit.vatArrears);
}

/** The adjusted ending credit of a roster row; null where its return is blank. */
export function endingCreditOf({ endingCredit, exportRefundDue, vatArrears }: Pick<RosterRow, 'endingCredit' | 'exportRefundDue' | 'vatArrears'>): Fen | null {
  return endingCredit === null ? null : adjustedEndingCredit({ endingCredit, exportRefundDue, vatArrears });
}

/**
 * Whether the one-off existing refund had been obtained before this filing period: earlier than the first day of its month. One
 * obtained within the month belongs to the same application, which is split as before it (policy-facts 3.7).
 */
export function existingRefundedBefore(existingRefundedOn: CivilDate | null, filing: TaxPeriod): boolean {
  return existingRefundedOn !== null && existingRefundedOn < firstDay(filing);
}

export type CreditSplit = { readonly existing: Fen; readonly incremental: Fen };

/** Before the one-off refund: existing min(B, C), incremental max(0, C − B); after it: nothing and C. */
export function splitCredit(credit: { ending: Fen; base: Fen; existingRefunded: boolean }): CreditSplit {
  if (credit.existingRefunded) return { existing: 0n, incremental: credit.ending };
  return { existing: minFen(credit.base, credit.ending), incremental: maxFen(0n, credit.ending - credit.base) };
}

/** What an amount exceeds another by, never below zero. */
export function excessOver(amount: Fen, base: Fen): Fen {
  return maxFen(0n, amount - base);
}
