/** The table of windows 申请窗口 as policy-facts 2.2 gives it, month by month: a kind with an amount counts from its month on, never before. */
import { expect, test } from 'vitest';
import { evaluateRow } from '../../electron/eligibility/index.ts';
import { addPeriods, taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { shippedPolicy } from './golden-policy.ts';
import { goldenRow, type Cells } from './golden-rows.ts';

const sizes: Readonly<Record<string, Cells>> = {
  微型: { 上年增值税销售额: '1000000.00' },
  小型: { 上年增值税销售额: '15000000.00' },
  中型: { 上年增值税销售额: '60000000.00' },
  大型: { 上年增值税销售额: '2000000000.00' },
};
const industries: Readonly<Record<string, Cells>> = {
  六行业: { 划型行业代码: 'C3311', 近12个月分行业销售额: 'C=1000000.00' },
  七行业: { 划型行业代码: 'F5111', 近12个月分行业销售额: 'F51=1000000.00' },
  其他行业: { 划型行业代码: 'E4710', 上年末资产总额: '900000000000.00', 近12个月分行业销售额: 'E=1000000.00' },
};

/** [size, industry, first month of existing, first month of incremental]; null = none under No. 14. */
const table: readonly (readonly [string, string, string | null, string | null])[] = [
  ['微型', '六行业', '2022-04', '2022-04'],
  ['微型', '七行业', '2022-04', '2022-04'],
  ['微型', '其他行业', '2022-04', '2022-04'],
  ['小型', '六行业', '2022-05', '2022-04'],
  ['小型', '七行业', '2022-05', '2022-04'],
  ['小型', '其他行业', '2022-05', '2022-04'],
  ['中型', '六行业', '2022-05', '2022-04'],
  ['大型', '六行业', '2022-06', '2022-04'],
  ['中型', '七行业', '2022-07', '2022-07'],
  ['大型', '七行业', '2022-07', '2022-07'],
  ['中型', '其他行业', null, null],
  ['大型', '其他行业', null, null],
];

const months: readonly TaxPeriod[] = Array.from({ length: 9 }, (_, index) => addPeriods(taxPeriod('2022-04'), index));

test.each(table)('%s %s: existing from %s, incremental from %s, through 2022', (size, industry, existing, incremental) => {
  const row = goldenRow({ ...industries[industry], ...sizes[size] });
  const seen = months.map((filing) => {
    const { route, refundableTotal } = evaluateRow(row, filing, shippedPolicy);
    return { filing, existing: route !== '2019-39/8' && [80_000_00n, 720_000_00n].includes(refundableTotal), incremental: route !== '2019-39/8' && refundableTotal >= 640_000_00n };
  });
  const expected = months.map((filing) => ({ filing, existing: existing !== null && filing >= existing, incremental: incremental !== null && filing >= incremental }));
  expect(seen).toEqual(expected);
});
