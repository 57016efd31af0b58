/** Channels of large ledgers 大账本的通道: a peer that has not looked for long is still served, and what would not fit into a package is refused before it is made. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { encodeDocument } from '../../../electron/exchange/build-package.ts';
import { packageLimits } from '../../../electron/exchange/package-schema.ts';
import { foundOffice } from '../../../electron/office/found-office.ts';
import { batchVouchersMax, type VoucherElements } from '../../../shared/refunds/voucher-fields.ts';
import { refundBatch } from '../../../shared/exchange/kinds/refund-batch.ts';
import { packageRowsMax } from '../../../shared/exchange/section.ts';
import { addPeriods, taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { april, type County } from '../../support/exchange-offices.ts';
import { grow } from '../../support/grown-ledger.ts';
import { done, practiceOffice, temporaryFolder, testClock, testEnv } from '../../support/practice.ts';
import { reversibleDatabase } from '../../support/reversible-database.ts';
import { refundBatch as sampleBatch } from '../../support/sample-documents.ts';

test('C6 对方 250,000 条未看，仍能收到包；其余在对方确认后接续出示', async () => {
  const clock = testClock('2022-06-05T09:00');
  const folder = temporaryFolder();
  const ledger = reversibleDatabase();
  const tax = await foundOffice(join(folder, 'tax'), { agency: 'tax', county: '211382', name: '凌源市税务局', practice: true }, testEnv(clock, 'tax', { openDatabase: (path) => ledger.open(path) }));
  onTestFinished(() => {
    tax.close();
  });
  const finance = await practiceOffice('finance', clock, join(folder, 'finance'));
  for (const [owner, peer] of [[tax, finance], [finance, tax]] as const) {
    const card = await done(owner, 'keys.writeCard', { folder }, 'handler');
    await done(peer, 'keys.trust', { card: join(folder, card.fileName), fingerprint: card.fingerprint }, 'security');
  }
  const carry = async (from: typeof tax, to: typeof tax, request: Parameters<County['call']>[2]): Promise<unknown> => {
    clock.now += 60_000;
    const { packageId } = await done(from, 'exchange.exportPackage', request as never, 'handler');
    const { fileName } = await done(from, 'exchange.writePackage', { packageId, folder }, 'handler');
    return (await done(to, 'exchange.importPackage', { file: join(folder, fileName) }, 'handler')).outcome;
  };
  const headSeen = async (): Promise<number> => (await done(finance, 'exchange.gaps', {}, 'handler')).channels.find(({ peer }) => peer === 'tax')?.peerHead.seq ?? 0;
  grow(ledger.db, 250_000);
  const report = (month: number) => ({ kind: 'MONTHLY_REPORT', to: 'finance', period: addPeriods(april, month), allowEmpty: true });
  expect(await carry(tax, finance, report(0))).toBe('accepted');
  expect(await headSeen()).toBe(packageLimits.leaves);
  // Not acknowledged yet: the next package shows the same part again.
  expect(await carry(tax, finance, report(1))).toBe('accepted');
  expect(await headSeen()).toBe(packageLimits.leaves);
  expect(await carry(finance, tax, { kind: 'RECEIPT', to: 'tax' })).toBe('accepted');
  expect(await carry(tax, finance, report(2))).toBe('accepted');
  expect(await headSeen()).toBeGreaterThan(250_000);
}, 240_000);

test('C6 一批最多的笔数、每个字段都写满，仍装得进一个交换包', () => {
  const [voucher] = sampleBatch().rows['vouchers'] ?? [];
  const [head] = sampleBatch().rows['batch'] ?? [];
  const longest = Object.fromEntries(Object.entries(voucher ?? {}).map(([field, value]) => {
    const fits = (length: number): boolean => refundBatch.sections.vouchers.schema.safeDecode({ ...voucher, [field]: '留'.repeat(length) } as never).success;
    const most = [500, 200, 100, 60, 30].find(fits);
    return [field, most === undefined ? value : '留'.repeat(most)];
  }));
  const row = refundBatch.sections.vouchers.schema.decode({ ...longest, bankAccount: '6'.repeat(40) } as never) as VoucherElements;
  const one = encodeDocument('REFUND_BATCH', taxPeriod('2022-04'), {
    batch: [refundBatch.sections.batch.schema.decode(head as never)], vouchers: [row],
  });
  const bytes = (one.sections[0]?.bytes.length ?? 0) * 10 + (one.sections[1]?.bytes.length ?? 0) * batchVouchersMax;
  expect(one.sections[1]?.bytes.length).toBeGreaterThan(4_000);
  expect(bytes).toBeLessThan(packageLimits.documentBytes);
  expect(batchVouchersMax).toBeLessThan(packageRowsMax);
});

test('C6 单据、账本叶和清单的上限合起来不超过一个包', () => {
  const sealing = 16 * Math.ceil(packageLimits.packageBytes / 65_536) + 1_024;
  expect(packageLimits.documentBytes + packageLimits.leaves * 32 + packageLimits.manifestBytes + packageLimits.headerBytes + sealing).toBeLessThan(packageLimits.packageBytes);
});
