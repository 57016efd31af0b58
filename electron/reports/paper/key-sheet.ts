/**
 * 密钥指纹核对单: the 32 characters of this office's key card, handed over on paper and typed in by the two others. The paper is the
 * second road beside the stick: whoever changes the card on the stick cannot change the paper.
 * @source shared spec exchange.md 2.3; decisions 19
 */
import { assert } from '../../../shared/kernel/assert.ts';
import { shanghaiDate, type Instant } from '../../../shared/kernel/civil-date.ts';
import { agencies, agencyNames } from '../../../shared/kernel/office.ts';
import { html } from '../markup.ts';
import { answerOf, emptyPaper, type Paper } from '../paper.ts';
import { closing, form, grid, type Column } from '../paper-text.ts';

const checkColumns: readonly Column[] = [
  { title: '录入单位', kind: 'text', width: 28 }, { title: '录入人', kind: 'text', width: 20 }, { title: '在场人', kind: 'text', width: 20 },
  { title: '日期', kind: 'date', width: 14 }, { title: '结果（相符／不符）', kind: 'text', width: 18 },
];
const peerColumns: readonly Column[] = [
  { title: '单位', kind: 'text', width: 26 }, { title: '指纹', kind: 'code', width: 46 }, { title: '版本', kind: 'count', width: 10 },
  { title: '登记日期', kind: 'date', width: 18 },
];

export const keySheetPaper: Paper = (ctx, _params, sources) => {
  const { own, peers } = answerOf(sources['keys.show'], ctx, {});
  if (own === null) return emptyPaper('本单位还没有密钥，没有指纹可以核对。', '请先生成本单位密钥，导出密钥卡后再打印本单。');
  const groups = own.fingerprint.split('-');
  assert(groups.length === 8 && groups.every((group) => group.length === 4), 'a fingerprint is eight groups of four');
  const others = agencies.filter((agency) => agency !== ctx.office.agency);
  const known = peers.map((peer) => [peer.name, peer.fingerprint, peer.version, shanghaiDate(peer.trustedAt as Instant)]); // written from a checked instant
  const body = html`${form([
    [['密钥卡版本', `第 ${String(own.version)} 版`], ['用途', own.practice ? '演练单位，正式单位拒收' : '正式单位']],
    [['签名密钥编号', own.signingKeyId], ['有效期至', own.signingExpiresOn]],
    [['加密密钥编号', own.encryptionKeyId], ['已撤销密钥', own.revokedKeyIds.length === 0 ? '无' : own.revokedKeyIds.join('、')]],
  ])}
<h2>指纹（32 个字符，8 组，自左至右、自上而下）</h2>
<table class="fingerprint"><tbody>
<tr>${groups.slice(0, 4).map((group) => html`<td><b>${group}</b></td>`)}</tr>
<tr>${groups.slice(4).map((group) => html`<td><b>${group}</b></td>`)}</tr>
</tbody></table>
<p>核对办法：对方把密钥卡文件（U 盘）导入本机，在“密钥核对”处逐组录入上列字符；程序比对一致才登记。字符中没有字母 I、L、O、U。录入不一致的，不得使用该密钥卡，应与编制单位当面查明。</p>
<h2>核对记录</h2>
${grid(
  checkColumns,
  others.map((agency) => [agencyNames[agency], '', '', '', '']),
)}
<h2>本单位已登记的其他单位密钥</h2>
${known.length === 0 ? html`<p>尚未登记。</p>` : grid(peerColumns, known)}
${closing(null, ['交出人', '安全管理员', '负责人', '日期'], [agencyNames[ctx.office.agency], ...others.map((agency) => agencyNames[agency])])}`;
  return { kind: 'filled', covers: [['行政区划', ctx.office.county], ['打印日期', ctx.today]], inYuan: false, body, data: { own, peers }, about: `第${String(own.version)}版`, table: null };
};
