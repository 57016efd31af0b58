/**
 * The one writer of files for people 输出文件: never over a file that stands unless that was agreed, never inside the data directory of an office, and whole or
 * not at all. A file is written beside its name and takes it when it is on the disk. What is written is not known here.
 * @source shared spec headless.md (no verb writes over a standing file without --replace, nor into an office's folder)
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, lstatSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { officeFolders } from './folders.ts';
import { patiently } from './patience.ts';

export type WriteFault = 'exists' | 'missing' | 'denied' | 'full' | 'device' | 'folder' | 'office' | 'name';

/** Why a file was not written, for people. */
export const writeFaultNames: Readonly<Record<WriteFault, string>> = {
  exists: '已有同名文件，未覆盖', missing: '没有这个文件夹', denied: '没有写入权限，或文件正被别的程序打开', full: '磁盘空间不足', device: '磁盘写入出错或 U 盘已拔出',
  folder: '这是一个文件夹', office: '这里是一个单位的数据目录，只放账本', name: '文件名过长或含有不能用的字符',
};

/** Takes bytes in order. */
export type ByteSink = {
  /** Settles when more may be written. @throws OutputFault */
  write(bytes: Uint8Array): Promise<void>;
  /** @throws OutputFault */
  close(): void;
  /** Leaves nothing behind; after close it does nothing. */
  discard(): void;
};

/** Writing failed; `file` as the caller named it. */
export class OutputFault extends Error {
  override readonly name = 'OutputFault';
  readonly file: string;
  readonly fault: WriteFault | 'reader-left';
  constructor(file: string, fault: WriteFault | 'reader-left') {
    super(`${file}: ${fault}`);
    this.file = file;
    this.fault = fault;
  }
}

/** The calls that a disk can fail; the fault tests give others. */
export type OutputCalls = {
  readonly openSync: typeof openSync;
  readonly writeSync: (file: number, bytes: Uint8Array, at: number) => number;
  readonly fsyncSync: typeof fsyncSync;
  readonly renameSync: typeof renameSync;
  readonly linkSync: typeof linkSync;
};

const nodeCalls: OutputCalls = { openSync, writeSync: (file, bytes, at) => writeSync(file, bytes, at), fsyncSync, renameSync, linkSync };

/**
 * Begins a file.
 * @param replace a person agreed that a standing file of this name is replaced; it stands until the new one is whole
 * @throws OutputFault
 */
export function outputFile(path: string, replace = false, calls: OutputCalls = nodeCalls): ByteSink {
  const output = beginOutput(path, replace, calls);
  return {
    write: (bytes) => new Promise((done) => {
      output.take(bytes);
      done();
    }),
    close: () => { output.close(); },
    discard: () => { output.discard(); },
  };
}

/** Writes a whole file. @returns why it was not written, or null */
export function writeOutput(path: string, bytes: Uint8Array, replace: boolean, calls: OutputCalls = nodeCalls): WriteFault | null {
  try {
    const output = beginOutput(path, replace, calls);
    try {
      output.take(bytes);
      output.close();
      return null;
    } finally {
      output.discard();
    }
  } catch (error) {
    if (error instanceof OutputFault && error.fault !== 'reader-left') return error.fault;
    throw error;
  }
}

function beginOutput(path: string, replace: boolean, calls: OutputCalls): { take(bytes: Uint8Array): void; close(): void; discard(): void } {
  const attempt = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw error instanceof OutputFault ? error : new OutputFault(path, writeFaultOf(error));
    }
  };
  const hindrance = outputHindrance(path, replace);
  if (hindrance !== null) throw new OutputFault(path, hindrance);
  const half = join(dirname(path), `${basename(path).slice(0, 40)}.${randomBytes(4).toString('hex')}.part`);
  const file = attempt(() => calls.openSync(half, 'wx', 0o600));
  let state: 'open' | 'closed' | 'named' = 'open';
  return {
    take(bytes) {
      for (let at = 0; at < bytes.length; ) at += attempt(() => calls.writeSync(file, bytes, at));
    },
    close() {
      attempt(() => { calls.fsyncSync(file); });
      state = 'closed';
      closeSync(file);
      attempt(() => { nameFile(half, path, replace, calls); });
      state = 'named';
    },
    discard() {
      if (state === 'open') closeSync(file);
      if (state !== 'named') removeHalf(half);
      state = 'named';
    },
  };
}

/** Why no file may be written under this name, before anything is written; null when it may. */
export function outputHindrance(path: string, replace: boolean): WriteFault | null {
  try {
    return hindranceOf(path, replace);
  } catch (error) {
    return writeFaultOf(error);
  }
}

function hindranceOf(path: string, replace: boolean): WriteFault | null {
  if (path.includes('\0') || Buffer.byteLength(basename(path)) > 255) return 'name';
  if (isInOffice(path)) return 'office';
  const standing = lstatSync(path, { throwIfNoEntry: false });
  if (standing === undefined) return null;
  if (standing.isDirectory()) return 'folder';
  return replace && standing.isFile() ? null : 'exists';
}

/** Whether a path lies in a folder that holds a ledger, links followed; its outbox is there for what leaves the office. */
function isInOffice(path: string): boolean {
  const whole = join(nearestReal(dirname(resolve(path))), basename(path));
  for (let folder = dirname(whole); ; folder = dirname(folder)) {
    const { ledger, outbox } = officeFolders(folder);
    if (lstatSync(ledger, { throwIfNoEntry: false }) !== undefined && !whole.startsWith(`${outbox}${sep}`)) return true;
    if (dirname(folder) === folder) return false;
  }
}

function nearestReal(folder: string): string {
  if (dirname(folder) === folder || lstatSync(folder, { throwIfNoEntry: false }) !== undefined) return realpathSync(folder);
  return join(nearestReal(dirname(folder)), basename(folder));
}

/** Without consent the name is taken only when it is free at that very moment; where there are no hard links it is looked at just before. */
function nameFile(half: string, path: string, replace: boolean, calls: OutputCalls): void {
  if (!replace) {
    try {
      calls.linkSync(half, path);
      removeHalf(half);
      return;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw error;
      if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw new OutputFault(path, 'exists');
    }
  }
  patiently(() => { calls.renameSync(half, path); });
}

/** A disk that is gone cannot be asked. */
function removeHalf(half: string): void {
  try {
    rmSync(half, { force: true });
  } catch (error) {
    writeFaultOf(error);
  }
}

/** @throws the error itself when it is none of writing a file */
export function writeFaultOf(error: unknown): WriteFault {
  switch (codeOf(error)) {
    case 'EEXIST': return 'exists';
    case 'ENOSPC': case 'EDQUOT': case 'EFBIG': return 'full';
    case 'ENOENT': case 'ENOTDIR': return 'missing';
    case 'EISDIR': return 'folder';
    case 'EACCES': case 'EPERM': case 'EROFS': case 'EBUSY': return 'denied';
    case 'EIO': case 'ENODEV': case 'ENXIO': return 'device';
    case 'ENAMETOOLONG': case 'EINVAL': case 'ELOOP': case 'ERR_INVALID_ARG_VALUE': return 'name';
    default: throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether two paths name one file, standing or still to be made. */
export function isSameFile(one: string, other: string): boolean {
  if (resolve(one) === resolve(other)) return true;
  const [first, second] = [one, other].map(identityOf);
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}

/** Undefined for what is not there, or cannot be asked: reading or writing it says why. */
function identityOf(path: string): { readonly dev: bigint; readonly ino: bigint } | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    writeFaultOf(error);
    return undefined;
  }
}
