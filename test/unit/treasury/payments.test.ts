/** 退库: vouchers received, checked, paid, returned; through operations and raw SQL. */
import { describe, expect, test } from 'vitest';
import { forbiddenPaymentPairs } from '../../../shared/administration/duties.ts';
import { refundReceipt } from '../../../shared/exchange/kinds/refund-receipt.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { Refusal } from '../../../shared/kernel/errors.ts';
import { fits, lifecycleLines, movesOf } from '../../../shared/kernel/case.ts';
import { paymentActs, paymentCases, paymentStates, type PaymentAct, type PaymentState } from '../../../shared/treasury/cases.ts';
import { batchConflicts, receiveSuspensions, unsentOutcomes } from '../../../electron/treasury/index.ts';
import { nameOf, openDesk, type Desk, type DeskOperation } from '../refunds/desk.ts';
import { companyName, packageOf, uscc } from '../refunds/county.ts';
import { batchNo, headOf, receive, rowOf, stateOf, tell, voucher, voucherNo, walkTo } from './vault.ts';

const why = { reason: '按规定办理' };

function vaultOf(count: number, given: Parameters<typeof voucher>[1] = {}): Desk {
  const desk = openDesk('treasury', '2022-04-15T09:00');
  receive(desk, Array.from({ length: count }, (_, index) => voucher(index + 1, given)));
  return desk;
}
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => voucherNo(index + 1));

const calls: Readonly<Record<Exclude<PaymentAct, 'receive'>, { readonly name: DeskOperation; readonly as: string; readonly more: object }>> = {
  check: { name: 'treasury.check', as: 'reviewer', more: {} },
  withdrawCheck: { name: 'treasury.withdrawCheck', as: 'approver', more: why },
  return: { name: 'treasury.returnVouchers', as: 'reviewer', more: { ...why, reasonCode: 'other' } },
  undoReturn: { name: 'treasury.undoReturn', as: 'approver', more: why },
  pay: { name: 'treasury.pay', as: 'approver', more: {} },
  undoPay: { name: 'treasury.undoPay', as: 'approver', more: why },
  bankReturn: { name: 'treasury.bankReturn', as: 'handler', more: { ...why, reasonCode: 'account-closed' } },
};

describe.each(paymentStates)('a voucher in state %s', (state) => {
  test('is moved by every act exactly where the table says so, and refused elsewhere', () => {
    const acts = Object.keys(calls) as (keyof typeof calls)[]; // the keys of the table above
    const desk = vaultOf(acts.length);
    walkTo(desk, numbers(acts.length), state);
    for (const [index, act] of acts.entries()) {
      const { name, as, more } = calls[act];
      const input = { vouchers: [voucherNo(index + 1)], ...more };
      if (fits(paymentCases, act, state)) desk.done(name, input, as);
      else expect(desk.refused(name, input, as).code, act).toBe('VOUCHER_STATE_UNFIT');
      expect(stateOf(desk, voucherNo(index + 1)), act).toBe(fits(paymentCases, act, state) ? paymentCases.acts[act].to : state);
    }
    expect(desk.verify().faults).toEqual([]);
  });
});

test('a state written behind the log is named by the deep check', () => {
  const desk = vaultOf(1);
  walkTo(desk, numbers(1), 'received');
  desk.db.prepare("UPDATE payment SET state = 'returned', returned_on = '2022-04-16', events = events + 1").run();
  expect(desk.verify().faults.filter((fault) => fault.where === 'state').map((fault) => fault.column)).toEqual(['state', 'returned_on', 'events']);
});

test('the machine prints itself', () => {
  expect(lifecycleLines(paymentCases)).toHaveLength(paymentStates.length + paymentStates.reduce((sum, state) => sum + paymentActs.filter((act) => fits(paymentCases, act, state)).length, 0));
});

