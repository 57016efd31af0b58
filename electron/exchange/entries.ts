/**
 * Journal entries of the exchange 交换留痕 and their folds, the only writers of its state tables. Package bytes are immutable blobs named
 * in the facts. Refused files leave an audit entry; a package whose number is used up leaves a business entry, accepted or not.
 * @source shared spec exchange.md 2.4, 2.5; decisions 1, 3, 4, 18
 */
import { z } from 'zod';
import { receiptDisputeCodes } from '../../shared/exchange/disputes.ts';
import { freezeCodes } from '../../shared/exchange/freezes.ts';
import { keyCardFileSchema } from '../../shared/exchange/key-card.ts';
import { fenTotal, hashSchema } from '../../shared/exchange/values.ts';
import { agencySchema, instantSchema } from '../../shared/kernel/schema.ts';
import { blobRefSchema, defineEntry, type EntryKind, type JsonValue } from '../journal/index.ts';
import { epochEntries } from './epoch-entries.ts';
import { cardHash } from './key-card.ts';
import { headSigned } from './signed-head.ts';
import { countersignatureSchema, headSchema, packageIdSchema, zeroHash } from './package-schema.ts';

const number = z.int().min(0).max(1_000_000_000);
const errorKey = z.string().regex(/^[A-Z][A-Z0-9_]{1,60}$/);
const stage = z.string().regex(/^S[0-9]{1,2}$/);
const place = { epoch: number, seq: number };

/** A section by its name: a package kind more is no other form of the entry. */
const sectionName = z.string().regex(/^[a-z][A-Za-z]{0,39}$/);
/** Version 2 may say more than 1 could: keys that count in a later epoch, sections and reasons that came since. What 1 says it says still. */
const sameFacts = { 1: (facts: JsonValue): JsonValue => facts };

/** The office's own card: made, rotated, or with a revocation. */
export const cardIssued = defineEntry({
  kind: 'keys.issueCard', formerly: ['keys.card-issued'],
  stream: 'business',
  version: 2,
  upcast: sameFacts,
  title: '制作本单位密钥卡',
  facts: z.strictObject({ file: keyCardFileSchema }),
  fold({ db }, { facts: { file }, at, maker }) {
    db.prepare(insertCard).run({ ...cardColumns(file), own: 1n, ceremony: 0n, at, maker });
  },
});

/** A peer's card, enrolled in person or received in a package of the peer itself. */
export const cardTrusted = defineEntry({
  kind: 'keys.trustCard', formerly: ['keys.card-trusted'],
  stream: 'business',
  version: 2,
  upcast: sameFacts,
  title: '登记其他单位密钥',
  /** `rootReplaced`: under another root, which two people here have compared; the channel rests until it is opened anew. */
  facts: z.strictObject({ file: keyCardFileSchema, ceremony: z.boolean(), rootReplaced: z.literal(true).optional() }),
  fold({ db }, { facts: { file, ceremony, rootReplaced }, at, maker }) {
    db.prepare(insertCard).run({ ...cardColumns(file), own: 0n, ceremony: ceremony ? 1n : 0n, at, maker });
    const peer = file.card.agency;
    db.prepare(
      'INSERT INTO channel_in (peer, epoch, last_seq, last_manifest_hash, head_seq, head_hash) VALUES (@peer, 1, 0, @zero, 0, @zero) ON CONFLICT (peer) DO NOTHING',
    ).run({ peer, zero: zeroHash });
    db.prepare(
      'INSERT INTO channel_out (peer, epoch, last_seq, last_manifest_hash, acked_seq, seen_seq, seen_hash) VALUES (@peer, 1, 0, @zero, 0, 0, @zero) ON CONFLICT (peer) DO NOTHING',
    ).run({ peer, zero: zeroHash });
    if (rootReplaced === undefined) return;
    db.prepare("UPDATE channel_in SET frozen_at = @at, frozen_code = 'ROOT_REPLACED' WHERE peer = @peer").run({ peer, at });
    db.prepare('DELETE FROM card_proposal WHERE agency = @peer').run({ peer });
  },
});

