/**
 * The stick 优盘: a folder that may vanish, lie, be full or hold something hostile at any moment. A file is read only as a regular file,
 * copied to the local spool and read twice; afterwards the stick is never touched again. A file is written under `.part`, read
 * back and only then named. What a package is, this file does not know.
 * @source shared spec exchange.md 2.4 S0, export; faults B01–B08, G05
 */
import {
  closeSync, constants, existsSync, fstatSync, fsyncSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, readSync, renameSync, rmSync, writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { assert } from '../../shared/kernel/assert.ts';
import { sha256Hex } from './hash.ts';
import { patiently } from './patience.ts';

/** The calls that a stick can fail; the fault tests give others. */
export type StickCalls = {
  readonly lstatSync: typeof lstatSync;
  readonly openSync: typeof openSync;
  readonly readSync: (fd: number, buffer: Uint8Array) => number;
  readonly writeSync: (fd: number, bytes: Uint8Array) => number;
  readonly fsyncSync: typeof fsyncSync;
  readonly renameSync: typeof renameSync;
  /** Writing to the spool, which is not on the stick. */
  readonly spoolSync?: (fd: number, bytes: Uint8Array) => number;
};

const nodeCalls: StickCalls = {
  lstatSync,
  openSync,
  readSync: (fd, buffer) => readSync(fd, buffer, 0, buffer.length, null),
  writeSync: (fd, bytes) => writeSync(fd, bytes),
  fsyncSync,
  renameSync,
};

export type DriveReason = 'missing' | 'not-a-file' | 'empty' | 'too-large' | 'unreadable' | 'reads-differ' | 'full' | 'read-only' | 'written-differs' | 'name-taken' | 'spool-full' | 'spool-unusable';

/** What a stick did wrong; the exchange says it in Chinese. */
export class DriveFault extends Error {
  override readonly name = 'DriveFault';
  readonly reason: DriveReason;
  constructor(reason: DriveReason, cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

const pieceBytes = 65_536;
/** Flags that Windows does not have. */
const posix: Partial<typeof constants> = constants;
/** Letters, digits, CJK, dots, hyphens and underscores: nothing that FAT, Windows or a shell reads otherwise. */
const fileNamePattern = /^[\p{Script=Han}A-Za-z0-9][\p{Script=Han}A-Za-z0-9._-]{0,119}$/u;

/**
 * Bytes of a file on a stick, by way of the spool.
 * @param terms.bytesMax larger files are refused before anything is read
 * @throws DriveFault
 */
export function readFromDrive(path: string, terms: { readonly bytesMax: number; readonly spool: string }, calls: StickCalls = nodeCalls): Uint8Array {
  const spooled = join(terms.spool, 'incoming.part');
  try {
    const first = stickWork(() => copyOut(path, spooled, terms.bytesMax, calls));
    const second = stickWork(() => copyOut(path, null, terms.bytesMax, calls));
    if (first !== second) throw new DriveFault('reads-differ');
    const bytes = new Uint8Array(readFileSync(spooled));
    if (sha256Hex(bytes) !== first) throw new DriveFault('reads-differ');
    return bytes;
  } finally {
    rmSync(spooled, { force: true });
  }
}

/**
 * Writes a file so that its final name appears only when the stick has given back the very same bytes.
 * A file of that name with other bytes is never replaced: two contents under one name are evidence. @throws DriveFault; then the stick holds what it held
 */
export function writeToDrive(folder: string, fileName: string, bytes: Uint8Array, calls: StickCalls = nodeCalls): void {
  assert(fileNamePattern.test(fileName), `a file name of our own: ${fileName}`);
  const half = join(folder, `${fileName}.part`);
  stickWork(() => {
    if (!calls.lstatSync(folder).isDirectory()) throw new DriveFault('missing');
    const standing = calls.lstatSync(join(folder, fileName), { throwIfNoEntry: false });
    if (standing === undefined) return;
    if (!standing.isFile() || standing.size !== bytes.length || copyOut(join(folder, fileName), null, bytes.length, calls) !== sha256Hex(bytes)) throw new DriveFault('name-taken');
  });
  try {
    stickWork(() => {
      writeDurably(half, bytes, calls);
      if (copyOut(half, null, bytes.length, calls) !== sha256Hex(bytes)) throw new DriveFault('written-differs');
      patiently(() => { calls.renameSync(half, join(folder, fileName)); });
    });
  } catch (error) {
    removeLeftover(half);
    throw error;
  }
  syncFolder(folder);
}

/** Keeps a refused file in a local folder under the given name, for the owner only; the same content again changes nothing. */
export function keepAsEvidence(folder: string, fileName: string, bytes: Uint8Array): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, fileName);
  if (existsSync(path)) return;
  const half = `${path}.part`;
  writeDurably(half, bytes, nodeCalls);
  patiently(() => { renameSync(half, path); });
  syncFolder(folder);
}

/** Names of files with an ending directly in a folder, sorted; nothing is opened and subfolders are not entered. @throws DriveFault */
export function listOnDrive(folder: string, ending: string): string[] {
  return stickWork(() =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map((entry) => entry.name)
      .sort(),
  );
}

/** Reads a regular file to its end, into the spool or nowhere. @returns SHA-256, hex */
function copyOut(path: string, target: string | null, bytesMax: number, calls: StickCalls): string {
  requireFile(calls.lstatSync(path), bytesMax);
  // Not blocking: a FIFO put in the file's place between the two calls must not hang the office.
  const source = calls.openSync(path, constants.O_RDONLY | (posix.O_NOFOLLOW ?? 0) | (posix.O_NONBLOCK ?? 0));
  let copy: number | null = null;
  try {
    copy = target === null ? null : spoolWork(() => newSpoolFile(target));
    requireFile(fstatSync(source), bytesMax);
    const pieces: Uint8Array[] = [];
    let total = 0;
    for (;;) {
      const piece = new Uint8Array(pieceBytes);
      const count = calls.readSync(source, piece);
      if (count === 0) break;
      total += count;
      if (total > bytesMax) throw new DriveFault('too-large');
      pieces.push(piece.subarray(0, count));
      const into = copy;
      if (into !== null) spoolWork(() => { writeAll(into, piece.subarray(0, count), { ...nodeCalls, writeSync: calls.spoolSync ?? nodeCalls.writeSync }); });
    }
    const into = copy;
    if (into !== null) spoolWork(() => { fsyncSync(into); });
    return sha256Hex(...pieces);
  } finally {
    closeSync(source);
    if (copy !== null) closeSync(copy);
  }
}

/** A new file always: a link that somebody put in its place is taken away, never followed. */
function newSpoolFile(target: string): number {
  rmSync(target, { force: true });
  return openSync(target, 'wx', 0o600);
}

/** What fails at the spool is this machine's disk and not the stick's. */
function spoolWork<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const fault = driveFaultOf(error);
    throw fault === null ? error : new DriveFault(fault.reason === 'full' ? 'spool-full' : 'spool-unusable', error);
  }
}

