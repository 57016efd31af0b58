/**
 * REFUND_BATCH 退库批次: the tax office's sealed batch with its 收入退还书. Signing the treasury's package is what marks the batch as sent; the
 * copy for finance says the same and moves nothing.
 * @source shared spec product.md P3; forms.md 4.3, 4.5, 4.6
 */
import type { BatchRow, VoucherRow } from '../../../shared/exchange/kinds/refund-batch.ts';
import type { SectionRows } from '../../../shared/exchange/kinds.ts';
import { errorMessage, type ErrorKey } from '../../../shared/error-table.ts';
import { knowsSubject, splitDifference } from '../../../shared/administration/profile-split.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { groupedYuan } from '../../../shared/kernel/money.ts';
import type { Context } from '../../journal/index.ts';
import { batchesToSend, batchForExport, markBatchSent, takeBackBatch } from '../../refunds/index.ts';
import { batchConflicts, receiveBatch, tellBatch, toldAlready } from '../../treasury/index.ts';
import { documentName, eachRow, headOfRows, monthGiven, monthOfRows, noPolicyPack, people } from '../agreement.ts';
import { totalOf } from '../control.ts';
import { rowFault, type DocumentJudgement, type ExportRequest, type KindBehaviour } from '../kind.ts';
import { readDocumentsNotYetAt } from '../package.sql.ts';

const prefix = 'REFUND_BATCH/';

export const refundBatchKind: KindBehaviour = {
  gather(ctx, request) {
    const batchNo = request.batchNo ?? nextBatch(ctx, request);
    const found = batchNo === null ? null : batchForExport(ctx.db, batchNo);
    if (found === null) return null;
    const { batch, vouchers } = found;
    return {
      rows: { batch: [batch], vouchers },
      docId: `${prefix}${batch.batchNo}`,
      period: batch.period,
      policyPack: null,
      reviewedBy: batch.reviewedBy,
      approvedBy: batch.approvedBy,
      receiptOf: null,
    };
  },
  sent(ctx, { to, packageId, draft, again }) {
    // Sent again after a rejection that took it back, it leaves once more; one that an earlier program left as sent stays so.
    if (to === 'treasury' && (!again || batchesToSend(ctx.db).includes(headOf(draft.rows).batchNo))) markBatchSent(ctx, { batchNo: headOf(draft.rows).batchNo, packageId });
  },
  rejected(ctx, { packageId, to }) {
    const batchNo = to === 'treasury' ? takeBackBatch(ctx, packageId) : null;
    return batchNo === null ? null : `批次 ${batchNo} 已退回待送国库，可以更正后重新发送，或撤销批次`;
  },
  agreements: [
    monthGiven('batch'),
    monthOfRows('batch', '月份', (row) => row.period),
    documentName('batch', ({ rows }) => headOf(rows).batchNo),
    people('batch', ({ rows }) => headOf(rows)),
    noPolicyPack('batch'),
    headOfRows('batch', ({ rows }) => {
      const [batch, vouchers] = [headOf(rows), rows.vouchers ?? []];
      return [
        ['笔数', String(batch.vouchers), String(vouchers.length)],
        ['户数', String(batch.taxpayers), String(new Set(vouchers.map((row) => row.uscc)).size)],
        ['退税额', groupedYuan(batch.amountFen), groupedYuan(totalOf(vouchers, (row) => row.amountFen))],
        ['存量退税额', groupedYuan(batch.existingFen), groupedYuan(totalOf(vouchers, (row) => row.existingFen))],
        ['增量退税额', groupedYuan(batch.incrementalFen), groupedYuan(totalOf(vouchers, (row) => row.incrementalFen))],
      ];
    }),
    eachRow('batch-of-vouchers', 'vouchers', (row, { rows }) => (row.batchNo === headOf(rows).batchNo ? null : { field: '批次编号', says: '与批次表头不符' })),
  ],
  judge(ctx, { rows }) {
    const vouchers = rows.vouchers ?? [];
    return ctx.office.agency === 'treasury' ? duplicates(ctx, headOf(rows), vouchers) : toldTwice(vouchers, toldAlready(ctx.db, vouchers));
  },
  post(ctx, { packageId, rows }) {
    const batch = headOf(rows);
    if (ctx.office.agency === 'treasury') receiveBatch(ctx, { packageId, batch, vouchers: rows.vouchers ?? [] });
    if (ctx.office.agency === 'finance') tellBatch(ctx, { packageId, vouchers: rows.vouchers ?? [] });
    return `收到退库批次 ${batch.batchNo}，${String(batch.vouchers)} 笔 ${groupedYuan(batch.amountFen)} 元${unlikeProfile(ctx, rows.vouchers ?? [])}`;
  },
};

/** The batch that leaves next: for the treasury the oldest sealed one, for finance the oldest that the treasury has already been sent. */
function nextBatch(ctx: Context, { to }: ExportRequest): string | null {
  if (to === 'treasury') return batchesToSend(ctx.db)[0] ?? null;
  const document = readDocumentsNotYetAt(ctx.db, 'REFUND_BATCH', 'treasury', to)[0];
  return document === undefined ? null : (document.slice(prefix.length).split('/')[0] ?? null);
}

/** Vouchers and batches that the treasury holds already (E207): the package is rejected whole. */
function duplicates(ctx: Context, batch: BatchRow, vouchers: readonly VoucherRow[]): DocumentJudgement | null {
  const conflicts = batchConflicts(ctx.db, batch, vouchers);
  const first = conflicts[0];
  if (first === undefined) return null;
  const faults = conflicts.map((conflict) => ({ ...rowFault('vouchers', lineOf(vouchers, conflict.params['voucher']), '收入退还书号', errorMessage(conflict.code, conflict.params)), code: conflict.code }));
  return { kind: 'faults', code: first.code as ErrorKey, params: first.params, faults }; // refusals carry keys of the table
}

/** Where the vouchers are split or booked otherwise than this office's own 县区参数 have it: one of the two offices has wrong parameters. */
function unlikeProfile({ profile }: Context, vouchers: readonly VoucherRow[]): string {
  const found = vouchers.flatMap((row) => {
    const split = splitDifference(row, profile);
    if (split !== null) return [`退还书 ${row.voucherNo} 的分担${split}`];
    return knowsSubject(profile, row.subjectCode) ? [] : [`退还书 ${row.voucherNo} 的预算科目 ${row.subjectCode} 本单位没有`];
  });
  const [first] = found;
  return first === undefined ? '' : `；其中 ${String(found.length)} 份与本单位县区参数不同（${first}），请与税务局核对参数`;
}

/** Finance is told of a voucher once, too. */
function toldTwice(vouchers: readonly VoucherRow[], again: readonly string[]): DocumentJudgement | null {
  const [voucherNo] = again;
  if (voucherNo === undefined) return null;
  const params = { voucher: voucherNo, batch: present(vouchers.find((row) => row.voucherNo === voucherNo), 'a voucher of the batch').batchNo };
  const faults = again.map((voucher) => ({ ...rowFault('vouchers', lineOf(vouchers, voucher), '收入退还书号', errorMessage('VOUCHER_ALREADY_RECEIVED', { ...params, voucher })), code: 'VOUCHER_ALREADY_RECEIVED' }));
  return { kind: 'faults', code: 'VOUCHER_ALREADY_RECEIVED', params, faults };
}

function lineOf(vouchers: readonly VoucherRow[], voucherNo: unknown): number {
  return vouchers.findIndex((row) => row.voucherNo === voucherNo) + 1;
}

function headOf(rows: SectionRows): BatchRow {
  return present(rows.batch?.[0], 'head of a batch');
}
