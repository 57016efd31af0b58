/**
 * The grounds of a size class in words: the machine-readable `sizeBasis` of the headless contract, the Chinese sentence for people,
 * and how far each indicator is from the next class. Repeats what size.ts decided; decides nothing.
 */
import { sizeNames } from '../../shared/eligibility/terms.ts';
import type { FindingFacts, SizeClass, SizeMargin } from '../../shared/eligibility/model.ts';
import { present } from '../../shared/kernel/assert.ts';
import { groupedYuan, yuanText, type Fen } from '../../shared/kernel/money.ts';
import { fenFact } from './facts.ts';
import { annualSalesShown, type SizeGap, type SizeInputs, type Sizing } from './size.ts';
import type { Sector, SizeStandards, Thresholds } from './size-standards.ts';

const indicatorWords = {
  annualSales: { basis: 'annual sales', sentence: '增值税销售额（年）' },
  totalAssets: { basis: 'total assets', sentence: '上年末资产总额' },
} as const;

const gapBasis: Readonly<Record<Exclude<SizeGap, 'none'>, string>> = {
  'new-firm': 'no months in the previous year',
  'no-standard': 'no usable size standard for the industry code',
  'code-blank': 'industry code blank',
  'code-coarse': 'industry code covers sectors with different thresholds',
  'sales-blank': 'previous-year sales blank',
  'months-blank': 'previous-year months blank',
  'assets-blank': 'previous-year total assets blank',
};

const gapSentences: Readonly<Record<Exclude<SizeGap, 'none'>, string>> = {
  'new-firm': '上年存续月数为0，没有上一会计年度数据，划型办法未见规定，须人工核定',
  'no-standard': '划型行业代码没有可用的金融业划型标准对应，须人工核定',
  'code-blank': '划型行业代码空白，请向纳税人或税源管理岗补齐',
  'code-coarse': '划型行业代码过粗，跨越界限不同的行业，请补齐到大类或中类',
  'sales-blank': '上年增值税销售额空白，请按申报、稽查查补和评估调整数补齐',
  'months-blank': '上年存续月数空白，不能折算全年，也不排除为0，请补齐',
  'assets-blank': '上年末资产总额空白，请按财务报表补齐',
};

/** What a size class rests on: from a row, or from the kept facts of its finding. */
export type SizeGrounds = {
  readonly size: SizeClass | null;
  readonly gap: SizeGap;
  readonly sector: Sector | null;
  /** The indicators that are known, with the bounds of the class each lies in. */
  readonly margins: readonly SizeMargin[];
};

export function sizeGrounds({ prevYearSales, prevYearMonths, prevYearAssets }: SizeInputs, { size, gap, sector }: Sizing): SizeGrounds {
  const annualSales = prevYearSales === null || prevYearMonths === null || prevYearMonths === 0 ? null : annualSalesShown(prevYearSales, prevYearMonths);
  return { size, gap, sector, margins: sector === null ? [] : marginsOf(sector, annualSales, prevYearAssets) };
}

/** Facts of the finding: the class, what it is open to, and what its sentence is told from. */
export function sizeFacts(row: SizeInputs, sizing: Sizing): FindingFacts {
  const { size, gap, sector, margins } = sizeGrounds(row, sizing);
  return {
    size: size ?? 'undetermined', candidates: sizing.candidates.join(','), industryCode: row.industryCode,
    ...(gap === 'none' ? {} : { gap }),
    ...(sector === null ? {} : { sector: sector.id }),
    ...Object.fromEntries(margins.map(({ indicator, valueFen }) => [indicator, yuanText(valueFen)])),
  };
}

/** The grounds as kept. @throws AssertionFault for a sector that the standards do not know */
export function groundsOf(facts: FindingFacts, standards: SizeStandards): SizeGrounds {
  const { size, gap, sector: id } = facts;
  const sector = id === undefined ? null : present(standards.sectors.find((one) => one.id === id), 'a sector of the size standards');
  return {
    size: size === 'undetermined' ? null : (size as SizeClass), // as sizeFacts states it
    gap: (gap ?? 'none') as SizeGap, // likewise
    sector,
    margins: sector === null ? [] : marginsOf(sector, fenFact(facts['annualSales']), fenFact(facts['totalAssets'])),
  };
}

function marginsOf(sector: Sector, annualSales: Fen | null, totalAssets: Fen | null): readonly SizeMargin[] {
  const { thresholds } = sector;
  const margins: SizeMargin[] = [];
  if (thresholds.annualSales !== null && annualSales !== null) margins.push(margin('annualSales', annualSales, thresholds.annualSales));
  if (thresholds.totalAssets !== null && totalAssets !== null) margins.push(margin('totalAssets', totalAssets, thresholds.totalAssets));
  return margins;
}

function margin(indicator: SizeMargin['indicator'], valueFen: Fen, thresholds: Thresholds): SizeMargin {
  const level = thresholds.filter((bound) => valueFen >= bound).length;
  return { indicator, valueFen, fromFen: thresholds[level - 1] ?? null, belowFen: thresholds[level] ?? null };
}

/** e.g. `annual sales 1,234,500.00 < 3,000,000.00 (industry)`, or `undetermined: industry code blank`. */
export function sizeBasis({ size, gap, sector, margins }: SizeGrounds): string {
  if (gap !== 'none') return `undetermined: ${gapBasis[gap]}`;
  if (sector === null) return `${String(size)} by every sector the industry code may mean`;
  const parts = margins.map((known) => bounded(known, indicatorWords[known.indicator].basis));
  return `${parts.join(' and ')} (${sector.id})`;
}

function bounded({ valueFen, fromFen, belowFen }: SizeMargin, word: string): string {
  const value = `${word} ${groupedYuan(valueFen)}`;
  if (belowFen === null) return `${value} >= ${groupedYuan(fromFen ?? 0n)}`;
  const upper = `${value} < ${groupedYuan(belowFen)}`;
  return fromFen === null ? upper : `${groupedYuan(fromFen)} <= ${upper}`;
}

/** The class and its grounds, or what is missing: `划为微型企业：增值税销售额（年）1,234,500.00元，低于3,000,000.00元（工业）`. */
export function sizeSentence({ size, gap, sector, margins }: SizeGrounds): string {
  if (gap !== 'none') return `未能划型：${gapSentences[gap]}`;
  const name = size === null ? '' : sizeNames[size];
  if (sector === null) return `划为${name}企业：划型行业代码可能对应的各行业结果相同`;
  return `划为${name}企业：${margins.map(boundedSentence).join('，')}（${sector.name}）`;
}

function boundedSentence({ indicator, valueFen, fromFen, belowFen }: SizeMargin): string {
  const value = `${indicatorWords[indicator].sentence}${groupedYuan(valueFen)}元`;
  if (belowFen === null) return `${value}，达到${groupedYuan(fromFen ?? 0n)}元`;
  if (fromFen === null) return `${value}，低于${groupedYuan(belowFen)}元`;
  return `${value}，达到${groupedYuan(fromFen)}元、低于${groupedYuan(belowFen)}元`;
}
