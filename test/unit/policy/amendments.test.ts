/** What may be proposed as an amendment of a policy value, one refusal each, and the written form of every value. */
import { expect, test } from 'vitest';
import { amendedBy, judgeAmendment } from '../../../electron/policy/index.ts';
import { packDocument } from '../../../electron/eligibility/index.ts';
import { sha256Hex } from '../../../electron/platform/hash.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import type { AmendmentDraft } from '../../../shared/policy/amendment.ts';
import { packIds } from '../../../shared/eligibility/model.ts';
import { readValue, valueFormSays, valueText } from '../../../shared/policy/value-forms.ts';
import { errorMessage } from '../../../shared/error-table.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';

const today = civilDate('2026-11-23');
const documents = Object.fromEntries(packIds.map((pack) => [pack, packDocument(checkoutResources, pack).document]));
const units = new Map(packIds.flatMap((pack) => (documents[pack]?.parameters ?? []).map(({ key, unit }) => [`${pack}/${key}`, unit] as const)));

function draft(key: string, value: unknown, given: Partial<AmendmentDraft> & { readonly unit?: string } = {}): AmendmentDraft {
  const { unit, ...rest } = given;
  const pack = given.pack ?? 'mof-sta-2025-07';
  const change = { key, unit: unit ?? units.get(`${pack}/${key}`) ?? '', value: value as null, cites: ['演练1号/1'], certainty: 'A' as const, note: null }; // wrong values are the point
  return { title: '演练用更正', documentNo: '演练〔2026〕1号', pack, issuedOn: civilDate('2026-11-20'), changes: [change], ...rest };
}

function judged(given: AmendmentDraft): string | null {
  const document = documents[given.pack];
  if (document === undefined) throw new Error(given.pack);
  const fault = judgeAmendment(document, given, today);
  return fault === null ? null : fault.code;
}

test.each([
  ['otherTierLimit', '200000000.00'], ['otherRefundRate', '0.65'], ['noChangeMonths', 24], ['consecutiveQuarters', 3], ['evasionPenaltiesBarring', 3], ['otherRatioFromMonth', 2],
  ['baseDate', '2019-04-30'], ['ratioFrom', '2019-05'], ['acceptedRatings', ['A', 'B', 'M']], ['ratioNumerator', ['deductedSpecial']], ['shareAbove', '0.4'],
  ['industryList.realEstate', { from: '2025-09', industries: [{ name: '房地产业', codes: ['K'] }] }],
] as const)('a value of %s in the form of its pack may be proposed', (key, value) => {
  expect(judged(draft(key, value))).toBeNull();
});

