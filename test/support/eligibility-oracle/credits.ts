/**
 * Oracle of refund eligibility: the credits of a taxpayer 期末留抵税额 and the six-month count 连续六个月. Facts 3.7, 3.9, 3.10, 10.1, 10.3;
 * readings "Credit". It knows no route; the files named after the announcements ask it.
 */
import type { RosterRow } from '../../../shared/roster/model.ts';
import { distinct, fiveHundredThousand, hugeFen, larger, oneHundredMillion, shiftMonth, smaller } from './figures.ts';

/** Credits with no blank left. */
export type Credits = {
  /** C: the latest return's credit less 免抵退 not yet entered and less arrears, never below zero. */
  readonly ending: bigint;
  /** B: at 2019-03-31. */
  readonly base: bigint;
  /** At 31 December before the year of the tax period that is filed. */
  readonly yearEnd: bigint;
  /** The last six returns, two for quarterly filers, oldest first, as they stand in the returns. */
  readonly counted: readonly bigint[];
};

/**
 * Every set of credits that the row leaves possible. Representative values of a blank: nothing; the taken-off amounts and the
 * bases met exactly and passed by one fen, by 500,000 yuan and a fen less, by 100,000,000 yuan; a base that no known return fails;
 * the largest amount. Earlier returns: nothing, the base, one fen more, the largest amount. A blank latest credit stays unknown also where recent ones are given.
 */
export function possibleCredits(row: RosterRow): readonly Credits[] {
  const takenOff = row.exportRefundDue + row.vatArrears;
  const found: Credits[] = [];
  for (const reported of row.endingCredit !== null ? [row.endingCredit] : endingsToTry(row, takenOff)) {
    const ending = larger(0n, reported - takenOff);
    for (const base of row.baseCredit !== null ? [row.baseCredit] : basesToTry(row, ending)) {
      for (const yearEnd of row.prevYearEndCredit !== null ? [row.prevYearEndCredit] : basesToTry(row, ending)) {
        for (const earlier of distinct([0n, base, base + 1n, hugeFen])) {
          found.push({ ending, base, yearEnd, counted: countedReturns(row, reported, earlier) });
          // Where every return is known the earlier ones are not tried.
          if (row.recentCredits !== null && row.recentCredits.length >= returnsNeeded(row)) break;
        }
      }
    }
  }
  return found;
}

function endingsToTry(row: RosterRow, takenOff: bigint): bigint[] {
  const bases = [0n, row.baseCredit ?? 0n, row.prevYearEndCredit ?? 0n];
  const steps = [0n, 1n, fiveHundredThousand - 1n, fiveHundredThousand, oneHundredMillion + 1n];
  return distinct([0n, hugeFen, ...bases.flatMap((base) => steps.map((step) => takenOff + base + step))]);
}

function basesToTry(row: RosterRow, ending: bigint): bigint[] {
  // Just below the least known return and half of it: the largest base that no month fails, and one well inside.
  const least = (row.recentCredits ?? []).reduce(smaller, ending);
  return distinct([0n, 1n, least - 1n, least / 2n, ending - oneHundredMillion, ending - fiveHundredThousand, ending - fiveHundredThousand + 1n, ending - 1n, ending, ending + 1n, hugeFen]);
}

/** "Six months" reads as two quarters for quarterly filers. */
function returnsNeeded(row: RosterRow): number {
  return row.filingCycle === 'quarter' ? 2 : 6;
}

function countedReturns(row: RosterRow, reported: bigint, earlier: bigint): bigint[] {
  const needed = returnsNeeded(row);
  const known = row.recentCredits === null ? [reported] : [...row.recentCredits];
  while (known.length < needed) known.unshift(earlier);
  return known.slice(known.length - needed);
}

/** One-off refund of existing credit 一次性存量退税: it counts if it came before the first day of the filing month. */
export function existingCreditWasRefunded(row: RosterRow, filing: string): boolean {
  return row.existingRefundedOn !== null && row.existingRefundedOn < `${filing}-01`;
}

/** Every counted return above the base, none of them as adjusted. */
export function everyReturnAbove(credits: Credits, base: bigint): boolean {
  return credits.counted.every((credit) => credit > base);
}

/** The sixth month, as adjusted, at least 500,000.00 yuan above the base. */
export function sixthMonthReaches(credits: Credits, base: bigint): boolean {
  return credits.ending - base >= fiveHundredThousand;
}

/**
 * The counted months are the six before the filing month, or the last two whole quarters before it. None may lie before 2019-04
 * where No. 39 counts, and all must be later than the last general refund 上次一般留抵退税.
 */
export function monthsMayBeCounted(row: RosterRow, filing: string): boolean {
  let monthAfter = filing;
  // A quarter is filed in January, April, July, October; in between, the last filed quarters are older.
  while (row.filingCycle === 'quarter' && !['01', '04', '07', '10'].includes(monthAfter.slice(5, 7))) monthAfter = shiftMonth(monthAfter, -1);
  const first = shiftMonth(monthAfter, -6);
  if (first < '2019-04') return false;
  if (row.generalRefundedOn !== null && first <= row.generalRefundedOn.slice(0, 7)) return false;
  return true;
}
