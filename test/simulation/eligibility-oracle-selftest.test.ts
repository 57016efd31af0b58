/**
 * The oracle of refund eligibility by itself: every published example A–E that a roster row can express, and the boundaries that
 * the law pages and the settled readings state. The engine is not imported here; it meets the oracle in the differential test.
 */
import { expect, test } from 'vitest';
import { civilDate } from '../../shared/kernel/civil-date.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { fillAndCompare } from '../support/eligibility-oracle/fillings.ts';
import { decimals, halfUp, shiftMonth } from '../support/eligibility-oracle/figures.ts';
import { oracle, type OracleAnswer } from '../support/eligibility-oracle/oracle.ts';
import { taxpayer, yuanOf } from '../support/eligibility-oracle/plain-taxpayer.ts';

type Example = readonly [name: string, filing: string, changes: Partial<RosterRow>, expected: Partial<OracleAnswer>];

function check(examples: readonly Example[]): void {
  test.each(examples)('%s', (_name, filing, changes, expected) => {
    expect(oracle(taxpayer(changes), taxPeriod(filing))).toMatchObject(expected);
  });
}

/** Published figures are in 万元; here 1 stands for 10,000 yuan. */
const wan = (amount: number): bigint => yuanOf(amount * 10_000);
const allSpecial = { deductedSpecial: wan(100), deductedOther: 0n } as const;
const e14 = { deductedSpecial: wan(500), deductedToll: wan(100), deductedCustoms: wan(200), deductedOther: wan(200), transferredOut: wan(50) } as const;
const caterer = { industryCode: 'H6210', salesByIndustry: [{ code: 'E', salesFen: wan(60) }] } as const;

check([
  ['E01 before the one-off refund the increment is what exceeds the base', '2022-08', { baseCredit: wan(100), endingCredit: wan(120) }, { existingCredit: '1000000.00', incrementalCredit: '200000.00' }],
  ['E02 after the one-off refund the increment is the whole credit', '2022-08', { baseCredit: wan(100), endingCredit: wan(120), existingRefundedOn: civilDate('2022-05-10') },
    { existingCredit: '0.00', incrementalCredit: '1200000.00' }],
  ['E03 existing credit is the base where the credit is larger', '2022-04', { baseCredit: wan(100), endingCredit: wan(120) }, { size: 'micro', existingCredit: '1000000.00' }],
  ['E04 existing credit is the credit where the base is larger', '2022-04', { baseCredit: wan(100), endingCredit: wan(80) }, { existingCredit: '800000.00', incrementalCredit: '0.00' }],
  ['E05 existing credit is nothing once refunded', '2022-05', { baseCredit: wan(100), endingCredit: wan(80), existingRefundedOn: civilDate('2022-04-28') }, { existingCredit: '0.00' }],
  ['E08 existing credit 10 of a credit of 15', '2022-04', { baseCredit: wan(10), endingCredit: wan(15) }, { existingCredit: '100000.00', incrementalCredit: '50000.00' }],
  ['E10 nothing is left of it in the month after', '2022-05', { baseCredit: wan(10), endingCredit: wan(15), existingRefundedOn: civilDate('2022-04-30') }, { existingCredit: '0.00' }],
  ['E11 a micro manufacturer with special invoices only is refunded 5500 yuan', '2022-04', { baseCredit: yuanOf(3000), endingCredit: yuanOf(5500), ...allSpecial },
    { verdict: 'refundable', route: '2022-14/1', refundableExisting: '3000.00', refundableIncremental: '2500.00', refundableTotal: '5500.00' }],
  ['E13 set up after 2019-04-01 the increment is the whole credit', '2022-06', { baseCredit: 0n, endingCredit: wan(7), registeredOn: civilDate('2020-01-01') }, { incrementalCredit: '70000.00', existingCredit: '0.00' }],
  ['E14 the ratio is 80 % and input tax transferred out is not subtracted', '2022-04', e14, { ratio: { numerator: wan(800), denominator: wan(1000) } }],
  ['E17 special invoices alone make the ratio one', '2022-04', allSpecial, { ratio: { numerator: wan(100), denominator: wan(100) } }],
  ['E18 600 of 1000 under No. 39 is 60 % although 600 were transferred out', '2019-10', { deductedSpecial: wan(600), deductedOther: wan(400), transferredOut: wan(600) },
    { pack: 'mof-sta-gac-2019-39', ratio: { numerator: wan(600), denominator: wan(1000) } }],
  ['E22 a micro enterprise in 2023 still has 80 % of its existing credit', '2023-04', { baseCredit: wan(100), endingCredit: wan(220), ...e14 },
    { verdict: 'refundable', existingCredit: '1000000.00', refundableExisting: '800000.00' }],
  ['E22 also outside the listed industries, where the six months are not reached', '2023-04', { ...caterer, baseCredit: wan(100), endingCredit: wan(120), ...e14 },
    { verdict: 'refundable', route: '2022-14/1', refundableExisting: '800000.00', refundableTotal: '800000.00' }],
  ['E24 the ratio stays 80 % with 50 transferred out', '2023-04', { baseCredit: wan(100), endingCredit: wan(220), ...e14 }, { ratio: { numerator: wan(800), denominator: wan(1000) } }],
  ['E25 equipment 300, transport 300, construction 400 is 60 %: listed', '2022-05', { salesByIndustry: [{ code: 'C35', salesFen: wan(300) }, { code: 'G54', salesFen: wan(300) }, { code: 'E', salesFen: wan(400) }] },
    { listedIndustry: true, listedShare: '0.6000' }],
  ['E27 a manufacturer five months old may claim every month under No. 7', '2025-09', { salesMonths: 5, baseCredit: 0n, registeredOn: civilDate('2025-04-01'), recentCredits: null },
    { verdict: 'refundable', route: '2025-07/1(1)', incrementalCredit: '2000000.00' }],
  ['E28 construction with sales 64 million and assets 47 million is small', '2022-05', { industryCode: 'E4710', prevYearSales: wan(6400), prevYearAssets: wan(4700) }, { size: 'small' }],
  ['E30 staff never counts: industry with medium sales is medium', '2022-05', { industryCode: 'C1762', prevYearSales: wan(2000) }, { size: 'medium' }],
  ['E32 unlisted sectors: below 1 million is micro', '2022-05', { industryCode: 'M7310', prevYearSales: wan(100) - 1n }, { size: 'micro' }],
  ['E32 unlisted sectors: 1 million is small', '2022-05', { industryCode: 'M7310', prevYearSales: wan(100) }, { size: 'small' }],
  ['E32 unlisted sectors: below 20 million is small', '2022-05', { industryCode: 'M7310', prevYearSales: wan(2000) - 1n }, { size: 'small' }],
  ['E32 unlisted sectors: 20 million is medium', '2022-05', { industryCode: 'M7310', prevYearSales: wan(2000) }, { size: 'medium' }],
]);

