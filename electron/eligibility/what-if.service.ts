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
import { timeMachine } from './time-machine.ts';
import { whatIf } from './what-if.ts';

/** @param policyOf the policy in force in the office */
export function whatIfHandlers(policyOf: (ctx: Context) => Policy): HandlersOf<typeof whatIfContract> {
  return {
    'eligibility.whatIf': plain((ctx, { uscc, period }) => {
      const row = requiredRow(ctx, period, uscc);
      const policy = policyOf(ctx);
      return { ...whatIf(row, period, policy), changedSince: changedSince(ctx, period, policy) };
    }),
    'eligibility.timeMachine': plain((ctx, { uscc, period, from = firstFilingPeriod, until = taxPeriod(lastComparedPeriod) }) => {
      const row = requiredRow(ctx, period, uscc);
      if (from < firstFilingPeriod) refuse('PERIOD_BEFORE_POLICY', { period: from });
      if (from > until) refuse('PERIODS_REVERSED', { from, until });
      return timeMachine({ period, row, ownRows: rosterRowsOf(ctx.db, uscc), from, until }, policyOf(ctx));
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
