/**
 * One upgrade a migration, from the version before it with real rows: the chain stays, the state stays, the rebuild agrees. A crash, a
 * faulty copy or a second process leaves the old file as it was (faults.md A06; decision 8).
 */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { entryKinds } from '../../electron/office/entry-kinds.ts';
import { readHead, verifyDeep } from '../../electron/journal/index.ts';
import { migrations } from '../../electron/migrations/index.ts';
import type { Migration } from '../../electron/migrations/migration.ts';
import { openLedgerFile, type Database } from '../../electron/platform/database.ts';
import { buildLedgerFile } from '../../electron/platform/ledger-file.ts';
import { bringUpToDate, migrate, schemaVersion, type MigrationOutcome } from '../../electron/platform/migrations.ts';
import { ledgerDigest } from '../support/killing-acts.ts';
import { killUpgrades } from '../support/killing-upgrade.ts';
import { fastFolder } from '../support/power-loss-check.ts';
import { nameCalls } from '../support/power-loss-names.ts';
import { buildRichLedgers, richLedger } from '../support/tampering-ledger.ts';
import { replayInto } from '../support/tampering-replay.ts';

let folder: string;
let dir: string;
let path: string;

beforeAll(async () => {
  folder = mkdtempSync(join(fastFolder(), 'liudi-upgrade-'));
  await buildRichLedgers(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  dir = mkdtempSync(join(folder, 'case-'));
  path = join(dir, 'ledger.db');
});

/** The migration after the newest, for tests of the machinery. */
const next: Migration = {
  version: migrations.length + 1, name: 'next', stateTables: [], localTables: ['next'],
  sql: 'CREATE TABLE next (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT; INSERT INTO next (name) SELECT username FROM operator;',
};
const withNext = [...migrations, next];

function upgrade(known: readonly Migration[]): MigrationOutcome {
  return bringUpToDate(path, known, (db) => verifyDeep({ db, kinds: entryKinds, migrations: known }).faults[0]?.message ?? null);
}

function looking<T>(file: string, look: (db: Database) => T): T {
  const db = openLedgerFile(file, { mustExist: true });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

describe('an upgrade to', () => {
  const steps = migrations.filter((migration) => migration.version > 1).map((migration) => ({ name: migration.name, version: migration.version }));
  test.each(steps)('$version ($name) keeps the chain and every row, and the rebuild agrees', ({ version }) => {
    const before = migrations.slice(0, version - 1);
    const after = migrations.slice(0, version);
    const entries = replayInto(path, before, richLedger(folder, 'tax'));
    if (version > 2) expect(entries).toBeGreaterThan(5);
    const tables = before.flatMap((migration) => [...migration.stateTables, ...migration.localTables]);
    const old = looking(path, (db) => ({ head: readHead(db), digest: ledgerDigest(db, tables), version: schemaVersion(db) }));
    expect(old.version).toBe(version - 1);
    expect(looking(path, (db) => verifyDeep({ db, kinds: entryKinds, migrations: before }).faults)).toEqual([]);

    const outcome = upgrade(after);
    expect(outcome).toEqual({ kind: 'migrated', from: version - 1, to: version, oldFile: `${path}.v${String(version - 1)}` });
    expect(looking(path, (db) => ({ head: readHead(db), digest: ledgerDigest(db, tables), version: schemaVersion(db) }))).toEqual({ ...old, version });
    expect(looking(path, (db) => verifyDeep({ db, kinds: entryKinds, migrations: after }).faults)).toEqual([]);
    // The old file stays beside it, whole.
    expect(looking(`${path}.v${String(version - 1)}`, (db) => ({ head: readHead(db), digest: ledgerDigest(db, tables), version: schemaVersion(db) }))).toEqual(old);
    expect(upgrade(after)).toEqual({ kind: 'current' });
  });

  test('the newest from each version before it', () => {
    for (const { version } of steps) {
      rmSync(path, { force: true });
      replayInto(path, migrations.slice(0, version - 1), richLedger(folder, 'tax'));
      expect(upgrade(migrations)).toMatchObject({ kind: 'migrated', from: version - 1, to: migrations.length });
      expect(looking(path, (db) => verifyDeep({ db, kinds: entryKinds, migrations }).faults)).toEqual([]);
    }
  });
});

describe('an upgrade that does not succeed leaves the old file byte for byte', () => {
  const faulty: readonly (readonly [name: string, migration: Migration, says: RegExp])[] = [
    ['SQL that is wrong', { ...next, sql: 'CREATE TABLE next (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1)' }, /升级未完成.*nowhere/],
    ['rows that break a constraint', { ...next, sql: "CREATE TABLE next (id INTEGER PRIMARY KEY CHECK (id > 100)) STRICT; INSERT INTO next (id) SELECT rowid FROM operator" }, /升级未完成.*CHECK/],
    ['a state table changed behind the journal', { ...next, sql: "UPDATE operator SET name = 'x'" }, /operator/],
    ['the log itself changed', { ...next, sql: "DROP TRIGGER journal_no_update; UPDATE journal SET body = json_set(body, '$.maker', 'x') WHERE seq = 3" }, /第 3 条/],
    ['a guard dropped', { ...next, sql: 'DELETE FROM checkpoint; DROP TRIGGER blob_no_delete; DELETE FROM blob' }, /附件/],
  ];
  test.each(faulty)('%s', (_name, migration, says) => {
    copyFileSync(richLedger(folder, 'tax'), path);
    const before = readFileSync(path);
    const outcome = upgrade([...migrations, migration]);
    expect(outcome).toMatchObject({ kind: 'refused', fault: expect.stringMatching(says) as string });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dir).filter((name) => !['ledger.db', 'ledger.db-journal'].includes(name))).toEqual([]);
    expect(upgrade(migrations)).toEqual({ kind: 'current' });
  });

  test('a newer file is refused', () => {
    copyFileSync(richLedger(folder, 'tax'), path);
    upgrade(withNext);
    const before = readFileSync(path);
    expect(upgrade(migrations)).toEqual({ kind: 'newer', found: migrations.length + 1, known: migrations.length });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a file that another process holds is refused', () => {
    copyFileSync(richLedger(folder, 'tax'), path);
    const holder = openLedgerFile(path, { mustExist: true });
    expect(() => upgrade(withNext)).toThrow(expect.objectContaining({ reason: 'locked' }) as Error);
    holder.close();
    expect(upgrade(withNext)).toMatchObject({ kind: 'migrated' });
  });

  test('what an earlier attempt left behind is cleared away', () => {
    copyFileSync(richLedger(folder, 'tax'), path);
    writeFileSync(`${path}.migrating`, 'half a copy');
    writeFileSync(`${path}.migrating-journal`, 'half a journal');
    expect(upgrade(withNext)).toMatchObject({ kind: 'migrated' });
    expect(readdirSync(dir).sort().filter((name) => name.includes('migrating'))).toEqual([]);
  });
});

