/**
 * What the clerk is told after a failed write is what the reopened ledger says (faults.md A08, A09; exchange.md fact 2): an error from
 * COMMIT does not mean "not committed". Failures are put in at the seam of the database, and, over the watched build of SQLite, at
 * every single file call of an import.
 */
import { cpSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SqliteError } from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reply } from '../../shared/reply.ts';
import { openLedgerFile, type Database } from '../../electron/platform/database.ts';
import { ledgerDigest, openSteered } from '../support/killing-acts.ts';
import { packageImports } from '../support/killing-packages.ts';
import { prepareGround, type Ground } from '../support/power-loss-check.ts';
import { openWasmLedger } from '../support/wasm-database.ts';
import { watchingFiles, type FileCall } from '../support/wasm-database-files.ts';

const acts = packageImports(2, 3);
let ground: Ground;

beforeAll(async () => {
  ground = await prepareGround(acts);
});
afterAll(() => {
  ground.remove();
});

/** A fresh copy of the treasury before any import. */
function freshOffice(name = 'copy'): string {
  const dir = join(ground.folder, name);
  rmSync(dir, { recursive: true, force: true });
  cpSync(ground.base, dir, { recursive: true });
  return dir;
}

/** How many whole acts stand in a ledger; opened by the product's own build. -1 = a state in between. */
function standing(dir: string): number {
  const opened = openSteered(dir);
  try {
    expect(opened.office.fault).toBeNull();
    return ground.digests.indexOf(ledgerDigest(opened.db()));
  } finally {
    opened.office.close();
  }
}

const importFirst = { operation: 'exchange.importPackage', input: (): object => ({ file: join(ground.folder, 'package-0.kxp') }) };

type Seam = (db: Database, sql: string) => void;
const failing = (message: string, code: string): Error => new SqliteError(message, code);

/** What may happen at COMMIT, what the reply must be, and how many acts stand afterwards. */
const atCommit: readonly (readonly [name: string, seam: Seam, code: string | null, acts: number])[] = [
  ['an I/O error, and nothing was committed', () => { throw failing('disk I/O error', 'SQLITE_IOERR_FSYNC'); }, 'COMMIT_FAILED', 0],
  ['an I/O error, although it was committed', (db, sql) => { db.exec(sql); throw failing('disk I/O error', 'SQLITE_IOERR_FSYNC'); }, null, 1],
  ['a full disk, and nothing was committed', () => { throw failing('database or disk is full', 'SQLITE_FULL'); }, 'DISK_FULL', 0],
  ['a full disk, although it was committed', (db, sql) => { db.exec(sql); throw failing('database or disk is full', 'SQLITE_FULL'); }, null, 1],
  ['an error after the transaction was rolled back', (db) => { db.exec('ROLLBACK'); throw failing('disk I/O error', 'SQLITE_IOERR_WRITE'); }, 'COMMIT_FAILED', 0],
];

describe('an error from COMMIT', () => {
  test.each(atCommit)('%s: the reply tells what stands', async (_name, seam, code, committed) => {
    const dir = freshOffice();
    let armed = false;
    const opened = openSteered(dir, (path) => {
      const db = openLedgerFile(path, { mustExist: true });
      return { ...db, exec: (sql) => {
        if (!armed || sql !== 'COMMIT') {
          db.exec(sql);
          return;
        }
        armed = false;
        seam(db, sql);
      } };
    });
    opened.begin(0);
    armed = true;
    const reply = await opened.office.call(importFirst.operation, importFirst.input(), 'handler');
    expect(codeOf(reply)).toBe(code);
    // The office goes on: the same package is now a duplicate, or imported.
    opened.begin(0);
    const again = await opened.office.call(importFirst.operation, importFirst.input(), 'handler');
    expect(codeOf(again)).toBe(committed === 1 ? 'DUPLICATE_PACKAGE' : null);
    expect(opened.office.verify('deep').faults).toEqual([]);
    opened.office.close();
    expect(standing(dir)).toBe(1);
  });

  test('and a ledger that cannot be opened again: the reply claims neither', async () => {
    const dir = freshOffice();
    let [armed, openings] = [false, 0];
    const opened = openSteered(dir, (path) => {
      openings += 1;
      if (openings > 1) throw failing('unable to open database file', 'SQLITE_CANTOPEN');
      const db = openLedgerFile(path, { mustExist: true });
      return { ...db, exec: (sql) => {
        db.exec(sql);
        if (armed && sql === 'COMMIT') throw failing('disk I/O error', 'SQLITE_IOERR_FSYNC');
      } };
    });
    opened.begin(0);
    armed = true;
    const reply = await opened.office.call(importFirst.operation, importFirst.input(), 'handler');
    expect(codeOf(reply)).toBe('COMMIT_UNKNOWN');
    expect(reply.ok ? '' : reply.error.message).not.toMatch(/未入账|已入账|未改动|未作任何改动/);
    // Nothing more is written, and nothing is claimed, until the office is opened anew.
    const next = await opened.office.call(importFirst.operation, importFirst.input(), 'handler');
    expect(next.ok).toBe(false);
    expect(standing(dir)).toBe(1);
  });
});

