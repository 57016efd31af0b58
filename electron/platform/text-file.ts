/**
 * Text files from and for other programs: bounded reading of a file somebody else made, and encoding. What the text means is not known
 * here, and no byte is believed before its size was checked.
 * @source shared spec conventions.md (files); faults.md B06, E05, E10
 */
import { randomBytes } from 'node:crypto';
import { closeSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import iconv from 'iconv-lite';
import { assert } from '../../shared/kernel/assert.ts';
import { fileRefusalOf, openRegularFile, type FileRefusal } from './byte-source.ts';

/** The name of a file without its folders. */
export function fileNameOf(path: string): string {
  return basename(path);
}

export type BoundedRead = { readonly kind: 'read'; /** With a buffer of its own, which may be handed to a worker. */ readonly bytes: Uint8Array<ArrayBuffer> } | { readonly kind: 'refused'; readonly reason: FileRefusal };

/**
 * Reads a regular file whole, never more than `bytesMax`.
 * @param bytesMax a file with more bytes is refused, also when it grows while it is being read
 */
export function readBoundedFile(path: string, bytesMax: number): BoundedRead {
  const opened = openRegularFile(path);
  if (opened.kind === 'refused') return opened;
  const { file, size } = opened;
  try {
    return size > bytesMax ? { kind: 'refused', reason: 'too-large' } : readUpTo(file, size, bytesMax);
  } catch (error) {
    return { kind: 'refused', reason: fileRefusalOf(error) };
  } finally {
    closeSync(file);
  }
}

function readUpTo(file: number, sizeExpected: number, bytesMax: number): BoundedRead {
  // One byte more than expected, so that a file that has grown is noticed.
  let bytes = new Uint8Array(sizeExpected + 1);
  let length = 0;
  for (;;) {
    const count = readSync(file, bytes, length, bytes.length - length, length);
    if (count === 0) return { kind: 'read', bytes: bytes.subarray(0, length) };
    length += count;
    if (length > bytesMax) return { kind: 'refused', reason: 'too-large' };
    if (length < bytes.length) continue;
    const wider = new Uint8Array(Math.min(bytes.length * 2, bytesMax + 1));
    wider.set(bytes);
    bytes = wider;
  }
}

export type WrittenEncoding = 'utf-8' | 'utf-8-bom' | 'gb18030';

/**
 * Encodes text for another program. GB18030 carries every character, four-byte ones included, and is read back here to prove it.
 * @throws AssertionFault for lone surrogates, which no encoding carries
 */
export function encodeText(text: string, encoding: WrittenEncoding): Uint8Array {
  assert(text.isWellFormed(), 'text with a lone surrogate cannot be encoded');
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-8-bom') return new TextEncoder().encode(`\ufeff${text}`);
  const bytes = new Uint8Array(iconv.encode(text, 'gb18030'));
  assert(new TextDecoder('gb18030', { fatal: true }).decode(bytes) === text, 'GB18030 lost a character');
  return bytes;
}

export type WriteFault = 'exists' | 'missing' | 'denied' | 'full' | 'device';

/** Why a file was not written, for people. */
export const writeFaultNames: Readonly<Record<WriteFault, string>> = {
  exists: '已有同名文件', missing: '没有这个文件夹', denied: '没有写入权限，或文件正被别的程序打开', full: '磁盘空间不足', device: '磁盘写入出错或 U 盘已拔出',
};

/** Writes a file that must not exist yet. @returns why it was not written, or null */
export function writeNewFile(path: string, bytes: Uint8Array): WriteFault | null {
  return writing(() => {
    writeFileSync(path, bytes, { flag: 'wx', flush: true });
  });
}

/**
 * Writes where a person pointed in a save dialog. A standing file is replaced only when the dialog asked and the person agreed; it stands until the
 * new one is whole beside it.
 * @returns why it was not written, or null
 */
export function writeChosenFile(path: string, bytes: Uint8Array, replace: boolean): WriteFault | null {
  const fault = writeNewFile(path, bytes);
  if (fault !== 'exists' || !replace) return fault;
  const beside = `${path}.${randomBytes(4).toString('hex')}.part`;
  return writing(() => {
    try {
      writeFileSync(beside, bytes, { flag: 'wx', flush: true });
      renameSync(beside, path);
    } finally {
      rmSync(beside, { force: true });
    }
  });
}

function writing(write: () => void): WriteFault | null {
  try {
    write();
    return null;
  } catch (error) {
    return writeFaultOf(error);
  }
}

/** @throws the error itself when it is none of writing a file */
export function writeFaultOf(error: unknown): WriteFault {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EEXIST') return 'exists';
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return 'full';
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return 'missing';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'EBUSY') return 'denied';
  if (code === 'EIO' || code === 'ENODEV') return 'device';
  throw error;
}
