/** Receipts of the treasury, 销号, clawback, and the month that they add up to. */
import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { monthlyReport } from '../../../shared/exchange/kinds/monthly-report.ts';
import { monthForExport } from '../../../electron/refunds/index.ts';
import { judgeOutcome, type IncomingOutcome, type VoucherInLedger } from '../../../electron/refunds/receipts.ts';
import { openDesk, type Desk } from './desk.ts';
import { april, determination, nextPackage, outcomeLine, postLines, receive, receiveAll, refundOf, steps, valueOf, walkAllTo, walkTo } from './county.ts';

describe('a line of a receipt', () => {
  const line: IncomingOutcome = { voucherNo: '01000001', batchNo: 'PC-2022-0001', uscc: 'X', outcome: 'paid', amountFen: 100n, on: civilDate('2022-04-12'), reasonCode: null, reason: null };
  const voucher: VoucherInLedger = { refund: '2022-04/X', state: 'sent', uscc: 'X', batchNo: 'PC-2022-0001', amount: 100n, issuedOn: civilDate('2022-04-11'), refundState: 'sent' };
  const rows: readonly [string, Partial<IncomingOutcome>, Partial<VoucherInLedger> | null, string][] = [
    ['about a voucher unknown here', {}, null, 'held voucher-unknown'],
    ['about another taxpayer', { uscc: 'Y' }, {}, 'conflict taxpayer-differs'],
    ['in another amount', { amountFen: 99n }, {}, 'conflict amount-differs'],
    ['about a voucher not marked as sent', {}, { state: 'checked', batchNo: null, refundState: 'voucher-checked' }, 'held voucher-not-sent'],
    ['of another batch', { batchNo: 'PC-2022-0002' }, {}, 'conflict batch-differs'],
    ['dated before the voucher', { on: civilDate('2022-04-10') }, {}, 'conflict date-before-issue'],
    ['of a payment', {}, {}, 'posted'],
    ['of a second payment', {}, { state: 'paid', refundState: 'paid' }, 'conflict already-paid'],
    ['of a payment after a bank return', {}, { state: 'bank-returned', refundState: 'bank-returned' }, 'conflict already-paid'],
    ['of a payment after a return', {}, { state: 'treasury-returned', refundState: 'treasury-returned' }, 'conflict already-returned'],
    ['of a payment of a voided voucher', {}, { state: 'void', refundState: 'corrected' }, 'conflict already-returned'],
    ['of a return', { outcome: 'returned' }, {}, 'posted'],
    ['of a return after the payment', { outcome: 'returned' }, { state: 'paid', refundState: 'paid' }, 'conflict already-paid'],
    ['of a bank return', { outcome: 'bank-returned' }, { state: 'paid', refundState: 'paid' }, 'posted'],
    ['of a bank return after the cross-off', { outcome: 'bank-returned' }, { state: 'paid', refundState: 'crossed-off' }, 'posted'],
    ['of a bank return whose payment is still on the road', { outcome: 'bank-returned' }, {}, 'held not-paid'],
    ['of a second bank return', { outcome: 'bank-returned' }, { state: 'bank-returned', refundState: 'bank-returned' }, 'conflict already-returned'],
    ['of a bank return of money clawed back', { outcome: 'bank-returned' }, { state: 'paid', refundState: 'clawed-back' }, 'conflict refund-moved-on'],
  ];
  test.each(rows)('%s', (_what, changedLine, changedVoucher, wanted) => {
    const verdict = judgeOutcome({ ...line, ...changedLine }, changedVoucher === null ? null : { ...voucher, ...changedVoucher });
    expect(verdict.kind === 'posted' ? 'posted' : `${verdict.kind} ${verdict.why}`).toBe(wanted);
  });
});

