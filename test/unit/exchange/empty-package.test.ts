/** Fault A5: a report of the wrong month is empty, and an empty package is neither signed nor sent unless somebody means it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { liudi } from '../../support/command-line.ts';
import { assess, countyAt, refundable, refusal, sendBatch, sendPackage, take } from '../../support/exchange-offices.ts';

const report = { kind: 'MONTHLY_REPORT', to: 'finance' } as const;

test('A5 月报默认是最近有退付的那个月；空的月份不经确认不签名，笔数和金额在签名前可见', async () => {
  const county = await countyAt('2022-04-11T09:00');
  await assess(county, [refundable(1), refundable(2)]);
  await take(county, 'treasury', await sendBatch(county));
  await county.call('treasury', 'treasury.check', { all: {} });
  await county.call('treasury', 'treasury.pay', { all: {} });
  await take(county, 'tax', await sendPackage(county, 'treasury', { kind: 'REFUND_RECEIPT', to: 'tax' }));
  county.at('2022-07-05T09:00');
  const may = taxPeriod('2022-05');
  const head = await county.call('tax', 'administration.status', {});
  expect(await county.call('tax', 'exchange.previewPackage', report)).toMatchObject({ period: '2022-04', rows: 4, sum: '8003.12', empty: false, again: false });
  expect(await county.call('tax', 'exchange.previewPackage', { ...report, period: may })).toMatchObject({ period: '2022-05', sum: '0.00', empty: true });
  expect(await refusal(county.offices.tax, 'exchange.exportPackage', { ...report, period: may })).toBe('PACKAGE_EMPTY');
  expect(await county.call('tax', 'administration.status', {})).toEqual(head);
  expect(await county.call('tax', 'exchange.exportPackage', report)).toMatchObject({ seq: 1, rows: 4, sum: '8003.12' });
  expect(await county.call('tax', 'exchange.exportPackage', { ...report, period: may, allowEmpty: true })).toMatchObject({ seq: 2, sum: '0.00' });
});

test('A5 命令行：空表拒绝并提示 --allow-empty，确认后先报笔数再制作', async () => {
  const county = await countyAt('2022-04-11T09:00');
  for (const office of Object.values(county.offices)) office.close();
  const dir = join(county.folder, 'tax');
  const words = ['package', 'export', 'MONTHLY_REPORT', '--to', 'finance', '--out', county.stick, '--office', dir, '--clock', '2022-05-05T09:00:00+08:00'];
  const refused = liudi(words);
  expect([refused.exit, refused.stderr]).toEqual([1, expect.stringContaining('--allow-empty')]);
  const made = liudi([...words, '--allow-empty']);
  expect([made.exit, made.stderr]).toEqual([0, expect.stringMatching(/将制作：退税月报（2022-04），0 行，0\.00 元 → 财政局/)]);
});
