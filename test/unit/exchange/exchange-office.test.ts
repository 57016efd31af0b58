/** A package on its way between real offices: signed, written, read, recorded, answered. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { done, refused, testClock } from '../../support/practice.ts';
import { introduced } from '../../support/exchange-offices.ts';

test('a monthly report goes to finance and comes back as a receipt', async () => {
  const county = await introduced(testClock('2022-05-05T09:00'));
  const sent = await done(county.tax, 'exchange.exportPackage', { kind: 'MONTHLY_REPORT', to: 'finance', period: '2022-04' }, 'handler');
  expect(sent).toMatchObject({ changed: true, seq: 1 });
  await done(county.tax, 'exchange.writePackage', { packageId: sent.packageId, folder: county.stick }, 'handler');
  const file = join(county.stick, sent.fileName);
  const seen = await done(county.finance, 'exchange.inspectPackage', { file }, 'handler');
  expect(seen).toMatchObject({ kind: 'MONTHLY_REPORT', code: null });
  const imported = await done(county.finance, 'exchange.importPackage', { file }, 'handler');
  expect(imported).toMatchObject({ outcome: 'accepted', seq: 1, receiptDue: true });
  expect(await refused(county.finance, 'exchange.importPackage', { file }, 'handler')).toMatchObject({ code: 'DUPLICATE_PACKAGE' });
  const receipt = await done(county.finance, 'exchange.exportPackage', { kind: 'RECEIPT', to: 'tax' }, 'handler');
  await done(county.finance, 'exchange.writePackage', { packageId: receipt.packageId, folder: county.stick }, 'handler');
  expect(await done(county.tax, 'exchange.importPackage', { file: join(county.stick, receipt.fileName) }, 'handler')).toMatchObject({ outcome: 'accepted', receiptDue: false });
  for (const office of [county.tax, county.finance, county.treasury]) expect(office.verify('deep').faults).toEqual([]);
});
