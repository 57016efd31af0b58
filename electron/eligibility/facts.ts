/**
 * Facts of findings 判定事实 as they are kept and told: amounts as yuan text, months and dates as text. Writing them for a record and reading them back
 * for a sentence; which facts a rule has is the rule's business.
 */
import type { FindingFacts, Outcome } from '../../shared/eligibility/model.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { groupedText, yuanText, type Fen } from '../../shared/kernel/money.ts';
import { periodLabel, taxPeriod } from '../../shared/kernel/tax-period.ts';

export type Fact = FindingFacts[string] | undefined;

export function amountFact(fen: Fen | null): string | null {
  return fen === null ? null : yuanText(fen);
}

/** `1,234.50` of the fact `1234.50`. @throws AssertionFault for a fact that is no text */
export function groupedFact(fact: Fact): string {
  assert(typeof fact === 'string', 'an amount is stated');
  return groupedText(fact);
}

/** Fen of a stated amount; null where it was not known. Amounts worked out by the program may have more digits than a cell. */
export function fenFact(fact: Fact): Fen | null {
  return typeof fact === 'string' ? BigInt(fact.replace('.', '')) : null;
}

/** `2022年4月` of the fact `2022-04`. @throws AssertionFault for a fact that is no month */
export function monthFact(fact: Fact): string {
  return periodLabel(taxPeriod(String(fact)));
}

/** A sentence that follows from the outcome alone. */
export function told(words: Readonly<Record<Outcome, string>>): (stated: { readonly outcome: Outcome }) => string {
  return ({ outcome }) => words[outcome];
}
