/**
 * 留抵退税进度安排表: windows by group of taxpayers with what was first set, the months of the year, and the county plan beside the national rules
 * with both texts. Says on its face that a concentrated window is a target and refuses nobody.
 * @source county plan 三; policy-facts 2.2, 8, 9; shared spec product.md P6
 */
import type { Schedule, ScheduleMonth, ScheduleWindow } from '../../../shared/policy/schedule-contract.ts';
import { certaintyNames, creditNames, deadlineBasisNames, differenceNames, groupNames, scheduleGroups, standingNames, targetSays } from '../../../shared/policy/schedule.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { periodLabel, periodOf } from '../../../shared/kernel/tax-period.ts';
import { citationName, documentsNote } from '../../../shared/reports/citations.ts';
import { html, type Markup } from '../markup.ts';
import { answerOf, type Paper } from '../paper.ts';
import { closing, grid, type Column } from '../paper-text.ts';

const windowColumns: readonly Column[] = [
  { title: '企业', kind: 'text', width: 17 }, { title: '存量受理起始', kind: 'text', width: 15 }, { title: '存量集中退还目标日', kind: 'text', width: 16 }, { title: '增量受理起始', kind: 'text', width: 15 },
  { title: '方案集中办理（目标）', kind: 'text', width: 19 }, { title: '本申报期', kind: 'text', width: 18 },
];
const monthColumns: readonly Column[] = [
  { title: '月', kind: 'text', width: 5 }, { title: '申报截止日', kind: 'text', width: 13 }, { title: '申请截止日', kind: 'text', width: 14 }, { title: '本月起受理', kind: 'text', width: 27 },
  { title: '方案集中办理', kind: 'text', width: 11 }, { title: '集中退还目标日', kind: 'text', width: 17 }, { title: '月报', kind: 'text', width: 13 },
];
const differenceColumns: readonly Column[] = [
  { title: '事项', kind: 'text', width: 14 }, { title: '方案原文', kind: 'text', width: 26 }, { title: '国家规定', kind: 'text', width: 38 }, { title: '本程序怎样办', kind: 'text', width: 22 },
];
/** Heads of the file: one line a group and credit. */
const fileColumns = ['企业', '留抵', '受理起始申报期', '原定起始申报期', '最后申报期', '集中退还目标日', '原定目标日', '方案集中办理', '本申报期', '依据', '说明'] as const;

export const schedulePaper: Paper = (ctx, params, sources) => {
  const period = params.period ?? periodOf(ctx.today);
  const schedule = answerOf(sources['policy.schedule'], ctx, { period });
  const inForce = schedule.regimes.find((regime) => regime.inForce);
  const { plan } = schedule;
  const body = html`<p>${targetSays}。${periodLabel(period)}申报期适用${inForce?.title ?? '的留抵退税政策没有'}。</p>
<h2>一、受理期与集中退还目标（第14号公告经第17号、第19号、第21号公告调整）</h2>
${grid(windowColumns, scheduleGroups.map((group) => windowRow(schedule, group)))}
<h2>二、${period.slice(0, 4)}年逐月安排</h2>
${grid(monthColumns, schedule.months.map((month) => monthRow(schedule, month)))}
<p class="note">申请须在当期增值税申报之后；当期没有申请的，以后申报期仍可申请。月报截止日为本单位的设置（每月${schedule.reportDay}日），遇休息日不自动顺延，提前提醒。</p>
${plan === null ? html`<p class="note">没有收入本县区的工作方案。</p>` : differences(plan)}
${closing(null, ['制表', '复核', '负责人', '编制日期'], ['税务局', '财政局', '人民银行国库'])}`;
  return {
    kind: 'filled',
    covers: [['申报期', periodLabel(period)], ['行政区划', ctx.office.county]],
    inYuan: false,
    body,
    data: { schedule },
    about: period,
    table: [[...fileColumns], ...schedule.windows.map((line) => fileRow(schedule, line)), ['行数', String(schedule.windows.length), ...Array.from({ length: fileColumns.length - 2 }, () => '')]],
  };
};

