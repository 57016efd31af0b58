/**
 * Evaluates one roster row for one filing period: facts, answer over all alternatives, findings, verdict. The order of work is the same
 * for every pack; what is asked stands in the packs. Pure: the same row, period and policy give the same judgement. No sentence is made here (telling.ts).
 * @source shared spec headless.md (`evaluate`), readings.md
 */
import type { Determination, KeptOutcome, PackId, Verdict } from '../../shared/eligibility/model.ts';
import { assert, present } from '../../shared/kernel/assert.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { answererFor } from './alternatives.ts';
import { ratioShown } from './composition-ratio.ts';
import { endingCreditOf, existingRefundedBefore } from './credit.ts';
import { rowNotices } from './notices.ts';
import { paidHereRule, rowAsPaid, type PaidBefore } from './paid-here.ts';
import type { Answer, CaseFacts, FilingTerms, Pack, Question, Rule, RuleFacts } from './pack.ts';
import { firstFilingPeriod, packFor, type Policy } from './policy.ts';
import { listingAlternatives, shareOf, shareShown } from './share.ts';
import { sizing as sizingOf } from './size.ts';
import { determinationOf } from './telling.ts';
import { verdictOf, type Weight } from './verdict.ts';
import type { Warning } from './warnings.ts';

export type EvaluationOptions = {
  /** `--pack`: this pack instead of the one in force, with a warning. */
  readonly pack?: PackId;
  /** What the office's ledger has paid, by taxpayer code; absent without an office. */
  readonly paid?: ReadonlyMap<string, PaidBefore>;
};

/** What the figures of a determination are; amounts in fen. Of who is out of scope only the credit of the return is known. */
export type JudgedFigures = Pick<
  Determination,
  | 'size' | 'listedIndustry' | 'listedShare' | 'verdict' | 'endingCredit' | 'existingCredit' | 'incrementalCredit' | 'ratio' | 'refundRate'
  | 'refundableExisting' | 'refundableIncremental' | 'refundableTotal' | 'existingOpenFrom' | 'incrementalOpenFrom'
>;

/** A row judged: figures, and findings of which the facts are stated and the sentences made when they are wanted. */
export type Judgement = {
  readonly row: RosterRow;
  readonly run: Run;
  readonly figures: JudgedFigures;
  readonly facts: RuleFacts;
  readonly warnings: readonly Warning[];
  readonly findings: readonly JudgedFinding[];
};

export type JudgedFinding = { readonly rule: Rule; readonly outcome: KeptOutcome };

/** What is the same for every row of a period. */
export type Run = {
  readonly filing: TaxPeriod;
  readonly policy: Policy;
  readonly pack: Pack;
  readonly terms: FilingTerms;
  readonly answer: (facts: CaseFacts) => Answer;
  readonly named: readonly Warning[];
  readonly paid: ReadonlyMap<string, PaidBefore> | null;
};

/** Judges rows of one filing period; what depends on the period alone is worked out once. */
export type Judge = (row: RosterRow) => Judgement;
/** The same with every sentence made. */
export type Evaluator = (row: RosterRow) => Determination;

/**
 * @param filing filing period 申报期, not before firstFilingPeriod (the caller refuses earlier ones as wrong usage)
 * @throws AssertionFault for an earlier period
 */
export function judgeFor(filing: TaxPeriod, policy: Policy, options: EvaluationOptions = {}): Judge {
  assert(filing >= firstFilingPeriod, 'no pack covers the filing period');
  const inForce = present(packFor(policy, filing), 'a pack for the filing period');
  const pack = options.pack === undefined ? inForce : policy.packs[options.pack];
  const named: readonly Warning[] = pack === inForce ? [] : [{ code: 'packNamed', facts: { pack: pack.id, filing, inForce: inForce.id } }];
  const terms = pack.forFiling(filing);
  const run = { filing, policy, pack, terms, answer: answererFor(terms), named, paid: options.paid ?? null };
  return (row) => {
    const paid = run.paid?.get(row.uscc) ?? null;
    return judged(rowAsPaid(row, paid), run, paid);
  };
}

export function evaluatorFor(filing: TaxPeriod, policy: Policy, options: EvaluationOptions = {}): Evaluator {
  const judge = judgeFor(filing, policy, options);
  return (row) => determinationOf(judge(row));
}

/** One row; for many rows of a period take an evaluator once. */
export function evaluateRow(row: RosterRow, filing: TaxPeriod, policy: Policy, options: EvaluationOptions = {}): Determination {
  return evaluatorFor(filing, policy, options)(row);
}