describe('a receipt', () => {
  test('posts what it can and keeps the rest with the reason; no line makes it fail', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const [one = '', two = '', three = ''] = walkAllTo(desk, [1, 2, 3], 'sent');
    const lines = [
      outcomeLine(desk, one, 'paid'),
      outcomeLine(desk, two, 'paid', { amountFen: 1n }),
      outcomeLine(desk, three, 'returned'),
      outcomeLine(desk, three, 'paid', { voucherNo: '77777777' }),
      outcomeLine(desk, one, 'bank-returned'),
    ];
    expect(postLines(desk, lines, nextPackage(desk))).toEqual({ posted: 2, held: 2, conflicts: 1 });
    expect([one, two, three].map((refund) => valueOf(desk, refund, 'state'))).toEqual(['paid', 'sent', 'treasury-returned']);
    expect(desk.done('refunds.receiptExceptions', {}, 'handler').lines.map((line) => [line.line, line.verdict, line.why])).toEqual([
      [2, 'conflict', '金额与收入退还书不一致'],
      [4, 'held', '本局没有该号码的收入退还书'],
      [5, 'held', '同一回单中该号码另有一行，待其登记后核对'],
    ]);
  });

  test('line that came too early is matched later, and a payment and its bank return are matched in that order', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'batched');
    postLines(desk, [outcomeLine(desk, refund, 'paid')], nextPackage(desk));
    postLines(desk, [outcomeLine(desk, refund, 'bank-returned')], nextPackage(desk));
    expect(desk.done('refunds.matchReceipts', {}, 'handler')).toEqual({ changed: false, matched: 0, open: 2 });
    steps.send(desk, [refund]);
    expect(desk.done('refunds.matchReceipts', {}, 'handler')).toEqual({ changed: true, matched: 1, open: 1 });
    expect(valueOf(desk, refund, 'state')).toBe('paid');
    expect(desk.done('refunds.matchReceipts', {}, 'handler')).toEqual({ changed: true, matched: 1, open: 0 });
    expect(valueOf(desk, refund, 'state')).toBe('bank-returned');
    expect(desk.verify().faults).toEqual([]);
  });

  test('never pays a voucher twice, whatever comes in whatever order', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'sent');
    expect(receive(desk, refund, 'paid')).toMatchObject({ posted: 1 });
    expect(receive(desk, refund, 'paid')).toMatchObject({ posted: 0, conflicts: 1 });
    expect(receive(desk, refund, 'returned')).toMatchObject({ posted: 0, conflicts: 1 });
    expect(valueOf(desk, refund, 'paid_existing_fen')).toBe('10000');
  });
});

describe('crossing off', () => {
  test('names the receipt line it rests on', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'crossed-off');
    const { history } = desk.done('refunds.get', { refund }, 'handler');
    expect(history.at(-1)).toMatchObject({ act: 'crossOff', details: { 销号日期: '2022-04-11', 国库回单: expect.stringMatching(/^[0-9a-f]{32}$/) as string, 回单行次: '1' } });
  });

  test('is refused without a receipt line, and before the day of the payment', () => {
    const desk = openDesk('tax', '2022-04-20T09:00');
    const refund = walkTo(desk, 1, 'sent');
    expect(desk.refused('refunds.crossOff', { refunds: [refund] }, 'handler').code).toBe('REFUND_STATE_UNFIT');
    steps.paid(desk, [refund]);
    expect(desk.refused('refunds.crossOff', { refunds: [refund], on: '2022-04-19' }, 'handler').code).toBe('DATE_TOO_EARLY');
    expect(() => desk.db.prepare("UPDATE refund SET state = 'crossed-off', crossed_off_on = '2022-04-20', receipt_package = NULL, events = events + 1").run()).toThrow(/CHECK/);
  });

  test('can be undone with a reason and done again', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'crossed-off');
    desk.done('refunds.undoCrossOff', { refunds: [refund], reason: '销错户' }, 'approver');
    expect([valueOf(desk, refund, 'state'), valueOf(desk, refund, 'crossed_off_on')]).toEqual(['paid', 'null']);
    steps.crossOff(desk, [refund]);
    expect(valueOf(desk, refund, 'state')).toBe('crossed-off');
    expect(desk.verify().faults).toEqual([]);
  });
});

