/** Backups for tests: an office with work in it, its backup, and a ledger read cell by cell. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OperationOutput } from '../../shared/contract.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Office } from '../../electron/office/office.ts';
import { openLedgerFile, type Row } from '../../electron/platform/database.ts';
import { restoreOffice, type RestoreKeys, type Restored } from '../../electron/office/restore-office.ts';
import { done, practiceOffice, temporaryFolder, testClock, testEnv, type TestClock } from './practice.ts';
import { rosterText } from './roster-rows.ts';

export const noKeys: RestoreKeys = { identities: [], phrase: () => null };

/** A practice tax office with a roster and its determinations. */
export async function workedOffice(taxpayers = 30, dir = join(temporaryFolder(), 'tax'), clock: TestClock = testClock('2022-04-11T09:00')): Promise<{ office: Office; dir: string; clock: TestClock }> {
  const office = await practiceOffice('tax', clock, dir);
  const file = join(temporaryFolder(), '名册.csv');
  writeFileSync(file, rosterText(Array.from({ length: taxpayers }, (_, index) => ({ endingCredit: String(1000 + index), creditRating: 'A' }))));
  await done(office, 'roster.import', { file, period: taxPeriod('2022-04'), dryRun: false, acceptValid: false }, 'handler');
  await done(office, 'eligibility.assess', { period: taxPeriod('2022-04') }, 'handler');
  return { office, dir, clock };
}

export function backUp(office: Office, file: string): Promise<OperationOutput<'administration.backup'>> {
  return done(office, 'administration.backup', { file }, 'system');
}

export function restored(file: string, dir: string, clock: TestClock = testClock('2022-05-01T09:00'), keys: RestoreKeys = noKeys): Promise<Restored> {
  return restoreOffice(file, dir, keys, testEnv(clock, 'restore'));
}

/** Every row of every table of a ledger that nobody has open, journal rows only up to an entry. */
export function everyCell(dir: string, upTo: number): Record<string, Row[]> {
  const db = openLedgerFile(join(dir, 'ledger.db'), { mustExist: true, readOnly: true });
  try {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all().map((row) => String(row['name']));
    return Object.fromEntries(tables.map((table) => [table, db.prepare(`SELECT * FROM ${table}${table === 'journal' ? ` WHERE seq <= ${String(upTo)}` : ''} ORDER BY 1, 2`).all()]));
  } finally {
    db.close();
  }
}

/** Everything below a folder, for “nothing was left behind”. */
export function filesIn(dir: string): string[] {
  return readdirSync(dir, { recursive: true }).map(String).sort();
}
