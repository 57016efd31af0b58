/**
 * The form of a paper 纸面: what one report's file gives, filled or empty, and what it may ask. A paper asks only what operations of the
 * table already answer, so that paper and screen can never say different things.
 */
import { assert } from '../../shared/kernel/assert.ts';
import type { administrationContract } from '../../shared/administration/contract.ts';
import type { amendmentContract } from '../../shared/policy/amendment-contract.ts';
import type { eligibilityContract } from '../../shared/eligibility/contract.ts';
import type { scheduleContract } from '../../shared/policy/schedule-contract.ts';
import type { surveyContract } from '../../shared/survey/contract.ts';
import type { exchangeContract } from '../../shared/exchange/contract.ts';
import type { refundsContract } from '../../shared/refunds/contract.ts';
import type { treasuryContract } from '../../shared/treasury/contract.ts';
import type { ReportParams } from '../../shared/reports/contract.ts';
import type { AnyHandler, Context, HandlersOf } from '../journal/index.ts';
import type { Markup } from './markup.ts';

/** Handlers of the queries that papers are made from; the composition root gives them. */
export type ReportSources = HandlersOf<
  Pick<typeof eligibilityContract, 'eligibility.explain' | 'eligibility.list' | 'eligibility.periods'> &
    Pick<typeof amendmentContract, 'policy.amendments' | 'policy.ruleChange'> &
    typeof scheduleContract &
    Pick<typeof surveyContract, 'survey.snapshots' | 'survey.table' | 'survey.lines' | 'survey.funnel'> &
    Pick<typeof refundsContract, 'refunds.batches' | 'refunds.get' | 'refunds.list' | 'refunds.monthly'> &
    Pick<typeof treasuryContract, 'treasury.batches' | 'treasury.get' | 'treasury.list'> &
    Pick<typeof administrationContract, 'administration.operators'> &
    Pick<typeof exchangeContract, 'exchange.listPackages' | 'keys.show' | 'exchange.openings'>
>;

/** Data behind a paper; its digest stands at the foot. */
export type PaperData = Readonly<Record<string, unknown>>;

export type FilledPaper = {
  readonly kind: 'filled';
  /** Where this office calls it otherwise than the table of reports. */
  readonly title?: string;
  readonly covers: readonly (readonly [string, string])[];
  readonly inYuan: boolean;
  readonly body: Markup;
  readonly data: PaperData;
  /** What the file is about, for its name, e.g. `PC-2022-0001`. */
  readonly about: string;
  /** Head, rows and totals as text for CSV; null where the report is no table. */
  readonly table: readonly (readonly string[])[] | null;
};

/** Nothing to print yet: a page that says so and what to do first. */
export type EmptyPaper = { readonly kind: 'empty'; readonly says: string; readonly next: string };

export type Paper = (ctx: Context, params: ReportParams, sources: ReportSources) => FilledPaper | EmptyPaper;

export function emptyPaper(says: string, next: string): EmptyPaper {
  return { kind: 'empty', says, next };
}

/** The answer of a synchronous query. */
export function answerOf<I, O>(handler: AnyHandler<I, O>, ctx: Context, input: I): O {
  assert(handler.kind === 'plain', 'a paper asks synchronous queries only');
  return handler.run(ctx, input);
}

const windowRows = 1000;

/** Every row of a windowed list. */
export function everyRow<R>(page: (window: { readonly offset: number; readonly limit: number }) => readonly R[]): R[] {
  const rows: R[] = [];
  for (;;) {
    const found = page({ offset: rows.length, limit: windowRows });
    rows.push(...found);
    if (found.length < windowRows) return rows;
  }
}
