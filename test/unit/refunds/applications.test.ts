/** From the candidate list to the decision: amounts, dates, bulk acts and their refusals. */
import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import type { RefundState } from '../../../shared/refunds/cases.ts';
import { openDesk, type Desk, type DeskOperation } from './desk.ts';
import { april, companyName, determination, refundOf, steps, valueOf, walkAllTo, walkTo } from './county.ts';

function countyOf(count: number): Desk {
  const desk = openDesk('tax', '2022-04-11T09:00');
  for (let n = 1; n <= count; n += 1) desk.determinations.push(determination(n));
  desk.done('refunds.openCandidates', { period: april }, 'handler');
  return desk;
}

describe('the candidate list', () => {
  test('opens one refund for every refundable determination, and says so when nothing is new', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    desk.determinations.push(determination(1), determination(2));
    expect(desk.done('refunds.openCandidates', { period: april }, 'handler')).toMatchObject({ changed: true, opened: 2, unchanged: 0 });
    expect(desk.done('refunds.openCandidates', { period: april }, 'handler')).toMatchObject({ changed: false, opened: 0, unchanged: 2 });
    const { rows, totals } = desk.done('refunds.list', {}, 'handler');
    expect(rows.map((row) => [row.refund, row.state, row.total.determined])).toEqual([[refundOf(1), 'candidate', '123.45'], [refundOf(2), 'candidate', '246.90']]);
    expect(totals).toMatchObject({ count: 2, determined: '370.35', asked: '0.00' });
  });

  test('is refused for a period that was never assessed, instead of emptying the list', () => {
    const desk = countyOf(1);
    desk.determinations = [];
    expect(desk.refused('refunds.openCandidates', { period: april }, 'handler').code).toBe('NOTHING_DETERMINED');
    expect(valueOf(desk, refundOf(1), 'state')).toBe('candidate');
  });

  test('takes over changed amounts until approval, and leaves decided refunds alone but names them', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkTo(desk, 1, 'informed');
    walkTo(desk, 2, 'accepted');
    walkTo(desk, 3, 'approved');
    desk.determinations = [1, 2, 3].map((n) => determination(n, { existingFen: 5_000n, determinationKey: 'again' }));
    const outcome = desk.done('refunds.openCandidates', { period: april }, 'handler');
    expect(outcome).toMatchObject({ refreshed: 2, decidedDiffer: [{ refund: refundOf(3), name: companyName(3), approved: '370.35', determined: '120.35' }] });
    expect([1, 2, 3].map((n) => valueOf(desk, refundOf(n), 'determined_existing_fen'))).toEqual(['5000', '5000', '30000']);
    expect(valueOf(desk, refundOf(2), 'asked_existing_fen')).toBe('20000');
  });

  test('lets go of who is no longer refundable, brings back who is again, and sets a refund in hand to zero', () => {
    const desk = countyOf(3);
    walkTo(desk, 2, 'reviewed');
    desk.determinations = [determination(3)];
    expect(desk.done('refunds.openCandidates', { period: april }, 'handler')).toMatchObject({ lapsed: 1, fallen: 1, unchanged: 1 });
    expect([valueOf(desk, refundOf(1), 'state'), valueOf(desk, refundOf(1), 'lapsed')]).toEqual(['withdrawn', '1']);
    expect(desk.refused('refunds.approve', { refunds: [refundOf(2)] }, 'approver').code).toBe('APPROVED_EXCEEDS_DETERMINED');
    desk.determinations = [1, 2, 3].map((n) => determination(n));
    expect(desk.done('refunds.openCandidates', { period: april }, 'handler')).toMatchObject({ reopened: 1, refreshed: 1, unchanged: 1 });
    expect(valueOf(desk, refundOf(1), 'state')).toBe('candidate');
    expect(desk.verify().faults).toEqual([]);
  });

  test('does not bring back a refund that the taxpayer withdrew', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkTo(desk, 1, 'withdrawn');
    expect(desk.done('refunds.openCandidates', { period: april }, 'handler')).toMatchObject({ changed: false, reopened: 0, unchanged: 1 });
    desk.done('refunds.reopen', { refunds: [refundOf(1)], reason: '纳税人重新申请' }, 'handler');
    expect(desk.done('refunds.apply', { refunds: [refundOf(1)] }, 'handler').refunds[0]?.applicationNo).toBe('SQ-2022-000002');
  });
});

