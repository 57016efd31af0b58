/** Gathers what a voucher is compared with: its batch, other vouchers of the same application, existing credit paid to the same taxpayer, suspensions in force. Judges nothing. */
import { present } from '../../shared/kernel/assert.ts';
import type { Context } from '../journal/index.ts';
import { listedOf } from './listed.ts';
import { suspensionsOf } from './outcomes.sql.ts';
import type { PaymentRecord } from './treasury.tables.ts';
import { readExistingOfTaxpayer, readPayment, readPaymentsOfRefund, sumBatch } from './payments.sql.ts';
import { treasuryBatches } from './treasury.tables.ts';
import type { CheckGround } from './voucher-checks.ts';

/** Gathers voucher by voucher within one act; batches are read and summed once. */
export function checkGrounds(ctx: Pick<Context, 'db' | 'profile'>): (voucher: PaymentRecord) => CheckGround {
  const { db, profile } = ctx;
  const batches = new Map<string, Pick<CheckGround, 'batch' | 'batchReceived'>>();
  const batchOf = (batchNo: string): Pick<CheckGround, 'batch' | 'batchReceived'> => {
    const known = batches.get(batchNo) ?? { batch: present(treasuryBatches.find(db, { batchNo }), 'batch of a voucher'), batchReceived: sumBatch(db, batchNo) };
    batches.set(batchNo, known);
    return known;
  };
  return (voucher) => ({
    profile,
    ...batchOf(voucher.batchNo),
    sameRefund: readPaymentsOfRefund(db, voucher.refundNo).filter((other) => other.voucherNo !== voucher.voucherNo),
    listed: listedOf(db, voucher),
    existingElsewhere: voucher.existingFen === 0n ? [] : readExistingOfTaxpayer(db, voucher.uscc).filter((other) => other.refundNo !== voucher.refundNo),
    replaced: voucher.replaces === null ? null : readPayment(db, voucher.replaces),
    suspensions: suspensionsOf(db, voucher.uscc).map((suspension) => suspension.reason),
  });
}
