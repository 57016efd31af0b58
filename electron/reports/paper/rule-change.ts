/**
 * 规则更正影响清单: what one policy amendment changes, for whom and by how much, with the sums of every taxpayer judged, changed or not, and what
 * the desk does next about refunds under way. Made again at any time, before and after the amendment takes effect.
 */
import { assert } from '../../../shared/kernel/assert.ts';
import { amendmentStateNames, certaintyNames } from '../../../shared/policy/amendment.ts';
import { ruleChangeLinesMax } from '../../../shared/policy/amendment-contract.ts';
import { packNames } from '../../../shared/eligibility/model.ts';
import { routeNames, sizeNames, verdictNames } from '../../../shared/eligibility/terms.ts';
import { refuse } from '../../../shared/errors.ts';
import { sumFen, yuanText, type Fen } from '../../../shared/kernel/money.ts';
import { periodLabel } from '../../../shared/kernel/tax-period.ts';
import { citationName } from '../../../shared/reports/citations.ts';
import { html } from '../markup.ts';
import { answerOf, emptyPaper, type Paper, type ReportSources } from '../paper.ts';
import { closing, grid, yuan, type Column } from '../paper-text.ts';
import type { Context } from '../../journal/index.ts';

const columns: readonly Column[] = [
  { title: '序号', kind: 'count', width: 4 }, { title: '申报期', kind: 'date', width: 6 }, { title: '统一社会信用代码', kind: 'code', width: 13 },
  { title: '纳税人名称', kind: 'text', width: 17 }, { title: '结论、规模、条款的变化', kind: 'text', width: 17 }, { title: '更正前应退', kind: 'money', width: 10 },
  { title: '更正后应退', kind: 'money', width: 10 }, { title: '差额', kind: 'money', width: 10 }, { title: '在办退税与下一步', kind: 'text', width: 13 },
];
const valueColumns: readonly Column[] = [
  { title: '参数', kind: 'text', width: 26 }, { title: '单位', kind: 'text', width: 10 }, { title: '更正前', kind: 'text', width: 19 }, { title: '更正后', kind: 'text', width: 19 },
  { title: '依据', kind: 'text', width: 16 }, { title: '来源', kind: 'text', width: 10 },
];
const sumColumns: readonly Column[] = [
  { title: '申报期', kind: 'date', width: 16 }, { title: '测算户数', kind: 'count', width: 12 }, { title: '有变化', kind: 'count', width: 12 }, { title: '无变化', kind: 'count', width: 12 },
  { title: '更正前应退', kind: 'money', width: 16 }, { title: '更正后应退', kind: 'money', width: 16 }, { title: '差额', kind: 'money', width: 16 },
];

export const ruleChangePaper: Paper = (ctx, params, sources) => {
  const { amendments } = answerOf(sources['policy.amendments'], ctx, {});
  const [newest] = amendments;
  if (newest === undefined) return emptyPaper('还没有政策更正，没有影响可列。', '请先在政策参数页提出更正；未登记的设想可在该页直接试算。');
  const amendment = params.amendment === undefined ? newest : (amendments.find(({ no }) => no === params.amendment) ?? refuse('REPORT_NOTHING_FOUND', { title: '规则更正影响清单', what: `编号为“${params.amendment}”的政策更正` }));
  const found = foundFor(ctx, sources, amendment.no, params.period);
  const { rows, total, periods, changes } = found;
  assert(rows.length === total.changed && sumFen(rows.map((row) => row.difference)) === total.difference, 'the lines sum to the difference');
  assert(total.before + total.difference === total.after && total.changed + total.unchanged === total.rows, 'before and difference give after');
  const cells = (row: Line, index: number, money: (fen: Fen) => string) => [
    index + 1, row.period, row.uscc, row.name, movesOf(row), money(row.before.total), money(row.after.total), money(row.difference),
    `${row.refund === null ? '' : `${row.refund.no} ${row.refund.state}；`}${row.nextStep}`,
  ];
  const listed = { before: sumFen(rows.map((row) => row.before.total)), after: sumFen(rows.map((row) => row.after.total)) };
  const sum = (money: (fen: Fen) => string) => ['', '合计', '', `${String(rows.length)} 户次`, '', money(listed.before), money(listed.after), money(total.difference), ''];
  const { draft } = amendment;
  return {
    kind: 'filled',
    covers: [['更正编号', amendment.no], ['状态', amendmentStateNames[amendment.state]], ['文号', draft.documentNo], ['发文日期', draft.issuedOn]],
    inYuan: true,
    about: amendment.no,
    data: { amendment: amendment.no, draft, found },
    table: [columns.map((column) => column.title), ...rows.map((row, index) => cells(row, index, yuanText).map(String)), sum(yuanText)],
    body: html`<p class="note">${draft.title}　　更正：${packNames[draft.pack]}</p>
<h2>一、更正的参数</h2>
${grid(valueColumns, changes.map((change) => [change.label, change.unit, change.before, change.after, change.cites.map(citationName).join('、'), `${change.certainty} ${certaintyNames[change.certainty]}`]))}
<h2>二、各申报期的影响</h2>
${grid(
  sumColumns,
  periods.map((one) => [periodLabel(one.period), one.rows, one.changed, one.unchanged, yuan(one.before), yuan(one.after), yuan(one.difference)]),
  ['合计', total.rows, total.changed, total.unchanged, yuan(total.before), yuan(total.after), yuan(total.difference)],
)}
<h2>三、有变化的纳税人</h2>
${rows.length === 0 ? html`<p class="note">没有纳税人因此变化。</p>` : grid(columns, rows.map((row, index) => cells(row, index, yuan)), sum(yuan))}
<p class="note">口径：同一名册分别按更正前、更正后的参数重新测算；结论、条款、规模、可退金额或起始月份任何一项不同即为有变化。本表只列影响，不改动账内的测算与退税；
在办退税按“下一步”办理，标明须查明依据的，未见到现成规定。政策参数摘要：更正前 ${found.packs[0]?.before.slice(0, 16) ?? ''}，更正后 ${found.packs[0]?.after.slice(0, 16) ?? ''}。</p>
${closing(null, ['制表', '复核', '负责人', '编制日期'])}`,
  };
};

type Found = ReturnType<typeof foundFor>;
type Line = Found['rows'][number];

function foundFor(ctx: Context, sources: ReportSources, no: string, period: Parameters<Paper>[1]['period']) {
  return answerOf(sources['policy.ruleChange'], ctx, { of: { kind: 'amendment', no }, ...(period === undefined ? {} : { period }), offset: 0, limit: ruleChangeLinesMax });
}

/** What moved beside the amount, in words; the amount alone is said as such. */
function movesOf({ before, after }: Line): string {
  const route = (id: typeof before.route): string => (id === null ? '无' : routeNames[id]);
  const moves = [
    before.verdict === after.verdict ? verdictNames[after.verdict] : `${verdictNames[before.verdict]} → ${verdictNames[after.verdict]}`,
    before.size === after.size ? '' : `${sizeNames[before.size]} → ${sizeNames[after.size]}`,
    before.route === after.route ? '' : `${route(before.route)} → ${route(after.route)}`,
    before.existingOpenFrom === after.existingOpenFrom ? '' : `存量起始 ${before.existingOpenFrom ?? '无'} → ${after.existingOpenFrom ?? '无'}`,
    before.incrementalOpenFrom === after.incrementalOpenFrom ? '' : `增量起始 ${before.incrementalOpenFrom ?? '无'} → ${after.incrementalOpenFrom ?? '无'}`,
  ];
  return moves.filter((move) => move !== '').join('；');
}
