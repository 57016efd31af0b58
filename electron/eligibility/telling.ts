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

/** The finding as people and lines read it. @param facts as the rule states them */
export function findingTold(rule: Rule, outcome: KeptOutcome, facts: FindingFacts, telling: Telling): Finding {
  const open = outcome === 'harmless' || outcome === 'hopeless';
  const stated: Stated = { outcome: open ? 'needsEvidence' : outcome, facts, ...telling };
  const cites = (telling.route === null ? undefined : rule.citesUnder?.[telling.route]) ?? rule.cites;
  const more = [...(rule.alsoCites?.(stated) ?? []), ...(open ? ['reading/rows'] : [])];
  return {
    rule: rule.id,
    cites: more.length === 0 ? cites : [...new Set([...cites, ...more])],
    outcome: open ? 'met' : outcome,
    facts: shownFacts(rule, facts),
    text: open ? `${rule.says(stated)}；${outcome === 'hopeless' ? '无论取何值都不符合条件' : '无论取何值，结论、适用条款和金额都不变'}` : rule.says(stated),
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
