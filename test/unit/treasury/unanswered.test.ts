/** C5: paying vouchers while the tax office cannot be answered asks first, whoever calls; who knows it and pays leaves it in the entry. */
import { expect, test } from 'vitest';
import { readNewest } from '../../../electron/journal/index.ts';
import { entryKinds } from '../../../electron/office/joined.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { assess, countyAt, refundable, refusal, sendBatch, type County } from '../../support/exchange-offices.ts';
import { openLedgerFile } from '../../../electron/platform/database.ts';
import { openHalf } from '../../support/openings.ts';
import { refused } from '../../support/practice.ts';

async function checkedVouchers(county: County): Promise<string[]> {
  await assess(county, [refundable(1), refundable(2)]);
  const file = await sendBatch(county);
  await county.call('treasury', 'exchange.importPackage', { file });
  const { rows } = await county.call('treasury', 'treasury.list', {});
  const vouchers = rows.map(({ voucherNo }) => voucherNo);
  await county.call('treasury', 'treasury.check', { vouchers });
  return vouchers;
}

/** What the newest payment says in the log. */
function unansweredInLog(county: County): unknown {
  const ledger = county.offices.treasury.folders.ledger;
  county.offices.treasury.close();
  const db = openLedgerFile(ledger, { mustExist: true });
  const [entry] = readNewest(db, present(entryKinds.get('treasury.pay'), 'kind'), 1);
  db.close();
  return (present(entry, 'a payment').facts as { unanswered?: true }).unanswered;
}

test('C5 与税务局的通道停用：退付先问；注明仍要退付的照办，并留在分录里', async () => {
  const county = await countyAt('2022-04-11T09:00');
  const vouchers = await checkedVouchers(county);
  await openHalf(county.offices.treasury, 'tax', 'history', county.stick);
  const { code, message } = await refused(county.offices.treasury, 'treasury.pay', { vouchers }, 'approver');
  expect(code).toBe('PAY_UNANSWERED');
  expect(message).toContain('与税务局的通道正在重新开期');
  expect(message).toContain('未退付，账本未变');
  expect(await refusal(county.offices.treasury, 'treasury.pay', { all: { state: 'checked' }, unanswered: false }, 'approver')).toBe('PAY_UNANSWERED');
  expect(await county.call('treasury', 'treasury.pay', { vouchers, unanswered: true })).toMatchObject({ count: vouchers.length });
  expect(unansweredInLog(county)).toBe(true);
});

test('C5 本单位签名密钥已到期：退付先问', async () => {
  const county = await countyAt('2022-04-11T09:00');
  const vouchers = await checkedVouchers(county);
  county.at('2023-06-01T09:00');
  const { code, message } = await refused(county.offices.treasury, 'treasury.pay', { vouchers }, 'approver');
  expect(code).toBe('PAY_UNANSWERED');
  expect(message).toMatch(/本单位签名密钥已于 2023-04-1[01] 到期/);
});

test('C5 通道照常的，退付不问；多填的说明不留在分录里', async () => {
  const county = await countyAt('2022-04-11T09:00');
  const vouchers = await checkedVouchers(county);
  expect(await county.call('treasury', 'treasury.pay', { vouchers, unanswered: true })).toMatchObject({ count: vouchers.length });
  expect(unansweredInLog(county)).toBeUndefined();
});
