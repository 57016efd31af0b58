/**
 * What an answer is worth when facts are blank: every alternative that the blanks allow is judged, and only where all agree on
 * verdict, route and amounts does the answer stand. Every route is monotone in every figure, so the two ends of an open figure speak
 * for all values between them, together with the value at which a lane turns from one route to another. No rule knows of this file.
 * @source readings.md, Rows: "A blank decides only if some value of it would change verdict, route or amount"
 */
import { present } from '../../shared/kernel/assert.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { hasSuspensionGround } from './conditions.ts';
import type { Answer, CaseFacts, Figure, FilingTerms, Judged, Lane, Question } from './pack.ts';
import { warningText } from './warnings.ts';

/** Above every amount that a file can hold (13 digits of yuan). */
const beyondAnyAmount: Fen = 10n ** 16n;

const nothingDecides: ReadonlySet<Question> = new Set();

/**
 * Answers the cases of one filing period. Where every figure is blank, as it is for all who file no general return, the few answers that there are
 * are worked out once.
 */
export function answererFor(terms: FilingTerms): (facts: CaseFacts) => Answer {
  const known = new Map<string, Answer>();
  return (facts) => {
    const key = blankKey(facts);
    if (key === null) return answerOver(facts, terms);
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = answerOver(facts, terms);
    if (known.size < rememberedMax) known.set(key, answer);
    return answer;
  };
}

const rememberedMax = 1024;

/** Everything that an answer rests on when no figure is known; null when one is. */
function blankKey(facts: CaseFacts): string | null {
  const { row, ending, base, yearEnd, recent, ratio, ratioDetail, yearRatio, yearRatioDetail } = facts;
  if (ending !== null || base !== null || yearEnd !== null || ratio !== null || yearRatio !== null || recent.some((credit) => credit !== null)) return null;
  const sizes = facts.size ?? facts.sizing.candidates.join();
  const ends = [ratioDetail, yearRatioDetail].map((detail) => (detail === null ? '' : detail.ends.map(({ numerator, denominator }) => `${String(numerator)}/${String(denominator)}`).join()));
  const { firstCounted, existingRefunded } = facts;
  return [sizes, facts.listings.join(';'), ...ends, recent.length, firstCounted, existingRefunded, row.generalRefundedOn, hasSuspensionGround(row)].join('|');
}

/** Judges the case over everything its blanks allow. Never throws for facts of a roster row. */
function answerOver(facts: CaseFacts, terms: FilingTerms): Answer {
  const sizes = facts.size === null ? facts.sizing.candidates : [facts.size];
  const laneTable = sizes.map((size) => facts.listings.map((listed) => terms.lane(size, listed)));
  const lanes = distinctLanes(laneTable.flat());
  const open = openFigures(facts, lanes);
  if (lanes.length === 1 && open.length === 0) return single(present(lanes[0], 'a lane').judge(facts), facts.filing);
  const cases = completedCases(facts, open);
  const suspended = hasSuspensionGround(facts.row);
  const all: Outcome[] = [];
  const distinct: Outcome[] = [];
  /** Judges one alternative; alternatives of the same outcome get the same number. */
  const numberOf = (lane: Lane, known: CaseFacts): number => {
    const judged = lane.judge(known);
    const outcome = { judged, ...standingOf(judged, facts.filing) };
    all.push(outcome);
    const found = distinct.findIndex((other) => isSameOutcome(other, outcome, suspended));
    return found < 0 ? distinct.push(outcome) - 1 : found;
  };
  const outcomes = new Map(lanes.map((lane) => [lane.key, numbersOver(lane, cases, open, numberOf)]));
  for (const lane of lanes) for (const known of turningCases(lane, cases, open)) numberOf(lane, known);
  const agreed = distinct.length === 1;
  return merged(all, agreed, agreed ? nothingDecides : decidingQuestions(laneTable, outcomes, open));
}

