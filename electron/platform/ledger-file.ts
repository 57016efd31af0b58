/** Making a ledger file: built under another name and renamed when complete, so that no half-made office is ever opened. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openLedgerFile, type Database } from './database.ts';
import { syncFolder } from './migrations.ts';

/**
 * Builds a new ledger file at `path`.
 * @param build runs on the open database; when it throws, nothing is left behind
 */
export async function buildLedgerFile(path: string, build: (db: Database) => Promise<void> | void): Promise<void> {
  const half = `${path}.creating`;
  for (const left of [half, `${half}-journal`]) if (existsSync(left)) rmSync(left);
  const db = openLedgerFile(half, { mustExist: false });
  try {
    await build(db);
  } catch (error) {
    db.close();
    rmSync(half);
    rmSync(`${half}-journal`, { force: true });
    throw error;
  }
  db.close();
  nameLedgerFile(half, path);
}

/** Gives a finished, closed ledger file its name. */
export function nameLedgerFile(half: string, path: string): void {
  rmSync(`${half}-journal`, { force: true });
  renameSync(half, path);
  syncFolder(dirname(path));
}
