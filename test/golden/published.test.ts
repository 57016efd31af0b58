/** Every published example and every boundary of the facts has its golden case; one that is missing, or drifts from the published answer, is named. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { determinationLine, evaluateRow } from '../../electron/eligibility/index.ts';
import { parseRatio } from '../../shared/kernel/ratio.ts';
import { present } from '../../shared/kernel/assert.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { column22, surchargeBase, surcharges } from '../../shared/refunds/after-refund.ts';
import { calendarYearSchema, filingDeadline, workingCalendar } from '../../shared/kernel/working-days.ts';
import { listingTest, shareOf } from '../../electron/eligibility/share.ts';
import { goldenFiles, type GoldenCase } from './golden-cases.ts';
import { readResource, shippedArticles, shippedPolicy } from './golden-policy.ts';
import { goldenRow } from './golden-rows.ts';

const value = z.union([z.string(), z.boolean()]);
const publishedSchema = z.strictObject({
  about: z.string(),
  examples: z.array(z.strictObject({ id: z.string(), mark: z.enum(['✔', '△', '官方']), expects: z.record(z.string(), z.record(z.string(), value)).optional(), elsewhere: z.enum(['after-refund', 'calendar']).optional() })),
});
const boundarySchema = z.strictObject({
  about: z.string(),
  boundaries: z.array(z.strictObject({ id: z.string(), says: z.string(), cites: z.string(), field: z.string(), sides: z.tuple([z.string(), z.string()]) })),
});
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const { examples } = publishedSchema.parse(read('./published.json'));
const { boundaries } = boundarySchema.parse(read('./boundaries.json'));
const cases = goldenFiles.flatMap((file) => file.cases);

/** The numbers of published-examples that can be used, whatever their mark. */
const published = [
  'E01', 'E02', 'E03', 'E04', 'E05', 'E08', 'E10', 'E11', 'E13', 'E14', 'E16', 'E17', 'E18', 'E22', 'E24', 'E25', 'E26', 'E27', 'E28', 'E30', 'E32',
  'E34', 'E35', 'E36', 'E37', 'E38', 'E39', 'E40', 'E42',
];

/** What is missing of the list, or differs from what was published. */
function exampleGaps(list: readonly GoldenCase[]): string[] {
  return examples.flatMap(({ id, expects = {} }) =>
    Object.entries(expects).flatMap(([name, fields]) => {
      const found = list.find((one) => one.id === name);
      if (found === undefined) return [`${id}: no golden case ${name}`];
      return Object.entries(fields).flatMap(([field, answer]) => (found.line[field] === answer ? [] : [`${id}: ${name} says ${field} ${String(found.line[field])} instead of ${String(answer)}`]));
    }),
  );
}

describe('published examples', () => {
  test('every usable one is listed once, with golden cases or the table below that shows it', () => {
    expect(examples.map(({ id }) => id)).toEqual(published);
    expect(examples.filter(({ expects, elsewhere }) => (expects === undefined) === (elsewhere === undefined)).map(({ id }) => id)).toEqual([]);
  });

  test('their golden cases exist and state the published answer', () => {
    expect(exampleGaps(cases)).toEqual([]);
  });

  test('one whose golden case is missing or says otherwise is named', () => {
    expect(exampleGaps(cases.filter(({ id }) => id !== 'E25'))).toEqual(['E25: no golden case E25']);
    const changed = cases.map((one) => (one.id === 'E22' ? { ...one, line: { ...one.line, refundableExisting: '800000.01' } } : one));
    expect(exampleGaps(changed)).toEqual(['E22: E22 says refundableExisting 800000.01 instead of 800000.00']);
  });

  test('E26: 30% + 20% + 15% of all sales, sale of real estate among them, are more than half', () => {
    const row = goldenRow(present(cases.find(({ id }) => id === 'E26'), 'E26').row);
    const share = shareOf(row, listingTest('advanced', '先进制造业的三类产品', ['C34', 'C28', 'C30'], false), { above: { numerator: 1n, denominator: 2n }, monthsMin: 3 });
    expect([share.listed, share.lowFen, share.totalFen]).toEqual([true, 65_000_000n, 100_000_000n]);
  });
});

