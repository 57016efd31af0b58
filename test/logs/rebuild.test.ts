/**
 * Making the state of a ledger anew: what cannot be made leaves the old file byte for byte, a newer ledger is refused, a second process is refused,
 * and the swap is put on the disk in the right order (faults.md A06; decisions 4, 8).
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bringUpToDate, foundLedger, kindsByName, readHead, verifyDeep, type EntryKind, type LedgerForm } from '../../electron/journal/index.ts';
import { ledgerForm } from '../../electron/office/joined.ts';
import { rebuildTerms, systemSurroundings } from '../../electron/office/office.ts';
import { openLedgerFile, type Database } from '../../electron/platform/database.ts';
import { buildLedgerFile } from '../../electron/platform/ledger-file.ts';
import { bundledChild } from '../support/killing-bundle.ts';
import { killRebuilds } from '../support/killing-rebuild.ts';
import { fastFolder } from '../support/power-loss-check.ts';
import { nameCalls } from '../support/power-loss-names.ts';
import { unpackRecorded } from '../support/recorded-ledgers.ts';

const rich = '2026-11-23/rich/tax';

let folder: string;
let dir: string;
let path: string;

beforeAll(() => {
  folder = mkdtempSync(join(fastFolder(), 'liudi-rebuild-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  dir = mkdtempSync(join(folder, 'case-'));
  path = unpackRecorded(rich, dir);
});

function rebuild(form: LedgerForm = ledgerForm): ReturnType<typeof bringUpToDate> {
  return bringUpToDate(path, form, rebuildTerms(systemSurroundings({ form })));
}

function looking<T>(look: (db: Database) => T): T {
  const db = openLedgerFile(path, { mustExist: true });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

/** Changes the file as someone with any SQLite tool could: the guards of the log are taken away and put back. */
function behindTheGuards(sql: string): void {
  const raw = new BetterSqlite3(path);
  const guards = raw.prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of guards) raw.exec(`DROP TRIGGER ${name}`);
  raw.exec(sql);
  for (const guard of guards) raw.exec(guard.sql);
  raw.close();
}

const rows: readonly EntryKind[] = [...new Set(ledgerForm.kinds.values())];
const numbered = (version: number): LedgerForm => ({ ...ledgerForm, tables: ledgerForm.tables.map((each, index) => (index === 0 ? { ...each, version } : each)) });
const withDdl = (ddl: string, tables: readonly string[] = []): LedgerForm => ({ ...ledgerForm, tables: [...ledgerForm.tables, { capability: 'risk', version: 1, tables, ddl }] });

describe('a ledger of another state version', () => {
  test('is made anew once, the old one stays under its own version, and the log, secrets and counters come over', () => {
    const local = (db: Database): unknown => ['operator_secret', 'sign_in_failure', 'private_key', 'checkpoint', 'journal', 'blob'].map((table) => db.prepare(`SELECT count(*) AS n FROM ${table}`).get());
    const keys = (db: Database): unknown => db.prepare('SELECT * FROM private_key ORDER BY key_id').all();
    const before = looking((db) => [readHead(db), local(db), keys(db)]);
    expect(rebuild()).toEqual({ kind: 'rebuilt', entries: 71, oldFile: `${path}.v9` });
    expect(rebuild()).toEqual({ kind: 'current' });
    expect(looking((db) => [readHead(db), local(db), keys(db)])).toEqual(before);
    const old = looking((db) => String(db.prepare('SELECT version FROM state_version').get()?.['version']));
    expect(rebuild(numbered(20))).toEqual({ kind: 'rebuilt', entries: 71, oldFile: `${path}.v10-${old.slice(0, 8)}` });
    // Which program's tables and folds made the state, and when, is kept from the first on.
    expect(looking((db) => db.prepare('SELECT no, head_seq, program FROM state_version ORDER BY no').all())).toEqual([{ no: 1n, head_seq: 71n, program: '0.1.0' }, { no: 2n, head_seq: 71n, program: '0.1.0' }]);
    expect(readdirSync(dir).sort()).toEqual(['ledger.db', `ledger.db.v10-${old.slice(0, 8)}`, 'ledger.db.v9']);
  });

  test('also when it was written by a program with a higher number of the same fold: everything in its log is known', () => {
    rebuild(numbered(7));
    expect(rebuild(ledgerForm)).toMatchObject({ kind: 'rebuilt', entries: 71 });
    expect(looking((db) => verifyDeep({ db, form: ledgerForm }).faults)).toEqual([]);
  });

  test('not when only the order of the capabilities is another, as in a bundle', () => {
    rebuild();
    expect(rebuild({ ...ledgerForm, tables: [...ledgerForm.tables].reverse(), kinds: kindsByName([...rows].reverse()) })).toEqual({ kind: 'current' });
  });

  test('tells how far it is', () => {
    const told: [number, number][] = [];
    bringUpToDate(path, ledgerForm, { at: '2026-11-28T00:00:00.000Z' as never, verify: () => null, progress: (done, total) => { told.push([done, total]); } });
    expect(told.at(-1)).toEqual([71, 71]);
  });
});

