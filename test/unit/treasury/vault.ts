/** Vouchers for tests of the treasury: batches as REFUND_BATCH brings them, and the walk of a voucher up to any state. */
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { splitByShares, type Ratio } from '../../../shared/kernel/ratio.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { BatchHead, VoucherElements } from '../../../shared/refunds/voucher-fields.ts';
import type { PaymentState } from '../../../shared/treasury/cases.ts';
import { markReceiptSent, receiveBatch, unsentOutcomes, type OutcomeForExport, type ReceiptReader } from '../../../electron/treasury/index.ts';
import { companyName, packageOf, uscc } from '../refunds/county.ts';
import type { Desk } from '../refunds/desk.ts';

export const batchNo = 'PC-2022-0001';
const shares: Ratio[] = [50n, 35n, 15n].map((numerator) => ({ numerator, denominator: 100n }));

export function voucherNo(n: number): string {
  return `01${String(n).padStart(6, '0')}`;
}

/** A voucher in order: existing 100.00 × n, incremental 23.45 × n yuan. */
export function voucher(n: number, given: Partial<VoucherElements> = {}): VoucherElements {
  const existingFen = 10_000n * BigInt(n);
  const incrementalFen = 2_345n * BigInt(n);
  const [centralFen = 0n, provinceFen = 0n, countyFen = 0n] = splitByShares(existingFen + incrementalFen, shares, 0);
  return {
    voucherNo: voucherNo(n), refundNo: `SQ-2022-${String(n).padStart(6, '0')}`, batchNo, uscc: uscc(n), name: companyName(n), filingPeriod: taxPeriod('2022-04'), route: '2022-14/1',
    size: 'micro', existingFen, incrementalFen, amountFen: existingFen + incrementalFen, subjectCode: '101010140', subjectName: '小微企业新增政策增值税留抵退税', centralFen, provinceFen,
    countyFen, accountName: companyName(n), bank: '中国农业银行凌源支行', bankAccount: '6228480000000001', bankCode: null, appliedOn: civilDate('2022-04-11'),
    approvedOn: civilDate('2022-04-13'), issuedOn: civilDate('2022-04-14'), reason: '增值税留抵退税', basis: '财政部 税务总局公告2022年第14号第一条', issuedBy: '开具同志',
    checkedBy: '复核同志', replaces: null, note: null, ...given,
  };
}

/** The head that agrees with the vouchers. */
export function headOf(vouchers: readonly VoucherElements[], given: Partial<BatchHead> = {}): BatchHead {
  const sum = (field: 'amountFen' | 'existingFen' | 'incrementalFen') => vouchers.reduce((total, row) => total + row[field], 0n);
  return {
    batchNo: vouchers[0]?.batchNo ?? batchNo, taxAuthority: '国家税务总局凌源市税务局', preparedOn: civilDate('2022-04-14'), approvedOn: civilDate('2022-04-13'), vouchers: vouchers.length,
    taxpayers: new Set(vouchers.map((row) => row.uscc)).size, existingFen: sum('existingFen'), incrementalFen: sum('incrementalFen'), amountFen: sum('amountFen'),
    basis: '财政部 税务总局公告2022年第14号第一条', fundSource: null, preparedBy: '开具同志', reviewedBy: '复核同志', approvedBy: '审批同志', note: null, ...given,
  };
}

export function receive(desk: Desk, vouchers: readonly VoucherElements[], given: Partial<BatchHead> = {}): void {
  const head = headOf(vouchers, given);
  desk.within('handler', (ctx) => {
    receiveBatch(ctx, { packageId: packageOf(head.batchNo), batch: head, vouchers });
  });
}

const why = { reason: '按规定办理' };

/** Walks received vouchers to a state by the right people. */
export function walkTo(desk: Desk, vouchers: string[], state: PaymentState): void {
  if (state === 'received') return;
  if (state === 'returned') {
    desk.done('treasury.returnVouchers', { vouchers, ...why, reasonCode: 'seal-differs' }, 'reviewer');
    return;
  }
  desk.done('treasury.check', { vouchers }, 'reviewer');
  if (state === 'checked') return;
  desk.done('treasury.pay', { vouchers }, 'approver');
  if (state === 'bank-returned') desk.done('treasury.bankReturn', { vouchers, ...why, reasonCode: 'account-closed' }, 'handler');
}

/** Tells an agency of everything it does not know yet. @returns the outcomes told */
export function tell(desk: Desk, to: ReceiptReader) {
  const outcomes = unsentOutcomes(desk.db, to);
  const seq = String(desk.db.prepare('SELECT max(seq) AS seq FROM journal').get()?.['seq']);
  desk.within('handler', (ctx) => {
    markReceiptSent(ctx, { to, packageId: packageOf(`${to}-${seq}`), outcomes });
  });
  return outcomes;
}

export function stateOf(desk: Desk, voucher: string): string {
  return String(desk.db.prepare('SELECT state FROM payment WHERE voucher_no = @voucher').get({ voucher })?.['state']);
}

/** The fields of a receipt's row; `no` stays at home. */
export function rowOf({ voucherNo, refundNo, batchNo: batch, uscc: code, outcome, amountFen, on, reasonCode, reason, checkedBy, paidBy }: OutcomeForExport) {
  return { voucherNo, refundNo, batchNo: batch, uscc: code, outcome, amountFen, on, reasonCode, reason, checkedBy, paidBy };
}
