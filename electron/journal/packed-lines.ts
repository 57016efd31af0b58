/**
 * Lines of a blob as chunks 成块存放: packed where they are made, in whatever thread, and taken apart again. Storing them is journal.sql.ts; what a line
 * says is not known here.
 */
import { assert } from '../../shared/kernel/assert.ts';
import { sha256Hex, sha256Stream } from '../platform/hash.ts';
import { packText, unpackText } from '../platform/packed-text.ts';
import type { BlobRef } from './entry.ts';

/** Chunks of large content: big enough for speed, small enough for SQLite pages and memory. */
export const chunkBytesMax = 262_144;

/** What a packed chunk may become: one line, however long, has a chunk of its own. */
const unpackedBytesMax = 16_777_216;

/** One chunk: the lines as UTF-8, each with its line feed, and the same as it is stored. */
export type PackedChunk = { readonly lines: number; readonly bytes: Uint8Array; readonly stored: Uint8Array };

export function packedChunk(bytes: Uint8Array, lines: number): PackedChunk {
  return { lines, bytes, stored: packText(bytes) };
}

/** The bytes of a stored chunk, unpacked. Its hash was checked when it was read. */
export function unpackedChunk(stored: Uint8Array): Uint8Array {
  return unpackText(stored, unpackedBytesMax);
}

/** The lines of a stored chunk, without line feeds. @throws TypeError for bytes that are not UTF-8 */
export function linesOfChunk(stored: Uint8Array): string[] {
  const lines = new TextDecoder('utf-8', { fatal: true }).decode(unpackedChunk(stored)).split('\n');
  lines.pop();
  return lines;
}

/** A whole blob of lines, packed and not yet stored. */
export type PackedLines = { readonly ref: BlobRef; /** In order, by the hash that names each. */ readonly chunks: readonly { readonly hash: string; readonly stored: Uint8Array }[] };

/**
 * Packs lines (without line feeds) as chunks that end at line ends. A chunk is named by the hash of what is stored; the hash of the whole is that of the lines
 * themselves, so that the same lines are the same content whichever zlib packed them.
 */
export function packLines(lines: Iterable<string>): PackedLines {
  const encoder = new TextEncoder();
  const whole = new LinesInMaking();
  let pending: string[] = [];
  let pendingLength = 0;
  const flush = (): void => {
    if (pending.length === 0) return;
    whole.add(packedChunk(encoder.encode(`${pending.join('\n')}\n`), pending.length));
    pending = [];
    pendingLength = 0;
  };
  for (const line of lines) {
    assert(!line.includes('\n'), 'a blob line holds no line feed');
    // Characters are at most three bytes per UTF-16 unit: the bound keeps every chunk under chunkBytesMax.
    if (pendingLength + line.length + 1 > chunkBytesMax / 3) flush();
    pending.push(line);
    pendingLength += line.length + 1;
  }
  flush();
  return whole.finish();
}

/** Puts chunks together in their order; of the lines themselves only the hash is kept, so that a whole county never stands in memory. */
export class LinesInMaking {
  readonly #chunks: { readonly hash: string; readonly stored: Uint8Array }[] = [];
  readonly #whole = sha256Stream();
  #bytes = 0;
  #lines = 0;

  add({ lines, bytes, stored }: PackedChunk): void {
    this.#chunks.push({ hash: sha256Hex(stored), stored });
    this.#whole.add(bytes);
    this.#bytes += bytes.length;
    this.#lines += lines;
  }

  finish(): PackedLines {
    return { ref: { hash: this.#whole.hex(), bytes: this.#bytes, lines: this.#lines, chunks: this.#chunks.map(({ hash }) => hash) }, chunks: this.#chunks };
  }
}
