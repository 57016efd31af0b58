/**
 * 收入退还书清单 of the tax office and 退库清单 of the treasury: every voucher of one batch with totals that are the sum of its lines. The tax
 * office's list goes with the batch and never changes; the treasury's shows what became of each voucher.
 * @source forms.md 4.5
 */
import { assert } from '../../../shared/kernel/assert.ts';
import { capitalAmount, sumFen, yuanText, type Fen } from '../../../shared/kernel/money.ts';
import { refuse } from '../../../shared/errors.ts';
import type { Context } from '../../journal/index.ts';
import type { VoucherElements } from '../../../shared/refunds/voucher-fields.ts';
import { voucherListDigest } from '../../platform/list-digest.ts';
import { batchForExport } from '../../refunds/index.ts';
import { html, type MarkupValue } from '../markup.ts';
import { answerOf, emptyPaper, everyRow, type FilledPaper, type Paper, type ReportSources } from '../paper.ts';
import { closing, day, facts, grid, yuan, type Column } from '../paper-text.ts';

export const batchListPaper: Paper = (ctx, params, sources) => {
  const batches = batchNumbers(ctx, sources);
  const newest = batches.at(-1);
  if (newest === undefined) {
    return ctx.office.agency === 'tax'
      ? emptyPaper('还没有组成过退库批次，没有清单。', '请先开具并复核收入退还书，再组成批次。')
      : emptyPaper('还没有收到退库批次，没有清单。', '请先导入税务局的退库批次交换包。');
  }
  const batchNo = params.batch ?? newest;
  if (!batches.includes(batchNo)) refuse('REPORT_NOTHING_FOUND', { title: '收入退还书清单', what: `可以打印的批次“${batchNo}”` });
  return ctx.office.agency === 'tax' ? listOfTaxOffice(ctx, batchNo) : listOfTreasury(ctx, sources, batchNo);
};

/** Batches that can be printed, in order of number. */
function batchNumbers(ctx: Context, sources: ReportSources): string[] {
  if (ctx.office.agency === 'treasury') return answerOf(sources['treasury.batches'], ctx, {}).batches.map((batch) => batch.batchNo).sort();
  return answerOf(sources['refunds.batches'], ctx, {}).batches.filter((batch) => batch.state !== 'cancelled').map((batch) => batch.batchNo).sort();
}

const taxColumns: readonly Column[] = [
  { title: '序号', kind: 'count', width: 3.2 }, { title: '退还书号码', kind: 'date', width: 6.4 }, { title: '统一社会信用代码', kind: 'code', width: 12.2 },
  { title: '纳税人名称', kind: 'text', width: 16.2 }, { title: '申报期', kind: 'date', width: 5.2 }, { title: '预算科目', kind: 'date', width: 6 },
  { title: '存量退税额', kind: 'money', width: 9.2 }, { title: '增量退税额', kind: 'money', width: 9.2 }, { title: '退税额', kind: 'money', width: 9.2 },
  { title: '开户银行', kind: 'text', width: 10.4 }, { title: '收款账号', kind: 'code', width: 12.8 },
];

function listOfTaxOffice(ctx: Context, batchNo: string): FilledPaper {
  const found = batchForExport(ctx.db, batchNo) ?? refuse('REPORT_NOTHING_FOUND', { title: '收入退还书清单', what: `可以打印的批次“${batchNo}”` });
  const { batch, vouchers } = found;
  const sum = { existing: sumFen(vouchers.map((row) => row.existingFen)), incremental: sumFen(vouchers.map((row) => row.incrementalFen)), amount: sumFen(vouchers.map((row) => row.amountFen)) };
  assert(sum.amount === batch.amountFen && sum.existing + sum.incremental === sum.amount, 'the list ties to its batch');
  const totals = ['', '合计', `${String(vouchers.length)} 份`, `${String(batch.taxpayers)} 户`, '', '', yuan(sum.existing), yuan(sum.incremental), yuan(sum.amount), '', ''];
  return {
    kind: 'filled',
    covers: [['批次编号', batchNo], ['组成日期', batch.preparedOn]],
    inYuan: true,
    about: batchNo,
    data: { batch, vouchers },
    table: [
      taxColumns.map((column) => column.title),
      ...vouchers.map((row, index) => taxCells(row, index, yuanText).map(String)),
      ['', '合计', `${String(vouchers.length)}份`, `${String(batch.taxpayers)}户`, '', '', yuanText(sum.existing), yuanText(sum.incremental), yuanText(sum.amount), '', ''],
    ],
    body: html`<p class="note">征收机关：${batch.taxAuthority}　　退库依据：${batch.basis}</p>
${grid(taxColumns, vouchers.map((row, index) => taxCells(row, index, yuan)), totals)}
${closing(
  html`<p class="capital">合计金额（大写）：<b>${capitalAmount(sum.amount)}</b></p>
<p class="note">明细核对码：<b>${voucherListDigest(vouchers)}</b>（号码、户名、金额、账户逐笔计算，国库“收到的批次”应显示同一组）</p>
<p class="note">账内记载：组成批次 ${batch.preparedBy}，退还书复核 ${batch.reviewedBy}，审批 ${batch.approvedBy}。</p>`,
  ['制表', '复核', '负责人', '编制日期'],
  ['税务局', '国库'],
)}`,
  };
}

