/**
 * 税收收入退还书数据单: every element of one voucher for filling in and checking the official form. It is no voucher: the multi-copy form
 * with its seals stays the only ground on which the treasury pays.
 * @source forms.md 4.3
 */
import { assert } from '../../../shared/kernel/assert.ts';
import type { CivilDate } from '../../../shared/kernel/civil-date.ts';
import { capitalAmount, type Fen } from '../../../shared/kernel/money.ts';
import { refuse } from '../../../shared/errors.ts';
import { nameNote } from '../../../shared/refunds/lost-name.ts';
import type { Context } from '../../journal/index.ts';
import { batchForExport, licenceSeen } from '../../refunds/index.ts';
import { html } from '../markup.ts';
import { answerOf, emptyPaper, type Paper, type ReportSources } from '../paper.ts';
import { closing, form, grid, yuan } from '../paper-text.ts';

type Sheet = {
  readonly voucherNo: string; readonly issuedOn: CivilDate; readonly authority: string; readonly batchNo: string | null; readonly refundNo: string; readonly uscc: string;
  readonly name: string; readonly filingPeriod: string; readonly subjectCode: string; readonly subjectName: string; readonly accountName: string; readonly bank: string;
  readonly bankAccount: string; readonly bankCode: string | null; readonly reason: string; readonly basis: string; readonly existing: Fen; readonly incremental: Fen;
  readonly central: Fen; readonly province: Fen; readonly county: Fen; readonly amount: Fen; readonly replaces: string | null; readonly state: string; readonly note: string | null;
};

export const voucherPaper: Paper = (ctx, params, sources) => {
  const voucherNo = params.voucher ?? newestVoucher(ctx, sources);
  if (voucherNo === null) {
    return ctx.office.agency === 'tax'
      ? emptyPaper('还没有送出过收入退还书，没有数据单。', '请先开具、复核收入退还书并组成批次；也可以指明退还书号码打印。')
      : emptyPaper('还没有收到收入退还书，没有数据单。', '请先导入税务局的退库批次交换包。');
  }
  const sheet = ctx.office.agency === 'tax' ? sheetOfTaxOffice(ctx, sources, voucherNo) : sheetOfTreasury(ctx, sources, voucherNo);
  assert(sheet.central + sheet.province + sheet.county === sheet.amount && sheet.existing + sheet.incremental === sheet.amount, 'a voucher sums both ways');
  const body = html`${form([
    [['退还书号码', html`<b>${sheet.voucherNo}</b>`], ['填发日期', sheet.issuedOn]],
    [['征收机关', sheet.authority], ['批次编号', sheet.batchNo ?? '未组成批次']],
    [['申请编号', sheet.refundNo], ['状态', sheet.state]],
    [['纳税人名称', sheet.name]],
    [['统一社会信用代码', sheet.uscc], ['申报期', sheet.filingPeriod]],
    [['收款单位全称', sheet.accountName]],
    [['开户银行', sheet.bank], ['行号', sheet.bankCode ?? '待补']],
    [['收款账号', sheet.bankAccount]],
    [['预算科目', `${sheet.subjectCode} ${sheet.subjectName}`]],
    [['退库原因', sheet.reason], ['原号码', sheet.replaces ?? '无']],
    [['退库依据', sheet.basis]],
    ...(sheet.note === null ? [] : [[['备注', sheet.note]] as const]),
    [['退库金额（小写）', html`<b>${yuan(sheet.amount)}</b>`, 'money'], ['其中', `存量 ${yuan(sheet.existing)}　增量 ${yuan(sheet.incremental)}`]],
    [['退库金额（大写）', html`<b class="capital">${capitalAmount(sheet.amount)}</b>`]],
  ])}
<h2>分级次金额</h2>
${grid(
  [{ title: '预算级次', kind: 'text', width: 60 }, { title: '金额', kind: 'money', width: 40 }],
  [['中央', yuan(sheet.central)], ['省级', yuan(sheet.province)], ['县级', yuan(sheet.county)]],
  ['合计', yuan(sheet.amount)],
)}
${closing(
  html`<p class="note">本单供填开和核对，不代替《税收收入退还书》正式凭证；退库以加盖印鉴的正式凭证为准。</p>`,
  ['填票人', '复核', '负责人', '日期'],
  ['税务局', '国库'],
)}`;
  return { kind: 'filled', covers: [['退还书号码', sheet.voucherNo], ['填发日期', sheet.issuedOn]], inYuan: true, body, data: { sheet }, about: sheet.voucherNo, table: null };
};

function newestVoucher(ctx: Context, sources: ReportSources): string | null {
  if (ctx.office.agency === 'treasury') {
    return answerOf(sources['treasury.list'], ctx, { offset: 0, limit: 1, sort: 'voucherNo', descending: true }).rows[0]?.voucherNo ?? null;
  }
  const batch = answerOf(sources['refunds.batches'], ctx, {}).batches.filter((candidate) => candidate.state !== 'cancelled').map((candidate) => candidate.batchNo).sort().at(-1);
  return batch === undefined ? null : (batchForExport(ctx.db, batch)?.vouchers.at(-1)?.voucherNo ?? null);
}

function sheetOfTaxOffice(ctx: Context, sources: ReportSources, voucherNo: string): Sheet {
  const { rows } = answerOf(sources['refunds.list'], ctx, { text: voucherNo, offset: 0, limit: 200, sort: 'refund', descending: false });
  const row = rows.find((candidate) => candidate.voucherNo === voucherNo);
  const found = row === undefined ? null : answerOf(sources['refunds.get'], ctx, { refund: row.refund });
  const voucher = found?.vouchers.find((candidate) => candidate.voucherNo === voucherNo);
  if (row === undefined || voucher === undefined) return refuse('REPORT_NOTHING_FOUND', { title: '税收收入退还书数据单', what: `现行有效的收入退还书“${voucherNo}”` });
  const { issuedOn, authority, batchNo, approvalNo, subjectCode, subjectName, payee, reason, basis, existing, incremental, central, province, county, amount, replaces } = voucher;
  return {
    voucherNo, issuedOn, authority, batchNo, refundNo: approvalNo, uscc: row.uscc, name: row.name, filingPeriod: row.period, subjectCode, subjectName, accountName: payee.accountName,
    bank: payee.bank, bankAccount: payee.account, bankCode: payee.bankCode, reason, basis, existing, incremental, central, province, county, amount, replaces, state: row.stateName,
    note: nameNote({ name: row.name, accountName: payee.accountName }, licenceSeen(ctx.db, row.refund)),
  };
}

function sheetOfTreasury(ctx: Context, sources: ReportSources, voucher: string): Sheet {
  const { voucher: found } = answerOf(sources['treasury.get'], ctx, { voucher });
  const { voucherNo, issuedOn, batchNo, refundNo, uscc, name, filingPeriod, subjectCode, subjectName, accountName, bank, bankAccount, bankCode, basis } = found;
  const { existing, incremental, central, province, county, amount, replaces, stateName } = found;
  const batch = answerOf(sources['treasury.batches'], ctx, {}).batches.find((candidate) => candidate.batchNo === batchNo);
  return {
    voucherNo, issuedOn, authority: batch?.taxAuthority ?? '', batchNo, refundNo, uscc, name, filingPeriod, subjectCode, subjectName, accountName, bank, bankAccount, bankCode,
    reason: found.refundReason, basis, existing, incremental, central, province, county, amount, replaces, state: stateName, note: found.note,
  };
}
