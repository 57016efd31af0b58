/**
 * What refunds gives to packages and reports: a sealed batch with its vouchers, and a month's refunds. Plain data in the words of the
 * rows that exchange sends; this capability knows no package.
 */
import { assert, present } from '../../shared/kernel/assert.ts';
import type { RecordOf } from '../../shared/kernel/record.ts';
import { sumFen } from '../../shared/kernel/money.ts';
import { periodOf, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { BatchHead, monthlyRefundFields, VoucherElements } from '../../shared/refunds/voucher-fields.ts';
import type { Database } from '../platform/database.ts';
import { nameNote } from '../../shared/refunds/lost-name.ts';
import { requireAsIssued } from './as-issued.ts';
import { requireRefund } from './refund-book.ts';
import { crossedOffThen, readPaidInMonth, tallyMonth, type MonthlyCell } from './month.sql.ts';
import { licenceSeen } from './name-seen.ts';
import type { RefundRecord } from './refund-record.ts';
import { personName } from '../administration/index.ts';
import { monthOf } from './views.service.ts';
import { refundVouchers, type VoucherRecord } from './refunds.tables.ts';
import { readBatch, readBatches, readVouchersOfBatch } from './vouchers.sql.ts';

/** The head of a batch with the month in which it was sealed; its approval is the newest among its refunds. */
export type BatchForExport = BatchHead & { readonly period: TaxPeriod };

/** Sealed batches that have not left yet, by number. */
export function batchesToSend(db: Database): string[] {
  return readBatches(db).filter((batch) => batch.state === 'sealed').map((batch) => batch.batchNo);
}

/**
 * A sealed or sent batch with its vouchers in order of number; null when there is no such batch or it was cancelled. The same batch
 * always gives the same rows, also after its refunds have moved on: both recipients get the same document. @throws Refusal ISSUED_VOUCHER_ALTERED
 */
export function batchForExport(db: Database, batchNo: string): { readonly batch: BatchForExport; readonly vouchers: readonly VoucherElements[] } | null {
  const batch = readBatch(db, batchNo);
  if (batch === null || batch.state === 'cancelled') return null;
  const records = readVouchersOfBatch(db, batchNo).map((voucher) => ({ voucher, refund: requireRefund(db, voucher.refund) }));
  requireAsIssued(db, records.map(({ voucher }) => voucher));
  const vouchers = records.map(({ voucher, refund }) => voucherRow(db, batchNo, voucher, refund));
  const total = sumFen(vouchers.map((voucher) => voucher.amountFen));
  assert(total === batch.total && vouchers.length === batch.vouchers, `batch ${batchNo} is as sealed`);
  return {
    batch: {
      batchNo,
      period: periodOf(batch.formedOn),
      taxAuthority: present(records[0], 'voucher of a batch').voucher.authority,
      preparedOn: batch.formedOn,
      approvedOn: vouchers.map((voucher) => voucher.approvedOn).reduce((latest, day) => (day > latest ? day : latest)),
      vouchers: vouchers.length,
      taxpayers: new Set(vouchers.map((voucher) => voucher.uscc)).size,
      existingFen: sumFen(vouchers.map((voucher) => voucher.existingFen)),
      incrementalFen: sumFen(vouchers.map((voucher) => voucher.incrementalFen)),
      amountFen: total,
      basis: [...new Set(vouchers.map((voucher) => voucher.basis))].sort().join('；'),
      fundSource: null,
      preparedBy: personName(db, batch.formedBy),
      reviewedBy: namesOf(vouchers.map((voucher) => voucher.checkedBy)),
      approvedBy: namesOf(records.map(({ voucher }) => personName(db, voucher.approver))),
      note: null,
    },
    vouchers,
  };
}

/** A refund paid in a month, with its cross-off. */
export type MonthlyRefund = RecordOf<typeof monthlyRefundFields>;

/** What the monthly package carries: refunds paid in the month, and totals by size, route and kind of credit, also from the first month on. */
export function monthForExport(db: Database, period: TaxPeriod): { readonly refunds: readonly MonthlyRefund[]; readonly totals: readonly MonthlyCell[] } {
  const month = monthOf(period);
  const paid = readPaidInMonth(db, month).map((row) => ({ row, voucher: refundVouchers.read(row) }));
  requireAsIssued(db, paid.map(({ voucher }) => voucher));
  const refunds = paid.map(({ row, voucher }) => {
    return {
      refundNo: voucher.approvalNo,
      voucherNo: voucher.voucherNo,
      batchNo: present(voucher.batchNo, 'batch of a paid voucher'),
      uscc: String(row['uscc']),
      name: voucher.name,
      filingPeriod: String(row['period']) as TaxPeriod, // written from a checked month
      route: voucher.route,
      size: voucher.size,
      existingFen: voucher.existing,
      incrementalFen: voucher.incremental,
      amountFen: voucher.amount,
      paidOn: present(voucher.paidOn, 'payment date'),
      crossedOffOn: crossedOffThen(row),
    };
  });
  return { refunds, totals: tallyMonth(db, month) };
}

function voucherRow(db: Database, batchNo: string, voucher: VoucherRecord, refund: RefundRecord): VoucherElements {
  return {
    voucherNo: voucher.voucherNo,
    refundNo: voucher.approvalNo,
    batchNo,
    uscc: refund.uscc,
    name: voucher.name,
    filingPeriod: refund.period,
    route: voucher.route,
    size: voucher.size,
    existingFen: voucher.existing,
    incrementalFen: voucher.incremental,
    amountFen: voucher.amount,
    subjectCode: voucher.subjectCode,
    subjectName: voucher.subjectName,
    centralFen: voucher.central,
    provinceFen: voucher.province,
    countyFen: voucher.county,
    accountName: voucher.payee.accountName,
    bank: voucher.payee.bank,
    bankAccount: voucher.payee.account,
    bankCode: voucher.payee.bankCode,
    appliedOn: voucher.appliedOn,
    approvedOn: voucher.approvedOn,
    issuedOn: voucher.issuedOn,
    reason: voucher.reason,
    basis: voucher.basis,
    issuedBy: personName(db, voucher.issuer),
    checkedBy: personName(db, present(voucher.voucherChecker, 'voucher checker')),
    replaces: voucher.replaces,
    note: nameNote({ name: voucher.name, accountName: voucher.payee.accountName }, licenceSeen(db, voucher.refund)),
  };
}

/** Distinct names joined; shortened so that a signature line holds them. */
function namesOf(names: readonly string[]): string {
  const distinct = [...new Set(names)].sort();
  const joined = distinct.join('、');
  return joined.length <= 30 ? joined : `${distinct[0]?.slice(0, 20) ?? ''}等${String(distinct.length)}人`;
}
