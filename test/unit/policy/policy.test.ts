/** Packs, their values by date, amendments, settings, and which pack stands for a filing period. */
import { expect, test } from 'vitest';
import { amended, amendmentSchema, evaluateRow, firstFilingPeriod, packFor, parsePack, policyFrom, type Policy } from '../../../electron/eligibility/index.ts';
import { packInForce } from '../../../electron/eligibility/parameters.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { addPeriods, taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { readResource, shippedPolicy } from '../../golden/golden-policy.ts';
import { goldenRow } from '../../golden/golden-rows.ts';

const sizeStandards: unknown = JSON.parse(readResource('reference/size-standards.json'));
const document2022 = shippedPolicy.documents['mof-sta-2022-14'].document;

function policyWith2022(document: unknown, asOf: string | null = null): Policy {
  return policyFrom({
    documents: { ...shippedPolicy.documents, 'mof-sta-2022-14': parsePack(document, 'changed') },
    sizeStandards,
    asOf: asOf === null ? null : civilDate(asOf),
  });
}

test('every filing period from the first to 2030 has exactly one pack, and none before', () => {
  const months = Array.from({ length: 12 * 12 }, (_, index) => addPeriods(firstFilingPeriod, index));
  const changes = months.flatMap((filing, index) => {
    const id = packFor(shippedPolicy, filing)?.id;
    const before = index === 0 ? undefined : packFor(shippedPolicy, addPeriods(filing, -1))?.id;
    return id === before ? [] : [[filing, id]];
  });
  expect(changes).toEqual([
    ['2019-05', 'mof-sta-gac-2019-39'],
    ['2022-04', 'mof-sta-2022-14'],
    ['2025-09', 'mof-sta-2025-07'],
  ]);
  expect(packFor(shippedPolicy, taxPeriod('2019-04'))).toBeNull();
});

test('two packs for one filing period are an error', () => {
  const always = { from: taxPeriod('2019-05'), until: null };
  const spans = { 'mof-sta-gac-2019-39': always, 'mof-sta-2022-14': always, 'mof-sta-2025-07': { from: taxPeriod('2025-09'), until: null } };
  expect(() => packInForce(spans, taxPeriod('2021-06'))).toThrow('two packs');
});

test('a filing period before the first pack is a fault of the caller', () => {
  expect(() => evaluateRow(goldenRow({}), taxPeriod('2019-04'), shippedPolicy)).toThrow('no pack covers');
});

/** Large manufacturer: existing credit opens in the month that stands on a day. */
const largeRow = goldenRow({ 上年增值税销售额: '2000000000.00' });

test.each([
  ['2022-03-31', '2022-10', false],
  ['2022-05-16', '2022-10', false],
  ['2022-05-17', '2022-06', false],
  ['2022-06-07', '2022-06', true],
  [null, '2022-06', true],
])('as known on %s a large manufacturer opens in %s, and trade being listed from 2022-07 is %s', (asOf, opens, tradeListed) => {
  const policy = policyWith2022(document2022, asOf);
  const trade = goldenRow({ 近12个月分行业销售额: 'F51=1.00' });
  expect({
    opens: evaluateRow(largeRow, taxPeriod('2022-07'), policy).existingOpenFrom,
    tradeListed: evaluateRow(trade, taxPeriod('2022-07'), policy).listedIndustry,
  }).toEqual({ opens, tradeListed });
});

test('No. 17, 19 and 21 taken out and laid on again as amendments give the pack as shipped', () => {
  const original = { ...document2022, parameters: document2022.parameters.flatMap((one) => keep(one, (day) => day === '2022-03-21')) };
  const amendment = amendmentSchema.parse({
    pack: 'mof-sta-2022-14',
    title: '2022年第17号、第19号、第21号公告',
    parameters: document2022.parameters.flatMap((one) => keep(one, (day) => day > '2022-03-21')),
  });
  const policies = [policyWith2022(amended(original, amendment)), shippedPolicy];
  const months = ['2022-04', '2022-05', '2022-06', '2022-07'].map(taxPeriod);
  const [again, shipped] = policies.map((policy) => months.map((filing) => evaluateRow(largeRow, filing, policy).existingOpenFrom));
  expect(again).toEqual(shipped);
  expect(policyWith2022(original).packs['mof-sta-2022-14'].forFiling(taxPeriod('2022-07')).listingTests.length).toBe(1);
});

function keep(parameter: (typeof document2022.parameters)[number], when: (day: string) => boolean): (typeof document2022.parameters)[number][] {
  const values = parameter.values.filter((value) => when(value.issuedOn));
  return values.length === 0 ? [] : [{ ...parameter, values }];
}

test('an amendment of another pack, or of a day that already has a value, is an error', () => {
  const value = { value: ['A'], issuedOn: civilDate('2022-03-21'), cites: ['2022-14/3(1)'], certainty: 'A' as const };
  const parameters = [{ key: 'acceptedRatings', label: '级别', unit: '级别', values: [value] }];
  expect(() => amended(document2022, { pack: 'mof-sta-2025-07', title: '别的包', parameters })).toThrow('one pack');
  expect(() => amended(document2022, { pack: 'mof-sta-2022-14', title: '同日', parameters })).toThrow('never replaced');
});

test('a missing, unknown or malformed value is refused', () => {
  const without = { ...document2022, parameters: document2022.parameters.filter(({ key }) => key !== 'refundRate') };
  const unknown = { ...document2022, parameters: [...document2022.parameters, { ...document2022.parameters[0], key: 'somethingElse' }] };
  const malformed = { ...document2022, parameters: document2022.parameters.map((one) => (one.key === 'ratioFrom' ? { ...one, values: one.values.map((value) => ({ ...value, value: '2019-13' })) } : one)) };
  for (const document of [without, unknown, malformed]) expect(() => policyWith2022(document)).toThrow();
});

test('a ratio rounded before use changes the amount, and the finding says so', () => {
  const setting = (key: string, value: unknown): unknown => ({ ...document2022, settings: document2022.settings.map((one) => (one.key === key ? { ...one, value } : one)) });
  const rounded = {
    ...document2022,
    settings: document2022.settings.map((one) => (one.key === 'ratioRoundedBeforeUse' ? { ...one, value: true } : one.key === 'ratioDisplayScale' ? { ...one, value: 4 } : one)),
  };
  const row = goldenRow({ 已抵扣_增值税专用发票: '2.00', 已抵扣_通行费电子普通发票: '', 已抵扣_海关进口缴款书: '', 已抵扣_其他: '1.00' });
  const seen = [document2022, setting('ratioDisplayScale', 4), rounded].map((document) => {
    const { ratio, refundableTotal, findings } = evaluateRow(row, taxPeriod('2022-08'), policyWith2022(document));
    return [ratio, refundableTotal, findings.find(({ rule }) => rule === 'ratio')?.facts['ratioRoundedBeforeUse']];
  });
  // 900,000.00 × 2/3 in two parts; × 0.6667 when rounded to four decimals first.
  expect(seen).toEqual([
    ['0.6666666667', 600_000_00n, false],
    ['0.6666666667', 600_000_00n, false],
    ['0.6667000000', 600_030_00n, true],
  ]);
});

test('a determination names the packs it used with their hashes, the pack in force first', () => {
  const { sources } = evaluateRow(goldenRow({}), taxPeriod('2022-08'), shippedPolicy);
  const inOrder = ['mof-sta-2022-14', 'mof-sta-gac-2019-39'] as const;
  expect(sources).toEqual(inOrder.map((pack) => ({ pack, hash: shippedPolicy.documents[pack].hash })));
});
