/**
 * Share of listed industries 行业销售额占比: sales inside a list ÷ all sales of the last 12 months, strictly above one half, exactly.
 * Coarse codes and blanks leave the answer open instead of guessing. Whether an open answer matters is alternatives.ts.
 * @source 2022-14/7, 2022-21/2, 2025-07/1; readings.md, Share
 */
import { exceeds, ratioOf, roundedRatio, type Ratio } from '../../shared/kernel/ratio.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { rememberedCoverage, type Coverage } from './industry-codes.ts';

/** One list against which sales are held. */
export type ListingTest = {
  readonly id: string;
  /** e.g. `制造业等4个行业`. */
  readonly name: string;
  /** Prefixes of the list. */
  readonly codes: readonly string[];
  readonly coverage: (code: string) => Coverage;
  /** 预收款 counts in numerator and denominator of this test (real estate only). */
  readonly withPresales: boolean;
};

export type ShareTerms = { readonly above: Ratio; readonly monthsMin: number };

export type ShareGap = 'none' | 'sales-blank' | 'months-blank' | 'code-coarse';

export type Share = {
  /** null = open: some value of what is blank or coarse makes it true, another false. */
  readonly listed: boolean | null;
  /** The same answer supposing that the firm traded for enough months. */
  readonly listedIfLongEnough: boolean | null;
  readonly gap: ShareGap;
  /** Sales surely inside the list and sales that may be; both null when sales are blank. */
  readonly lowFen: Fen | null;
  readonly highFen: Fen | null;
  readonly totalFen: Fen | null;
};

export function listingTest(id: string, name: string, codes: readonly string[], withPresales: boolean): ListingTest {
  return { id, name, codes, coverage: rememberedCoverage(codes), withPresales };
}

/** @returns the answer for one list; amounts in fen */
export function shareOf(row: RosterRow, test: ListingTest, terms: ShareTerms): Share {
  const tooShort = row.salesMonths !== null && row.salesMonths < terms.monthsMin;
  if (row.salesByIndustry === null) {
    return { listed: tooShort ? false : null, listedIfLongEnough: null, gap: tooShort ? 'none' : 'sales-blank', lowFen: null, highFen: null, totalFen: null };
  }
  let lowFen = test.withPresales ? row.realEstatePresales : 0n;
  let totalFen = lowFen;
  let unsure = 0n;
  for (const { code, salesFen } of row.salesByIndustry) {
    totalFen += salesFen;
    const coverage = test.coverage(code);
    if (coverage === 'in') lowFen += salesFen;
    else if (coverage === 'partly') unsure += salesFen;
  }
  const highFen = lowFen + unsure;
  const listedIfLongEnough = above(lowFen, totalFen, terms.above) ? true : above(highFen, totalFen, terms.above) ? null : false;
  const known = { listedIfLongEnough, lowFen, highFen, totalFen };
  // 不满3个月不能认定: fewer months than the rule asks for are never listed, whatever the sales (readings.md, Share).
  if (tooShort || listedIfLongEnough === false) return { listed: false, gap: 'none', ...known };
  if (row.salesMonths === null) return { listed: null, gap: 'months-blank', ...known };
  return { listed: listedIfLongEnough, gap: listedIfLongEnough === null ? 'code-coarse' : 'none', ...known };
}

/**
 * Every way in which the tests may turn out together, one answer per test. Too few months fail all tests at once, so that blank months
 * never list a firm under one and not under the other.
 */
export function listingAlternatives(shares: readonly Share[], salesMonths: number | null, terms: ShareTerms): readonly (readonly boolean[])[] {
  if (salesMonths !== null && salesMonths < terms.monthsMin) return [shares.map(() => false)];
  const known = shares.flatMap(({ listedIfLongEnough }) => listedIfLongEnough ?? []);
  if (salesMonths !== null && known.length === shares.length) return [known];
  let ways: readonly (readonly boolean[])[] = [[]];
  for (const { listedIfLongEnough } of shares) {
    const choices = listedIfLongEnough === null ? [true, false] : [listedIfLongEnough];
    ways = ways.flatMap((way) => choices.map((choice) => [...way, choice]));
  }
  if (salesMonths !== null || ways.some((way) => !way.includes(true))) return ways;
  return [...ways, shares.map(() => false)];
}

function above(part: Fen, whole: Fen, bound: Ratio): boolean {
  return whole > 0n && exceeds({ numerator: part, denominator: whole }, bound);
}

/** The share for display, half up; null when it is not one known figure. @param scale decimals */
export function shareShown({ lowFen, highFen, totalFen }: Share, scale: number): string | null {
  if (lowFen === null || lowFen !== highFen || totalFen === null || totalFen <= 0n) return null;
  return decimalText(ratioOf(lowFen, totalFen), scale);
}

/** A quotient as decimal text with `scale` decimals, half up once. */
export function decimalText(ratio: Ratio, scale: number): string {
  const digits = roundedRatio(ratio, scale).numerator.toString().padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
