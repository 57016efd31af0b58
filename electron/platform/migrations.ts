/**
 * Bringing a ledger file to the present schema: on a copy, one transaction a migration, verified, then swapped in by rename. The old
 * file stays beside it. A newer database is refused and not touched.
 */
import { copyFileSync, existsSync, fsyncSync, openSync, closeSync, renameSync, rmSync } from 'node:fs';
import type { Migration } from '../migrations/migration.ts';
import { openLedgerFile, type Database } from './database.ts';

export type MigrationOutcome =
  | { readonly kind: 'current' }
  | { readonly kind: 'migrated'; readonly from: number; readonly to: number; readonly oldFile: string }
  | { readonly kind: 'newer'; readonly found: number; readonly known: number }
  | { readonly kind: 'refused'; readonly fault: string };

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
      db.exec(`PRAGMA user_version=${String(migration.version)}`);
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
 */
export function bringUpToDate(
  path: string,
  migrations: readonly Migration[],
  verify: (db: Database) => string | null,
): MigrationOutcome {
  const known = latestVersion(migrations);
  const standing = openLedgerFile(path, { mustExist: true });
  const from = schemaVersion(standing);
  // Closing checkpoints nothing in TRUNCATE mode: the file is complete and its journal is empty.
  standing.close();
  if (from === known) return { kind: 'current' };
  if (from > known) return { kind: 'newer', found: from, known };
  const copy = `${path}.migrating`;
  for (const left of [copy, `${copy}-journal`]) if (existsSync(left)) rmSync(left);
  copyFileSync(path, copy);
  const db = openLedgerFile(copy, { mustExist: true });
  let fault: string | null;
  try {
    migrate(db, migrations);
    fault = verify(db);
  } finally {
    db.close();
  }
  if (fault !== null) {
    rmSync(copy);
    return { kind: 'refused', fault };
  }
  syncFile(copy);
  const oldFile = `${path}.v${String(from)}`;
  copyFileSync(path, oldFile);
  syncFile(oldFile);
  renameSync(copy, path);
  return { kind: 'migrated', from, to: known, oldFile };
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
