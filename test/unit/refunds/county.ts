/** Refunds for tests: determinations of a small county, and the walk of a refund up to any state by the right people. */
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { usccCheckCharacter } from '../../../shared/roster/uscc.ts';
import type { RefundState } from '../../../shared/refunds/cases.ts';
import type { IncomingOutcome, RefundableDetermination } from '../../../electron/refunds/index.ts';
import { markBatchSent, postReceipt } from '../../../electron/refunds/index.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import type { Desk } from './desk.ts';

/** The n-th taxpayer of the county. */
export function uscc(n: number): string {
  const head = `91211382MA${String(n).padStart(7, '0')}`;
  return `${head}${usccCheckCharacter(head)}`;
}

export function companyName(n: number): string {
  return `凌源市第${String(n)}机械厂`;
}

/** A determination: existing 100.00 × n, incremental 23.45 × n yuan. */
export function determination(n: number, given: Partial<RefundableDetermination> = {}): RefundableDetermination {
  return {
    uscc: uscc(n), name: companyName(n), period: april, route: '2022-14/1', size: 'micro', existingFen: 10_000n * BigInt(n), incrementalFen: 2_345n * BigInt(n),
    determinationKey: `2022-04/${uscc(n)}`, bank: '中国农业银行凌源支行', bankAccount: `6228480${String(n).padStart(9, '0')}`, accountName: companyName(n), ...given,
  };
}

export const april = taxPeriod('2022-04');

export function refundOf(n: number): string {
  return `${april}/${uscc(n)}`;
}

/** Walks one taxpayer's refund to a state by the right people. @returns its key */
export function walkTo(desk: Desk, n: number, state: RefundState): string {
  walkAllTo(desk, [n], state);
  return refundOf(n);
}

/** Walks several refunds together: every step is one bulk act. @returns their keys */
export function walkAllTo(desk: Desk, taxpayers: readonly number[], state: RefundState): string[] {
  const known = new Set(desk.determinations.map((row) => row.uscc));
  desk.determinations.push(...taxpayers.filter((n) => !known.has(uscc(n))).map((n) => determination(n)));
  desk.done('refunds.openCandidates', { period: april }, 'handler');
  const { left, ranges } = desk.done('refunds.voucherRanges', {}, 'issuer');
  const book = String(ranges.length + 1).padStart(2, '0');
  if (left < taxpayers.length + 5) desk.done('refunds.addVoucherRange', { first: `${book}000001`, last: `${book}000100` }, 'issuer');
  const refunds = taxpayers.map((n) => refundOf(n));
  for (const step of routeTo(state)) steps[step](desk, refunds);
  return refunds;
}

type Step = (desk: Desk, refunds: string[]) => void;
const why = { reason: '按规定办理' };

export const steps = {
  inform: (desk, refunds) => void desk.done('refunds.inform', { refunds }, 'handler'),
  apply: (desk, refunds) => void desk.done('refunds.apply', { refunds }, 'handler'),
  accept: (desk, refunds) => void desk.done('refunds.accept', { refunds }, 'handler'),
  review: (desk, refunds) => void desk.done('refunds.review', { refunds }, 'reviewer'),
  approve: (desk, refunds) => void desk.done('refunds.approve', { refunds }, 'approver'),
  issue: (desk, refunds) => void desk.done('refunds.issueVouchers', { refunds }, 'issuer'),
  check: (desk, refunds) => void desk.done('refunds.checkVouchers', { refunds }, 'reviewer'),
  batch: (desk, refunds) => void desk.done('refunds.formBatch', { refunds }, 'issuer'),
  send: (desk, refunds) => {
    const batchNo = valueOf(desk, refunds[0] ?? '', 'batch_no');
    desk.within('issuer', (ctx) => {
      markBatchSent(ctx, { batchNo, packageId: packageOf(batchNo) });
    });
  },
  paid: (desk, refunds) => void receiveAll(desk, refunds, 'paid'),
  treasuryReturn: (desk, refunds) => void receiveAll(desk, refunds, 'returned'),
  bankReturn: (desk, refunds) => void receiveAll(desk, refunds, 'bank-returned'),
  crossOff: (desk, refunds) => void desk.done('refunds.crossOff', { refunds }, 'handler'),
  sendBack: (desk, refunds) => void desk.done('refunds.returnForCorrection', { refunds, ...why }, 'reviewer'),
  suspend: (desk, refunds) => void desk.done('refunds.suspend', { refunds, ...why, ground: 'risk-doubt' }, 'reviewer'),
  terminate: (desk, refunds) => void desk.done('refunds.terminate', { refunds, ...why, ground: 'grave-violation' }, 'approver'),
  refuse: (desk, refunds) => void desk.done('refunds.refuse', { refunds, ...why }, 'approver'),
  withdraw: (desk, refunds) => void desk.done('refunds.withdraw', { refunds, ...why }, 'handler'),
  correct: (desk, refunds) => {
    for (const refund of refunds) desk.done('refunds.correctReturned', { refund, ...why }, 'handler');
  },
  clawBack: (desk, refunds) => {
    for (const refund of refunds) {
      const { existing, incremental } = desk.done('refunds.get', { refund }, 'approver').refund;
      desk.done('refunds.clawBack', { refund, existing: existing.paid, incremental: incremental.paid, document: '缴款书 0001', ...why }, 'approver');
    }
  },
} satisfies Readonly<Record<string, Step>>;
type StepName = keyof typeof steps;

