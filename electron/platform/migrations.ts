/**
 * Bringing a ledger file to the present schema: on a copy, one transaction a migration, verified, then swapped in by rename. The old
 * file stays beside it. A newer database, and a file that is no ledger, are refused and not touched.
 */
import { closeSync, copyFileSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Migration } from '../migrations/migration.ts';
import { DatabaseFault, isSqliteError, openLedgerFile, readLedgerStamp, type Database } from './database.ts';

export type MigrationOutcome =
  | { readonly kind: 'current' }
  | { readonly kind: 'migrated'; readonly from: number; readonly to: number; readonly oldFile: string }
  | { readonly kind: 'newer'; readonly found: number; readonly known: number }
  | { readonly kind: 'refused'; readonly fault: string };

/** `PRAGMA application_id` of every ledger: "LIUD". A file without it is another program's and stays untouched. */
export const ledgerApplicationId = 0x4c495544;

/** `PRAGMA user_version`. */
export function schemaVersion(db: Database): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0n);
}

/** The newest version of a migration table. */
export function latestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/** Runs every migration newer than the database, each in its own transaction with its user_version. */
export function migrate(db: Database, migrations: readonly Migration[]): void {
  for (const migration of migrations) {
    if (migration.version <= schemaVersion(db)) continue;
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(migration.sql);
      db.exec(`PRAGMA application_id=${String(ledgerApplicationId)}; PRAGMA user_version=${String(migration.version)}`);
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }
}

/**
 * Brings the file to the newest version on a copy and swaps the copy in.
 * @param verify null when the copy verifies, else the sentence of the first fault; then the old file stays as it is
 * @throws DatabaseFault when the file is in use or no database
 */
export function bringUpToDate(
  path: string,
  migrations: readonly Migration[],
  verify: (db: Database) => string | null,
): MigrationOutcome {
  const known = latestVersion(migrations);
  const stamp = readLedgerStamp(path);
  const from = stamp.version;
  if (stamp.applicationId !== ledgerApplicationId || from === 0) return { kind: 'refused', fault: '不是留抵直达的账本文件' };
  if (from > known) return { kind: 'newer', found: from, known };
  if (from === known) return { kind: 'current' };
  const copy = `${path}.migrating`;
  const identity = statSync(path, { bigint: true }).ino;
  // Held open, and so locked, while the copy is made and migrated: nobody may write what the copy would not have.
  const standing = openLedgerFile(path, { mustExist: true });
  let fault: string | null;
  try {
    removeWithJournal(copy);
    standing.prepare('VACUUM INTO @copy').run({ copy });
    fault = migrateCopy(copy, migrations, verify);
    if (fault === null) syncFile(copy);
  } finally {
    standing.close();
  }
  if (fault !== null) {
    removeWithJournal(copy);
    return { kind: 'refused', fault };
  }
  rmSync(`${copy}-journal`, { force: true });
  const oldFile = `${path}.v${String(from)}`;
  keepOldFile(path, oldFile);
  // Another process may have migrated between close and here: its file must not be replaced by one that lacks its acts.
  if (statSync(path, { bigint: true }).ino !== identity) throw new DatabaseFault('locked', 'migrated by another process');
  renameSync(copy, path);
  syncFolder(dirname(path));
  return { kind: 'migrated', from, to: known, oldFile };
}

/** @returns the sentence of the first fault, or null; a migration that SQLite refuses is a fault of the copy, not of the program */
function migrateCopy(copy: string, migrations: readonly Migration[], verify: (db: Database) => string | null): string | null {
  const db = openLedgerFile(copy, { mustExist: true });
  try {
    migrate(db, migrations);
    return verify(db);
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    return `数据库升级未完成：${error.message}`;
  } finally {
    db.close();
  }
}

/** Keeps the old content under another name; a second name where the disk has hard links, else a copy. */
function keepOldFile(path: string, oldFile: string): void {
  rmSync(oldFile, { force: true });
  try {
    linkSync(path, oldFile);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    copyFileSync(path, oldFile);
    syncFile(oldFile);
  }
}

function removeWithJournal(path: string): void {
  for (const left of [path, `${path}-journal`]) if (existsSync(left)) rmSync(left);
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Puts names made and changed in a folder on the disk. Windows has no such call; its own log keeps the order of names. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
