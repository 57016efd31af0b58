/**
 * REFUND_RECEIPT 退库回单: what the treasury did with vouchers: paid, returned, or returned by the bank. A line about a voucher that the tax
 * office does not know yet is never a reason to reject; it is held as 待核对 and matched later.
 * @source shared spec exchange.md 2.5 (last paragraph), 2.6; product.md P3
 */
import type { OutcomeRow } from '../../../shared/exchange/kinds/refund-receipt.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import { groupedYuan } from '../../../shared/kernel/money.ts';
import { agencyNames, type Agency } from '../../../shared/kernel/office.ts';
import { periodOf } from '../../../shared/kernel/tax-period.ts';
import { postReceipt } from '../../refunds/index.ts';
import { markReceiptSent, tellReceipt, unsentOutcomes, untellReceipt, type OutcomeForExport, type ReceiptReader } from '../../treasury/index.ts';
import { eachRow, monthGiven, nobody, noPolicyPack, notEmpty, type Disagreement } from '../agreement.ts';
import type { Context } from '../../journal/index.ts';
import { totalOf } from '../control.ts';
import { alwaysSound, type KindBehaviour } from '../kind.ts';

/** Outcomes of one receipt. */
const receiptRowsMax = 20_000;

export const refundReceiptKind: KindBehaviour = {
  gather(ctx, { to }) {
    const outcomes = nextOutcomes(ctx, to);
    if (outcomes.length === 0) return null;
    return {
      rows: { outcomes: outcomes.map(rowOf) },
      // Numbered by what it tells: the same outcome is in one receipt only.
      docId: `REFUND_RECEIPT/${outcomes[0]?.voucherNo ?? ''}-${String(outcomes.length)}/${ctx.today}`,
      period: periodOf(ctx.today),
      policyPack: null,
      reviewedBy: null,
      approvedBy: null,
      receiptOf: null,
    };
  },
  sent(ctx, { to, packageId }) {
    // Read again inside the same transaction: nothing can have come between.
    markReceiptSent(ctx, { to: readerOf(to), packageId, outcomes: nextOutcomes(ctx, to) });
  },
  rejected(ctx, { packageId, to }) {
    const outcomes = untellReceipt(ctx, { packageId, to: readerOf(to) });
    return outcomes === 0 ? null : `${String(outcomes)} 笔处理结果仍待出回单`;
  },
  agreements: [
    monthGiven('outcomes'),
    notEmpty('outcomes'),
    eachRow('not-after-month', 'outcomes', ({ on }, { period }) => (period !== null && on.slice(0, 7) <= period ? null : { field: '日期', says: `晚于回单月份 ${period ?? '空'}` })),
    // `<first voucher>-<rows>/<day of the sender>`: the day is a claim.
    { name: 'document-name', code: 'DOCUMENT_NAME_DIFFERS', disagreements: ({ docId, rows }) => nameDisagreements(docId, rows.outcomes ?? []) },
    nobody('outcomes'),
    noPolicyPack('outcomes'),
  ],
  judge: alwaysSound,
  post(ctx, { from, packageId, rows }) {
    const lines = rows.outcomes ?? [];
    const paid = lines.filter((line) => line.outcome === 'paid');
    const said = `收到${agencyNames[from]}回单 ${String(lines.length)} 笔，其中已退付 ${String(paid.length)} 笔 ${groupedYuan(totalOf(paid, (line) => line.amountFen))} 元`;
    if (ctx.office.agency === 'finance') tellReceipt(ctx, { packageId, outcomes: lines });
    if (ctx.office.agency !== 'tax') return said;
    const { posted, held, conflicts } = postReceipt(ctx, { packageId, lines });
    return `${said}；登记 ${String(posted)} 笔，待核对 ${String(held)} 笔，不符 ${String(conflicts)} 笔`;
  },
};

function nameDisagreements(docId: string, outcomes: readonly OutcomeRow[]): readonly Disagreement[] {
  const expected = `REFUND_RECEIPT/${outcomes[0]?.voucherNo ?? ''}-${String(outcomes.length)}/`;
  return docId.startsWith(expected) ? [] : [{ section: 'outcomes', line: 0, field: '单据编号', says: `应以 ${expected} 开头` }];
}

/** What the next receipt tells; the rest follows in another one, so that a receipt always fits into a package. */
function nextOutcomes(ctx: Context, to: Agency): OutcomeForExport[] {
  return unsentOutcomes(ctx.db, readerOf(to)).slice(0, receiptRowsMax);
}

/** The row without the number that names the outcome inside the treasury. */
function rowOf({ voucherNo, refundNo, batchNo, uscc, outcome, amountFen, on, reasonCode, reason, checkedBy, paidBy }: OutcomeForExport): OutcomeRow {
  return { voucherNo, refundNo, batchNo, uscc, outcome, amountFen, on, reasonCode, reason, checkedBy, paidBy };
}

/** The arrows of the kind allow no other recipient. */
function readerOf(to: Agency): ReceiptReader {
  assert(to !== 'treasury', 'a receipt goes to tax or finance');
  return to;
}