describe('clawing back', () => {
  const why = { document: '缴款书 0001', reason: '适用政策有误' };
  test('in parts leaves the refund crossed off until all is back', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'crossed-off');
    desk.done('refunds.clawBack', { refund, existing: '60.00', incremental: '0', ...why }, 'approver');
    expect([valueOf(desk, refund, 'state'), valueOf(desk, refund, 'clawed_existing_fen')]).toEqual(['crossed-off', '6000']);
    expect(desk.refused('refunds.clawBack', { refund, existing: '40.01', incremental: '0', ...why }, 'approver').code).toBe('CLAWBACK_EXCEEDS_PAID');
    expect(desk.refused('refunds.clawBack', { refund, existing: '0', incremental: '0', ...why }, 'approver').code).toBe('CLAWBACK_NOTHING');
    desk.done('refunds.clawBack', { refund, existing: '40.00', incremental: '23.45', ...why }, 'approver');
    expect(valueOf(desk, refund, 'state')).toBe('clawed-back');
  });

  test('entered by mistake is reversed once, by number', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'clawed-back');
    desk.done('refunds.undoClawBack', { refund, no: 1, reason: '缴款书系他户' }, 'approver');
    expect([valueOf(desk, refund, 'state'), valueOf(desk, refund, 'clawed_existing_fen')]).toEqual(['crossed-off', '0']);
    expect(desk.refused('refunds.undoClawBack', { refund, no: 1, reason: '再撤' }, 'approver').code).toBe('NO_SUCH_CLAWBACK');
    expect(desk.refused('refunds.undoClawBack', { refund, no: 2, reason: '无此次' }, 'approver').code).toBe('NO_SUCH_CLAWBACK');
    expect(desk.verify().faults).toEqual([]);
  });
});

