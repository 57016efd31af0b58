/** Random walks of refunds by random people through the real operations: whatever is done in whatever order, the invariants hold. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forbiddenRefundPairs, type RefundRole } from '../../../shared/administration/duties.ts';
import type { Database } from '../../../electron/platform/database.ts';
import { markBatchSent } from '../../../electron/refunds/index.ts';
import { everyDuty, openDesk, type Desk, type DeskOperation } from './desk.ts';
import { checkFunnel } from './survey-funnel.ts';
import { april, determination, nextPackage, outcomeLine, packageOf, postLines, refundOf, uscc, valueOf } from './county.ts';

const taxpayers = [1, 2, 3];
const why = { reason: '按规定办理' };

type Command = { readonly act: string; readonly refund: number; readonly person: number; readonly amount: number };

const operations: Readonly<Record<string, (refund: string, amount: number) => readonly [DeskOperation, object]>> = {
  apply: (refund, amount) => ['refunds.apply', amount % 3 === 0 ? { refunds: [refund], existing: `${String(amount)}.00`, incremental: '0.01' } : { refunds: [refund] }],
  accept: (refund) => ['refunds.accept', { refunds: [refund] }],
  review: (refund) => ['refunds.review', { refunds: [refund] }],
  approve: (refund, amount) => ['refunds.approve', amount % 4 === 0 ? { refunds: [refund], existing: '1.00', incremental: '0.01', ...why } : { refunds: [refund] }],
  issue: (refund) => ['refunds.issueVouchers', { refunds: [refund] }],
  check: (refund) => ['refunds.checkVouchers', { refunds: [refund] }],
  void: (refund) => ['refunds.voidVouchers', { refunds: [refund], ...why }],
  batch: () => ['refunds.formBatch', { all: {} }],
  crossOff: (refund) => ['refunds.crossOff', { refunds: [refund] }],
  undoCrossOff: (refund) => ['refunds.undoCrossOff', { refunds: [refund], ...why }],
  sendBack: (refund) => ['refunds.returnForCorrection', { refunds: [refund], ...why }],
  resubmit: (refund) => ['refunds.resubmit', { refunds: [refund] }],
  suspend: (refund) => ['refunds.suspend', { refunds: [refund], ...why, ground: 'risk-doubt' }],
  resume: (refund) => ['refunds.resume', { refunds: [refund], ...why }],
  terminate: (refund) => ['refunds.terminate', { refunds: [refund], ...why, ground: 'other' }],
  refuse: (refund) => ['refunds.refuse', { refunds: [refund], ...why }],
  withdraw: (refund) => ['refunds.withdraw', { refunds: [refund], ...why }],
  reopen: (refund) => ['refunds.reopen', { refunds: [refund], ...why }],
  correct: (refund) => ['refunds.correctReturned', { refund, ...why }],
  clawBack: (refund, amount) => ['refunds.clawBack', { refund, existing: `${String(amount)}.00`, incremental: '0', document: '缴款书', ...why }],
  bulkAccept: () => ['refunds.accept', { all: {} }],
  bulkReview: () => ['refunds.review', { all: {} }],
  bulkApprove: () => ['refunds.approve', { all: {} }],
  bulkIssue: () => ['refunds.issueVouchers', { all: {} }],
  bulkCheck: () => ['refunds.checkVouchers', { all: {} }],
};
const usual: Readonly<Record<string, string>> = {
  review: 'all2', bulkReview: 'all2', approve: 'all3', bulkApprove: 'all3', refuse: 'all3', terminate: 'all3', check: 'all2', bulkCheck: 'all2',
};
const packages = ['send', 'paid', 'returned', 'bank-returned', 'assess'] as const;
/** The next step on the way, so that walks get far. */
const nextAct: Readonly<Record<string, string>> = {
  candidate: 'apply', informed: 'apply', applied: 'accept', accepted: 'review', reviewed: 'approve', approved: 'issue', corrected: 'issue', vouchered: 'check', 'voucher-checked': 'batch',
  batched: 'send', sent: 'paid', paid: 'crossOff', suspended: 'resume', 'returned-for-correction': 'resubmit', 'treasury-returned': 'correct', 'bank-returned': 'correct', withdrawn: 'reopen',
};
const command: fc.Arbitrary<Command> = fc.record({
  act: fc.oneof(
    { weight: 5, arbitrary: fc.constant('next') },
    { weight: 1, arbitrary: fc.constantFrom('returned', 'bank-returned', 'suspend', 'terminate') },
    { weight: 2, arbitrary: fc.constantFrom(...Object.keys(operations), ...packages) },
  ),
  refund: fc.constantFrom(...taxpayers),
  // Half of the acts are done by the person whose work they usually are, the others by anyone.
  person: fc.nat(2 * everyDuty.length - 1),
  amount: fc.integer({ min: 1, max: 120 }),
});