function judged(row: RosterRow, run: Run, paid: PaidBefore | null): Judgement {
  const { filing, pack, terms } = run;
  const known = caseFacts(row, run, paid);
  const answer = run.answer(known);
  const facts = { ...known, answer };
  const { findings, weights } = findingsOf(paid === null ? pack.rules : [...pack.rules, paidHereRule], facts);
  const verdict = verdictOf(weights, answer);
  const shown = terms.shownTest === null ? null : present(known.shares[terms.shownTest], 'the share shown');
  const ratio = answer.ratioUsed === null ? null : known[answer.ratioUsed];
  const amounts = verdict === 'out-of-scope' ? outOfScope : answer;
  return {
    row, run, facts, findings,
    figures: {
      size: known.size ?? 'undetermined',
      listedIndustry: shown === null ? null : shown.listed,
      listedShare: shown === null ? null : shareShown(shown, terms.shareScale),
      verdict,
      endingCredit: known.ending,
      existingCredit: amounts.existingCredit,
      incrementalCredit: amounts.incrementalCredit,
      ratio: ratioShown(ratio, terms.ratioScale),
      refundRate: amounts.refundRate,
      refundableExisting: amounts.refundableExisting,
      refundableIncremental: amounts.refundableIncremental,
      refundableTotal: totalOf(verdict, answer),
      existingOpenFrom: amounts.existingOpenFrom,
      incrementalOpenFrom: amounts.incrementalOpenFrom,
    },
    warnings: [...run.named, ...rowNotices(row, filing, known.sizing), ...terms.warnings(row), ...answer.warnings],
  };
}

/** No route, hence no amounts of a route: who is out of scope has only the credit of the return. */
const outOfScope: Pick<
  JudgedFigures,
  'existingCredit' | 'incrementalCredit' | 'refundRate' | 'refundableExisting' | 'refundableIncremental' | 'existingOpenFrom' | 'incrementalOpenFrom'
> = {
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

function caseFacts(row: RosterRow, { filing, policy, terms }: Run, paid: PaidBefore | null): CaseFacts {
  const sized = sizingOf(row, policy.standards);
  const shares = terms.listingTests.map((test) => shareOf(row, test, terms.shareTerms));
  const figures = terms.figures(row);
  return {
    row,
    filing,
    sizing: sized,
    size: sized.size,
    shares,
    listings: listingAlternatives(shares, row.salesMonths, terms.shareTerms),
    ending: endingCreditOf(row),
    base: row.baseCredit,
    existingRefunded: existingRefundedBefore(row.existingRefundedOn, filing),
    recent: figures.recent,
    firstCounted: figures.firstCounted,
    yearEnd: row.prevYearEndCredit,
    ratioDetail: figures.ratio,
    yearRatioDetail: figures.yearRatio,
    ratio: figures.ratio.value,
    yearRatio: figures.yearRatio === null ? null : figures.yearRatio.value,
    paid,
  };
}

/** Findings in the order of the pack's rules. A rule of one route speaks when that route answers, or when its blank keeps the answer open. */
function findingsOf(rules: readonly Rule[], facts: RuleFacts): { findings: readonly JudgedFinding[]; weights: readonly Weight[] } {
  const { route, deciding, neverEntitled } = facts.answer;
  const findings: JudgedFinding[] = [];
  const weights: Weight[] = [];
  for (const rule of rules) {
    const decides = deciding.size > 0 && (rule.asks?.some((question: Question) => deciding.has(question)) ?? false);
    if (rule.routes !== undefined && (route === null ? !decides : !rule.routes.includes(route))) continue;
    const decided = rule.decide(facts);
    if (rule.routes !== undefined && route === null && decided !== 'needsEvidence') continue;
    // A blank that no value of which changes the answer is no lack of evidence (readings.md, Rows). A condition that is not known to
    // hold is never called met beside another that fails.
    const failedAnyway = rule.bears === 'condition' && neverEntitled;
    const harmless = decided === 'needsEvidence' && rule.asks !== undefined && !decides && !failedAnyway;
    findings.push({ rule, outcome: harmless ? (neverEntitled ? 'hopeless' : 'harmless') : decided });
    weights.push({ bears: rule.bears, outcome: harmless ? 'met' : decided, throughAnswer: rule.asks !== undefined });
  }
  return { findings, weights };
}
