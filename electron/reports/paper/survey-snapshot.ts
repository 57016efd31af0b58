/** Which snapshot a paper of the survey prints 底数快照: the newest of the period asked for, or of all; and what is said where there is none. */
import type { z } from 'zod';
import { periodLabel } from '../../../shared/kernel/tax-period.ts';
import type { snapshotView } from '../../../shared/survey/contract.ts';
import type { ReportParams } from '../../../shared/reports/contract.ts';
import type { Context } from '../../journal/index.ts';
import { answerOf, emptyPaper, type EmptyPaper, type ReportSources } from '../paper.ts';

export type PaperSnapshot = z.output<typeof snapshotView>;

export function newestSnapshot(ctx: Context, { period }: ReportParams, sources: ReportSources): PaperSnapshot | null {
  return answerOf(sources['survey.snapshots'], ctx, period === undefined ? {} : { period }).snapshots[0] ?? null;
}

export function noSnapshot(ctx: Context): EmptyPaper {
  return ctx.office.agency === 'tax'
    ? emptyPaper('还没有冻结过底数，没有可以打印的底数。', '请先导入名册、测算资格，再由经办人冻结底数、复核人复核；或另选申报期。')
    : emptyPaper('还没有收到税务局的退税底数。', '请先导入税务局的退税底数交换包；或另选申报期。');
}

export function snapshotCovers({ period, number, version }: PaperSnapshot): readonly (readonly [string, string])[] {
  return [['申报期', periodLabel(period)], ['快照编号', `${number} 第 ${String(version)} 版`]];
}
