/** SQL of the lists of packages, windowed, and of what is overdue. Reading only. */
import type { Agency } from '../../shared/kernel/office.ts';
import type { ReceiptDispute } from '../../shared/exchange/disputes.ts';
import type { PackageListRow } from '../../shared/exchange/contract.ts';
import type { Database, Row, SqlValue } from '../platform/database.ts';
import { readNewest } from '../journal/index.ts';
import { channelFrozen, packageRefused } from './entries.ts';
import { packageKindNames, packageKinds } from '../../shared/exchange/kinds.ts';
import { fenOf, sqlTexts } from '../platform/record-table.ts';
import { stands, textOf } from './package.sql.ts';

export type PackageFilter = {
  readonly direction?: 'in' | 'out' | undefined;
  readonly peer?: Agency | undefined;
  readonly kind?: string | undefined;
  readonly period?: string | undefined;
};

/** Kinds that no receipt answers: their number's acknowledgement is the whole answer. */
const unanswered = sqlTexts(packageKindNames.filter((kind) => !packageKinds[kind].receipted));

/** Whether the peer has recorded the number, accepted or not. */
const arrived = `((p.epoch = c.epoch AND p.seq <= c.acked_seq) OR (p.epoch < c.epoch AND ${stands}))`;

/**
 * Both directions in one form; newest first. Only a receipt says that a package was accepted: the peer's acknowledgement of a number says that it
 * arrived, accepted or not, and is the whole answer to a receipt, which is never receipted itself.
 */
const both = `
  SELECT 'in' AS direction, peer, epoch, seq, package_id, kind, period, doc_id, row_count, sum_fen, received_at AS at, verdict AS state, code, manifest_hash FROM package_in
  UNION ALL
  SELECT 'out', p.peer, p.epoch, p.seq, p.package_id, p.kind, p.period, p.doc_id, p.row_count, p.sum_fen, p.sent_at,
    CASE WHEN p.receipt_dispute IS NOT NULL THEN 'DISPUTED' WHEN p.receipt_verdict = 'REJECTED' THEN 'REJECTED' WHEN p.receipt_verdict = 'ACCEPTED' THEN 'ACKED'
      WHEN p.kind IN (${unanswered}) AND ${arrived} THEN 'ACKED' WHEN p.receipt_verdict = 'HELD' THEN 'HELD'
      WHEN p.epoch < c.epoch AND NOT (${stands}) THEN 'VOID' WHEN p.written > 0 OR ${arrived} THEN 'WRITTEN' ELSE 'SIGNED' END,
    coalesce(p.receipt_dispute, p.receipt_code), p.manifest_hash
  FROM package_out AS p JOIN channel_out AS c ON c.peer = p.peer`;
const matching = `FROM (${both}) WHERE (@direction IS NULL OR direction = @direction) AND (@peer IS NULL OR peer = @peer)
  AND (@kind IS NULL OR kind = @kind) AND (@period IS NULL OR period = @period)`;

export function listPackages(db: Database, filter: PackageFilter, window: { readonly offset: number; readonly limit: number }): { rows: PackageListRow[]; total: number } {
  const params: Record<string, SqlValue> = { direction: filter.direction ?? null, peer: filter.peer ?? null, kind: filter.kind ?? null, period: filter.period ?? null };
  const rows = db.prepare(`SELECT * ${matching} ORDER BY at DESC, direction, peer, epoch DESC, seq DESC LIMIT @limit OFFSET @offset`).all({ ...params, ...window });
  return { rows: rows.map(listRow), total: Number(db.prepare(`SELECT count(*) AS n ${matching}`).get(params)?.['n'] ?? 0n) };
}

function listRow(row: Row): PackageListRow {
  return {
    direction: row['direction'] === 'in' ? 'in' : 'out',
    peer: String(row['peer']) as Agency, // CHECK of both tables, as the state below
    epoch: Number(row['epoch']),
    seq: Number(row['seq']),
    packageId: String(row['package_id']),
    kind: String(row['kind']),
    period: textOf(row['period']),
    docId: String(row['doc_id']),
    rows: Number(row['row_count']),
    sum: fenOf(row, 'sum_fen'),
    at: String(row['at']),
    state: String(row['state']) as PackageListRow['state'],
    code: textOf(row['code']),
    manifestHash: String(row['manifest_hash']),
  };
}

