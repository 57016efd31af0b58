/**
 * A ledger of an earlier schema version with real rows: the entries of a rich ledger whose capabilities that version knew, appended anew
 * (own chain, same facts), with the blobs they name. For the migration tests.
 */
import { blobRefSchema, journalFor, parseBody, readEntries, readBytes, type BlobRef } from '../../electron/journal/index.ts';
import { foldEntryOf } from '../../electron/journal/entry.ts';
import { entryKinds } from '../../electron/office/joined.ts';
import type { Migration } from '../../electron/migrations/migration.ts';
import { openLedgerFile, type Database } from '../../electron/platform/database.ts';
import { seededRandom, sha256Hex } from '../../electron/platform/hash.ts';
import { migrate } from '../../electron/platform/migrations.ts';

/** Makes the file `path` with the given migrations only. @returns entries appended */
export function replayInto(path: string, known: readonly Migration[], rich: string): number {
  const capabilities = new Set(known.map((migration) => migration.name));
  const source = openLedgerFile(rich, { mustExist: true });
  const into = openLedgerFile(path, { mustExist: false });
  try {
    migrate(into, known);
    into.exec('BEGIN IMMEDIATE');
    const random = seededRandom('replay');
    let count = 0;
    for (const { body: text } of readEntries(source, 0)) {
      const body = parseBody(text);
      const kind = entryKinds.get(body.kind);
      if (kind === undefined || !capabilities.has(migrationOf(body.kind))) continue;
      for (const ref of refsIn(body.facts)) copyBlob(source, into, ref);
      const { at, maker, key, subject, period, origin, package: packageId, reverses, checker, approver, facts } = foldEntryOf(kind, body);
      const journal = journalFor({ db: into, kinds: entryKinds, at, maker, random });
      journal.append(kind, {
        key, subject, facts,
        ...(period === null ? {} : { period }), ...(origin === null ? {} : { origin }), ...(packageId === null ? {} : { package: packageId }),
        ...(reverses === null ? {} : { reverses }), ...(checker === null ? {} : { checker }), ...(approver === null ? {} : { approver }),
      });
      count += 1;
    }
    into.exec('COMMIT');
    return count;
  } finally {
    source.close();
    into.close();
  }
}

/** Kinds whose tables a later migration of their capability made, by the beginning of their name. */
const laterKinds: Readonly<Record<string, string>> = { 'eligibility.amendment': 'amendments', 'eligibility.survey': 'survey' };

/** The migration that made the tables of an entry kind. */
function migrationOf(kind: string): string {
  const later = Object.keys(laterKinds).find((beginning) => kind.startsWith(beginning));
  return later === undefined ? (kind.split('.')[0] ?? '') : (laterKinds[later] ?? '');
}

/** The chunks as they are: a chunk ends where its writer ended it. */
function copyBlob(from: Database, into: Database, ref: BlobRef): void {
  for (const hash of ref.chunks) {
    const bytes = from.prepare('SELECT bytes FROM blob WHERE hash = @hash').get({ hash })?.['bytes'];
    if (!(bytes instanceof Uint8Array) || sha256Hex(bytes) !== hash) throw new Error(`blob ${hash} of the rich ledger`);
    if (into.prepare('SELECT 1 FROM blob WHERE hash = @hash').get({ hash }) === undefined) into.prepare('INSERT INTO blob (hash, bytes) VALUES (@hash, @bytes)').run({ hash, bytes });
  }
  if (readBytes(into, ref).length !== ref.bytes) throw new Error(`blob ${ref.hash} came over with another size`);
}

function refsIn(value: unknown): BlobRef[] {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (value === null || typeof value !== 'object') return [];
  const ref = blobRefSchema.safeParse(value);
  return ref.success ? [ref.data] : Object.values(value).flatMap(refsIn);
}
