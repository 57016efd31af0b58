/**
 * Random taxpayers that crowd around the boundaries of the law: size thresholds ± 1 fen, a share of exactly one half, half fens,
 * the 500,000 and 100,000,000 yuan, days before and after each date, blanks. They are rows as the roster reader could yield them;
 * a seed gives the same taxpayer always.
 */
import { addDays, civilDate, type CivilDate } from '../../../shared/kernel/civil-date.ts';
import { addPeriods, firstDay, lastDay, taxPeriod, type TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { IndustrySales, RosterRow } from '../../../shared/roster/model.ts';
import { chanceOf, type Chance } from './chance.ts';
import { randomCredits, randomDeductions } from './random-amounts.ts';
import { plainTaxpayer } from './plain-taxpayer.ts';
import { standardsOf } from './size.ts';

const turningMonths = [
  '2019-05', '2019-09', '2019-10', '2019-11', '2020-01', '2021-12', '2022-03', '2022-04', '2022-04', '2022-05', '2022-05', '2022-06', '2022-06', '2022-07', '2022-08',
  '2022-10', '2022-11', '2022-12', '2023-01', '2023-02', '2023-07', '2025-01', '2025-08', '2025-09', '2025-10', '2025-12', '2026-01', '2026-02', '2027-12',
].map(taxPeriod);
const firstFiling = taxPeriod('2019-05');

const industryCodes = [
  'A0111', 'A0514', 'B0610', 'C1311', 'C1762', 'C4390', 'D4411', 'D4620', 'E4710', 'E5090', 'F5111', 'F5199', 'F5211', 'F5299', 'G5311', 'G5339', 'G5411', 'G5512', 'G5811',
  'G5910', 'G5920', 'G5990', 'G6010', 'G6090', 'H6110', 'H6190', 'H6210', 'H6299', 'I6311', 'I6410', 'I6510', 'I6599', 'J6610', 'J6620', 'J6621', 'J6631', 'J6633', 'J6650', 'J6711', 'J6814',
  'J6911', 'J6920', 'J6930', 'J6999', 'K7010', 'K7020', 'K7030', 'K7040', 'K7090', 'L7111', 'L7299', 'M7310', 'M7590', 'N7610', 'N7711', 'N7810', 'N7910', 'O8010', 'P8310', 'Q8411', 'Q8511',
  'R8610', 'R9090', 'S9111', 'T9700',
];
const shortCodes = ['A', 'C', 'F', 'G', 'G59', 'H', 'I', 'J', 'J66', 'J67', 'K', 'K70', 'L', 'N', 'C17', 'F51', 'I65', 'K701', 'G591', 'G592', 'M73', 'P'];

const listedCodes = ['C', 'C17', 'C341', 'M', 'M73', 'D', 'D44', 'I65', 'I651', 'N77', 'N771', 'G', 'G53', 'G591'];
const laterListedCodes = ['F', 'F51', 'F529', 'A', 'A01', 'H', 'H61', 'O', 'O80', 'P', 'P83', 'Q', 'Q84', 'Q851', 'R', 'R90'];
const unlistedCodes = ['E', 'E47', 'B', 'B06', 'I63', 'I641', 'J66', 'K702', 'K709', 'L', 'L72', 'N76', 'N78', 'S91'];
const openCodes = ['I', 'N', 'K', 'K70'];

const largestAmount = 999_999_999_999_999n;

export type RandomCase = { readonly seed: number; readonly row: RosterRow; readonly filing: TaxPeriod };

export function randomTaxpayer(seed: number): RandomCase {
  const chance = chanceOf(seed);
  const filing = chance.percent(70) ? chance.oneOf(turningMonths) : addPeriods(firstFiling, chance.below(104));
  const filingCycle = chance.percent(12) ? 'quarter' : 'month';
  const prevYearMonths = chance.percent(65) ? 12 : chance.below(13);
  const industryCode = chance.percent(85) ? chance.oneOf(industryCodes) : chance.oneOf(shortCodes);
  const row: RosterRow = {
    ...plainTaxpayer,
    filingCycle,
    individual: chance.percent(10),
    industryCode,
    prevYearMonths,
    ...randomSize(chance, industryCode, prevYearMonths),
    ...randomShare(chance),
    ...randomCredits(chance, filingCycle),
    ...randomDeductions(chance, filing),
    ...randomStanding(chance, filing),
    transferredOut: chance.percent(20) ? chance.amount(9) : 0n,
  };
  return { seed, filing, row: withBlanks(chance, row) };
}

/** Sales and assets around one upper bound of the code's own sector, a fen below, on it or a fen above; of two measures the other is often large. */
function randomSize(chance: Chance, code: string, months: number): Pick<RosterRow, 'prevYearSales' | 'prevYearAssets'> {
  const standard = chance.oneOf(standardsOf(code));
  const around = (bounds: readonly bigint[] | undefined, part: number): bigint => {
    if (bounds === undefined || chance.percent(15)) return chance.percent(15) ? 0n : chance.amount(13);
    if (chance.percent(30)) return largestAmount;
    const amount = (chance.oneOf(bounds) * 1_000_000n * BigInt(part)) / 12n + BigInt(chance.below(3) - 1);
    return amount < 0n ? 0n : amount;
  };
  return { prevYearSales: around(standard?.sales ?? undefined, months), prevYearAssets: around(standard?.assets ?? undefined, 12) };
}

type Share = Pick<RosterRow, 'salesByIndustry' | 'salesMonths' | 'realEstatePresales'>;

function randomShare(chance: Chance): Share {
  const salesMonths = chance.percent(80) ? 12 : chance.oneOf([0, 1, 2, 3, 4, 11]);
  const realEstatePresales = chance.percent(80) ? 0n : chance.percent(30) ? 1n : chance.amount(10);
  const whole = chance.percent(20) ? 1n : 1n + chance.amount(10);
  const tilt = BigInt(chance.below(3) - 1);
  const side = chance.below(10);
  if (side === 0 && chance.percent(50)) return { salesMonths, realEstatePresales, salesByIndustry: sales([['K701', whole]]) };
  if (side < 3) return { salesMonths, realEstatePresales, salesByIndustry: sales([[chance.oneOf([...listedCodes, ...laterListedCodes, ...unlistedCodes, ...openCodes, 'K701']), whole]]) };
  if (side === 3) {
    // Real estate exactly at one half, presales included: development + presales against the rest.
    const rest = whole + realEstatePresales + tilt;
    return { salesMonths, realEstatePresales, salesByIndustry: sales([['K701', whole], [chance.oneOf(['E47', 'C17', 'F51', 'K', 'I65']), rest]]) };
  }
  if (side === 4) return { salesMonths, realEstatePresales, salesByIndustry: sales([['C17', whole], ['E47', chance.amount(10)], [chance.oneOf(openCodes), chance.amount(10)]]) };
  if (side === 5) {
    // Three lists around one half: the first six, the seven of No. 21, the rest.
    const six = chance.percent(50) ? whole : whole / 2n;
    return { salesMonths, realEstatePresales, salesByIndustry: sales([[chance.oneOf(listedCodes), six], [chance.oneOf(laterListedCodes), whole - six], [chance.oneOf(unlistedCodes), whole + tilt]]) };
  }
  const left = chance.oneOf(chance.percent(60) ? listedCodes : laterListedCodes);
  const right = chance.oneOf(chance.percent(50) ? unlistedCodes : chance.percent(50) ? laterListedCodes : openCodes);
  return { salesMonths, realEstatePresales, salesByIndustry: sales(chance.percent(50) ? [[left, whole], [right, whole + tilt]] : [[left, whole], [right, chance.amount(10)]]) };
}

/** A code stands once in a cell of the roster. */
function sales(parts: readonly (readonly [code: string, amount: bigint])[]): IndustrySales[] {
  const once = new Map<string, bigint>();
  for (const [code, amount] of parts) once.set(code, (once.get(code) ?? 0n) + (amount < 0n ? 0n : amount));
  return [...once].map(([code, salesFen]) => ({ code, salesFen }));
}

function randomStanding(chance: Chance, filing: TaxPeriod): Partial<RosterRow> {
  const odd = (percent: number): boolean => chance.percent(percent);
  const dates = datesAround(filing);
  const immediateRefund = odd(12);
  return {
    taxpayerKind: odd(2) ? 'small-scale' : 'general',
    status: odd(88) ? 'normal' : chance.oneOf(['suspended-business', 'abnormal', 'bankrupt', 'deregistered'] as const),
    creditRating: odd(5) ? chance.oneOf(['M', 'C', 'D', 'unrated'] as const) : chance.oneOf(['A', 'B'] as const),
    fraud36: odd(2),
    evasion36: odd(90) ? 0 : chance.oneOf([1, 1, 1, 2, 3]),
    immediateRefund,
    immediateRefundRepaidOn: immediateRefund ? (odd(15) ? null : chance.oneOf([...dates, civilDate('2022-10-31'), civilDate('2022-11-01')])) : odd(3) ? chance.oneOf(dates) : null,
    filed: !odd(3),
    underInspection: odd(3),
    filingMismatch: odd(3),
    abnormalVouchers: odd(4) ? 1n + chance.amount(8) : 0n,
    exportRefundPending: odd(4),
    existingRefundedOn: odd(75) ? null : chance.oneOf(dates),
    generalRefundedOn: odd(80) ? null : chance.oneOf(dates),
  };
}

/** Days on both sides of the filing month and of the six counted months. */
function datesAround(filing: TaxPeriod): CivilDate[] {
  const counted = firstDay(addPeriods(filing, -6));
  return [addDays(firstDay(filing), -1), firstDay(filing), lastDay(filing), addDays(lastDay(filing), 1), addDays(counted, -1), counted, addDays(counted, 31), addDays(counted, -60)];
}

/** Facts whose cell may be empty and whose emptiness may decide. */
export const blankable = [
  'taxpayerKind', 'industryCode', 'creditRating', 'prevYearSales', 'prevYearMonths', 'prevYearAssets', 'salesByIndustry', 'salesMonths', 'baseCredit', 'endingCredit',
  'recentCredits', 'prevYearEndCredit', 'deductedFrom', 'deductedSpecial', 'yearDeductedQualified', 'yearDeductedTotal', 'fraud36', 'evasion36', 'immediateRefund', 'filed',
  'underInspection', 'filingMismatch', 'registeredOn', 'transferredOut',
] as const satisfies readonly (keyof RosterRow)[];

function withBlanks(chance: Chance, row: RosterRow): RosterRow {
  if (chance.percent(60)) return row;
  const count = 1 + chance.below(chance.percent(15) ? 8 : 2);
  const blanks: Partial<Record<(typeof blankable)[number], null>> = {};
  for (let index = 0; index < count; index += 1) blanks[chance.oneOf(blankable)] = null;
  // A series whose last value is the ending credit would say what the blank hides: they go blank together.
  if (blanks.endingCredit === null) blanks.recentCredits = null;
  return { ...row, ...blanks };
}
