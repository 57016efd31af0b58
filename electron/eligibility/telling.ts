/**
 * Findings and determinations in words 判定说明: sentences and citations made from the facts of a judgement, when it is shown, printed or written as a line
 * of `evaluate`. Says what was judged; judges nothing.
 * @source shared spec headless.md (`evaluate`), readings.md (Rows)
 */
import type { Determination, Finding, FindingFacts, KeptOutcome, RouteId } from '../../shared/eligibility/model.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Judgement } from './evaluate.ts';
import type { Rule, Stated } from './pack.ts';
import { sizeBasis, sizeGrounds } from './size-basis.ts';
import type { SizeStandards } from './size-standards.ts';
import { warningText } from './warnings.ts';

/** What all findings of a determination are told with. */
export type Telling = { readonly filing: TaxPeriod; readonly route: RouteId | null; readonly standards: SizeStandards };

/** What a sentence is told from. A blank that does not matter is told of as what it is: a lack of evidence. */
export function statedOf(outcome: KeptOutcome, facts: FindingFacts, telling: Telling): Stated {
  return { outcome: isOpen(outcome) ? 'needsEvidence' : outcome, facts, filing: telling.filing, route: telling.route, standards: telling.standards };
}

function isOpen(outcome: KeptOutcome): outcome is 'harmless' | 'hopeless' {
  return outcome === 'harmless' || outcome === 'hopeless';
}

export function sentenceOf(rule: Rule, outcome: KeptOutcome, facts: FindingFacts, telling: Telling): string {
  const said = rule.says(statedOf(outcome, facts, telling));
  if (!isOpen(outcome)) return said;
  return `${said}；${outcome === 'hopeless' ? '无论取何值都不符合条件' : '无论取何值，结论、适用条款和金额都不变'}`;
}

/** The finding as people and lines read it. @param facts as the rule states them */
export function findingTold(rule: Rule, outcome: KeptOutcome, facts: FindingFacts, telling: Telling): Finding {
  const cites = (telling.route === null ? undefined : rule.citesUnder?.[telling.route]) ?? rule.cites;
  const more = [...(rule.alsoCites?.(statedOf(outcome, facts, telling)) ?? []), ...(isOpen(outcome) ? ['reading/rows'] : [])];
  return {
    rule: rule.id,
    cites: more.length === 0 ? cites : [...new Set([...cites, ...more])],
    outcome: isOpen(outcome) ? 'met' : outcome,
    facts: shownFacts(rule, facts),
    text: sentenceOf(rule, outcome, facts, telling),
  };
}

/** What only the sentence needs is left out. */
function shownFacts({ hides }: Rule, facts: FindingFacts): FindingFacts {
  if (hides === undefined) return facts;
  return Object.fromEntries(Object.entries(facts).filter(([key]) => !hides.includes(key)));
}

/** The determination of a judgement, every sentence made. */
export function determinationOf({ row, run, figures, facts, warnings, findings }: Judgement): Determination {
  const telling = { filing: run.filing, route: facts.answer.route, standards: run.policy.standards };
  const grounds = sizeGrounds(row, facts.sizing);
  return {
    row: row.row,
    uscc: row.uscc,
    name: row.name,
    period: run.filing,
    pack: run.pack.id,
    sources: run.pack.sources,
    route: figures.verdict === 'out-of-scope' ? null : facts.answer.route,
    sizeBasis: sizeBasis(grounds),
    sizeMargins: grounds.margins,
    ...figures,
    warnings: warnings.map(warningText),
    findings: findings.map(({ rule, outcome }) => findingTold(rule, outcome, rule.states(facts), telling)),
  };
}
