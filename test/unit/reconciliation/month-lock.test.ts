/** 锁定: three signatures over one document lock a month in every office, three unlock it; a locked month takes no act dated in it, by whatever door. */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { agencies } from '../../../shared/kernel/office.ts';
import { monthLockOf, purposeOfRound, type Signature } from '../../../shared/reconciliation/month-lock.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { april, refusal, sendPackage, take, type County } from '../../support/exchange-offices.ts';
import { aprilPaid, hashOf, sendRound, signRound, stateRound } from '../../support/reconciling.ts';

const stateOf = async (county: County) => (await Promise.all(agencies.map((agency) => county.call(agency, 'reconciliation.months', {})))).map(({ months }) => months[0]?.state);

test('三方签同一份对账单后，三个单位都是已锁定；三方签字解锁后都是未锁定，可以再锁', async () => {
  const county = await aprilPaid();
  await stateRound(county);
  await signRound(county, 'lock');
  expect(await stateOf(county)).toEqual(['locked', 'locked', 'locked']);
  const locked = await hashOf(county, 'finance');
  expect(await refusal(county.offices.tax, 'reconciliation.sign', { period: april, purpose: 'unlock', hash: locked })).toBe('RECON_UNLOCK_NEEDS_REASON');
  await signRound(county, 'unlock');
  expect(await stateOf(county)).toEqual(['open', 'open', 'open']);
  await signRound(county, 'lock');
  expect(await stateOf(county)).toEqual(['locked', 'locked', 'locked']);
});

test('两方签字不锁定；签的不是本单位算出的对账单，不能签', async () => {
  const county = await aprilPaid();
  await stateRound(county);
  expect(await refusal(county.offices.tax, 'reconciliation.sign', { period: april, purpose: 'lock', hash: 'a'.repeat(64) })).toBe('RECON_HASH_DIFFERS');
  expect(await refusal(county.offices.tax, 'reconciliation.sign', { period: april, purpose: 'unlock', hash: 'a'.repeat(64), reason: '试' })).toBe('RECON_PURPOSE_UNFIT');
  const hash = await hashOf(county, 'tax');
  for (const agency of ['tax', 'treasury'] as const) {
    await county.call(agency, 'reconciliation.sign', { period: april, purpose: 'lock', hash });
    await sendRound(county, agency, 'PERIOD_LOCK');
  }
  expect(await stateOf(county)).toEqual(['open', 'open', 'open']);
  expect(await refusal(county.offices.tax, 'reconciliation.state', { period: april })).toBe('RECON_SIGNED_STANDS');
});

test('未签字的一方改了对账单，先签的一方对新的对账单重签，三方到齐后锁定', async () => {
  const county = await aprilPaid();
  await stateRound(county);
  await county.call('tax', 'reconciliation.sign', { period: april, purpose: 'lock', hash: await hashOf(county, 'tax') });
  await sendRound(county, 'tax', 'PERIOD_LOCK');
  await county.call('treasury', 'treasury.bankReturn', { vouchers: ['00000001'], reasonCode: 'account-closed', reason: '账户已销户', on: civilDate('2022-04-30') });
  await county.call('treasury', 'reconciliation.state', { period: april });
  await sendRound(county, 'treasury', 'RECON_STATEMENT');
  await signRound(county, 'lock');
  expect(await stateOf(county)).toEqual(['locked', 'locked', 'locked']);
});

test('已锁定的月份：退付、退汇、销号、追缴、撤销退付登记都不能记在该月，说明怎么办；按今天的日期可以', async () => {
  const county = await aprilPaid();
  await take(county, 'tax', await sendPackage(county, 'treasury', { kind: 'REFUND_RECEIPT', to: 'tax' }));
  await stateRound(county);
  await signRound(county, 'lock');
  const { tax, treasury } = county.offices;
  const inApril = { on: civilDate('2022-04-30') };
  expect(await refusal(treasury, 'treasury.bankReturn', { vouchers: ['00000001'], reasonCode: 'other', reason: '退汇', ...inApril })).toBe('MONTH_LOCKED');
  expect(await refusal(tax, 'refunds.crossOff', { all: { state: 'paid' }, ...inApril })).toBe('MONTH_LOCKED');
  expect(await refusal(treasury, 'reconciliation.state', { period: april })).toBe('RECON_MONTH_LOCKED');
  const reply = await tax.call('refunds.crossOff', { all: { state: 'paid' }, ...inApril }, 'handler');
  expect(reply.ok ? '' : reply.error.message).toMatch(/2022-04-30 在三方签字锁定的对账期间（截至 2022-04-30）内，未办理，账本未变。.*按今天的日期.*解锁/);
  expect((await county.call('tax', 'refunds.crossOff', { all: { state: 'paid' } })).changed).toBe(true);
  const claim = { refund: 'SQ-2022-000001', existing: '1.00', incremental: '0.00', document: '缴款书1', reason: '多退' } as const;
  expect(await refusal(tax, 'refunds.clawBack', { ...claim, ...inApril }, 'approver')).toBe('MONTH_LOCKED');
});

test('已锁定的月份：未出回单的退付登记不能撤销；解锁后可以', async () => {
  const county = await aprilPaid();
  await stateRound(county);
  await signRound(county, 'lock');
  const undo = { vouchers: ['00000001'], reason: '误登' };
  expect(await refusal(county.offices.treasury, 'treasury.undoPay', undo)).toBe('MONTH_LOCKED');
  await signRound(county, 'unlock');
  expect((await county.call('treasury', 'treasury.undoPay', undo)).changed).toBe(true);
});

test('下一个月须在上一个月锁定后签字，上一个月须在下一个月解锁后解锁', async () => {
  const county = await aprilPaid();
  const may = taxPeriod('2022-05');
  await stateRound(county);
  county.at('2022-06-05T09:00');
  await stateRound(county, may);
  const hash = await hashOf(county, 'tax', may);
  expect(await refusal(county.offices.tax, 'reconciliation.sign', { period: may, purpose: 'lock', hash })).toBe('RECON_EARLIER_OPEN');
  await signRound(county, 'lock');
  await signRound(county, 'lock', may);
  const opening = (await county.call('tax', 'reconciliation.run', { period: may })).document.opening;
  expect(opening).toBe(await hashOf(county, 'treasury'));
  expect(await refusal(county.offices.tax, 'reconciliation.sign', { period: april, purpose: 'unlock', hash: opening ?? '', reason: '漏记' })).toBe('RECON_LATER_STANDS');
});

test('期间的状态只由签字的集合决定，与到达的次序无关', () => {
  const signature = fc.record({
    office: fc.constantFrom(...agencies), round: fc.integer({ min: 0, max: 2 }), no: fc.integer({ min: 1, max: 2 }), hash: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
  }).map(({ round, ...one }): Signature => ({
    ...one, round, period: april, purpose: purposeOfRound(round), signedOn: civilDate('2022-05-05'), signedBy: '张三', reason: null,
  }));
  const unique = fc.uniqueArray(signature, { selector: ({ office, round, no }) => `${office}/${String(round)}/${String(no)}` });
  fc.assert(fc.property(unique.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), ([all, shuffled]) => {
    expect(monthLockOf(shuffled)).toEqual(monthLockOf(all));
  }));
});