test.each([
  ['otherTierLimit', '一亿'], ['otherTierLimit', 100_000_000], ['otherTierLimit', '-1.00'], ['otherTierLimit', '1.005'], ['otherTierLimit', '1e8'], ['otherTierLimit', ''],
  ['otherRefundRate', '60%'], ['otherRefundRate', '60'], ['otherRefundRate', '1.0001'], ['otherRefundRate', '-0.5'], ['otherRefundRate', 0.6], ['otherRefundRate', null],
  ['shareAbove', '50'], ['shareAbove', '０.5'],
  ['noChangeMonths', '24'], ['noChangeMonths', 0], ['noChangeMonths', 121], ['noChangeMonths', 1.5], ['consecutiveQuarters', -1], ['evasionPenaltiesBarring', 100], ['otherRatioFromMonth', 13],
  ['baseDate', '2019-02-30'], ['baseDate', '2019/3/31'], ['ratioFrom', '2019-13'], ['ratioFrom', 201904],
  ['acceptedRatings', []], ['acceptedRatings', ['E']], ['acceptedRatings', 'A'], ['ratioNumerator', ['deductedHand']], ['ratioNumerator', []],
  ['industryList.realEstate', { from: '2025-09', industries: [] }], ['industryList.realEstate', { from: '2025-09', industries: [{ name: '房地产业', codes: ['房地产'] }] }],
  ['industryList.realEstate', { from: '2025-09', industries: [{ name: '房地产业', codes: ['K'] }], extra: 1 }], ['industryList.realEstate', ['K']],
] as const)('a value of %s written as %j is refused with the form that is asked for', (key, value) => {
  const given = draft(key, value);
  const fault = judgeAmendment(packDocument(checkoutResources, given.pack).document, given, today);
  expect(fault?.code).toBe('AMENDMENT_VALUE_MALFORMED');
  const says = errorMessage(fault?.code ?? '', fault?.params);
  expect(says).toMatch(/不能使用，未登记，现行参数未变。应为：.+。$/);
  expect(says).not.toMatch(/\{|undefined|程序能读的格式/);
});

test.each([
  ['a key that the pack does not have', draft('refundCeiling', '1.00', { unit: '元' }), 'AMENDMENT_KEY_UNKNOWN'],
  ['a key of another pack', draft('increaseAtLeast', '600000.00', { unit: '元' }), 'AMENDMENT_KEY_UNKNOWN'],
  ['a setting of ours, which is no law', draft('ratioDisplayScale', 12, { unit: '位小数' }), 'AMENDMENT_KEY_UNKNOWN'],
  ['a key that every object has', draft('constructor', '1', { unit: '元' }), 'AMENDMENT_KEY_UNKNOWN'],
  ['the unit of another parameter', draft('otherTierLimit', '20000', { unit: '万元' }), 'AMENDMENT_UNIT_DIFFERS'],
  ['the same key twice', draft('otherTierLimit', '2.00', { changes: [...draft('otherTierLimit', '2.00').changes, ...draft('otherTierLimit', '3.00').changes] }), 'AMENDMENT_KEY_TWICE'],
  ['a document of tomorrow', draft('otherTierLimit', '2.00', { issuedOn: civilDate('2026-11-24') }), 'AMENDMENT_DATE_AHEAD'],
  ['a document older than the value that stands', draft('otherTierLimit', '2.00', { issuedOn: civilDate('2024-01-01') }), 'AMENDMENT_NOT_LATER'],
  ['the day of the value that stands', draft('window.existing.six.large', '2022-07', { pack: 'mof-sta-2022-14', issuedOn: civilDate('2022-05-17') }), 'AMENDMENT_NOT_LATER'],
  ['the value that stands', draft('otherTierLimit', '100000000.00'), 'AMENDMENT_CHANGES_NOTHING'],
])('%s is refused', (_what, given, code) => {
  expect(judged(given)).toBe(code);
});

test('every value of every shipped pack is written so that reading it gives the same value', () => {
  for (const pack of packIds) {
    for (const { unit, key, values } of documents[pack]?.parameters ?? []) {
      expect(valueFormSays(unit), `${pack} ${key}`).not.toBe('程序能读的格式');
      for (const { value } of values) expect(readValue(unit, valueText(unit, value)), `${pack} ${key}`).toEqual(value);
    }
  }
});

test('an amendment changes the hash, the same amendments give the same hash, and a program that ships the value later still reads', () => {
  const { document } = packDocument(checkoutResources, 'mof-sta-2025-07');
  const one = draft('otherTierLimit', '200000000.00');
  const amended = amendedBy(document, { no: 'ZC-2026-0001', draft: one });
  const again = amendedBy(document, { no: 'ZC-2026-0009', draft: { ...one } });
  expect(amended).toEqual(again);
  expect(sha256Hex(JSON.stringify(amended))).not.toBe(sha256Hex(JSON.stringify(document)));
  expect(amendedBy(amended, { no: 'ZC-2026-0001', draft: one })).toEqual(amended);
  expect(() => amendedBy(amended, { no: 'ZC-2026-0002', draft: draft('otherTierLimit', '300000000.00') })).toThrow('POLICY_PACK_BROKEN');
});
