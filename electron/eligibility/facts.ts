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

/** Facts as JSON, in their order; keys are the program's own words. @param hides keys that are left out */
export function factsJson(facts: FindingFacts, hides?: readonly string[]): string {
  let text = '';
  for (const key in facts) {
    if (hides?.includes(key) === true) continue;
    const fact = facts[key];
    text += `${text === '' ? '' : ','}"${key}":${typeof fact === 'string' ? JSON.stringify(fact) : String(fact)}`;
  }
  return `{${text}}`;
}

/** Equal for equal facts of one rule. */
export function factsKey(facts: FindingFacts): string {
  let key = '';
  for (const name in facts) key += `${String(facts[name])}|`;
  return key;
}

/** More texts than a county's few kinds of taxpayers ever need; beyond it they do not repeat. */
const rememberedMax = 4096;

/** A text worked out once a key; null = not to be remembered. */
export function remembered<Given extends readonly unknown[]>(keyOf: (...given: Given) => string | null, make: (...given: Given) => string): (...given: Given) => string {
  const known = new Map<string, string>();
  return (...given) => {
    const key = keyOf(...given);
    if (key === null) return make(...given);
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(...given);
    if (known.size < rememberedMax) known.set(key, made);
    return made;
  };
}
