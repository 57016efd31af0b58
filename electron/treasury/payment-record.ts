/** A voucher and a batch as the treasury holds them, and the questions about them that need no SQL. Amounts are fen. */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { BatchHead, VoucherElements } from '../../shared/refunds/voucher-fields.ts';
import type { PaymentState } from '../../shared/treasury/cases.ts';

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
  /** Why it or its money went back, a word of the closed lists. */
  readonly reasonCode: string | null;
  /** Reason of the last step that needed one. */
  readonly reason: string | null;
  readonly events: number;
};

/** The head of a batch as REFUND_BATCH brings it. */
export type IncomingBatch = BatchHead;

export type TreasuryBatch = IncomingBatch & { readonly package: string; readonly receivedOn: CivilDate };