describe('a ledger of a newer program is refused and left as it is', () => {
  const known = rows.filter((row) => row.kind !== 'refunds.send');
  const newer: readonly (readonly [what: string, form: LedgerForm, found: RegExp])[] = [
    ['a later step of the log', { ...ledgerForm, log: ledgerForm.log.filter((step) => step.version <= 2) }, /账本结构为第 9 版，本程序支持到第 2 版/],
    ['a kind of entry that this program does not know', { ...ledgerForm, kinds: kindsByName(known) }, /种类 refunds\.send 是本程序不认识的/],
  ];
  test.each(newer)('%s', (_what, form, found) => {
    const before = readFileSync(path);
    expect(rebuild(form)).toMatchObject({ kind: 'newer', found: expect.stringMatching(found) as string });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dir).filter((name) => !name.startsWith('ledger.db'))).toEqual([]);
    expect(rebuild()).toMatchObject({ kind: 'rebuilt' });
  });

  test('a later version of the facts of a known kind', () => {
    behindTheGuards("UPDATE journal SET body = json_set(body, '$.factsVersion', 99) WHERE seq = 70");
    expect(rebuild()).toMatchObject({ kind: 'newer', found: expect.stringMatching(/第 70 条的种类 .* 为第 99 版/) as string });
  });
});

describe('a rebuild that does not succeed leaves the old file byte for byte', () => {
  const throwing = kindsByName(rows.map((row) => (row.kind === 'refunds.send' ? { ...row, fold: () => { throw new Error('折叠不成'); } } : row)));
  const faulty: readonly (readonly [name: string, before: string | null, form: LedgerForm, says: RegExp])[] = [
    ['tables in wrong SQL', null, withDdl('CREATE TABLE risk (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1)'), /重建未完成.*nowhere/],
    ['a table that the fold does not fit', null, withDdl("CREATE TRIGGER no_batch BEFORE INSERT ON refund_batch BEGIN SELECT RAISE(ABORT, '不收'); END;"), /第 \d+ 条无法重建状态：不收/],
    ['a fold that throws', null, { ...ledgerForm, kinds: throwing }, /第 \d+ 条无法重建状态：折叠不成/],
    ['state written beside the folds', null, withDdl("CREATE TRIGGER sly AFTER INSERT ON refund_batch BEGIN UPDATE operator SET name = random(); END;"), /operator/],
    ['an entry that was changed', "UPDATE journal SET body = json_set(body, '$.maker', 'x') WHERE seq = 3", ledgerForm, /第 3 条/],
    ['an entry that is missing', 'DELETE FROM journal WHERE seq = 3', ledgerForm, /gap, fork or repeated key/],
    ['the newest entry missing', "DELETE FROM checkpoint; INSERT INTO checkpoint SELECT seq, entry_hash, '' FROM journal ORDER BY seq DESC LIMIT 1; DELETE FROM journal WHERE seq = 71", ledgerForm, /上次校验（第 71 条）/],
    ['a blob that is missing', 'DELETE FROM blob', ledgerForm, /无法重建状态：blob/],
    ['a blob that nothing names', "INSERT INTO blob VALUES (lower(hex(zeroblob(32))), x'00')", ledgerForm, /附件/],
  ];
  test.each(faulty)('%s', (_name, change, form, says) => {
    if (change !== null) behindTheGuards(change);
    const before = readFileSync(path);
    expect(rebuild(form)).toMatchObject({ kind: 'refused', fault: expect.stringMatching(says) as string });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dir).filter((name) => !['ledger.db', 'ledger.db-journal'].includes(name))).toEqual([]);
  });

  test('a file that another process holds', () => {
    const holder = openLedgerFile(path, { mustExist: true });
    expect(() => rebuild()).toThrow(expect.objectContaining({ reason: 'locked' }) as Error);
    holder.close();
    expect(rebuild()).toMatchObject({ kind: 'rebuilt' });
  });

  test('what an earlier attempt left behind is cleared away', () => {
    writeFileSync(`${path}.rebuilding`, 'half a copy');
    writeFileSync(`${path}.rebuilding-journal`, 'half a journal');
    expect(rebuild()).toMatchObject({ kind: 'rebuilt' });
    expect(readdirSync(dir).filter((name) => name.includes('rebuilding'))).toEqual([]);
  });
});

describe('a process killed while it makes the state anew', () => {
  test('leaves the old file byte for byte or the new one complete, and the next open succeeds: 100 kills', { timeout: 300_000 }, async () => {
    const old = unpackRecorded('2026-11-23/rich/treasury', join(dir, 'treasury'));
    const result = await killRebuilds({ old, folder: dir, child: await bundledChild('killing-rebuild-child'), kills: 100, seed: 'rebuilds' });
    process.stdout.write(`  killed rebuilds: ${JSON.stringify(result)}\n`);
    expect(result.faults).toEqual([]);
    expect(result.oldStands + result.newStands).toBe(100);
    expect(result.oldStands).toBeGreaterThan(30);
    expect(result.newStands).toBeGreaterThan(3);
    expect(result.halfMade).toBeGreaterThan(20);
  });
});

describe('the swap', () => {
  test('comes after the copy is on the disk, and is itself put on the disk', async () => {
    const calls = await nameCalls(() => { expect(rebuild()).toMatchObject({ kind: 'rebuilt' }); });
    const swap = calls.indexOf('rename ledger.db.rebuilding ledger.db');
    expect(swap).toBeGreaterThan(0);
    expect(calls.slice(0, swap)).toContain('sync ledger.db.rebuilding');
    expect(calls.slice(swap + 1)).toContain(`sync ${basename(dir)}`);
  });

  test('of a founding is put on the disk too, and a founding that fails leaves nothing', async () => {
    const fresh = join(dir, 'fresh.db');
    const calls = await nameCalls(() => buildLedgerFile(fresh, (db) => { foundLedger(db, ledgerForm, '2026-11-28T00:00:00.000Z'); }));
    expect(calls).toEqual(['rename fresh.db.creating fresh.db', `sync ${basename(dir)}`]);
    const before = readdirSync(dir);
    await expect(buildLedgerFile(join(dir, 'other.db'), () => { throw new Error('no'); })).rejects.toThrow('no');
    expect(readdirSync(dir)).toEqual(before);
  });
});
