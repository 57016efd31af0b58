/**
 * 留抵退税审核说明: one determination on one sheet in the order in which it is spoken — who, conclusion, calculation with numbers, every
 * rule with its article, people. It shows what was judged and judges nothing; a taxpayer must be able to read it.
 * @source features.md B2; forms.md 4.9 (speaking order)
 */
import type { Article } from '../../../shared/eligibility/articles.ts';
import { percentOf, roundedPercent } from '../../../shared/kernel/ratio.ts';
import { missingEvidence } from '../../../shared/eligibility/evidence.ts';
import { nextStep, notADecision } from '../../../shared/eligibility/next-steps.ts';
import { hypothetical, outcomeNames, routeNames, sizeNames, verdictNames } from '../../../shared/eligibility/terms.ts';
import { capitalAmount } from '../../../shared/kernel/money.ts';
import { periodLabel, taxPeriodFiledIn, type TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import { refuse } from '../../../shared/errors.ts';
import { citationName, documentsNote, isReading } from '../../../shared/reports/citations.ts';
import type { Context } from '../../journal/index.ts';
import { loadArticles } from '../../eligibility/index.ts';
import { html, markupText, type Markup } from '../markup.ts';
import { answerOf, emptyPaper, type Paper, type ReportSources } from '../paper.ts';
import { closing, facts, grid, yuan } from '../paper-text.ts';
import { amountFormulas, amountWord, type Determined } from './formulas.ts';

/**
 * From this many lines on the sheet takes smaller type, and from the other on rules that are met name their article without its text, so that one
 * page still holds it (measured over a county, test/e2e/seen/PAPER.md).
 */
const denseLines = 58;
const crowdedLines = 66;

export const explanationPaper: Paper = (ctx, params, sources) => {
  const { periods } = answerOf(sources['eligibility.periods'], ctx, {});
  const newest = periods.map((row) => row.period).sort().at(-1);
  if (newest === undefined) return emptyPaper('还没有测算过任何申报期，没有可以说明的结论。', '请先导入名册，再做资格测算，然后按统一社会信用代码打印。');
  const period = params.period ?? newest;
  const uscc = params.uscc ?? refuse('REPORT_PARAMETER_MISSING', { title: '留抵退税审核说明', what: '统一社会信用代码' });
  const found = answerOf(sources['eligibility.explain'], ctx, { uscc, period });
  const refund = refundOf(ctx, sources, uscc, period);
  const articles = loadArticles((path) => ctx.resources(path) ?? refuse('POLICY_PACK_BROKEN', { pack: path, fault: '文件缺失' }));
  const whole = sheet(found, refund, articles, false);
  const lines = linesOf(whole);
  const text = lines > crowdedLines ? sheet(found, refund, articles, true) : whole;
  const body = html`<section class="${lines > denseLines ? 'explanation dense' : 'explanation'}">${text}</section>`;
  return {
    kind: 'filled',
    covers: [['申报期', periodLabel(period)], ['税款所属期', periodLabel(taxPeriodFiledIn(period))]],
    inYuan: true,
    body,
    data: { determination: found, refund },
    about: `${period}-${uscc}`,
    table: null,
  };
};

function sheet(found: Determined, refund: Handling | null, articles: ReadonlyMap<string, Article>, crowded: boolean): Markup {
  const warnings = warningsTold(found);
  return html`${whoIsJudged(found)}
${conclusion(found)}
${found.verdict === 'needs-evidence' ? evidenceTable(found) : null}
<h2>计算过程</h2>
${calculation(found)}
<h2>审核事项、事实与依据</h2>
${rulesTable(found, articles, crowded)}
${closing(
  html`<p class="note">条文为转述，以公布的原件为准；${documentsNote}；“本程序的读法”不是法规。${warnings.length === 0 ? null : html`<b>提示</b>：${warnings.join('；')}。`}</p>${
    refund === null ? html`<p class="note">本申报期尚无办理记录。${notADecision}；对本说明有疑问的，可以向编制单位询问。</p>` : handling(refund)
  }`,
  ['经办', '复核', '负责人', '日期'],
)}`;
}

/** Without choices that are not open to this taxpayer, and with articles named as everywhere on paper. */
function warningsTold({ verdict, warnings }: Determined): readonly string[] {
  const refused = verdict === 'ineligible' || verdict === 'out-of-scope' || verdict === 'nothing-due';
  return warnings
    .filter((warning) => !refused || !warning.startsWith('该户也符合'))
    .map((warning) => hypothetical(warning, verdict === 'refundable' || verdict === 'not-open' || verdict === 'nothing-due'))
    .map((warning) => warning.replace(/([0-9]{4}-[0-9]{2}\/[0-9]+(?:\([0-9]+\))?)(?:（[^（）]*(?:（[^（）]*）)?）)?/g, (_whole, cite: string) => citationName(cite)));
}

/** Who is out of scope has no route, so that nothing is calculated; a grid of dashes is not printed. */
function calculation(found: Determined): Markup {
  if (found.verdict === 'out-of-scope') return html`<p class="formula">不在适用范围，没有适用的条款，不计算退税额。</p>`;
  const known = [found.existingCredit, found.incrementalCredit, found.refundableExisting, found.refundableIncremental].some((amount) => amount !== null);
  if (!known) return html`<p class="formula">期末留抵税额 ${yuan(found.endingCredit)} 元；存量、增量和应退税额待资料补齐后计算。</p>`;
  return html`${amounts(found)}
${amountFormulas(found).map((formula) => html`<p class="formula">${formula}</p>`)}`;
}

/** About how many lines the sheet has in full type: rules by the longer of fact and law, then formulas, reasons and notes. */
function linesOf(text: Markup): number {
  const page = markupText(text);
  const length = (markup: string): number => markup.replace(/<[^>]*>/g, '').length;
  const cells = [...page.matchAll(/<td class="number">\d+<\/td><td>(.*?)<\/td>.*?<td class="law">(.*?)<\/td>/gs)];
  const rules = cells.map(([, fact = '', law = '']) => Math.max(Math.ceil(length(fact) / 20) * 1.17, Math.ceil(length(law) / 54)));
  const notes = (page.match(/<p class="note">[\s\S]*?<\/p>/g) ?? []).map((note) => Math.ceil(length(note) / 70));
  const count = (mark: string): number => page.split(mark).length - 1;
  const asked = /<h2>缺少的资料<\/h2>[\s\S]*?<\/table>/.exec(page)?.[0].split('<tr>').length ?? 0;
  return [...rules, ...notes].reduce((sum, lines) => sum + lines, 0) + count('class="formula"') * 1.6 + count('<li>') * 1.3 + asked * 2.2 + 2;
}

function whoIsJudged(found: Determined): Markup {
  return facts([
    ['纳税人', html`<b>${found.name}</b>`],
    ['统一社会信用代码', found.uscc],
    ['划型', sizeNames[found.size]],
    ['适用条款', found.route === null ? '没有适用的条款' : routeNames[found.route]],
  ]);
}

/** The conclusion in one sentence, under it what decided it and what may be done next. What is missing has a table of its own. */
function conclusion(found: Determined): Markup {
  const decided = decidedBy(found);
  const total = found.refundableTotal;
  const sentences: Readonly<Record<typeof found.verdict, string>> = {
    refundable: `应退税额合计 ${yuan(total)} 元（${capitalAmount(total)}）。`,
    'nothing-due': '各项条件均符合，本期没有应退税额。',
    'not-open': '各项条件均符合，有应退税额，但受理的申报期还没有到。',
    suspended: '各项条件均符合，但有法定暂停办理的情形。',
    'needs-evidence': '决定结论的资料不全，缺少的资料列在下表。',
    ineligible: '不符合的条件如下。',
    'out-of-scope': '原因如下。',
  };
  return html`<section class="verdict"><p><b>结论：${verdictNames[found.verdict]}。</b>${sentences[found.verdict]}</p>${
    decided.length === 0 ? null : html`<ul class="${decided.length > 3 ? 'many' : 'few'}">${decided.map((text) => html`<li>${text}</li>`)}</ul>`
  }<p class="next"><b>下一步：</b>${nextStep(found.verdict, found.pack)}</p></section>`;
}

/** What stands under the conclusion: grounds, and amounts whose window opens later. What is missing has a table of its own. */
function decidedBy(found: Determined): readonly string[] {
  const later = ([['存量', found.refundableExisting, found.existingOpenFrom], ['增量', found.refundableIncremental, found.incrementalOpenFrom]] as const)
    .flatMap(([name, amount, from]) => (amount === null || amount === 0n || from === null || from <= found.period ? [] : [`${name} ${yuan(amount)} 元自${periodLabel(from)}申报期起受理，不计入本期`]));
  const failed = found.findings.filter((finding) => finding.outcome === 'notMet').map((finding) => finding.text);
  switch (found.verdict) {
    case 'needs-evidence':
    case 'nothing-due':
      return [];
    case 'refundable':
    case 'not-open':
      return later;
    case 'ineligible':
    case 'out-of-scope':
    case 'suspended':
      return failed;
  }
}

/** 缺什么、找谁要. */
function evidenceTable(found: Determined): Markup {
  return html`<h2>缺少的资料</h2>
${grid(
    [{ title: '缺什么', kind: 'text', width: 44 }, { title: '在哪里', kind: 'text', width: 34 }, { title: '找谁要（岗位按本局分工）', kind: 'text', width: 22 }],
    missingEvidence(found.findings).map(({ what, record, whom }) => [what, record, whom]),
  )}`;
}

function amounts(found: Determined): Markup {
  const columns = [
    { title: '项目', kind: 'text', width: 16 }, { title: '留抵税额', kind: 'money', width: 21 }, { title: '进项构成比例', kind: 'number', width: 19 },
    { title: '退还比例', kind: 'number', width: 12 }, { title: amountWord(found) + '税额', kind: 'money', width: 21 }, { title: '受理起始', kind: 'date', width: 11 },
  ] as const;
  const from = (period: TaxPeriod | null): string => period ?? '—';
  const rate = found.refundRate === null ? '—' : percentOf(found.refundRate);
  const ratio = found.ratio === null ? '—' : roundedPercent(found.ratio);
  return grid(
    columns,
    [
      ['存量留抵', yuan(found.existingCredit), ratio, rate, yuan(found.refundableExisting), from(found.existingOpenFrom)],
      ['增量留抵', yuan(found.incrementalCredit), ratio, rate, yuan(found.refundableIncremental), from(found.incrementalOpenFrom)],
    ],
    ['期末与应退合计', yuan(found.endingCredit), '', '', yuan(found.refundableTotal), ''],
  );
}

/** Each rule with its sentence, outcome and law. The text of an article stands once, at the first rule that rests on it. */
function rulesTable(found: Determined, articles: ReadonlyMap<string, Article>, crowded: boolean): Markup {
  const told = new Set<string>();
  const rows = findingsTold(found).map((finding, index) => {
    const laws = finding.cites.filter((cite) => !isReading(cite));
    const [main = '', ...others] = laws.length === 0 ? finding.cites : laws;
    const article = articles.get(main);
    const lines = html`<b>${citationName(main)}</b>${article === undefined || isReading(main) || (crowded && finding.outcome === 'met') ? null : told.has(main) ? '（见上）' : html`　${toldOnPaper(article.text)}`}${
      others.length === 0 ? null : html`（并见${others.map(citationName).join('、')}）`
    }`;
    if (!crowded || finding.outcome !== 'met') told.add(main);
    return html`<tr><td class="number">${index + 1}</td><td>${finding.text}</td><td class="outcome">${
      finding.outcome === 'met' ? outcomeNames.met : html`<b>${outcomeWord(finding)}</b>`
    }</td><td class="law">${lines}</td></tr>
`;
  });
  return html`<table class="rules"><colgroup><col width="3.6%"/><col width="30%"/><col width="7.4%"/><col width="59%"/></colgroup>
<thead><tr><th>序</th><th>认定的事实</th><th>结果</th><th>依据条文（转述）</th></tr></thead><tbody>
${rows}</tbody></table>`;
}

/** Who is out of scope was judged on that alone. */
function findingsTold({ verdict, findings }: Determined): Determined['findings'] {
  return verdict === 'out-of-scope' ? findings.filter(({ rule }) => rule === 'generalTaxpayer' || rule === 'status') : findings;
}

/** A month that has not come and a ground for suspension are no failed conditions. */
function outcomeWord({ rule, outcome }: Determined['findings'][number]): string {
  if (outcome === 'notMet' && rule === 'window') return '未到期';
  return outcome === 'notMet' && rule === 'suspension' ? '暂停' : outcomeNames[outcome];
}

/** The text without its own name, which the citation beside has said, and without the grades of our own reading, which are for the maintainers. */
function toldOnPaper(text: string): string {
  return text.replace(/^[^：，。；（]*第[一二三四五六七八九十]+条：/, '').replace(/（[^（）]*(?:确信度|未核到|背景知识)[^（）]*）/g, '');
}

type Handling = { readonly applicationNo: string; readonly state: string; readonly dates: string; readonly approved: string; readonly people: string };

/** The refund of this taxpayer and period, when one was applied for. */
function refundOf(ctx: Context, sources: ReportSources, uscc: string, period: TaxPeriod): Handling | null {
  const { rows } = answerOf(sources['refunds.list'], ctx, { period, text: uscc, offset: 0, limit: 10, sort: 'refund', descending: false });
  const row = rows.find((candidate) => candidate.uscc === uscc);
  if (row === undefined || row.applicationNo === null) return null;
  const { people } = answerOf(sources['refunds.get'], ctx, { refund: row.refund });
  const dates = ([['申请', row.appliedOn], ['受理', row.acceptedOn], ['核准', row.decidedOn], ['退库', row.paidOn], ['销号', row.crossedOffOn]] as const)
    .flatMap(([title, on]) => (on === null ? [] : [`${title} ${on}`]));
  return {
    applicationNo: row.applicationNo,
    state: row.stateName,
    dates: dates.join('，'),
    approved: yuan(row.total.approved),
    people: Object.entries(people).map(([role, name]) => `${role} ${name}`).join('，'),
  };
}

function handling(refund: Handling): Markup {
  return html`<p class="note"><b>办理情况</b>　申请编号 ${refund.applicationNo}（${refund.state}）：${refund.dates}；核准 ${refund.approved} 元；${refund.people}。${notADecision}。</p>`;
}