describe('an application', () => {
  test.each([
    ['all that is due', {}, '100.00', '23.45'],
    ['the existing credit only', { existing: '100.00' }, '100.00', '0.00'],
    ['less of both', { existing: '99.99', incremental: '0.01' }, '99.99', '0.01'],
  ])('may ask for %s', (_what, amounts, existing, incremental) => {
    const desk = countyOf(1);
    desk.done('refunds.apply', { refunds: [refundOf(1)], ...amounts }, 'handler');
    const { refund } = desk.done('refunds.get', { refund: 'SQ-2022-000001' }, 'handler');
    expect([refund.existing.asked, refund.incremental.asked, refund.state]).toEqual([existing, incremental, 'applied']);
  });

  test.each([
    ['a fen more of existing credit than determined', { existing: '100.01' }, 'ASKED_EXCEEDS_DETERMINED'],
    ['a fen more of incremental credit than determined', { incremental: '23.46' }, 'ASKED_EXCEEDS_DETERMINED'],
    ['existing credit in place of incremental', { existing: '123.45' }, 'ASKED_EXCEEDS_DETERMINED'],
    ['nothing', { existing: '0', incremental: '0' }, 'ASKED_NOTHING'],
    ['a date before the filing period', { on: '2022-03-31' }, 'DATE_TOO_EARLY'],
    ['a date after today', { on: '2022-04-12' }, 'DATE_IN_FUTURE'],
  ])('is refused for %s', (_what, given, code) => {
    const desk = countyOf(1);
    expect(desk.refused('refunds.apply', { refunds: [refundOf(1)], ...given }, 'handler').code).toBe(code);
  });

  test('with amounts is refused for many refunds at once', () => {
    const desk = countyOf(2);
    expect(desk.refused('refunds.apply', { refunds: [refundOf(1), refundOf(2)], existing: '1.00' }, 'handler').code).toBe('ASKED_ONLY_SINGLY');
    expect(desk.refused('refunds.apply', { all: {}, existing: '1.00' }, 'handler').code).toBe('ASKED_ONLY_SINGLY');
  });

  test('takes numbers without gaps: a refused bulk act uses none', () => {
    const desk = countyOf(3);
    desk.done('refunds.apply', { refunds: [refundOf(2)] }, 'handler');
    expect(desk.refused('refunds.apply', { refunds: [refundOf(1), refundOf(2)] }, 'handler').code).toBe('BULK_REFUSED');
    const { refunds } = desk.done('refunds.apply', { all: {} }, 'handler');
    expect(refunds.map((row) => row.applicationNo)).toEqual(['SQ-2022-000002', 'SQ-2022-000003']);
  });

  test('starts a new series in a new year', () => {
    const desk = countyOf(2);
    desk.done('refunds.apply', { refunds: [refundOf(1)] }, 'handler');
    desk.at('2023-01-03T09:00');
    expect(desk.done('refunds.apply', { refunds: [refundOf(2)] }, 'handler').refunds[0]?.applicationNo).toBe('SQ-2023-000001');
  });

  test('returned for correction may change amounts and account, and keeps its number', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'approved');
    desk.done('refunds.returnForCorrection', { refunds: [refund], reason: '账户已变更' }, 'approver');
    const account = { bank: '中国建设银行凌源支行', account: '4367420000000001', accountName: companyName(1), bankCode: '105221234567' };
    desk.done('refunds.resubmit', { refunds: [refund], existing: '60.00', account }, 'handler');
    const view = desk.done('refunds.get', { refund }, 'handler');
    expect(view.refund).toMatchObject({ applicationNo: 'SQ-2022-000001', existing: { asked: '60.00', approved: '0.00' }, incremental: { asked: '0.00' } });
    expect(view.account).toEqual(account);
    for (const step of ['accept', 'review', 'approve', 'issue'] as const) steps[step](desk, [refund]);
    expect(desk.done('refunds.get', { refund }, 'handler').vouchers[0]).toMatchObject({ amount: '60.00', payee: account });
  });
});

describe('the decision', () => {
  test.each([
    ['all that was asked', {}, null],
    ['less with a reason', { existing: '90.00', incremental: '23.45', reason: '进项构成复核后核减' }, null],
    ['less without a reason', { existing: '90.00', incremental: '23.45' }, 'APPROVED_LESS_NEEDS_REASON'],
    ['more of one line at the cost of the other', { existing: '101.00', incremental: '0', reason: '调整' }, 'APPROVED_EXCEEDS_ASKED'],
    ['nothing', { existing: '0', incremental: '0', reason: '不符合' }, 'APPROVED_NOTHING'],
  ])('to approve %s', (_what, given, code) => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'reviewed');
    if (code === null) desk.done('refunds.approve', { refunds: [refund], ...given }, 'approver');
    else expect(desk.refused('refunds.approve', { refunds: [refund], ...given }, 'approver').code).toBe(code);
    expect(valueOf(desk, refund, 'state')).toBe(code === null ? 'approved' : 'reviewed');
  });

  test('carries the approved amounts, not the asked ones, to the voucher', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'reviewed');
    desk.done('refunds.approve', { refunds: [refund], existing: '90.00', incremental: '0', reason: '核减' }, 'approver');
    desk.done('refunds.issueVouchers', { refunds: [refund] }, 'issuer');
    expect(desk.done('refunds.get', { refund }, 'issuer').vouchers[0]).toMatchObject({ amount: '90.00', existing: '90.00', incremental: '0.00', central: '45.00', province: '31.50', county: '13.50' });
  });

  test('follows a lower newest determination: the whole asked amount is refused, the lower one goes', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'reviewed');
    desk.determinations = [determination(1, { existingFen: 4_000n })];
    desk.done('refunds.openCandidates', { period: april }, 'handler');
    expect(desk.refused('refunds.approve', { refunds: [refund] }, 'approver').code).toBe('APPROVED_EXCEEDS_DETERMINED');
    desk.done('refunds.approve', { refunds: [refund], existing: '40.00', incremental: '23.45', reason: '按最近一期期末留抵重算' }, 'approver');
    expect(valueOf(desk, refund, 'approved_existing_fen')).toBe('4000');
  });
});

