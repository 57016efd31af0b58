/**
 * Handlers of 差多少就符合 and 各时期对照: find the row in the standing roster, judge it with the policy of the office, change nothing. Which roster and
 * policy were used against the ones assessed is said, so that a difference from the explanation in the ledger has its reason beside it.
 */
import { lastComparedPeriod, type whatIfContract } from '../../shared/eligibility/what-if-contract.ts';
import { refuse } from '../../shared/errors.ts';
import { taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { type Context, type HandlersOf, plain } from '../journal/index.ts';
import { findRosterRow, rosterRowsOf, standingImport } from '../roster/index.ts';
import { readAssessment } from './determinations.sql.ts';
import { firstFilingPeriod, packFor, type Policy } from './policy.ts';
import { paidBefore, type PaidBefore, type PaidRefunds } from './paid-here.ts';
import { timeMachine } from './time-machine.ts';
import { whatIf } from './what-if.ts';

/** @param policyOf the policy in force in the office */
export function whatIfHandlers(policyOf: (ctx: Context) => Policy, paidRefunds: PaidRefunds): HandlersOf<typeof whatIfContract> {
  /** Payments to one taxpayer, as they bear on a filing period. */
  const paidOf = (ctx: Context, uscc: string): ((period: TaxPeriod) => ReadonlyMap<string, PaidBefore>) => {
    const paid = Array.from(paidRefunds(ctx.db)).filter((one) => one.uscc === uscc);
    return (period) => paidBefore(ctx.db, period, paid);
  };
  return {
    'eligibility.whatIf': plain((ctx, { uscc, period }) => {
      const policy = policyOf(ctx);
      const paid = paidOf(ctx, uscc)(period);
      return { ...whatIf(requiredRow(ctx, period, uscc), period, policy, { paid }), changedSince: changedSince(ctx, period, policy) };
    }),
    'eligibility.timeMachine': plain((ctx, { uscc, period, from = firstFilingPeriod, until = taxPeriod(lastComparedPeriod) }) => {
      const row = requiredRow(ctx, period, uscc);
      if (from < firstFilingPeriod) refuse('PERIOD_BEFORE_POLICY', { period: from });
      if (from > until) refuse('PERIODS_REVERSED', { from, until });
      return timeMachine({ period, row, ownRows: rosterRowsOf(ctx.db, uscc), from, until, paidIn: paidOf(ctx, uscc) }, policyOf(ctx));
    }),
  };
}

function requiredRow(ctx: Context, period: TaxPeriod, uscc: string): RosterRow {
  if (period < firstFilingPeriod) refuse('PERIOD_BEFORE_POLICY', { period });
  return findRosterRow(ctx.db, period, uscc) ?? refuse('ROSTER_TAXPAYER_UNKNOWN', { period, uscc });
}

/** Whether the ledger's own answer rests on another roster or on other rules; false where nothing was assessed yet. */
function changedSince(ctx: Context, period: TaxPeriod, policy: Policy): boolean {
  const assessed = readAssessment(ctx.db, period);
  if (assessed === null) return false;
  const sources = packFor(policy, period)?.sources ?? [];
  return assessed.rosterHash !== standingImport(ctx.db, period)?.contentHash || sources.some(({ hash }) => !assessed.packs.some((pack) => pack.hash === hash));
}