const medium = { prevYearSales: wan(2000) } as const;
const large = { prevYearSales: wan(40000) } as const;
const noIncrement = { baseCredit: wan(200), endingCredit: wan(100), ...allSpecial } as const;

check([
  ['a micro enterprise has its existing credit open in 2022-04', '2022-04', noIncrement, { verdict: 'refundable', existingOpenFrom: '2022-04', refundableTotal: '1000000.00' }],
  ['a small enterprise waits until 2022-05', '2022-04', { ...noIncrement, prevYearSales: wan(300) }, { verdict: 'not-open', existingOpenFrom: '2022-05', refundableExisting: '1000000.00', refundableTotal: '0.00' }],
  ['a small enterprise is paid its increment meanwhile', '2022-04', { baseCredit: wan(100), endingCredit: wan(120), ...allSpecial, prevYearSales: wan(300) },
    { verdict: 'refundable', refundableExisting: '1000000.00', refundableIncremental: '200000.00', refundableTotal: '200000.00' }],
  ['a medium listed enterprise waits until 2022-05 (No. 17)', '2022-04', { ...noIncrement, ...medium }, { verdict: 'not-open', route: '2022-14/2', existingOpenFrom: '2022-05' }],
  ['and is paid then', '2022-05', { ...noIncrement, ...medium }, { verdict: 'refundable' }],
  ['a large listed enterprise waits until 2022-06 (No. 19)', '2022-05', { ...noIncrement, ...large }, { verdict: 'not-open', existingOpenFrom: '2022-06' }],
  ['and is paid after that', '2022-06', { ...noIncrement, ...large }, { verdict: 'refundable' }],
  ['medium wholesale before 2022-07 goes to No. 39', '2022-06', { ...medium, industryCode: 'C1762', salesByIndustry: [{ code: 'F51', salesFen: 1n }] },
    { route: '2019-39/8', existingOpenFrom: null, incrementalOpenFrom: null, refundRate: '0.6', existingCredit: '0.00' }],
  ['and to article 2 from 2022-07 (No. 21)', '2022-07', { ...medium, salesByIndustry: [{ code: 'F51', salesFen: 1n }] },
    { route: '2022-14/2', verdict: 'refundable', existingOpenFrom: '2022-07', incrementalOpenFrom: '2022-07' }],
  ['exactly one half is not listed', '2022-05', { ...medium, salesByIndustry: [{ code: 'C', salesFen: 50n }, { code: 'E', salesFen: 50n }] }, { listedIndustry: false, listedShare: '0.5000', route: '2019-39/8' }],
  ['one fen above one half is', '2022-05', { ...medium, salesByIndustry: [{ code: 'C', salesFen: 500_001n }, { code: 'E', salesFen: 500_000n }] }, { listedIndustry: true, listedShare: '0.5000' }],
  ['two months of sales are too few', '2022-05', { ...medium, salesMonths: 2 }, { listedIndustry: false }],
  ['from 2023 an unlisted small enterprise has No. 39 beside its existing credit', '2023-01', { ...caterer, baseCredit: wan(100), endingCredit: wan(200), ...allSpecial },
    { route: '2019-39/8', verdict: 'refundable', refundableExisting: '1000000.00', refundableIncremental: '600000.00', refundableTotal: '1600000.00' }],
  ['until 2022 it had both at 100 %', '2022-12', { ...caterer, baseCredit: wan(100), endingCredit: wan(200), ...allSpecial }, { route: '2022-14/1', refundableTotal: '2000000.00' }],
  ['sales of half a year are doubled', '2022-05', { prevYearSales: wan(150), prevYearMonths: 6 }, { size: 'small' }],
  ['and one fen less are not enough', '2022-05', { prevYearSales: wan(150) - 1n, prevYearMonths: 6 }, { size: 'micro' }],
  ['a year that did not exist leaves the size open', '2022-05', { prevYearMonths: 0 }, { size: 'undetermined', verdict: 'needs-evidence' }],
  ['which does not matter where every size gives the same', '2023-05', { prevYearMonths: 0 }, { size: 'undetermined', verdict: 'refundable', route: '2022-14/2' }],
]);