function distinctLanes(lanes: readonly Lane[]): readonly Lane[] {
  if (lanes.length === 1) return lanes;
  return [...new Map(lanes.map((lane) => [lane.key, lane])).values()];
}

/** Open figures that at least one lane would read. */
function openFigures(facts: CaseFacts, lanes: readonly Lane[]): readonly Figure[] {
  const open: Figure[] = [];
  for (const lane of lanes) {
    for (const figure of lane.reads) if (isOpen(facts, figure) && !open.includes(figure)) open.push(figure);
  }
  return open;
}

function isOpen(facts: CaseFacts, figure: Figure): boolean {
  return figure === 'recent' ? facts.recent.includes(null) : facts[figure] === null;
}

/** Every combination of ends of the open figures: case number's bit i chooses the end of figure i. */
function completedCases(facts: CaseFacts, open: readonly Figure[]): readonly CaseFacts[] {
  let cases: readonly CaseFacts[] = [facts];
  for (const figure of open) cases = [...cases.map((known) => withEnd(known, figure, 0)), ...cases.map((known) => withEnd(known, figure, 1))];
  return cases;
}

/** One number a case. Cases that differ only in figures the lane does not read are judged once. */
function numbersOver(lane: Lane, cases: readonly CaseFacts[], open: readonly Figure[], numberOf: (lane: Lane, known: CaseFacts) => number): readonly number[] {
  const read = bitsOf(open, (figure) => lane.reads.includes(figure));
  const numbers: number[] = [];
  for (const [index, known] of cases.entries()) numbers.push(numbers[index & read] ?? numberOf(lane, known));
  return numbers;
}

/** The cases in which an open credit stands where the lane turns, every other figure that it reads at one of its ends. */
function turningCases({ turn, reads }: Lane, cases: readonly CaseFacts[], open: readonly Figure[]): readonly CaseFacts[] {
  if (turn === undefined) return [];
  const unread = bitsOf(open, (figure) => !reads.includes(figure));
  return open.flatMap((figure, bit) =>
    cases.flatMap((known, index): readonly CaseFacts[] => {
      const amount = (index & (unread | (1 << bit))) === 0 ? turn(known, figure) : null;
      return amount === null ? [] : [{ ...known, [figure]: amount }];
    }),
  );
}

function bitsOf(open: readonly Figure[], chosen: (figure: Figure) => boolean): number {
  return open.reduce((bits, figure, bit) => (chosen(figure) ? bits | (1 << bit) : bits), 0);
}

function withEnd(facts: CaseFacts, figure: Figure, end: 0 | 1): CaseFacts {
  const amount = end === 0 ? 0n : beyondAnyAmount;
  switch (figure) {
    case 'recent':
      return { ...facts, recent: facts.recent.map((credit) => credit ?? amount) };
    case 'ratio':
      return { ...facts, ratio: facts.ratioDetail.ends[end] };
    case 'yearRatio':
      return { ...facts, yearRatio: present(facts.yearRatioDetail, 'a ratio of the year').ends[end] };
    case 'ending':
    case 'base':
    case 'yearEnd':
      return { ...facts, [figure]: amount };
  }
}

type Standing = { readonly standing: NonNullable<Answer['standing']>; readonly total: Fen };
type Outcome = Standing & { readonly judged: Judged };

/**
 * What "verdict, route or amount" compares. A route whose conditions fail gives ineligible, whatever its amounts would be; a known
 * ground of suspension gives suspended and a total of nought, whatever window is open.
 */
function isSameOutcome(a: Outcome, b: Outcome, suspended: boolean): boolean {
  if (!a.judged.entitled || !b.judged.entitled) return a.judged.entitled === b.judged.entitled;
  return (
    a.judged.route === b.judged.route &&
    a.judged.refundableExisting === b.judged.refundableExisting &&
    a.judged.refundableIncremental === b.judged.refundableIncremental &&
    (suspended || (a.standing === b.standing && a.total === b.total))
  );
}

