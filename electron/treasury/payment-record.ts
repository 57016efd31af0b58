/** A voucher and a batch as the treasury holds them, and the questions about them that need no SQL. Amounts are fen. */
import { forbiddenPaymentPairs, refundRoleNames, type PaymentRole } from '../../shared/administration/duties.ts';
import { refusal } from '../../shared/errors.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import type { BatchHead, VoucherElements } from '../../shared/refunds/voucher-fields.ts';
import { paymentActFits, paymentStateNames, paymentTransitionOf, type PaymentAct, type PaymentState } from '../../shared/treasury/lifecycle.ts';

/** A voucher as REFUND_BATCH brings it. */
export type IncomingVoucher = VoucherElements;

export type PaymentRecord = Omit<IncomingVoucher, 'reason'> & {
  /** 退库原因 on the voucher. */
  readonly refundReason: string;
  readonly receivedOn: CivilDate;
  readonly state: PaymentState;
  readonly checker: string | null;
  readonly payer: string | null;
  readonly paidOn: CivilDate | null;
  readonly returnedOn: CivilDate | null;
  /** Reason of the last step that needed one. */
  readonly reason: string | null;
  readonly events: number;
};

/** The head of a batch as REFUND_BATCH brings it. */
export type IncomingBatch = BatchHead;

export type TreasuryBatch = IncomingBatch & { readonly package: string; readonly receivedOn: CivilDate };

/** Why the act does not fit the voucher's state. */
export function judgePaymentState(act: PaymentAct, record: PaymentRecord): Refusal | null {
  if (paymentActFits(act, record.state)) return null;
  return refusal('VOUCHER_STATE_UNFIT', { name: record.name, voucher: record.voucherNo, state: paymentStateNames[record.state], act: paymentTransitionOf(act).title });
}

/** Why this person must not fill the role of the act on this voucher. @param held roles the person has ever filled on it */
export function judgePaymentSeparation(act: PaymentAct, record: { readonly name: string; readonly voucherNo: string }, person: string, held: readonly PaymentRole[]): Refusal | null {
  const { role } = paymentTransitionOf(act);
  if (role === null) return null;
  for (const [a, b] of forbiddenPaymentPairs) {
    const other = role === a ? b : role === b ? a : null;
    if (other === null || !held.includes(other)) continue;
    return refusal('SAME_PERSON_TWO_PAYMENT_DUTIES', {
      person, name: record.name, voucher: record.voucherNo, held: refundRoleNames[other], role: refundRoleNames[role],
    });
  }
  return null;
}