describe('a batch', () => {
  test('is received whole, once: its number and its vouchers may not come again', () => {
    const desk = vaultOf(2);
    expect(desk.done('treasury.batches', {}, 'handler').batches).toMatchObject([{ batchNo, vouchers: 2, amount: '370.35', waiting: 2, paid: 0, returned: 0 }]);
    const again = [voucher(2, { batchNo: 'PC-2022-0002' }), voucher(3, { batchNo: 'PC-2022-0002' }), voucher(3, { batchNo: 'PC-2022-0002' })];
    expect(batchConflicts(desk.db, headOf(again), again).map((row) => [row.code, row.params])).toEqual([
      ['VOUCHER_ALREADY_RECEIVED', { voucher: voucherNo(2), batch: batchNo }], ['VOUCHER_ALREADY_RECEIVED', { voucher: voucherNo(3), batch: 'PC-2022-0002' }],
    ]);
    expect(() => {
      receive(desk, again);
    }).toThrow(Refusal);
    expect(() => {
      receive(desk, [voucher(4)]);
    }).toThrow(Refusal);
    expect(desk.done('treasury.list', {}, 'handler').totals).toEqual({ count: 2, amount: '370.35' });
  });

  test('with faulty vouchers is received, and the checks name each fault', () => {
    const desk = openDesk('treasury', '2022-04-15T09:00');
    receive(desk, [voucher(1), voucher(2, { accountName: '张三' }), voucher(3, { subjectCode: '101010426', countyFen: 0n })]);
    const { inOrder, faulty } = desk.done('treasury.findings', { all: {} }, 'reviewer');
    expect(inOrder).toEqual([voucherNo(1)]);
    expect(faulty.map((row) => [row.voucherNo, row.findings.map((finding) => finding.code)])).toEqual([
      [voucherNo(2), ['account-name-differs']], [voucherNo(3), ['shares-differ', 'subject-unknown']],
    ]);
    const refusal = desk.refused('treasury.check', { all: {} }, 'reviewer');
    expect(refusal.code).toBe('BULK_REFUSED');
    expect((refusal.details as { refused: { case: string; code: string }[] }).refused.map((row) => [row.case, row.code])).toEqual([
      [voucherNo(2), 'VOUCHER_NOT_IN_ORDER'], [voucherNo(3), 'VOUCHER_NOT_IN_ORDER'],
    ]);
    desk.done('treasury.returnVouchers', { vouchers: [voucherNo(2)], reasonCode: 'account-name-differs', reason: '请更正' }, 'reviewer');
    desk.done('treasury.check', { vouchers: inOrder }, 'reviewer');
    desk.done('treasury.pay', { all: { batch: batchNo } }, 'approver');
    expect(numbers(3).map((number) => stateOf(desk, number))).toEqual(['paid', 'returned', 'received']);
  });

  test('whose total is off blocks every voucher of it', () => {
    const desk = openDesk('treasury', '2022-04-15T09:00');
    receive(desk, [voucher(1), voucher(2)], { amountFen: 1n });
    expect(desk.done('treasury.findings', { all: {} }, 'reviewer').faulty.map((row) => row.findings[0]?.code)).toEqual(['batch-differs', 'batch-differs']);
  });

  test('stops at one voucher that is unknown, and at nothing when none is chosen', () => {
    const desk = vaultOf(1);
    expect(desk.refused('treasury.check', { vouchers: ['99999999'] }, 'reviewer').code).toBe('VOUCHER_UNKNOWN');
    expect(desk.done('treasury.pay', { all: {} }, 'approver')).toMatchObject({ changed: false, count: 0 });
    expect(desk.refused('treasury.get', { voucher: '99999999' }, 'handler').code).toBe('VOUCHER_UNKNOWN');
  });
});