describe('the month', () => {
  /** April: 1, 2 and 3 paid, 1 and 2 crossed off. May: 4 paid, 2 returned by the bank, 3 crossed off. */
  function twoMonths(): Desk {
    const desk = openDesk('tax', '2022-04-11T09:00');
    desk.determinations.push(determination(1), determination(2, { size: 'small', existingFen: 0n }), determination(3, { route: '2022-14/2', size: 'large' }), determination(4));
    walkAllTo(desk, [1, 2, 3, 4], 'sent');
    receiveAll(desk, [refundOf(1), refundOf(2), refundOf(3)], 'paid');
    steps.crossOff(desk, [refundOf(1), refundOf(2)]);
    desk.at('2022-05-16T09:00');
    receive(desk, refundOf(4), 'paid', { on: civilDate('2022-05-12') });
    receive(desk, refundOf(2), 'bank-returned', { on: civilDate('2022-05-13') });
    steps.crossOff(desk, [refundOf(3)]);
    return desk;
  }

  test('counts payments by size, route and kind of credit, and cumulates over months', () => {
    const desk = twoMonths();
    const first = desk.done('refunds.monthly', { period: april }, 'handler');
    expect(first).toMatchObject({
      dueOn: '2022-05-10', paid: { count: 3, amount: '540.70' }, returned: { count: 0, amount: '0.00' }, cumulative: { count: 3, amount: '540.70' },
      rows: [
        { size: 'large', route: '2022-14/2', creditKind: 'existing', refunds: 1, amount: '300.00' },
        { size: 'large', route: '2022-14/2', creditKind: 'incremental', refunds: 1, amount: '70.35' },
        { size: 'micro', route: '2022-14/1', creditKind: 'existing', refunds: 1, amount: '100.00' },
        { size: 'micro', route: '2022-14/1', creditKind: 'incremental', refunds: 1, amount: '23.45' },
        { size: 'small', route: '2022-14/1', creditKind: 'incremental', refunds: 1, amount: '46.90' },
      ],
    });
    const second = desk.done('refunds.monthly', { period: '2022-05' as never }, 'handler');
    expect(second).toMatchObject({ paid: { count: 1, amount: '493.80' }, returned: { count: 1, amount: '46.90' }, cumulative: { count: 3, amount: '987.60' }, crossedOff: { count: 1, amount: '370.35' } });
    expect(second.rows.find((row) => row.size === 'micro' && row.creditKind === 'existing')).toMatchObject({ refunds: 1, amount: '400.00', cumulativeRefunds: 2, cumulative: '500.00' });
    expect(second.rows.find((row) => row.size === 'large' && row.creditKind === 'existing')).toMatchObject({ refunds: 0, amount: '0.00', cumulativeRefunds: 1, cumulative: '300.00' });
  });

  test('closes: the last cumulative total, plus the month, minus what the bank returned, is the new one', () => {
    const desk = twoMonths();
    const fen = (text: string): number => Number(text.replace('.', ''));
    const [april22, may22] = (['2022-04', '2022-05'] as const).map((period) => desk.done('refunds.monthly', { period: period as never }, 'handler'));
    if (april22 === undefined || may22 === undefined) throw new Error('two months');
    expect(fen(april22.cumulative.amount) + fen(may22.paid.amount) - fen(may22.returned.amount)).toBe(fen(may22.cumulative.amount));
    for (const month of [april22, may22]) {
      expect(month.rows.reduce((sum, row) => sum + fen(row.amount), 0)).toBe(fen(month.standing.amount));
      expect(month.rows.reduce((sum, row) => sum + fen(row.cumulative), 0)).toBe(fen(month.cumulative.amount));
    }
  });

  test('A4 四月的销号、退付不因五月的退汇改变，各变动各归其月，月初加减到月末', () => {
    const desk = twoMonths();
    const april22 = desk.done('refunds.monthly', { period: april }, 'handler');
    expect(april22).toMatchObject({
      opening: { count: 0, amount: '0.00' }, paid: { count: 3 }, returned: { count: 0 }, crossedOff: { count: 2, amount: '170.35' }, undone: { count: 0 }, clawedBack: { count: 0 },
      outstanding: { count: 1, amount: '370.35' }, late: [],
    });
    const may22 = desk.done('refunds.monthly', { period: '2022-05' as never }, 'handler');
    expect(may22).toMatchObject({
      opening: { count: 1, amount: '370.35' }, paid: { count: 1, amount: '493.80' }, returned: { count: 1, amount: '46.90' }, crossedOff: { count: 1, amount: '370.35' },
      undone: { count: 1, amount: '46.90' }, outstanding: { count: 1, amount: '493.80' },
    });
  });

  test('A4 追回和撤销追回各在自己的月份；当月退付又退汇的两栏都有', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'crossed-off');
    walkTo(desk, 2, 'bank-returned');
    desk.at('2022-05-16T09:00');
    desk.done('refunds.clawBack', { refund, existing: '60.00', incremental: '0', document: '缴款书 1', reason: '多退' }, 'approver');
    desk.at('2022-06-02T09:00');
    desk.done('refunds.undoClawBack', { refund, no: 1, reason: '系他户' }, 'approver');
    const month = (period: string) => desk.done('refunds.monthly', { period: period as never }, 'handler');
    expect(month('2022-04')).toMatchObject({ paid: { count: 2 }, returned: { count: 1, amount: '246.90' }, standing: { count: 1, amount: '123.45' }, outstanding: { count: 0, amount: '0.00' } });
    expect(month('2022-05')).toMatchObject({ clawedBack: { count: 1, amount: '60.00' }, clawbackUndone: { count: 0 } });
    expect(month('2022-06')).toMatchObject({ clawedBack: { count: 0 }, clawbackUndone: { count: 1, amount: '60.00' } });
  });

  test('A4 报送期限后补登的变动写明笔数和金额，其余重印不变', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkAllTo(desk, [1, 2], 'sent');
    receive(desk, refundOf(1), 'paid');
    desk.at('2022-05-09T09:00');
    expect(desk.done('refunds.monthly', { period: april }, 'handler')).toMatchObject({ paid: { count: 1, amount: '123.45' }, late: [] });
    desk.at('2022-05-20T09:00');
    receive(desk, refundOf(2), 'paid', { on: civilDate('2022-04-29') });
    expect(desk.done('refunds.monthly', { period: april }, 'handler')).toMatchObject({ paid: { count: 2, amount: '370.35' }, late: [{ kind: 'paid', title: '退付', count: 1, amount: '246.90' }] });
  });

  test('is given to exchange in exactly the fields of its rows', () => {
    const desk = twoMonths();
    const { refunds, totals } = monthForExport(desk.db, april);
    const rows = refunds.map((row) => monthlyReport.sections.refunds.schema.decode(monthlyReport.sections.refunds.schema.encode(row)));
    expect(rows.map((row) => [row.refundNo, row.paidOn, row.crossedOffOn])).toEqual([
      // Crossed off in April; that the bank returned it in May changes nothing of April.
      ['SQ-2022-000001', '2022-04-11', '2022-04-11'], ['SQ-2022-000002', '2022-04-11', '2022-04-11'], ['SQ-2022-000003', '2022-04-11', null],
    ]);
    const cells = totals.map(({ amount, cumulative, ...cell }) => monthlyReport.sections.totals.schema.decode(monthlyReport.sections.totals.schema.encode({ ...cell, amountFen: amount, cumulativeFen: cumulative })));
    expect(cells.reduce((sum, row) => sum + row.amountFen, 0n)).toBe(rows.reduce((sum, row) => sum + row.amountFen, 0n));
  });
});

