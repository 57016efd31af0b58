/** What findings and warnings say: which rules speak, under which citation, in which words, when an answer stands open. */
import { expect, test } from 'vitest';
import { evaluateRow } from '../../../electron/eligibility/index.ts';
import type { Determination } from '../../../shared/eligibility/model.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { shippedPolicy } from '../../golden/golden-policy.ts';
import { goldenRow, type Cells } from '../../golden/golden-rows.ts';

const medium: Cells = { 上年增值税销售额: '50000000.00' };
const construction: Cells = { 近12个月分行业销售额: 'E=1.00' };

function judged(cells: Cells, filing: string): Determination {
  return evaluateRow(goldenRow(cells), taxPeriod(filing), shippedPolicy);
}

function rulesOf({ findings }: Determination): readonly string[] {
  return findings.map((finding) => finding.rule);
}

function finding(determination: Determination, rule: string): Determination['findings'][number] | undefined {
  return determination.findings.find((one) => one.rule === rule);
}

test('a condition is cited by the article of the route that answers', () => {
  expect(finding(judged({}, '2022-08'), 'rating')?.cites).toEqual(['2022-14/3(1)']);
  expect(finding(judged({ ...medium, ...construction }, '2022-08'), 'rating')?.cites).toEqual(['2019-39/8']);
});

test('the size cites the item of the standard that was used', () => {
  expect(finding(judged({}, '2022-08'), 'size')?.cites).toContain('2011-300/2');
});

test('while the route is open, only those rules of a route speak that lack what keeps it open', () => {
  const open = judged({ ...construction, 上年存续月数: '0', 近六期期末留抵税额: '' }, '2022-08');
  expect(open.route).toBeNull();
  expect(rulesOf(open)).toContain('sixMonths');
  expect(rulesOf(open)).not.toContain('countedMonths');
  expect(rulesOf(open)).not.toContain('lastIncrease');
  expect(rulesOf(open)).not.toContain('window');
});

test('the conditions of No. 39 are silent where article 1 answers', () => {
  expect(rulesOf(judged({}, '2022-08')).filter((rule) => ['countedMonths', 'sixMonths', 'lastIncrease'].includes(rule))).toEqual([]);
});

test('a warning stands only when it holds for every value of the blanks', () => {
  // Listed or not, article 1 answers; only a listed firm could have chosen article 2.
  const open = judged({ 近12个月分行业销售额: '' }, '2022-08');
  expect([open.verdict, open.warnings]).toEqual(['refundable', []]);
  expect(judged({}, '2022-08').warnings.length).toBe(1);
});

test('two routes are named only when both give something', () => {
  expect(judged({}, '2023-01').warnings).toEqual(['存量部分按2022-14/1（2022年第14号公告第一条（小微企业））退还']);
  expect(judged({ 一次性存量退税取得日期: '2022-04-25' }, '2023-01').warnings).toEqual([]);
});

test('repaying is warned of under No. 7 only where 即征即退 was enjoyed', () => {
  const repaid: Cells = { 即征即退缴回日期: '2025-01-02' };
  expect(judged({ ...repaid, '2019年4月起享受即征即退': '是' }, '2025-10').warnings.length).toBe(1);
  expect(judged(repaid, '2025-10').warnings).toEqual([]);
});

test.each([
  ['2022-04', null, '2022-04'],
  ['2022-05', null, '2022-04'],
  ['2023-01', null, '2022-04'],
])('in %s a listed firm that is medium or large has its existing credit open from %s, its incremental from %s', (filing, existing, incremental) => {
  const { existingOpenFrom, incrementalOpenFrom, size } = judged({ 划型行业代码: 'I', 上年增值税销售额: '200000000.00' }, filing);
  expect({ size, existingOpenFrom, incrementalOpenFrom }).toEqual({ size: 'undetermined', existingOpenFrom: existing, incrementalOpenFrom: incremental });
});

test('where the size leaves the window open, every month that it may be is named', () => {
  const open: Cells = { 划型行业代码: 'I', 上年增值税销售额: '200000000.00' };
  expect(finding(judged(open, '2022-04'), 'window')?.text).toBe('存量自2022年5月或2022年6月申报期起受理，增量自2022年4月申报期起受理');
  const existingOnly = finding(judged({ ...open, '2019年3月31日期末留抵税额': '1000000.00' }, '2022-04'), 'window');
  expect(existingOnly?.text).toBe('有应退税额，但存量自2022年5月或2022年6月申报期起受理，增量自2022年4月申报期起受理，2022年4月申报期尚不受理');
});