function windowRow(schedule: Schedule, group: (typeof scheduleGroups)[number]): readonly (string | Markup)[] {
  const line = (credit: ScheduleWindow['credit']): ScheduleWindow => present(schedule.windows.find((one) => one.group === group && one.credit === credit), 'a line for every group and credit');
  const [existing, incremental] = [line('existing'), line('incremental')];
  const planned = [existing, incremental].filter(({ planned: ids }) => ids.length > 0).map((one) => `${creditNames[one.credit]} ${plannedText(schedule, one)}`);
  return [
    groupNames[group],
    stoodAndStands(existing.openFrom.map(({ value }) => periodLabel(value)), '不退存量'),
    stoodAndStands(existing.targets.map(({ value }) => value), '—'),
    incremental.openFrom.length === 0 ? '按第39号公告' : `${stood(incremental)}${incremental.until === null ? '' : `（按第一条至${periodLabel(incremental.until.value)}）`}`,
    planned.length === 0 ? '—' : planned.join('；'),
    `存量${standingNames[existing.standing]}；增量${standingNames[incremental.standing]}`,
  ];
}

function stood({ openFrom }: ScheduleWindow): string {
  return stoodAndStands(openFrom.map(({ value }) => periodLabel(value)), '—');
}

/** `2022年5月（原定2022年7月）`. */
function stoodAndStands(values: readonly string[], without: string): string {
  const standing = values.at(-1);
  if (standing === undefined) return without;
  return values.length === 1 ? standing : `${standing}（原定${values.slice(0, -1).join('、')}）`;
}

function plannedText({ plan }: Schedule, { planned }: ScheduleWindow): string {
  return planned.map((id) => {
    const row = present(plan?.windows.find((one) => one.id === id), 'a window of the plan');
    return `${periodLabel(row.from)}${row.until === null ? '起' : `至${periodLabel(row.until)}`}（方案${row.place}）`;
  }).join('，');
}

function monthRow({ plan }: Schedule, month: ScheduleMonth): readonly string[] {
  const { filingDeadline, applicationUntil, report } = month;
  const places = (plan?.windows ?? []).filter(({ id }) => month.planned.includes(id)).map(({ place, credit }) => `${place} ${creditNames[credit]}`);
  return [
    `${String(Number(month.month.slice(5)))}月`,
    `${filingDeadline.date}${filingDeadline.basis === 'table' ? '' : `（${deadlineBasisNames[filingDeadline.basis]}）`}`,
    `${applicationUntil.date}${applicationUntil.extended ? '（延长到最后一个工作日）' : ''}`,
    month.opens.length === 0 ? '—' : month.opens.map((open) => `${creditNames[open.credit]}：${groupNames[open.group]}`).join('；'),
    places.length === 0 ? '—' : places.join('；'),
    month.targets.length === 0 ? '—' : month.targets.map(({ group, date, standing }) => `${date} ${groupNames[group].slice(0, 2)}${standing ? '' : '（原定，已提前）'}`).join('；'),
    report.remindOn === report.date ? report.date : `${report.date}（休息日，${report.remindOn}提醒）`,
  ];
}

function differences({ title, note, sources, differences: rows }: NonNullable<Schedule['plan']>): Markup {
  return html`<h2>三、《${title}》与国家规定对照</h2>
${grid(
  differenceColumns,
  rows.map((row) => [
    html`<b>${row.title}</b><br/>${differenceNames[row.kind]}<br/>${row.id} 确信度 ${certaintyNames[row.certainty]}`,
    `“${row.plan}”（方案${row.place}）`,
    html`${row.national.map(({ quote, article }) => html`${quote === null ? article.text : `“${quote}”`}（${citationName(article.cite)}${quote === null ? '，转述' : ''}）<br/>`)}${row.says}。`,
    `${row.consequence}。`,
  ]),
)}
<p class="note">${note}${sources.map((source) => `${source}。`).join('')}${documentsNote}。</p>`;
}

function fileRow(schedule: Schedule, line: ScheduleWindow): readonly string[] {
  const dated = [...line.openFrom, ...(line.until === null ? [] : [line.until]), ...line.targets];
  const cites = [...new Set([...dated.flatMap(({ cites: own }) => own), ...line.saysCites])];
  return [
    groupNames[line.group], creditNames[line.credit], line.openFrom.at(-1)?.value ?? '', line.openFrom.slice(0, -1).map(({ value }) => value).join('、'), line.until?.value ?? '',
    line.targets.at(-1)?.value ?? '', line.targets.slice(0, -1).map(({ value }) => value).join('、'), plannedText(schedule, line), standingNames[line.standing], cites.map(citationName).join('；'), line.says,
  ];
}
