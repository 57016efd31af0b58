/** SQL of vouchers received; they are moved by the case engine. Outcomes and suspensions are outcomes.sql.ts; lists are payment-lists.sql.ts. */
import type { RouteId, Size } from '../../shared/eligibility/model.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { PaymentState } from '../../shared/treasury/cases.ts';
import type { Database, Row, SqlValue } from '../platform/database.ts';
import { fenOf } from '../platform/record-table.ts';
import type { IncomingBatch, IncomingVoucher, PaymentRecord, TreasuryBatch } from './payment-record.ts';

export function insertBatch(db: Database, batch: IncomingBatch, source: { readonly package: string; readonly receivedOn: CivilDate }): void {
  db.prepare(
    `INSERT INTO treasury_batch (batch_no, package, received_on, tax_authority, prepared_on, approved_on, vouchers, taxpayers, existing_fen, incremental_fen, amount_fen,
       basis, fund_source, prepared_by, reviewed_by, approved_by, note)
     VALUES (@batchNo, @package, @receivedOn, @taxAuthority, @preparedOn, @approvedOn, @vouchers, @taxpayers, @existingFen, @incrementalFen, @amountFen,
       @basis, @fundSource, @preparedBy, @reviewedBy, @approvedBy, @note)`,
  ).run({ ...batch, ...source, vouchers: BigInt(batch.vouchers), taxpayers: BigInt(batch.taxpayers) });
}

/** A voucher arrives; its first event is the engine's. */
export function insertPayment(db: Database, voucher: IncomingVoucher, receivedOn: CivilDate): void {
  const { reason, ...rest } = voucher;
  db.prepare(
    `INSERT INTO payment (voucher_no, batch_no, refund_no, uscc, name, filing_period, route, size, existing_fen, incremental_fen, amount_fen, central_fen, province_fen,
       county_fen, subject_code, subject_name, account_name, bank, bank_account, bank_code, applied_on, approved_on, issued_on, refund_reason, basis, issued_by,
       checked_by, replaces, note, received_on, state, events)
     VALUES (@voucherNo, @batchNo, @refundNo, @uscc, @name, @filingPeriod, @route, @size, @existingFen, @incrementalFen, @amountFen, @centralFen, @provinceFen,
       @countyFen, @subjectCode, @subjectName, @accountName, @bank, @bankAccount, @bankCode, @appliedOn, @approvedOn, @issuedOn, @refundReason, @basis, @issuedBy,
       @checkedBy, @replaces, @note, @receivedOn, 'received', 1)`,
  ).run({ ...rest, refundReason: reason, receivedOn });
}

export function readPayment(db: Database, voucherNo: string): PaymentRecord | null {
  const row = db.prepare('SELECT * FROM payment WHERE voucher_no = @voucherNo').get({ voucherNo });
  return row === undefined ? null : paymentOf(row);
}

export function readPaymentsOfRefund(db: Database, refundNo: string): { readonly voucherNo: string; readonly state: PaymentState }[] {
  return db.prepare('SELECT voucher_no, state FROM payment WHERE refund_no = @refundNo ORDER BY voucher_no').all({ refundNo }).map((row) => ({
    voucherNo: String(row['voucher_no']),
    state: String(row['state']) as PaymentState, // CHECK of the table
  }));
}

export function readTreasuryBatch(db: Database, batchNo: string): TreasuryBatch | null {
  const row = db.prepare('SELECT * FROM treasury_batch WHERE batch_no = @batchNo').get({ batchNo });
  return row === undefined ? null : batchOf(row);
}

/** Count and sums of the vouchers that came with a batch. */
export function sumBatch(db: Database, batchNo: string): { readonly vouchers: number; readonly amountFen: Fen; readonly existingFen: Fen; readonly incrementalFen: Fen } {
  const row = db
    .prepare('SELECT count(*) AS vouchers, sum(amount_fen) AS amount, sum(existing_fen) AS existing, sum(incremental_fen) AS incremental FROM payment WHERE batch_no = @batchNo')
    .get({ batchNo });
  return { vouchers: Number(row?.['vouchers']), amountFen: fenOf(row, 'amount'), existingFen: fenOf(row, 'existing'), incrementalFen: fenOf(row, 'incremental') };
}

export function batchOf(row: Row): TreasuryBatch {
  return {
    batchNo: String(row['batch_no']),
    package: String(row['package']),
    receivedOn: dateOf(row['received_on']),
    taxAuthority: String(row['tax_authority']),
    preparedOn: dateOf(row['prepared_on']),
    approvedOn: dateOf(row['approved_on']),
    vouchers: Number(row['vouchers']),
    taxpayers: Number(row['taxpayers']),
    existingFen: fenOf(row, 'existing_fen'),
    incrementalFen: fenOf(row, 'incremental_fen'),
    amountFen: fenOf(row, 'amount_fen'),
    basis: String(row['basis']),
    fundSource: textOrNull(row['fund_source']),
    preparedBy: String(row['prepared_by']),
    reviewedBy: String(row['reviewed_by']),
    approvedBy: String(row['approved_by']),
    note: textOrNull(row['note']),
  };
}

export function paymentOf(row: Row): PaymentRecord {
  return {
    voucherNo: String(row['voucher_no']),
    batchNo: String(row['batch_no']),
    refundNo: String(row['refund_no']),
    uscc: String(row['uscc']),
    name: String(row['name']),
    filingPeriod: String(row['filing_period']) as TaxPeriod, // written from a checked month; route, size and state have a CHECK
    route: String(row['route']) as RouteId,
    size: String(row['size']) as Size,
    existingFen: fenOf(row, 'existing_fen'),
    incrementalFen: fenOf(row, 'incremental_fen'),
    amountFen: fenOf(row, 'amount_fen'),
    centralFen: fenOf(row, 'central_fen'),
    provinceFen: fenOf(row, 'province_fen'),
    countyFen: fenOf(row, 'county_fen'),
    subjectCode: String(row['subject_code']),
    subjectName: String(row['subject_name']),
    accountName: String(row['account_name']),
    bank: String(row['bank']),
    bankAccount: String(row['bank_account']),
    bankCode: textOrNull(row['bank_code']),
    appliedOn: dateOf(row['applied_on']),
    approvedOn: dateOf(row['approved_on']),
    issuedOn: dateOf(row['issued_on']),
    refundReason: String(row['refund_reason']),
    basis: String(row['basis']),
    issuedBy: String(row['issued_by']),
    checkedBy: String(row['checked_by']),
    replaces: textOrNull(row['replaces']),
    note: textOrNull(row['note']),
    receivedOn: dateOf(row['received_on']),
    state: String(row['state']) as PaymentState,
    checker: textOrNull(row['checker']),
    payer: textOrNull(row['payer']),
    paidOn: dateOrNull(row['paid_on']),
    returnedOn: dateOrNull(row['returned_on']),
    reasonCode: textOrNull(row['reason_code']),
    reason: textOrNull(row['reason']),
    events: Number(row['events']),
  };
}

export function textOrNull(value: SqlValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

export function dateOrNull(value: SqlValue | undefined): CivilDate | null {
  return textOrNull(value) as CivilDate | null; // written from a checked date
}

export function dateOf(value: SqlValue | undefined): CivilDate {
  return present(dateOrNull(value), 'date');
}