/** The first of two people has compared a card under another root with the paper. */
export const cardProposed = defineEntry({
  kind: 'keys.proposeRoot',
  stream: 'business',
  version: 1,
  title: '核对重装单位的密钥卡',
  facts: z.strictObject({ file: keyCardFileSchema }),
  fold({ db }, { facts: { file }, at, maker }) {
    db.prepare(
      `INSERT INTO card_proposal (agency, file, proposed_by, proposed_at) VALUES (@agency, @file, @maker, @at)
       ON CONFLICT (agency) DO UPDATE SET file = @file, proposed_by = @maker, proposed_at = @at`,
    ).run({ agency: file.card.agency, file: JSON.stringify(file), maker, at });
  },
});

/** A package signed and stored; from here on only these bytes are ever written to a stick. */
export const packageSent = defineEntry({
  kind: 'exchange.send', formerly: ['exchange.sent'],
  stream: 'business',
  version: 1,
  title: '签发交换包',
  facts: z.strictObject({
    to: agencySchema,
    ...place,
    packageId: packageIdSchema,
    manifestHash: hashSchema,
    kind: z.string(),
    docId: z.string(),
    docHash: hashSchema,
    rows: number,
    sumFen: fenTotal,
    fileName: z.string(),
    bytes: blobRefSchema,
    /** The received number that this receipt answers; null for every other kind. */
    receiptOf: z.strictObject(place).nullable(),
  }),
  fold({ db }, { facts, period, at }) {
    const { to: peer, epoch, seq, manifestHash } = facts;
    db.prepare(
      `INSERT INTO package_out (peer, epoch, seq, package_id, manifest_hash, kind, period, doc_id, doc_hash, row_count, sum_fen, file_name, sent_at, bytes, written)
       VALUES (@peer, @epoch, @seq, @packageId, @manifestHash, @kind, @period, @docId, @docHash, @rows, @sumFen, @fileName, @at, @bytes, 0)`,
    ).run({
      peer, epoch, seq, manifestHash, period, at,
      packageId: facts.packageId, kind: facts.kind, docId: facts.docId, docHash: facts.docHash, rows: facts.rows, sumFen: facts.sumFen,
      fileName: facts.fileName, bytes: JSON.stringify(facts.bytes),
    });
    db.prepare('UPDATE channel_out SET epoch = @epoch, last_seq = @seq, last_manifest_hash = @manifestHash, acked_seq = iif(epoch = @epoch, acked_seq, 0) WHERE peer = @peer').run({ peer, epoch, seq, manifestHash });
    if (facts.receiptOf === null) return;
    db.prepare('UPDATE receipt_due SET sent_seq = @seq WHERE peer = @peer AND epoch = @ofEpoch AND seq = @ofSeq').run({
      peer, seq, ofEpoch: facts.receiptOf.epoch, ofSeq: facts.receiptOf.seq,
    });
  },
});

/** Audit: the stored bytes stand verified on a stick under their final name. */
export const packageWritten = defineEntry({
  kind: 'exchange.write', formerly: ['exchange.written'],
  stream: 'audit',
  version: 1,
  title: '写入U盘',
  facts: z.strictObject({ to: agencySchema, ...place, times: number }),
  fold({ db }, { facts: { to: peer, epoch, seq, times } }) {
    db.prepare('UPDATE package_out SET written = @times WHERE peer = @peer AND epoch = @epoch AND seq = @seq').run({ peer, epoch, seq, times });
  },
});

