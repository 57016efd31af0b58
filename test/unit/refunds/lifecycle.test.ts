/** The lifecycle table, walked through the operations and through raw SQL. */
import { describe, expect, test } from 'vitest';
import { actsFrom, fits, lifecycleLines, statesOf, stateAfter } from '../../../shared/kernel/case.ts';
import { refundActs, refundCases, refundMoves, refundStateNames, refundStates, type RefundAct, type RefundState } from '../../../shared/refunds/cases.ts';
import { openDesk, type Desk, type DeskOperation } from './desk.ts';
import { receive, refundOf, steps, valueOf, walkAllTo, walkTo } from './county.ts';

const why = { reason: '按规定办理' };

/** How each act of a person is called on one refund. Acts of packages and assessments have tests of their own. */
const calls: Readonly<Partial<Record<RefundAct, { readonly name: DeskOperation; readonly as: string; readonly input: (refund: string, desk: Desk) => object }>>> = {
  inform: { name: 'refunds.inform', as: 'handler', input: (refund) => ({ refunds: [refund] }) },
  apply: { name: 'refunds.apply', as: 'handler', input: (refund) => ({ refunds: [refund] }) },
  accept: { name: 'refunds.accept', as: 'handler', input: (refund) => ({ refunds: [refund] }) },
  review: { name: 'refunds.review', as: 'reviewer', input: (refund) => ({ refunds: [refund] }) },
  approve: { name: 'refunds.approve', as: 'approver', input: (refund) => ({ refunds: [refund] }) },
  issueVoucher: { name: 'refunds.issueVouchers', as: 'issuer', input: (refund) => ({ refunds: [refund] }) },
  checkVoucher: { name: 'refunds.checkVouchers', as: 'reviewer', input: (refund) => ({ refunds: [refund] }) },
  voidVoucher: { name: 'refunds.voidVouchers', as: 'reviewer', input: (refund) => ({ refunds: [refund], ...why }) },
  formBatch: { name: 'refunds.formBatch', as: 'issuer', input: (refund) => ({ refunds: [refund] }) },
  crossOff: { name: 'refunds.crossOff', as: 'handler', input: (refund) => ({ refunds: [refund] }) },
  undoCrossOff: { name: 'refunds.undoCrossOff', as: 'approver', input: (refund) => ({ refunds: [refund], ...why }) },
  returnForCorrection: { name: 'refunds.returnForCorrection', as: 'handler', input: (refund) => ({ refunds: [refund], ...why }) },
  resubmit: { name: 'refunds.resubmit', as: 'handler', input: (refund) => ({ refunds: [refund] }) },
  suspend: { name: 'refunds.suspend', as: 'reviewer', input: (refund) => ({ refunds: [refund], ...why, ground: 'under-inspection' }) },
  resume: { name: 'refunds.resume', as: 'approver', input: (refund) => ({ refunds: [refund], ...why }) },
  noticeSuspension: { name: 'refunds.noticeSuspension', as: 'reviewer', input: (refund) => ({ refunds: [refund], ...why, ground: 'risk-doubt' }) },
  terminate: { name: 'refunds.terminate', as: 'approver', input: (refund) => ({ refunds: [refund], ...why, ground: 'other' }) },
  refuse: { name: 'refunds.refuse', as: 'approver', input: (refund) => ({ refunds: [refund], ...why }) },
  withdraw: { name: 'refunds.withdraw', as: 'handler', input: (refund) => ({ refunds: [refund], ...why }) },
  reopen: { name: 'refunds.reopen', as: 'handler', input: (refund) => ({ refunds: [refund], ...why }) },
  correctReturned: { name: 'refunds.correctReturned', as: 'handler', input: (refund) => ({ refund, ...why }) },
  confirmReduced: { name: 'refunds.confirmReduced', as: 'reviewer', input: (refund) => ({ refunds: [refund], ...why }) },
  clawBackPart: { name: 'refunds.clawBack', as: 'approver', input: (refund) => ({ refund, existing: '0.01', incremental: '0', document: '缴款书 1', ...why }) },
};
/** Acts that need more than the state: their own condition is met here before the call. */
const conditional: readonly RefundAct[] = ['startClock', 'keepApproval', 'liftNotice', 'undoClawBack', 'clawBackWhole', 'cancelBatch'];

