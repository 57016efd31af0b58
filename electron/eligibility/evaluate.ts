/**
 * Evaluates one roster row for one filing period: facts, answer over all alternatives, findings, verdict. The order of work is the same
 * for every pack; what is asked stands in the packs. Pure: the same row, period and policy give the same determination.
 * @source shared spec headless.md (`evaluate`), readings.md
 */
import type { Determination, Finding, PackId, Size, Verdict } from '../../shared/eligibility/model.ts';
import { assert, present } from '../../shared/kernel/assert.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { answerOver } from './alternatives.ts';
import { ratioShown } from './composition-ratio.ts';
import { adjustedEndingCredit, existingRefundedBefore } from './credit.ts';
import { rowNotices } from './notices.ts';
import type { Answer, CaseFacts, FilingTerms, Pack, Question, Rule, RuleFacts } from './pack.ts';
import { firstFilingPeriod, packFor, type Policy } from './policy.ts';
import { listingAlternatives, shareOf, shareShown } from './share.ts';
import { sizeBasis, sizeMargins } from './size-basis.ts';
import { sizing as sizingOf } from './size.ts';
import { verdictOf, type Weight } from './verdict.ts';

export type EvaluationOptions = {
  /** `--pack`: this pack instead of the one in force, with a warning. */
  readonly pack?: PackId;
};

/** Evaluates rows of one filing period; what depends on the period alone is worked out once. */
export type Evaluator = (row: RosterRow) => Determination;

/**
 * @param filing filing period 申报期, not before firstFilingPeriod (the caller refuses earlier ones as wrong usage)
 * @throws AssertionFault for an earlier period
 */
export function evaluatorFor(filing: TaxPeriod, policy: Policy, options: EvaluationOptions = {}): Evaluator {
  assert(filing >= firstFilingPeriod, 'no pack covers the filing period');
  const inForce = present(packFor(policy, filing), 'a pack for the filing period');
  const pack = options.pack === undefined ? inForce : policy.packs[options.pack];
  const terms = pack.forFiling(filing);
  const override = pack === inForce ? [] : [`按指定的政策包${pack.id}计算；${filing}申报期适用的是${inForce.id}`];
  return (row) => determine(row, { filing, policy, pack, terms, override });
}

/** One row; for many rows of a period take an evaluator once. */
export function evaluateRow(row: RosterRow, filing: TaxPeriod, policy: Policy, options: EvaluationOptions = {}): Determination {
  return evaluatorFor(filing, policy, options)(row);
}

type Run = {
  readonly filing: TaxPeriod;
  readonly policy: Policy;
  readonly pack: Pack;
  readonly terms: FilingTerms;
  readonly override: readonly string[];
};

function determine(row: RosterRow, run: Run): Determination {
  const { filing, pack, terms } = run;
  const facts = caseFacts(row, run);
  const answer = answerOver(facts, terms);
  const { findings, weights } = findingsOf(pack.rules, { ...facts, answer });
  const verdict = verdictOf(weights, answer);
  const margins = sizeMargins(row, facts.sizing);
  const shown = terms.shownTest === null ? null : present(facts.shares[terms.shownTest], 'the share shown');
  const size: Size = facts.size ?? 'undetermined';
  const ratio = answer.ratioUsed === null ? null : facts[answer.ratioUsed];
  const amounts = verdict === 'out-of-scope' ? outOfScope : answer;
  return {
    row: row.row,
    uscc: row.uscc,
    name: row.name,
    period: filing,
    pack: pack.id,
    sources: pack.sources,
    route: amounts.route,
    size,
    sizeBasis: sizeBasis(facts.sizing, margins),
    sizeMargins: margins,
    listedIndustry: shown === null ? null : shown.listed,
    listedShare: shown === null ? null : shareShown(shown, terms.shareScale),
    verdict,
    endingCredit: facts.ending,
    existingCredit: amounts.existingCredit,
    incrementalCredit: amounts.incrementalCredit,
    ratio: ratioShown(ratio, terms.ratioScale),
    refundRate: amounts.refundRate,
    refundableExisting: amounts.refundableExisting,
    refundableIncremental: amounts.refundableIncremental,
    refundableTotal: totalOf(verdict, answer),
    existingOpenFrom: amounts.existingOpenFrom,
    incrementalOpenFrom: amounts.incrementalOpenFrom,
    warnings: [...run.override, ...rowNotices(row, filing, facts.sizing), ...terms.warnings(row), ...answer.warnings],
    findings,
  };
}

