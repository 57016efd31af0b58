/**
 * 风险指标: fits, just not, boundary and blank of each; and for blanks a proof by trying: whatever values stand in for them, the outcome is
 * the one told, or
 * both outcomes come about and the indicator asks for evidence.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { CreditRating, RosterRow } from '../../../shared/roster/model.ts';
import { indicatorIds, judgeIndicator, type IndicatorId, type PreviousRow, type RiskCase } from '../../../shared/risk/indicators.ts';
import { comparedSigns, foldedName, lookAlikesOf, lookAlikesSchema } from '../../../shared/risk/look-alikes.ts';
import { riskSentence } from '../../../shared/risk/sentences.ts';
import { usualRiskSettings } from '../../../shared/risk/settings.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { readRosterCsv } from '../../../electron/roster/index.ts';
import { bytesOf, rosterText, testUscc } from '../../support/roster-rows.ts';

/** A taxpayer of whom the roster says nothing but code and name. */
function rowWithNothing(): RosterRow {
  const reading = readRosterCsv(bytesOf(rosterText([{ uscc: testUscc(1), name: '甲' }], ['uscc', 'name'])));
  const line = reading.kind === 'opened' ? present(reading.lines.next().value, 'a row') : null;
  if (line === null || !('kind' in line) || line.kind !== 'row') throw new Error('the row was not read');
  return line.row;
}
const blankRow = rowWithNothing();

const alone = { firms: 1, others: [] };
function riskCase(row: Partial<RosterRow>, more: Partial<Omit<RiskCase, 'row'>> = {}): RiskCase {
  return {
    row: { ...blankRow, ...row }, filing: taxPeriod('2022-05'), refundAtStake: 0n, previous: null, account: alone, phone: alone,
    alike: alone, ...more,
  };
}
const outcomeOf = (id: IndicatorId, of: RiskCase): string => judgeIndicator(id, of, usualRiskSettings).outcome;
const six = (...credits: readonly number[]): readonly bigint[] => credits.map((yuan) => BigInt(yuan) * 100n);

