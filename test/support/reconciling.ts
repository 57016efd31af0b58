/** A story for 三方对账: two refunds of April paid, one returned by the treasury, and the statements or signatures of the offices carried round. */
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import type { OperationInput } from '../../shared/contract.ts';
import { april, assess, countyAt, refundable, sendBatch, sendPackage, take, type County } from './exchange-offices.ts';

export async function aprilPaid(): Promise<County> {
  const county = await countyAt('2022-04-11T09:00');
  await assess(county, [refundable(1), refundable(2), refundable(3)]);
  await take(county, 'treasury', await sendBatch(county));
  await county.call('treasury', 'treasury.check', { vouchers: ['00000001', '00000002'] });
  await county.call('treasury', 'treasury.pay', { vouchers: ['00000001', '00000002'] });
  await county.call('treasury', 'treasury.returnVouchers', { vouchers: ['00000003'], reasonCode: 'seal-differs', reason: '印鉴不符' });
  county.at('2022-05-05T09:00');
  return county;
}

/** One package of an office to both others. */
export async function sendRound(county: County, from: Agency, kind: OperationInput<'exchange.exportPackage'>['kind'], period = april): Promise<void> {
  for (const to of agencies.filter((peer) => peer !== from)) await take(county, to, await sendPackage(county, from, { kind, to, period, allowEmpty: true }));
}

/** Every office states its lines of the month and sends them to the others. */
export async function stateRound(county: County, period = april): Promise<void> {
  for (const from of agencies) {
    await county.call(from, 'reconciliation.state', { period });
    await sendRound(county, from, 'RECON_STATEMENT', period);
  }
}

/** The hash an office would sign. */
export async function hashOf(county: County, agency: Agency, period = april): Promise<string> {
  return (await county.call(agency, 'reconciliation.run', { period })).hash;
}

/** All three sign and send their signatures. */
export async function signRound(county: County, purpose: 'lock' | 'unlock', period = april): Promise<void> {
  const hash = await hashOf(county, 'tax', period);
  for (const from of agencies) {
    await county.call(from, 'reconciliation.sign', { period, purpose, hash, ...(purpose === 'unlock' ? { reason: '漏记一笔追缴' } : {}) });
    await sendRound(county, from, 'PERIOD_LOCK', period);
  }
}
