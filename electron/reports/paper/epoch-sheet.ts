/**
 * 开期确认单: what both offices agree to when they open a channel anew, for the people who sign it: why, the last numbers of both directions, what is void and what
 * was lost, and the rule that decides. The files are signed by keys; this paper is signed by hand and stays with the archives of both.
 * @source shared spec exchange.md 2.3 (both sheets go into 档案), 2.5 (E205)
 */
import { documentTitle } from '../../../shared/exchange/document-title.ts';
import { epochRule, epochStates } from '../../../shared/exchange/epoch.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { html } from '../markup.ts';
import { answerOf, emptyPaper, type Paper } from '../paper.ts';
import { closing, form, grid, type Column } from '../paper-text.ts';

const columns: readonly Column[] = [
  { title: '处理', kind: 'text', width: 30 }, { title: '期', kind: 'count', width: 8 }, { title: '包序号', kind: 'count', width: 12 }, { title: '文书编号', kind: 'text', width: 30 },
  { title: '清单摘要', kind: 'code', width: 20 },
];

export const epochSheetPaper: Paper = (ctx, _params, sources) => {
  const channels = answerOf(sources['exchange.openings'], ctx, {}).channels.filter(({ state }) => state !== 'none');
  if (channels.length === 0) return emptyPaper('本单位没有重新开期的通道，没有开期确认单。', '通道停用后，请先由两人办理开期，再打印本单。');
  const body = html`${channels.map((channel) => {
    const { sent, received } = channel;
    const numbers = [...channel.void.map((one) => ({ ...one, what: '作废，在新一期重发' })), ...channel.lost.map((one) => ({ ...one, what: '对方已收，本单位无存' }))];
    return html`<h2>与${agencyNames[channel.peer]}的通道</h2>
${form([
    [['新一期', `第 ${String(channel.epoch)} 期`], ['进度', epochStates[channel.state]]],
    [['本单位原因', channel.reason ?? '—'], ['对方原因', channel.peerReason ?? '—']],
    [['说明', channel.note === null || channel.note === '' ? '—' : channel.note]],
    [['本单位拟开', channel.proposedBy ?? ''], ['本单位确认', channel.confirmedBy ?? '']],
    [['对方签发', channel.peerOpenedBy ?? ''], ['对方账本历史', channel.continues === null ? '待对方文件' : channel.continues ? '连续' : '不连续']],
    [['本单位发出末号', `第 ${String(sent.epoch)} 期第 ${String(sent.seq)} 号`], ['本单位收到末号', `第 ${String(received.epoch)} 期第 ${String(received.seq)} 号`]],
  ])}
${numbers.length === 0 ? html`<p>双方收发记录相符，没有作废或无存的包。</p>` : grid(columns, numbers.map((one) => [one.what, one.epoch, one.seq, documentTitle(one.docId), one.manifestHash.slice(0, 16)]))}`;
  })}
<p>${epochRule}</p>
${closing(null, ['拟开', '确认', '负责人', '日期'], [agencyNames[ctx.office.agency], ...channels.map(({ peer }) => agencyNames[peer])])}`;
  return { kind: 'filled', covers: [['行政区划', ctx.office.county], ['打印日期', ctx.today]], inYuan: false, body, data: { channels }, about: ctx.today, table: null };
};
