/** The synthetic county: reproducible, readable, consistent from month to month, and with every awkward case among its taxpayers. */
import { expect, test } from 'vitest';
import { awkwardCases, type Cells } from '../../../electron/demo/awkward-cases.ts';
import { countyMonths, rosterCsvOf, syntheticCounty, type CountyMonth, type CountyTerms, type PaidInMonth } from '../../../electron/demo/synthetic-county.ts';
import { syntheticTaxpayers } from '../../../electron/demo/synthetic-taxpayers.ts';
import { chanceOf } from '../../../electron/demo/seeded-chance.ts';
import { evaluatorFor, officePolicy } from '../../../electron/eligibility/index.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { readRosterCsv } from '../../../electron/roster/index.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { parseYuan, type Fen } from '../../../shared/kernel/money.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { sectionOf } from '../../../shared/roster/industry-sections.ts';
import { judgeUscc } from '../../../shared/roster/uscc.ts';
import type { RosterLine, RosterRow } from '../../../shared/roster/model.ts';

const terms: CountyTerms = { seed: 20_220_401, enterprises: 300, months: 4, countyCode: '211382', countyName: '凌源市', firstPeriod: taxPeriod('2022-04') };

function linesOf(month: CountyMonth, encoding: 'utf-8' | 'utf-8-bom' | 'gb18030' = 'utf-8'): RosterLine[] {
  const reading = readRosterCsv(rosterCsvOf(month, encoding), { filingPeriod: month.filingPeriod });
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  return [...reading.lines];
}

function rowsOf(month: CountyMonth): RosterRow[] {
  return linesOf(month).map((line) => {
    if (line.kind === 'rejected') throw new Error(JSON.stringify(line));
    return line.row;
  });
}

function rowOf(month: CountyMonth | undefined, uscc: string): Cells {
  const row = month?.rows.find((candidate) => candidate.uscc === uscc);
  if (row === undefined) throw new Error(`no ${uscc}`);
  return row;
}

function fen(text: string): Fen {
  const amount = parseYuan(text);
  if (amount === null) throw new Error(`not an amount: ${text}`);
  return amount;
}

/** An ordinary firm, long registered, whose credit grows every month. */
const ordinary =
  syntheticTaxpayers(terms)
    .filter((taxpayer) => taxpayer.awkward === null && taxpayer.general && !taxpayer.quarterly && taxpayer.goneFrom === null)
    .find((taxpayer) => taxpayer.registeredOn < '2018-01-01' && taxpayer.business.inputRate > 1300)?.uscc ?? '';

const codeOfCase = (id: string): string => syntheticTaxpayers(terms).find((taxpayer) => taxpayer.awkward?.id === id)?.uscc ?? '';

test('the same seed gives the same files, another seed another county', () => {
  const bytes = (given: CountyTerms): Uint8Array[] => syntheticCounty(given).periods.map((month) => rosterCsvOf(month, 'utf-8-bom'));
  expect(bytes(terms)).toEqual(bytes(terms));
  expect(bytes({ ...terms, seed: 1 })).not.toEqual(bytes(terms));
  expect(bytes({ ...terms, months: 2 })).toEqual(bytes(terms).slice(0, 2));
});

test('every row can be read in every encoding, and the warnings are those of the cases', () => {
  for (const month of syntheticCounty(terms).periods) {
    const plain = linesOf(month);
    expect(plain.filter((line) => line.kind === 'rejected')).toEqual([]);
    const codes = plain.flatMap((line) => (line.kind === 'row' ? line.warnings.map((warning) => warning.code) : []));
    expect([...new Set(codes)].sort()).toEqual([
      'WARN_ACCOUNT_NAME_DIFFERS', 'WARN_AMOUNT_NORMALISED', 'WARN_CHARACTER_STRANGE', 'WARN_MONTHS_DISAGREE', 'WARN_NAME_LIKE', 'WARN_USCC_LEGACY', 'WARN_USCC_UPPER_CASED',
    ]);
    expect(linesOf(month, 'gb18030')).toEqual(plain);
    expect(linesOf(month, 'utf-8-bom')).toEqual(plain);
  }
});