const toSent: StepName[] = ['apply', 'accept', 'review', 'approve', 'issue', 'check', 'batch', 'send'];

function routeTo(state: RefundState): StepName[] {
  const routes: Readonly<Record<RefundState, StepName[]>> = {
    candidate: [],
    informed: ['inform'],
    applied: toSent.slice(0, 1),
    accepted: toSent.slice(0, 2),
    reviewed: toSent.slice(0, 3),
    approved: toSent.slice(0, 4),
    vouchered: toSent.slice(0, 5),
    'voucher-checked': toSent.slice(0, 6),
    batched: toSent.slice(0, 7),
    sent: toSent,
    paid: [...toSent, 'paid'],
    'crossed-off': [...toSent, 'paid', 'crossOff'],
    'returned-for-correction': ['apply', 'accept', 'sendBack'],
    suspended: ['apply', 'accept', 'suspend'],
    terminated: ['apply', 'accept', 'terminate'],
    refused: ['apply', 'accept', 'refuse'],
    withdrawn: ['apply', 'withdraw'],
    'treasury-returned': [...toSent, 'treasuryReturn'],
    'bank-returned': [...toSent, 'paid', 'bankReturn'],
    corrected: [...toSent, 'treasuryReturn', 'correct'],
    'clawed-back': [...toSent, 'paid', 'crossOff', 'clawBack'],
  };
  return routes[state];
}

/** A receipt package with one line about the refund's voucher. */
export function receive(desk: Desk, refund: string, outcome: IncomingOutcome['outcome'], given: Partial<IncomingOutcome> = {}) {
  return postLines(desk, [outcomeLine(desk, refund, outcome, given)], nextPackage(desk));
}

export function receiveAll(desk: Desk, refunds: readonly string[], outcome: IncomingOutcome['outcome']) {
  return postLines(desk, refunds.map((refund) => outcomeLine(desk, refund, outcome)), nextPackage(desk));
}

/** A package id that was not used before in this ledger. */
export function nextPackage(desk: Desk): string {
  return packageOf(`receipt-${String(desk.db.prepare('SELECT max(seq) AS seq FROM journal').get()?.['seq'])}`);
}

export function postLines(desk: Desk, lines: readonly IncomingOutcome[], packageId: string) {
  return desk.within('handler', (ctx) => postReceipt(ctx, { packageId, lines }));
}

export function outcomeLine(desk: Desk, refund: string, outcome: IncomingOutcome['outcome'], given: Partial<IncomingOutcome> = {}): IncomingOutcome {
  const row = desk.db.prepare('SELECT v.*, r.uscc FROM refund AS r JOIN refund_voucher AS v ON v.voucher_no = r.voucher_no WHERE r.refund = @refund').get({ refund });
  const amount = row?.['amount_fen'];
  return {
    voucherNo: String(row?.['voucher_no']), batchNo: String(row?.['batch_no']), uscc: String(row?.['uscc']), outcome, amountFen: typeof amount === 'bigint' ? amount : 0n,
    on: civilDate(String(row?.['issued_on'])), reasonCode: outcome === 'paid' ? null : 'account-name-differs', reason: outcome === 'paid' ? null : '户名不符', ...given,
  };
}

export function valueOf(desk: Desk, refund: string, column: string): string {
  return String(desk.db.prepare('SELECT * FROM refund WHERE refund = @refund').get({ refund })?.[column]);
}

export function packageOf(text: string): string {
  return [...text].map((letter) => (letter.codePointAt(0) ?? 0).toString(16)).join('').padEnd(32, '0').slice(-32);
}
