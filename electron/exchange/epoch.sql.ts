/** SQL of opening channels anew 开期: how far each opening is, and what the receiver's record of an ended epoch says stands. Folds are the only writers. */
import type { EpochReason, EpochState } from '../../shared/exchange/epoch.ts';
import type { StandingRow } from '../../shared/exchange/kinds/epoch-open.ts';
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import { parsePeriod } from '../../shared/kernel/tax-period.ts';
import type { Database, Row } from '../platform/database.ts';
import { fenOf } from '../platform/record-table.ts';
import { readIncoming, readOutgoing } from './channel.sql.ts';
import { textOf } from './package.sql.ts';

export type Opening = {
  readonly peer: Agency;
  readonly epoch: number;
  readonly state: EpochState;
  readonly reason: EpochReason | null;
  readonly note: string | null;
  /** Username. */
  readonly proposedBy: string | null;
  readonly confirmedBy: string | null;
  readonly ownManifest: string | null;
  readonly peerManifest: string | null;
  readonly peerBy: string | null;
  readonly peerReason: EpochReason | null;
  /** Whether the peer's ledger continued what it had shown before. */
  readonly continues: boolean | null;
};

/** The newest opening of a channel; null while it is in its first epoch. */
export function readOpening(db: Database, peer: Agency): Opening | null {
  const row = db.prepare('SELECT * FROM epoch_opening WHERE peer = @peer ORDER BY epoch DESC LIMIT 1').get({ peer });
  return row === undefined ? null : openingOf(row, peer);
}

/** The epoch that an opening made now would begin: the peer's, where its file has come, else the one after both directions. */
export function nextEpoch(db: Database, peer: Agency): number {
  const [incoming, outgoing] = [readIncoming(db, peer).epoch, readOutgoing(db, peer).epoch];
  return incoming > outgoing ? incoming : outgoing + 1;
}

/** Peers with a channel that both offices have not opened anew after an entry of this ledger. */
export function peersNotOpenedSince(db: Database, seq: number): Agency[] {
  const opened = db.prepare('SELECT 1 FROM epoch_opening WHERE peer = @peer AND own_seq > @seq AND peer_manifest IS NOT NULL');
  return agencies.filter((peer) => db.prepare('SELECT 1 FROM channel_in WHERE peer = @peer').get({ peer }) !== undefined && opened.get({ peer, seq }) === undefined);
}

/** What this office has registered of a peer's packages in an epoch: the record that stands. */
export function readReceivedRecord(db: Database, peer: Agency, epoch: number): StandingRow[] {
  return db
    .prepare('SELECT seq, manifest_hash, kind, period, doc_id, doc_hash, row_count, sum_fen, verdict FROM package_in WHERE peer = @peer AND epoch = @epoch ORDER BY seq')
    .all({ peer, epoch })
    .map(standingOf);
}

/** Packages of this office in ended epochs that the peer's record does not have and that were not sent again since: void 作废. Opening files are no content, and key cards go by hand. */
export function readVoid(db: Database, peer: Agency): (StandingPlace & { readonly epoch: number; readonly packageId: string })[] {
  return db
    .prepare(
      `SELECT epoch, seq, manifest_hash, kind, doc_id, package_id FROM package_out AS p WHERE peer = @peer AND kind NOT IN ('EPOCH_OPEN', 'KEYCARD')
         AND epoch < (SELECT max(epoch) FROM epoch_opening WHERE peer = @peer AND peer_manifest IS NOT NULL)
         AND NOT EXISTS (SELECT 1 FROM epoch_standing AS s WHERE s.peer = p.peer AND s.epoch = p.epoch AND s.seq = p.seq AND s.manifest_hash = p.manifest_hash)
         AND NOT EXISTS (SELECT 1 FROM package_out AS later WHERE later.peer = p.peer AND later.epoch > p.epoch AND later.doc_hash = p.doc_hash) ORDER BY epoch, seq`,
    )
    .all({ peer })
    .map((row) => ({ epoch: Number(row['epoch']), packageId: String(row['package_id']), ...placeOf(row) }));
}

/** Packages of this office that stand at the peer and that this ledger lacks: lost here 本机无存. */
export function readLost(db: Database, peer: Agency): (StandingPlace & { readonly epoch: number })[] {
  return db
    .prepare(
      `SELECT epoch, seq, manifest_hash, kind, doc_id FROM epoch_standing AS s WHERE peer = @peer AND NOT EXISTS
         (SELECT 1 FROM package_out AS p WHERE p.peer = s.peer AND p.manifest_hash = s.manifest_hash) ORDER BY epoch, seq`,
    )
    .all({ peer })
    .map((row) => ({ epoch: Number(row['epoch']), ...placeOf(row) }));
}

/** Whether the peer's record of an ended epoch has this package. */
export function isStanding(db: Database, peer: Agency, place: { readonly epoch: number; readonly seq: number; readonly manifestHash: string }): boolean {
  return db.prepare('SELECT 1 FROM epoch_standing WHERE peer = @peer AND epoch = @epoch AND seq = @seq AND manifest_hash = @manifestHash').get({ peer, ...place }) !== undefined;
}

type StandingPlace = { readonly seq: number; readonly manifestHash: string; readonly kind: string; readonly docId: string };

function placeOf(row: Row): StandingPlace {
  return { seq: Number(row['seq']), manifestHash: String(row['manifest_hash']), kind: String(row['kind']), docId: String(row['doc_id']) };
}

function standingOf(row: Row): StandingRow {
  const period = textOf(row['period']);
  return {
    ...placeOf(row),
    period: period === null ? null : parsePeriod(period),
    docHash: String(row['doc_hash']),
    rows: Number(row['row_count']),
    sumFen: fenOf(row, 'sum_fen'),
    verdict: row['verdict'] === 'ACCEPTED' ? 'ACCEPTED' : 'REJECTED',
  };
}

function openingOf(row: Row, peer: Agency): Opening {
  const ownManifest = textOf(row['own_manifest']);
  const peerManifest = textOf(row['peer_manifest']);
  const proposedBy = textOf(row['proposed_by']);
  return {
    peer,
    epoch: Number(row['epoch']),
    state: stateOf(ownManifest !== null, peerManifest !== null, proposedBy !== null),
    reason: textOf(row['reason']) as EpochReason | null, // CHECK of the table
    note: textOf(row['note']),
    proposedBy, ownManifest, peerManifest,
    confirmedBy: textOf(row['own_by']),
    peerBy: textOf(row['peer_by']),
    peerReason: textOf(row['peer_reason']) as EpochReason | null, // CHECK of the table
    continues: row['continues'] === null ? null : row['continues'] === 1n,
  };
}

function stateOf(own: boolean, peer: boolean, proposed: boolean): EpochState {
  if (own) return peer ? 'open' : 'sent';
  if (proposed) return 'proposed';
  return peer ? 'received' : 'none';
}
