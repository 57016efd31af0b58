/** Money, ratios, dates and months: the kernel every capability speaks in. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, civilDate, daysBetween, instantOf, paperDate, parseCivilDate, parseInstant, shanghaiDate, shanghaiDateTime, weekday } from '../../../shared/kernel/civil-date.ts';
import { fillSentence } from '../../../shared/kernel/errors.ts';
import { capitalAmount, groupedYuan, parseFen, parseYuan, sumFen, yuanText } from '../../../shared/kernel/money.ts';
import { applyRatios, exceeds, parseRatio, ratioOf, ratioText, roundedRatio, splitByShares, type Ratio } from '../../../shared/kernel/ratio.ts';
import { addPeriods, lastDay, parsePeriod, periodsBetween, taxPeriod, taxPeriodFiledIn } from '../../../shared/kernel/tax-period.ts';

const ratio = (text: string): Ratio => parseRatio(text) ?? ratioOf(0n, 1n);

describe('reading yuan', () => {
  const rows: readonly (readonly [string, bigint | null])[] = [
    ['0', 0n], ['0.00', 0n], ['1', 100n], ['1.5', 150n], ['1234567.89', 123456789n], ['-3.20', -320n], ['9999999999999.99', 999999999999999n],
    ['', null], [' 12', null], ['12 ', null], ['+5', null], ['00', null], ['01', null], ['-0', null], ['-0.00', null], ['1.005', null], ['1e3', null], ['0x10', null],
    ['NaN', null], ['Infinity', null], ['1,000', null], ['１２', null], ['.5', null], ['5.', null], ['10000000000000', 1000000000000000n], ['100000000000000', null], ['1_000', null],
  ];
  test.each(rows)('%s', (text, fen) => {
    expect(parseYuan(text)).toBe(fen === 1000000000000000n ? null : fen);
  });

  test('every amount that can be written is read back the same', () => {
    fc.assert(fc.property(fc.bigInt({ min: -999999999999999n, max: 999999999999999n }), (fen) => parseYuan(yuanText(fen)) === fen && parseFen(fen.toString()) === fen));
  });

  test('nothing but the grammar is read, and it to the fen', () => {
    const grammar = /^-?(?:0|[1-9][0-9]{0,12})(?:\.[0-9]{1,2})?$/;
    const text = fc.array(fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '-', '00', ' ', ',', '１'), { maxLength: 18 }).map((parts) => parts.join(''));
    fc.assert(fc.property(text, (written) => {
      const fen = grammar.test(written) ? BigInt(written.replace('.', '') + '0'.repeat(2 - (written.split('.')[1]?.length ?? 0))) : null;
      expect(parseYuan(written)).toBe(fen === 0n && written.startsWith('-') ? null : fen);
    }), { numRuns: 20_000 });
  });

  test('amounts of any length are written with two decimals', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (fen) => {
      const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
      expect(yuanText(fen)).toBe(`${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`);
    }));
    expect([yuanText(9_007_199_254_740_991n), yuanText(9_007_199_254_740_992n), yuanText(99n)]).toEqual(['90071992547409.91', '90071992547409.92', '0.99']);
  });

  test('thousands are grouped for people', () => {
    expect([groupedYuan(0n), groupedYuan(-123456789n), groupedYuan(100000n)]).toEqual(['0.00', '-1,234,567.89', '1,000.00']);
  });

  test('a total beyond the range of money is a fault of the program', () => {
    expect(() => sumFen([9_000_000_000_000_000_000n, 1n])).toThrow(/range/);
  });
});

describe('capital amounts 大写金额', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['0', '人民币零元整'],
    ['0.05', '人民币伍分'],
    ['0.50', '人民币伍角整'],
    ['1.05', '人民币壹元零伍分'],
    ['10', '人民币壹拾元整'],
    ['107000.53', '人民币壹拾万零柒仟元伍角叁分'],
    ['16409.02', '人民币壹万陆仟肆佰零玖元零贰分'],
    ['1409.50', '人民币壹仟肆佰零玖元伍角整'],
    ['6007.14', '人民币陆仟零柒元壹角肆分'],
    ['1680.32', '人民币壹仟陆佰捌拾元叁角贰分'],
    ['100000000', '人民币壹亿元整'],
    ['100000001', '人民币壹亿零壹元整'],
    ['10000000000', '人民币壹佰亿元整'],
    ['1000000010000', '人民币壹万亿零壹万元整'],
    ['-325.04', '人民币负叁佰贰拾伍元零肆分'],
  ];
  test.each(rows)('%s → %s', (yuan, capital) => {
    expect(capitalAmount(parseYuan(yuan) ?? 0n)).toBe(capital);
  });
});

describe('ratios', () => {
  test('ties of half a fen are decided exactly, half up', () => {
    expect(applyRatios(1n, [ratio('0.5')])).toBe(1n);
    expect(applyRatios(5000n, [ratio('0.0003')])).toBe(2n);
    expect(applyRatios(3n, [ratioOf(1n, 6n)])).toBe(1n);
    expect(applyRatios(863823998n, [ratio('0.6'), ratioOf(465n, 492n)])).toBe(489851414n);
  });

  test('no amount times a quotient is off by more than half a fen', () => {
    const part = fc.bigInt({ min: 0n, max: 10n ** 15n });
    fc.assert(
      fc.property(part, part, fc.bigInt({ min: 1n, max: 10n ** 15n }), (amount, numerator, denominator) => {
        const rounded = applyRatios(amount, [ratioOf(numerator, denominator)]);
        const twiceError = 2n * (rounded * denominator - amount * numerator);
        return twiceError > -denominator && twiceError <= denominator;
      }),
    );
  });

  test('the parts of a split always sum to the whole', () => {
    const shares = [ratio('0.50'), ratio('0.35'), ratio('0.15')];
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 2 }), (total, to) => splitByShares(total, shares, to).reduce((a, b) => a + b, 0n) === total));
    expect(splitByShares(101n, shares, 0)).toEqual([51n, 35n, 15n]);
  });

  test('a ratio is shown with the decimals asked for, half up', () => {
    expect(ratioText(ratioOf(2n, 3n), 10)).toBe('0.6666666667');
    expect(ratioText(ratioOf(1n, 8n), 2)).toBe('0.13');
    expect(roundedRatio(ratioOf(1n, 8n), 2)).toEqual({ numerator: 13n, denominator: 100n });
    expect(exceeds(ratioOf(501n, 1000n), ratio('0.5'))).toBe(true);
    expect(exceeds(ratioOf(500n, 1000n), ratio('0.5'))).toBe(false);
  });
});

describe('dates and months', () => {
  test.each(['2022-02-30', '2022-13-01', '2022-4-1', '20220401', '', '2022-04-31'])('%s is no date', (text) => {
    expect(parseCivilDate(text)).toBeNull();
  });

  test('months keep the day or take the last one', () => {
    expect(addMonths(civilDate('2022-03-31'), -36)).toBe('2019-03-31');
    expect(addMonths(civilDate('2024-02-29'), 12)).toBe('2025-02-28');
    expect(addDays(civilDate('2022-12-31'), 1)).toBe('2023-01-01');
    expect(daysBetween(civilDate('2022-04-01'), civilDate('2022-05-01'))).toBe(30);
    expect(weekday(civilDate('2022-04-10'))).toBe(7);
    expect(paperDate(civilDate('2022-04-10'))).toBe('2022年4月10日');
  });

  test('the day is Shanghai’s whatever the machine thinks', () => {
    const lateEvening = instantOf(Date.UTC(2022, 3, 10, 16, 0, 0));
    expect(shanghaiDate(lateEvening)).toBe('2022-04-11');
    expect(shanghaiDateTime(lateEvening)).toBe('2022-04-11 00:00:00');
    expect(parseInstant('2022-04-10T16:00:00.000Z')).toBe(lateEvening);
    expect(parseInstant('2022-04-10T16:00:00Z')).toBeNull();
  });

  test('a filing month files the month before', () => {
    expect(taxPeriodFiledIn(taxPeriod('2022-01'))).toBe('2021-12');
    expect(addPeriods(taxPeriod('2022-11'), 3)).toBe('2023-02');
    expect(periodsBetween(taxPeriod('2019-04'), taxPeriod('2022-03'))).toBe(35);
    expect(lastDay(taxPeriod('2024-02'))).toBe('2024-02-29');
    expect(parsePeriod('2022-13')).toBeNull();
  });
});

test('a sentence without its value shows the gap', () => {
  expect(fillSentence('第 {n} 行 {field}', { n: 3 })).toBe('第 3 行 {field}');
});

test('a date is one of the calendar, leap years and all', () => {
  for (const year of [1900, 1999, 2000, 2023, 2024, 2100, 2199]) {
    for (let month = 0; month <= 13; month += 1) {
      for (let day = 0; day <= 32; day += 1) {
        const text = `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const at = new Date(Date.UTC(year, month - 1, day));
        const stands = month >= 1 && month <= 12 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
        if ((parseCivilDate(text) !== null) !== stands) throw new Error(text);
      }
    }
  }
  expect(parseCivilDate('2022-04-10 ')).toBeNull();
});
