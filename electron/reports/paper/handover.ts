/**
 * 交换包交接单: goes with the stick. Number, digest of this package and of the one before it, count and amount; both offices sign. A gap or a
 * swapped file shows when the two papers are laid side by side.
 * @source forms.md 4.10
 */
import { capitalAmount } from '../../../shared/kernel/money.ts';
import { shanghaiDateTime, type Instant } from '../../../shared/kernel/civil-date.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { parsePeriod, periodLabel } from '../../../shared/kernel/tax-period.ts';
import { errorNumber } from '../../../shared/error-table.ts';
import { refuse } from '../../../shared/errors.ts';
import { documentTitle } from '../../../shared/exchange/document-title.ts';
import { isPackageKind, packageKinds } from '../../../shared/exchange/kinds.ts';
import type { PackageListRow } from '../../../shared/exchange/contract.ts';
import { html } from '../markup.ts';
import { answerOf, emptyPaper, everyRow, type Paper } from '../paper.ts';
import { closing, form, yuan } from '../paper-text.ts';

type Row = Omit<PackageListRow, 'sum'> & { readonly sum: bigint };

const stateNames: Readonly<Record<PackageListRow['state'], string>> = {
  ACCEPTED: '已导入', REJECTED: '已拒收', SIGNED: '已签名', WRITTEN: '已写入U盘', HELD: '对方暂存', ACKED: '对方已回执', DISPUTED: '回执有争议', VOID: '开期时对方未收，作废',
};

export const handoverPaper: Paper = (ctx, params, sources) => {
  const rows: readonly Row[] = everyRow((window) => answerOf(sources['exchange.listPackages'], ctx, window).rows);
  if (rows.length === 0) return emptyPaper('还没有收发过交换包，没有交接单。', '请先导出交换包并写入 U 盘，或导入对方的交换包。');
  const row = params.package === undefined ? newestOf(rows) : rows.find((candidate) => candidate.packageId === params.package);
  if (row === undefined) return refuse('REPORT_NOTHING_FOUND', { title: '交换包交接单', what: `交换包“${params.package ?? ''}”` });
  const before = rows.find((candidate) => candidate.direction === row.direction && candidate.peer === row.peer && candidate.epoch === row.epoch && candidate.seq === row.seq - 1);
  const peer = answerOf(sources['keys.show'], ctx, {}).peers.find((card) => card.agency === row.peer)?.name ?? agencyNames[row.peer];
  const [from, to] = row.direction === 'out' ? [ctx.office.name, peer] : [peer, ctx.office.name];
  const month = row.period === null ? null : parsePeriod(row.period);
  const moneyless = row.sum === 0n;
  const body = html`${form([
    [['发送方', from], ['接收方', to]],
    [['内容', isPackageKind(row.kind) ? packageKinds[row.kind].title : row.kind], ['所属月', month === null ? '—' : periodLabel(month)]],
    [['文书编号', documentTitle(row.docId)]],
    [['包序号', html`第 <b>${row.seq}</b> 号（第 ${row.epoch} 期）`], ['状态', stateNames[row.state] + refusedWith(row.code)]],
    [['包编号', row.packageId]],
    [['本包摘要', html`<b>${shortDigest(row.manifestHash)}</b>`]],
    [['上一包摘要', before === undefined ? (row.seq === 1 ? '本通道第一包' : '本账内没有上一包') : shortDigest(before.manifestHash)]],
    [['笔数', `${String(row.rows)} 笔`], ['金额（小写）', moneyless ? '—' : yuan(row.sum), 'money']],
    [['金额（大写）', moneyless ? '本包不含金额' : capitalAmount(row.sum)]],
    [[row.direction === 'out' ? '制作时间' : '导入时间', shanghaiDateTime(row.at as Instant)], ['介质编号', '']], // written from a checked instant
    [['制作人', ''], ['复核人', '']],
    [['交接人', ''], ['接收人', '']],
    [['交接时间', ''], ['备注', '']],
  ])}
${closing(
  html`<p class="note">接收方请在查看交换包时把程序显示的包序号、摘要、笔数与金额同本单核对；有一项不符即不导入，并与发送方联系。</p>`,
  ['制表', '复核', '负责人', '日期'],
  [`发送方　${from}`, `接收方　${to}`],
)}`;
  return {
    kind: 'filled', covers: [['包序号', String(row.seq)], ['打印日期', ctx.today]], inYuan: true, body, data: { package: row, peer, before: before?.manifestHash ?? null },
    about: `${row.direction === 'out' ? '发' : '收'}${agencyNames[row.peer]}-${String(row.seq)}`, table: null,
  };
};

/** `（E207）`: the number under which the refusal stands in the table. */
function refusedWith(code: string | null): string {
  const number = code === null ? '' : errorNumber(code);
  return number === '' ? '' : `（${number}）`;
}

/** The newest document sent; an office that has sent receipts only takes the newest received. */
function newestOf(rows: readonly Row[]): Row | undefined {
  const documents = rows.filter((row) => row.kind !== 'RECEIPT' && row.kind !== 'KEYCARD');
  const newest = (among: readonly Row[]): Row | undefined => [...among].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : b.seq - a.seq))[0];
  return newest(documents.filter((row) => row.direction === 'out')) ?? newest(documents) ?? newest(rows);
}

/** The first 32 of 64 hex digits in groups of four: enough to compare by eye. */
function shortDigest(hash: string): string {
  return (hash.slice(0, 32).match(/.{4}/g) ?? []).join(' ');
}