/** A number of a peer's channel is used up: the package was accepted, or rejected whole. */
export const packageReceived = defineEntry({
  kind: 'exchange.receive', formerly: ['exchange.received'],
  stream: 'business',
  version: 3,
  upcast: { ...sameFacts, 2: (facts) => facts },
  title: '接收交换包',
  facts: z.strictObject({
    from: agencySchema,
    ...place,
    packageId: packageIdSchema,
    manifestHash: hashSchema,
    kind: z.string(),
    docId: z.string(),
    docHash: hashSchema,
    verdict: z.enum(['ACCEPTED', 'REJECTED']),
    stage: stage.nullable(),
    code: errorKey.nullable(),
    faults: number,
    faultLines: blobRefSchema.nullable(),
    rows: number,
    sumFen: fenTotal,
    /** The sender's clock: a claim. */
    claimedAt: instantSchema,
    bytes: blobRefSchema,
    /** The rows of an accepted document, section by section: what a later program reads instead of decrypting again. */
    sections: z.array(z.strictObject({ name: sectionName, lines: blobRefSchema })),
    receipted: z.boolean(),
    ack: z.strictObject({ seq: number, head: headSchema }),
    /** The peer's head, recomputed from its leaves; null when they could not be read. */
    head: headSchema.nullable(),
    countersignature: countersignatureSchema.nullable(),
  }),
  fold({ db }, { facts, period, at }) {
    const { from: peer, epoch, seq, manifestHash, ack, head, countersignature } = facts;
    db.prepare(
      `INSERT INTO package_in (peer, epoch, seq, package_id, manifest_hash, kind, period, doc_id, doc_hash, verdict, stage, code, faults, row_count, sum_fen, claimed_at, received_at, bytes, sections)
       VALUES (@peer, @epoch, @seq, @packageId, @manifestHash, @kind, @period, @docId, @docHash, @verdict, @stage, @code, @faults, @rows, @sumFen, @claimedAt, @at, @bytes, @sections)`,
    ).run({
      peer, epoch, seq, manifestHash, period, at,
      packageId: facts.packageId, kind: facts.kind, docId: facts.docId, docHash: facts.docHash, verdict: facts.verdict, stage: facts.stage, code: facts.code,
      faults: facts.faults, rows: facts.rows, sumFen: facts.sumFen, claimedAt: facts.claimedAt, bytes: JSON.stringify(facts.bytes), sections: JSON.stringify(facts.sections),
    });
    db.prepare('UPDATE channel_in SET epoch = @epoch, last_seq = @seq, last_manifest_hash = @manifestHash WHERE peer = @peer').run({ peer, epoch, seq, manifestHash });
    if (head !== null) db.prepare('UPDATE channel_in SET head_seq = @seq, head_hash = @hash WHERE peer = @peer').run({ peer, seq: head.seq, hash: head.hash });
    db.prepare('UPDATE channel_out SET acked_seq = @acked, seen_seq = @seenSeq, seen_hash = @seenHash WHERE peer = @peer').run({
      peer, acked: ack.seq, seenSeq: ack.head.seq, seenHash: ack.head.hash,
    });
    db.prepare('DELETE FROM package_held WHERE peer = @peer AND epoch = @epoch AND seq = @seq').run({ peer, epoch, seq });
    if (countersignature !== null && ack.head.seq > 0) {
      db.prepare(
        'INSERT INTO countersignature (peer, head_seq, head_hash, key_id, signature, received_at) VALUES (@peer, @seq, @hash, @keyId, @signature, @at) ON CONFLICT (peer, head_seq) DO NOTHING',
      ).run({ peer, seq: ack.head.seq, hash: ack.head.hash, keyId: countersignature.key_id, signature: countersignature.signature, at });
    }
    if (facts.receipted) {
      db.prepare('INSERT INTO receipt_due (peer, epoch, seq, faults, sent_seq) VALUES (@peer, @epoch, @seq, @faults, NULL)').run({
        peer, epoch, seq, faults: facts.faultLines === null ? null : JSON.stringify(facts.faultLines),
      });
    }
  },
});

