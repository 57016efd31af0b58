/** Whatever lies under the ledger's name and is no ledger of ours is refused with its sentence, and not one byte of it changes. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import BetterSqlite3 from 'better-sqlite3';
import { foundLedger } from '../../../electron/journal/index.ts';
import { ledgerForm } from '../../../electron/office/joined.ts';
import { openOffice } from '../../../electron/office/office.ts';
import { openLedgerFile } from '../../../electron/platform/database.ts';
import { Refusal } from '../../../shared/kernel/errors.ts';
import { temporaryFolder, testClock, testEnv } from '../../support/practice.ts';

const latest = ledgerForm.log.at(-1)?.version ?? 0;

const foreign: readonly (readonly [name: string, make: (path: string) => void, code: string])[] = [
  ['an empty file', (path) => { writeFileSync(path, ''); }, 'NOT_A_LEDGER'],
  ['a text file', (path) => { writeFileSync(path, '留抵退税\n'.repeat(400)); }, 'NOT_A_LEDGER'],
  ['half a page', (path) => { writeFileSync(path, Buffer.concat([Buffer.from('SQLite format 3\u0000'), Buffer.alloc(1000)])); }, 'NOT_A_LEDGER'],
  ['an SQLite file of another program', (path) => { sqlite(path, 'CREATE TABLE note (x); INSERT INTO note VALUES (1)'); }, 'NOT_A_LEDGER'],
  ['an SQLite file of another program in WAL mode', (path) => { sqlite(path, 'PRAGMA journal_mode=WAL; CREATE TABLE note (x); INSERT INTO note VALUES (1)'); }, 'NOT_A_LEDGER'],
  ['another program with a version number like ours', (path) => { sqlite(path, `CREATE TABLE note (x); PRAGMA user_version=${String(latest)}`); }, 'NOT_A_LEDGER'],
  ['a ledger of a newer program', (path) => { ours(path, `CREATE TABLE later (x TEXT) STRICT; PRAGMA user_version=${String(latest + 1)}`); }, 'DATABASE_NEWER'],
  ['a ledger that was never founded', (path) => { ours(path, 'SELECT 1'); }, 'NOT_A_LEDGER'],
  ['a ledger whose first page is damaged', (path) => {
    ours(path, 'SELECT 1');
    const bytes = readFileSync(path);
    bytes.fill(0xff, 100, 200);
    writeFileSync(path, bytes);
  }, 'NOT_A_LEDGER'],
];

function sqlite(path: string, sql: string): void {
  const raw = new BetterSqlite3(path);
  raw.exec(sql);
  raw.close();
}

function ours(path: string, sql: string): void {
  const db = openLedgerFile(path, { mustExist: false });
  foundLedger(db, ledgerForm, '2022-04-11T01:00:00.000Z');
  db.exec(sql);
  db.close();
}

describe('a file that is no ledger of ours', () => {
  test.each(foreign)('%s is refused and left as it is', (_name, make, code) => {
    const dir = join(temporaryFolder(), 'office');
    mkdirSync(dir);
    const path = join(dir, 'ledger.db');
    make(path);
    const before = readFileSync(path);
    const names = readdirSync(dir);
    let refusal: unknown = null;
    try {
      openOffice(dir, testEnv(testClock('2022-04-11T09:00'))).close();
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dir)).toEqual(names);
  });
});
