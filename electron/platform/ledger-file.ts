/**
 * Ledger files under their names: a new one is built beside its name and renamed when complete, a standing one is replaced by a remade copy in
 * the same way and kept under another name. What is written into them is the caller's.
 */
import { accessSync, closeSync, constants, copyFileSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ledgerApplicationId } from './ledger-companions.ts';
import { syncFolder } from './folders.ts';
import { patiently } from './patience.ts';
import { DatabaseFault, isDiskFull, isSqliteError, openLedgerFile, type Database } from './database.ts';

/** Whether a ledger may be written: the file itself, and its folder, in which the journal of an act is made. */
export function isWritableLedger(path: string): boolean {
  try {
    for (const place of [path, dirname(path)]) accessSync(place, constants.W_OK);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return false;
  }
}

/** `PRAGMA user_version`: the number of the newest step of the log's schema. */
export function logVersion(db: Database): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0n);
}

/** Marks an open file as a ledger of the given log version. */
export function stampLedger(db: Database, version: number): void {
  db.exec(`PRAGMA application_id=${String(ledgerApplicationId)}; PRAGMA user_version=${String(version)}`);
}

/**
 * Builds a new ledger file at `path`.
 * @param build runs on the open database; when it throws, nothing is left behind
 */
export async function buildLedgerFile(path: string, build: (db: Database) => Promise<void> | void): Promise<void> {
  const half = `${path}.creating`;
  removeWithJournal(half);
  const db = openLedgerFile(half, { mustExist: false });
  try {
    await build(db);
  } catch (error) {
    db.close();
    removeWithJournal(half);
    throw error;
  }
  db.close();
  nameLedgerFile(half, path);
}

/** Gives a finished, closed ledger file its name. */
export function nameLedgerFile(half: string, path: string): void {
  rmSync(`${half}-journal`, { force: true });
  patiently(() => { renameSync(half, path); });
  syncFolder(dirname(path));
}

/**
 * Replaces a ledger file by one made from it. The old file is held open, and so locked, until its successor is complete and on the disk;
 * a crash at any moment leaves the old one whole or the new one complete.
 * @param oldName the name under which the old file stays, from what was found in it
 * @param make fills the new file; a sentence ends it, and the old file stays as it is
 * @returns the sentence, or null when the new file stands
 * @throws DatabaseFault when the file is in use, no database, or was replaced by another process meanwhile
 */
export function replaceLedgerFile(path: string, oldName: string, make: (old: Database, fresh: Database) => string | null): string | null {
  const copy = `${path}.rebuilding`;
  const identity = statSync(path, { bigint: true }).ino;
  const old = openLedgerFile(path, { mustExist: true });
  let fault: string | null;
  try {
    removeWithJournal(copy);
    fault = made(old, copy, make);
    if (fault === null) syncFile(copy);
  } catch (error) {
    removeWithJournal(copy);
    throw error;
  } finally {
    old.close();
  }
  if (fault !== null) {
    removeWithJournal(copy);
    return fault;
  }
  rmSync(`${copy}-journal`, { force: true });
  keepOldFile(path, oldName);
  // Another process may have replaced it between close and here: its file must not be replaced by one that lacks its acts.
  if (statSync(path, { bigint: true }).ino !== identity) throw new DatabaseFault('locked', 'replaced by another process');
  patiently(() => { renameSync(copy, path); });
  syncFolder(dirname(path));
  return null;
}

/** What SQLite refuses is a fault of the file, not of the program; a full disk is neither. */
function made(old: Database, copy: string, make: (old: Database, fresh: Database) => string | null): string | null {
  const fresh = openLedgerFile(copy, { mustExist: false });
  try {
    return make(old, fresh);
  } catch (error) {
    if (!isSqliteError(error) || isDiskFull(error)) throw error;
    return `按账本重建未完成：${error.message}`;
  } finally {
    fresh.close();
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
