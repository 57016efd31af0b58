/** What the ledger's own checks learn from the exchange: channels without gaps, and a ledger that peers know to be older than itself. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkChannels, staleLedgerFault } from '../../../electron/exchange/index.ts';
import { openLedgerFile, type Database } from '../../../electron/platform/database.ts';
import { addPeriods } from '../../../shared/kernel/tax-period.ts';
import { april, countyAt, restored, sendPackage, take, type County } from '../../support/exchange-offices.ts';

/** A copy of an office's ledger, open for the test's own statements. */
function ledgerCopy(county: County, agency: 'tax' | 'finance'): Database {
  restored(county, agency).copy();
  const db = openLedgerFile(join(county.folder, `${agency}-backup`, 'ledger.db'), { mustExist: true });
  onTestFinished(() => {
    db.close();
  });
  return db;
}

async function countyWithTraffic(): Promise<County> {
  const county = await countyAt('2022-06-05T09:00');
  for (const month of [4, 5]) {
    await take(county, 'finance', await sendPackage(county, 'tax', { kind: 'MONTHLY_REPORT', to: 'finance', period: addPeriods(april, month - 4), allowEmpty: true }));
    await take(county, 'tax', await sendPackage(county, 'finance', { kind: 'RECEIPT', to: 'tax' }));
  }
  return county;
}

test('channels agree with their packages until a row is missing or altered', async () => {
  const county = await countyWithTraffic();
  const db = ledgerCopy(county, 'finance');
  const named = (change: string): string[] => {
    db.exec('BEGIN');
    db.exec(change);
    const faults = checkChannels(db).map((fault) => `${fault.table ?? ''} ${fault.key ?? ''}`);
    db.exec('ROLLBACK');
    return faults;
  };
  expect(checkChannels(db)).toEqual([]);
  expect(named("DELETE FROM package_in WHERE peer = 'tax' AND seq = 1")).toEqual(['channel_in tax']);
  expect(named("DELETE FROM package_out WHERE peer = 'tax' AND seq = 2")).toEqual(['channel_out tax']);
  expect(named("UPDATE channel_in SET last_seq = 3 WHERE peer = 'tax'")).toEqual(['channel_in tax']);
  expect(named(`UPDATE channel_out SET last_manifest_hash = '${'a'.repeat(64)}' WHERE peer = 'tax'`)).toEqual(['channel_out tax']);
  expect(named("UPDATE channel_in SET last_seq = 1 WHERE peer = 'treasury'")).toEqual(['channel_in treasury']);
});

test('a ledger shorter than what a peer has countersigned, or changed below it, must not be written to', async () => {
  const county = await countyWithTraffic();
  const db = ledgerCopy(county, 'tax');
  expect(staleLedgerFault(db)).toBeNull();
  expect(db.prepare('SELECT count(*) AS n FROM countersignature').get()).toEqual({ n: 2n });
  db.exec('BEGIN');
  db.exec(`UPDATE countersignature SET head_hash = '${'a'.repeat(64)}'`);
  expect(staleLedgerFault(db)?.message).toContain('财政局会签的摘要不符');
  db.exec('ROLLBACK');
  db.exec('BEGIN');
  db.exec('UPDATE countersignature SET head_seq = head_seq + 1000');
  expect(staleLedgerFault(db)?.where).toBe('head');
  db.exec('ROLLBACK');
  db.exec("UPDATE channel_in SET frozen_at = '2022-06-05T00:00:00.000Z', frozen_code = 'OWN_LEDGER_OLDER' WHERE peer = 'finance'");
  // An older ledger stands still until its channels are opened anew; that is no fault of the file (epochs.test.ts).
  expect(staleLedgerFault(db)).toBeNull();
});