describe('after a refund', () => {
  const rate = (text: string) => present(parseRatio(text), text);
  const yuan = (thousands: number): bigint => BigInt(thousands) * 100_000n;

  test('E34: 100万元 repaid stand in column 22 as −1 000 000 yuan', () => {
    expect(column22({ refunded: 0n, repaid: yuan(1000) })).toBe(-100_000_000n);
  });

  test.each([
    ['E35', { general: yuan(1000), simple: yuan(200), deductible: yuan(2000) }, ['0.07'], yuan(14), yuan(1000)],
    ['E36', { general: yuan(2000), simple: 0n, deductible: yuan(1000) }, ['0.07'], yuan(70), 0n],
    ['E37', { general: yuan(600), simple: 0n, deductible: yuan(300) }, ['0.07'], yuan(21), 0n],
    ['E38', { general: yuan(1000), simple: yuan(200), deductible: yuan(800) }, ['0.07'], yuan(28), 0n],
    ['E39', { general: yuan(100), simple: 0n, deductible: yuan(30) }, ['0.12', '0.5'], 420_000n, 0n],
    ['E40', { general: yuan(100), simple: 0n, deductible: 99_999_900n }, ['0.12', '0.5'], 0n, 89_999_900n],
    ['W3, whose printed answer of 0.7 took the refund off the simple part too', { general: yuan(1600), simple: yuan(200), deductible: yuan(1700) }, ['0.07'], yuan(14), yuan(100)],
  ])('%s: the surcharges, and what is carried on', (_id, month, rates, due, carried) => {
    expect([surcharges(month, rates.map(rate)), surchargeBase(month).carried]).toEqual([due, carried]);
  });
});

test('E42: the last days of filing of 2022', () => {
  const { years } = z.object({ years: z.array(calendarYearSchema) }).parse(JSON.parse(readResource('reference/calendar.json')));
  const days = Array.from({ length: 12 }, (_, index) => filingDeadline(workingCalendar(years), taxPeriod(`2022-${String(index + 1).padStart(2, '0')}`)));
  expect(days.map(({ date, basis }) => [Number(date.slice(8)), basis])).toEqual([19, 23, 15, 20, 19, 20, 15, 15, 20, 25, 15, 15].map((day) => [day, 'table']));
});

describe('boundaries', () => {
  function fieldOf(side: string, field: string): unknown {
    const [name = '', filing] = side.split('@');
    const one = present(cases.find(({ id }) => id === name), `the golden case ${name}`);
    const line = determinationLine(evaluateRow(goldenRow(one.row), taxPeriod(filing ?? present(one.filings[0], 'a filing period')), shippedPolicy));
    return Object.entries(line).find(([key]) => key === field)?.[1];
  }

  test.each(boundaries)('$says: the golden cases $sides.0 and $sides.1 stand on either side', ({ field, sides: [near, far] }) => {
    expect(fieldOf(near, field)).toBeDefined();
    expect(fieldOf(near, field)).not.toEqual(fieldOf(far, field));
  });

  test('each is listed once and names articles', () => {
    expect(new Set(boundaries.map(({ id }) => id)).size).toBe(boundaries.length);
    expect(boundaries.flatMap(({ cites }) => cites.split('、')).filter((cite) => !shippedArticles.has(cite))).toEqual([]);
  });

  test('every value of the packs that is a number, an amount or a date stands beside the boundary that it draws', () => {
    const drawn: Readonly<Record<string, string>> = {
      evasionPenaltiesBarring: 'evasion', shareAbove: 'share-2022', shareMonthsMin: 'share-months', smallIncrementalUntil: 'small-incremental', repaidNotLaterThan: 'repaid-day',
      increaseAtLeast: 'general-500000', realEstateIncreaseAtLeast: 'real-estate-500000', otherIncreaseAtLeast: 'other-500000', otherTierLimit: 'other-tier', ratioFrom: 'ratio-start',
      firstCountedMonth: 'general-first-month', otherRatioFromMonth: 'ratio-january', acceptedRatings: 'rating', baseDate: 'base', 'window.existing.small': 'window-small',
      'window.existing.six.medium': 'window-six-medium', 'window.existing.six.large': 'window-six-large', 'window.existing.micro': 'regime-2022', 'window.incremental.smallAndMicro': 'regime-2022',
      'window.incremental.six': 'regime-2022', 'window.incremental.seven': 'window-seven', 'window.existing.seven.medium': 'window-seven', 'window.existing.seven.large': 'window-seven',
      'industryList.seven': 'window-seven', 'industryList.six': 'share-2022', 'industryList.four': 'share-2025', 'industryList.realEstate': 'share-real-estate', refundRate: 'general-500000',
      otherRefundRate: 'other-tier', otherRefundRateAbove: 'other-tier', realEstateRefundRate: 'real-estate-500000', fullRefundRate: 'share-2025', ratioNumerator: 'ratio-start',
    };
    /** Values without an edge in one row: spans that the roster answers for, names of counts, words of warnings, and targets, which draw none on purpose. */
    const without = /^(?:fraudMonths|evasionMonths|immediateRefundSince|shareMonths|consecutiveMonths|consecutiveQuarters|noChangeMonths|unmodelledFrom\..+|target\..+|applicationExtended\..+)$/;
    const keys = Object.values(shippedPolicy.documents).flatMap(({ document }) => document.parameters.map(({ key }) => key));
    expect(keys.filter((key) => !without.test(key) && !Object.hasOwn(drawn, key))).toEqual([]);
    expect(Object.values(drawn).filter((id) => !boundaries.some((row) => row.id === id))).toEqual([]);
  });
});