describe('a bulk act', () => {
  test('is one journal entry with one line a refund', () => {
    const desk = countyOf(40);
    const before = desk.db.prepare('SELECT count(*) AS n FROM journal').get()?.['n'];
    const acted = desk.done('refunds.apply', { all: { state: 'candidate', period: april } }, 'handler');
    expect([acted.count, acted.total, acted.warnings]).toEqual([40, '101229.00', []]);
    expect(desk.db.prepare('SELECT count(*) AS n FROM journal').get()?.['n']).toBe(BigInt(Number(before) + 1));
    expect(desk.db.prepare('SELECT count(DISTINCT entry) AS n FROM refund_event WHERE act = @act').get({ act: 'apply' })?.['n']).toBe(1n);
  });

  test('of all refunds changes nothing when there are none', () => {
    const desk = countyOf(1);
    expect(desk.done('refunds.approve', { all: {} }, 'approver')).toEqual({ changed: false, entry: null, count: 0, total: '0.00', refunds: [], warnings: [] });
  });

  test('lists every refund that cannot be acted on, each with its own reason, and does none', () => {
    const desk = countyOf(4);
    walkTo(desk, 2, 'applied');
    walkTo(desk, 3, 'crossed-off');
    const refusal = desk.refused('refunds.accept', { refunds: [refundOf(1), refundOf(2), refundOf(3), '2022-04/91211382000000000X', 'SQ-2022-000099'] }, 'handler');
    expect(refusal.code).toBe('BULK_REFUSED');
    const refused = (refusal.details as { refused: { case: string; code: string; message: string }[] }).refused;
    expect(refused.map((row) => [row.case, row.code])).toEqual([
      ['2022-04/91211382000000000X', 'REFUND_UNKNOWN'], ['SQ-2022-000099', 'REFUND_UNKNOWN'], [refundOf(1), 'REFUND_STATE_UNFIT'], [refundOf(3), 'REFUND_STATE_UNFIT'],
    ]);
    expect(refused.every((row) => row.message.includes('账本未变'))).toBe(true);
    expect(valueOf(desk, refundOf(2), 'state')).toBe('applied');
  });

  test('takes a refund once, however often and by whatever name it is chosen', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkTo(desk, 1, 'applied');
    expect(desk.done('refunds.accept', { refunds: [refundOf(1), 'SQ-2022-000001', refundOf(1)] }, 'handler').count).toBe(1);
  });

  test('of one state picks that state only, and of one period that period only', () => {
    const desk = openDesk('tax', '2022-05-11T09:00');
    walkAllTo(desk, [1, 2], 'applied');
    const may = determination(3, { period: '2022-05' as never });
    desk.determinations.push(may);
    desk.done('refunds.openCandidates', { period: '2022-05' as never }, 'handler');
    desk.done('refunds.apply', { all: { period: '2022-05' as never } }, 'handler');
    expect(desk.done('refunds.accept', { all: { period: '2022-05' as never } }, 'handler').refunds.map((row) => row.refund)).toEqual([`2022-05/${may.uscc}`]);
    expect(desk.refused('refunds.accept', { all: { state: 'accepted' } }, 'handler').code).toBe('REFUND_STATE_UNFIT');
  });

  test.each([
    ['neither a list nor all', {}],
    ['both a list and all', { refunds: [refundOf(1)], all: {} }],
    ['an empty list', { refunds: [] }],
    ['something that is no refund', { refunds: ['1'] }],
    ['an unknown field', { refunds: [refundOf(1)], force: true }],
  ])('is refused at the border for %s', (_what, input) => {
    const desk = countyOf(1);
    expect(() => desk.tried('refunds.inform', input as never, 'handler')).toThrow();
  });
});

test('a real bulk of five thousand refunds goes through in one entry each act', () => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  for (let n = 1; n <= 5_000; n += 1) desk.determinations.push(determination(n));
  desk.done('refunds.openCandidates', { period: april }, 'handler');
  const acts: readonly [DeskOperation, string, RefundState][] = [
    ['refunds.apply', 'handler', 'applied'], ['refunds.accept', 'handler', 'accepted'], ['refunds.review', 'reviewer', 'reviewed'], ['refunds.approve', 'approver', 'approved'],
  ];
  for (const [name, as, state] of acts) {
    desk.done(name, { all: {} }, as);
    expect(desk.db.prepare('SELECT count(*) AS n FROM refund WHERE state = @state').get({ state })?.['n']).toBe(5_000n);
  }
  expect(desk.done('refunds.list', { sort: 'determined', descending: true, limit: 2 }, 'handler')).toMatchObject({
    rows: [{ name: companyName(5_000) }, { name: companyName(4_999) }], totals: { count: 5_000, approved: '1543433625.00' },
  });
  expect(civilDate(valueOf(desk, refundOf(1), 'decided_on'))).toBe('2022-04-11');
});
