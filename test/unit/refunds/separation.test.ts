/** The separation of duties on one refund: all pairs of roles for one person who holds every duty, through operations and raw SQL. */
import { describe, expect, test } from 'vitest';
import { forbiddenRefundPairs, refundRoles, type RefundRole } from '../../../shared/administration/duties.ts';
import { openDesk, type Desk, type DeskOperation } from './desk.ts';
import { april, determination, refundOf, walkTo } from './county.ts';

/** The acts that fill each role, in the order of the way. */
const actsOfRole: Readonly<Record<RefundRole, readonly DeskOperation[]>> = {
  handler: ['refunds.apply', 'refunds.accept'],
  reviewer: ['refunds.review'],
  approver: ['refunds.approve'],
  issuer: ['refunds.issueVouchers'],
  voucherChecker: ['refunds.checkVouchers'],
};
const columns: Readonly<Record<RefundRole, string>> = { handler: 'handler', reviewer: 'reviewer', approver: 'approver', issuer: 'issuer', voucherChecker: 'voucher_checker' };
const pairs = refundRoles.flatMap((a, index) => refundRoles.slice(index + 1).map((b) => [a, b] as const));
const forbidden = new Set(forbiddenRefundPairs.map((pair) => pair.join('+')));
const isForbidden = (a: RefundRole, b: RefundRole): boolean => forbidden.has(`${a}+${b}`) || forbidden.has(`${b}+${a}`);

function openCandidate(): Desk {
  const desk = openDesk('tax', '2022-04-11T09:00');
  desk.determinations.push(determination(1));
  desk.done('refunds.openCandidates', { period: april }, 'handler');
  desk.done('refunds.addVoucherRange', { first: '00000001', last: '00000100' }, 'issuer');
  return desk;
}

describe.each(pairs)('one person as %s and %s on one refund', (a, b) => {
  test(isForbidden(a, b) ? 'is refused by the operation, and nothing changes' : 'is allowed by the operations', () => {
    const desk = openCandidate();
    const others = ['all2', 'all3', 'all4', 'all5'];
    for (const role of refundRoles) {
      const person = role === a || role === b ? 'all1' : (others.shift() ?? '');
      for (const act of actsOfRole[role]) {
        if (role === b && isForbidden(a, b)) {
          expect(desk.refused(act, { refunds: [refundOf(1)] }, person).code).toBe('SAME_PERSON_TWO_DUTIES');
          return;
        }
        desk.done(act, { refunds: [refundOf(1)] }, person);
      }
    }
    expect(isForbidden(a, b)).toBe(false);
  });

  test(isForbidden(a, b) ? 'is refused by raw SQL on the refund and on its history' : 'is accepted by SQL', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    walkTo(desk, 1, 'voucher-checked');
    const both = (): void => void desk.db.prepare(`UPDATE refund SET ${columns[a]} = 'one', ${columns[b]} = 'one', events = events + 1`).run();
    const next = Number(desk.db.prepare('SELECT count(*) AS n FROM refund_event').get()?.['n']);
    const event = (role: RefundRole, no: number): void => {
      desk.db.prepare(
        `INSERT INTO refund_event SELECT refund, ${String(no)}, entry, 'review', from_state, to_state, at, 'one', '${role}', reason, facts FROM refund_event WHERE no = 1`,
      ).run();
    };
    event(a, next + 1);
    if (isForbidden(a, b)) {
      expect(both).toThrow(/CHECK constraint/);
      expect(() => {
        event(b, next + 2);
      }).toThrow(/separation of duties/);
    } else {
      expect(both).not.toThrow();
      expect(() => {
        event(b, next + 2);
      }).not.toThrow();
    }
  });
});

