/**
 * 退税底数漏斗表: from the frozen snapshot to the cross-off, at each stage how many and how much, in which place everyone stands and why, and
 * by which named differences the amounts are no longer the frozen ones. The equations stand on the page with both sides.
 * @source features.md A5; 工作方案二（五）
 */
import { yuanText } from '../../../shared/kernel/money.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { periodLabel } from '../../../shared/kernel/tax-period.ts';
import { checkFigure, surveyDifferenceNames, surveyDifferences, surveyStageNames } from '../../../shared/survey/model.ts';
import { html } from '../markup.ts';
import { answerOf, type Paper } from '../paper.ts';
import { closing, grid, yuan, type Column } from '../paper-text.ts';
import { newestSnapshot, noSnapshot, snapshotCovers } from './survey-snapshot.ts';

const stageColumns: readonly Column[] = [
  { title: '环节', kind: 'text', width: 28 }, { title: '户数', kind: 'count', width: 10 }, { title: '其中停在本环节', kind: 'count', width: 14 }, { title: '底数金额', kind: 'money', width: 24 },
  { title: '现额', kind: 'money', width: 24 },
];
const placeColumns: readonly Column[] = [
  { title: '环节', kind: 'text', width: 10 }, { title: '所在', kind: 'text', width: 11 }, { title: '原因', kind: 'text', width: 18 }, { title: '户数', kind: 'count', width: 5 },
  { title: '底数金额', kind: 'money', width: 11 }, ...surveyDifferences.map((name): Column => ({ title: `－${surveyDifferenceNames[name]}`, kind: 'money', width: 8.5 })),
  { title: '＝现额', kind: 'money', width: 11 },
];

export const surveyFunnelPaper: Paper = (ctx, params, sources) => {
  const snapshot = newestSnapshot(ctx, params, sources);
  if (snapshot === null) return noSnapshot(ctx);
  const { period, version } = snapshot;
  const found = answerOf(sources['survey.funnel'], ctx, { period, version });
  const { stages, places, total, outside, clawedBack, checks } = found;
  const amounts = (row: typeof total, money: (fen: bigint) => string) => [money(row.frozen), ...surveyDifferences.map((name) => money(row.differences[name])), money(row.actual)];
  const standing = (stage: string): number => places.filter((place) => place.stage === stage).reduce((sum, place) => sum + place.count, 0);
  const body = html`<h2>一、各环节</h2>
${grid(stageColumns, stages.map((row) => [row.title, row.count, standing(row.stage), yuan(row.frozen), yuan(row.actual)]))}
<h2>二、每户所在及原因</h2>
${grid(
  placeColumns,
  places.map((row) => [surveyStageNames[row.stage], row.title, row.cause, row.count, ...amounts(row, yuan)]),
  ['合计', '', '', total.count, ...amounts(total, yuan)],
)}
<h2>三、轧平</h2>
${grid(
  [{ title: '关系', kind: 'text', width: 46 }, { title: '左', kind: 'money', width: 20 }, { title: '右', kind: 'money', width: 20 }, { title: '差', kind: 'money', width: 14 }],
  checks.map((check) => [`${check.holds ? '✔' : '✘'} ${check.says}`, checkFigure(check.left), checkFigure(check.right), checkFigure(check.difference)]),
)}
<p class="note">口径：底数金额为冻结时的金额，现额为该户现在所处环节的金额（未列名单的为底数金额，已列名单的依次为应退、申请、核准额）；负的差额表示现额大于底数。快照以外（冻结后才列入应退名单的）${outside.count} 笔，应退 ${yuan(outside.determined)}，已退 ${yuan(outside.paid)}。销号后追回 ${yuan(clawedBack)}。打印时的办理情况。</p>
${closing(null, ['制表', '复核', '负责人', '编制日期'], [agencyNames[ctx.office.agency]])}`;
  return {
    kind: 'filled',
    covers: snapshotCovers(snapshot),
    inYuan: true,
    body,
    data: { found },
    about: `${periodLabel(period)}-${snapshot.number}`,
    table: [
      placeColumns.map((column) => column.title),
      ...places.map((row) => [surveyStageNames[row.stage], row.title, row.cause, String(row.count), ...amounts(row, yuanText)]),
      ['合计', '', '', String(total.count), ...amounts(total, yuanText)],
    ],
  };
};
