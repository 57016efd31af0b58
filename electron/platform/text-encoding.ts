/**
 * Which encoding a foreign text is in, proven to its last byte before a character is used, and its text block by block. It never stores
 * garbled characters and never holds the whole text.
 * @source shared spec conventions.md (files), toolchain.md 7b; faults.md E05
 */
import { isUtf8 } from 'node:buffer';
import { assert } from '../../shared/kernel/assert.ts';
import type { ByteSource } from './byte-source.ts';

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be';

export type DetectedEncoding =
  /** `start` = number of bytes of the byte order mark. The bytes are valid in the encoding to the last one. */
  | { readonly kind: 'encoding'; readonly encoding: TextEncoding; readonly start: number }
  /** `line` is the first line (counted by line feeds) that does not fit, where one can be named. */
  | { readonly kind: 'refused'; readonly reason: 'utf-16-unmarked' | 'utf-32' | 'mixed' | 'unknown' | 'letters'; readonly line: number | null };

/**
 * Decides by byte order mark, else strict UTF-8, else strict GB18030 (which contains GBK). A file that is partly UTF-8 and partly
 * something else would decode as GB18030 into garbled names, so it is refused.
 * @throws FileReadFault
 */
export function detectEncoding(source: ByteSource): DetectedEncoding {
  const head = source.read(0, Math.min(source.length, 2000));
  if (startsWith(head, [0xef, 0xbb, 0xbf])) return isUtf8Throughout(source) ? { kind: 'encoding', encoding: 'utf-8', start: 3 } : mixed(source);
  if (startsWith(head, [0xff, 0xfe, 0, 0]) || startsWith(head, [0, 0, 0xfe, 0xff])) return { kind: 'refused', reason: 'utf-32', line: null };
  if (startsWith(head, [0xff, 0xfe])) return provenEncoding(source, 'utf-16le', 2);
  if (startsWith(head, [0xfe, 0xff])) return provenEncoding(source, 'utf-16be', 2);
  if (looksLikeUnmarkedUtf16(head)) return { kind: 'refused', reason: 'utf-16-unmarked', line: null };
  if (isUtf8Throughout(source)) return hasOnlyShortLetters(source) ? { kind: 'refused', reason: 'letters', line: null } : { kind: 'encoding', encoding: 'utf-8', start: 0 };
  return hasUtf8Chinese(source) ? mixed(source) : provenEncoding(source, 'gb18030', 0);
}

/**
 * Whether valid UTF-8 has letters of two bytes and none of three: Latin, Greek or Cyrillic and no Chinese. A GBK file with few characters, under headers
 * in ASCII, is such UTF-8 by chance (C2–DF before 80–BF is a character of both), and nobody can tell.
 */
function hasOnlyShortLetters(source: ByteSource): boolean {
  let short = false;
  for (let from = 0; from < source.length; from += blockBytes) {
    for (const byte of source.read(from, Math.min(from + blockBytes, source.length))) {
      if (byte >= 0xe0) return false;
      if (byte >= 0xc2) short = true;
    }
  }
  return short;
}

/** Decoded in blocks of about a million characters, so that a big file is never in memory as text. */
const blockBytes = 1_048_576;

/**
 * The text, block by block; a character is never cut in two.
 * @throws TypeError where the bytes are not valid in the encoding; detectEncoding has excluded that, unless the file was changed since
 */
export function* textBlocks(source: ByteSource, encoding: TextEncoding, start: number): Generator<string, void, void> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  // Whole characters decode many times faster than a stream does; UTF-8 shows where they begin.
  if (encoding === 'utf-8') for (const block of wholeCharacters(source, start)) yield decoder.decode(block);
  else for (let from = start; from < source.length; from += blockBytes) yield decoder.decode(source.read(from, Math.min(from + blockBytes, source.length)), { stream: from + blockBytes < source.length });
}

/** Blocks of UTF-8 that end where a character ends. */
function* wholeCharacters(source: ByteSource, start: number): Generator<Uint8Array, void, void> {
  for (let from = start; from < source.length; ) {
    const bytes = source.read(from, Math.min(from + blockBytes, source.length));
    const length = from + bytes.length === source.length ? bytes.length : wholeLength(bytes);
    yield bytes.subarray(0, length);
    from += length;
  }
}

/** The length without a character that is cut at the end. No character has more than three bytes after its first. */
function wholeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 4 && back < bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function isUtf8Throughout(source: ByteSource): boolean {
  for (const block of wholeCharacters(source, 0)) if (!isUtf8(block)) return false;
  return true;
}

function provenEncoding(source: ByteSource, encoding: TextEncoding, start: number): DetectedEncoding {
  try {
    let characters = 0;
    for (const block of textBlocks(source, encoding, start)) characters += block.length;
    assert(characters <= source.length, 'no encoding here has less than a byte a character');
    return { kind: 'encoding', encoding, start };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'refused', reason: 'unknown', line: null };
  }
}

function mixed(source: ByteSource): DetectedEncoding {
  return { kind: 'refused', reason: 'mixed', line: firstLineNotUtf8(source) };
}

/** UTF-16 without its mark shows as many NUL bytes among the digits and commas of a table. */
function looksLikeUnmarkedUtf16(head: Uint8Array): boolean {
  let zeros = 0;
  for (const byte of head) if (byte === 0) zeros += 1;
  return zeros * 8 >= head.length && head.length >= 8;
}

/** Whether some line is UTF-8 with at least three Chinese characters: by chance that does not happen in GB18030 text. */
function hasUtf8Chinese(source: ByteSource): boolean {
  for (const line of linesOf(source)) if (chineseLeads(line) >= 3 && isUtf8(line)) return true;
  return false;
}

/** Bytes that begin a three-byte character of the CJK blocks in UTF-8. */
function chineseLeads(line: Uint8Array): number {
  let count = 0;
  for (const byte of line) if (byte >= 0xe3 && byte <= 0xe9) count += 1;
  return count;
}

function firstLineNotUtf8(source: ByteSource): number | null {
  let number = 0;
  for (const line of linesOf(source)) {
    number += 1;
    if (!isUtf8(line)) return number;
  }
  return null;
}

/** The lines as bytes. A line longer than a block, which no table has, comes in pieces. */
function* linesOf(source: ByteSource): Generator<Uint8Array, void, void> {
  let from = 0;
  while (from < source.length) {
    const bytes = source.read(from, Math.min(from + blockBytes, source.length));
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    const last = from + bytes.length === source.length;
    if (start === 0 || last) {
      if (start < bytes.length) yield bytes.subarray(start);
      start = bytes.length;
    }
    from += start;
  }
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}
