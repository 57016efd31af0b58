/**
 * What a rule table still lacks, by name: citation, title, Chinese sentence, a golden case for each outcome it announces, and golden cases on both sides of its
 * edge. The table and the findings are given, so that a table with a fault in it can be asked too.
 */
import type { Rule } from '../../electron/eligibility/index.ts';
import type { Outcome } from '../../shared/eligibility/model.ts';

export type ShownFinding = {
  readonly rule: string;
  readonly outcome: Outcome;
  readonly text: string;
  /** Number of the golden case, and the rules at whose edge it says to lie. */
  readonly id: string;
  readonly boundary: readonly string[];
};

export type AskedRule = Pick<Rule, 'id' | 'title' | 'cites' | 'citesUnder' | 'bears' | 'outcomes'>;

const chineseSentence = /[\u4e00-\u9fff]{4}/;

/** @param articles headings that a citation may name */
export function ruleGaps(rules: readonly AskedRule[], shown: readonly ShownFinding[], articles: ReadonlySet<string>): string[] {
  return rules.flatMap((rule) => {
    const own = shown.filter((finding) => finding.rule === rule.id);
    const atEdge = own.filter(({ boundary }) => boundary.includes(rule.id));
    const cites = [...rule.cites, ...Object.values(rule.citesUnder ?? {}).flat()];
    return [
      ...(rule.title === '' ? ['a title'] : []),
      ...(cites.length === 0 ? ['a citation'] : []),
      ...cites.filter((cite) => !articles.has(cite)).map((cite) => `the article ${cite}`),
      ...rule.outcomes.filter((outcome) => !own.some((finding) => finding.outcome === outcome)).map((outcome) => `a golden case ${outcome}`),
      ...edgeGaps(rule, atEdge, shown),
      ...(own.every(({ text }) => chineseSentence.test(text)) ? [] : ['a Chinese sentence']),
    ].map((lack) => `${rule.id} lacks ${lack}`);
  });
}

/** A rule that can fail needs a case that just holds and one that just fails; a measure needs two cases on either side of what it measures. */
function edgeGaps({ id, bears, outcomes }: AskedRule, atEdge: readonly ShownFinding[], shown: readonly ShownFinding[]): string[] {
  if (bears === 'measure' || !outcomes.includes('notMet')) {
    // In some of these cases the rule is silent: the other side of its edge belongs to another route.
    return new Set(shown.filter(({ boundary }) => boundary.includes(id)).map((finding) => finding.id)).size >= 2 ? [] : ['a golden case on each side of its boundary'];
  }
  return (['met', 'notMet'] as const).filter((outcome) => !atEdge.some((finding) => finding.outcome === outcome)).map((outcome) => `a golden case ${outcome} at its boundary`);
}
