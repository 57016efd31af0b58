/** The folders of an office's data directory. Nothing but the ledger file holds state; the rest may be thrown away. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
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
};

export function officeFolders(root: string): OfficeFolders {
  return {
    root,
    ledger: join(root, 'ledger.db'),
    spool: join(root, 'spool'),
    quarantine: join(root, 'quarantine'),
    outbox: join(root, 'outbox'),
    log: join(root, 'log'),
  };
}

export function makeFolders(folders: OfficeFolders): void {
  for (const folder of [folders.root, folders.spool, folders.quarantine, folders.outbox, folders.log]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
}

/** Makes the data directory itself and nothing in it. */
export function makeRoot(folders: OfficeFolders): void {
  mkdirSync(folders.root, { recursive: true, mode: 0o700 });
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

/** Joins parts of a path the way this machine writes them. */
export function joinPath(...parts: readonly string[]): string {
  return join(...parts);
}
