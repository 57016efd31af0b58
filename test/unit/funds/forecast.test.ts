/**
 * What holds for any forecast: the days and what falls later make up what is due, the levels make up a day, the balance is carried on;
 * and single days by hand.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, civilDate } from '../../../shared/kernel/civil-date.ts';
import { parseYuan, sumFen } from '../../../shared/kernel/money.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { workingCalendar } from '../../../shared/kernel/working-days.ts';
import { ExactSum, halfUp } from '../../../shared/funds/exact-sum.ts';
import { forecastOf, pathNames } from '../../../shared/funds/forecast.ts';
import type { CashDay, ForecastLines, SurveyedCredit } from '../../../shared/funds/forecast-lines.ts';
import { usualForecastSettings } from '../../../shared/funds/forecast-settings.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { shippedYears } from '../../../electron/refunds/index.ts';

const calendar = workingCalendar(shippedYears(checkoutResources));
const asOf = civilDate('2022-07-15');
const fen = (text: string): bigint => parseYuan(text) ?? 0n;

/** Cash days of half a year that add up, a line each calendar day. */
function cashOf(moves: readonly (readonly [income: number, outgo: number])[]): readonly CashDay[] {
  let closingFen = 100_000_000n;
  return moves.map(([income, outgo], index) => {
    const openingFen = closingFen;
    const [incomeFen, outgoFen] = [BigInt(income), BigInt(outgo)];
    closingFen = openingFen + incomeFen - outgoFen;
    return {
      day: addDays(civilDate('2022-01-01'), index), openingFen, incomeFen, outgoFen, closingFen, refundsFen: outgoFen / 3n,
      fundsFen: incomeFen / 5n,
    };
  });
}

const credits: fc.Arbitrary<SurveyedCredit> = fc.record({
  uscc: fc.constantFrom('A', 'B', 'C', 'D'), credit: fc.constantFrom('existing', 'incremental'),
  filingPeriod: fc.constantFrom(taxPeriod('2022-04'), taxPeriod('2022-06')),
  openFrom: fc.constantFrom(null, taxPeriod('2022-04'), taxPeriod('2022-07'), taxPeriod('2022-12')),
  amountFen: fc.bigInt(1n, 1_000_000_007n),
});
const someLines: fc.Arbitrary<ForecastLines> = fc.record({
  survey: fc.uniqueArray(credits, { selector: ({ uscc, credit }) => `${uscc} ${credit}`, maxLength: 8 }),
  paid: fc.array(
    fc.tuple(credits, fc.nat(110)).map(([credit, days]) => ({ ...credit, paidOn: addDays(civilDate('2022-04-01'), days) })),
    { maxLength: 60 },
  ),
  cash: fc.array(fc.tuple(fc.nat(5_000_000), fc.nat(9_000_000)), { minLength: 0, maxLength: 196 }).map(cashOf),
  plan: fc.array(
    fc.record(
      {
        day: fc.nat(120).map((days) => addDays(civilDate('2022-06-01'), days)), kind: fc.constantFrom('plan', 'transfer'),
        amountFen: fc.constantFrom(-5_000n, 7_000n),
      },
    ), { maxLength: 5 },
  ),
});

test('各日与以后之和等于应退，各级之和等于当日，余额逐日结转', () => {
  fc.assert(fc.property(someLines, (lines) => {
    const document = forecastOf(lines, asOf, usualForecastSettings, calendar);
    expect(document.days.length).toBe(usualForecastSettings.horizonDays);
    for (const path of pathNames) {
      expect(sumFen(document.days.map((day) => fen(day[path].total))) + fen(document.beyond[path])).toBe(fen(document.due.amount));
      expect(sumFen(document.periods.map((period) => fen(period[path])))).toBe(sumFen(document.days.map((day) => fen(day[path].total))));
      let balance = document.cash === null ? null : fen(document.cash.balance);
      for (const day of document.days) {
        const { total, central, province, county } = day[path];
        expect(fen(central) + fen(province) + fen(county)).toBe(fen(total));
        expect(fen(total) >= 0n).toBe(true);
        balance = balance === null || day.flow === null ? null : balance + fen(day.planned) + fen(day.flow) - fen(county);
        expect(day[path].balance === null ? null : fen(day[path].balance)).toBe(balance);
      }
    }
    const sorted = [document.due, document.paid, document.later, document.unknown];
    expect(sorted.reduce((sum, { lines: count }) => sum + count, 0)).toBe(lines.survey.length);
  }), { numRuns: 200 });
});

describe('四舍五入按“加半取整”', () => {
  test.each(
    [[1n, 2n, 1n], [-1n, 2n, 0n], [-3n, 2n, -1n], [3n, 2n, 2n], [1n, 3n, 0n], [-2n, 3n, -1n], [-4n, 2n, -2n]],
  )('%s/%s → %s', (numerator, denominator, rounded) => {
    expect(halfUp(numerator, denominator)).toBe(rounded);
  });
  test('三个三分之一分合计一分', () => {
    const sum = new ExactSum();
    expect([0, 1, 2].map(() => { sum.add(1n, 3n); return sum.tell(); })).toEqual([0n, 1n, 0n]);
  });
});

const credit: SurveyedCredit = {
  uscc: 'A', credit: 'existing', filingPeriod: taxPeriod('2022-07'), openFrom: taxPeriod('2022-07'), amountFen: 1_600n,
};
const only = (survey: readonly SurveyedCredit[], paid: ForecastLines['paid'] = []): ForecastLines => ({ survey, paid, cash: [], plan: [] });
const told = (lines: ForecastLines) => forecastOf(lines, asOf, usualForecastSettings, calendar);

describe('一笔应退落在哪一日', () => {
  test('已退付不足三十笔：五至二十个工作日各一份；7 月 1 日起，7 月 15 日已过十个工作日', () => {
    const { days, lag } = told(only([credit]));
    expect(lag).toMatchObject({ basis: 'uniform', payments: 0 });
    // Ten of sixteen lags are left: 11 … 20, the first on Monday 18 July.
    expect(days.filter(({ expected }) => expected.total !== '0.00').map(({ day, expected }) => [day, expected.total]).slice(0, 3))
      .toEqual([['2022-07-18', '1.60'], ['2022-07-19', '1.60'], ['2022-07-20', '1.60']]);
    expect(days.find(({ early }) => early.total !== '0.00')?.day).toBe('2022-07-18');
    expect(days.find(({ late }) => late.total !== '0.00')?.day).toBe('2022-07-28');
  });
  test('比见过的都久：下一个工作日', () => {
    const { days } = told(only([{ ...credit, filingPeriod: taxPeriod('2022-04'), openFrom: taxPeriod('2022-04') }]));
    expect(days.filter(({ expected }) => expected.total !== '0.00').map(({ day, expected }) => [day, expected.total]))
      .toEqual([['2022-07-18', '16.00']]);
  });
  test('申报期首日以前退付的不抵减；当日的抵减', () => {
    const paid = (day: string) => [{ ...credit, amountFen: 600n, paidOn: civilDate(day) }];
    expect(told(only([credit], paid('2022-06-30'))).due.amount).toBe('16.00');
    expect(told(only([credit], paid('2022-07-01'))).due.amount).toBe('10.00');
    expect(told(only([credit], paid('2022-07-16'))).due.amount).toBe('16.00');
  });
  test('库款不足三个整月：需要补充，余额不推算', () => {
    const document = told(only([credit]));
    expect(document).toMatchObject({ cash: null, needsEvidence: ['cash'], under: { expected: null, early: null } });
    expect(document.days.every(({ flow, late }) => flow === null && late.balance === null)).toBe(true);
  });
});
