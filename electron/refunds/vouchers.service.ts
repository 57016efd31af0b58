/** Handlers of 收入退还书 and 退库批次: number ranges, issue, check, void, correction after a return, batches; what exchange sends. */
import { refusal, refuse } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import { Refusal } from '../../shared/kernel/errors.ts';
import { groupedYuan, sumFen } from '../../shared/kernel/money.ts';
import { transitionOf } from '../../shared/refunds/lifecycle.ts';
import type { refundsContract} from '../../shared/refunds/contract.ts';
import { type Selection } from '../../shared/refunds/contract.ts';
import { type Context, type HandlersOf, plain } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { appendAct, plainLine, putActLines } from './act-entry.ts';
import { actedOn, decideLines, nothingDone, runAct } from './act-frame.ts';
import { nameOf } from './amounts.ts';
import { judgeRange, nextNumbers, takeVoucherNumbers, voucherNo } from './numbers.ts';
import type { RefundRecord } from './refund-record.ts';
import { judgeAccount, voucherElements, type VoucherElements } from './voucher.ts';
import { batchCancelled, batchFormed, batchSent, issued, rangeAdded, returnCorrected, voucherChecked, voucherVoided } from './voucher-entries.ts';
import { lastNumber, readBatch, readBatches, readRanges, readVoucher, requireVoucher, type BatchRecord, type VoucherSnapshot } from './vouchers.sql.ts';

type Names =
  | 'issueVouchers' | 'checkVouchers' | 'voidVouchers' | 'correctReturned' | 'formBatch' | 'cancelBatch' | 'batches' | 'addVoucherRange' | 'voucherRanges';
export type VoucherOperations = Pick<typeof refundsContract, `refunds.${Names}`>;

export const voucherHandlers: HandlersOf<VoucherOperations> = {
  'refunds.addVoucherRange': plain((ctx, input) => {
    const first = Number(input.first);
    const last = Number(input.last);
    const fault = first === 0 ? refusal('VOUCHER_RANGE_INVALID', { first: input.first, last: input.last, most: 0 }) : judgeRange(readRanges(ctx.db), first, last);
    if (fault !== null) throw fault;
    ctx.journal.append(rangeAdded, { key: `refunds.addVoucherRange/${input.first}`, subject: `${input.first}-${input.last}`, facts: { first, last, on: ctx.today } });
    return { first: input.first, last: input.last, left: numbersLeft(ctx.db) };
  }),
  'refunds.voucherRanges': plain((ctx) => ({
    ranges: readRanges(ctx.db).map((range) => ({
      first: voucherNo(range.first),
      last: voucherNo(range.last),
      next: range.next > range.last ? null : voucherNo(range.next),
      left: range.last - range.next + 1,
      addedOn: range.addedOn,
      addedBy: range.addedBy,
    })),
    left: numbersLeft(ctx.db),
  })),
  'refunds.issueVouchers': plain(issueVouchers),
  'refunds.checkVouchers': plain((ctx, input) => runAct(ctx, voucherChecked, { ...input, on: ctx.today, reason: null }, (record) => ({ refund: record.refund }))),
  'refunds.voidVouchers': plain((ctx, input) => runAct(ctx, voucherVoided, { ...input, on: ctx.today }, (record) => ({ refund: record.refund }))),
  'refunds.correctReturned': plain((ctx, { refund, reason, account }) =>
    runAct(ctx, returnCorrected, { refunds: [refund], on: ctx.today, reason }, (record) => {
      const corrected = account ?? record.account;
      return judgeAccount({ name: record.name, refund: nameOf(record).refund }, corrected) ?? { refund: record.refund, account: corrected };
    }),
  ),
  'refunds.formBatch': plain(formBatch),
  'refunds.cancelBatch': plain((ctx, input) => {
    const batch = requireBatch(ctx.db, input.batch, 'sealed', transitionOf('cancelBatch').title);
    ctx.journal.append(batchCancelled, {
      key: `refunds.cancelBatch/${batch.batchNo}`, subject: batch.batchNo, facts: { batchNo: batch.batchNo, on: ctx.today, reason: input.reason },
    });
    return { changed: true, batch: present(readBatch(ctx.db, batch.batchNo), 'batch') };
  }),
  'refunds.batches': plain((ctx) => ({ batches: readBatches(ctx.db) })),
};

/** The batch leaves for the treasury inside a package; called by exchange when REFUND_BATCH is exported. Repeating it changes nothing. */
export function markBatchSent(ctx: Context, sent: { readonly batchNo: string; readonly packageId: string }): void {
  const standing = readBatch(ctx.db, sent.batchNo);
  if (standing !== null && standing.state === 'sent' && standing.package === sent.packageId) return;
  requireBatch(ctx.db, sent.batchNo, 'sealed', transitionOf('send').title);
  ctx.journal.append(batchSent, {
    key: `refunds.send/${sent.batchNo}`, subject: sent.batchNo, package: sent.packageId, facts: { batchNo: sent.batchNo, on: ctx.today },
  });
}

