/** The folders of an office's data directory. Nothing but the ledger file and the book of signed numbers holds state; the rest may be thrown away. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export type OfficeFolders = {
  readonly root: string;
  readonly ledger: string;
  /** Local copies of files from a drive while they are being checked. */
  readonly spool: string;
  /** Refused packages, kept as evidence, readable by the owner only. */
  readonly quarantine: string;
  /** Packages and papers written for the stick. */
  readonly outbox: string;
  readonly log: string;
  /** The book of numbers signed; a file of its own, so that an older ledger put back does not bring an older book. */
  readonly signedNumbers: string;
};

export function officeFolders(root: string): OfficeFolders {
  return {
    root,
    ledger: join(root, 'ledger.db'),
    spool: join(root, 'spool'),
    quarantine: join(root, 'quarantine'),
    outbox: join(root, 'outbox'),
    log: join(root, 'log'),
    signedNumbers: join(root, 'signed-numbers.jsonl'),
  };
}

export function makeFolders(folders: OfficeFolders): void {
  for (const folder of [folders.root, folders.spool, folders.quarantine, folders.outbox, folders.log]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
}

/** Makes the data directory itself and nothing in it. @returns whether it was missing */
export function makeRoot(folders: OfficeFolders): boolean {
  return mkdirSync(folders.root, { recursive: true, mode: 0o700 }) !== undefined;
}

/** Takes back a folder made a moment ago, if it is empty. */
export function removeMadeFolder(path: string): void {
  if (existsSync(path) && readdirSync(path).length === 0) rmdirSync(path);
}

export function ledgerExists(folders: OfficeFolders): boolean {
  return existsSync(folders.ledger);
}

/** Whether a folder is missing or empty. */
export function isEmptyFolder(path: string): boolean {
  return !existsSync(path) || readdirSync(path).length === 0;
}

/** Makes a folder and those above it; an existing one stays as it is. */
export function makeFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** Clears the spool of copies that a killed backup left: nothing else may be using them while the office is opened. */
export function clearSpool(folders: OfficeFolders): void {
  for (const name of readdirSync(folders.spool)) if (name.startsWith(spoolPrefix)) rmSync(join(folders.spool, name), { force: true });
}

/** Names of passing copies of the ledger in the spool begin with this. */
export const spoolPrefix = 'ledger-copy-';

/** Removes a file of our own and the journal beside it; a missing one is no fault. */
export function removeFile(path: string): void {
  for (const left of [path, `${path}-journal`]) rmSync(left, { force: true });
}

/** Gives a folder of our own another name on the same disk. */
export function renameFolder(from: string, to: string): void {
  renameSync(from, to);
}

/** Joins parts of a path the way this machine writes them. */
export function joinPath(...parts: readonly string[]): string {
  return join(...parts);
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
