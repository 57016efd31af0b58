/**
 * 各时期对照: one taxpayer judged in every filing period of a span, equal answers side by side joined into runs. Months whose own roster row is in
 * the office use it; all others use the row of the chosen month as it stands, which is a comparison of rules and no finding about those months.
 * @source features.md A6
 */
import type { Determination, Finding, Verdict } from '../../shared/eligibility/model.ts';
import type { PeriodRun, TimeMachine } from '../../shared/eligibility/what-if-contract.ts';
import { present } from '../../shared/kernel/assert.ts';
import { addPeriods, periodLabel, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { evaluateRow } from './evaluate.ts';
import type { PaidBefore } from './paid-here.ts';
import type { Policy } from './policy.ts';

export type TimeMachineTerms = {
  /** The filing period whose row stands in for months without one. */
  readonly period: TaxPeriod;
  readonly row: RosterRow;
  /** Rows of the same taxpayer in other filing periods. */
  readonly ownRows: ReadonlyMap<TaxPeriod, RosterRow>;
  /** First and last filing period, from not before firstFilingPeriod and not after until. */
  readonly from: TaxPeriod;
  readonly until: TaxPeriod;
  /** What the ledger has paid, as it bears on a filing period. */
  readonly paidIn: (filing: TaxPeriod) => ReadonlyMap<string, PaidBefore>;
};

/** Judges every month and joins neighbours that answer alike in everything shown. */
export function timeMachine({ period, row, ownRows, from, until, paidIn }: TimeMachineTerms, policy: Policy): TimeMachine {
  const runs: PeriodRun[] = [];
  const used: TaxPeriod[] = [];
  for (let filing = from; filing <= until; filing = addPeriods(filing, 1)) {
    const own = filing === period ? undefined : ownRows.get(filing);
    if (own !== undefined) used.push(filing);
    const next = runOf(evaluateRow(own ?? row, filing, policy, { paid: paidIn(filing) }), own === undefined ? period : filing);
    const last = runs.at(-1);
    if (last !== undefined && alike(last, next)) runs[runs.length - 1] = { ...last, until: filing };
    else runs.push(next);
  }
  return { uscc: row.uscc, name: row.name, period, from, until, ownRows: used, runs, says: proviso(period, used) };
}

function proviso(period: TaxPeriod, used: readonly TaxPeriod[]): string {
  const others = used.length === 0 ? '其他申报期没有该户的名册' : `${used.map(periodLabel).join('、')}申报期用当期自己的名册`;
  return `以${periodLabel(period)}申报期的名册数字为准，${others}；没有名册的申报期仍用${periodLabel(period)}的数字，只供对照规则，不是对该期事实的认定`;
}

function runOf(judged: Determination, rowOf: TaxPeriod): PeriodRun {
  const {
    period, pack, verdict, route, size, ratio, refundRate, existingCredit, incrementalCredit, refundableExisting, refundableIncremental, refundableTotal, existingOpenFrom, incrementalOpenFrom,
  } = judged;
  const { rule, outcome, text, cites } = decidingFinding(judged);
  return {
    from: period, until: period, pack, rowOf, verdict, route, size, ratio, refundRate, existingCredit, incrementalCredit, refundableExisting, refundableIncremental, refundableTotal,
    existingOpenFrom, incrementalOpenFrom, deciding: { rule, outcome, text, cites },
  };
}

/** Rules that speak first for a verdict whose every finding is met. */
const speaking = ['refund', 'incrementalCredit', 'endingCredit'];
const lacking: readonly Verdict[] = ['needs-evidence'];

/** The finding that decides: the first that lacks evidence or is not met, as the verdict asks; otherwise the calculation. */
export function decidingFinding({ verdict, findings }: Pick<Determination, 'verdict' | 'findings'>): Finding {
  const open = findings.find(({ outcome }) => outcome === (lacking.includes(verdict) ? 'needsEvidence' : 'notMet'));
  const told = speaking.flatMap((rule) => findings.filter((finding) => finding.rule === rule));
  return present(open ?? told[0] ?? findings[0], 'a finding of a determination');
}

/** Equal in everything but the months; sentences that count months differ from month to month and are not compared. */
function alike(a: PeriodRun, b: PeriodRun): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf(run: PeriodRun): string {
  const { rule, outcome, cites } = run.deciding;
  const stated = { ...run, from: null, until: null, deciding: { rule, outcome, cites } };
  return JSON.stringify(stated, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
}