test('codes are valid and of the county, codes and names are unique, rare characters among them', () => {
  const taxpayers = syntheticTaxpayers({ ...terms, enterprises: 3000 });
  expect(new Set(taxpayers.map((taxpayer) => taxpayer.uscc)).size).toBe(3000);
  expect(new Set(taxpayers.map((taxpayer) => taxpayer.name)).size).toBe(3000);
  expect([...new Set(taxpayers.map((taxpayer) => judgeUscc(taxpayer.uscc).kind))].sort()).toEqual(['legacy', 'valid']);
  for (const { uscc, awkward } of taxpayers) expect(uscc.slice(awkward?.id.startsWith('legacy') === true ? 0 : 2)).toMatch(/^211382/);
  expect(taxpayers.some((taxpayer) => taxpayer.name.includes('𠮷'))).toBe(true);
});

test('another county is another county everywhere', () => {
  const taxpayers = syntheticTaxpayers({ ...terms, countyCode: '320581', countyName: '常熟市' });
  expect(taxpayers.every((taxpayer) => taxpayer.name.startsWith('常熟市') && taxpayer.uscc.includes('320581'))).toBe(true);
});

test('every awkward case stands in a county of three taxpayers a case', () => {
  const taxpayers = syntheticTaxpayers({ ...terms, enterprises: 3 * awkwardCases.length });
  expect(new Set(taxpayers.flatMap((taxpayer) => (taxpayer.awkward === null ? [] : [taxpayer.awkward.id])))).toEqual(new Set(awkwardCases.map((item) => item.id)));
  expect(new Set(awkwardCases.map((item) => item.id)).size).toBe(awkwardCases.length);
});

test('a county of a thousand has every section but international organisations, every size and every verdict', () => {
  const [month] = syntheticCounty({ ...terms, enterprises: 1000, months: 1 }).periods;
  if (month === undefined) throw new Error('no month');
  const rows = rowsOf(month);
  expect([...new Set(rows.map((row) => sectionOf(row.industryCode ?? '')?.letter))].sort().join('')).toBe('ABCDEFGHIJKLMNOPQRS');
  const evaluate = evaluatorFor(month.filingPeriod, officePolicy(checkoutResources));
  const verdicts = rows.map((row) => evaluate(row));
  expect([...new Set(verdicts.map((verdict) => verdict.size))].sort()).toEqual(['large', 'medium', 'micro', 'small', 'undetermined']);
  expect([...new Set(verdicts.map((verdict) => verdict.verdict))].sort()).toEqual(['ineligible', 'needs-evidence', 'not-open', 'nothing-due', 'out-of-scope', 'refundable', 'suspended']);
  expect(verdicts.filter((verdict) => verdict.verdict === 'refundable').length).toBeGreaterThan(250);
});

test('credits are carried from month to month', () => {
  const { periods } = syntheticCounty(terms);
  const uscc = ordinary;
  const credits = periods.map((month) => rowOf(month, uscc).recentCredits.split(';'));
  for (const [index, series] of credits.entries()) {
    expect(series.at(-1)).toBe(rowOf(periods[index], uscc).endingCredit);
    if (index > 0) expect(series.slice(0, 5)).toEqual(credits[index - 1]?.slice(1));
  }
  expect(fen(rowOf(periods[3], uscc).deductedSpecial)).toBeGreaterThan(fen(rowOf(periods[0], uscc).deductedSpecial));
});