const no39 = { baseCredit: 0n, ...allSpecial } as const;
const half = yuanOf(500_000);

check([
  ['500,000.00 in the sixth month is enough', '2019-10', { ...no39, endingCredit: half }, { verdict: 'refundable', refundableTotal: '300000.00', refundRate: '0.6', listedShare: null }],
  ['a fen less is not', '2019-10', { ...no39, endingCredit: half - 1n }, { verdict: 'ineligible' }],
  ['the first six months end with September 2019', '2019-09', no39, { verdict: 'ineligible' }],
  ['arrears lower the sixth month only in the 500,000 test', '2019-10', { ...no39, endingCredit: half + 100n, vatArrears: 101n }, { verdict: 'ineligible', endingCredit: '499999.99' }],
  ['one month without increase breaks the six', '2020-05', { ...no39, recentCredits: [1n, 1n, 0n, 1n, 1n, wan(200)] }, { verdict: 'ineligible' }],
  ['a quarterly filer needs two', '2020-04', { ...no39, filingCycle: 'quarter', recentCredits: [0n, 0n, 0n, 0n, 1n, wan(200)] }, { verdict: 'refundable' }],
  ['between two quarters the last two whole quarters count', '2022-03', { ...no39, filingCycle: 'quarter', generalRefundedOn: civilDate('2021-07-01') }, { verdict: 'ineligible' }],
  ['a refund in the quarter before them does not bar', '2022-03', { ...no39, filingCycle: 'quarter', generalRefundedOn: civilDate('2021-06-30') }, { verdict: 'refundable' }],
  ['after a general refund the six months start again', '2022-03', { ...no39, generalRefundedOn: civilDate('2021-08-31') }, { verdict: 'refundable' }],
  ['the month of the refund itself is not later', '2022-03', { ...no39, generalRefundedOn: civilDate('2021-09-01') }, { verdict: 'ineligible' }],
  ['a repayment of 即征即退 by 2022-10-31 counts', '2022-10', { immediateRefund: true, immediateRefundRepaidOn: civilDate('2022-10-31') }, { verdict: 'refundable' }],
  ['a day later does not', '2022-11', { immediateRefund: true, immediateRefundRepaidOn: civilDate('2022-11-01') }, { verdict: 'ineligible' }],
  ['under No. 7 it does', '2025-09', { immediateRefund: true, immediateRefundRepaidOn: civilDate('2022-11-01') }, { verdict: 'refundable' }],
  ['an existing refund on the first day of the filing month does not count yet', '2022-05', { existingRefundedOn: civilDate('2022-05-01') }, { existingCredit: '1000000.00' }],
  ['rating M is not enough', '2022-05', { creditRating: 'M' }, { verdict: 'ineligible' }],
  ['one penalty does not bar, two do', '2022-05', { evasion36: 1 }, { verdict: 'refundable' }],
  ['two penalties bar', '2022-05', { evasion36: 2 }, { verdict: 'ineligible' }],
]);

