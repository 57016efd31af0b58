/**
 * Handler of 规则更正影响清单: the policies before and after an amendment (in force, waiting, or only thought of), the rosters of one filing period
 * or of all that were assessed, and what stands in the refunds of those taxpayers. Reads only.
 */
import { lookAlikeKey } from '../../shared/kernel/look-alike.ts';
import { nextStepFor, type AmendmentDraft, type RefundUnderWay } from '../../shared/policy/amendment.ts';
import type { amendmentContract } from '../../shared/policy/amendment-contract.ts';
import { refuse } from '../../shared/errors.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { type Context, type HandlersOf, plain } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { rosterRows, standingImport } from '../roster/index.ts';
import { judgeAmendment } from './amendments.ts';
import { amendmentsInForce, readAmendment } from './amendments.sql.ts';
import { changesShown } from './amendments.service.ts';
import { firstFilingPeriod, listAssessments, officePolicy, packDocument, paidBefore, type PaidRefunds } from '../eligibility/index.ts';
import { addSums, byDifference, compareRules, noSums, type Changed, type PeriodSums } from './rule-change.ts';
import { amendedResources, type Amending } from './policy-in-force.ts';

/** Refunds of a filing period by taxpayer code; from the capability above. */
export type RefundsUnderWay = (db: Database, period: TaxPeriod) => ReadonlyMap<string, RefundUnderWay>;

export function ruleChangeHandlers(refundsUnderWay: RefundsUnderWay, paidRefunds: PaidRefunds): HandlersOf<Pick<typeof amendmentContract, 'policy.ruleChange'>> {
  return {
    'policy.ruleChange': plain((ctx, { of, period, search, offset, limit }) => {
      const { earlier, amending, amendment } = of.kind === 'amendment' ? byNumber(ctx, of.no) : thoughtOf(ctx, of.draft);
      const resources = { before: amendedResources(ctx.resources, earlier), after: amendedResources(ctx.resources, [...earlier, amending]) };
      const policies = { before: officePolicy(resources.before), after: officePolicy(resources.after) };
      const periods: ({ period: TaxPeriod } & PeriodSums)[] = [];
      const changed: Changed[] = [];
      for (const asked of period === undefined ? listAssessments(ctx.db).map((one) => one.period) : [required(ctx, period)]) {
        const { lines, sums } = compareRules(rosterRows(ctx.db, asked), asked, policies, paidBefore(ctx.db, asked, paidRefunds(ctx.db)));
        periods.push({ period: asked, ...sums });
        changed.push(...lines);
      }
      const sought = search === undefined || search.trim() === '' ? changed : changed.filter(({ uscc, name }) => uscc.includes(search.trim().toUpperCase()) || lookAlikeKey(name).includes(lookAlikeKey(search)));
      const { pack } = amending.draft;
      return {
        title: amending.draft.title,
        amendment,
        changes: changesShown(packDocument(resources.before, pack).document, amending.draft),
        packs: [{ pack, before: policies.before.documents[pack].hash, after: policies.after.documents[pack].hash }],
        periods,
        total: periods.reduce<PeriodSums>(addSums, noSums),
        rows: withRefunds(ctx, sought.toSorted(byDifference).slice(offset, offset + limit), refundsUnderWay),
        count: sought.length,
      };
    }),
  };
}

type Terms = { readonly earlier: readonly Amending[]; readonly amending: Amending; readonly amendment: string | null };

/** One in force is compared with what stood before it took effect, so that its list can be made again at any time. */
function byNumber(ctx: Context, no: string): Terms {
  const found = readAmendment(ctx.db, no) ?? refuse('AMENDMENT_UNKNOWN', { no });
  const inForce = amendmentsInForce(ctx.db);
  if (found.state === 'in-force') return { earlier: inForce.filter((one) => (one.place ?? 0) < (found.place ?? 0)), amending: found, amendment: no };
  const checked = thoughtOf(ctx, found.draft);
  return { ...checked, amending: found, amendment: no };
}

function thoughtOf(ctx: Context, draft: AmendmentDraft): Terms {
  const earlier = amendmentsInForce(ctx.db);
  const fault = judgeAmendment(packDocument(amendedResources(ctx.resources, earlier), draft.pack).document, draft, ctx.today);
  if (fault !== null) throw fault;
  return { earlier, amending: { no: '', draft }, amendment: null };
}

function required(ctx: Context, period: TaxPeriod): TaxPeriod {
  if (period < firstFilingPeriod) refuse('PERIOD_BEFORE_POLICY', { period });
  if (standingImport(ctx.db, period) === null) refuse('ROSTER_MISSING', { period });
  return period;
}

function withRefunds(ctx: Context, lines: readonly Changed[], refundsUnderWay: RefundsUnderWay) {
  const refunds = new Map([...new Set(lines.map(({ period }) => period))].map((period) => [period, refundsUnderWay(ctx.db, period)]));
  return lines.map((line) => {
    const refund = refunds.get(line.period)?.get(line.uscc) ?? null;
    return {
      ...line,
      refund: refund === null ? null : { no: refund.refund, state: refund.stateName },
      nextStep: nextStepFor(refund?.phase ?? null, line.difference, line.before.route !== line.after.route),
    };
  });
}
