/**
 * 退税底数表: one frozen snapshot by size, industry, kind of credit and opening month. Every table sums to the same whole; where taxpayers
 * of two rows are the same person the page says so. What was frozen is printed, never what has been found since.
 * @source 工作方案二（一）; features.md A5, G2
 */
import { assert } from '../../../shared/kernel/assert.ts';
import { capitalAmount, sumFen, yuanText, type Fen } from '../../../shared/kernel/money.ts';
import { periodLabel } from '../../../shared/kernel/tax-period.ts';
import { verdicts } from '../../../shared/eligibility/model.ts';
import { creditKindNames, surveyListNames, windowName } from '../../../shared/survey/model.ts';
import { sizeNames, verdictNames } from '../../../shared/eligibility/terms.ts';
import { industrySections } from '../../../shared/roster/industry-sections.ts';
import { html, type Markup } from '../markup.ts';
import { answerOf, type Paper } from '../paper.ts';
import { closing, facts, grid, yuan, type Column } from '../paper-text.ts';
import { newestSnapshot, noSnapshot, snapshotCovers } from './survey-snapshot.ts';

const sectionNames: Readonly<Record<string, string>> = Object.fromEntries(industrySections.map(({ letter, name }) => [letter, `${letter} ${name}`]));

export function sectionName(letter: string): string {
  return sectionNames[letter] ?? '未填行业';
}

type Margin = { readonly taxpayers: number; readonly items: number; readonly existing: Fen; readonly incremental: Fen; readonly total: Fen };

function marginColumns(title: string): readonly Column[] {
  return [
    { title, kind: 'text', width: 31 }, { title: '户数', kind: 'count', width: 8 }, { title: '项数', kind: 'count', width: 8 }, { title: '可退存量', kind: 'money', width: 17 },
    { title: '可退增量', kind: 'money', width: 17 }, { title: '合计', kind: 'money', width: 19 },
  ];
}

function marginTable(title: string, rows: readonly (readonly [string, Margin])[], whole: Margin): Markup {
  assert(sumFen(rows.map(([, row]) => row.total)) === whole.total, 'every margin sums to the whole');
  const cells = ({ taxpayers, items, existing, incremental, total }: Margin) => [taxpayers, items, yuan(existing), yuan(incremental), yuan(total)];
  return grid(marginColumns(title), rows.map(([name, row]) => [name, ...cells(row)]), ['合计', ...cells(whole)]);
}

const cellColumns = ['企业规模', '行业门类', '留抵种类', '起始月', '项数', '金额'] as const;

export const surveyPaper: Paper = (ctx, params, sources) => {
  const snapshot = newestSnapshot(ctx, params, sources);
  if (snapshot === null) return noSnapshot(ctx);
  const { period, version } = snapshot;
  const { cells, bySize, bySection, byKind, byWindow, byList, total } = answerOf(sources['survey.table'], ctx, { period, version });
  const others = verdicts.filter((verdict) => snapshot.verdicts[verdict] > 0).map((verdict) => `${verdictNames[verdict]} ${String(snapshot.verdicts[verdict])} 户`).join('，');
  const list = (key: (typeof byList)[number]['key']): string => (key === null ? '两份清单以外' : surveyListNames[key]);
  const body = html`${facts([
    ['底数快照', `${snapshot.number}（第 ${String(version)} 版）`], ['冻结', `${snapshot.frozenOn} ${snapshot.frozenBy}`],
    ['复核', snapshot.confirmedBy === null ? '尚未复核' : `${snapshot.confirmedOn ?? ''} ${snapshot.confirmedBy}`],
    ['再次冻结原因', snapshot.reason === '' ? '无' : snapshot.reason],
  ])}
<p class="note">测算 ${snapshot.assessed} 户：${others}。底数为可退、未到办理期、暂停办理三类中有应退税额的 ${snapshot.taxpayers} 户。</p>
<p class="note capital">底数合计 <b>${yuan(snapshot.total)}</b>（大写：<b>${capitalAmount(snapshot.total)}</b>），其中办理期已到 <b>${yuan(snapshot.open)}</b>，未到办理期 <b>${yuan(snapshot.total - snapshot.open)}</b>。</p>
<h2>一、按企业规模</h2>
${marginTable('企业规模', bySize.map((row) => [sizeNames[row.key], row]), total)}
<h2>二、按行业门类</h2>
${marginTable('行业门类', bySection.map((row) => [sectionName(row.key), row]), total)}
<h2>三、按留抵种类</h2>
${marginTable('留抵种类', byKind.map((row) => [creditKindNames[row.key], row]), total)}
<h2>四、按办理起始月</h2>
${marginTable('起始月', byWindow.map((row) => [windowName(row.key), row]), total)}
<h2>五、按清单</h2>
${marginTable('清单', byList.map((row) => [list(row.key), row]), total)}
<h2>六、规模、行业、种类、起始月交叉</h2>
${grid(
  [
    { title: '企业规模', kind: 'text', width: 12 }, { title: '行业门类', kind: 'text', width: 34 }, { title: '留抵种类', kind: 'text', width: 12 }, { title: '起始月', kind: 'text', width: 16 },
    { title: '项数', kind: 'count', width: 8 }, { title: '金额', kind: 'money', width: 18 },
  ],
  cells.map((cell) => [sizeNames[cell.size], sectionName(cell.section), creditKindNames[cell.kind], windowName(cell.window), cell.items, yuan(cell.amount)]),
  ['合计', '', '', '', total.items, yuan(sumFen(cells.map((cell) => cell.amount)))],
)}
<p class="note">口径：一户的存量、增量各为一项；一户可以有两项，两项的起始月可以不同，故按种类、按起始月的户数之和可以大于户数，项数与金额逐表相等。起始月为国家规定的最早办理月份，不是截止日期。</p>
${closing(null, ['制表', '复核', '负责人', '编制日期'], ['税务局', '财政局', '人民银行国库'])}`;
  return {
    kind: 'filled',
    covers: snapshotCovers(snapshot),
    inYuan: true,
    body,
    data: { snapshot, cells, total },
    about: `${periodLabel(period)}-${snapshot.number}`,
    table: [
      cellColumns,
      ...cells.map((cell) => [sizeNames[cell.size], sectionName(cell.section), creditKindNames[cell.kind], windowName(cell.window), String(cell.items), yuanText(cell.amount)]),
      ['合计', '', '', '', String(total.items), yuanText(total.total)],
    ],
  };
};
