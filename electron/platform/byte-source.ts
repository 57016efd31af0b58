/**
 * Bytes that are read piece by piece 字节来源: a file of another program, opened once and read where asked, or bytes already in memory. A file is a
 * regular file within its limit or it is refused; nothing is decoded or believed here.
 * @source shared spec faults.md B06, E10
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

export type ByteSource = {
  readonly length: number;
  /** The bytes from `from` up to and without `to`, both within the length. @throws FileReadFault */
  read(from: number, to: number): Uint8Array;
};

export type FileRefusal = 'missing' | 'not-a-file' | 'denied' | 'too-large' | 'device' | 'changed';

/** The file could be opened, but not read to its end. */
export class FileReadFault extends Error {
  override readonly name = 'FileReadFault';
  readonly reason: FileRefusal;
  constructor(reason: FileRefusal) {
    super(reason);
    this.reason = reason;
  }
}

export function memorySource(bytes: Uint8Array): ByteSource {
  return { length: bytes.length, read: (from, to) => bytes.subarray(from, to) };
}

export type FileSource = ByteSource & { close(): void };
export type OpenedFile = { readonly kind: 'opened'; readonly source: FileSource } | { readonly kind: 'refused'; readonly reason: FileRefusal };

/**
 * Opens a regular file for reading in pieces; it is as long as it was when it was opened.
 * @param bytesMax a file with more bytes is refused
 */
export function openFileSource(path: string, bytesMax: number): OpenedFile {
  const opened = openRegularFile(path);
  if (opened.kind === 'refused') return opened;
  const { file, size } = opened;
  if (size > bytesMax) {
    closeSync(file);
    return { kind: 'refused', reason: 'too-large' };
  }
  return { kind: 'opened', source: { length: size, read: (from, to) => readExactly(file, from, to), close: () => { closeSync(file); } } };
}

/** Links, folders, pipes and devices are refused without waiting on them. The caller closes `file`. */
export function openRegularFile(path: string): { readonly kind: 'opened'; readonly file: number; readonly size: number } | { readonly kind: 'refused'; readonly reason: FileRefusal } {
  try {
    // O_NONBLOCK: opening a pipe without a writer must not hang. Windows has neither flag; undefined counts as 0 here.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const state = fstatSync(file);
    if (state.isFile()) return { kind: 'opened', file, size: state.size };
    closeSync(file);
    return { kind: 'refused', reason: 'not-a-file' };
  } catch (error) {
    return { kind: 'refused', reason: fileRefusalOf(error) };
  }
}

function readExactly(file: number, from: number, to: number): Uint8Array {
  const bytes = new Uint8Array(to - from);
  let length = 0;
  while (length < bytes.length) {
    const count = readOrFault(file, bytes, length, from + length);
    // Shorter than when it was opened: somebody writes to it.
    if (count === 0) throw new FileReadFault('changed');
    length += count;
  }
  return bytes;
}

function readOrFault(file: number, bytes: Uint8Array, at: number, position: number): number {
  try {
    return readSync(file, bytes, at, bytes.length - at, position);
  } catch (error) {
    throw new FileReadFault(fileRefusalOf(error));
  }
}

/** @throws the error itself when it is none of a file's */
export function fileRefusalOf(error: unknown): FileRefusal {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'ERR_INVALID_ARG_VALUE':
      return 'missing';
    case 'EISDIR':
    case 'ELOOP':
    case 'ENXIO':
    case 'EMLINK':
      return 'not-a-file';
    case 'EACCES':
    case 'EPERM':
      return 'denied';
    case 'EIO':
    case 'ENODEV':
      return 'device';
    default:
      throw error;
  }
}
