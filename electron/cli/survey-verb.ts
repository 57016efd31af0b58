/**
 * `survey`: 退税底数 of a filing period as it stands; with --freeze it is frozen as a snapshot, with --confirm another person confirms the newest
 * one, with --funnel it is followed to the cross-off.
 */
import { groupedYuan, fenOfYuan } from '../../shared/kernel/money.ts';
import { sizeNames, verdictNames } from '../../shared/eligibility/terms.ts';
import { checkFigure, creditKindNames, windowName } from '../../shared/survey/model.ts';
import type { SnapshotView } from '../../shared/survey/contract.ts';
import { periodOf, requiredOption, textOption, UsageFault, type Verb } from './verb.ts';

export const survey: Verb = {
  name: 'survey',
  usage: '--period YYYY-MM [--freeze [--reason 原因] | --confirm | --funnel] --office DIR',
  says: '退税底数：按结论、划型、行业门类、适用条款的户数与金额；--freeze 冻结为底数快照（经办），--confirm 复核最近一版（复核），--funnel 底数到销号的漏斗。',
  options: { period: 'text', freeze: 'flag', confirm: 'flag', funnel: 'flag', reason: 'text' },
  words: [0, 0],
  async run({ options, session }) {
    const period = periodOf(requiredOption(options, 'period'));
    const chosen = (['freeze', 'confirm', 'funnel'] as const).filter((name) => options[name] === true);
    if (chosen.length > 1) throw new UsageFault('--freeze、--confirm、--funnel 一次只用一个');
    const reason = textOption(options, 'reason');
    if (reason !== undefined && chosen[0] !== 'freeze') throw new UsageFault('--reason 与 --freeze 同用');
    if (chosen[0] === 'funnel') {
      const funnel = await session().call('survey.funnel', { period });
      const places = funnel.places.map((row) => `  ${row.title}：${String(row.count)} 户，底数 ${yuan(row.frozen)}，现额 ${yuan(row.actual)}（${row.cause}）`);
      return {
        exit: 0,
        json: funnel,
        text: [
          snapshotText(funnel.snapshot),
          ...funnel.stages.map((row) => `${row.title}：${String(row.count)} 户，底数 ${yuan(row.frozen)}，现额 ${yuan(row.actual)}`),
          '每户所在：', ...places,
          ...funnel.checks.map((check) => `${check.holds ? '✔' : '✘'} ${check.says}：${checkFigure(check.left)}${check.holds ? '' : ` ≠ ${checkFigure(check.right)}，差 ${checkFigure(check.difference)}`}`),
        ].join('\n'),
      };
    }
    if (chosen[0] === 'confirm') {
      const { changed, snapshot } = await session().call('survey.confirm', { period });
      return { exit: 0, json: { changed, snapshot }, text: `${changed ? '已复核' : '已是复核过的，账本未变'}：${snapshotText(snapshot)}` };
    }
    if (chosen[0] === 'freeze') {
      const { changed, snapshot } = await session().call('survey.freeze', { period, ...(reason === undefined ? {} : { reason }) });
      return { exit: 0, json: { changed, snapshot }, text: `${changed ? '已冻结，请另一人复核' : '与最近一版相同，账本未变'}：${snapshotText(snapshot)}` };
    }
    const result = await session().call('eligibility.survey', { period });
    const { byKind, byWindow, total } = await session().call('survey.current', { period });
    const item = (label: string, row: (typeof byKind)[number] | (typeof byWindow)[number]): string => `  ${label}：${String(row.items)} 项，${yuan(row.total)}`;
    const line = (label: string, row: (typeof result.bySize)[number]): string => `  ${label}：${String(row.count)} 户，存量 ${yuan(row.existing)}，增量 ${yuan(row.incremental)}，合计 ${yuan(row.total)}`;
    return {
      exit: 0,
      json: { ...result, byKind, byWindow, conditionsMet: total },
      text: [
        `${result.period} 申报期退税底数（${String(result.rows)} 户，单位：元）`,
        ...result.byVerdict.map((row) => line(verdictNames[row.key as keyof typeof verdictNames], row)), // keys of the verdict table
        '可退户按划型：',
        ...result.bySize.map((row) => line(sizeNames[row.key as keyof typeof sizeNames], row)), // keys of the size table
        '可退户按行业门类：',
        ...result.byIndustry.map((row) => line(row.key === '' ? '未填' : row.key, row)),
        `底数（可退、未到办理期、暂停办理）${String(total.taxpayers)} 户，合计 ${yuan(total.total)}；按留抵种类：`,
        ...byKind.map((row) => item(creditKindNames[row.key], row)),
        '按办理起始月：',
        ...byWindow.map((row) => item(windowName(row.key), row)),
      ].join('\n'),
    };
  },
};

function snapshotText({ number, period, version, taxpayers, total, open, confirmedBy }: SnapshotView): string {
  const confirmed = confirmedBy === null ? '尚未复核' : `复核人 ${confirmedBy}`;
  return `${period} 申报期底数快照 ${number}（第 ${String(version)} 版，${confirmed}）${String(taxpayers)} 户 ${yuan(total)} 元，其中办理期已到 ${yuan(open)} 元`;
}

function yuan(text: string): string {
  return groupedYuan(fenOfYuan(text));
}