/** An amount whose window is not open is given but counts in no total (headless.md). */
export function standingOf(judged: Judged, filing: TaxPeriod): Standing {
  const existing = isWindowOpen(judged.existingOpenFrom, filing) ? judged.refundableExisting : 0n;
  const incremental = isWindowOpen(judged.incrementalOpenFrom, filing) ? judged.refundableIncremental : 0n;
  const total = existing + incremental;
  if (total > 0n) return { standing: 'refundable', total };
  const nothing = judged.refundableExisting === 0n && judged.refundableIncremental === 0n;
  return { standing: nothing ? 'nothing-due' : 'not-open', total };
}

function isWindowOpen(from: TaxPeriod | null, filing: TaxPeriod): boolean {
  return from === null || from <= filing;
}

/**
 * Questions on which the outcome turns: two alternatives that differ in this one only come out differently. Alternatives that differ
 * in several are joined by steps of one, so whenever outcomes differ at least one question is named.
 */
function decidingQuestions(laneTable: readonly (readonly Lane[])[], outcomes: ReadonlyMap<string, readonly number[]>, open: readonly Figure[]): ReadonlySet<Question> {
  const outcomesOf = (lane: Lane): string => (outcomes.get(lane.key) ?? []).join();
  const deciding = new Set<Question>();
  const columns = present(laneTable[0], 'a size class').map((_, index) => laneTable.map((row) => present(row[index], 'a listing')));
  if (columns.some((column) => new Set(column.map(outcomesOf)).size > 1)) deciding.add('size');
  if (laneTable.some((row) => new Set(row.map(outcomesOf)).size > 1)) deciding.add('listing');
  open.forEach((figure, bit) => {
    const turns = (list: readonly number[]): boolean => list.some((outcome, index) => (index & (1 << bit)) === 0 && list[index | (1 << bit)] !== outcome);
    if ([...outcomes.values()].some(turns)) deciding.add(figure);
  });
  return deciding;
}

function single(judged: Judged, filing: TaxPeriod): Answer {
  return { ...judged, warnings: judged.warnings(), agreed: true, neverEntitled: !judged.entitled, ...standingOf(judged, filing), openings: null, deciding: nothingDecides };
}

/** Field by field: the common value, or null where the alternatives differ. Warnings that hold in every alternative. */
function merged(all: readonly Outcome[], agreed: boolean, deciding: ReadonlySet<Question>): Answer {
  const { judged: first, standing, total } = present(all[0], 'an alternative');
  const same = <Key extends keyof Judged>(key: Key): Judged[Key] | null => (all.every(({ judged }) => judged[key] === first[key]) ? first[key] : null);
  return {
    route: same('route'),
    entitled: same('entitled'),
    existingCredit: same('existingCredit'),
    incrementalCredit: same('incrementalCredit'),
    refundRate: same('refundRate'),
    ratioUsed: same('ratioUsed'),
    refundableExisting: same('refundableExisting'),
    refundableIncremental: same('refundableIncremental'),
    existingOpenFrom: same('existingOpenFrom'),
    incrementalOpenFrom: same('incrementalOpenFrom'),
    warnings: first.warnings().filter((warning) => all.every(({ judged }) => judged.warnings().some((other) => warningText(other) === warningText(warning)))),
    agreed,
    neverEntitled: all.every(({ judged }) => !judged.entitled),
    standing: all.every((outcome) => outcome.standing === standing) ? standing : null,
    total: all.every((outcome) => outcome.total === total) ? total : null,
    openings: { existing: openings(all, 'existingOpenFrom'), incremental: openings(all, 'incrementalOpenFrom') },
    deciding,
  };
}

/** Every month that a window may open in, the earliest first. */
function openings(all: readonly Outcome[], kind: 'existingOpenFrom' | 'incrementalOpenFrom'): readonly TaxPeriod[] {
  const months = new Set<TaxPeriod>();
  for (const { judged } of all) if (judged[kind] !== null) months.add(judged[kind]);
  return [...months].toSorted();
}