/** One line in the order of the columns. @param amount grouped on paper, plain in files */
function taxCells(row: VoucherElements, index: number, amount: (fen: Fen) => string): readonly (string | number)[] {
  return [
    index + 1, row.voucherNo, row.uscc, row.name, row.filingPeriod, row.subjectCode, amount(row.existingFen), amount(row.incrementalFen), amount(row.amountFen), row.bank,
    row.bankAccount,
  ];
}

const treasuryColumns: readonly Column[] = [
  { title: '序号', kind: 'count', width: 4 }, { title: '退还书号码', kind: 'date', width: 7 }, { title: '统一社会信用代码', kind: 'code', width: 14 },
  { title: '收款人名称', kind: 'text', width: 21 }, { title: '申报期', kind: 'date', width: 7 }, { title: '预算科目', kind: 'date', width: 8 },
  { title: '金额', kind: 'money', width: 11 }, { title: '处理结果', kind: 'date', width: 8 }, { title: '退付日期', kind: 'date', width: 8 },
  { title: '退回日期与原因', kind: 'text', width: 12 },
];

function listOfTreasury(ctx: Context, sources: ReportSources, batchNo: string): FilledPaper {
  const ask = (window: { readonly offset: number; readonly limit: number }) => answerOf(sources['treasury.list'], ctx, { ...window, batch: batchNo, sort: 'voucherNo', descending: false });
  const rows = everyRow((window) => ask(window).rows);
  const { totals } = ask({ offset: 0, limit: 1 });
  const amount = sumFen(rows.map((row) => row.amount));
  assert(amount === totals.amount && rows.length === totals.count, 'the list ties to its totals');
  const batch = answerOf(sources['treasury.batches'], ctx, {}).batches.find((candidate) => candidate.batchNo === batchNo) ?? null;
  const outcome = (row: (typeof rows)[number]): string => (row.returnedOn === null ? '' : `${row.returnedOn} ${row.reason ?? ''}`.trim());
  const paid = rows.filter((row) => row.state === 'paid');
  return {
    kind: 'filled',
    title: '退库清单',
    covers: [['批次编号', batchNo], ['收到日期', batch?.receivedOn ?? ''], ['截止日期', ctx.today]],
    inYuan: true,
    about: batchNo,
    data: { batch, rows },
    table: [
      treasuryColumns.map((column) => column.title),
      ...rows.map((row, index) => [String(index + 1), row.voucherNo, row.uscc, row.name, row.filingPeriod, row.subjectCode, yuanText(row.amount), row.stateName, row.paidOn ?? '', outcome(row)]),
      ['', '合计', `${String(rows.length)}份`, '', '', '', yuanText(amount), '', '', ''],
    ],
    body: html`${facts([['征收机关', batch?.taxAuthority ?? ''], ['明细核对码', batch?.digest ?? ''], ['已退付', `${String(paid.length)} 份 ${yuan(sumFen(paid.map((row) => row.amount)))} 元`]])}
${grid(
  treasuryColumns,
  rows.map((row, index): MarkupValue[] => [index + 1, row.voucherNo, row.uscc, row.name, row.filingPeriod, row.subjectCode, yuan(row.amount), row.stateName, day(row.paidOn), outcome(row)]),
  ['', '合计', `${String(rows.length)} 份`, '', '', '', yuan(amount), '', '', ''],
)}
${closing(html`<p class="capital">合计金额（大写）：<b>${capitalAmount(amount)}</b></p>`, ['制表', '复核', '负责人', '编制日期'], ['国库', '税务局'])}`,
  };
}
