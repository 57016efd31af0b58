/** 退税底数 in three real offices: frozen, confirmed by another person, never altered, sent, received, compared, followed to the cross-off. */
import { expect, test } from 'vitest';
import { assess, april, countyAt, refundable, refusal, sendBatch, sendPackage, take, type County } from '../../support/exchange-offices.ts';
import { done, refused } from '../../support/practice.ts';
import type { Cells } from '../../support/roster-rows.ts';

const period = april;
/** Micro manufacturers 1 to 3, and one of credit level D that is not eligible. */
const rows = (): Cells[] => [refundable(1), refundable(2), refundable(3), refundable(4, { creditRating: 'D' })];

async function surveyed(given: readonly Cells[] = rows()): Promise<County> {
  const county = await countyAt('2022-04-18T09:00');
  await assess(county, given);
  return county;
}

test('a snapshot holds who meets the conditions, numbers itself, and the same figures are not frozen twice', async () => {
  const county = await surveyed();
  const frozen = await county.call('tax', 'survey.freeze', { period });
  expect(frozen.changed).toBe(true);
  expect(frozen.snapshot).toMatchObject({ number: 'DS-2022-0001', version: 1, newest: true, taxpayers: 3, assessed: 4, confirmedBy: null });
  const { totals } = await county.call('tax', 'eligibility.list', { period, verdict: 'refundable' });
  expect(frozen.snapshot).toMatchObject({ existing: totals.existing, incremental: totals.incremental, total: totals.total, open: totals.total });
  const again = await county.call('tax', 'survey.freeze', { period, reason: '再冻结一次' });
  expect(again).toMatchObject({ changed: false, snapshot: { number: 'DS-2022-0001' } });
  expect(await refusal(county.offices.tax, 'survey.freeze', { period: '2022-05' })).toBe('ROSTER_MISSING');
  expect(county.offices.tax.verify('deep').faults).toEqual([]);
});

test('nothing is frozen from a roster that was not judged, and nothing is asked of a snapshot that is not there', async () => {
  const county = await surveyed();
  const { tax, finance } = county.offices;
  expect(await refusal(tax, 'survey.table', { period })).toBe('SURVEY_NOT_FROZEN');
  expect(await refusal(finance, 'survey.table', { period })).toBe('SURVEY_NOT_FROZEN');
  expect(await refusal(finance, 'survey.freeze', { period })).toBe('NOT_IN_THIS_OFFICE');
  await county.call('tax', 'survey.freeze', { period });
  expect(await refusal(tax, 'survey.lines', { period, version: 7 })).toBe('SURVEY_VERSION_UNKNOWN');
  expect(await refusal(tax, 'survey.changes', { period })).toBe('SURVEY_NOTHING_BEFORE');
});

test('who froze does not confirm, and only a confirmed snapshot leaves the house', async () => {
  const county = await surveyed();
  const { tax } = county.offices;
  await county.call('tax', 'administration.addOperator', { username: 'both', name: '一人两岗' });
  await county.call('tax', 'administration.setDuties', { username: 'both', duties: ['handler', 'reviewer'] });
  await done(tax, 'survey.freeze', { period }, 'both');
  expect(await refusal(tax, 'exchange.exportPackage', { kind: 'SURVEY', to: 'finance', period })).toBe('SURVEY_NOT_CONFIRMED');
  expect((await refused(tax, 'survey.confirm', { period }, 'both')).code).toBe('SURVEY_SAME_PERSON');
  expect((await refused(tax, 'survey.confirm', { period }, 'handler')).code).toBe('DUTY_NOT_HELD');
  expect(await done(tax, 'survey.confirm', { period }, 'reviewer')).toMatchObject({ changed: true, snapshot: { frozenBy: '一人两岗', confirmedOn: '2022-04-18' } });
  expect(await done(tax, 'survey.confirm', { period }, 'reviewer')).toMatchObject({ changed: false });
});

