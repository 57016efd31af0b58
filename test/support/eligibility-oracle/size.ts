/**
 * Oracle of refund eligibility: size of an enterprise 划型. Sector thresholds of 工信部联企业〔2011〕300号 and 银发〔2015〕309号, turnover and
 * assets only, never staff (No. 14 of 2022, article 6). Facts 3.3, 4.1, 4.2; readings "Size". Which sizes are possible, when facts
 * are blank, is found by trying representative values.
 */
import type { RosterRow } from '../../../shared/roster/model.ts';
import { distinct, hugeFen } from './figures.ts';

export type KnownSize = 'micro' | 'small' | 'medium' | 'large';
export type Size = KnownSize | 'undetermined';

/** Upper bounds of micro, small and medium in 万元, not included. */
type Bounds = readonly [micro: bigint, small: bigint, medium: bigint];
type Standard = { readonly name: string; readonly sales: Bounds | null; readonly assets: Bounds | null };

const agriculture: Standard = { name: 'agriculture', sales: [50n, 500n, 20_000n], assets: null };
const industry: Standard = { name: 'industry', sales: [300n, 2_000n, 40_000n], assets: null };
const construction: Standard = { name: 'construction', sales: [300n, 6_000n, 80_000n], assets: [300n, 5_000n, 80_000n] };
const wholesale: Standard = { name: 'wholesale', sales: [1_000n, 5_000n, 40_000n], assets: null };
const retail: Standard = { name: 'retail', sales: [100n, 500n, 20_000n], assets: null };
const transport: Standard = { name: 'transport', sales: [200n, 3_000n, 30_000n], assets: null };
const warehousing: Standard = { name: 'warehousing', sales: [100n, 1_000n, 30_000n], assets: null };
const postal: Standard = { name: 'postal', sales: [100n, 2_000n, 30_000n], assets: null };
const accommodation: Standard = { name: 'accommodation', sales: [100n, 2_000n, 10_000n], assets: null };
const catering: Standard = { name: 'catering', sales: [100n, 2_000n, 10_000n], assets: null };
const informationTransmission: Standard = { name: 'information transmission', sales: [100n, 1_000n, 100_000n], assets: null };
const software: Standard = { name: 'software', sales: [50n, 1_000n, 10_000n], assets: null };
const realEstate: Standard = { name: 'real estate', sales: [100n, 1_000n, 200_000n], assets: [2_000n, 5_000n, 10_000n] };
const propertyManagement: Standard = { name: 'property management', sales: [500n, 1_000n, 5_000n], assets: null };
const leasingAndBusiness: Standard = { name: 'leasing and business', sales: null, assets: [100n, 8_000n, 120_000n] };
/** Everything that neither standard lists, or lists by staff alone: annual VAT sales 100 / 2000 / 10000 万元. */
const byVatSales: Standard = { name: 'by VAT sales', sales: [100n, 2_000n, 10_000n], assets: null };

const otherBanks: Standard = { name: 'other banks, lenders, pawnshops, other finance', sales: null, assets: [500_000n, 2_000_000n, 10_000_000n] };
const depositBanks: Standard = { name: 'deposit banks', sales: null, assets: [500_000n, 50_000_000n, 400_000_000n] };
const securities: Standard = { name: 'securities', sales: null, assets: [100_000n, 1_000_000n, 10_000_000n] };
const insurance: Standard = { name: 'insurance', sales: null, assets: [200_000n, 4_000_000n, 50_000_000n] };
const financialHolding: Standard = { name: 'financial holding', sales: null, assets: [500_000n, 50_000_000n, 400_000_000n] };

/**
 * The standards that a code may fall under: one for a complete code; several where a short code leaves the sector open; null
 * among them where no standard can be used (finance without a mapping, trust companies: their measure is not in the roster).
 */
