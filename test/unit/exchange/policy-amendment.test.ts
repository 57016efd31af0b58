/** A policy amendment on its way from the tax office: received, confirmed by two people there, the same hash everywhere; and what is refused. */
import { expect, test } from 'vitest';
import { alreadyHeld } from '../../../electron/policy/index.ts';
import { packDocument } from '../../../electron/eligibility/index.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { amend, draft2022, halfRate, laterWindow, propose } from '../../support/amendments.ts';
import { april, assess, countyAt, refundable, refusal, sendPackage, take, type County } from '../../support/exchange-offices.ts';
import { done } from '../../support/practice.ts';
import type { Agency } from '../../../shared/kernel/office.ts';

async function packHash(county: County, agency: Agency): Promise<string> {
  const { packs } = await done(county.offices[agency], 'policy.parameters', {}, 'audit');
  return packs.find((pack) => pack.pack === 'mof-sta-2022-14')?.hash ?? '';
}

async function confirmBoth(county: County, agency: Agency, no: string): Promise<void> {
  expect(await done(county.offices[agency], 'policy.confirm', { no }, 'handler')).toMatchObject({ state: 'proposed' });
  expect(await done(county.offices[agency], 'policy.confirm', { no }, 'approver')).toMatchObject({ state: 'in-force' });
}

const send = (county: County, to: 'finance' | 'treasury'): Promise<string> => sendPackage(county, 'tax', { kind: 'POLICY_AMENDMENT', to });

test('an amendment reaches finance and treasury, binds neither before two of its people confirm it, and then gives the hash of the tax office', async () => {
  const county = await countyAt('2022-04-14T09:00');
  const { tax, treasury } = county.offices;
  expect(await refusal(tax, 'exchange.exportPackage', { kind: 'POLICY_AMENDMENT', to: 'treasury' })).toBe('NOTHING_TO_EXPORT');
  const shipped = await packHash(county, 'treasury');
  const first = await amend(tax, laterWindow);
  await propose(tax, halfRate);
  for (const agency of ['treasury', 'finance'] as const) {
    const taken = await take(county, agency, await send(county, agency));
    expect(taken).toMatchObject({ outcome: 'accepted', rows: 1, receiptDue: true });
    expect(taken.summary).toBe('收到税务局政策更正 1 件，其中新收 1 件；经本单位两人确认后生效');
    expect(await packHash(county, agency)).toBe(shipped);
  }
  const { amendments } = await done(treasury, 'policy.amendments', {}, 'handler');
  expect(amendments).toMatchObject([{ no: first, source: 'received', state: 'received', place: 1, signedBy: '演练经办、演练复核', proposer: null, confirmer: null, changes: [{ after: '2022-06' }] }]);
  expect(await refusal(treasury, 'policy.withdraw', { no: first, reason: '不同意' }, 'handler')).toBe('NOT_IN_THIS_OFFICE');
  expect(await refusal(treasury, 'policy.propose', { draft: halfRate }, 'handler')).toBe('NOT_IN_THIS_OFFICE');
  expect(await refusal(treasury, 'policy.confirm', { no: first }, 'approver')).toBe('DUTY_NOT_HELD');
  expect(await done(treasury, 'policy.confirm', { no: first }, 'reviewer')).toMatchObject({ state: 'proposed', proposer: '演练复核' });
  expect(await refusal(treasury, 'policy.confirm', { no: first }, 'reviewer')).toBe('AMENDMENT_SAME_PERSON');
  expect(await packHash(county, 'treasury')).toBe(shipped);
  const inForce = await done(treasury, 'policy.confirm', { no: first }, 'approver');
  expect(inForce).toMatchObject({ state: 'in-force', place: 1, packHash: await packHash(county, 'tax') });
  expect(await packHash(county, 'treasury')).toBe(await packHash(county, 'tax'));
  const receipt = await sendPackage(county, 'treasury', { kind: 'RECEIPT', to: 'tax' });
  expect((await take(county, 'tax', receipt)).summary).toContain('已接收');
  for (const agency of ['tax', 'finance', 'treasury'] as const) expect(county.offices[agency].verify('deep').faults, agency).toEqual([]);
});

test('the next package brings the whole row of amendments, only new ones are entered, and they take effect in turn', async () => {
  const county = await countyAt('2022-04-14T09:00');
  const { tax, finance } = county.offices;
  const first = await amend(tax, laterWindow);
  const file = await send(county, 'finance');
  expect(await send(county, 'finance')).toBe(file);
  await take(county, 'finance', file);
  const second = await amend(tax, halfRate);
  const third = await amend(tax, draft2022('refundRate', '倍数', '0.8', '2022-04-14'));
  expect((await take(county, 'finance', await send(county, 'finance'))).summary).toContain('政策更正 3 件，其中新收 2 件');
  await done(finance, 'policy.confirm', { no: second }, 'handler');
  expect(await refusal(finance, 'policy.confirm', { no: second }, 'reviewer')).toBe('AMENDMENT_OUT_OF_ORDER');
  await confirmBoth(county, 'finance', first);
  await done(finance, 'policy.confirm', { no: second }, 'reviewer');
  await confirmBoth(county, 'finance', third);
  expect(await packHash(county, 'finance')).toBe(await packHash(county, 'tax'));
  expect(finance.verify('deep').faults).toEqual([]);
});

test('a list judged under an amendment waits until the reader has confirmed it, and one judged before it stays readable afterwards', async () => {
  const county = await countyAt('2022-04-14T09:00');
  const { tax, finance, treasury } = county.offices;
  await assess(county, [refundable(1), refundable(2)]);
  const list = (to: Agency): Promise<string> => sendPackage(county, 'tax', { kind: 'ENTERPRISE_LIST', to, period: april });
  const no = await amend(tax, halfRate);
  for (const agency of ['finance', 'treasury'] as const) await take(county, agency, await send(county, agency));
  await confirmBoth(county, 'finance', no);
  expect(await take(county, 'finance', await list('finance'))).toMatchObject({ outcome: 'accepted' });
  await county.call('tax', 'eligibility.assess', { period: april });
  expect(await take(county, 'finance', await list('finance'))).toMatchObject({ outcome: 'accepted' });
  expect(await take(county, 'treasury', await list('treasury'))).toMatchObject({ outcome: 'rejected', refusal: { code: 'POLICY_PACK_DIFFERS' } });
  await take(county, 'tax', await sendPackage(county, 'treasury', { kind: 'RECEIPT', to: 'tax', ofSeq: 2 }));
  await confirmBoth(county, 'treasury', no);
  expect(await take(county, 'treasury', await list('treasury'))).toMatchObject({ outcome: 'accepted' });
  for (const office of [tax, finance, treasury]) expect(office.verify('deep').faults).toEqual([]);
});

test('what a later program ships already counts as held', () => {
  const { document } = packDocument(checkoutResources, 'mof-sta-2022-14');
  expect(alreadyHeld(document, draft2022('window.existing.six.large', '申报期', '2022-06', '2022-05-17'))).toBe(true);
  expect(alreadyHeld(document, draft2022('window.existing.six.large', '申报期', '2022-07', '2022-05-17'))).toBe(false);
  expect(alreadyHeld(document, halfRate)).toBe(false);
});
