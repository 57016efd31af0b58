/** 退库批次: sealed, cancelled, sent; and what goes to the treasury is what exchange's rows expect. */
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../shared/kernel/errors.ts';
import { refundBatch } from '../../../shared/exchange/kinds/refund-batch.ts';
import { batchesToSend, batchForExport, markBatchSent, suspensionNumber, suspensionsTold } from '../../../electron/refunds/index.ts';
import { nameOf, openDesk, type Desk } from './desk.ts';
import { april, companyName, determination, packageOf, receive, refundOf, steps, uscc, valueOf, walkAllTo, walkTo } from './county.ts';

const sealed = (desk: Desk, taxpayers: readonly number[]) => {
  const refunds = walkAllTo(desk, taxpayers, 'voucher-checked');
  return desk.done('refunds.formBatch', { refunds }, 'issuer').batch;
};

describe('forming a batch', () => {
  test('takes all checked vouchers, gives the next number and seals count and total', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkAllTo(desk, [1, 2, 3], 'voucher-checked');
    walkTo(desk, 4, 'vouchered');
    const { batch } = desk.done('refunds.formBatch', { all: {} }, 'issuer');
    expect(batch).toMatchObject({ batchNo: 'PC-2022-0001', state: 'sealed', vouchers: 3, total: '740.70', formedBy: 'issuer' });
    expect(valueOf(desk, refundOf(4), 'state')).toBe('vouchered');
    expect(desk.done('refunds.formBatch', { all: {} }, 'issuer')).toEqual({ changed: false, batch: null });
    steps.check(desk, [refundOf(4)]);
    expect(desk.done('refunds.formBatch', { all: {} }, 'issuer').batch?.batchNo).toBe('PC-2022-0002');
  });

  test.each([
    ['one voucher too few', { count: 1, total: '370.35' }],
    ['a fen too much', { count: 2, total: '370.36' }],
  ])('is refused when the paper list says %s, and uses no number', (_what, expected) => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkAllTo(desk, [1, 2], 'voucher-checked');
    expect(desk.refused('refunds.formBatch', { all: {}, expected }, 'issuer').code).toBe('BATCH_TOTAL_DIFFERS');
    expect(desk.done('refunds.formBatch', { all: {}, expected: { count: 2, total: '370.35' } }, 'issuer').batch?.batchNo).toBe('PC-2022-0001');
  });

  test('takes all but those that are left out, and lets nobody be left out of a list of names', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkAllTo(desk, [1, 2, 3], 'vouchered');
    const checked = desk.done('refunds.checkVouchers', { all: {}, except: [refundOf(2)] }, 'reviewer');
    expect(checked.refunds.map(({ refund }) => refund)).toEqual([refundOf(1), refundOf(3)]);
    expect(valueOf(desk, refundOf(2), 'state')).toBe('vouchered');
    expect(() => desk.done('refunds.checkVouchers', { refunds: [refundOf(2)], except: [refundOf(2)] }, 'reviewer')).toThrow('只有指定全部时才能另外除去几项');
    expect(desk.done('refunds.checkVouchers', { all: {} }, 'reviewer').refunds.map(({ refund }) => refund)).toEqual([refundOf(2)]);
  });

  test('is refused for a voucher that nobody has checked', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkTo(desk, 1, 'vouchered');
    expect(desk.refused('refunds.formBatch', { refunds: [refundOf(1)] }, 'issuer').code).toBe('REFUND_STATE_UNFIT');
  });
});