describe('the separation of duties', () => {
  test('forbids that one person checks and pays a voucher, though they hold every duty', () => {
    const desk = vaultOf(2);
    desk.done('treasury.check', { all: {} }, 'all1');
    expect(desk.refused('treasury.pay', { vouchers: [voucherNo(1)] }, 'all1').code).toBe('SAME_PERSON_TWO_PAYMENT_DUTIES');
    desk.done('treasury.pay', { all: {} }, 'all2');
    expect(desk.db.prepare('SELECT checker, payer FROM payment').all()).toEqual([{ checker: 'all1', payer: 'all2' }, { checker: 'all1', payer: 'all2' }]);
  });

  test('forbids that who recorded a payment checks the voucher after undoing it, and that who checked it first pays it later', () => {
    const desk = vaultOf(1);
    const vouchers = numbers(1);
    desk.done('treasury.check', { vouchers }, 'all1');
    desk.done('treasury.pay', { vouchers }, 'all2');
    desk.done('treasury.undoPay', { vouchers, ...why }, 'all2');
    desk.done('treasury.withdrawCheck', { vouchers, ...why }, 'all2');
    expect(desk.refused('treasury.check', { vouchers }, 'all2').code).toBe('SAME_PERSON_TWO_PAYMENT_DUTIES');
    desk.done('treasury.check', { vouchers }, 'all3');
    expect(desk.refused('treasury.pay', { vouchers }, 'all1').code).toBe('SAME_PERSON_TWO_PAYMENT_DUTIES');
  });

  test.each(forbiddenPaymentPairs)('is kept by SQL for %s and %s, on the voucher and on its history', (a, b) => {
    const desk = vaultOf(1);
    walkTo(desk, numbers(1), 'paid');
    expect(() => desk.db.prepare(`UPDATE payment SET ${a} = 'one', ${b} = 'one', events = events + 1`).run()).toThrow(/CHECK/);
    const event = (role: string): string => `INSERT INTO payment_event
      SELECT voucher_no, (SELECT count(*) + 1 FROM payment_event), entry, act, from_state, to_state, at, 'one', '${role}', reason, facts FROM payment_event WHERE no = 1`;
    desk.db.prepare(event(a)).run();
    expect(() => desk.db.prepare(event(b)).run()).toThrow(/separation of duties/);
  });

  test('leaves check to the reviewer, payment to the approver, bank returns to the handler', () => {
    const desk = vaultOf(1);
    const rows: readonly [DeskOperation, string, object][] = [
      ['treasury.check', 'handler', {}], ['treasury.check', 'approver', {}], ['treasury.pay', 'reviewer', {}], ['treasury.pay', 'issuer', {}],
      ['treasury.bankReturn', 'approver', { ...why, reasonCode: 'other' }], ['treasury.undoPay', 'reviewer', why],
    ];
    for (const [name, as, more] of rows) expect(desk.refused(name, { vouchers: numbers(1), ...more }, as).code, `${name} by ${as}`).toBe('DUTY_NOT_HELD');
  });
});

describe('suspension', () => {
  test('by hand stops check and payment until it is lifted', () => {
    const desk = vaultOf(2);
    desk.done('treasury.check', { vouchers: [voucherNo(1)] }, 'reviewer');
    desk.done('treasury.suspend', { uscc: uscc(1), name: companyName(1), reason: '税务局电话通知' }, 'reviewer');
    expect(desk.refused('treasury.suspend', { uscc: uscc(1), name: companyName(1), reason: '重复' }, 'reviewer').code).toBe('SUSPENSION_STANDS');
    expect(desk.refused('treasury.pay', { vouchers: [voucherNo(1)] }, 'approver').code).toBe('VOUCHER_NOT_IN_ORDER');
    expect(() => desk.db.prepare("UPDATE payment SET state = 'paid', payer = 'x', paid_on = '2022-04-15', events = events + 1 WHERE voucher_no = @no").run({ no: voucherNo(1) })).toThrow(/under suspension/);
    desk.done('treasury.liftSuspension', { uscc: uscc(1), reason: '书面解除' }, 'approver');
    expect(desk.refused('treasury.liftSuspension', { uscc: uscc(1), reason: '再解' }, 'approver').code).toBe('NO_SUCH_SUSPENSION');
    desk.done('treasury.pay', { vouchers: [voucherNo(1)] }, 'approver');
  });

  test('by notice is the whole list: a new notice adds, keeps and releases', () => {
    const desk = vaultOf(3);
    const suspended = (n: number) => ({ uscc: uscc(n), name: companyName(n), reason: '疑点未排除', since: civilDate('2022-04-14') });
    const notice = (text: string, taxpayers: readonly number[]) => desk.within('handler', (ctx) => receiveSuspensions(ctx, { packageId: packageOf(text), number: 1, suspensions: taxpayers.map(suspended) }));
    expect(notice('first', [1, 2])).toEqual({ added: 2, released: 0 });
    expect(notice('second', [2, 3])).toEqual({ added: 1, released: 1 });
    expect(desk.done('treasury.suspensions', {}, 'handler').suspensions.map((row) => [row.uscc, row.liftedOn])).toEqual([[uscc(2), null], [uscc(3), null], [uscc(1), '2022-04-15']]);
    expect(desk.done('treasury.findings', { all: {} }, 'reviewer').inOrder).toEqual([voucherNo(1)]);
    expect(desk.verify().faults).toEqual([]);
  });
});

