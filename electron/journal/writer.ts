/**
 * Appending 记账: one entry is built, hashed, inserted and folded inside the running transaction. Opening and committing the
 * transaction is the operation loop's work.
 */
import { z } from 'zod';
import { assert } from '../../shared/kernel/assert.ts';
import type { Instant } from '../../shared/kernel/civil-date.ts';
import { isDiskFailure, type Database } from '../platform/database.ts';
import { hexOf } from '../platform/hash.ts';
import {
  canonicalText, chainHash, foldEntryOf, leafHash, parseBody,
  type BlobRef, type EntryDraft, type EntryKind, type FoldEntry, type FoldState, type LedgerHead,
} from './entry.ts';
import { insertEntry, readBytes, readEntryByKey, readHead, readLines, readPlacedLines, storeBytes, storeLines, storePacked } from './journal.sql.ts';
import type { PackedLines } from './packed-lines.ts';

export type Journal = {
  /**
   * Appends and folds one entry. @returns its sequence number
   * @throws AssertionFault for a kind outside the table; a constraint error when the key exists or the fold breaks a CHECK
   */
  append<S extends z.ZodType>(kind: EntryKind<S>, draft: EntryDraft<z.output<S>>): number;
  /** Does the work wholly or, when it throws, not at all: what it appended, folded and stored is taken back before the throw goes on. */
  attempt<T>(work: () => T): T;
  /** Whether an act under this business key stands already. */
  has(key: string): boolean;
  /** Stores canonical JSON lines as an immutable blob. */
  putLines(lines: Iterable<string>): BlobRef;
  /** Stores lines that were packed before the transaction, each of them canonical JSON. */
  putPacked(lines: PackedLines): BlobRef;
  putBytes(bytes: Uint8Array): BlobRef;
  lines(ref: BlobRef): Iterable<unknown>;
  bytes(ref: BlobRef): Uint8Array;
  head(): LedgerHead;
  /** The entries appended through this journal object, for the loop's own checks. */
  readonly appended: readonly { readonly stream: string; readonly entry: FoldEntry<unknown> }[];
};

export type JournalTerms = {
  readonly db: Database;
  readonly kinds: ReadonlyMap<string, EntryKind>;
  readonly at: Instant;
  readonly maker: string;
  readonly random: (count: number) => Uint8Array;
};

/** The journal of one operation: same time and maker for all its entries. */
export function journalFor(terms: JournalTerms): Journal {
  const { db } = terms;
  const state = foldStateOver(db, db);
  const appended: { stream: string; entry: FoldEntry<unknown> }[] = [];
  return {
    appended,
    append(kind, draft) {
      assert(terms.kinds.get(kind.kind) === (kind as EntryKind), `entry kind outside the table: ${kind.kind}`);
      const head = readHead(db);
      const seq = head.seq + 1;
      const body = canonicalText({
        v: 1,
        seq,
        key: draft.key,
        stream: kind.stream,
        kind: kind.kind,
        factsVersion: kind.version,
        subject: draft.subject,
        at: terms.at,
        period: draft.period ?? null,
        origin: draft.origin ?? null,
        package: draft.package ?? null,
        reverses: draft.reverses ?? null,
        maker: terms.maker,
        checker: draft.checker ?? null,
        approver: draft.approver ?? null,
        nonce: hexOf(terms.random(16)),
        facts: z.encode(kind.facts, draft.facts),
      });
      insertEntry(db, { seq, body, prevHash: head.hash, entryHash: chainHash(head.hash, leafHash(body)) });
      // Folded from the stored text, not from the caller's object: replay sees exactly the same.
      const entry = foldEntryOf(kind, parseBody(body));
      kind.fold(state, entry);
      appended.push({ stream: kind.stream, entry });
      return seq;
    },
    attempt(work) {
      const before = appended.length;
      db.exec('SAVEPOINT attempt');
      try {
        const made = work();
        db.exec('RELEASE attempt');
        return made;
      } catch (error) {
        // After a full disk SQLite has rolled the whole transaction back by itself: then there is no savepoint, and the throw says why.
        if (!isDiskFailure(error)) db.exec('ROLLBACK TO attempt; RELEASE attempt');
        appended.length = before;
        throw error;
      }
    },
    has: (key) => readEntryByKey(db, key) !== null,
    putLines: (lines) => storeLines(db, lines),
    putPacked: (lines) => storePacked(db, lines),
    putBytes: (bytes) => storeBytes(db, bytes),
    lines: (ref) => readLines(db, ref),
    bytes: (ref) => readBytes(db, ref),
    head: () => readHead(db),
  };
}

/** Fold state that writes tables of one database and reads blobs of another (the same one outside a rebuild). */
export function foldStateOver(db: Database, blobSource: Database): FoldState {
  return {
    db,
    lines: (ref) => readLines(blobSource, ref),
    placedLines: (ref) => readPlacedLines(blobSource, ref),
    bytes: (ref) => readBytes(blobSource, ref),
  };
}