const others = { industryCode: 'E4710', salesByIndustry: [{ code: 'E', salesFen: wan(60) }], yearDeductedQualified: 1n, yearDeductedTotal: 1n } as const;
const firstBracket = yuanOf(100_000_000);

check([
  ['others: up to 100,000,000 yuan 60 %', '2025-09', { ...others, prevYearEndCredit: 0n, endingCredit: firstBracket }, { route: '2025-07/1(3)', refundRate: '0.6', refundableTotal: '60000000.00' }],
  ['others: above it 30 %', '2025-09', { ...others, prevYearEndCredit: 0n, endingCredit: firstBracket + 10n }, { refundRate: '0.6/0.3', refundableTotal: '60000000.03' }],
  ['others: the tie of half a fen goes up', '2025-09', { ...others, prevYearEndCredit: 0n, endingCredit: firstBracket + 5n }, { refundableTotal: '60000000.02' }],
  ['transport is no longer listed', '2025-09', { salesByIndustry: [{ code: 'G', salesFen: 1n }] }, { route: '2025-07/1(3)', listedIndustry: false }],
  ['railway tickets count above the line', '2025-09', { deductedSpecial: 1n, deductedRail: 2n, deductedOther: 0n }, { ratio: { numerator: 3n, denominator: 3n } }],
  ['before 2025 they do not', '2025-08', { deductedSpecial: 1n, deductedRail: 2n, deductedOther: 0n }, { ratio: { numerator: 1n, denominator: 3n } }],
  ['filing 2026-01 asks for January 2025', '2026-01', { ...others, deductedFrom: taxPeriod('2025-01'), deductedSpecial: 1n, deductedOther: 1n }, { ratio: { numerator: 1n, denominator: 2n } }],
  ['filing 2026-02 asks for January 2026 and takes the pair of the year', '2026-02',
    { ...others, deductedFrom: taxPeriod('2025-01'), deductedSpecial: 1n, deductedOther: 1n }, { ratio: { numerator: 1n, denominator: 1n } }],
  ['presales make real estate', '2025-09', { salesByIndustry: [{ code: 'K701', salesFen: 1n }, { code: 'E', salesFen: 3n }], realEstatePresales: 3n }, { route: '2025-07/1(2)', refundRate: '0.6' }],
  ['who fails real estate is tried as another taxpayer', '2025-09', { salesByIndustry: [{ code: 'K701', salesFen: 1n }], baseCredit: wan(190) }, { route: '2025-07/1(3)', verdict: 'refundable' }],
]);

