/** A voucher and a batch as the treasury holds them, and the questions about them that need no SQL. Amounts are fen. */
import { forbiddenPaymentPairs, refundRoleNames, type PaymentRole } from '../../shared/administration/duties.ts';
import type { RouteId, Size } from '../../shared/eligibility/model.ts';
import { refusal } from '../../shared/errors.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { paymentActFits, paymentStateNames, paymentTransitionOf, type PaymentAct, type PaymentState } from '../../shared/treasury/lifecycle.ts';

/** A voucher as REFUND_BATCH brings it. */
export type IncomingVoucher = {
  readonly voucherNo: string;
  readonly refundNo: string;
  readonly batchNo: string;
  readonly uscc: string;
  readonly name: string;
  readonly filingPeriod: TaxPeriod;
  readonly route: RouteId;
  readonly size: Size;
  readonly existingFen: Fen;
  readonly incrementalFen: Fen;
  readonly amountFen: Fen;
  readonly subjectCode: string;
  readonly subjectName: string;
  readonly centralFen: Fen;
  readonly provinceFen: Fen;
  readonly countyFen: Fen;
  readonly accountName: string;
  readonly bank: string;
  readonly bankAccount: string;
  readonly bankCode: string | null;
  readonly appliedOn: CivilDate;
  readonly approvedOn: CivilDate;
  readonly issuedOn: CivilDate;
  readonly reason: string;
  readonly basis: string;
  readonly issuedBy: string;
  readonly checkedBy: string;
  readonly replaces: string | null;
  readonly note: string | null;
};

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
export type IncomingBatch = {
  readonly batchNo: string;
  readonly taxAuthority: string;
  readonly preparedOn: CivilDate;
  readonly approvedOn: CivilDate;
  readonly vouchers: number;
  readonly taxpayers: number;
  readonly existingFen: Fen;
  readonly incrementalFen: Fen;
  readonly amountFen: Fen;
  readonly basis: string;
  readonly fundSource: string | null;
  readonly preparedBy: string;
  readonly reviewedBy: string;
  readonly approvedBy: string;
  readonly note: string | null;
};

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
