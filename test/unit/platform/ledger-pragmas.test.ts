/** The pragmas of the ledger: a typo in one of them is silent in SQLite, so each is read back and the office refuses to open. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyLedgerPragmas, DatabaseFault, ledgerPragmas, openLedgerFile, type Database } from '../../../electron/platform/database.ts';
import { temporaryFolder } from '../../support/practice.ts';
import { openWasm, openWasmLedger } from '../../support/wasm-database.ts';

/** What each pragma must read on an open ledger; the list of the product must say the same. */
const wanted: readonly (readonly [string, string])[] = [
  ['locking_mode', 'exclusive'],
  ['journal_mode', 'truncate'],
  ['synchronous', '3'],
  ['foreign_keys', '1'],
  ['recursive_triggers', '1'],
  ['trusted_schema', '0'],
  ['cell_size_check', '1'],
  ['secure_delete', '1'],
  ['ignore_check_constraints', '0'],
  ['temp_store', '2'],
];

/** What goes wrong: another value, a misspelt value that SQLite takes in silence, a misspelt name that it ignores. */
const wrongSettings: readonly (readonly [pragma: string, statement: string])[] = [
  ['locking_mode', 'PRAGMA locking_mode=NORMAL'],
  ['locking_mode', 'PRAGMA locking_mode=EXCLUSIV'],
  ['locking_mode', 'PRAGMA lockingmode=EXCLUSIVE'],
  ['journal_mode', 'PRAGMA journal_mode=DELETE'],
  ['journal_mode', 'PRAGMA journal_mode=PERSIST'],
  ['journal_mode', 'PRAGMA journal_mode=MEMORY'],
  ['journal_mode', 'PRAGMA journal_mode=OFF'],
  ['journal_mode', 'PRAGMA journal_mode=TRUNCATED'],
  ['journal_mode', 'PRAGMA journalmode=TRUNCATE'],
  ['synchronous', 'PRAGMA synchronous=OFF'],
  ['synchronous', 'PRAGMA synchronous=NORMAL'],
  ['synchronous', 'PRAGMA synchronous=FULL'],
  ['synchronous', 'PRAGMA synchronous=EXTRAA'],
  ['synchronous', 'PRAGMA synchronus=EXTRA'],
  ['foreign_keys', 'PRAGMA foreign_keys=OFF'],
  ['foreign_keys', 'PRAGMA foreign_keys=ONN'],
  ['recursive_triggers', 'PRAGMA recursive_triggers=OFF'],
  ['recursive_triggers', 'PRAGMA recursive_triggers=ONN'],
  ['trusted_schema', 'PRAGMA trusted_schema=ON'],
  ['trusted_schema', 'PRAGMA trustedschema=OFF'],
  ['cell_size_check', 'PRAGMA cell_size_check=OFF'],
  ['cell_size_check', 'PRAGMA cellsize_check=ON'],
  ['secure_delete', 'PRAGMA secure_delete=OFF'],
  ['secure_delete', 'PRAGMA secure_delete=FAST'],
  ['secure_delete', 'PRAGMA securedelete=ON'],
  ['ignore_check_constraints', 'PRAGMA ignore_check_constraints=ON'],
  ['temp_store', 'PRAGMA temp_store=FILE'],
  ['temp_store', 'PRAGMA temp_store=DEFAULT'],
  ['temp_store', 'PRAGMA tempstore=MEMORY'],
];

/** The same connection, with one pragma of the house replaced on its way to SQLite. */
function setting(database: Database, pragma: string, statement: string): Database {
  const own = ledgerPragmas.find(([name]) => name === pragma);
  return { ...database, exec: (sql) => { database.exec(sql === `PRAGMA ${pragma}=${own?.[1] ?? ''}` ? statement : sql); } };
}

function emptyLedger(): string {
  const path = join(temporaryFolder(), 'ledger.db');
  openLedgerFile(path, { mustExist: false }).close();
  return path;
}

describe('pragmas of the ledger', () => {
  test('the list of the product is the list of the house', () => {
    expect(ledgerPragmas.map(([name, , reads]) => [name, reads])).toEqual(wanted);
  });

  test.each(['native', 'WebAssembly'])('an open ledger reads every one of them as it must: %s', (build) => {
    const path = emptyLedger();
    const db = build === 'native' ? openLedgerFile(path, { mustExist: true }) : openWasmLedger(path);
    expect(wanted.map(([name]) => [name, String(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0])])).toEqual(wanted);
    db.close();
  });

  test('every pragma of the list has a wrong setting below', () => {
    expect(new Set(wrongSettings.map(([pragma]) => pragma))).toEqual(new Set(wanted.map(([name]) => name)));
  });

  test.each(wrongSettings)('%s: "%s" is read back and refused', (pragma, statement) => {
    const path = emptyLedger();
    const db = openWasm(path);
    // The connection starts with the opposite of what is wanted, so that a statement without effect shows.
    for (const [name, other] of [['trusted_schema', 'ON'], ['ignore_check_constraints', 'ON'], ['foreign_keys', 'OFF']] as const) db.exec(`PRAGMA ${name}=${other}`);
    let fault: unknown = null;
    try {
      applyLedgerPragmas(setting(db, pragma, statement));
    } catch (error) {
      fault = error;
    }
    db.close();
    expect(fault).toBeInstanceOf(DatabaseFault);
    expect(fault).toMatchObject({ reason: 'pragma', message: expect.stringContaining(pragma) as string });
  });
});
