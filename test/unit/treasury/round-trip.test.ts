/** A batch from the tax office to the treasury and its receipt back, through the rows that exchange sends: both ledgers agree. */
import { expect, test } from 'vitest';
import { refundBatch, type VoucherRow } from '../../../shared/exchange/kinds/refund-batch.ts';
import { refundReceipt } from '../../../shared/exchange/kinds/refund-receipt.ts';
import { batchForExport, markBatchSent, monthForExport, postReceipt } from '../../../electron/refunds/index.ts';
import { markReceiptSent, receiveBatch, unsentOutcomes } from '../../../electron/treasury/index.ts';
import { april, companyName, nextPackage, packageOf, refundOf, steps, valueOf, walkAllTo } from '../refunds/county.ts';
import { openDesk, type Desk } from '../refunds/desk.ts';
import { rowOf } from './vault.ts';

/** Carries a sealed batch over the wire: rows encoded as JSON text and decoded again. */
function carryBatch(tax: Desk, treasury: Desk, batchNo: string): void {
  const out = batchForExport(tax.db, batchNo);
  if (out === null) throw new Error(batchNo);
  const packageId = packageOf(batchNo);
  tax.within('issuer', (ctx) => {
    markBatchSent(ctx, { batchNo, packageId });
  });
  const head = refundBatch.sections.batch.schema.decode(overTheWire(refundBatch.sections.batch.schema.encode(out.batch)) as never);
  const vouchers: VoucherRow[] = out.vouchers.map((row) => refundBatch.sections.vouchers.schema.decode(overTheWire(refundBatch.sections.vouchers.schema.encode(row)) as never));
  treasury.within('handler', (ctx) => {
    receiveBatch(ctx, { packageId, batch: head, vouchers });
  });
}

function carryReceipt(treasury: Desk, tax: Desk) {
  const outcomes = unsentOutcomes(treasury.db, 'tax');
  const packageId = nextPackage(treasury);
  treasury.within('handler', (ctx) => {
    markReceiptSent(ctx, { to: 'tax', packageId, outcomes });
  });
  const lines = outcomes.map((outcome) => refundReceipt.sections.outcomes.schema.decode(overTheWire(refundReceipt.sections.outcomes.schema.encode(rowOf(outcome))) as never));
  return tax.within('handler', (ctx) => postReceipt(ctx, { packageId, lines }));
}

function overTheWire(row: unknown): unknown {
  return JSON.parse(JSON.stringify(row));
}

test('every refund is paid, returned, corrected and paid again; the treasury’s payments are the tax office’s refunds', () => {
  const tax = openDesk('tax', '2022-04-11T09:00');
  const treasury = openDesk('treasury', '2022-04-12T09:00');
  walkAllTo(tax, [1, 2, 3, 4], 'batched');
  carryBatch(tax, treasury, 'PC-2022-0001');
  expect(treasury.done('treasury.findings', { all: {} }, 'reviewer').faulty).toEqual([]);
  const returned = valueOf(tax, refundOf(3), 'voucher_no');
  treasury.done('treasury.returnVouchers', { vouchers: [returned], reasonCode: 'seal-differs', reason: '第三联印鉴不清' }, 'reviewer');
  treasury.done('treasury.check', { all: {} }, 'reviewer');
  treasury.done('treasury.pay', { all: {} }, 'approver');
  tax.at('2022-04-13T09:00');
  expect(carryReceipt(treasury, tax)).toEqual({ posted: 4, held: 0, conflicts: 0 });
  expect([1, 2, 3, 4].map((n) => valueOf(tax, refundOf(n), 'state'))).toEqual(['paid', 'paid', 'treasury-returned', 'paid']);
  expect(tax.done('refunds.get', { refund: refundOf(3) }, 'handler').history.at(-1)).toMatchObject({ reason: '第三联印鉴不清', details: { 退回原因: '印鉴不符' } });

  treasury.at('2022-04-14T09:00');
  treasury.done('treasury.bankReturn', { vouchers: [valueOf(tax, refundOf(4), 'voucher_no')], reasonCode: 'account-closed', reason: '账户已销' }, 'handler');
  tax.at('2022-04-15T09:00');
  expect(carryReceipt(treasury, tax)).toEqual({ posted: 1, held: 0, conflicts: 0 });
  const account = { bank: '中国建设银行凌源支行', account: '4367420000000004', accountName: companyName(4) };
  tax.done('refunds.correctReturned', { refund: refundOf(4), reason: '纳税人另开账户', account }, 'handler');
  tax.done('refunds.correctReturned', { refund: refundOf(3), reason: '重新盖章' }, 'handler');
  for (const step of ['issue', 'check', 'batch'] as const) steps[step](tax, [refundOf(3), refundOf(4)]);
  treasury.at('2022-04-15T10:00');
  carryBatch(tax, treasury, 'PC-2022-0002');
  treasury.done('treasury.check', { all: {} }, 'reviewer');
  treasury.done('treasury.pay', { all: {} }, 'approver');
  expect(carryReceipt(treasury, tax)).toEqual({ posted: 2, held: 0, conflicts: 0 });
  tax.done('refunds.crossOff', { all: {} }, 'handler');

  expect([1, 2, 3, 4].map((n) => valueOf(tax, refundOf(n), 'state'))).toEqual(['crossed-off', 'crossed-off', 'crossed-off', 'crossed-off']);
  const paid = treasury.done('treasury.list', { states: ['paid'] }, 'handler');
  const month = tax.done('refunds.monthly', { period: april }, 'handler');
  expect([paid.totals, month.standing, month.crossedOff, month.outstanding]).toEqual([
    { count: 4, amount: '1234.50' }, { count: 4, amount: '1234.50' }, { count: 4, amount: '1234.50' }, { count: 0, amount: '0.00' },
  ]);
  expect(monthForExport(tax.db, april).refunds.map((row) => [row.voucherNo, row.amountFen])).toEqual(
    paid.rows.map((row) => [row.voucherNo, BigInt(row.amount.replace('.', ''))]),
  );
  expect([tax.verify().faults, treasury.verify().faults]).toEqual([[], []]);
});