test('three people can run the office: handler and issuer may be one, reviewer and voucher checker may be one', () => {
  const desk = openCandidate();
  const who: Readonly<Record<RefundRole, string>> = { handler: 'all1', reviewer: 'all2', approver: 'all3', issuer: 'all1', voucherChecker: 'all2' };
  for (const role of refundRoles) for (const act of actsOfRole[role]) desk.done(act, { refunds: [refundOf(1)] }, who[role]);
  const row = desk.db.prepare('SELECT * FROM refund').get();
  expect(refundRoles.map((role) => row?.[columns[role]])).toEqual(refundRoles.map((role) => who[role]));
  expect(desk.verify().faults).toEqual([]);
});

test('each role column holds the maker of the entry that filled it', () => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  walkTo(desk, 1, 'voucher-checked');
  const row = desk.db.prepare('SELECT handler, reviewer, approver, issuer, voucher_checker FROM refund').get();
  expect(row).toEqual({ handler: 'handler', reviewer: 'reviewer', approver: 'approver', issuer: 'issuer', voucher_checker: 'reviewer' });
  const makers = desk.db.prepare("SELECT e.role, e.maker, json_extract(j.body, '$.maker') AS entry_maker FROM refund_event AS e JOIN journal AS j ON j.seq = e.entry WHERE e.role IS NOT NULL").all();
  expect(makers.length).toBeGreaterThan(4);
  expect(makers.filter((event) => event['maker'] !== event['entry_maker'])).toEqual([]);
});

test('sending a refund back does not wash a role off: the handler of the first round is not the reviewer of the second', () => {
  const desk = openCandidate();
  const refunds = [refundOf(1)];
  desk.done('refunds.apply', { refunds }, 'all1');
  desk.done('refunds.accept', { refunds }, 'all1');
  desk.done('refunds.review', { refunds }, 'all2');
  desk.done('refunds.returnForCorrection', { refunds, reason: '缺少资料' }, 'all3');
  desk.done('refunds.resubmit', { refunds }, 'all4');
  desk.done('refunds.accept', { refunds }, 'all4');
  expect(desk.refused('refunds.review', { refunds }, 'all1').code).toBe('SAME_PERSON_TWO_DUTIES');
  expect(desk.refused('refunds.approve', { refunds }, 'all1').code).toBe('REFUND_STATE_UNFIT');
  desk.done('refunds.review', { refunds }, 'all2');
  expect(desk.refused('refunds.approve', { refunds }, 'all4').code).toBe('SAME_PERSON_TWO_DUTIES');
});

test('a person without the duty is refused whatever else they hold', () => {
  const desk = openCandidate();
  const rows: readonly [DeskOperation, string][] = [
    ['refunds.apply', 'reviewer'], ['refunds.review', 'handler'], ['refunds.approve', 'issuer'], ['refunds.issueVouchers', 'approver'], ['refunds.checkVouchers', 'issuer'],
    ['refunds.formBatch', 'handler'], ['refunds.crossOff', 'approver'], ['refunds.addVoucherRange', 'handler'],
  ];
  for (const [name, as] of rows) {
    const input = name === 'refunds.addVoucherRange' ? { first: '00000200', last: '00000300' } : { refunds: [refundOf(1)] };
    expect(desk.refused(name, input, as).code, name).toBe('DUTY_NOT_HELD');
  }
});

test('one refund of a bulk act that the person must not do stops the whole act, and is named', () => {
  const desk = openDesk('tax', '2022-04-11T09:00');
  desk.determinations.push(determination(1), determination(2), determination(3));
  desk.done('refunds.openCandidates', { period: april }, 'handler');
  for (const [n, person] of [[1, 'all1'], [2, 'all2'], [3, 'all1']] as const) {
    desk.done('refunds.apply', { refunds: [refundOf(n)] }, person);
    desk.done('refunds.accept', { refunds: [refundOf(n)] }, person);
  }
  const refusal = desk.refused('refunds.review', { all: { state: 'accepted' } }, 'all2');
  expect(refusal.code).toBe('BULK_REFUSED');
  expect(refusal.details).toMatchObject({ refused: [{ case: refundOf(2), code: 'SAME_PERSON_TWO_DUTIES' }] });
  expect(desk.done('refunds.review', { refunds: [refundOf(1), refundOf(3)] }, 'all2').count).toBe(2);
});
