/** Gathers what a voucher is compared with: its batch, other vouchers of the same application, suspensions in force. Judges nothing. */
import { present } from '../../shared/kernel/assert.ts';
import type { Context } from '../context.ts';
import { suspensionsOf } from './outcomes.sql.ts';
import type { PaymentRecord } from './payment-record.ts';
import { readPayment, readPaymentsOfRefund, readTreasuryBatch, sumBatch } from './payments.sql.ts';
import type { CheckGround } from './voucher-checks.ts';

export function checkGround(ctx: Pick<Context, 'db' | 'profile'>, voucher: PaymentRecord): CheckGround {
  const { db, profile } = ctx;
  return {
    profile,
    batch: present(readTreasuryBatch(db, voucher.batchNo), 'batch of a voucher'),
    batchReceived: sumBatch(db, voucher.batchNo),
    sameRefund: readPaymentsOfRefund(db, voucher.refundNo).filter((other) => other.voucherNo !== voucher.voucherNo),
    replaced: voucher.replaces === null ? null : readPayment(db, voucher.replaces),
    suspensions: suspensionsOf(db, voucher.uscc).map((suspension) => suspension.reason),
  };
}