function requireFile(stat: { isFile(): boolean; readonly size: number }, bytesMax: number): void {
  if (!stat.isFile()) throw new DriveFault('not-a-file');
  if (stat.size > bytesMax) throw new DriveFault('too-large');
  if (stat.size === 0) throw new DriveFault('empty');
}

function writeDurably(path: string, bytes: Uint8Array, calls: StickCalls): void {
  const handle = calls.openSync(path, 'w', 0o600);
  try {
    writeAll(handle, bytes, calls);
    calls.fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function writeAll(handle: number, bytes: Uint8Array, calls: StickCalls): void {
  for (let offset = 0; offset < bytes.length; ) offset += calls.writeSync(handle, bytes.subarray(offset));
}

/** Turns the errors of a stick into its faults; an assertion of ours passes through. */
function stickWork<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw driveFaultOf(error) ?? error;
  }
}

/** The fault of a disk behind an error of a file call, or null for any other error. */
export function driveFaultOf(error: unknown): DriveFault | null {
  if (error instanceof DriveFault) return error;
  if (!isSystemError(error)) return null;
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ENODEV' || error.code === 'ENAMETOOLONG' || error.code === 'ERR_INVALID_ARG_VALUE') return new DriveFault('missing', error);
  if (error.code === 'ELOOP' || error.code === 'EISDIR' || error.code === 'ENXIO') return new DriveFault('not-a-file', error);
  if (error.code === 'ENOSPC' || error.code === 'EFBIG' || error.code === 'EDQUOT') return new DriveFault('full', error);
  if (error.code === 'EROFS' || error.code === 'EACCES' || error.code === 'EPERM') return new DriveFault('read-only', error);
  return new DriveFault('unreadable', error);
}

function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && ('syscall' in error || error.code === 'ERR_INVALID_ARG_VALUE'); // a NUL in a path has no call
}

/** A `.part` is ignored by everyone; if the stick is gone it cannot be removed either. */
function removeLeftover(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** Makes a rename durable where the system can (Windows cannot open folders). */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}
