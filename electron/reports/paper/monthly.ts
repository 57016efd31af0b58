/**
 * 月度退税与销号汇总表: what was paid and crossed off in one month and since the beginning, by size, route and kind of credit. Every total is
 * the sum of its lines; counts of lines and of refunds differ, because one refund may have two lines, and the page says so.
 * @source features.md G1, G2; county plan 二(五)
 */
import { assert } from '../../../shared/kernel/assert.ts';
import { capitalAmount, sumFen, yuanText } from '../../../shared/kernel/money.ts';
import { addPeriods, lastDay, periodLabel, periodOf } from '../../../shared/kernel/tax-period.ts';
import { routeNames, sizeNames } from '../../../shared/eligibility/terms.ts';
import { lineKindNames } from '../../../shared/refunds/model.ts';
import { html } from '../markup.ts';
import { answerOf, emptyPaper, type Paper } from '../paper.ts';
import { closing, grid, yuan, type Column } from '../paper-text.ts';

const columns: readonly Column[] = [
  { title: '划型', kind: 'text', width: 9 }, { title: '适用条款', kind: 'text', width: 34 }, { title: '留抵', kind: 'text', width: 9 },
  { title: '本月笔数', kind: 'count', width: 8 }, { title: '本月退税额', kind: 'money', width: 16 }, { title: '累计笔数', kind: 'count', width: 8 },
  { title: '累计退税额', kind: 'money', width: 16 },
];

export const monthlyPaper: Paper = (ctx, params, sources) => {
  // The report that is due now is last month's.
  const period = params.period ?? addPeriods(periodOf(ctx.today), -1);
  const found = answerOf(sources['refunds.monthly'], ctx, { period });
  const { rows, paid, standing, cumulative } = found;
  if (rows.length === 0 && paid.count === 0 && cumulative.count === 0) return emptyPaper(`截至${periodLabel(period)}底没有退库，没有可以汇总的数据。`, '请先办理退税，导入国库的退库回单并销号；或另选月份。');
  const month = sumFen(rows.map((row) => row.amount));
  const total = sumFen(rows.map((row) => row.cumulative));
  assert(month === standing.amount && total === cumulative.amount, 'the cells of the month sum to its totals');
  const lines = { month: rows.reduce((sum, row) => sum + row.refunds, 0), total: rows.reduce((sum, row) => sum + row.cumulativeRefunds, 0) };
  const summary = ([
    ['月初已退库未销号', found.opening], ['加：本月退库', paid], ['减：本月银行退汇', found.returned], ['减：本月销号', found.crossedOff], ['加：本月撤销销号', found.undone],
    ['月末已退库未销号', found.outstanding], ['本月追回', found.clawedBack], ['本月撤销追回', found.clawbackUndone], ['本月退库、月末未退汇', standing], ['累计退库（不含退汇）', cumulative],
  ] as const).map(([title, row]) => [title, row.count, yuan(row.amount)]);
  const late = found.late.map(({ title, count, amount }) => `${title} ${String(count)} 笔 ${yuan(amount)} 元`).join('；');
  const body = html`<h2>一、退库与销号</h2>
${grid([{ title: '项目', kind: 'text', width: 50 }, { title: '笔数', kind: 'count', width: 20 }, { title: '金额', kind: 'money', width: 30 }], summary)}
<p class="note capital">本月退库金额（大写）：<b>${capitalAmount(paid.amount)}</b></p>
<p class="note">${late === '' ? `报送期限（${found.dueOn}）后没有补登本月的变动，重印与原件一致。` : `报送期限（${found.dueOn}）后补登、原件未列的本月变动：${late}。`}</p>
<h2>二、分类明细</h2>
${grid(
  columns,
  rows.map((row) => [sizeNames[row.size], routeNames[row.route], lineKindNames[row.creditKind], row.refunds, yuan(row.amount), row.cumulativeRefunds, yuan(row.cumulative)]),
  ['合计', '', '', lines.month, yuan(month), lines.total, yuan(total)],
)}
<p class="note">口径：退付、退汇、销号、撤销、追回各按自身日期归月，以后各月的变动不改本月；分类明细为本月退库、月末未退汇的部分；分类明细的笔数按存量、增量分别计数，一笔退税同时有存量和增量的计两次，故明细笔数合计不小于退库笔数；金额合计与第一部分“本月退库、月末未退汇”相等。报送期限：${found.dueOn}。</p>
${closing(null, ['制表', '复核', '负责人', '编制日期'], ['税务局', '财政局', '人民银行国库'])}`;
  return {
    kind: 'filled',
    covers: [['所属月', periodLabel(period)], ['截止日期', lastDay(period)]],
    inYuan: true,
    body,
    data: { month: found },
    about: period,
    table: [
      columns.map((column) => column.title),
      ...rows.map((row) => [sizeNames[row.size], routeNames[row.route], lineKindNames[row.creditKind], String(row.refunds), yuanText(row.amount), String(row.cumulativeRefunds), yuanText(row.cumulative)]),
      ['合计', '', '', String(lines.month), yuanText(month), String(lines.total), yuanText(total)],
    ],
  };
};
