/**
 * The form of a journal entry 留痕条目: one canonical JSON body that holds every fact, hashed onto the entry before it. Kinds are a
 * closed table; each kind carries the schema of its facts and the fold that turns them into state rows. No SQL here.
 * @source shared spec decisions 1, 3, 4; the hash is SHA-256(prev_hash ‖ SHA-256(0x00 ‖ "liudi-entry-v1" ‖ body))
 */
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { assert } from '../../shared/kernel/assert.ts';
import type { Instant } from '../../shared/kernel/civil-date.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Database } from '../platform/database.ts';
import { bytesOfHex, hexOf, sha256 } from '../platform/hash.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Names an immutable blob: SHA-256 of the whole, its size in bytes, number of lines (0 for bytes), and its chunks in order. */
export const blobRefSchema = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().min(0),
  lines: z.number().int().min(0),
  chunks: z.array(z.string().regex(/^[0-9a-f]{64}$/)).readonly(),
});
export type BlobRef = z.infer<typeof blobRefSchema>;

/** What a fold may see: the state tables it writes and the blobs its entry names. No clock, no random, no context. */
export type FoldState = {
  readonly db: Database;
  /** The JSON values of a blob of lines, in order. */
  readonly lines: (ref: BlobRef) => Iterable<unknown>;
  /** The same with the place of each line, for tables that keep only the place. */
  readonly placedLines: (ref: BlobRef) => Iterable<{ readonly chunk: number; readonly place: number; readonly value: unknown }>;
  readonly bytes: (ref: BlobRef) => Uint8Array;
};

/** The fields of a body beside its facts. */
export type EntryHead = {
  readonly seq: number;
  readonly key: string;
  readonly kind: string;
  readonly subject: string;
  readonly at: Instant;
  readonly period: TaxPeriod | null;
  /** Agency whose record this is when it came by package; null for the office's own acts. */
  readonly origin: string | null;
  /** Package id through which it came. */
  readonly package: string | null;
  /** Sequence number of the entry that this one reverses. */
  readonly reverses: number | null;
  /** Username of the person who acted; `#program` for the program itself. */
  readonly maker: string;
  readonly checker: string | null;
  readonly approver: string | null;
};

export type FoldEntry<F> = EntryHead & { readonly facts: F };

export type EntryStream = 'business' | 'audit';

/** One row of the closed table of entry kinds. */
export type EntryKind<S extends z.ZodType = z.ZodType> = {
  /** `<capability>.<act>`, the act in lower camelCase as operations have it. */
  readonly kind: string;
  /** Names under which older ledgers hold it. */
  readonly formerly?: readonly string[];
  readonly stream: EntryStream;
  /** Version of the facts; older ones are lifted step by step by `upcast[v]` (v → v + 1), from the facts alone. */
  readonly version: number;
  /** Chinese name of the act, as the history shows it. */
  readonly title: string;
  /** JSON outside (fen text), typed inside. */
  readonly facts: S;
  readonly upcast?: Readonly<Record<number, (facts: JsonValue) => JsonValue>>;
  /** The only writer of the state tables it touches. */
  fold(state: FoldState, entry: FoldEntry<z.output<S>>): void;
};

/** Kinds by name, former names included. */
export type EntryKinds = ReadonlyMap<string, EntryKind>;

/** @throws AssertionFault when a name, present or former, stands for two kinds */
export function kindsByName(rows: readonly EntryKind[]): EntryKinds {
  const names = rows.flatMap((row) => [row.kind, ...(row.formerly ?? [])].map((name) => [name, row] as const));
  const kinds = new Map(names);
  assert(kinds.size === names.length, 'a name stands for two entry kinds');
  return kinds;
}

/** Fixes the types of one kind. */
export function defineEntry<S extends z.ZodType>(row: EntryKind<S>): EntryKind<S> {
  return row;
}

/** What a caller gives to append; the rest comes from the context. */
export type EntryDraft<F> = {
  /** Business key, unique in the ledger: repeating an act under the same key is refused by SQL. */
  readonly key: string;
  readonly subject: string;
  readonly period?: TaxPeriod;
  readonly origin?: string;
  readonly package?: string;
  readonly reverses?: number;
  readonly checker?: string;
  readonly approver?: string;
  readonly facts: F;
};

/** The head of a ledger: the number of its entries and the hash of the newest; 0 and zeros when empty. */
export type LedgerHead = { readonly seq: number; readonly hash: string };

export const emptyHead: LedgerHead = { seq: 0, hash: '0'.repeat(64) };

const entryTag = new TextEncoder().encode('\u0000liudi-entry-v1');

/** Canonical JSON (RFC 8785). @throws AssertionFault for values JSON cannot carry */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  assert(typeof text === 'string', 'not a JSON value');
  return text;
}

/** The leaf 叶摘要 of a body: what a package carries instead of the body. Hex. */
export function leafHash(body: string): string {
  return hexOf(sha256(entryTag, body));
}

/** The hash of an entry from the hash before it and its leaf. Hex. */
export function chainHash(prevHash: string, leaf: string): string {
  return hexOf(sha256(bytesOfHex(prevHash), bytesOfHex(leaf)));
}

/** Continues a head over leaves: how a peer recomputes the head of a ledger it does not hold. */
export function extendHead(head: LedgerHead, leaves: Iterable<string>): LedgerHead {
  let { seq, hash } = head;
  for (const leaf of leaves) {
    hash = chainHash(hash, leaf);
    seq += 1;
  }
  return { seq, hash };
}

const bodySchema = z.strictObject({
  v: z.literal(1),
  seq: z.number().int().min(1),
  key: z.string().min(1).max(300),
  stream: z.enum(['business', 'audit']),
  kind: z.string(),
  factsVersion: z.number().int().min(1),
  subject: z.string().max(300),
  at: z.string(),
  period: z.string().nullable(),
  origin: z.string().nullable(),
  package: z.string().nullable(),
  reverses: z.number().int().nullable(),
  maker: z.string(),
  checker: z.string().nullable(),
  approver: z.string().nullable(),
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  facts: z.unknown(),
});
export type EntryBody = z.infer<typeof bodySchema>;

/** Reads a stored body. @throws ZodError when it is not one */
export function parseBody(body: string): EntryBody {
  return bodySchema.parse(JSON.parse(body));
}

/** The typed entry of a body: facts lifted to the kind's present version and decoded. */
export function foldEntryOf<S extends z.ZodType>(kind: EntryKind<S>, body: EntryBody): FoldEntry<z.output<S>> {
  let facts = body.facts as JsonValue;
  for (let version = body.factsVersion; version < kind.version; version += 1) {
    const lift = kind.upcast?.[version];
    assert(lift !== undefined, `no upcaster of ${kind.kind} from version ${String(version)}`);
    facts = lift(facts);
  }
  return {
    seq: body.seq,
    key: body.key,
    kind: kind.kind,
    subject: body.subject,
    at: body.at as Instant,
    period: body.period as TaxPeriod | null,
    origin: body.origin,
    package: body.package,
    reverses: body.reverses,
    maker: body.maker,
    checker: body.checker,
    approver: body.approver,
    facts: z.decode(kind.facts, facts as z.input<S>), // decoding is what checks it
  };
}
