/**
 * The survey of one filing month in the demo 底数: frozen by the handler, confirmed by the reviewer, sent, and at the end of the month followed
 * to the cross-off. What each office holds of it must be the same to the fen.
 */
import type { OperationOutput } from '../../shared/contract.ts';
import { fenOfYuan, type Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Stage } from './stage.ts';

/** Two figures of the month that must be the same, each as its own office holds it. */
export type Tie = { readonly says: string; readonly left: Fen; readonly right: Fen };

type Snapshot = OperationOutput<'survey.confirm'>['snapshot'];

export async function freezeSurvey(stage: Stage, period: TaxPeriod): Promise<Snapshot> {
  await stage.call('tax', 'handler', 'survey.freeze', { period });
  return (await stage.call('tax', 'reviewer', 'survey.confirm', { period })).snapshot;
}

/** @param crossedOff what the month's cross-off came to */
export async function surveyTies(stage: Stage, period: TaxPeriod, survey: Snapshot, crossedOff: Fen): Promise<Tie[]> {
  const fen = (yuan: string): Fen => fenOfYuan(yuan);
  const { places, total, checks, outside } = await stage.call('tax', 'handler', 'survey.funnel', { period });
  const finance = await stage.call('finance', 'handler', 'survey.table', { period });
  const treasury = await stage.call('treasury', 'handler', 'survey.table', { period });
  const done = places.filter((place) => place.place === 'crossed-off').reduce((sum, place) => sum + fen(place.actual), 0n);
  return [
    { says: '漏斗各处之和 ＝ 底数快照', left: fen(total.frozen), right: fen(survey.total) },
    { says: '漏斗中已销号（含快照以外） ＝ 销号', left: done + fen(outside.paid), right: crossedOff },
    { says: '财政收到的底数 ＝ 底数快照', left: fen(finance.total.total), right: fen(survey.total) },
    { says: '国库收到的底数 ＝ 底数快照', left: fen(treasury.total.total), right: fen(survey.total) },
    ...checks.filter((check) => !check.holds).map((check) => ({ says: check.says, left: fen(check.left), right: fen(check.right) })),
  ];
}
