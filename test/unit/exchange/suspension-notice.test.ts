/** 暂缓退库通知 over three offices: a suspension of the tax office stops the treasury's payment until a later notice releases it. */
import { expect, test } from 'vitest';
import { assess, countyAt, refundable, refusal, sendBatch, sendPackage, take, type County } from '../../support/exchange-offices.ts';
import { testUscc } from '../../support/roster-rows.ts';

const treasury = { kind: 'SUSPENSION_NOTICE', to: 'treasury' } as const;
const uscc = testUscc(1);
const refund = `2022-04/${uscc}`;

async function untold(county: County): Promise<readonly string[]> {
  const { lines } = await county.call('tax', 'administration.desk', {});
  return lines.filter(({ state }) => state === 'suspensions-untold').map(({ title, count }) => `${title} ${String(count)}`);
}

test('税务局发出暂缓通知后国库不能审核、退付、自行解除；收到解除的通知后照常退付', async () => {
  const county = await countyAt('2022-04-11T09:00');
  await assess(county, [refundable(1), refundable(2)]);
  await take(county, 'treasury', await sendBatch(county));
  expect(await refusal(county.offices.tax, 'exchange.exportPackage', treasury)).toBe('NOTHING_TO_EXPORT');
  await county.call('tax', 'refunds.noticeSuspension', { refunds: [refund], reason: '发票疑点待核', ground: 'risk-doubt' });
  expect(await untold(county)).toEqual(['暂停、解除尚未送人民银行国库的暂缓退库通知 1', '暂停、解除尚未送财政局的暂缓退库通知 1']);

  const notice = await sendPackage(county, 'tax', treasury);
  expect(await take(county, 'treasury', notice)).toMatchObject({ summary: expect.stringContaining('暂缓中 1 笔 4,001.16 元；新增 1 户，解除 0 户') as string });
  await take(county, 'finance', await sendPackage(county, 'tax', { kind: 'SUSPENSION_NOTICE', to: 'finance' }));
  expect(await untold(county)).toEqual([]);
  const suspended = [{ uscc, reason: '存在增值税涉税风险疑点', since: '2022-04-11', source: 'notice', liftedOn: null }];
  expect((await county.call('treasury', 'treasury.suspensions', {})).suspensions).toMatchObject(suspended);
  expect((await county.call('finance', 'treasury.suspensions', {})).suspensions).toMatchObject(suspended);
  const { rows } = await county.call('treasury', 'treasury.list', { offset: 0, limit: 10 });
  const voucher = rows.find((row) => row.uscc === uscc)?.voucherNo ?? '';
  expect(await refusal(county.offices.treasury, 'treasury.check', { vouchers: [voucher] })).toBe('VOUCHER_NOT_IN_ORDER');
  expect(await refusal(county.offices.treasury, 'treasury.liftSuspension', { uscc, reason: '纳税人催促' })).toBe('SUSPENSION_BY_NOTICE');

  county.at('2022-04-13T09:00');
  await county.call('tax', 'refunds.liftNotice', { refunds: [refund], reason: '疑点已排除' });
  expect(await untold(county)).toEqual(['暂停、解除尚未送人民银行国库的暂缓退库通知 1', '暂停、解除尚未送财政局的暂缓退库通知 1']);
  expect(await take(county, 'treasury', await sendPackage(county, 'tax', treasury))).toMatchObject({ summary: expect.stringContaining('暂缓中 0 笔 0.00 元；新增 0 户，解除 1 户') as string });
  expect((await county.call('treasury', 'treasury.suspensions', {})).suspensions).toMatchObject([{ uscc, liftedOn: '2022-04-13' }]);
  await county.call('treasury', 'treasury.check', { all: {} });
  await county.call('treasury', 'treasury.pay', { all: {} });
  expect((await county.call('treasury', 'treasury.list', { offset: 0, limit: 10 })).rows.map(({ state }) => state)).toEqual(['paid', 'paid']);
});

test('审核之后、退付之前到达的通知也挡住退付；手工登记与通知各自解除', async () => {
  const county = await countyAt('2022-04-11T09:00');
  await assess(county, [refundable(1)]);
  await take(county, 'treasury', await sendBatch(county));
  await county.call('treasury', 'treasury.check', { all: {} });
  const { rows: [row] } = await county.call('treasury', 'treasury.list', { offset: 0, limit: 1 });
  await county.call('treasury', 'treasury.suspend', { uscc, name: row?.name ?? '', reason: '先接电话通知' });
  await county.call('tax', 'refunds.noticeSuspension', { refunds: [refund], reason: '稽查立案', ground: 'under-inspection' });
  await take(county, 'treasury', await sendPackage(county, 'tax', treasury));
  await county.call('treasury', 'treasury.liftSuspension', { uscc, reason: '已有书面通知' });
  expect((await county.call('treasury', 'treasury.suspensions', {})).suspensions.map(({ source, liftedOn }) => [source, liftedOn === null])).toEqual([['notice', true], ['manual', false]]);
  expect(await refusal(county.offices.treasury, 'treasury.pay', { all: {} })).toBe('VOUCHER_NOT_IN_ORDER');
});