describe('a process killed while it upgrades', () => {
  test('leaves the old version or the new one, whole, and the next upgrade succeeds: 15 kills', { timeout: 300_000 }, async () => {
    replayInto(path, migrations.slice(0, -1), richLedger(folder, 'tax'));
    const result = await killUpgrades({ old: path, folder: dir, kills: 15, seed: 'upgrades' });
    process.stdout.write(`  killed upgrades: ${JSON.stringify(result)}\n`);
    expect(result.faults).toEqual([]);
    expect(result.oldStands).toBeGreaterThan(0);
  });
});

describe('the swap', () => {
  test('comes after the copy is on the disk, and is itself put on the disk', async () => {
    copyFileSync(richLedger(folder, 'tax'), path);
    const calls = await nameCalls(() => { expect(upgrade(withNext)).toMatchObject({ kind: 'migrated' }); });
    const swap = calls.indexOf('rename ledger.db.migrating ledger.db');
    expect(swap).toBeGreaterThan(0);
    expect(calls.slice(0, swap)).toContain('sync ledger.db.migrating');
    expect(calls.slice(swap + 1)).toContain(`sync ${basename(dir)}`);
  });

  test('of a founding is put on the disk too, and a founding that fails leaves nothing', async () => {
    expect(await nameCalls(() => buildLedgerFile(path, (db) => { migrate(db, migrations); }))).toEqual(['rename ledger.db.creating ledger.db', `sync ${basename(dir)}`]);
    expect(readdirSync(dir)).toEqual(['ledger.db']);
    const other = join(dir, 'other.db');
    await expect(buildLedgerFile(other, () => { throw new Error('no'); })).rejects.toThrow('no');
    expect(readdirSync(dir)).toEqual(['ledger.db']);
  });
});