describe('a sealed batch', () => {
  test('can be cancelled before it is sent: its number stays used, its vouchers are free again', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    sealed(desk, [1, 2]);
    expect(desk.done('refunds.cancelBatch', { batch: 'PC-2022-0001', reason: '一户存在疑点' }, 'issuer').batch.state).toBe('cancelled');
    expect(desk.refused('refunds.cancelBatch', { batch: 'PC-2022-0001', reason: '再撤' }, 'issuer').code).toBe('BATCH_STATE_UNFIT');
    expect(desk.refused('refunds.cancelBatch', { batch: 'PC-2022-0009', reason: '无此批' }, 'issuer').code).toBe('BATCH_UNKNOWN');
    steps.suspend(desk, [refundOf(1)]);
    expect(desk.done('refunds.formBatch', { all: {} }, 'issuer').batch).toMatchObject({ batchNo: 'PC-2022-0002', vouchers: 1 });
    expect(batchForExport(desk.db, 'PC-2022-0001')).toBeNull();
    expect(desk.verify().faults).toEqual([]);
  });

  test('is given to exchange in exactly the fields of its rows, shares and sums agreeing', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    sealed(desk, [1, 2]);
    expect(batchesToSend(desk.db)).toEqual(['PC-2022-0001']);
    const out = batchForExport(desk.db, 'PC-2022-0001');
    if (out === null) throw new Error('no batch');
    const head = refundBatch.sections.batch.schema.decode(refundBatch.sections.batch.schema.encode(out.batch));
    const rows = out.vouchers.map((voucher) => refundBatch.sections.vouchers.schema.decode(refundBatch.sections.vouchers.schema.encode(voucher)));
    expect(head).toMatchObject({
      batchNo: 'PC-2022-0001', period: '2022-04', taxAuthority: '国家税务总局凌源市税务局', vouchers: 2, taxpayers: 2, existingFen: 30_000n, incrementalFen: 7_035n, amountFen: 37_035n,
      basis: '财政部 税务总局公告2022年第14号第一条', preparedBy: nameOf('issuer'), reviewedBy: nameOf('reviewer'), approvedBy: nameOf('approver'), approvedOn: '2022-04-11',
    });
    expect(rows.map((row) => [row.voucherNo, row.refundNo, row.uscc, row.name, row.amountFen, row.issuedBy, row.checkedBy, row.replaces])).toEqual([
      ['01000001', 'SQ-2022-000001', uscc(1), companyName(1), 12_345n, nameOf('issuer'), nameOf('reviewer'), null],
      ['01000002', 'SQ-2022-000002', uscc(2), companyName(2), 24_690n, nameOf('issuer'), nameOf('reviewer'), null],
    ]);
  });

  test('is sent once: the same package again changes nothing, another package is refused', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    sealed(desk, [1]);
    const send = (text: string): void => {
      desk.within('issuer', (ctx) => {
        markBatchSent(ctx, { batchNo: 'PC-2022-0001', packageId: packageOf(text) });
      });
    };
    send('first');
    const entries = desk.db.prepare('SELECT count(*) AS n FROM journal').get()?.['n'];
    send('first');
    expect(desk.db.prepare('SELECT count(*) AS n FROM journal').get()?.['n']).toBe(entries);
    expect(() => {
      send('second');
    }).toThrow(Refusal);
    expect([valueOf(desk, refundOf(1), 'state'), batchesToSend(desk.db)]).toEqual(['sent', []]);
    expect(desk.done('refunds.batches', {}, 'issuer').batches[0]).toMatchObject({ state: 'sent', package: packageOf('first') });
  });
});

test('a batch tells the second recipient what it told the first, whatever became of its refunds since', () => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  walkAllTo(desk, [1, 2], 'treasury-returned');
  const first = batchForExport(desk.db, 'PC-2022-0001');
  desk.done('refunds.returnForCorrection', { refunds: [refundOf(1), refundOf(2)], reason: '更名' }, 'handler');
  desk.determinations = [1, 2].map((n) => determination(n, { name: `凌源市第${String(n)}机床厂`, size: 'small', existingFen: 500n }));
  desk.done('refunds.openCandidates', { period: april }, 'handler');
  const account = { bank: '中国建设银行凌源支行', account: '4367420000000001', accountName: '凌源市第1机床厂' };
  desk.at('2022-04-20T09:00');
  desk.done('refunds.resubmit', { refunds: [refundOf(1)], existing: '5.00', account }, 'handler');
  for (const step of ['accept', 'review', 'approve', 'issue'] as const) steps[step](desk, [refundOf(1)]);
  expect(batchForExport(desk.db, 'PC-2022-0001')).toEqual(first);
});

