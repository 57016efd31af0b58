/** Fault C4: where sending moved a state, the rejection by the receiver moves it back, and clerks go on by their own acts. */
import { expect, test } from 'vitest';
import { markBatchSent, takeBackBatch } from '../../../electron/refunds/index.ts';
import { unsentOutcomes, untellReceipt } from '../../../electron/treasury/index.ts';
import { receive as receiveBatch, tell, voucher, voucherNo, walkTo as walkVouchers } from '../treasury/vault.ts';
import { packageOf, receive, refundOf, steps, valueOf, walkAllTo } from './county.ts';
import { openDesk } from './desk.ts';

const batchNo = 'PC-2022-0001';

test('C4 国库拒收的批次回到待送国库：可以重新发送，回单照常登记', () => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  walkAllTo(desk, [1, 2], 'sent');
  expect(desk.within('handler', (ctx) => takeBackBatch(ctx, packageOf(batchNo)))).toBe(batchNo);
  expect([valueOf(desk, refundOf(1), 'state'), valueOf(desk, refundOf(1), 'sent_on')]).toEqual(['batched', 'null']);
  expect(desk.done('refunds.batches', {}, 'issuer').batches).toMatchObject([{ state: 'sealed', sentOn: null, package: null }]);
  expect(desk.within('handler', (ctx) => takeBackBatch(ctx, packageOf(batchNo)))).toBeNull();
  desk.within('issuer', (ctx) => { markBatchSent(ctx, { batchNo, packageId: packageOf('again') }); });
  expect(receive(desk, refundOf(1), 'paid')).toEqual({ posted: 1, held: 0, conflicts: 0 });
  expect(desk.verify().faults).toEqual([]);
});

test('C4 拒收后也可以撤销批次、另组一批，退还书号码不变', () => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  const refunds = walkAllTo(desk, [1, 2], 'sent');
  desk.within('handler', (ctx) => takeBackBatch(ctx, packageOf(batchNo)));
  desk.done('refunds.cancelBatch', { batch: batchNo, reason: '国库拒收' }, 'issuer');
  steps.batch(desk, refunds);
  steps.send(desk, refunds);
  expect([valueOf(desk, refundOf(1), 'state'), valueOf(desk, refundOf(1), 'batch_no'), valueOf(desk, refundOf(1), 'voucher_no')]).toEqual(['sent', 'PC-2022-0002', '01000001']);
  expect(desk.verify().faults).toEqual([]);
});

test('C4 已经有回单的批次不因迟到的拒收退回', () => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  walkAllTo(desk, [1, 2], 'sent');
  receive(desk, refundOf(1), 'paid');
  expect(desk.within('handler', (ctx) => takeBackBatch(ctx, packageOf(batchNo)))).toBeNull();
  expect(valueOf(desk, refundOf(2), 'state')).toBe('sent');
});

test('C4 被拒收的退库回单：处理结果仍待出回单，下一份回单再告知，也可以撤销登记', () => {
  const desk = openDesk('treasury', '2022-04-15T09:00');
  receiveBatch(desk, [voucher(1), voucher(2)]);
  walkVouchers(desk, [voucherNo(1), voucherNo(2)], 'paid');
  tell(desk, 'tax');
  const told = String(desk.db.prepare('SELECT DISTINCT tax_package AS id FROM payment_outcome').get()?.['id']);
  expect([unsentOutcomes(desk.db, 'tax').length, desk.refused('treasury.undoPay', { vouchers: [voucherNo(1)], reason: '误登记' }, 'approver').code]).toEqual([0, 'OUTCOME_ALREADY_SENT']);
  expect(desk.within('handler', (ctx) => untellReceipt(ctx, { to: 'tax', packageId: told }))).toBe(2);
  expect(unsentOutcomes(desk.db, 'tax')).toHaveLength(2);
  desk.done('treasury.undoPay', { vouchers: [voucherNo(1)], reason: '误登记' }, 'approver');
  expect(tell(desk, 'tax')).toHaveLength(1);
  expect(desk.verify().faults).toEqual([]);
});
