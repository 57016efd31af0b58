/**
 * Text files from and for other programs: bounded reading of a file somebody else made, decoding without ever storing garbled
 * characters, and encoding. What the text means is not known here, and no byte is believed before its size was checked.
 * @source shared spec conventions.md (files), toolchain.md 7b; faults.md B06, E05, E10
 */
import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import iconv from 'iconv-lite';
import { assert } from '../../shared/kernel/assert.ts';

/** The name of a file without its folders. */
export function fileNameOf(path: string): string {
  return basename(path);
}

export type FileRefusal = 'missing' | 'not-a-file' | 'denied' | 'too-large' | 'device';
export type BoundedRead = { readonly kind: 'read'; /** With a buffer of its own, which may be handed to a worker. */ readonly bytes: Uint8Array<ArrayBuffer> } | { readonly kind: 'refused'; readonly reason: FileRefusal };

/**
 * Reads a regular file whole, never more than `bytesMax`. Links, folders, pipes and devices are refused without waiting on them.
 * @param bytesMax a file with more bytes is refused, also when it grows while it is being read
 */
export function readBoundedFile(path: string, bytesMax: number): BoundedRead {
  let file: number;
  try {
    // O_NONBLOCK: opening a pipe without a writer must not hang. Windows has neither flag; undefined counts as 0 here.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    return { kind: 'refused', reason: refusalOf(error) };
  }
  try {
    const state = fstatSync(file);
    if (!state.isFile()) return { kind: 'refused', reason: 'not-a-file' };
    if (state.size > bytesMax) return { kind: 'refused', reason: 'too-large' };
    return readUpTo(file, state.size, bytesMax);
  } catch (error) {
    return { kind: 'refused', reason: refusalOf(error) };
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

function refusalOf(error: unknown): FileRefusal {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
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

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

export type DetectedEncoding =
  /** `start` = number of bytes of the byte order mark. The bytes are valid in the encoding to the last one. */
  | { readonly kind: 'encoding'; readonly encoding: TextEncoding; readonly start: number }
  /** `line` is the first line (counted by line feeds) that does not fit, where one can be named. */
  | { readonly kind: 'refused'; readonly reason: 'utf-16-unmarked' | 'utf-32' | 'mixed' | 'unknown'; readonly line: number | null };

/**
 * Decides by byte order mark, else strict UTF-8, else strict GB18030 (which contains GBK). A file that is partly UTF-8 and partly
 * something else would decode as GB18030 into garbled names, so it is refused.
 */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return isUtf8(bytes) ? { kind: 'encoding', encoding: 'utf-8', start: 3 } : mixed(bytes);
  if (startsWith(bytes, [0xff, 0xfe, 0, 0]) || startsWith(bytes, [0, 0, 0xfe, 0xff])) return { kind: 'refused', reason: 'utf-32', line: null };
  if (startsWith(bytes, [0xff, 0xfe])) return provenEncoding(bytes, 'utf-16le', 2);
  if (startsWith(bytes, [0xfe, 0xff])) return provenEncoding(bytes, 'utf-16be', 2);
  if (looksLikeUnmarkedUtf16(bytes)) return { kind: 'refused', reason: 'utf-16-unmarked', line: null };
  if (isUtf8(bytes)) return { kind: 'encoding', encoding: 'utf-8', start: 0 };
  return hasUtf8Chinese(bytes) ? mixed(bytes) : provenEncoding(bytes, 'gb18030', 0);
}

/** Decoded in blocks of about a million characters, so that a big file is never in memory as text. */
const blockBytes = 1_048_576;

/**
 * The text of bytes, block by block; a character is never cut in two.
 * @throws TypeError where the bytes are not valid in the encoding; detectEncoding has excluded that
 */
export function* textBlocks(bytes: Uint8Array, encoding: TextEncoding, start: number): Generator<string, void, void> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  for (let from = start; from < bytes.length; ) {
    let to = Math.min(from + blockBytes, bytes.length);
    // Whole characters decode many times faster than a stream does; UTF-8 shows where they begin.
    if (encoding === 'utf-8') while (to < bytes.length && ((bytes[to] ?? 0) & 0xc0) === 0x80) to -= 1;
    const block = bytes.subarray(from, to);
    yield encoding === 'utf-8' ? decoder.decode(block) : decoder.decode(block, { stream: to < bytes.length });
    from = to;
  }
}

function provenEncoding(bytes: Uint8Array, encoding: TextEncoding, start: number): DetectedEncoding {
  try {
    let characters = 0;
    for (const block of textBlocks(bytes, encoding, start)) characters += block.length;
    assert(characters <= bytes.length, 'no encoding here has less than a byte a character');
    return { kind: 'encoding', encoding, start };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'refused', reason: 'unknown', line: null };
  }
}

function mixed(bytes: Uint8Array): DetectedEncoding {
  return { kind: 'refused', reason: 'mixed', line: firstLineNotUtf8(bytes) };
}

/** UTF-16 without its mark shows as many NUL bytes among the digits and commas of a table. */
function looksLikeUnmarkedUtf16(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 2000);
  let zeros = 0;
  for (const byte of head) if (byte === 0) zeros += 1;
  return zeros * 8 >= head.length && head.length >= 8;
}

/** Whether some line is UTF-8 with at least three Chinese characters: by chance that does not happen in GB18030 text. */
function hasUtf8Chinese(bytes: Uint8Array): boolean {
  for (const line of linesOf(bytes)) if (chineseLeads(line) >= 3 && isUtf8(line)) return true;
  return false;
}

/** Bytes that begin a three-byte character of the CJK blocks in UTF-8. */
function chineseLeads(line: Uint8Array): number {
  let count = 0;
  for (const byte of line) if (byte >= 0xe3 && byte <= 0xe9) count += 1;
  return count;
}

function firstLineNotUtf8(bytes: Uint8Array): number | null {
  let number = 0;
  for (const line of linesOf(bytes)) {
    number += 1;
    if (!isUtf8(line)) return number;
  }
  return null;
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
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
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return 'exists';
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return 'full';
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return 'missing';
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'EBUSY') return 'denied';
    if (code === 'EIO' || code === 'ENODEV') return 'device';
    throw error;
  }
}