export type ReceiptRowView = {
  readonly peer: Agency;
  readonly epoch: number;
  readonly seq: number;
  readonly kind: string;
  readonly verdict: string;
  readonly code: string | null;
  readonly dispute: ReceiptDispute | null;
  readonly at: string;
};

/** Received packages whose receipt has not been signed yet, oldest first. */
export function listReceiptsDue(db: Database): ReceiptRowView[] {
  return db
    .prepare(
      `SELECT p.peer, p.epoch, p.seq, p.kind, p.verdict, p.code, NULL AS dispute, p.received_at AS at
       FROM receipt_due JOIN package_in AS p USING (peer, epoch, seq) WHERE sent_seq IS NULL ORDER BY at, p.peer, p.seq`,
    )
    .all()
    .map(receiptView);
}

/** Receipts that peers have sent for this office's packages, newest first. */
export function listReceiptsGot(db: Database): ReceiptRowView[] {
  return db
    .prepare(
      `SELECT peer, epoch, seq, kind, CASE WHEN receipt_dispute IS NULL THEN receipt_verdict ELSE 'DISPUTED' END AS verdict, receipt_code AS code, receipt_dispute AS dispute,
         receipt_at AS at FROM package_out WHERE receipt_at IS NOT NULL ORDER BY at DESC, peer, seq DESC`,
    )
    .all()
    .map(receiptView);
}

function receiptView(row: Row): ReceiptRowView {
  return {
    peer: String(row['peer']) as Agency, // CHECK of the table
    epoch: Number(row['epoch']),
    seq: Number(row['seq']),
    kind: String(row['kind']),
    verdict: String(row['verdict']),
    code: textOf(row['code']),
    dispute: textOf(row['dispute']) as ReceiptDispute | null, // CHECK of the table
    at: String(row['at']),
  };
}

/** Receipts that say otherwise than this office knows and that people have to clear up: how many, and since when. */
export function sumDisputed(db: Database): { readonly count: number; readonly since: string | null } {
  const row = db.prepare('SELECT count(*) AS count, min(receipt_at) AS since FROM package_out WHERE receipt_dispute IS NOT NULL').get();
  return { count: Number(row?.['count'] ?? 0n), since: textOf(row?.['since']) };
}

/** When the oldest package that a peer has not acknowledged was signed; null when all are acknowledged. */
export function oldestUnacknowledged(db: Database, peer: Agency): { readonly kind: string; readonly period: string | null; readonly at: string } | null {
  const row = db
    .prepare(
      `SELECT p.kind, p.period, p.sent_at FROM package_out AS p JOIN channel_out AS c ON c.peer = p.peer
       WHERE p.peer = @peer AND p.epoch = c.epoch AND p.seq > c.acked_seq AND p.kind <> 'RECEIPT' ORDER BY p.seq LIMIT 1`,
    )
    .get({ peer });
  return row === undefined ? null : { kind: String(row['kind']), period: textOf(row['period']), at: String(row['sent_at']) };
}

/** Whether a document of a kind and month was accepted from a peer. */
export function hasAccepted(db: Database, peer: Agency, kind: string, period: string): boolean {
  return db.prepare("SELECT 1 FROM package_in WHERE peer = @peer AND kind = @kind AND period = @period AND verdict = 'ACCEPTED' LIMIT 1").get({ peer, kind, period }) !== undefined;
}

/** Most files of one list. */
const refusedMax = 200;

export type RefusedFile = { readonly at: string; readonly fileHash: string; readonly stage: string; readonly code: string };

/** Files kept in quarantine, from the entries that say why: those refused, and those that froze a channel; newest first. */
export function listRefusedFiles(db: Database): RefusedFile[] {
  const refused = readNewest(db, packageRefused, refusedMax).map(({ at, facts: { fileHash, stage, code } }) => ({ at, fileHash, stage, code }));
  const frozen = readNewest(db, channelFrozen, refusedMax).map(({ at, facts: { evidence, code } }) => ({ at, fileHash: evidence.hash, stage: 'S6', code }));
  return [...refused, ...frozen].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, refusedMax);
}

/** Packages signed here that no stick has taken yet, and that nobody has acknowledged: how many, and since when. */
export function sumUnwritten(db: Database): { readonly count: number; readonly since: string | null } {
  const row = db.prepare(`SELECT count(*) AS count, min(at) AS since FROM (${both}) WHERE direction = 'out' AND state = 'SIGNED'`).get();
  return { count: Number(row?.['count'] ?? 0n), since: typeof row?.['since'] === 'string' ? row['since'] : null };
}