describe('the table of the lifecycle', () => {
  test('names every state and act once, in Chinese', () => {
    expect(new Set(refundStates).size).toBe(refundStates.length);
    expect(refundStates.every((state) => refundStateNames[state].length > 0)).toBe(true);
    expect(new Set(Object.values(refundStateNames)).size).toBe(refundStates.length);
  });

  test('leads from candidate to crossed off step by step', () => {
    const chain: RefundAct[] = ['inform', 'apply', 'accept', 'review', 'approve', 'issueVoucher', 'checkVoucher', 'formBatch', 'send', 'receivePaid', 'crossOff'];
    let state: RefundState | null = stateAfter(refundCases, 'open', null);
    const seen = [state];
    for (const act of chain) seen.push((state = stateAfter<RefundState, RefundAct, string>(refundCases, act, state)));
    expect(seen).toEqual(statesOf<RefundState>(refundCases).filter((main) => 'step' in refundCases.states[main]));
  });

  test('lets the notice be skipped: a candidate may apply at once', () => {
    expect(stateAfter(refundCases, 'apply', 'candidate')).toBe('applied');
  });

  test('every side state has a way back', () => {
    for (const state of refundStates) {
      if (state === 'crossed-off') continue;
      expect(actsFrom<RefundState, RefundAct, string>(refundCases, state).some((act) => stateAfter<RefundState, RefundAct, string>(refundCases, act, state, 'accepted') !== state), state).toBe(true);
    }
  });

  test('every state can be reached from the candidate', () => {
    const reached = new Set<RefundState>(['candidate']);
    for (let grown = true; grown; ) {
      const before = reached.size;
      for (const [from, to] of refundMoves) if (reached.has(from)) reached.add(to);
      grown = reached.size > before;
    }
    expect([...refundStates].filter((state) => !reached.has(state))).toEqual([]);
  });

  test('whoever leaves the way must give a reason', () => {
    const off: RefundAct[] = ['returnForCorrection', 'suspend', 'resume', 'terminate', 'refuse', 'withdraw', 'reopen', 'undoCrossOff', 'voidVoucher', 'cancelBatch', 'correctReturned', 'clawBackPart'];
    expect(off.filter((act) => refundCases.acts[act].reason !== 'required')).toEqual([]);
  });

  test('is undone by nobody once closed except by reopening, reversing or clawing back', () => {
    expect((['crossed-off', 'terminated', 'refused', 'withdrawn', 'clawed-back'] as const).flatMap((state) => actsFrom<RefundState, RefundAct, string>(refundCases, state))).toEqual([
      'undoCrossOff', 'confirmReduced', 'clawBackPart', 'clawBackWhole', 'undoClawBack', 'reopen', 'reopen', 'reopen', 'undoClawBack',
    ]);
  });

  test('prints itself: every state once, every act under the states it starts from', () => {
    const lines = lifecycleLines(refundCases);
    for (const state of refundStates) expect(lines.filter((line) => line === refundStateNames[state])).toHaveLength(1);
    const exits = refundStates.reduce((sum, state) => sum + actsFrom<RefundState, RefundAct, string>(refundCases, state).length, 0);
    expect(lines).toHaveLength(refundStates.length + exits);
  });

  test('every act of a person is covered by this test', () => {
    expect(refundActs.filter((act) => refundCases.acts[act].by === 'person' && calls[act] === undefined)).toEqual([...conditional].sort((a, b) => refundActs.indexOf(a) - refundActs.indexOf(b)));
  });
});

describe.each(refundStates)('a refund in state %s', (state) => {
  test('is moved by every act exactly where the table says so, and refused elsewhere', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const acts = Object.keys(calls) as RefundAct[]; // the keys of the table above
    const refunds = walkAllTo(desk, acts.map((_, index) => index + 1), state);
    for (const [index, act] of acts.entries()) {
      const call = calls[act];
      const refund = refunds[index];
      if (call === undefined || refund === undefined) throw new Error(act);
      expect(valueOf(desk, refund, 'state')).toBe(state);
      const wanted = stateAfter<RefundState, RefundAct, string>(refundCases, act, state, state === 'suspended' ? 'accepted' : null);
      if (wanted === null) expect(desk.refused(call.name, call.input(refund, desk), call.as).code, act).toBe('REFUND_STATE_UNFIT');
      else desk.done(call.name, call.input(refund, desk), call.as);
      expect(valueOf(desk, refund, 'state'), act).toBe(wanted ?? state);
    }
  });
});

test('a suspended refund returns to the state it was suspended in, and to no other', () => {
  for (const from of ['accepted', 'reviewed', 'approved', 'vouchered', 'voucher-checked', 'treasury-returned', 'bank-returned', 'corrected'] as const) {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, from);
    steps.suspend(desk, [refund]);
    desk.done('refunds.resume', { refunds: [refund], ...why }, 'approver');
    expect(valueOf(desk, refund, 'state')).toBe(from);
  }
});

