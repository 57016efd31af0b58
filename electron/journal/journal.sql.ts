/** SQL of the log: reading and inserting entries, blobs and checkpoints. What an entry means is not known here. */
import type { z } from 'zod';
import { assert } from '../../shared/kernel/assert.ts';
import type { Database, Row } from '../platform/database.ts';
import { sha256Hex } from '../platform/hash.ts';
import { emptyHead, foldEntryOf, parseBody, type BlobRef, type EntryKind, type FoldEntry, type LedgerHead } from './entry.ts';
import { chunkBytesMax, linesOfChunk, packLines, unpackedChunk, type PackedLines } from './packed-lines.ts';

export type StoredEntry = { readonly seq: number; readonly body: string; readonly prevHash: string; readonly entryHash: string };

export function readHead(db: Database): LedgerHead {
  const row = db.prepare('SELECT seq, entry_hash FROM journal ORDER BY seq DESC LIMIT 1').get();
  return row === undefined ? emptyHead : { seq: Number(row['seq']), hash: String(row['entry_hash']) };
}

/** Entries after `afterSeq`, in order. */
export function* readEntries(db: Database, afterSeq: number): Generator<StoredEntry> {
  const rows = db.prepare('SELECT seq, body, prev_hash, entry_hash FROM journal WHERE seq > @afterSeq ORDER BY seq');
  for (const row of rows.iterate({ afterSeq })) yield storedEntry(row);
}

/** Entries of some kinds, by any of their names, in order. @param where a further condition of the program's own over `body` */
export function* readEntriesOf(db: Database, names: readonly string[], where = 'TRUE'): Generator<StoredEntry> {
  const rows = db.prepare(`SELECT seq, body, prev_hash, entry_hash FROM journal WHERE kind IN (SELECT value FROM json_each(@names)) AND ${where} ORDER BY seq`);
  for (const row of rows.iterate({ names: JSON.stringify(names) })) yield storedEntry(row);
}

export function readEntryAt(db: Database, seq: number): StoredEntry | null {
  const row = db.prepare('SELECT seq, body, prev_hash, entry_hash FROM journal WHERE seq = @seq').get({ seq });
  return row === undefined ? null : storedEntry(row);
}

export function readEntryByKey(db: Database, key: string): StoredEntry | null {
  const row = db.prepare('SELECT seq, body, prev_hash, entry_hash FROM journal WHERE entry_key = @key').get({ key });
  return row === undefined ? null : storedEntry(row);
}

/** The newest entries of a kind under each of its names, newest first, their facts those of today. */
export function readNewest<S extends z.ZodType>(db: Database, kind: EntryKind<S>, limit: number): FoldEntry<z.output<S>>[] {
  const rows = db.prepare('SELECT body FROM journal WHERE kind IN (SELECT value FROM json_each(@names)) ORDER BY seq DESC LIMIT @limit')
    .all({ names: JSON.stringify([kind.kind, ...(kind.formerly ?? [])]), limit });
  return rows.map((row) => foldEntryOf(kind, parseBody(String(row['body']))));
}

export function insertEntry(db: Database, entry: StoredEntry): void {
  db.prepare('INSERT INTO journal (seq, body, prev_hash, entry_hash) VALUES (@seq, @body, @prevHash, @entryHash)').run(entry);
}

function storedEntry(row: Row): StoredEntry {
  return {
    seq: Number(row['seq']),
    body: String(row['body']),
    prevHash: String(row['prev_hash']),
    entryHash: String(row['entry_hash']),
  };
}

/** Stores lines (without line feeds) as packed chunks. */
export function storeLines(db: Database, lines: Iterable<string>): BlobRef {
  return storePacked(db, packLines(lines));
}

/** Stores lines that were packed elsewhere. */
export function storePacked(db: Database, { ref, chunks }: PackedLines): BlobRef {
  for (const { hash, stored } of chunks) storeChunk(db, hash, stored);
  return ref;
}

/** Stores bytes as chunks. */
export function storeBytes(db: Database, bytes: Uint8Array): BlobRef {
  const chunks: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += chunkBytesMax) {
    const chunk = bytes.subarray(offset, offset + chunkBytesMax);
    const hash = sha256Hex(chunk);
    storeChunk(db, hash, chunk);
    chunks.push(hash);
  }
  return { hash: sha256Hex(bytes), bytes: bytes.length, lines: 0, chunks };
}

function storeChunk(db: Database, hash: string, stored: Uint8Array): void {
  if (db.prepare('SELECT 1 FROM blob WHERE hash = @hash').get({ hash }) !== undefined) return;
  db.prepare('INSERT INTO blob (hash, bytes) VALUES (@hash, @bytes)').run({ hash, bytes: stored });
}

/** One chunk as stored, its hash checked at the read as at the write. @throws AssertionFault when it is missing or altered */
export function readChunk(db: Database, hash: string): Uint8Array {
  const bytes = db.prepare('SELECT bytes FROM blob WHERE hash = @hash').get({ hash })?.['bytes'];
  assert(bytes instanceof Uint8Array, `blob ${hash} is missing`);
  assert(sha256Hex(bytes) === hash, `blob ${hash} is altered`);
  return bytes;
}

/** All bytes of a blob. */
export function readBytes(db: Database, ref: BlobRef): Uint8Array {
  const whole = new Uint8Array(ref.bytes);
  let offset = 0;
  for (const hash of ref.chunks) {
    const chunk = ref.lines > 0 ? unpackedChunk(readChunk(db, hash)) : readChunk(db, hash);
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  assert(offset === ref.bytes, `blob ${ref.hash} has another size`);
  return whole;
}

/** Where a line lies: the number of its chunk and its place there, so that one line is found again without reading the whole blob. */
export type PlacedLine = { readonly chunk: number; readonly place: number; readonly value: unknown };

/** The JSON values of a blob of lines with their places, chunk by chunk. */
export function* readPlacedLines(db: Database, ref: BlobRef): Generator<PlacedLine> {
  for (const [chunk, hash] of ref.chunks.entries()) {
    for (const [place, line] of chunkLines(db, hash).entries()) yield { chunk, place, value: JSON.parse(line) };
  }
}

/** The JSON values of a blob of lines. */
export function* readLines(db: Database, ref: BlobRef): Generator {
  for (const line of readPlacedLines(db, ref)) yield line.value;
}

/** One line found by its place. @throws AssertionFault when the chunk is missing, altered or shorter */
export function readLineAt(db: Database, ref: BlobRef, chunk: number, place: number): unknown {
  const hash = ref.chunks[chunk];
  assert(hash !== undefined, `blob ${ref.hash} has no chunk ${String(chunk)}`);
  const line = chunkLines(db, hash)[place];
  assert(line !== undefined, `blob ${hash} has no line ${String(place)}`);
  return JSON.parse(line);
}

function chunkLines(db: Database, hash: string): string[] {
  return linesOfChunk(readChunk(db, hash));
}

export function readCheckpoint(db: Database): LedgerHead {
  const row = db.prepare('SELECT seq, entry_hash FROM checkpoint ORDER BY seq DESC LIMIT 1').get();
  return row === undefined ? emptyHead : { seq: Number(row['seq']), hash: String(row['entry_hash']) };
}

export function writeCheckpoint(db: Database, head: LedgerHead, at: string): void {
  db.prepare('INSERT OR REPLACE INTO checkpoint (seq, entry_hash, at) VALUES (@seq, @hash, @at)').run({ seq: head.seq, hash: head.hash, at });
}
