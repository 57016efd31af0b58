/**
 * Enterprise size 企业划型 by 增值税销售额（年） and 资产总额 of the previous accounting year; employees never count. When facts are blank the
 * answer is the range of classes they leave open, so that the caller can see whether it matters. Words of the answer: size-basis.ts.
 * @source 2022-14/6; 工信部联企业〔2011〕300号; 银发〔2015〕309号; readings.md, Size
 */
import { sizeClasses, type SizeClass } from '../../shared/eligibility/model.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { Thresholds, Sector, SectorMatch, SizeStandards } from './size-standards.ts';

/** The columns of a roster row that size rests on. */
export type SizeInputs = {
  readonly industryCode: string | null;
  readonly prevYearSales: Fen | null;
  readonly prevYearMonths: number | null;
  readonly prevYearAssets: Fen | null;
};

/** Why a class could not be named; `none` when it could. */
export type SizeGap = 'none' | 'new-firm' | 'no-standard' | 'code-blank' | 'code-coarse' | 'sales-blank' | 'months-blank' | 'assets-blank';

export type Sizing = {
  /** Every class the known facts allow, ascending, never empty; exactly one when the class is determined. */
  readonly candidates: readonly SizeClass[];
  readonly size: SizeClass | null;
  readonly gap: SizeGap;
  /** The sector whose thresholds were used, when there is exactly one. */
  readonly sector: Sector | null;
};

/** First and last class open to a firm, as positions in sizeClasses. */
type Range = readonly [number, number];

const anyClass: Range = [0, 3];
/** Each class alone. */
const singles: readonly (readonly SizeClass[])[] = sizeClasses.map((size) => [size]);

/** @returns the classes that the facts leave open; never throws for facts of a roster row */
export function sizing(inputs: SizeInputs, standards: SizeStandards): Sizing {
  // Reading "Size": a firm without months in the previous year has no annual sales; how to class it was not found.
  if (inputs.prevYearMonths === 0) return open('new-firm', null);
  if (inputs.industryCode === null) return open('code-blank', null);
  const match = standards.sectorsFor(inputs.industryCode);
  // Reading "Size": J66–J69 without a usable mapping to No. 309 stay undetermined.
  if (match.length === 0) return open('no-standard', null);
  const sector = match.length === 1 ? (match[0] ?? null) : null;
  // 0 is a value of the column (roster.md), beside any sales and assets: blank months may always hide a firm that cannot be classed.
  if (inputs.prevYearMonths === null) return open('months-blank', sector);
  if (sector !== null) {
    const [first, last] = sectorRange(inputs, sector);
    const only = first === last ? sizeClasses[first] : undefined;
    if (only !== undefined) return { candidates: present(singles[first], 'the class alone'), size: only, gap: 'none', sector };
  }
  const ranges = match.map((each) => sectorRange(inputs, each));
  // Of several sectors only the classes that one of them gives, never those that merely lie between.
  const candidates = sizeClasses.filter((_, level) => ranges.some(([first, last]) => first <= level && level <= last));
  if (candidates.length > 1) return { candidates, size: null, gap: gapOf(inputs, match), sector };
  return { candidates, size: present(candidates[0], 'a size class'), gap: 'none', sector };
}

/** 300号: both indicators must reach the lower bound of a class, otherwise the firm falls one class: the lower of the two. */
function sectorRange(inputs: SizeInputs, sector: Sector): Range {
  const { annualSales, totalAssets } = sector.thresholds;
  const bySales = annualSales === null ? null : salesRange(inputs, annualSales);
  const byAssets = totalAssets === null ? null : assetsRange(inputs.prevYearAssets, totalAssets);
  if (bySales === null) return present(byAssets, 'an indicator of the sector');
  if (byAssets === null) return bySales;
  return [Math.min(bySales[0], byAssets[0]), Math.min(bySales[1], byAssets[1])];
}

function salesRange({ prevYearSales, prevYearMonths }: SizeInputs, thresholds: Thresholds): Range {
  if (prevYearSales === null || prevYearMonths === null) return anyClass;
  const level = salesLevel(prevYearSales, prevYearMonths, thresholds);
  return [level, level];
}

function assetsRange(assets: Fen | null, thresholds: Thresholds): Range {
  if (assets === null) return anyClass;
  const level = levelOf(thresholds, (bound) => assets >= bound);
  return [level, level];
}

/** 增值税销售额（年） = sales ÷ months × 12, compared exactly: nothing is rounded. */
function salesLevel(sales: Fen, months: number, thresholds: Thresholds): number {
  const scaled = sales * 12n;
  const unit = BigInt(months);
  return levelOf(thresholds, (bound) => scaled >= bound * unit);
}

/** How many bounds, which ascend, are reached. */
function levelOf(thresholds: Thresholds, reached: (bound: Fen) => boolean): number {
  let level = 0;
  for (const bound of thresholds) if (reached(bound)) level += 1;
  return level;
}

/** 增值税销售额（年）, cut off at the fen: for showing, and on the same side of every whole-fen threshold as the exact figure. */
export function annualSalesShown(sales: Fen, months: number): Fen {
  return (sales * 12n) / BigInt(months);
}

function open(gap: SizeGap, sector: Sector | null): Sizing {
  return { candidates: sizeClasses, size: null, gap, sector };
}

function gapOf(inputs: SizeInputs, match: SectorMatch): SizeGap {
  const uses = (indicator: 'annualSales' | 'totalAssets'): boolean => match.some((sector) => sector.thresholds[indicator] !== null);
  if (uses('annualSales') && inputs.prevYearSales === null) return 'sales-blank';
  if (uses('totalAssets') && inputs.prevYearAssets === null) return 'assets-blank';
  return 'code-coarse';
}