type Row = readonly [id: IndicatorId, what: string, of: RiskCase, outcome: string];
const rows: readonly Row[] = [
  ['large-amount', '一百万整', riskCase({}, { refundAtStake: 100_000_000n }), 'hit'],
  ['large-amount', '差一分', riskCase({}, { refundAtStake: 99_999_999n }), 'clear'],
  ['large-amount', '未知', riskCase({}, { refundAtStake: null }), 'needs-evidence'],
  ['abnormal-vouchers', '一分', riskCase({ abnormalVouchers: 1n }), 'hit'],
  ['abnormal-vouchers', '没有', riskCase({}), 'clear'],
  ['abnormal-heavy', '恰为七成且超过五万', riskCase({ abnormalVouchers: 7_000_000n, deductedSpecial: 10_000_000n }), 'hit'],
  ['abnormal-heavy', '恰为五万', riskCase({ abnormalVouchers: 5_000_000n, deductedSpecial: 1n }), 'clear'],
  ['abnormal-heavy', '专票为零', riskCase({ abnormalVouchers: 7_000_000n, deductedSpecial: 0n }), 'clear'],
  ['abnormal-heavy', '专票未知', riskCase({ abnormalVouchers: 7_000_000n }), 'needs-evidence'],
  ['input-customs', '恰为一半', riskCase({ deductedCustoms: 50n, deductedSpecial: 50n }), 'hit'],
  ['input-customs', '差一点', riskCase({ deductedCustoms: 50n, deductedSpecial: 51n }), 'clear'],
  ['input-customs', '专票未知而其余已低于一半', riskCase({ deductedCustoms: 50n, deductedOther: 51n }), 'clear'],
  ['input-customs', '专票未知', riskCase({ deductedCustoms: 50n }), 'needs-evidence'],
  ['input-toll', '客票合计三成', riskCase({ deductedToll: 10n, deductedAir: 10n, deductedRail: 10n, deductedSpecial: 70n }), 'hit'],
  ['input-other', '全部抵扣为零', riskCase({ deductedSpecial: 0n }), 'clear'],
  ['credit-jump', '末期为前五期平均的两倍且高出十万', riskCase({ recentCredits: six(100_000, 100_000, 100_000, 100_000, 100_000, 200_000) }), 'hit'],
  ['credit-jump', '高出差一元', riskCase({ recentCredits: six(100_000, 100_000, 100_000, 100_000, 100_000, 199_999) }), 'clear'],
  ['credit-jump', '不足六期', riskCase({ recentCredits: six(0, 900_000) }), 'clear'],
  ['credit-jump', '未填', riskCase({}), 'needs-evidence'],
  ['credit-still', '六期相等', riskCase({ recentCredits: six(7, 7, 7, 7, 7, 7) }), 'hit'],
  ['credit-still', '六期为零', riskCase({ recentCredits: six(0, 0, 0, 0, 0, 0) }), 'clear'],
  ['refund-over-sales', '恰为三成', riskCase({ prevYearSales: 1000n, prevYearMonths: 12 }, { refundAtStake: 300n }), 'hit'],
  ['refund-over-sales', '差一分', riskCase({ prevYearSales: 1000n, prevYearMonths: 12 }, { refundAtStake: 299n }), 'clear'],
  ['refund-over-sales', '存续月数为零', riskCase({ prevYearSales: 1000n, prevYearMonths: 0 }, { refundAtStake: 300n }), 'clear'],
  ['refund-over-sales', '销售为零而有退税', riskCase({ prevYearSales: 0n, prevYearMonths: 12 }, { refundAtStake: 1n }), 'hit'],
  ['refund-over-assets', '无退税', riskCase({}), 'clear'],
  ['refund-over-assets', '恰为一半', riskCase({ prevYearAssets: 600n }, { refundAtStake: 300n }), 'hit'],
  ['new-firm', '2021-05-02', riskCase({ registeredOn: civilDate('2021-05-02') }), 'hit'],
  ['new-firm', '2021-05-01', riskCase({ registeredOn: civilDate('2021-05-01') }), 'clear'],
  ['new-firm', '未填', riskCase({}), 'needs-evidence'],
  ['status', '停业', riskCase({ status: 'suspended-business' }), 'hit'],
  ['status', '注销', riskCase({ status: 'deregistered' }), 'clear'],
  ['account-shared', '两户', riskCase({}, { account: { firms: 2, others: ['B'] } }), 'hit'],
  ['contact-shared', '两户', riskCase({}, { phone: { firms: 2, others: ['B'] } }), 'clear'],
  ['contact-shared', '三户', riskCase({}, { phone: { firms: 3, others: ['B', 'C'] } }), 'hit'],
  ['account-name', '未填', riskCase({ name: '甲' }), 'clear'],
  ['account-name', '不同', riskCase({ name: '甲', accountName: '甲 ' }), 'hit'],
  ['transferred-out', '恰为两成', riskCase({ transferredOut: 20n, deductedSpecial: 100n }), 'hit'],
  ['transferred-out', '都未知', riskCase({}), 'needs-evidence'],
  ['rating', 'M 由 B 降', riskCase({ creditRating: 'M' }, { previous: { creditRating: 'B', endingCredit: null } }), 'hit'],
  ['rating', '上年未评', riskCase({ creditRating: 'D' }, { previous: { creditRating: 'unrated', endingCredit: null } }), 'clear'],
  ['rating', '现为 A 而上年未填', riskCase({ creditRating: 'A' }, { previous: { creditRating: null, endingCredit: null } }), 'clear'],
  ['rating', '现未填而上年为 D', riskCase({}, { previous: { creditRating: 'D', endingCredit: null } }), 'clear'],
  ['name-look-alike', '另一户形近', riskCase({}, { alike: { firms: 2, others: ['B'] } }), 'hit'],
  ['sales-down-input-up', '没有上年同期名册', riskCase({}), 'clear'],
];

test.each(rows)('%s：%s', (id, _what, of, outcome) => {
  expect(outcomeOf(id, of)).toBe(outcome);
});

test('每一项指标都有例子，疑点都有说明而无一字定性', () => {
  expect(new Set(rows.map(([id]) => id))).toEqual(new Set(indicatorIds));
  for (const [id, , of] of rows) {
    const outcome = judgeIndicator(id, of, usualRiskSettings);
    if (outcome.outcome !== 'hit') continue;
    expect(riskSentence(id, outcome.facts, usualRiskSettings)).toMatch(/^疑点：[^{}]*$/);
    expect(riskSentence(id, outcome.facts, usualRiskSettings)).not.toMatch(/违法|骗|偷|undefined|null/);
  }
});

/** Values that stand in for a blank: 0, around what matters, and great. */
const money = [0n, 1n, 29n, 30n, 31n, 50n, 51n, 99n, 100n, 101n, 1_000n, 10n ** 15n];
const months = [0, 1, 6, 11, 12];
const ratings: readonly CreditRating[] = ['A', 'B', 'M', 'C', 'D', 'unrated'];
const someMoney = fc.option(fc.constantFrom(0n, 1n, 30n, 50n, 100n, 1_000n));
const someMonths = fc.option(fc.constantFrom(...months));

