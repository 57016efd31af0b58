/** SQL of channels: what stands between this office and each peer, as the sequence rules want to see it. Folds are the only writers. */
import type { FreezeCode } from '../../shared/exchange/freezes.ts';
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import { emptyHead, readEntryAt, type LedgerHead } from '../journal/index.ts';
import type { Database, Row } from '../platform/database.ts';
import { zeroHash } from './package-schema.ts';
import type { IncomingChannel, OutgoingChannel } from './sequence.ts';

export function readIncoming(db: Database, peer: Agency): IncomingChannel & { readonly lastManifestHash: string } {
  const row = db.prepare('SELECT * FROM channel_in WHERE peer = @peer').get({ peer });
  const epoch = numberOf(row, 'epoch', 1);
  return {
    epoch,
    lastSeq: numberOf(row, 'last_seq', 0),
    lastManifestHash: row === undefined ? zeroHash : String(row['last_manifest_hash']),
    frozen: row === undefined || row['frozen_at'] === null ? null : { at: String(row['frozen_at']), code: String(row['frozen_code']) as FreezeCode }, // CHECK of the table
    recordedAt: (seq) => manifestHashOf(db.prepare('SELECT manifest_hash FROM package_in WHERE peer = @peer AND epoch = @epoch AND seq = @seq').get({ peer, epoch, seq })),
    recordedIn: (place) => manifestHashOf(db.prepare('SELECT manifest_hash FROM package_in WHERE peer = @peer AND epoch = @epoch AND seq = @seq').get({ peer, epoch: place.epoch, seq: place.seq })),
    heldAt: (seq) => manifestHashOf(db.prepare('SELECT manifest_hash FROM package_held WHERE peer = @peer AND epoch = @epoch AND seq = @seq').get({ peer, epoch, seq })),
    heldCount: numberOf(db.prepare('SELECT count(*) AS n FROM package_held WHERE peer = @peer').get({ peer }), 'n', 0),
    headSeen: headOf(row, 'head_seq', 'head_hash'),
  };
}

/** `seenHead`: the head of this office's own ledger that the peer has verified. */
export function readOutgoing(db: Database, peer: Agency): OutgoingChannel & { readonly lastManifestHash: string; readonly seenHead: LedgerHead } {
  const row = db.prepare('SELECT * FROM channel_out WHERE peer = @peer').get({ peer });
  const epoch = numberOf(row, 'epoch', 1);
  return {
    epoch,
    lastSeq: numberOf(row, 'last_seq', 0),
    lastManifestHash: row === undefined ? zeroHash : String(row['last_manifest_hash']),
    ackedSeq: numberOf(row, 'acked_seq', 0),
    sentIn: (place) => manifestHashOf(db.prepare('SELECT manifest_hash FROM package_out WHERE peer = @peer AND epoch = @epoch AND seq = @seq').get({ peer, epoch: place.epoch, seq: place.seq })),
    sentAt: (seq) => manifestHashOf(db.prepare('SELECT manifest_hash FROM package_out WHERE peer = @peer AND epoch = @epoch AND seq = @seq').get({ peer, epoch, seq })),
    seenHead: headOf(row, 'seen_seq', 'seen_hash'),
  };
}

/** Last number sent to each peer, and the epoch it is counted in. */
export function readLastSent(db: Database): { readonly lastSent: Partial<Record<Agency, number>>; readonly epochs: Partial<Record<Agency, number>> } {
  const channels = agencies.map((peer) => ({ peer, ...readOutgoing(db, peer) }));
  return { lastSent: Object.fromEntries(channels.map(({ peer, lastSeq }) => [peer, lastSeq])), epochs: Object.fromEntries(channels.map(({ peer, epoch }) => [peer, epoch])) };
}

/** Why a channel carries nothing but opening files now, or null. */
export function channelRest(db: Database, peer: Agency): 'frozen' | 'opening' | null {
  const incoming = readIncoming(db, peer);
  if (incoming.epoch !== readOutgoing(db, peer).epoch) return 'opening';
  return incoming.frozen === null ? null : 'frozen';
}

/** Hash of this office's own entry; zeros for 0, null beyond the head. */
export function ownHashAt(db: Database, seq: number): string | null {
  return seq === 0 ? zeroHash : (readEntryAt(db, seq)?.entryHash ?? null);
}

/** Numbers held of a peer, ascending. */
export function readHeldSeqs(db: Database, peer: Agency): number[] {
  return db.prepare('SELECT seq FROM package_held WHERE peer = @peer ORDER BY seq').all({ peer }).map((row) => Number(row['seq']));
}

/** The newest head of this office's ledger that any peer has countersigned: the ledger must never again be shorter. */
export function readNewestCountersignedHead(db: Database): LedgerHead {
  return headOf(db.prepare('SELECT head_seq, head_hash FROM countersignature ORDER BY head_seq DESC LIMIT 1').get(), 'head_seq', 'head_hash');
}

function manifestHashOf(row: Row | undefined): string | null {
  return row === undefined ? null : String(row['manifest_hash']);
}

function headOf(row: Row | undefined, seq: string, hash: string): LedgerHead {
  return row === undefined ? emptyHead : { seq: Number(row[seq]), hash: String(row[hash]) };
}

function numberOf(row: Row | undefined, column: string, otherwise: number): number {
  return row === undefined ? otherwise : Number(row[column]);
}
