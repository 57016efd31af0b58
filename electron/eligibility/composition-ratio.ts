/**
 * 进项构成比例: named deducted vouchers ÷ all deducted input tax since the start month the rule asks for. Gives the exact quotient, or,
 * when the file leaves it open, the two ends between which it lies. Input tax transferred out 进项转出 is never subtracted.
 * @source 2022-14/8, sta-2022-4/2, 2025-07/ratio, sta-2025-20/4; readings.md, Ratio
 */
import { exceeds, one, ratioOf, roundedRatio, type Ratio } from '../../shared/kernel/ratio.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { decimalText } from './share.ts';

export const deductedColumns = [
  'deductedSpecial',
  'deductedVehicle',
  'deductedToll',
  'deductedCustoms',
  'deductedWithholding',
  'deductedAir',
  'deductedRail',
  'deductedOther',
] as const;
export type DeductedColumn = (typeof deductedColumns)[number];

export type RatioTerms = {
  /** Start month 进项统计起始所属期 that the rule asks for. */
  readonly from: TaxPeriod;
  readonly numerator: readonly DeductedColumn[];
  readonly displayScale: number;
  /** Setting `ratioRoundedBeforeUse`. */
  readonly roundedBeforeUse: boolean;
};

export type RatioGap = 'none' | 'period' | 'start-blank' | 'special-blank' | 'no-deductions' | 'year-blank' | 'year-contradicts';

/** The ratio as known: `value` when it is one figure, otherwise both ends it may take. */
export type CompositionRatio = {
  readonly value: Ratio | null;
  readonly ends: readonly [Ratio, Ratio];
  readonly gap: RatioGap;
  readonly from: TaxPeriod;
  readonly numeratorFen: Fen | null;
  readonly denominatorFen: Fen | null;
};

const none: Ratio = { numerator: 0n, denominator: 1n };

/** The ratio from the deducted* columns, which must start in the month asked for: unequal or blank leaves it open (finding ratioPeriod). */
export function ratioFromColumns(row: RosterRow, terms: RatioTerms): CompositionRatio {
  return row.deductedFrom === terms.from ? ratioOfColumns(row, terms) : openRatio('period', terms, [none, one]);
}

function ratioOfColumns(row: RosterRow, terms: RatioTerms): CompositionRatio {
  let numeratorFen = 0n;
  let denominatorFen = 0n;
  for (const column of deductedColumns) {
    const fen = row[column] ?? 0n;
    denominatorFen += fen;
    if (terms.numerator.includes(column)) numeratorFen += fen;
  }
  if (row.deductedSpecial === null) return blankSpecial(numeratorFen, denominatorFen, terms);
  return quotient(numeratorFen, denominatorFen, terms);
}

/**
 * The ratio since January: from the deducted* columns where they start then, from 当年已抵扣 where deductedFrom IS another start
 * (readings.md, Ratio, for 2025-07/1(3)). A blank start may be either, so that only what both give is known.
 */
export function ratioSinceJanuary(row: RosterRow, terms: RatioTerms): CompositionRatio {
  if (row.deductedFrom === terms.from) return ratioOfColumns(row, terms);
  const pair = ratioOfYearPair(row, terms);
  return row.deductedFrom === null ? eitherRatio(ratioOfColumns(row, terms), pair, terms) : pair;
}

function eitherRatio(a: CompositionRatio, b: CompositionRatio, terms: RatioTerms): CompositionRatio {
  const known = a.value !== null && b.value !== null && !exceeds(a.value, b.value) && !exceeds(b.value, a.value);
  if (known) return a;
  const lower = exceeds(a.ends[0], b.ends[0]) ? b.ends[0] : a.ends[0];
  const upper = exceeds(a.ends[1], b.ends[1]) ? a.ends[1] : b.ends[1];
  return openRatio('start-blank', terms, [lower, upper]);
}

function ratioOfYearPair(row: RosterRow, terms: RatioTerms): CompositionRatio {
  const { yearDeductedQualified: qualified, yearDeductedTotal: total } = row;
  if (qualified === null || total === null) return openRatio('year-blank', terms, [none, one]);
  if (qualified > total) return openRatio('year-contradicts', terms, [none, one]);
  return quotient(qualified, total, terms);
}

/** 专用发票 counts in both sums, so the ratio runs from what the other columns give to one, and may not move at all. */
function blankSpecial(numeratorFen: Fen, denominatorFen: Fen, terms: RatioTerms): CompositionRatio {
  if (denominatorFen === 0n) return openRatio('special-blank', terms, [none, one]);
  const least = used(ratioOf(numeratorFen, denominatorFen), terms);
  if (numeratorFen === denominatorFen) return { ...openRatio('none', terms, [least, least]), value: least };
  return openRatio('special-blank', terms, [least, one]);
}

function quotient(numeratorFen: Fen, denominatorFen: Fen, terms: RatioTerms): CompositionRatio {
  if (denominatorFen === 0n) return { ...openRatio('no-deductions', terms, [none, one]), numeratorFen, denominatorFen };
  const value = used(ratioOf(numeratorFen, denominatorFen), terms);
  return { value, ends: [value, value], gap: 'none', from: terms.from, numeratorFen, denominatorFen };
}

function used(exact: Ratio, terms: RatioTerms): Ratio {
  return terms.roundedBeforeUse ? roundedRatio(exact, terms.displayScale) : exact;
}

function openRatio(gap: RatioGap, terms: RatioTerms, ends: readonly [Ratio, Ratio]): CompositionRatio {
  return { value: null, ends, gap, from: terms.from, numeratorFen: null, denominatorFen: null };
}

/** At least ten decimals (headless.md), half up. */
export function ratioShown(ratio: Ratio | null, displayScale: number): string | null {
  return ratio === null ? null : decimalText(ratio, Math.max(10, displayScale));
}
