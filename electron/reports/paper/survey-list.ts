/**
 * 小微企业清单 and 制造业等行业大中型企业清单: the two named lists of the county plan, as the snapshot froze them, with code, name and amounts.
 * @source 工作方案二（一）
 */
import { assert } from '../../../shared/kernel/assert.ts';
import { sumFen, yuanText } from '../../../shared/kernel/money.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { periodLabel } from '../../../shared/kernel/tax-period.ts';
import { windowName, type SurveyList, type SurveyWindow } from '../../../shared/survey/model.ts';
import { routeNames, sizeNames, verdictNames } from '../../../shared/eligibility/terms.ts';
import { html } from '../markup.ts';
import { answerOf, everyRow, type Paper } from '../paper.ts';
import { closing, grid, yuan, type Column } from '../paper-text.ts';
import { newestSnapshot, noSnapshot, snapshotCovers } from './survey-snapshot.ts';

const columns: readonly Column[] = [
  { title: '序号', kind: 'count', width: 3.6 }, { title: '统一社会信用代码', kind: 'code', width: 13.4 }, { title: '纳税人名称', kind: 'text', width: 17 }, { title: '行业', kind: 'code', width: 5 },
  { title: '规模', kind: 'text', width: 4.2 }, { title: '适用条款', kind: 'text', width: 13.2 }, { title: '结论', kind: 'text', width: 6.4 }, { title: '可退存量', kind: 'money', width: 9.8 },
  { title: '存量起始月', kind: 'date', width: 6.9 }, { title: '可退增量', kind: 'money', width: 9.8 }, { title: '增量起始月', kind: 'date', width: 6.9 }, { title: '合计', kind: 'money', width: 9.8 },
];

export function surveyListPaper(list: SurveyList): Paper {
  return (ctx, params, sources) => {
    const snapshot = newestSnapshot(ctx, params, sources);
    if (snapshot === null) return noSnapshot(ctx);
    const { period, version } = snapshot;
    const ask = (window: { readonly offset: number; readonly limit: number }) =>
      answerOf(sources['survey.lines'], ctx, { period, version, list, sort: 'uscc', descending: false, ...window });
    const rows = everyRow((window) => ask(window).rows);
    const { totals } = ask({ offset: 0, limit: 1 });
    assert(rows.length === totals.count && sumFen(rows.map((row) => row.total)) === totals.total, 'the list ties to its totals');
    const words = (window: SurveyWindow, amount: bigint): string => (amount === 0n ? '—' : windowName(window));
    const cells = (row: (typeof rows)[number], index: number, money: (fen: bigint) => string) => [
      index + 1, row.uscc, row.name, row.industry ?? '', sizeNames[row.size], row.route === null ? '' : routeNames[row.route], row.verdict === 'absent' ? '' : verdictNames[row.verdict],
      money(row.existing), words(row.existingWindow, row.existing), money(row.incremental), words(row.incrementalWindow, row.incremental), money(row.total),
    ];
    const foot = (money: (fen: bigint) => string) => ['', '合计', `${String(rows.length)} 户`, '', '', '', '', money(totals.existing), '', money(totals.incremental), '', money(totals.total)];
    return {
      kind: 'filled',
      covers: snapshotCovers(snapshot),
      inYuan: true,
      body: html`${grid(columns, rows.map((row, index) => cells(row, index, yuan)), foot(yuan))}
<p class="note">口径：底数快照冻结时的结论与金额；办理期已到 ${yuan(totals.open)}，其余的办理期自起始月开始。${rows.length === 0 ? '本申报期没有列入本清单的企业。' : ''}</p>
${closing(null, ['制表', '复核', '负责人', '编制日期'], [agencyNames[ctx.office.agency]])}`,
      data: { snapshot, rows },
      about: `${periodLabel(period)}-${snapshot.number}`,
      table: [columns.map((column) => column.title), ...rows.map((row, index) => cells(row, index, yuanText).map(String)), foot(yuanText)],
    };
  };
}
