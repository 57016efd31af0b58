/**
 * Text files from and for other programs: bounded reading of a file somebody else made, and encoding. What the text means is not known
 * here, and no byte is believed before its size was checked.
 * @source shared spec conventions.md (files); faults.md B06, E05, E10
 */
import { closeSync, readSync } from 'node:fs';
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