function issueVouchers(ctx: Context, input: Selection) {
  const { records, lines } = decideLines<VoucherElements & VoucherSnapshot & { readonly refund: string; readonly replaces: string | null }>(ctx, 'issueVoucher', input, (record) => {
    const elements = voucherElements(groundOf(record), ctx.profile, ctx.office.name);
    return elements instanceof Refusal ? elements : { ...elements, ...snapshotOf(record), refund: record.refund, replaces: returnedVoucher(ctx.db, record) };
  });
  const first = records[0];
  if (first === undefined) return nothingDone;
  const numbers = takeVoucherNumbers(readRanges(ctx.db), lines.length);
  if (numbers instanceof Refusal) throw numbers;
  const numbered = lines.map((line, index) => ({ ...line, voucherNo: present(numbers[index], 'voucher number') }));
  const seq = appendAct(ctx, issued, { on: ctx.today, reason: null, first, lines: numbered });
  const undetermined = records.filter((record) => record.size === 'undetermined').length;
  const warnings = undetermined === 0 ? [] : [`${String(undetermined)} 户企业规模未确定，预算科目按“其他企业”开具，请核对`];
  return actedOn(ctx, seq, records, new Set(warnings));
}

/** The voucher that the treasury or the bank has sent back, which the new one replaces; a voided one was never known outside. */
function returnedVoucher(db: Database, record: RefundRecord): string | null {
  const previous = record.voucherNo === null ? null : readVoucher(db, record.voucherNo);
  if (previous === null) return null;
  return previous.state === 'treasury-returned' || previous.state === 'bank-returned' ? previous.voucherNo : previous.replaces;
}

function snapshotOf(record: RefundRecord): VoucherSnapshot {
  return {
    name: record.name,
    route: record.route,
    size: record.size,
    appliedOn: present(record.appliedOn, 'application date'),
    approvedOn: present(record.decidedOn, 'date of approval'),
    approver: present(record.people.approver, 'approver'),
  };
}

function groundOf(record: RefundRecord) {
  return {
    refund: record.refund,
    uscc: record.uscc,
    name: record.name,
    route: record.route,
    size: record.size,
    applicationNo: present(record.applicationNo, 'application number'),
    appliedOn: present(record.appliedOn, 'application date'),
    approved: record.approved,
    account: record.account,
  };
}

type FormBatchInput = Selection & { readonly expected?: { readonly count: number; readonly total: bigint } | undefined };

/** Seals checked vouchers into a batch. Count and total typed from the paper list must agree when they are given. */
function formBatch(ctx: Context, input: FormBatchInput) {
  const { records, lines } = decideLines(ctx, 'formBatch', input, (record) => ({ refund: record.refund }));
  const total = sumFen(records.map((record) => requireVoucher(ctx.db, record.voucherNo).amount));
  const { expected } = input;
  if (expected !== undefined && (expected.count !== records.length || expected.total !== total)) {
    refuse('BATCH_TOTAL_DIFFERS', { count: expected.count, total: groupedYuan(expected.total), actualCount: records.length, actualTotal: groupedYuan(total) });
  }
  if (records.length === 0) return { changed: false, batch: null };
  const [batchNo] = nextNumbers('PC', ctx.today, lastNumber(ctx.db, `PC-${ctx.today.slice(0, 4)}`), 1);
  const number = present(batchNo, 'batch number');
  ctx.journal.append(batchFormed, {
    key: `refunds.formBatch/${number}`,
    subject: number,
    facts: { batchNo: number, on: ctx.today, count: records.length, total, lines: putActLines(ctx, plainLine, lines) },
  });
  return { changed: true, batch: present(readBatch(ctx.db, number), 'batch') };
}

const batchStateNames: Readonly<Record<BatchRecord['state'], string>> = { sealed: '已封批', sent: '已送国库', cancelled: '已撤销' };

function requireBatch(db: Database, batchNo: string, state: BatchRecord['state'], act: string): BatchRecord {
  const batch = readBatch(db, batchNo) ?? refuse('BATCH_UNKNOWN', { batch: batchNo });
  if (batch.state !== state) refuse('BATCH_STATE_UNFIT', { batch: batchNo, state: batchStateNames[batch.state], act });
  return batch;
}

function numbersLeft(db: Database): number {
  return readRanges(db).reduce((sum, range) => sum + range.last - range.next + 1, 0);
}

