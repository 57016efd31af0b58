/**
 * One walk over all lines at a cut-off: totals of every column and every difference with its judgement, in document order. Lines come
 * number by number,
 * so that memory holds the differences only, however many lines there are.
 * @source shared spec reconciliation.md, Effective at a day, Matching, Reasons
 */
import { assert } from '../kernel/assert.ts';
import { addDays, type CivilDate } from '../kernel/civil-date.ts';
import { codePointOrder } from '../kernel/code-points.ts';
import type { Fen } from '../kernel/money.ts';
import { firstDay, lastDay, type TaxPeriod } from '../kernel/tax-period.ts';
import { isWorkingDay, type WorkingCalendar } from '../kernel/working-days.ts';
import type { Judging } from './evidence.ts';
import { sideOf, type LineGroup, type PlacedLine } from './line.ts';
import { columnsOf, groupRank, linkIds, linksOf, signOf, type End, type LinkId } from './links.ts';
import { matchKey, type Difference } from './matching.ts';
import { isEffectiveOn, keysOf, type KeyLines } from './number-lines.ts';
import { judged, type Judgement } from './reasons.ts';
import type { ReconSettings } from './settings.ts';
import type { ReconWarning } from './document.ts';

/** Lines of three offices, grouped by what they move and their number. May be walked again. */
export type LineSource = {
  /** All lines of each group and number, once each, in any order. */
  readonly numbers: () => Iterable<readonly PlacedLine[]>;
  readonly linesOf: (group: LineGroup, no: string) => readonly PlacedLine[];
};

export type WalkTerms = {
  readonly period: TaxPeriod;
  /** The explaining day: later lines are as if absent. */
  readonly through: CivilDate;
  readonly settings: ReconSettings;
  readonly calendar: WorkingCalendar;
};

/** Fen with the sign of clawbacks. */
export type ColumnTotals = { opening: Fen; closing: Fen; matched: Fen; explained: Fen; unexplained: Fen; lines: number };
export type JudgedDifference = { readonly difference: Difference; readonly judgement: Judgement };

export type Walk = {
  readonly cutoff: CivilDate;
  readonly totals: Readonly<Record<LinkId, Readonly<Record<End, ColumnTotals>>>>;
  readonly differences: readonly JudgedDifference[];
  readonly judging: Judging;
  /** `nothing-to-undo` and `calendar-missing`. */
  readonly warnings: readonly ReconWarning[];
};

export function walked(source: LineSource, { period, through, settings, calendar }: WalkTerms): Walk {
  const cutoff = lastDay(period);
  const before = addDays(firstDay(period), -1);
  const totals = zeroTotals();
  const differences: Difference[] = [];
  const warnings: ReconWarning[] = [];
  for (const placed of source.numbers()) {
    for (const key of keysOf(linesUpTo(placed, through))) {
      for (const line of key.ignored) warnings.push(
        { code: 'nothing-to-undo', side: sideOf(line), kind: line.kind, key: line.no, day: line.day },
      );
      for (const link of linksOf[key.group]) {
        count(totals[link], link, key, before, cutoff);
        const { matchedFen, differences: found } = matchKey(link, key, cutoff);
        totals[link].left.matched += matchedFen * signOf(key.group);
        totals[link].right.matched += matchedFen * signOf(key.group);
        differences.push(...found);
      }
    }
  }
  const days = new DaysBefore(cutoff, calendar);
  const judging: Judging = { cutoff, settings, within: (day, most) => days.since(day) <= most, swapped: swappedAmong(differences) };
  const ordered = differences.toSorted(documentOrder).map((difference) => ({ difference, judgement: judged(difference, judging) }));
  for (const { difference: { link, key, leftFen, rightFen }, judgement } of ordered) {
    const place = judgement.explained ? 'explained' : 'unexplained';
    totals[link].left[place] += (leftFen ?? 0n) * signOf(key.group);
    totals[link].right[place] += (rightFen ?? 0n) * signOf(key.group);
  }
  return {
    cutoff, totals, differences: ordered, judging,
    warnings: [...warnings, ...days.unknownYears.map((year) => ({ code: 'calendar-missing' as const, year }))],
  };
}