test('paid stays within approved, vouchers are paid once, numbers have no gaps, duties stay apart, and the rebuild agrees', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(fc.array(command, { minLength: 70, maxLength: 90, size: 'max' }), (commands) => {
      const desk = openDesk('tax', '2022-04-11T09:00');
      for (const n of taxpayers) desk.determinations.push(determination(n));
      desk.done('refunds.openCandidates', { period: april }, 'handler');
      desk.done('refunds.addVoucherRange', { first: '00000101', last: '00000109' }, 'issuer');
      desk.done('refunds.addVoucherRange', { first: '00000500', last: '00000999' }, 'issuer');
      for (const [index, one] of commands.entries()) {
        run(desk, one);
        if (index % 7 === 0) checkFunnel(desk.db);
      }
      checkInvariants(desk.db);
      checkFunnel(desk.db);
      expect(desk.verify().faults).toEqual([]);
      for (const row of desk.db.prepare('SELECT DISTINCT to_state FROM refund_event').all()) reached.add(String(row['to_state']));
    }),
    { numRuns: 15, seed: 20220411 },
  );
  // The walks are worth something only if they get far: paid, returned, corrected and crossed off were all seen.
  for (const state of ['sent', 'paid', 'crossed-off', 'treasury-returned', 'bank-returned', 'corrected', 'suspended', 'terminated']) expect([...reached]).toContain(state);
}, 120_000);

function run(desk: Desk, { act: drawn, refund: n, person, amount }: Command): void {
  const refund = refundOf(n);
  const act = drawn === 'next' ? (nextAct[valueOf(desk, refund, 'state')] ?? 'undoCrossOff') : drawn;
  const as = everyDuty[person] ?? usual[act] ?? 'all1';
  const operation = operations[act];
  if (operation !== undefined) {
    const [name, input] = operation(refund, amount);
    desk.tried(name, input, as);
    return;
  }
  if (act === 'assess') {
    desk.determinations = taxpayers.map((other) => (other === n ? determination(n, { existingFen: BigInt(amount) * 100n }) : determination(other)));
    desk.tried('refunds.openCandidates', { period: april }, as);
    return;
  }
  if (act === 'send') {
    for (const { batchNo } of desk.done('refunds.batches', {}, as).batches.filter((batch) => batch.state === 'sealed')) {
      desk.within(as, (ctx) => {
        markBatchSent(ctx, { batchNo, packageId: packageOf(batchNo) });
      });
    }
    return;
  }
  if (desk.db.prepare('SELECT voucher_no FROM refund WHERE refund = @refund').get({ refund })?.['voucher_no'] === null) return;
  postLines(desk, [outcomeLine(desk, refund, act as 'paid' | 'returned' | 'bank-returned')], nextPackage(desk));
}

function checkInvariants(db: Database): void {
  const rows = (sql: string) => db.prepare(sql).all();
  expect(rows('SELECT refund FROM refund WHERE paid_existing_fen > approved_existing_fen OR paid_incremental_fen > approved_incremental_fen')).toEqual([]);
  expect(rows('SELECT refund FROM refund WHERE clawed_existing_fen > paid_existing_fen OR clawed_incremental_fen > paid_incremental_fen')).toEqual([]);
  expect(rows("SELECT voucher_no FROM refund_receipt_line WHERE verdict = 'posted' AND outcome = 'paid' GROUP BY voucher_no HAVING count(*) > 1")).toEqual([]);
  expect(rows("SELECT refund FROM refund_voucher WHERE state = 'paid' GROUP BY refund HAVING count(*) > 1")).toEqual([]);
  const unpaid = `SELECT r.refund FROM refund AS r WHERE r.state IN ('paid', 'crossed-off') AND NOT EXISTS (
    SELECT 1 FROM refund_voucher AS v WHERE v.refund = r.refund AND v.state = 'paid' AND v.amount_fen = r.paid_existing_fen + r.paid_incremental_fen)`;
  expect(rows(unpaid)).toEqual([]);
  expect(rows('SELECT voucher_no FROM refund_voucher WHERE central_fen + province_fen + county_fen <> amount_fen')).toEqual([]);
  const numbers = (sql: string): string[] => rows(sql).map((row) => String(row['number']));
  const applications = numbers("SELECT DISTINCT json_extract(facts, '$.applicationNo') AS number FROM refund_event WHERE act = 'apply' ORDER BY 1");
  withoutGaps(applications, (index) => `SQ-2022-${String(index + 1).padStart(6, '0')}`);
  withoutGaps(numbers('SELECT batch_no AS number FROM refund_batch ORDER BY 1'), (index) => `PC-2022-${String(index + 1).padStart(4, '0')}`);
  // The first range holds 101 to 109, the second begins at 500.
  withoutGaps(numbers('SELECT voucher_no AS number FROM refund_voucher ORDER BY 1'), (index) => String(index < 9 ? 101 + index : 491 + index).padStart(8, '0'));
  const roles = rows('SELECT refund, maker, role FROM refund_event WHERE role IS NOT NULL');
  for (const { refund, maker } of roles) {
    const held = new Set(roles.filter((row) => row['refund'] === refund && row['maker'] === maker).map((row) => String(row['role']) as RefundRole));
    expect(forbiddenRefundPairs.filter(([a, b]) => held.has(a) && held.has(b)), `${String(maker)} on ${String(refund)}`).toEqual([]);
  }
  expect(rows('SELECT refund FROM refund ORDER BY 1').map((row) => row['refund'])).toEqual(taxpayers.map((n) => `${april}/${uscc(n)}`));
}

function withoutGaps(numbers: readonly string[], wanted: (index: number) => string): void {
  expect(numbers).toEqual(numbers.map((_, index) => wanted(index)));
}