describe('payment', () => {
  test.each([
    ['before the voucher came', '2022-04-14', 'PAYMENT_DATE_UNFIT'],
    ['tomorrow', '2022-04-16', 'PAYMENT_DATE_UNFIT'],
    ['today', '2022-04-15', null],
  ])('dated %s', (_what, on, code) => {
    const desk = vaultOf(1);
    walkTo(desk, numbers(1), 'checked');
    if (code === null) desk.done('treasury.pay', { vouchers: numbers(1), on: on as never }, 'approver');
    else expect(desk.refused('treasury.pay', { vouchers: numbers(1), on }, 'approver').code).toBe(code);
  });

  test('of two vouchers of one application is refused, also by raw SQL', () => {
    const desk = openDesk('treasury', '2022-04-15T09:00');
    receive(desk, [voucher(1)]);
    walkTo(desk, [voucherNo(1)], 'paid');
    const second = voucher(2, { refundNo: 'SQ-2022-000001', batchNo: 'PC-2022-0002', uscc: uscc(1), name: companyName(1), accountName: companyName(1) });
    receive(desk, [second]);
    expect(desk.done('treasury.findings', { vouchers: [voucherNo(2)] }, 'reviewer').faulty[0]?.findings.map((row) => row.code)).toEqual(['duplicate-refund']);
    expect(() => desk.db.prepare("UPDATE payment SET state = 'checked', checker = 'x', events = events + 1 WHERE voucher_no = @no").run({ no: voucherNo(2) })).toThrow(/UNIQUE/);
  });

  test('cannot be altered, deleted or made silently by raw SQL', () => {
    const desk = vaultOf(1);
    walkTo(desk, numbers(1), 'paid');
    const attempts: readonly [string, RegExp][] = [
      ['UPDATE payment SET amount_fen = amount_fen + 1, existing_fen = existing_fen + 1, events = events + 1', /never altered/],
      ["UPDATE payment SET bank_account = '1', events = events + 1", /never altered/],
      ["UPDATE payment SET paid_on = '2022-04-16'", /one counted act/],
      ['DELETE FROM payment', /never deleted|FOREIGN KEY/],
      ['INSERT OR REPLACE INTO payment SELECT * FROM payment', /received once/],
      ["UPDATE payment_event SET maker = 'x'", /append only/],
      ['DELETE FROM payment_event', /append only/],
    ];
    for (const [sql, message] of attempts) expect(() => desk.db.prepare(sql).run(), sql).toThrow(message);
  });
});

describe('receipts', () => {
  test('tell each agency once, in exactly the fields of exchange’s rows', () => {
    const desk = vaultOf(3);
    walkTo(desk, [voucherNo(1)], 'paid');
    walkTo(desk, [voucherNo(2)], 'returned');
    const rows = unsentOutcomes(desk.db, 'tax').map((outcome) => refundReceipt.sections.outcomes.schema.decode(refundReceipt.sections.outcomes.schema.encode(rowOf(outcome))));
    expect(rows).toMatchObject([
      { voucherNo: voucherNo(1), outcome: 'paid', amountFen: 12_345n, on: '2022-04-15', reasonCode: null, checkedBy: nameOf('reviewer'), paidBy: nameOf('approver') },
      { voucherNo: voucherNo(2), outcome: 'returned', amountFen: 24_690n, reasonCode: 'seal-differs', reason: '按规定办理', checkedBy: nameOf('reviewer'), paidBy: null },
    ]);
    expect(tell(desk, 'tax')).toHaveLength(2);
    expect(tell(desk, 'tax')).toHaveLength(0);
    expect(tell(desk, 'finance')).toHaveLength(2);
    expect(desk.done('treasury.get', { voucher: voucherNo(1) }, 'handler').outcomes).toMatchObject([{ outcome: 'paid', sentToTax: true, sentToFinance: true, cancelled: false }]);
  });

  test('once sent fix what they told: payment and return can no longer be undone', () => {
    const desk = vaultOf(4);
    walkTo(desk, numbers(2), 'paid');
    walkTo(desk, [voucherNo(3), voucherNo(4)], 'returned');
    desk.done('treasury.undoPay', { vouchers: [voucherNo(1)], ...why }, 'approver');
    desk.done('treasury.undoReturn', { vouchers: [voucherNo(3)], ...why }, 'approver');
    expect(tell(desk, 'finance').map((row) => row.voucherNo)).toEqual([voucherNo(2), voucherNo(4)]);
    expect(desk.refused('treasury.undoPay', { vouchers: [voucherNo(2)], ...why }, 'approver').code).toBe('OUTCOME_ALREADY_SENT');
    expect(desk.refused('treasury.undoReturn', { vouchers: [voucherNo(4)], ...why }, 'approver').code).toBe('OUTCOME_ALREADY_SENT');
    expect(() => desk.db.prepare("UPDATE payment_outcome SET finance_package = 'x' WHERE finance_package IS NOT NULL").run()).toThrow(/what was sent stands/);
    desk.done('treasury.pay', { vouchers: [voucherNo(1)] }, 'approver');
    expect(tell(desk, 'finance').map((row) => [row.voucherNo, row.no])).toEqual([[voucherNo(1), 2]]);
  });

  test('name a voucher once: a bank return follows its payment in the next receipt', () => {
    const desk = vaultOf(1);
    walkTo(desk, numbers(1), 'bank-returned');
    expect(tell(desk, 'tax').map((row) => row.outcome)).toEqual(['paid']);
    expect(tell(desk, 'tax').map((row) => [row.outcome, row.reasonCode, row.paidBy])).toEqual([['bank-returned', 'account-closed', nameOf('approver')]]);
    expect(desk.verify().faults).toEqual([]);
  });
});

