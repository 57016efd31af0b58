/**
 * The verdict 结论 out of findings and answer, in the fixed precedence: out-of-scope, ineligible, needs-evidence, suspended, not-open,
 * nothing-due, refundable. Knows bearings, not rules.
 * @source shared spec headless.md (precedence), readings.md
 */
import type { Outcome, Verdict } from '../../shared/eligibility/model.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { Answer, Bearing } from './pack.ts';

/** A finding as far as the verdict needs it: rules that ask open figures speak through the answer, not for themselves. */
export type Weight = { readonly bears: Bearing; readonly outcome: Outcome; readonly throughAnswer: boolean };

export function verdictOf(weights: readonly Weight[], answer: Answer): Verdict {
  const has = (bears: Bearing, outcome: Outcome): boolean =>
    weights.some((weight) => weight.bears === bears && weight.outcome === outcome && !weight.throughAnswer);
  if (has('scope', 'notMet')) return 'out-of-scope';
  if (has('condition', 'notMet') || answer.neverEntitled) return 'ineligible';
  const lacking = has('scope', 'needsEvidence') || has('condition', 'needsEvidence') || has('measure', 'needsEvidence');
  if (lacking || !answer.agreed) return 'needs-evidence';
  if (has('suspension', 'notMet')) return 'suspended';
  if (has('suspension', 'needsEvidence')) return 'needs-evidence';
  return present(answer.standing, 'an agreed answer has a standing');
}