test('finance and treasury see what was frozen, to the fen, and a second version with what changed', async () => {
  const county = await surveyed();
  await county.call('tax', 'survey.freeze', { period });
  await county.call('tax', 'survey.confirm', { period });
  const own = await county.call('tax', 'survey.table', { period });
  for (const agency of ['finance', 'treasury'] as const) {
    const outcome = await take(county, agency, await sendPackage(county, 'tax', { kind: 'SURVEY', to: agency, period }));
    expect(outcome).toMatchObject({ refusal: null, summary: expect.stringContaining('DS-2022-0001（第 1 版）3 户') as string });
    const { snapshot, ...table } = await county.call(agency, 'survey.table', { period });
    const { snapshot: ownSnapshot, ...ownTable } = own;
    expect(table).toEqual(ownTable);
    expect({ ...snapshot, package: null }).toEqual(ownSnapshot);
    const lines = await county.call(agency, 'survey.lines', { period, list: 'small-micro' });
    expect(lines.totals).toMatchObject({ count: 3, total: own.snapshot.total });
  }
  county.at('2022-04-19T09:00');
  await assess(county, [refundable(1), refundable(2, { creditRating: 'D' }), refundable(3, { endingCredit: '7000.00', recentCredits: '1;2;3;4;5;7000.00' }), refundable(5), refundable(6)]);
  expect(await refusal(county.offices.tax, 'survey.freeze', { period })).toBe('SURVEY_REASON_MISSING');
  await county.call('tax', 'survey.freeze', { period, reason: '名册更正' });
  await county.call('tax', 'survey.confirm', { period });
  await take(county, 'finance', await sendPackage(county, 'tax', { kind: 'SURVEY', to: 'finance', period }));
  for (const agency of ['tax', 'finance'] as const) {
    const changes = await county.call(agency, 'survey.changes', { period });
    expect(changes.sums.map(({ kind, count }) => [kind, count])).toEqual([['came', 2], ['went', 1], ['changed', 1]]);
    expect(changes.checks.map(({ holds }) => holds)).toEqual([true, true]);
    expect(changes.rows.find(({ kind }) => kind === 'went')).toMatchObject({ verdict: 'ineligible', after: '0.00' });
    expect(changes.rows.find(({ kind }) => kind === 'changed')?.changed).toContain('增量');
    expect(changes.before).toMatchObject({ number: 'DS-2022-0001', newest: false });
    expect(await county.call(agency, 'survey.table', { period, version: 1 })).toMatchObject({ total: own.total });
    expect(county.offices[agency].verify('deep').faults).toEqual([]);
  }
});

test('the funnel adds up to the snapshot at every step from the list to the cross-off', async () => {
  const county = await surveyed([...rows(), refundable(7)]);
  await county.call('tax', 'survey.freeze', { period });
  const checked = async (): Promise<Record<string, number>> => {
    const funnel = await county.call('tax', 'survey.funnel', { period });
    expect(funnel.checks.filter(({ holds }) => !holds)).toEqual([]);
    const drilled = await county.call('tax', 'survey.place', { period });
    expect(drilled.totals).toEqual(funnel.total);
    return Object.fromEntries(funnel.places.map(({ place, count }) => [place, count]));
  };
  expect(await checked()).toEqual({ 'not-listed': 4 });
  await county.call('tax', 'refunds.openCandidates', { period });
  const { rows: listed } = await county.call('tax', 'refunds.list', { period });
  const first = listed[0]?.refund ?? '';
  await county.call('tax', 'refunds.apply', { refunds: [first], existing: '0', incremental: '10.00' });
  await county.call('tax', 'refunds.withdraw', { refunds: [first], reason: '结转抵扣' });
  expect(await checked()).toEqual({ candidate: 3, withdrawn: 1 });
  const file = await sendBatch(county);
  expect(await checked()).toEqual({ sent: 3, withdrawn: 1 });
  await take(county, 'treasury', file);
  await county.call('treasury', 'treasury.check', { all: {} });
  await county.call('treasury', 'treasury.pay', { all: {} });
  await take(county, 'tax', await sendPackage(county, 'treasury', { kind: 'REFUND_RECEIPT', to: 'tax' }));
  expect(await checked()).toEqual({ paid: 3, withdrawn: 1 });
  await county.call('tax', 'refunds.crossOff', { all: {} });
  expect(await checked()).toEqual({ 'crossed-off': 3, withdrawn: 1 });
  const { stages, places } = await county.call('tax', 'survey.funnel', { period });
  expect(stages.map(({ count }) => count)).toEqual([4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3]);
  const asked = places.find(({ place }) => place === 'withdrawn');
  expect(asked).toMatchObject({ stage: 'applied', actual: '10.00' });
});