export function linesUpTo(placed: readonly PlacedLine[], through: CivilDate): PlacedLine['line'][] {
  return placed.filter(({ line }) => line.day <= through).map(({ line }) => line);
}

/** opening + inPeriod = closing is how inPeriod is made; that the three parts make up the closing is what can fail. */
export function columnHolds({ closing, matched, explained, unexplained }: ColumnTotals): boolean {
  return closing === matched + explained + unexplained;
}

function zeroTotals(): Record<LinkId, Record<End, ColumnTotals>> {
  const zero = (): ColumnTotals => ({ opening: 0n, closing: 0n, matched: 0n, explained: 0n, unexplained: 0n, lines: 0 });
  return {
    'tax-treasury': { left: zero(), right: zero() }, 'treasury-finance': { left: zero(), right: zero() },
    'finance-treasury': { left: zero(), right: zero() },
  };
}

function count(totals: Readonly<Record<End, ColumnTotals>>, link: LinkId, key: KeyLines, before: CivilDate, cutoff: CivilDate): void {
  const columns = columnsOf(link, key.group);
  for (const end of ['left', 'right'] as const) {
    for (const line of key.of(columns[end])) {
      const amount = line.line.amountFen * signOf(key.group);
      if (isEffectiveOn(line, before)) totals[end].opening += amount;
      if (!isEffectiveOn(line, cutoff)) continue;
      totals[end].closing += amount;
      totals[end].lines += 1;
    }
  }
}

/** The order of items: link, group, year, number, end, ordinal. */
function documentOrder(one: Difference, other: Difference): number {
  return linkIds.indexOf(one.link) - linkIds.indexOf(other.link) || groupRank(one.key.group) - groupRank(other.key.group)
    || one.key.year - other.key.year
    || codePointOrder(one.key.no, other.key.no) || (one.end === other.end ? one.ordinal - other.ordinal : one.end === 'left' ? -1 : 1);
}

/** Two pairs of a link whose 识别号 stand crosswise 串户. */
function swappedAmong(differences: readonly Difference[]): Judging['swapped'] {
  const crossing = (difference: Difference, turned: boolean): string | null => {
    const [left, right] = [difference.left?.payee ?? '', difference.right?.payee ?? ''];
    return difference.shape === 'pair' && difference.fields.includes('payee')
      ? JSON.stringify([difference.link, ...(turned ? [right, left] : [left, right])]) : null;
  };
  const known = new Set(differences.map((difference) => crossing(difference, false)));
  return (difference) => {
    const turned = crossing(difference, true);
    return turned !== null && known.has(turned);
  };
}

/** Working days from a day to the cut-off, counted back once; years without a calendar count by weekends and are named. */
class DaysBefore {
  readonly #cutoff: CivilDate;
  readonly #calendar: WorkingCalendar;
  readonly #counts = new Map<CivilDate, number>();
  readonly #unknown = new Set<number>();
  #day: CivilDate;
  #count = 0;

  constructor(cutoff: CivilDate, calendar: WorkingCalendar) {
    this.#cutoff = cutoff;
    this.#calendar = calendar;
    this.#day = cutoff;
    this.#counts.set(cutoff, 0);
  }

  /** Working days after `day` up to and including the cut-off. */
  since(day: CivilDate): number {
    assert(day <= this.#cutoff, 'a day after the cut-off has no days before it');
    while (this.#day > day) {
      if (isWorkingDay(this.#calendar, this.#day)) this.#count += 1;
      this.#day = addDays(this.#day, -1);
      this.#counts.set(this.#day, this.#count);
    }
    if (day < this.#cutoff) for (
      let year = yearOf(addDays(day, 1)); year <= yearOf(this.#cutoff); year += 1
    ) if (!this.#calendar.has(year)) this.#unknown.add(year);
    return this.#counts.get(day) ?? 0;
  }

  get unknownYears(): readonly number[] {
    return [...this.#unknown].toSorted((one, other) => one - other);
  }
}

function yearOf(day: CivilDate): number {
  return Number(day.slice(0, 4));
}
