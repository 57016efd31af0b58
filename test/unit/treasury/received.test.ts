/** Finance opens what it received 收到的: batches, months by level and lists, and every voucher beside the receipts, to the fen. */
import { describe, expect, test } from 'vitest';
import { batchTold } from '../../../electron/treasury/told.ts';
import { receiveList, tellBatch, tellReceipt } from '../../../electron/treasury/index.ts';
import { canonicalText } from '../../../electron/journal/index.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { sumFen } from '../../../shared/kernel/money.ts';
import { onlyFields } from '../../../shared/kernel/record.ts';
import { outcomeFields } from '../../../shared/treasury/outcome-fields.ts';
import { april } from '../../support/exchange-offices.ts';
import { openDesk, type Desk } from '../refunds/desk.ts';
import { batchNo, voucher, voucherNo } from './vault.ts';

const vouchers = [1, 2, 3].map((n) => voucher(n, { bankAccount: `622848000000000${String(n)}` }));
const outcome = (n: number, given: object = {}) => onlyFields(outcomeFields, {
  voucherNo: voucherNo(n), refundNo: `SQ-2022-00000${String(n)}`, batchNo, uscc: voucher(n).uscc, outcome: 'paid', amountFen: voucher(n).amountFen, on: civilDate('2022-04-15'),
  reasonCode: null, reason: null, checkedBy: '复核', paidBy: '退付', ...given,
});

function financeAfter(outcomes: readonly ReturnType<typeof outcome>[]): Desk {
  const desk = openDesk('finance', '2022-05-15T09:00');
  desk.within('handler', (ctx) => {
    receiveList(ctx, { packageId: 'a'.repeat(32), period: april, lines: vouchers });
    tellBatch(ctx, { packageId: 'b'.repeat(32), vouchers });
    tellReceipt(ctx, { packageId: 'c'.repeat(32), outcomes });
  });
  return desk;
}
const bankReturn = { outcome: 'bank-returned', reasonCode: 'other', reason: '其他', on: civilDate('2022-05-06') };

describe('财政打开收到的批次与回单', () => {
  test('每份退还书旁边是回单所说：未收到、已退付、已退汇各归各，合计只计仍在对方账上的退付', () => {
    const desk = financeAfter([outcome(1), outcome(2), outcome(2, bankReturn)]);
    const { rows, totals } = desk.done('treasury.receivedLines', {}, 'handler');
    expect(rows.map(({ voucherNo: no, answer, paidOn, returnedOn, differs }) => [no, answer, paidOn, returnedOn, differs])).toEqual([
      [voucherNo(1), 'paid', '2022-04-15', null, null], [voucherNo(2), 'bank-returned', '2022-04-15', '2022-05-06', null], [voucherNo(3), 'waiting', null, null, null],
    ]);
    expect(totals).toEqual({ count: 3, amount: rowsYuan(sumFen(vouchers.map(({ amountFen }) => amountFen))), paid: '123.45' });
    expect(desk.done('treasury.receivedLines', { answer: 'waiting' }, 'handler').rows).toHaveLength(1);
    expect(desk.done('treasury.receivedLines', { batch: 'PC-2022-0099' }, 'handler').rows).toEqual([]);
    expect(desk.verify().faults).toEqual([]);
  });

  test('批次、月份的各级分担之和就是退还书的分担之和；退汇列在发生的月份', () => {
    const desk = financeAfter([outcome(1), outcome(2), outcome(2, bankReturn)]);
    const { batches, months, lists } = desk.done('treasury.received', {}, 'handler');
    const level = (of: readonly number[], key: 'centralFen' | 'provinceFen' | 'countyFen') => rowsYuan(sumFen(of.map((n) => voucher(n)[key])));
    expect(batches).toMatchObject([{
      batchNo, vouchers: 3, paid: 1, paidAmount: '123.45', returned: 1, waiting: 1, differing: 0, central: level([1, 2, 3], 'centralFen'), province: level([1, 2, 3], 'provinceFen'),
      county: level([1, 2, 3], 'countyFen'),
    }]);
    expect(months).toEqual([
      { month: '2022-04', paid: 2, paidAmount: '370.35', central: level([1, 2], 'centralFen'), province: level([1, 2], 'provinceFen'), county: level([1, 2], 'countyFen'), unsplit: '0.00',
        bankReturned: 0, bankReturnedAmount: '0.00' },
      { month: '2022-05', paid: 0, paidAmount: '0.00', central: '0.00', province: '0.00', county: '0.00', unsplit: '0.00', bankReturned: 1, bankReturnedAmount: '246.90' },
    ]);
    expect(lists).toMatchObject([{ filingPeriod: april, taxpayers: 3 }]);
  });

  test.each([
    ['回单金额与批次不同', [outcome(1, { amountFen: voucher(2).amountFen })], '246.90', 1],
    ['批次里没有的退还书', [outcome(9)], rowsYuan(voucher(9).amountFen), 0],
  ] as const)('%s：不按批次的分担拆，整额列入未能分级次', (_what, outcomes, unsplit, differing) => {
    const { months, batches } = financeAfter(outcomes).done('treasury.received', {}, 'handler');
    expect(months).toMatchObject([{ paidAmount: unsplit, central: '0.00', county: '0.00', unsplit }]);
    expect(batches[0]?.differing).toBe(differing);
  });

  test('以前的账没有存分担：行照读，分担为空，不当作零', () => {
    const desk = openDesk('finance', '2022-04-15T09:00');
    const old = vouchers.map(({ voucherNo: no, refundNo, batchNo: batch, uscc, name, filingPeriod, route, existingFen, incrementalFen, amountFen, accountName, bankAccount, reason }) => canonicalText({
      voucherNo: no, refundNo, batchNo: batch, uscc, name, filingPeriod, route, existingFen: String(existingFen), incrementalFen: String(incrementalFen), amountFen: String(amountFen),
      accountName, bankAccount, refundReason: reason,
    }));
    desk.within('handler', (ctx) => {
      ctx.journal.append(batchTold, { key: 'treasury.tellBatch/old', subject: 'd'.repeat(32), origin: 'tax', package: 'd'.repeat(32), facts: { on: ctx.today, lines: ctx.journal.putLines(old) } });
      tellReceipt(ctx, { packageId: 'c'.repeat(32), outcomes: [outcome(1)] });
    });
    const { batches, months } = desk.done('treasury.received', {}, 'handler');
    expect(batches).toMatchObject([{ vouchers: 3, central: null, province: null, county: null }]);
    expect(months).toMatchObject([{ paidAmount: '123.45', unsplit: '123.45', central: '0.00' }]);
    expect(desk.verify().faults).toEqual([]);
  });
});

function rowsYuan(fen: bigint): string {
  return `${String(fen / 100n)}.${String(fen % 100n).padStart(2, '0')}`;
}
