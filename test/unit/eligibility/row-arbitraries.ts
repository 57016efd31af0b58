/** Random roster rows for the properties of eligibility: amounts near the bounds that matter, and blanks where a test asks for them. */
import fc from 'fast-check';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { taxPeriod, type TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../../shared/roster/model.ts';
import { goldenRow } from '../../golden/golden-rows.ts';

/** Filing periods on both sides of every change of pack, list or window. */
export const anyFiling: fc.Arbitrary<TaxPeriod> = fc
  .constantFrom('2019-05', '2019-09', '2019-10', '2021-06', '2022-03', '2022-04', '2022-05', '2022-06', '2022-07', '2022-12', '2023-01', '2025-08', '2025-09', '2026-01')
  .map(taxPeriod);

const credit = fc.oneof(
  fc.constantFrom(0n, 1n, 2n, 10_000n, 50_000_000n, 49_999_999n, 50_000_001n, 100_000_000n, 10_000_000_000n, 10_050_000_001n),
  fc.bigInt({ min: 0n, max: 2_000_000_000n }),
);
const deducted = fc.oneof(fc.constantFrom(0n, 1n, 2n, 3n), fc.bigInt({ min: 0n, max: 1_000_000_000n }));
const sales = fc.constantFrom(0n, 29_999_999n, 300_000_000n, 1_999_999_999n, 2_000_000_000n, 39_999_999_999n, 40_000_000_000n);
const industryCode = fc.constantFrom('C3311', 'E4710', 'F5111', 'F', 'G5311', 'I', 'J6621', 'K7010', 'L7211', 'M7310');
const salesCode = fc.constantFrom('C', 'C33', 'I', 'I65', 'N', 'G53', 'F51', 'E', 'K', 'K70', 'K701');

/** A row whose every deciding column is known. */
export const knownRow: fc.Arbitrary<RosterRow> = fc
  .record({
    filingCycle: fc.constantFrom('month', 'quarter'),
    industryCode,
    creditRating: fc.constantFrom('A', 'A', 'A', 'B', 'M', 'D'),
    prevYearSales: sales,
    prevYearMonths: fc.constantFrom(0, 1, 7, 12, 12),
    prevYearAssets: sales,
    salesByIndustry: fc.array(fc.record({ code: salesCode, salesFen: fc.constantFrom(0n, 1n, 50n, 100n) }), { minLength: 1, maxLength: 4 }),
    realEstatePresales: fc.constantFrom(0n, 0n, 100n),
    salesMonths: fc.constantFrom(2, 3, 12),
    baseCredit: credit,
    endingCredit: credit,
    recentCredits: fc.array(credit, { minLength: 6, maxLength: 6 }),
    prevYearEndCredit: credit,
    exportRefundDue: fc.constantFrom(0n, 0n, 1n, 50_000_000n),
    vatArrears: fc.constantFrom(0n, 0n, 1n, 50_000_000n),
    deductedFrom: fc.constantFrom('2019-04', '2019-04', '2019-04', '2025-01').map(taxPeriod),
    deductedSpecial: deducted,
    deductedToll: deducted,
    deductedRail: fc.constantFrom(0n, 5n),
    deductedOther: fc.oneof(fc.constant(0n), deducted),
    yearDeductedQualified: fc.constantFrom(0n, 1n, 300n),
    yearDeductedTotal: fc.constantFrom(300n, 400n),
    existingRefundedOn: fc.constantFrom(null, null, civilDate('2022-04-25'), civilDate('2022-12-31')),
    generalRefundedOn: fc.constantFrom(null, null, civilDate('2021-01-15')),
    evasion36: fc.constantFrom(0, 0, 0, 1, 2),
    filed: fc.constantFrom(true, true, true, false),
    underInspection: fc.constantFrom(false, false, false, true),
  })
  .map((columns) => ({ ...goldenRow({}), ...columns }));

/** Columns that may be blank, and values to fill a blank with that reach every edge the rules know; later ones see what earlier ones filled. */
const fillings = {
  taxpayerKind: () => ['general', 'small-scale'],
  creditRating: () => ['A', 'D'],
  industryCode: () => ['A0111', 'C3311', 'E4710', 'F5111', 'F5211', 'G5311', 'I6511', 'J6621', 'K7010', 'K7020', 'L7211', 'M7310'],
  prevYearSales: () => [0n, 400_000_000n, 3_000_000_000n, 9_000_000_000n, 900_000_000_000n],
  prevYearAssets: () => [0n, 400_000_000n, 3_000_000_000n, 9_000_000_000n, 900_000_000_000n],
  prevYearMonths: () => [0, 1, 12],
  salesByIndustry: () => ['C', 'F51', 'K701', 'E'].map((code) => [{ code, salesFen: 100n }]),
  salesMonths: () => [2, 12],
  baseCredit: () => [0n, 30_000_000n, 10n ** 15n],
  endingCredit: () => [0n, 90_000_000n, 10n ** 15n],
  // The last of the six is the ending credit by definition of the column (roster.md).
  recentCredits: ({ endingCredit, baseCredit }) =>
    [0n, 1n, (baseCredit ?? 0n) + 1n, 10n ** 15n].map((older) => [older, older, older, older, older, endingCredit ?? older]),
  prevYearEndCredit: () => [0n, 10n ** 15n],
  deductedFrom: () => ['2019-04', '2025-01', '2020-06'].map(taxPeriod),
  deductedSpecial: () => [0n, 7n, 10n ** 15n],
  yearDeductedQualified: () => [0n, 300n],
  yearDeductedTotal: () => [300n, 10n ** 15n],
  fraud36: () => [false, true],
  evasion36: () => [0, 2],
  filed: () => [true, false],
  underInspection: () => [false, true],
  filingMismatch: () => [false, true],
  immediateRefund: () => [false, true],
} as const satisfies { readonly [Key in keyof RosterRow]?: (row: RosterRow) => readonly RosterRow[Key][] };

export type Blankable = keyof typeof fillings;
const blankables = Object.keys(fillings) as readonly Blankable[];

/** A known row with up to three blanks, in the order in which they are filled. */
export const blankedRow: fc.Arbitrary<{ readonly row: RosterRow; readonly blanks: readonly Blankable[] }> = fc
  .tuple(knownRow, fc.uniqueArray(fc.constantFrom(...blankables), { minLength: 1, maxLength: 3 }))
  .map(([row, chosen]) => ({ row: { ...row, ...Object.fromEntries(chosen.map((key) => [key, null])) }, blanks: blankables.filter((key) => chosen.includes(key)) }));

/** Every way to fill the blanks: 0 months is a value of its column beside any sales and assets (roster.md). */
export function filledRows(row: RosterRow, blanks: readonly Blankable[]): readonly RosterRow[] {
  let rows: readonly RosterRow[] = [row];
  for (const key of blanks) rows = rows.flatMap((one) => fillings[key](one).map((value) => ({ ...one, [key]: value })));
  return rows;
}
