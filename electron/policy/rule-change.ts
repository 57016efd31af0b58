/**
 * 规则更正影响清单: the same rows judged under two policies, and for whom verdict, route, size or an amount differs. Pure; which rows and which
 * policies is the caller's. Totals run over every row, so that what did not change is counted as well.
 */
import type { Determination } from '../../shared/eligibility/model.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { evaluatorFor, type PaidBefore, type Policy } from '../eligibility/index.ts';

/** The part of a determination that a changed value may move. */
export type Side = {
  readonly verdict: Determination['verdict'];
  readonly route: Determination['route'];
  readonly size: Determination['size'];
  readonly existing: Fen | null;
  readonly incremental: Fen | null;
  readonly existingOpenFrom: TaxPeriod | null;
  readonly incrementalOpenFrom: TaxPeriod | null;
  readonly total: Fen;
};

export type Changed = { readonly period: TaxPeriod; readonly uscc: string; readonly name: string; readonly before: Side; readonly after: Side; readonly difference: Fen };

export type PeriodSums = { readonly rows: number; readonly changed: number; readonly unchanged: number; readonly before: Fen; readonly after: Fen; readonly difference: Fen };

export const noSums: PeriodSums = { rows: 0, changed: 0, unchanged: 0, before: 0n, after: 0n, difference: 0n };

/** One filing period under both policies. */
export function compareRules(
  rows: Iterable<RosterRow>, period: TaxPeriod, policies: { readonly before: Policy; readonly after: Policy }, paid: ReadonlyMap<string, PaidBefore>,
): { readonly lines: readonly Changed[]; readonly sums: PeriodSums } {
  const judgeBefore = evaluatorFor(period, policies.before, { paid });
  const judgeAfter = evaluatorFor(period, policies.after, { paid });
  const lines: Changed[] = [];
  let sums = noSums;
  for (const row of rows) {
    const before = sideOf(judgeBefore(row));
    const after = sideOf(judgeAfter(row));
    const difference = after.total - before.total;
    const differs = sideKeys.some((key) => before[key] !== after[key]);
    sums = addSums(sums, { rows: 1, changed: differs ? 1 : 0, unchanged: differs ? 0 : 1, before: before.total, after: after.total, difference });
    if (differs) lines.push({ period, uscc: row.uscc, name: row.name, before, after, difference });
  }
  return { lines, sums };
}

export function addSums(a: PeriodSums, b: PeriodSums): PeriodSums {
  return {
    rows: a.rows + b.rows, changed: a.changed + b.changed, unchanged: a.unchanged + b.unchanged,
    before: a.before + b.before, after: a.after + b.after, difference: a.difference + b.difference,
  };
}

/** Largest difference first, whichever its sign; then period and code. */
export function byDifference(a: Changed, b: Changed): number {
  const [sizeA, sizeB] = [a, b].map(({ difference }) => (difference < 0n ? -difference : difference)) as [Fen, Fen]; // two in, two out
  if (sizeA !== sizeB) return sizeA > sizeB ? -1 : 1;
  if (a.period !== b.period) return a.period < b.period ? -1 : 1;
  return a.uscc < b.uscc ? -1 : 1;
}

const sideKeys = ['verdict', 'route', 'size', 'existing', 'incremental', 'existingOpenFrom', 'incrementalOpenFrom', 'total'] as const satisfies readonly (keyof Side)[];

function sideOf({ verdict, route, size, refundableExisting, refundableIncremental, existingOpenFrom, incrementalOpenFrom, refundableTotal }: Determination): Side {
  return { verdict, route, size, existing: refundableExisting, incremental: refundableIncremental, existingOpenFrom, incrementalOpenFrom, total: refundableTotal };
}