test('a repayment dated after the filing month counts under No. 7, with a word on the doubt', () => {
  const { verdict, warnings } = judged({ '2019年4月起享受即征即退': '是', 即征即退缴回日期: '2025-11-01' }, '2025-10');
  expect([verdict, warnings.filter((warning) => warning.includes('晚于申报月')).length]).toEqual(['refundable', 1]);
  expect(judged({ '2019年4月起享受即征即退': '是', 即征即退缴回日期: '2025-10-31' }, '2025-10').warnings.filter((warning) => warning.includes('晚于申报月'))).toEqual([]);
});

test.each([
  ['an industry code that may be of a low or a high sector', { 划型行业代码: 'K', 上年增值税销售额: '3000000.00', 上年末资产总额: '10000000.00' }, 'micro,small'],
  ['no value of which is the class between', { 划型行业代码: 'K70', 上年增值税销售额: '60000000.00', 上年末资产总额: '10000000.00' }, 'micro,medium,large'],
])('the classes that stand open are those of some value of the blank: %s', (_name, cells: Cells, candidates) => {
  expect(finding(judged(cells, '2022-08'), 'size')?.facts['candidates']).toBe(candidates);
});

test.each([
  ['both parts in full', {}, '2022-08', '应退税额：存量100,000.00元×比例＝80,000.00元，增量800,000.00元×比例＝640,000.00元'],
  ['the incremental part by No. 39 beside the existing', construction, '2023-01', '应退税额：存量100,000.00元×比例＝80,000.00元，增量800,000.00元×0.6×比例＝384,000.00元'],
  ['the existing part alone', { ...construction, 近六期期末留抵税额: '0.00;1.00;1.00;1.00;1.00;900000.00' }, '2023-01', '应退税额：存量100,000.00元×比例＝80,000.00元，增量按本条不退'],
  [
    'tiers',
    { 近12个月分行业销售额: 'E=1.00', 当期期末留抵税额: '150150000.00', 近六期期末留抵税额: '1.00;1.00;1.00;1.00;1.00;150150000.00' },
    '2025-10',
    '应退税额：增量150,000,000.00元按0.6/0.3分档×比例＝56,250,000.00元',
  ],
])('the refund is shown as a formula: %s', (_name, cells: Cells, filing, text) => {
  expect(finding(judged(cells, filing), 'refund')?.text).toBe(text);
});

test('a blank that decides nothing is said to decide nothing', () => {
  const refundable = finding(judged({ 近12个月分行业销售额: '' }, '2022-08'), 'industryShare');
  expect([refundable?.outcome, refundable?.cites.at(-1), refundable?.text.endsWith('；无论取何值，结论、适用条款和金额都不变')]).toEqual(['met', 'reading/rows', true]);
});

test('beside a failed condition a blank measure is said not to matter, and a blank condition stays open', () => {
  const refused = judged({ 近六期期末留抵税额: '', 当期期末留抵税额: '599999.99', 划型行业代码: '' }, '2021-06');
  expect(refused.verdict).toBe('ineligible');
  expect(finding(refused, 'sixMonths')?.outcome).toBe('needsEvidence');
  expect(finding(refused, 'size')?.text.endsWith('；无论取何值都不符合条件')).toBe(true);
});

test('no sentence ends with a full stop or holds an unfilled word', () => {
  const texts = ['2021-06', '2022-08', '2023-01', '2025-10'].flatMap((filing) =>
    [{}, { 上年存续月数: '0' }, { 当期期末留抵税额: '' }, { 近12个月分行业销售额: 'K70=1.00' }, { 进项统计起始所属期: '' }].flatMap((cells) => {
      const { findings, warnings } = judged(cells, filing);
      return [...findings.map((one) => one.text), ...warnings];
    }),
  );
  expect(texts.filter((text) => /。$|undefined|null|NaN|\{|不能确定：$/.test(text))).toEqual([]);
});
