/** Acts for the killing and power-loss harnesses: a treasury imports the tax office's refund batches, package after package. */
import { copyFileSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { withSeededCrypto, type ActSet } from './killing-acts.ts';
import { assessRoster, openCounty, refundableCells, refundsToVoucher, sendBatch } from './killing-county.ts';

/** @param rows vouchers in each package */
export function packageImports(count: number, rows: number): ActSet {
  return {
    name: `${String(count)} package imports of ${String(rows)} vouchers`,
    agency: 'treasury',
    count,
    prepare: (folder, dir) => withSeededCrypto('packages', async () => {
      const home = join(folder, 'county');
      mkdirSync(home);
      const county = await openCounty(home, '2022-04-08T08:00');
      const taxpayers = Array.from({ length: count * rows }, (_, index) => refundableCells(index + 1));
      const refundable = await assessRoster(county, taxpayers);
      if (refundable !== taxpayers.length) throw new Error(`only ${String(refundable)} of ${String(taxpayers.length)} are refundable`);
      const refunds = await refundsToVoucher(county);
      for (let act = 0; act < count; act += 1) copyFileSync(await sendBatch(county, refunds.slice(act * rows, (act + 1) * rows)), packageFile(folder, act));
      county.close();
      renameSync(join(home, 'treasury'), dir);
    }),
    async run(office, folder, act) {
      const reply = await office.call('exchange.importPackage', { file: packageFile(folder, act) }, 'handler');
      if (!reply.ok) throw new Error(`${reply.error.code} ${reply.error.message}`);
      const { outcome } = reply.value as { readonly outcome: string }; // the contract's ImportResult
      if (outcome !== 'accepted') throw new Error(`package ${String(act)} was ${outcome}`);
    },
  };
}

function packageFile(folder: string, act: number): string {
  return join(folder, `package-${String(act)}.kxp`);
}
