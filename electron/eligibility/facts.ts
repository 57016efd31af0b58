/**
 * Facts of findings 判定事实 as they are kept and told: amounts as yuan text, months and dates as text. Writing them for a record and reading them back
 * for a sentence; which facts a rule has is the rule's business.
 */
import type { FindingFacts, Outcome } from '../../shared/eligibility/model.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { fenOfYuan, groupedText, yuanText, type Fen } from '../../shared/kernel/money.ts';
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
  return typeof fact === 'string' ? fenOfYuan(fact) : null;
}

/** `2022年4月` of the fact `2022-04`. @throws AssertionFault for a fact that is no month */
export function monthFact(fact: Fact): string {
  return periodLabel(taxPeriod(String(fact)));
}

/** A sentence that follows from the outcome alone. */
export function told(words: Readonly<Record<Outcome, string>>): (stated: { readonly outcome: Outcome }) => string {
  return ({ outcome }) => words[outcome];
}

/** Facts as JSON, in their order; keys and texts are the program's own words, codes, months and amounts. @param hides keys that are left out */
export function factsJson(facts: FindingFacts, hides?: readonly string[]): string {
  let text = '';
  for (const key in facts) {
    if (hides?.includes(key) === true) continue;
    const fact = facts[key];
    text += `${text === '' ? '' : ','}"${key}":${typeof fact === 'string' ? word(fact) : String(fact)}`;
  }
  return `{${text}}`;
}

/** JSON of codes, months, ratios, amounts and sentences of the program, none of which needs an escape. Nothing that a file said comes in but checked codes. */
export function word(text: string | null): string {
  return text === null ? 'null' : `"${text}"`;
}

/** Equal for an equal outcome and equal facts of one rule. */
export function factsKey(outcome: string, facts: FindingFacts): string {
  let key = outcome;
  for (const name in facts) key += `|${String(facts[name])}`;
  return key;
}

/** More than a county's few kinds of taxpayers ever need; beyond it they do not repeat. */
const rememberedMax = 4096;

/** What is made of a rule's outcome and facts, remembered where the facts repeat. Keys are looked up by rule and route first, so that they stay short. */
export class Remembered<T> {
  readonly #known = new Map<object, Map<unknown, Map<string, T>>>();

  of(rule: object, route: unknown, key: string, make: () => T): T {
    const ofRule = entryOf(this.#known, rule, () => new Map<unknown, Map<string, T>>());
    const texts = entryOf(ofRule, route, () => new Map<string, T>());
    const before = texts.get(key);
    if (before !== undefined) return before;
    const made = make();
    if (texts.size < rememberedMax) texts.set(key, made);
    return made;
  }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const before = map.get(key);
  if (before !== undefined) return before;
  const made = make();
  map.set(key, made);
  return made;
}