check([
  ['a deregistered taxpayer is out of scope', '2022-05', { status: 'deregistered' }, { verdict: 'out-of-scope', refundableTotal: '0.00' }],
  ['out of scope comes before ineligible', '2022-05', { taxpayerKind: 'small-scale', creditRating: 'D' }, { verdict: 'out-of-scope' }],
  ['ineligible comes before needs-evidence', '2022-05', { creditRating: 'D', endingCredit: null, recentCredits: null }, { verdict: 'ineligible', endingCredit: null, refundableExisting: null }],
  ['needs-evidence comes before suspended', '2022-05', { deductedFrom: null, underInspection: true }, { verdict: 'needs-evidence', ratio: null }],
  ['suspended comes before not-open', '2022-04', { ...noIncrement, prevYearSales: wan(300), abnormalVouchers: 1n }, { verdict: 'suspended' }],
  ['pending 免抵退 waits', '2022-05', { exportRefundPending: true }, { verdict: 'needs-evidence' }],
  ['arrears above the credit leave nothing', '2022-05', { vatArrears: wan(300) }, { verdict: 'nothing-due', endingCredit: '0.00' }],
  ['no numerator gives nothing', '2022-05', { deductedSpecial: 0n }, { verdict: 'nothing-due', refundableTotal: '0.00' }],
  ['no denominator is a question', '2022-05', { deductedSpecial: 0n, deductedOther: 0n }, { verdict: 'needs-evidence', ratio: null }],
  ['a blank base decides', '2022-05', { baseCredit: null }, { verdict: 'needs-evidence', existingCredit: null }],
  ['a blank base does not decide after the one-off refund', '2022-06', { baseCredit: null, existingRefundedOn: civilDate('2022-05-10') }, { verdict: 'refundable', incrementalCredit: '2000000.00' }],
  ['blank assets do not decide a manufacturer', '2022-05', { prevYearAssets: null }, { verdict: 'refundable', size: 'micro' }],
  ['blank special invoices do not decide where all other invoices qualify', '2022-05', { deductedSpecial: null, deductedVehicle: 1n, deductedOther: 0n }, { verdict: 'refundable' }],
  ['blank months may be none at all: the size stays open', '2022-06', { prevYearMonths: null }, { verdict: 'needs-evidence', size: 'undetermined', route: null, refundableTotal: '0.00' }],
  ['blank months do not decide where every size gives the same', '2023-05', { prevYearMonths: null }, { verdict: 'refundable', size: 'undetermined', route: '2022-14/2', existingOpenFrom: null }],
  ['a blank start decides between the pair of the year and the rest', '2025-12', { ...others, yearDeductedTotal: 3n, deductedFrom: null }, { verdict: 'needs-evidence', ratio: null, refundableIncremental: null }],
  ['a blank start does not decide without a credit', '2022-05', { deductedFrom: null, endingCredit: 0n }, { verdict: 'nothing-due', ratio: null, refundableTotal: '0.00' }],
  ['a size open between micro and small does not decide a suspended row', '2022-04', { industryCode: 'K70', filingMismatch: true },
    { verdict: 'suspended', size: 'undetermined', route: '2022-14/1', existingOpenFrom: null }],
  ['one blank fact in two tests is one fact: blank months of sales leave other taxpayers either way', '2025-09',
    { salesByIndustry: [{ code: 'M', salesFen: 1n }], realEstatePresales: 944n, salesMonths: null, endingCredit: 71_664n }, { verdict: 'ineligible', route: '2025-07/1(3)' }],
  ['a blank base leaves the increment open where real estate is possible', '2027-12',
    { salesByIndustry: [{ code: 'Q', salesFen: 1n }], realEstatePresales: 24n, baseCredit: null, prevYearEndCredit: 0n }, { verdict: 'needs-evidence', incrementalCredit: null, route: null }],
  ['a blank code does not decide under No. 7', '2025-09', { industryCode: null }, { verdict: 'refundable', size: 'undetermined' }],
  ['a bare I decides where it tips the half', '2025-09', { salesByIndustry: [{ code: 'I', salesFen: 2n }, { code: 'E', salesFen: 1n }] }, { verdict: 'needs-evidence', listedIndustry: null }],
  ['and does not where it cannot', '2025-09', { salesByIndustry: [{ code: 'I', salesFen: 1n }, { code: 'C', salesFen: 3n }] }, { verdict: 'refundable', listedIndustry: true, listedShare: null }],
]);

test('the rounding of the oracle gives exactly half a fen upwards', () => {
  expect([halfUp(1n, 2n), halfUp(49n, 100n), halfUp(5n, 10n), halfUp(15n, 10n), halfUp(7n, 3n)]).toEqual([1n, 0n, 1n, 2n, 2n]);
  expect(decimals({ numerator: 2n, denominator: 3n }, 4)).toBe('0.6667');
  expect([shiftMonth('2022-01', -1), shiftMonth('2019-10', -6), shiftMonth('2022-12', 1)]).toEqual(['2021-12', '2019-04', '2023-01']);
});

test('no way of filling blanks contradicts what was answered in spite of them', () => {
  const { filled, contradicted } = fillAndCompare(10_000);
  expect(contradicted).toEqual([]);
  expect(filled).toBeGreaterThan(5_000);
});
