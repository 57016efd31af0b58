/**
 * Oracle of refund eligibility: the verdict on one taxpayer with nothing blank, and the answer over all that the blanks leave
 * possible. Headless "verdict"; readings "Rows": a blank decides only if some value of it would change verdict, route or amount.
 */
import type { Standing } from './conditions.ts';
import type { Entitlement } from './entitlement.ts';

export type Verdict = 'out-of-scope' | 'ineligible' | 'needs-evidence' | 'suspended' | 'not-open' | 'nothing-due' | 'refundable';

export type Judged = { readonly verdict: Verdict; readonly total: bigint };

/** The first that applies, in the order of the headless page. */
export function judge(standing: Standing, pendingExportRefund: boolean, filing: string, endingCredit: bigint, given: Entitlement): Judged {
  const none = (verdict: Verdict): Judged => ({ verdict, total: 0n });

  if (standing.outOfScope) return none('out-of-scope');
  if (standing.notMet || !given.met) return none('ineligible');

  if (pendingExportRefund) return none('needs-evidence');
  // Without any credit the ratio is not needed.
  if (endingCredit > 0n && given.ratio === null) return none('needs-evidence');

  if (standing.suspended) return none('suspended');

  const existing = given.refundableExisting ?? 0n;
  const incremental = given.refundableIncremental ?? 0n;
  const existingOpen = given.existingOpenFrom === null || given.existingOpenFrom <= filing;
  const incrementalOpen = given.incrementalOpenFrom === null || given.incrementalOpenFrom <= filing;
  const total = (existingOpen ? existing : 0n) + (incrementalOpen ? incremental : 0n);
  if (total > 0n) return { verdict: 'refundable', total };
  if (existing > 0n || incremental > 0n) return none('not-open');
  return none('nothing-due');
}

/** One way in which the blanks may be filled, judged. */
export type Outcome = { readonly judged: Judged; readonly given: Entitlement };

export function verdictOver(outcomes: readonly Outcome[]): Verdict {
  const verdicts = new Set(outcomes.map((outcome) => outcome.judged.verdict));
  const [first] = outcomes;
  if (first === undefined) throw new Error('no outcome is possible');

  if ([...verdicts].every((verdict) => verdict === 'out-of-scope')) return 'out-of-scope';
  // Ineligible whatever the blanks are: it comes before needs-evidence.
  if ([...verdicts].every((verdict) => verdict === 'out-of-scope' || verdict === 'ineligible')) return 'ineligible';

  const oneAnswer = outcomes.every(
    (outcome) =>
      outcome.judged.verdict === first.judged.verdict &&
      outcome.judged.total === first.judged.total &&
      outcome.given.route === first.given.route &&
      outcome.given.refundableExisting === first.given.refundableExisting &&
      outcome.given.refundableIncremental === first.given.refundableIncremental,
  );
  return oneAnswer ? first.judged.verdict : 'needs-evidence';
}