describe('a full disk before COMMIT', () => {
  test('is refused as E170, nothing stands, and the office goes on when there is room again', async () => {
    const dir = freshOffice();
    let raw: Database | null = null;
    const opened = openSteered(dir, (path) => (raw = openLedgerFile(path, { mustExist: true })));
    const database = raw as Database | null;
    if (database === null) throw new Error('the office has opened its database');
    const pages = String(database.prepare('PRAGMA page_count').get()?.['page_count']);
    database.exec(`PRAGMA max_page_count=${pages}`);
    opened.begin(0);
    const reply = await opened.office.call(importFirst.operation, importFirst.input(), 'handler');
    expect(codeOf(reply)).toBe('DISK_FULL');
    expect(ledgerDigest(opened.db())).toBe(ground.digests[0]);
    opened.db().exec('PRAGMA max_page_count=1073741823');
    opened.begin(0);
    await acts.run(opened.office, ground.folder, 0);
    expect(ledgerDigest(opened.db())).toBe(ground.digests[1]);
    opened.office.close();
    expect(standing(dir)).toBe(1);
  });
});

/** The file calls of one undisturbed import. */
async function callsOfImport(): Promise<FileCall[]> {
  const calls: FileCall[] = [];
  await importOver(freshOffice('calls'), (call) => void calls.push(call));
  return calls;
}

/**
 * Opens the office over the watched build and imports, with every file call of the import shown before it runs. Reopened after a failure it
 * is the product's own build: the watched one takes its own lock for another's and never rolls a journal back.
 */
async function importOver(dir: string, before: (call: FileCall) => void): Promise<Reply> {
  let importing = false;
  return watchingFiles(dirname(join(dir, 'ledger.db')), { before: (call) => { if (importing) before(call); } }, async () => {
    let openings = 0;
    const opened = openSteered(dir, (path) => (openings++ === 0 ? openWasmLedger(path) : openLedgerFile(path, { mustExist: true })));
    opened.begin(0);
    importing = true;
    const reply = await opened.office.call(importFirst.operation, importFirst.input(), 'handler');
    importing = false;
    opened.office.close();
    return reply;
  });
}

describe('a file call of an import that fails', () => {
  test.each(['once', 'from then on'])('%s: whatever call it is, the reply tells what stands', { timeout: 300_000 }, async (how) => {
    const calls = await callsOfImport();
    expect(calls.filter((call) => call.kind === 'sync').length).toBeGreaterThanOrEqual(4);
    const seen = { done: 0, refused: 0, committedInSpite: 0 };
    for (const [target, call] of calls.entries()) {
      const dir = freshOffice();
      let count = -1;
      const reply = await importOver(dir, () => {
        count += 1;
        if (how === 'once' ? count === target : count >= target) throw Object.assign(new Error('injected'), { code: call.kind === 'write' ? 'ENOSPC' : 'EIO' });
      });
      const place = `call ${String(target)} of ${String(calls.length)} (${call.kind})`;
      const stands = standing(dir);
      expect([0, 1], place).toContain(stands);
      if (reply.ok) {
        expect(stands, `${place}: told done`).toBe(1);
        seen.done += 1;
      } else if (reply.error.code === 'COMMIT_UNKNOWN') {
        // Nothing was claimed: both are true.
        seen.refused += 1;
      } else {
        expect(stands, `${place}: ${reply.error.code} ${reply.error.message}`).toBe(0);
        expect(['COMMIT_FAILED', 'DISK_FULL'], place).toContain(reply.error.code);
        seen.refused += 1;
      }
      if (stands === 1) seen.committedInSpite += 1;
    }
    process.stdout.write(`  file calls failing ${how}: ${JSON.stringify({ calls: calls.length, ...seen })}\n`);
    // Both kinds were met: the error that came before the commit point, and the one that came after it.
    expect(seen.refused).toBeGreaterThan(0);
    expect(seen.committedInSpite).toBeGreaterThan(0);
  });
});

function codeOf(reply: Reply): string | null {
  return reply.ok ? null : reply.error.code;
}