const someCases: fc.Arbitrary<RiskCase> = fc.record({
  row: fc.record({
    deductedSpecial: someMoney, transferredOut: someMoney, prevYearSales: someMoney, prevYearAssets: someMoney, endingCredit: someMoney,
    prevYearMonths: someMonths, salesMonths: someMonths,
    deductedCustoms: fc.constantFrom(0n, 30n, 50n), deductedOther: fc.constantFrom(0n, 50n, 100n), deductedToll: fc.constantFrom(0n, 30n),
    creditRating: fc.option(fc.constantFrom(...ratings)),
    salesByIndustry: fc.option(fc.constantFrom(0n, 30n, 100n).map((salesFen) => [{ code: 'C', salesFen }])),
  }),
  refundAtStake: someMoney,
  previous: fc.option(fc.record({ endingCredit: someMoney, creditRating: fc.option(fc.constantFrom(...ratings)) })),
}).map(({ row, ...more }) => riskCase(row, more));

/** Every way to fill the blanks that an indicator reads. */
function* filled(of: RiskCase, missing: readonly string[]): Generator<RiskCase> {
  const [name, ...rest] = missing;
  if (name === undefined) {
    yield of;
    return;
  }
  const values: readonly unknown[] = name.endsWith('Months') ? months : name.endsWith('creditRating') ? ratings
    : name === 'salesByIndustry' ? money.map((salesFen) => [{ code: 'C', salesFen }]) : money;
  for (const value of values) {
    if (name === 'refundAtStake') yield* filled({ ...of, refundAtStake: value as bigint }, rest);
    else if (name.startsWith('previous.')) yield* filled(
      { ...of, previous: { ...(of.previous as PreviousRow), [name.slice(9)]: value } }, rest,
    );
    else yield* filled({ ...of, row: { ...of.row, [name]: value } }, rest);
  }
}

const reads: Partial<Record<IndicatorId, readonly string[]>> = {
  'input-customs': ['deductedSpecial'], 'input-toll': ['deductedSpecial'], 'input-other': ['deductedSpecial'],
  'transferred-out': ['deductedSpecial', 'transferredOut'],
  'refund-over-sales': ['refundAtStake', 'prevYearSales', 'prevYearMonths'], 'refund-over-assets': ['refundAtStake', 'prevYearAssets'],
  'sales-down-input-up': ['prevYearSales', 'prevYearMonths', 'salesByIndustry', 'salesMonths', 'endingCredit', 'previous.endingCredit'],
  rating: ['creditRating', 'previous.creditRating'],
};

function isBlank(of: RiskCase, name: string): boolean {
  if (name === 'refundAtStake') return of.refundAtStake === null;
  const from: Readonly<Record<string, unknown>> = name.startsWith('previous.') ? { ...of.previous } : { ...of.row };
  return from[name.replace('previous.', '')] === null;
}

describe('空白代以任何值', () => {
  test.each(Object.keys(reads) as IndicatorId[])('%s：结论不变才下结论，否则列出所缺', (id) => {
    fc.assert(fc.property(someCases, (of) => {
      const blanks = (reads[id] ?? []).filter((name) => isBlank(of, name));
      fc.pre(blanks.length <= 3);
      const outcomes = new Set([...filled(of, blanks)].map((whole) => outcomeOf(id, whole)));
      const told = judgeIndicator(id, of, usualRiskSettings);
      if (told.outcome === 'needs-evidence') expect({ outcomes: outcomes.size, missing: told.missing })
        .toEqual({ outcomes: 2, missing: blanks });
      else expect([...outcomes]).toEqual([told.outcome]);
    }), { numRuns: 300 });
  });
});

test('名称按形近字表折叠，账号电话按字母数字比较', () => {
  const alikes = lookAlikesOf(lookAlikesSchema.parse(JSON.parse(checkoutResources('reference/look-alikes.json') ?? '')));
  expect(foldedName('凌源市治金（集团）·有限公司', alikes)).toBe(foldedName('凌源市冶金(集团) 有限公司', alikes));
  expect(foldedName('大元公司', alikes)).not.toBe(foldedName('太无公司', alikes));
  expect(comparedSigns('０４２１-６８ a')).toBe('042168A');
  expect(comparedSigns(' -（） ')).toBe('');
});