/** No route, hence no amounts of a route: who is out of scope has only the credit of the return. */
const outOfScope: Pick<
  Determination,
  'route' | 'existingCredit' | 'incrementalCredit' | 'refundRate' | 'refundableExisting' | 'refundableIncremental' | 'existingOpenFrom' | 'incrementalOpenFrom'
> = {
  route: null,
  existingCredit: null,
  incrementalCredit: null,
  refundRate: null,
  refundableExisting: null,
  refundableIncremental: null,
  existingOpenFrom: null,
  incrementalOpenFrom: null,
};

/** Reading "Amounts": nought for every verdict but refundable. */
function totalOf(verdict: Verdict, answer: Answer): bigint {
  return verdict === 'refundable' ? present(answer.total, 'an agreed total') : 0n;
}

function caseFacts(row: RosterRow, { filing, policy, terms }: Run): CaseFacts {
  const sized = sizingOf(row, policy.standards);
  const shares = terms.listingTests.map((test) => shareOf(row, test, terms.shareTerms));
  const figures = terms.figures(row);
  const { endingCredit, exportRefundDue, vatArrears } = row;
  return {
    row,
    filing,
    sizing: sized,
    size: sized.size,
    shares,
    listings: listingAlternatives(shares, row.salesMonths, terms.shareTerms),
    ending: endingCredit === null ? null : adjustedEndingCredit({ endingCredit, exportRefundDue, vatArrears }),
    base: row.baseCredit,
    existingRefunded: existingRefundedBefore(row.existingRefundedOn, filing),
    recent: figures.recent,
    firstCounted: figures.firstCounted,
    yearEnd: row.prevYearEndCredit,
    ratioDetail: figures.ratio,
    yearRatioDetail: figures.yearRatio,
    ratio: figures.ratio.value,
    yearRatio: figures.yearRatio === null ? null : figures.yearRatio.value,
  };
}

/** Findings in the order of the pack's rules. A rule of one route speaks when that route answers, or when its blank keeps the answer open. */
function findingsOf(rules: readonly Rule[], facts: RuleFacts): { findings: readonly Finding[]; weights: readonly Weight[] } {
  const { route, deciding } = facts.answer;
  const findings: Finding[] = [];
  const weights: Weight[] = [];
  for (const rule of rules) {
    const decides = rule.asks?.some((question: Question) => deciding.has(question)) ?? false;
    if (rule.routes !== undefined && (route === null ? !decides : !rule.routes.includes(route))) continue;
    const decision = rule.decide(facts);
    if (rule.routes !== undefined && route === null && decision.outcome !== 'needsEvidence') continue;
    // A blank that no value of which changes the answer is no lack of evidence (readings.md, Rows). A condition that is not known to
    // hold is never called met beside another that fails.
    const failedAnyway = rule.bears === 'condition' && facts.answer.neverEntitled;
    const harmless = decision.outcome === 'needsEvidence' && rule.asks !== undefined && !decides && !failedAnyway;
    const cites = (route === null ? undefined : rule.citesUnder?.[route]) ?? rule.cites;
    const outcome = harmless ? 'met' : decision.outcome;
    const more = [...(decision.alsoCites ?? []), ...(harmless ? ['reading/rows'] : [])];
    findings.push({
      rule: rule.id,
      cites: more.length === 0 ? cites : [...new Set([...cites, ...more])],
      outcome,
      facts: decision.facts,
      text: harmless ? `${decision.text}；${facts.answer.neverEntitled ? '无论取何值都不符合条件' : '无论取何值，结论、适用条款和金额都不变'}` : decision.text,
    });
    weights.push({ bears: rule.bears, outcome, throughAnswer: rule.asks !== undefined });
  }
  return { findings, weights };
}
