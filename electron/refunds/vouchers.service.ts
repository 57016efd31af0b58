/** Handlers of 号段 and 退库批次: number ranges, batches formed and cancelled; what exchange sends. Acts on single vouchers are voucher-acts.ts. */
import { refusal, refuse } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import { selectionOf } from '../../shared/kernel/case-operations.ts';
import { groupedYuan, sumFen } from '../../shared/kernel/money.ts';
import { refundCases } from '../../shared/refunds/cases.ts';
import type { refundsContract } from '../../shared/refunds/contract.ts';
import { batchVouchersMax } from '../../shared/refunds/voucher-fields.ts';
import { canonicalText, chosenCases, type Context, decideLines, type HandlersOf, plain, readEntryByKey } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { judgeRange, nextNumbers, voucherNo } from './numbers.ts';
import { judgeStanding } from './newest-determination.ts';
import { refundBook, requireRefund } from './refund-book.ts';
import { batchCancelled, batchFormed, batchRejected, batchSent, rangeAdded } from './voucher-entries.ts';
import { lastNumber, readBatch, readBatches, readRanges, readVouchersOfBatch, requireVoucher } from './vouchers.sql.ts';
import type { BatchRecord } from './refunds.tables.ts';

type Names = 'formBatch' | 'cancelBatch' | 'batches' | 'addVoucherRange' | 'voucherRanges';
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
  'refunds.formBatch': plain(formBatch),
  'refunds.cancelBatch': plain((ctx, input) => {
    const batch = requireBatch(ctx.db, input.batch, 'sealed', refundCases.acts.cancelBatch.title);
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
  requireBatch(ctx.db, sent.batchNo, 'sealed', refundCases.acts.send.title);
  requireStanding(ctx.db, sent.batchNo);
  // Sent once more after a rejection: the first entry keeps the short key.
  const first = `refunds.send/${sent.batchNo}`;
  const key = readEntryByKey(ctx.db, first) === null ? first : `${first}/${sent.packageId}`;
  ctx.journal.append(batchSent, { key, subject: sent.batchNo, package: sent.packageId, facts: { batchNo: sent.batchNo, on: ctx.today } });
}

/**
 * The treasury rejected the package that a batch left in; called by exchange when its receipt says so. A batch of which something came back already, or that
 * has left in another package since, is not moved.
 * @returns the batch that waits to be sent again
 */
export function takeBackBatch(ctx: Context, packageId: string): string | null {
  const batch = readBatches(ctx.db).find((one) => one.state === 'sent' && one.package === packageId);
  if (batch === undefined || readVouchersOfBatch(ctx.db, batch.batchNo).some(({ state }) => state !== 'sent')) return null;
  ctx.journal.append(batchRejected, {
    key: `refunds.receiveRejection/${packageId}`, subject: batch.batchNo, origin: 'treasury', package: packageId, facts: { batchNo: batch.batchNo, on: ctx.today },
  });
  return batch.batchNo;
}

/** A batch leaves only while every approval in it stands. @throws Refusal of the first that does not */
export function requireStanding(db: Database, batchNo: string): void {
  for (const { refund } of readVouchersOfBatch(db, batchNo)) {
    const fault = judgeStanding(db, requireRefund(db, refund));
    if (fault !== null) throw fault;
  }
}

type FormBatchInput = Readonly<Record<string, unknown>> & { readonly expected?: { readonly count: number; readonly total: bigint } | undefined };

/** Seals checked vouchers into a batch. Count and total typed from the paper list must agree when they are given. */
function formBatch(ctx: Context, input: FormBatchInput) {
  const chosen = chosenCases(ctx, refundBook, 'formBatch', selectionOf(refundBook.table, input));
  const { records } = chosen;
  const lines = decideLines(ctx, refundBook, 'formBatch', chosen, (record) => judgeStanding(ctx.db, record) ?? { refund: record.refund });
  const total = sumFen(records.map((record) => requireVoucher(ctx.db, record.voucherNo).amount));
  const { expected } = input;
  if (expected !== undefined && (expected.count !== records.length || expected.total !== total)) {
    refuse('BATCH_TOTAL_DIFFERS', { count: expected.count, total: groupedYuan(expected.total), actualCount: records.length, actualTotal: groupedYuan(total) });
  }
  if (records.length === 0) return { changed: false, batch: null };
  if (records.length > batchVouchersMax) refuse('BATCH_TOO_LARGE', { count: records.length, limit: batchVouchersMax });
  const [batchNo] = nextNumbers('PC', ctx.today, lastNumber(ctx.db, `PC-${ctx.today.slice(0, 4)}`), 1);
  const number = present(batchNo, 'batch number');
  ctx.journal.append(batchFormed, {
    key: `refunds.formBatch/${number}`,
    subject: number,
    facts: { batchNo: number, on: ctx.today, count: records.length, total, lines: ctx.journal.putLines(lines.map(canonicalText)) },
  });
  return { changed: true, batch: present(readBatch(ctx.db, number), 'batch') };
}

const batchStateNames: Readonly<Record<BatchRecord['state'], string>> = { sealed: '已封批', sent: '已送国库', cancelled: '已撤销' };

function requireBatch(db: Database, batchNo: string, state: BatchRecord['state'], act: string): BatchRecord {
  const batch = readBatch(db, batchNo) ?? refuse('BATCH_UNKNOWN', { batch: batchNo });
  if (batch.state !== state) refuse('BATCH_STATE_UNFIT', { batch: batchNo, state: batchStateNames[batch.state], act });
  return batch;
}

/** Numbers of vouchers that are registered and not used. */
export function numbersLeft(db: Database): number {
  return readRanges(db).reduce((sum, range) => sum + range.last - range.next + 1, 0);
}

