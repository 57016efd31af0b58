/** SQL of packages: what was sent, received, held, and still has to be answered. Reading only; the folds of entries.ts write. */
import type { Agency } from '../../shared/kernel/office.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import { blobRefSchema, type BlobRef } from '../journal/index.ts';
import type { Database, Row, SqlValue } from '../platform/database.ts';
import { fenOf } from '../platform/record-table.ts';

export type SentPackage = {
  readonly peer: Agency;
  readonly epoch: number;
  readonly seq: number;
  readonly packageId: string;
  readonly manifestHash: string;
  readonly kind: string;
  readonly docId: string;
  readonly rows: number;
  readonly sumFen: Fen;
  readonly fileName: string;
  readonly bytes: BlobRef;
  readonly written: number;
  /** Of the newest receipt that nobody has to dispute. */
  readonly receiptVerdict: string | null;
};

export function findSent(db: Database, packageId: string): SentPackage | null {
  return sentOf(db.prepare('SELECT * FROM package_out WHERE package_id = @packageId').get({ packageId }));
}

export function findSentManifest(db: Database, manifestHash: string): SentPackage | null {
  return sentOf(db.prepare('SELECT * FROM package_out WHERE manifest_hash = @manifestHash').get({ manifestHash }));
}

/** The package sent under a number; null when none was. */
export function readSent(db: Database, peer: Agency, epoch: number, seq: number): SentPackage | null {
  return sentOf(db.prepare('SELECT * FROM package_out WHERE peer = @peer AND epoch = @epoch AND seq = @seq').get({ peer, epoch, seq }));
}

/** The newest package to a peer with this content that still stands; null when it never went there, or is void since an epoch was opened. */
export function findSentDocument(db: Database, peer: Agency, kind: string, docHash: string): SentPackage | null {
  return sentOf(
    db.prepare(`SELECT * FROM package_out AS p WHERE peer = @peer AND kind = @kind AND doc_hash = @docHash AND ${stands} ORDER BY epoch DESC, seq DESC LIMIT 1`).get({ peer, kind, docHash }),
  );
}

/**
 * The document id under which a content travels: the id it already has, or the first free of `base`, `base/2`, `base/3` …, so that
 * every peer is told the same id for the same content and never two contents under one id.
 */