describe('a voucher that comes back', () => {
  test('from the treasury is corrected, issued under a new number that names the old one, and sent in a new batch', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'treasury-returned');
    const account = { bank: '中国建设银行凌源支行', account: '4367420000000001', accountName: companyName(1) };
    desk.done('refunds.correctReturned', { refund, reason: '更正账号', account }, 'handler');
    for (const step of ['issue', 'check', 'batch'] as const) steps[step](desk, [refund]);
    const out = batchForExport(desk.db, 'PC-2022-0002');
    expect(out?.vouchers.map((row) => [row.voucherNo, row.replaces, row.bankAccount, row.refundNo])).toEqual([['01000002', '01000001', '4367420000000001', 'SQ-2022-000001']]);
    steps.send(desk, [refund]);
    steps.paid(desk, [refund]);
    expect(desk.done('refunds.get', { refund }, 'handler').vouchers.map((row) => [row.voucherNo, row.state])).toEqual([['01000001', 'treasury-returned'], ['01000002', 'paid']]);
    expect(desk.verify().faults).toEqual([]);
  });

  test('from the bank after the payment takes the payment off and is issued anew', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'bank-returned');
    expect(valueOf(desk, refund, 'paid_existing_fen')).toBe('0');
    steps.correct(desk, [refund]);
    for (const step of ['issue', 'check', 'batch', 'send', 'paid', 'crossOff'] as const) steps[step](desk, [refund]);
    expect([valueOf(desk, refund, 'state'), valueOf(desk, refund, 'paid_existing_fen'), valueOf(desk, refund, 'voucher_no')]).toEqual(['crossed-off', '10000', '01000002']);
  });

  test('may not be corrected into an account of someone else', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'treasury-returned');
    const account = { bank: '中国建设银行凌源支行', account: '4367420000000001', accountName: companyName(2) };
    expect(desk.refused('refunds.correctReturned', { refund, reason: '更正账号', account }, 'handler').code).toBe('ACCOUNT_NAME_DIFFERS');
  });
});

describe('suspensions for the treasury', () => {
  test('list who is suspended or noticed, and since when he is released', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkTo(desk, 1, 'suspended');
    walkTo(desk, 2, 'sent');
    desk.done('refunds.noticeSuspension', { refunds: [refundOf(2)], reason: '稽查立案', ground: 'under-inspection' }, 'reviewer');
    expect(desk.refused('refunds.noticeSuspension', { refunds: [refundOf(2)], reason: '再发', ground: 'other' }, 'reviewer').code).toBe('NOTICE_STANDS');
    expect(suspensionsTold(desk.db)).toMatchObject([
      { uscc: uscc(1), ground: 'risk-doubt', voucherNo: null, since: '2022-04-11', releasedOn: null },
      { uscc: uscc(2), ground: 'under-inspection', voucherNo: '01000001', since: '2022-04-11', releasedOn: null },
    ]);
    expect(suspensionNumber(desk.db)).toBe(2);
    desk.done('refunds.resume', { refunds: [refundOf(1)], reason: '疑点已排除' }, 'approver');
    desk.done('refunds.liftNotice', { refunds: [refundOf(2)], reason: '稽查结案' }, 'approver');
    expect(suspensionsTold(desk.db)).toMatchObject([{ uscc: uscc(1), releasedOn: '2022-04-11' }, { uscc: uscc(2), ground: 'under-inspection', releasedOn: '2022-04-11' }]);
    expect(suspensionNumber(desk.db)).toBe(4);
    expect(desk.refused('refunds.liftNotice', { refunds: [refundOf(2)], reason: '再解' }, 'approver').code).toBe('NO_SUCH_NOTICE');
  });

  test('end by themselves when the treasury had already paid', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'sent');
    desk.done('refunds.noticeSuspension', { refunds: [refund], reason: '疑点', ground: 'risk-doubt' }, 'reviewer');
    receive(desk, refund, 'paid');
    expect(suspensionsTold(desk.db)).toMatchObject([{ refund, releasedOn: '2022-04-11' }]);
  });
});
