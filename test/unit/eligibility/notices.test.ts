/** Warnings change no verdict: when they stand, and when they must not. */
import { expect, test } from 'vitest';
import { determinationLine, evaluateRow, rejectedLine } from '../../../electron/eligibility/index.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { shippedPolicy } from '../../golden/golden-policy.ts';
import { goldenRow, type Cells } from '../../golden/golden-rows.ts';

const trade: Cells = { 近12个月分行业销售额: 'E=1.00', 划型行业代码: 'E4710' };

const cases: readonly (readonly [string, Cells, string, readonly string[]])[] = [
  ['an ordinary firm outside the lists', {}, '2022-08', []],
  ['registered before the previous year with twelve months', { 登记日期: '2018-05-01' }, '2022-08', []],
  ['registered in the previous year, its month counted', { 登记日期: '2021-10-31', 上年存续月数: '3', 近12个月经营月数: '10' }, '2022-08', []],
  ['registered in the previous year, its month not counted', { 登记日期: '2021-10-31', 上年存续月数: '2', 近12个月经营月数: '9' }, '2022-08', []],
  ['registered in the previous year, one month too many', { 登记日期: '2021-10-31', 上年存续月数: '4', 近12个月经营月数: '9' }, '2022-08', ['登记日期2021-10-31与上年存续月数4不一致，请核对']],
  ['registered in the previous year, one month too few', { 登记日期: '2021-10-31', 上年存续月数: '1', 近12个月经营月数: '9' }, '2022-08', ['登记日期2021-10-31与上年存续月数1不一致，请核对']],
  ['registered long ago with fewer than twelve months', { 登记日期: '2018-05-01', 上年存续月数: '11' }, '2022-08', ['登记日期2018-05-01与上年存续月数11不一致，请核对']],
  ['more months of sales than since registration', { 登记日期: '2021-12-01', 上年存续月数: '1', 近12个月经营月数: '9' }, '2022-08', ['登记日期2021-12-01与近12个月经营月数9不一致，请核对']],
  ['as many months of sales as since registration', { 登记日期: '2021-12-01', 上年存续月数: '1', 近12个月经营月数: '8' }, '2022-08', []],
  ['months blank', { 登记日期: '2021-12-01', 上年存续月数: '', 近12个月经营月数: '' }, '2022-08', []],
  ['a firm that makes nothing, under No. 39', {}, '2021-06', []],
  ['a manufacturer before No. 84 took effect', { 划型行业代码: 'C3311' }, '2019-05', []],
];

test.each(cases)('%s', (_name, cells, filing, warnings) => {
  expect(evaluateRow(goldenRow({ ...trade, ...cells }), taxPeriod(filing), shippedPolicy).warnings).toEqual(warnings);
});

test('a warning never changes the verdict', () => {
  const plain = evaluateRow(goldenRow(trade), taxPeriod('2022-08'), shippedPolicy);
  const warned = evaluateRow(goldenRow({ ...trade, 登记日期: '2022-01-01', 纳税人状态: '破产' }), taxPeriod('2022-08'), shippedPolicy);
  expect([warned.verdict, warned.refundableTotal, warned.warnings.length]).toEqual([plain.verdict, plain.refundableTotal, 3]);
});

test('a rejected row gives a line with its number, name, first code, and every fault', () => {
  const faults = [
    { row: 7, column: '统一社会信用代码', value: '123', code: 'CELL_USCC_INVALID', message: '校验码不符，请核对' },
    { row: 7, column: '当期期末留抵税额', value: '1e3', code: 'CELL_AMOUNT_INVALID', message: '不是金额，请改正' },
  ];
  expect(rejectedLine({ kind: 'rejected', row: 7, name: '某厂', faults })).toEqual({
    row: 7,
    name: '某厂',
    error: { code: 'CELL_USCC_INVALID', message: '该行有2处问题，未作评价；“统一社会信用代码”校验码不符，请核对', details: faults },
  });
});

test('what the reader remarked on a cell stands before the warnings of the determination', () => {
  const determination = evaluateRow(goldenRow({}), taxPeriod('2022-08'), shippedPolicy);
  const remark = { row: 2, column: '统一社会信用代码', value: '211382000000000', code: 'CELL_LEGACY_NUMBER', message: '是15位旧税号' };
  expect(determinationLine(determination, [remark]).warnings).toEqual(['“统一社会信用代码”是15位旧税号', ...determination.warnings]);
});