export function documentIdFor(db: Database, kind: string, base: string, docHash: string): string {
  const rows = db
    .prepare(`SELECT DISTINCT doc_id, doc_hash FROM (SELECT doc_id, doc_hash, kind FROM package_out UNION SELECT doc_id, doc_hash, kind FROM epoch_standing)
      WHERE kind = @kind AND (doc_id = @base OR substr(doc_id, 1, length(@base) + 1) = @base || '/')`)
    .all({ kind, base });
  const known = rows.find((row) => row['doc_hash'] === docHash && !rows.some((other) => other['doc_id'] === row['doc_id'] && other['doc_hash'] !== docHash));
  if (known !== undefined) return String(known['doc_id']);
  const taken = new Set(rows.map((row) => String(row['doc_id'])));
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}/${String(number)}`)) number += 1;
  return `${base}/${String(number)}`;
}

/** Whether a package sent (`p`) is of the epoch in force, or one that the peer has registered when its epoch ended 以收件一方登记为准. */
export const stands = `(p.epoch = (SELECT epoch FROM channel_out WHERE peer = p.peer)
  OR EXISTS (SELECT 1 FROM epoch_standing AS s WHERE s.peer = p.peer AND s.epoch = p.epoch AND s.seq = p.seq AND s.manifest_hash = p.manifest_hash))`;

/** Document ids of a kind that went to one peer and not yet to the other, oldest first. */
export function readDocumentsNotYetAt(db: Database, kind: string, sentTo: Agency, missingAt: Agency): string[] {
  return db
    .prepare(
      `SELECT doc_id FROM package_out AS sent WHERE kind = @kind AND peer = @sentTo
         AND NOT EXISTS (SELECT 1 FROM package_out AS p WHERE kind = @kind AND peer = @missingAt AND doc_hash = sent.doc_hash AND ${stands})
       ORDER BY epoch, seq`,
    )
    .all({ kind, sentTo, missingAt })
    .map((row) => String(row['doc_id']));
}

/** The document of a kind that went to a peer last and was not rejected there; null where none did. */
export function lastTold(db: Database, kind: string, peer: Agency): string | null {
  const row = db.prepare(
    `SELECT doc_id FROM package_out AS p WHERE kind = @kind AND peer = @peer AND receipt_verdict IS NOT 'REJECTED' AND ${stands} ORDER BY epoch DESC, seq DESC LIMIT 1`,
  ).get({ kind, peer });
  return row === undefined ? null : String(row['doc_id']);
}

/** Number of the accepted package of a peer with this document, by content or by id; null when there is none. */
export function findAcceptedDocument(db: Database, peer: Agency, docId: string, docHash: string): number | null {
  const row = db
    .prepare("SELECT seq FROM package_in WHERE peer = @peer AND verdict = 'ACCEPTED' AND (doc_hash = @docHash OR doc_id = @docId) ORDER BY epoch DESC, seq DESC LIMIT 1")
    .get({ peer, docId, docHash });
  return row === undefined ? null : Number(row['seq']);
}

export function isRejected(db: Database, peer: Agency, manifestHash: string): boolean {
  return db.prepare("SELECT 1 FROM package_in WHERE peer = @peer AND manifest_hash = @manifestHash AND verdict = 'REJECTED'").get({ peer, manifestHash }) !== undefined;
}

/** Who sent, or was sent, the package of this id; null when the id is new. */
export function findPackageId(db: Database, packageId: string): { readonly peer: Agency; readonly seq: number } | null {
  const row = db
    .prepare('SELECT peer, seq FROM package_in WHERE package_id = @packageId UNION ALL SELECT peer, seq FROM package_out WHERE package_id = @packageId LIMIT 1')
    .get({ packageId });
  return row === undefined ? null : { peer: String(row['peer']) as Agency, seq: Number(row['seq']) }; // CHECK of both tables
}

export type ReceivedNumber = { readonly seq: number; readonly kind: string; readonly receivedAt: string };

/** Accepted packages of a peer, oldest first. */
export function readAcceptedNumbers(db: Database, peer: Agency): (ReceivedNumber & { readonly epoch: number })[] {
  return db
    .prepare("SELECT epoch, seq, kind, received_at FROM package_in WHERE peer = @peer AND verdict = 'ACCEPTED' ORDER BY epoch, seq")
    .all({ peer })
    .map((row) => ({ epoch: Number(row['epoch']), seq: Number(row['seq']), kind: String(row['kind']), receivedAt: String(row['received_at']) }));
}

/** When a number was received; null when it was not. */
export function readReceivedAt(db: Database, peer: Agency, epoch: number, seq: number): string | null {
  const row = db.prepare('SELECT received_at FROM package_in WHERE peer = @peer AND epoch = @epoch AND seq = @seq').get({ peer, epoch, seq });
  return row === undefined ? null : String(row['received_at']);
}

/** Bytes of a recorded package; null when the number is not recorded. */
export function readReceivedBytes(db: Database, peer: Agency, epoch: number, seq: number): BlobRef | null {
  const row = db.prepare('SELECT bytes FROM package_in WHERE peer = @peer AND epoch = @epoch AND seq = @seq').get({ peer, epoch, seq });
  return row === undefined ? null : blobOf(row['bytes']);
}

/** Bytes of a held package; null when none waits under the number. */
export function readHeld(db: Database, peer: Agency, seq: number): { readonly epoch: number; readonly bytes: BlobRef } | null {
  const row = db.prepare('SELECT epoch, bytes FROM package_held WHERE peer = @peer AND seq = @seq').get({ peer, seq });
  return row === undefined ? null : { epoch: Number(row['epoch']), bytes: blobOf(row['bytes']) };
}

export type ReceiptDue = {
  readonly epoch: number;
  readonly seq: number;
  readonly packageId: string;
  readonly manifestHash: string;
  readonly verdict: 'ACCEPTED' | 'REJECTED';
  readonly stage: string | null;
  readonly code: string | null;
  readonly faultCount: number;
  readonly faults: BlobRef | null;
  readonly rows: number;
  readonly sumFen: Fen;
};

/** The oldest unanswered package of a peer, or the one named, answered or not; where only its number is named, an unanswered one and then the newest epoch first. */
export function readReceiptDue(db: Database, peer: Agency, seq: number | null, epoch: number | null): ReceiptDue | null {
  const row = db
    .prepare(
      `SELECT p.*, d.faults AS fault_lines FROM receipt_due AS d JOIN package_in AS p USING (peer, epoch, seq)
       WHERE d.peer = @peer AND (d.seq = @seq OR (@seq IS NULL AND d.sent_seq IS NULL)) AND (@epoch IS NULL OR d.epoch = @epoch)
       ORDER BY d.sent_seq IS NOT NULL, iif(@seq IS NULL, d.epoch, -d.epoch), d.seq LIMIT 1`,
    )
    .get({ peer, seq, epoch });
  if (row === undefined) return null;
  return {
    epoch: Number(row['epoch']),
    seq: Number(row['seq']),
    packageId: String(row['package_id']),
    manifestHash: String(row['manifest_hash']),
    verdict: row['verdict'] === 'ACCEPTED' ? 'ACCEPTED' : 'REJECTED',
    stage: textOf(row['stage']),
    code: textOf(row['code']),
    faultCount: Number(row['faults']),
    faults: row['fault_lines'] === null ? null : blobOf(row['fault_lines']),
    rows: Number(row['row_count']),
    sumFen: fenOf(row, 'sum_fen'),
  };
}

function sentOf(row: Row | undefined): SentPackage | null {
  if (row === undefined) return null;
  return {
    peer: String(row['peer']) as Agency, // CHECK of the table
    epoch: Number(row['epoch']),
    seq: Number(row['seq']),
    packageId: String(row['package_id']),
    manifestHash: String(row['manifest_hash']),
    kind: String(row['kind']),
    docId: String(row['doc_id']),
    rows: Number(row['row_count']),
    sumFen: fenOf(row, 'sum_fen'),
    fileName: String(row['file_name']),
    bytes: blobOf(row['bytes']),
    written: Number(row['written']),
    receiptVerdict: textOf(row['receipt_verdict']),
  };
}

export function blobOf(value: SqlValue | undefined): BlobRef {
  return blobRefSchema.parse(JSON.parse(String(value)));
}

export function textOf(value: SqlValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
