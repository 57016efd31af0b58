/**
 * Evidence 证据: a ledger and what lies beside it, copied whole before anything may change them. One situation makes one copy, however often it is met. What
 * the files mean is not known here.
 */
import { closeSync, constants, copyFileSync, fsyncSync, lstatSync, mkdirSync, openSync, readdirSync, readlinkSync, renameSync, rmSync, writeFileSync, type BigIntStats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from './folders.ts';
import { sha256Hex } from './hash.ts';

export type EvidenceKind = 'refused' | 'recovered';

/**
 * Copies files into a folder of their own under `evidence` beside the first, to the disk. Of recoveries only the newest copy is kept.
 * @param paths the ledger first; directories and links are described, not entered
 * @returns the folder
 * @throws the error of the file call where it cannot be written; then no half copy is left under its name
 */
export function keepLedgerEvidence(kind: EvidenceKind, paths: readonly string[]): string {
  const [ledger = ''] = paths;
  const present = paths.flatMap((path) => {
    const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    return stat === undefined ? [] : [{ path, stat }];
  });
  const folder = join(dirname(ledger), 'evidence');
  const name = `${kind}-${sha256Hex(new TextEncoder().encode(present.map(({ path, stat }) => described(path, stat)).join('\n'))).slice(0, 16)}`;
  const standing = join(folder, name);
  if (lstatSync(standing, { throwIfNoEntry: false }) !== undefined) return standing;
  const half = `${standing}.part`;
  try {
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { recursive: true, mode: 0o700 });
    for (const { path, stat } of present) if (stat.isFile()) copyDurably(path, join(half, basename(path)));
    writeFileSync(join(half, '说明.txt'), `${present.map(({ path, stat }) => described(path, stat)).join('\n')}\n`, { mode: 0o600, flush: true });
    syncFolder(half);
    renameSync(half, standing);
    syncFolder(folder);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    throw error;
  }
  if (kind === 'recovered') for (const other of readdirSync(folder)) if (other.startsWith('recovered-') && other !== name) rmSync(join(folder, other), { recursive: true, force: true });
  return standing;
}

/**
 * Runs work on a passing copy of a ledger and its journal, so that playing the journal back there shows what it would make of the ledger.
 * @throws the error of the file call where there is no room for it; nothing of the copy is left
 */
export function onTrialCopy<T>(ledger: string, work: (copy: string) => T): T {
  const folder = join(dirname(ledger), 'evidence', 'trial.part');
  const copy = join(folder, basename(ledger));
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const ending of ['', '-journal']) copyFileSync(`${ledger}${ending}`, `${copy}${ending}`, constants.COPYFILE_FICLONE);
    return work(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyDurably(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const file = openSync(to, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function described(path: string, stat: BigIntStats): string {
  const name = basename(path);
  if (stat.isFile()) return `${name}：文件，${String(stat.size)} 字节，${String(stat.mtimeNs)}`;
  if (stat.isSymbolicLink()) return `${name}：链接，指向 ${readlinkSync(path)}`;
  return `${name}：${stat.isDirectory() ? '文件夹' : '不是文件'}，${String(stat.mtimeNs)}`;
}