test('a refund that was paid lowers the credit of the next filing period by its amount', () => {
  const uscc = ordinary;
  const unpaid = syntheticCounty(terms).periods;
  const credit = fen(rowOf(unpaid[0], uscc).endingCredit);
  const paid: PaidInMonth = new Map([[uscc, { paidOn: civilDate('2022-04-27'), existing: credit / 4n, incremental: credit / 4n, general: true }]]);
  const asked: string[] = [];
  const months = [...countyMonths(terms, (period) => {
    asked.push(period);
    return period === '2022-04' ? paid : new Map();
  })];
  expect(asked).toEqual(['2022-04', '2022-05', '2022-06', '2022-07']);
  expect(months[0]).toEqual(unpaid[0]);
  expect(fen(rowOf(unpaid[1], uscc).endingCredit) - fen(rowOf(months[1], uscc).endingCredit)).toBe(2n * (credit / 4n));
  expect(fen(rowOf(unpaid[3], uscc).endingCredit) - fen(rowOf(months[3], uscc).endingCredit)).toBe(2n * (credit / 4n));
  expect([rowOf(months[0], uscc).existingRefundedOn, rowOf(months[1], uscc).existingRefundedOn, rowOf(months[1], uscc).generalRefundedOn]).toEqual(['', '2022-04-27', '2022-04-27']);
  const others = (month: CountyMonth | undefined): unknown => month?.rows.filter((row) => row.uscc !== uscc);
  expect(others(months[1])).toEqual(others(unpaid[1]));
});

test('a quarterly filer shows two quarter ends, which change only after a quarter', () => {
  const uscc = codeOfCase('quarterly');
  const series = syntheticCounty(terms).periods.map((month) => rowOf(month, uscc).recentCredits);
  expect(series.every((text) => text.split(';').length === 2)).toBe(true);
  expect([series[0] === series[1], series[1] === series[2], series[2] === series[3]]).toEqual([true, true, false]);
});

test('the year before rolls over in January', () => {
  const { periods } = syntheticCounty({ ...terms, months: 11 });
  const uscc = ordinary;
  const sales = periods.map((month) => rowOf(month, uscc).prevYearSales);
  expect(new Set(sales.slice(0, 9)).size).toBe(1);
  expect(sales[9]).not.toBe(sales[8]);
  expect(sales[10]).toBe(sales[9]);
  expect(periods.map((month) => rowOf(month, uscc).prevYearMonths)).toEqual(Array.from({ length: 11 }, () => '12'));
});

test('some taxpayers come and some go while the data run', () => {
  const { periods } = syntheticCounty({ ...terms, enterprises: 1000, months: 6 });
  const codes = periods.map((month) => new Set(month.rows.map((row) => row.uscc)));
  const came = [...(codes[5] ?? [])].filter((code) => codes[0]?.has(code) === false);
  const went = [...(codes[0] ?? [])].filter((code) => codes[5]?.has(code) === false);
  expect([came.length > 3, went.length > 3]).toEqual([true, true]);
  for (const code of went) expect(periods.some((month) => month.rows.some((row) => row.uscc === code && row.status === '注销'))).toBe(true);
});

test('faulty rows come on top and are rejected, each for its own reason', () => {
  const [month] = [...countyMonths({ ...terms, months: 1 }, undefined, 6)];
  const [plain] = [...countyMonths({ ...terms, months: 1 })];
  if (month === undefined || plain === undefined) throw new Error('no month');
  const rejected = linesOf(month).flatMap((line) => (line.kind === 'rejected' ? [line.faults.map((fault) => fault.code).join()] : []));
  expect(rejected).toEqual(['CELL_USCC_CHECK', 'CELL_DIGITS_LOST', 'CELL_USCC_REPEATED', 'CELL_AMOUNT_INVALID', 'CELL_DATE_INVALID', 'CELL_NOT_A_CHOICE']);
  expect(month.rows.slice(0, plain.rows.length)).toEqual(plain.rows);
});

test('chance is even and its streams are independent', () => {
  const counts = Array.from({ length: 10 }, () => 0);
  for (let index = 0; index < 20_000; index += 1) {
    const value = chanceOf('even', index).below(10);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(1800);
  expect(Math.max(...counts)).toBeLessThan(2200);
  const stream = chanceOf('a');
  expect([1, 2, 3].map(() => stream.between(5, 5))).toEqual([5, 5, 5]);
  expect(chanceOf('a', 'b').below(1_000_000)).not.toBe(chanceOf('a', 'c').below(1_000_000));
});