describe('views', () => {
  test('show a voucher with its amount in capitals, its findings, its history and the acts this person may do', () => {
    const desk = vaultOf(1);
    walkTo(desk, numbers(1), 'checked');
    const view = desk.done('treasury.get', { voucher: voucherNo(1) }, 'reviewer');
    expect(view.voucher).toMatchObject({ capital: '人民币壹佰贰拾叁元肆角伍分', central: '61.74', province: '43.20', county: '18.51', state: 'checked' });
    expect(view.people).toEqual({ 国库审核人: nameOf('reviewer') });
    expect(view.history.map((event) => [event.act, event.role])).toEqual([['receive', null], ['check', 'checker']]);
    expect(view.acts.map((row) => [row.act, row.allowed, row.code])).toEqual([['withdrawCheck', true, null], ['return', true, null], ['pay', false, 'DUTY_NOT_HELD']]);
    expect(desk.done('treasury.get', { voucher: voucherNo(1) }, 'all1').acts.every((row) => row.allowed)).toBe(true);
  });

  test.each([
    ['states', { states: ['paid'] }, [1]],
    ['text', { text: companyName(2) }, [2]],
    ['the application number', { text: 'sq-2022-000003' }, [3]],
    ['days of payment', { paidFrom: '2022-04-15', paidTo: '2022-04-15' }, [1]],
    ['a day without payment', { paidFrom: '2022-04-16' }, []],
    ['another batch', { batch: 'PC-2022-0009' }, []],
  ])('list vouchers by %s with the total of what is left', (_what, filter, wanted: number[]) => {
    const desk = vaultOf(3);
    walkTo(desk, [voucherNo(1)], 'paid');
    const { rows, totals } = desk.done('treasury.list', filter as never, 'handler');
    expect(rows.map((row) => row.voucherNo)).toEqual(wanted.map(voucherNo));
    expect(totals.count).toBe(wanted.length);
  });
});

test('every state of the table can be reached', () => {
  const reached = new Set<PaymentState>(['received']);
  for (const [from, to] of [...movesOf(paymentCases), ...movesOf(paymentCases)]) if (reached.has(from)) reached.add(to);
  expect([...reached].sort()).toEqual([...paymentStates].sort());
});

test('a batch of three thousand vouchers is checked and paid in one entry each', () => {
  const desk = openDesk('treasury', '2022-04-15T09:00');
  receive(desk, Array.from({ length: 3_000 }, (_, index) => voucher(index + 1)));
  expect(desk.done('treasury.check', { all: {} }, 'reviewer').count).toBe(3_000);
  expect(desk.done('treasury.pay', { all: {} }, 'approver')).toMatchObject({ count: 3_000, total: '555710175.00' });
  expect(unsentOutcomes(desk.db, 'tax')).toHaveLength(3_000);
});