test('a state written behind the log is named by the deep check', () => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  const refund = walkTo(desk, 1, 'accepted');
  desk.db.prepare("UPDATE refund SET state = 'terminated', events = events + 1").run();
  expect(desk.verify().faults.filter((fault) => fault.where === 'state').map((fault) => [fault.key, fault.column])).toEqual([[refund, 'state'], [refund, 'events']]);
});

test('raw SQL cannot delete, duplicate, renumber or silently edit a refund', () => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  const refund = walkTo(desk, 1, 'sent');
  const attempts: readonly [string, string, RegExp][] = [
    ['deleting a refund', 'DELETE FROM refund', /never deleted|FOREIGN KEY/],
    ['replacing a refund', 'INSERT OR REPLACE INTO refund SELECT * FROM refund', /starts once/],
    ['editing without an act', "UPDATE refund SET reason = 'x'", /one counted act/],
    ['paying without a receipt', "UPDATE refund SET state = 'paid', paid_on = '2022-04-11', paid_existing_fen = approved_existing_fen, paid_incremental_fen = approved_incremental_fen, events = events + 1", /CHECK/],
    ['paying more than approved', "UPDATE refund SET paid_existing_fen = approved_existing_fen + 1, events = events + 1", /CHECK/],
    ['approving more than asked', 'UPDATE refund SET approved_existing_fen = asked_existing_fen + 1, events = events + 1', /CHECK/],
    ['editing an event', "UPDATE refund_event SET maker = 'x'", /append only/],
    ['deleting an event', 'DELETE FROM refund_event', /append only/],
    ['skipping an event number', `INSERT INTO refund_event SELECT refund, 99, entry, act, from_state, to_state, at, maker, NULL, reason, facts FROM refund_event LIMIT 1`, /without gaps/],
    ['altering a voucher', 'UPDATE refund_voucher SET amount_fen = amount_fen + 1, existing_fen = existing_fen + 1, central_fen = central_fen + 1', /never altered/],
    ['altering a payee', "UPDATE refund_voucher SET bank_account = '1'", /never altered/],
    ['a second live voucher', `INSERT INTO refund_voucher SELECT '99999999', refund, 'issued', name, route, size, applied_on, approved_on, approver, issued_on, existing_fen, incremental_fen, amount_fen, central_fen, province_fen, county_fen,
      capital, level_text, subject_code, subject_name, bank, bank_account, account_name, bank_code, reason, basis, authority, approval_no, replaces, issuer, NULL, NULL, NULL, NULL, NULL
      FROM refund_voucher`, /UNIQUE/],
    ['opening a sealed batch', 'UPDATE refund_batch SET total_fen = total_fen + 1', /sealed/],
    ['jumping a running number', 'UPDATE refund_number SET last = last + 2', /without gaps/],
    ['jumping a voucher number', 'UPDATE voucher_range SET next = next + 2', /one number after the other/],
    ['overlapping a range', "INSERT INTO voucher_range VALUES (1000005, 1000030, 1000005, '2022-04-11', 'x')", /overlaps/],
  ];
  for (const [what, sql, message] of attempts) expect(() => desk.db.prepare(sql).run(), what).toThrow(message);
  expect(valueOf(desk, refund, 'state')).toBe('sent');
  expect(desk.verify().faults).toEqual([]);
});

test('a bank return after the cross-off reverses the cross-off in an entry of its own, naming the entry reversed', () => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  const refund = walkTo(desk, 1, 'crossed-off');
  expect(receive(desk, refund, 'bank-returned')).toEqual({ posted: 1, held: 0, conflicts: 0 });
  const { history, refund: row } = desk.done('refunds.get', { refund }, 'handler');
  const crossOff = history.find((event) => event.act === 'crossOff');
  const [undo, returned] = history.slice(-2);
  expect([undo?.act, returned?.act]).toEqual(['undoCrossOff', 'receiveBankReturn']);
  expect(undo?.details['冲销账本条目']).toBe(String(crossOff?.entry));
  expect([row.state, row.crossedOffOn, row.total.paid]).toEqual(['bank-returned', null, '0.00']);
});

test('acts that fit are the acts shown, with the refusal beside those this person may not do', () => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  walkTo(desk, 1, 'accepted');
  const { acts } = desk.done('refunds.get', { refund: refundOf(1) }, 'reviewer');
  expect(acts.map((row) => row.act)).toEqual(refundActs.filter((act) => fits(refundCases, act, 'accepted') && refundCases.acts[act].by === 'person'));
  expect(acts.find((row) => row.act === 'review')).toMatchObject({ allowed: true, code: null });
  expect(acts.find((row) => row.act === 'refuse')).toMatchObject({ allowed: false, code: 'DUTY_NOT_HELD' });
});
