/**
 * One refund as the ledger holds it, and the questions about it that need no SQL: its sums, its live voucher, which acts a person may
 * do on it now. Amounts are fen.
 */
import { forbiddenRefundPairs, refundRoleNames, type RefundRole } from '../../shared/administration/duties.ts';
import { refusal } from '../../shared/errors.ts';
import type { CivilDate, Instant } from '../../shared/kernel/civil-date.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { actFits, refundStateNames, transitionOf, type RefundAct, type RefundState } from '../../shared/refunds/lifecycle.ts';
import type { Clock, LineAmounts, RefundRoute, RefundSize } from '../../shared/refunds/model.ts';
import type { PayeeAccount } from './voucher.ts';

export type RefundRecord = {
  readonly refund: string;
  readonly period: TaxPeriod;
  readonly uscc: string;
  readonly name: string;
  readonly route: RefundRoute;
  readonly size: RefundSize;
  /** Key of the determination that the amounts come from. */
  readonly determination: string;
  readonly state: RefundState;
  readonly suspendedFrom: RefundState | null;
  /** Withdrawn because a new determination no longer gave a refund. */
  readonly lapsed: boolean;
  readonly applicationNo: string | null;
  readonly appliedOn: CivilDate | null;
  readonly account: PayeeAccount;
  readonly determined: LineAmounts;
  readonly asked: LineAmounts;
  readonly approved: LineAmounts;
  readonly paid: LineAmounts;
  readonly clawedBack: LineAmounts;
  readonly clock: Clock;
  readonly dueOn: CivilDate | null;
  readonly firstAcceptedOn: CivilDate | null;
  readonly acceptedOn: CivilDate | null;
  readonly decidedOn: CivilDate | null;
  readonly people: Readonly<Record<RefundRole, string | null>>;
  readonly voucherNo: string | null;
  readonly batchNo: string | null;
  readonly sentOn: CivilDate | null;
  readonly paidOn: CivilDate | null;
  readonly receipt: { readonly package: string; readonly line: number } | null;
  readonly crossedOffOn: CivilDate | null;
  readonly reason: string | null;
  readonly ground: string | null;
  readonly noticedOn: CivilDate | null;
  readonly events: number;
  readonly changedAt: Instant;
};

export function lineTotal(amounts: LineAmounts): Fen {
  return amounts.existing + amounts.incremental;
}

/** How a refund is named in sentences: by its application number once it has one. */
export function refName(record: { readonly refund: string; readonly applicationNo: string | null }): string {
  return record.applicationNo ?? record.refund;
}

/** Why the act does not fit the refund's state. */
export function judgeState(act: RefundAct, record: RefundRecord): Refusal | null {
  if (actFits(act, record.state)) return null;
  return refusal('REFUND_STATE_UNFIT', {
    name: record.name,
    refund: refName(record),
    state: refundStateNames[record.state],
    act: transitionOf(act).title,
  });
}

/**
 * Why this person must not fill the role of the act on this refund. All roles ever filled count, also those of an earlier round, so
 * that sending a refund back does not wash them off.
 * @param held roles the person has filled on this refund
 */
export function judgeSeparation(
  act: RefundAct,
  of: { readonly refund: string; readonly name: string; readonly applicationNo: string | null },
  person: string,
  held: readonly RefundRole[],
): Refusal | null {
  const { role } = transitionOf(act);
  if (role === null) return null;
  for (const [a, b] of forbiddenRefundPairs) {
    const other = role === a ? b : role === b ? a : null;
    if (other === null || !held.includes(other)) continue;
    return refusal('SAME_PERSON_TWO_DUTIES', {
      person,
      name: of.name,
      refund: refName(of),
      held: refundRoleNames[other],
      role: refundRoleNames[role],
    });
  }
  return null;
}
