/** SQL of vouchers received; they are moved by the case engine. Outcomes and suspensions are outcomes.sql.ts; lists are payment-lists.sql.ts. */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { VoucherElements } from '../../shared/refunds/voucher-fields.ts';
import type { Database } from '../platform/database.ts';
import { fenOf } from '../platform/record-table.ts';
import { payments, type PaymentRecord } from './treasury.tables.ts';

/** A voucher arrives; its first event is the engine's. */
export function insertPayment(db: Database, { reason, ...voucher }: VoucherElements, receivedOn: CivilDate): void {
  payments.insert(db, { ...voucher, refundReason: reason, receivedOn, state: 'received', events: 1 });
}

export function readPayment(db: Database, voucherNo: string): PaymentRecord | null {
  return payments.find(db, { voucherNo });
}

export function readPaymentsOfRefund(db: Database, refundNo: string): PaymentRecord[] {
  return payments.all(db, 'WHERE refund_no = @refundNo ORDER BY voucher_no', { refundNo });
}

/** Vouchers of a taxpayer with existing credit that were found in order or paid, whatever the application. */
export function readExistingOfTaxpayer(db: Database, uscc: string): PaymentRecord[] {
  return payments.all(db, "WHERE uscc = @uscc AND existing_fen > 0 AND state IN ('checked', 'paid') ORDER BY voucher_no", { uscc });
}

/** Count and sums of the vouchers that came with a batch. */
export function sumBatch(db: Database, batchNo: string): { readonly vouchers: number; readonly amountFen: Fen; readonly existingFen: Fen; readonly incrementalFen: Fen } {
  const row = db
    .prepare('SELECT count(*) AS vouchers, sum(amount_fen) AS amount, sum(existing_fen) AS existing, sum(incremental_fen) AS incremental FROM payment WHERE batch_no = @batchNo')
    .get({ batchNo });
  return { vouchers: Number(row?.['vouchers']), amountFen: fenOf(row, 'amount'), existingFen: fenOf(row, 'existing'), incrementalFen: fenOf(row, 'incremental') };
}

/** Entries that moved a payment to this taxpayer, or the payment of this voucher or batch. */
export function paymentTrail(db: Database, about: string): readonly number[] {
  const found = db.prepare(
    `SELECT DISTINCT e.entry AS entry FROM payment_event AS e JOIN payment AS p ON p.voucher_no = e.voucher_no
     WHERE p.uscc = @about OR p.voucher_no = @about OR p.batch_no = @about`,
  ).all({ about });
  return found.map((row) => Number(row['entry']));
}