export function standardsOf(code: string): readonly (Standard | null)[] {
  switch (code.slice(0, 1)) {
    case 'A': return [agriculture];
    case 'B': case 'C': case 'D': return [industry];
    case 'E': return [construction];
    case 'F':
      if (code.startsWith('F51')) return [wholesale];
      if (code.startsWith('F52')) return [retail];
      return [wholesale, retail];
    case 'G':
      if (code.startsWith('G53')) return [byVatSales];
      if (code.startsWith('G591')) return [transport];
      if (code === 'G59') return [transport, warehousing];
      if (code.startsWith('G59')) return [warehousing];
      if (code.startsWith('G60')) return [postal];
      if (code === 'G') return [byVatSales, transport, warehousing, postal];
      return [transport];
    case 'H':
      if (code.startsWith('H61')) return [accommodation];
      if (code.startsWith('H62')) return [catering];
      return [accommodation, catering];
    case 'I':
      if (code.startsWith('I65')) return [software];
      if (code === 'I') return [informationTransmission, software];
      return [informationTransmission];
    case 'J': return financeStandards(code);
    case 'K':
      if (code.startsWith('K701')) return [realEstate];
      if (code.startsWith('K702')) return [propertyManagement];
      if (code === 'K' || code === 'K70') return [realEstate, propertyManagement, byVatSales];
      return [byVatSales];
    case 'L': return [leasingAndBusiness];
    default: return [byVatSales];
  }
}

/** The mapping of codes in the facts is a hint for four-digit codes and for whole J67 and J68. */
function financeStandards(code: string): readonly (Standard | null)[] {
  if (code.startsWith('J67')) return [securities];
  if (code.startsWith('J68')) return [insurance];
  switch (code) {
    case 'J6620': return [depositBanks];
    case 'J6610': case 'J6631': case 'J6639': case 'J6640': case 'J6633': return [otherBanks];
    case 'J6920': return [financialHolding];
    case 'J6930': case 'J6940': case 'J6990': return [otherBanks];
    default: return [null];
  }
}

/** One code of every standard, and one of finance that has none: what a blank industry code may turn out to be. */
const oneCodeOfEachSector = ['A0111', 'C1762', 'E4710', 'F5111', 'F5211', 'G5411', 'G5920', 'G6010', 'H6110', 'I6311', 'I6510', 'K7010', 'K7020', 'L7211', 'M7310', 'J6650'];

/**
 * Every size that the row leaves possible. Representative values for blanks: code: one of each sector · months 0 … 12 · sales and
 * assets: nothing, the least amount of each class, the largest amount.
 */
export function possibleSizes(row: RosterRow): readonly Size[] {
  const seen = new Set<Size>();
  const codes = row.industryCode === null ? oneCodeOfEachSector : [row.industryCode];
  const months = row.prevYearMonths === null ? [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] : [row.prevYearMonths];
  for (const code of codes) {
    for (const standard of standardsOf(code)) {
      for (const month of months) {
        if (standard === null || month === 0) {
          seen.add('undetermined');
          continue;
        }
        const sales = row.prevYearSales === null ? leastSalesOfEachClass(standard, month) : [row.prevYearSales];
        const assets = row.prevYearAssets === null ? leastAssetsOfEachClass(standard) : [row.prevYearAssets];
        for (const sale of sales) for (const asset of assets) seen.add(sizeBy(standard, sale, month, asset));
      }
    }
  }
  return [...seen];
}

/** Two measures: the lower class of the two (facts 3.3: both lower bounds must be reached, otherwise one class down). */
function sizeBy(standard: Standard, sales: bigint, months: number, assets: bigint): KnownSize {
  const classes: number[] = [];
  // A year that was not full is carried to twelve months: sales ÷ months × 12, compared without dividing.
  if (standard.sales !== null) classes.push(classOf(sales * 12n, BigInt(months), standard.sales));
  if (standard.assets !== null) classes.push(classOf(assets, 1n, standard.assets));
  const lowest = Math.min(...classes);
  return lowest === 0 ? 'micro' : lowest === 1 ? 'small' : lowest === 2 ? 'medium' : 'large';
}

/** 0 micro, 1 small, 2 medium, 3 large: a lower bound belongs to its class, an upper bound to the next. */
function classOf(amount: bigint, divisor: bigint, bounds: Bounds): number {
  if (amount < bounds[0] * 1_000_000n * divisor) return 0;
  if (amount < bounds[1] * 1_000_000n * divisor) return 1;
  if (amount < bounds[2] * 1_000_000n * divisor) return 2;
  return 3;
}

function leastSalesOfEachClass(standard: Standard, months: number): bigint[] {
  const least = (standard.sales ?? []).map((bound) => (bound * 1_000_000n * BigInt(months)) / 12n + 1n);
  return distinct([0n, ...least, hugeFen]);
}

function leastAssetsOfEachClass(standard: Standard): bigint[] {
  return distinct([0n, ...(standard.assets ?? []).map((bound) => bound * 1_000_000n), hugeFen]);
}