describe('the funnel', () => {
  test('adds up to the list, every refund in exactly one state', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkTo(desk, 1, 'crossed-off');
    walkTo(desk, 2, 'refused');
    walkTo(desk, 3, 'suspended');
    walkAllTo(desk, [4, 5], 'candidate');
    const { states, reached, total } = desk.done('refunds.funnel', { period: april }, 'handler');
    expect(states.map((row) => [row.state, row.count])).toEqual([['candidate', 2], ['crossed-off', 1], ['suspended', 1], ['refused', 1]]);
    expect(total).toMatchObject({ count: 5, determined: '1851.75', asked: '740.70', approved: '123.45', paid: '123.45' });
    expect(reached.map((row) => [row.step, row.count])).toEqual([['listed', 5], ['applied', 3], ['accepted', 3], ['approved', 1], ['sent', 1], ['paid', 1], ['crossed-off', 1]]);
    expect(desk.done('refunds.list', { period: april }, 'handler').totals).toEqual(total);
  });
});

describe('the list', () => {
  test.each([
    ['a part of the name', { text: '第2机' }, [2]],
    ['the code in small letters', { text: '91211382ma0000003' }, [3]],
    ['the application number', { text: 'sq-2022-000001' }, [1]],
    ['the voucher number', { text: '01000001' }, [1]],
    ['states', { states: ['refused', 'suspended'] }, [2, 3]],
    ['a size nobody has', { size: 'large' }, []],
    ['the clock', { dueBy: '2022-04-24' }, [4]],
    ['a clock that runs later', { dueBy: '2022-04-23' }, []],
    ['characters that mean something to SQL', { text: "%' OR 1=1 --" }, []],
  ])('is filtered by %s, with the totals of what is left', (_what, filter, wanted) => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkTo(desk, 1, 'crossed-off');
    walkTo(desk, 2, 'refused');
    walkTo(desk, 3, 'suspended');
    walkTo(desk, 4, 'accepted');
    const { rows, totals } = desk.done('refunds.list', filter as never, 'handler');
    expect(rows.map((row) => row.refund)).toEqual(wanted.map((n) => refundOf(n)));
    expect(totals.count).toBe(wanted.length);
  });

  test('is answered window by window in the order asked for', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkAllTo(desk, [1, 2, 3, 4, 5], 'candidate');
    const page = (offset: number) => desk.done('refunds.list', { sort: 'determined', descending: true, offset, limit: 2 }, 'handler');
    expect([0, 2, 4].map((offset) => page(offset).rows.map((row) => row.refund))).toEqual([[refundOf(5), refundOf(4)], [refundOf(3), refundOf(2)], [refundOf(1)]]);
    expect(page(4).totals.count).toBe(5);
  });
});
