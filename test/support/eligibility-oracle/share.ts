/**
 * Oracle of refund eligibility: the share of listed industries 行业销售额占比. Sales of the listed industries added together over all
 * sales, strictly more than one half (No. 14 of 2022, article 7; No. 21 of 2022, article 2; No. 7 of 2025). Facts 3.6, 10.3;
 * readings "Share". What a blank or a bare I, N, K may turn out to be is tried, never guessed.
 */
import type { RosterRow } from '../../../shared/roster/model.ts';
import { decimals, hugeFen, type Fraction } from './figures.ts';

export type Share = {
  /** More than one half in the list of the filing period. */
  readonly listed: boolean;
  /** More than one half in the first six industries alone: it decides from which month a window stands open. */
  readonly firstSix: boolean;
  /** More than one half in real-estate development, presales included (2025 only). */
  readonly realEstate: boolean;
  /** Null where there are no sales, or no list (No. 39 of 2019). */
  readonly exact: Fraction | null;
};

/** For the eye: four decimals; null also where a bare code leaves the share open. */
export function shareText(shares: readonly Share[]): string | null {
  const first = shares[0]?.exact ?? null;
  if (first === null || shares.some((share) => !equal(share.exact, first))) return null;
  return decimals(first, 4);
}

type Sales = readonly { readonly code: string; readonly salesFen: bigint }[];

/** 制造业等 6 行业: C, M, D, I65, N77, G with railways. */
function inFirstSix(code: string): boolean {
  return startsWithOne(code, ['C', 'M', 'D', 'I65', 'N77', 'G']);
}

/** 批发零售业等 7 行业 of No. 21: F, A, H, O, P, Q, R. */
function inFurtherSeven(code: string): boolean {
  return startsWithOne(code, ['F', 'A', 'H', 'O', 'P', 'Q', 'R']);
}

/** The four industries of No. 7 of 2025. */
function inFourOf2025(code: string): boolean {
  return startsWithOne(code, ['C', 'M', 'I65', 'N77']);
}

function startsWithOne(code: string, beginnings: readonly string[]): boolean {
  return beginnings.some((beginning) => code.startsWith(beginning));
}

function inListOf(filing: string, code: string): boolean {
  if (filing < '2022-04') return false;
  if (filing < '2022-07') return inFirstSix(code);
  if (filing < '2025-09') return inFirstSix(code) || inFurtherSeven(code);
  return inFourOf2025(code);
}

/**
 * Every share that the row leaves possible. Representative values: a bare I is I65 or I63, a bare N N77 or N78, a bare K or K70
 * K701 or K702; blank sales are all manufacturing (one fen and very much), all wholesale, all construction or all real estate;
 * blank months are two or twelve.
 */
export function possibleShares(row: RosterRow, filing: string): readonly Share[] {
  const blankSales: readonly Sales[] = [
    [{ code: 'C17', salesFen: hugeFen }],
    [{ code: 'C17', salesFen: 1n }],
    [{ code: 'F51', salesFen: hugeFen }],
    [{ code: 'E47', salesFen: hugeFen }],
    [{ code: 'K701', salesFen: hugeFen }],
  ];
  const found: Share[] = [];
  for (const sales of row.salesByIndustry === null ? blankSales : withBareCodesFilled(row.salesByIndustry)) {
    for (const months of row.salesMonths === null ? [2, 12] : [row.salesMonths]) {
      const share = shareOf(sales, months, row.realEstatePresales, filing);
      if (!found.some((other) => same(other, share))) found.push(share);
    }
  }
  return found;
}

function same(a: Share, b: Share): boolean {
  return a.listed === b.listed && a.firstSix === b.firstSix && a.realEstate === b.realEstate && equal(a.exact, b.exact);
}

function equal(a: Fraction | null, b: Fraction | null): boolean {
  if (a === null || b === null) return a === b;
  return a.numerator * b.denominator === b.numerator * a.denominator;
}

function withBareCodesFilled(sales: Sales): readonly Sales[] {
  let fillings: Sales[] = [[]];
  for (const { code, salesFen } of sales) {
    const complete = code === 'I' ? ['I65', 'I63'] : code === 'N' ? ['N77', 'N78'] : code === 'K' || code === 'K70' ? ['K701', 'K702'] : [code];
    fillings = fillings.flatMap((before) => complete.map((filled) => [...before, { code: filled, salesFen }]));
  }
  return fillings;
}

function shareOf(sales: Sales, months: number, presales: bigint, filing: string): Share {
  let all = 0n;
  let listed = 0n;
  let firstSix = 0n;
  let development = 0n;
  for (const { code, salesFen } of sales) {
    all += salesFen;
    if (inListOf(filing, code)) listed += salesFen;
    if (inFirstSix(code)) firstSix += salesFen;
    if (code.startsWith('K701')) development += salesFen;
  }
  const longEnough = months >= 3;
  return {
    listed: longEnough && listed * 2n > all,
    firstSix: longEnough && firstSix * 2n > all,
    // 预收款 count in this test only, above and below the line.
    realEstate: longEnough && (development + presales) * 2n > all + presales,
    exact: all === 0n || filing < '2022-04' ? null : { numerator: listed, denominator: all },
  };
}
