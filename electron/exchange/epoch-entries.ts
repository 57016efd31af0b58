/**
 * Entries of opening a channel anew 开期 and their folds: one person proposes, another signs, and the peer's half arrives. When both halves stand the freeze
 * ends; the peer's half says, number by number, what stands of the epoch that ended.
 * @source shared spec exchange.md 2.5 (E205); decisions 8
 */
import { z } from 'zod';
import { epochReasonNames } from '../../shared/exchange/epoch.ts';
import { epochOpen } from '../../shared/exchange/kinds/epoch-open.ts';
import { hashSchema } from '../../shared/exchange/values.ts';
import { agencySchema } from '../../shared/kernel/schema.ts';
import { blobRefSchema, defineEntry, type EntryKind } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';

const number = z.int().min(0).max(1_000_000_000);
const place = z.strictObject({ epoch: number, seq: number, hash: hashSchema });
const reason = z.enum(epochReasonNames);
const half = { peer: agencySchema, epoch: number, manifestHash: hashSchema, reason, note: z.string(), proposer: z.string(), confirmer: z.string(), sent: place, received: place };

/** The first of two persons asks for a new epoch; a later proposal takes the place of an earlier one. */
export const epochProposed = defineEntry({
  kind: 'exchange.proposeEpoch',
  stream: 'business',
  version: 1,
  title: '拟开新一期',
  facts: z.strictObject({ peer: agencySchema, epoch: number, reason, note: z.string() }),
  fold({ db }, { facts: { peer, epoch, reason: why, note }, at, maker }) {
    db.prepare(
      `INSERT INTO epoch_opening (peer, epoch, reason, note, proposed_by, proposed_at) VALUES (@peer, @epoch, @why, @note, @maker, @at)
       ON CONFLICT (peer, epoch) DO UPDATE SET reason = @why, note = @note, proposed_by = @maker, proposed_at = @at`,
    ).run({ peer, epoch, why, note, maker, at });
  },
});

/** The second person has signed this office's half. */
export const epochOpened = defineEntry({
  kind: 'exchange.openEpoch',
  stream: 'business',
  version: 1,
  title: '本单位开期',
  facts: z.strictObject(half),
  fold({ db }, { seq, facts: { peer, epoch, manifestHash, confirmer }, at }) {
    db.prepare('UPDATE epoch_opening SET own_manifest = @manifestHash, own_at = @at, own_by = @confirmer, own_seq = @seq WHERE peer = @peer AND epoch = @epoch').run({
      peer, epoch, manifestHash, confirmer, at, seq,
    });
    endOfRest(db, peer, epoch);
  },
});

/** The peer's half has come: its record of what this office sent stands. */
export const epochAnswered = defineEntry({
  kind: 'exchange.receiveEpoch',
  stream: 'business',
  version: 1,
  title: '收到对方开期文件',
  facts: z.strictObject({
    ...half,
    /** Whether the peer's ledger continues what it has shown before. */
    continues: z.boolean(),
    /** The peer's record, one line a number. */
    record: blobRefSchema,
  }),
  fold({ db, lines }, { facts: { peer, epoch, manifestHash, reason: why, confirmer, continues, received, record }, at }) {
    db.prepare(
      `INSERT INTO epoch_opening (peer, epoch, peer_manifest, peer_at, peer_by, peer_reason, continues) VALUES (@peer, @epoch, @manifestHash, @at, @confirmer, @why, @continues)
       ON CONFLICT (peer, epoch) DO UPDATE SET peer_manifest = @manifestHash, peer_at = @at, peer_by = @confirmer, peer_reason = @why, continues = @continues`,
    ).run({ peer, epoch, manifestHash, confirmer, why, at, continues: continues ? 1n : 0n });
    const insert = db.prepare(
      `INSERT INTO epoch_standing (peer, epoch, seq, manifest_hash, kind, period, doc_id, doc_hash, row_count, sum_fen, verdict)
       VALUES (@peer, @epoch, @seq, @manifestHash, @kind, @period, @docId, @docHash, @rows, @sumFen, @verdict) ON CONFLICT (peer, epoch, seq) DO NOTHING`,
    );
    for (const line of lines(record)) insert.run({ peer, epoch: received.epoch, ...epochOpen.sections.received.schema.parse(line) });
    endOfRest(db, peer, epoch);
  },
});

/** Both halves stand: the freeze ends, and what waited for numbers of the ended epoch will come again under new ones. */
function endOfRest(db: Database, peer: string, epoch: number): void {
  const both = db.prepare('SELECT 1 FROM epoch_opening WHERE peer = @peer AND epoch = @epoch AND own_manifest IS NOT NULL AND peer_manifest IS NOT NULL').get({ peer, epoch });
  if (both === undefined) return;
  db.prepare('UPDATE channel_in SET frozen_at = NULL, frozen_code = NULL WHERE peer = @peer').run({ peer });
  db.prepare('DELETE FROM package_held WHERE peer = @peer AND epoch < @epoch').run({ peer, epoch });
}

export const epochEntries: readonly EntryKind[] = [epochProposed, epochOpened, epochAnswered];