/** A peer's receipt for one of the office's own packages. */
export const packageReceipted = defineEntry({
  kind: 'exchange.acknowledge', formerly: ['exchange.receipted'],
  stream: 'business',
  version: 2,
  title: '收到回执',
  facts: z.strictObject({
    from: agencySchema, ...place, verdict: z.enum(['ACCEPTED', 'REJECTED', 'HELD']), stage: stage.nullable(), code: errorKey.nullable(), faults: number, faultLines: blobRefSchema,
    /** What it says otherwise than this office knows; then its verdict counts for nothing. */
    dispute: z.enum(receiptDisputeCodes).nullable(),
  }),
  // Before version 2 nothing was compared.
  upcast: { 1: (facts) => ({ ...(facts as Readonly<Record<string, JsonValue>>), dispute: null }) }, // facts are an object
  fold({ db }, { facts: { from: peer, epoch, seq, verdict, code, dispute }, at }) {
    const said = dispute === null ? 'receipt_verdict = @verdict, receipt_code = @code, receipt_dispute = NULL' : 'receipt_dispute = @dispute';
    const params = dispute === null ? { verdict, code } : { dispute };
    db.prepare(`UPDATE package_out SET ${said}, receipt_at = @at WHERE peer = @peer AND epoch = @epoch AND seq = @seq`).run({ peer, epoch, seq, at, ...params });
  },
});

/** A channel frozen for a contradiction that people must clear up; the file that shows it is kept. */
export const channelFrozen = defineEntry({
  kind: 'exchange.freeze', formerly: ['exchange.frozen'],
  stream: 'business',
  version: 2,
  upcast: sameFacts,
  title: '冻结通道',
  facts: z.strictObject({ peer: agencySchema, ...place, code: z.enum(freezeCodes), evidence: blobRefSchema }),
  fold({ db }, { facts: { peer, code }, at }) {
    db.prepare('UPDATE channel_in SET frozen_at = @at, frozen_code = @code WHERE peer = @peer').run({ peer, code, at });
  },
});

/** Audit: a verified package waits for the numbers before it. */
export const packageHeld = defineEntry({
  kind: 'exchange.hold', formerly: ['exchange.held'],
  stream: 'audit',
  version: 1,
  title: '暂存交换包',
  facts: z.strictObject({ from: agencySchema, ...place, manifestHash: hashSchema, bytes: blobRefSchema }),
  fold({ db }, { facts: { from: peer, epoch, seq, manifestHash, bytes }, at }) {
    db.prepare('INSERT INTO package_held (peer, epoch, seq, manifest_hash, held_at, bytes) VALUES (@peer, @epoch, @seq, @manifestHash, @at, @bytes)').run({
      peer, epoch, seq, manifestHash, at, bytes: JSON.stringify(bytes),
    });
  },
});

/** Audit: a file refused at S3–S10 and kept in quarantine under its hash; nothing else changed. */
export const packageRefused = defineEntry({
  kind: 'exchange.quarantine', formerly: ['exchange.refused'],
  stream: 'audit',
  version: 1,
  title: '隔离交换包',
  facts: z.strictObject({
    fileHash: hashSchema,
    stage,
    code: errorKey,
    /** The held number that the file had; it waits no longer. */
    held: z.strictObject({ peer: agencySchema, ...place }).nullable(),
  }),
  fold({ db }, { facts: { held } }) {
    if (held !== null) db.prepare('DELETE FROM package_held WHERE peer = @peer AND epoch = @epoch AND seq = @seq').run(held);
  },
});

/** Business key of the entry that used up a number. */
export function receivedKey(from: string, epoch: number, seq: number): string {
  return `exchange.received/${from}/${String(epoch)}/${String(seq)}`;
}

/** Business key of the entry that signed a number. */
export function sentKey(to: string, epoch: number, seq: number): string {
  return `exchange.sent/${to}/${String(epoch)}/${String(seq)}`;
}

export const exchangeEntries: readonly EntryKind[] = [
  cardIssued, cardTrusted, cardProposed, packageSent, packageWritten, packageReceived, packageReceipted, channelFrozen, packageHeld, packageRefused, headSigned, ...epochEntries,
];

const insertCard = `INSERT INTO key_card (place, agency, version, card_hash, own, ceremony, file, trusted_at, trusted_by)
  VALUES ((SELECT count(*) + 1 FROM key_card), @agency, @version, @hash, @own, @ceremony, @file, @at, @maker)`;

function cardColumns(file: z.output<typeof keyCardFileSchema>): { agency: string; version: number; hash: string; file: string } {
  return { agency: file.card.agency, version: file.card.version, hash: cardHash(file.card), file: JSON.stringify(file) };
}
