/**
 * Operations of the exchange 交换包 and of the agencies' keys 密钥. Files come as tokens that the composition root resolves; package
 * bytes never cross the contract. Amounts leave as yuan text.
 */
import { z } from 'zod';
import { command, query } from '../kernel/operation.ts';
import { businessDuties, duties } from '../kernel/office.ts';
import { agencySchema, periodSchema, requiredText, windowSchema, yuanTotal } from '../kernel/schema.ts';
import { channelStopSchema, epochContract } from './epoch-contract.ts';
import { packageKindNames } from './kinds.ts';

const fileToken = z.string().min(1).max(4096);
const kindSchema = z.enum(packageKindNames as [(typeof packageKindNames)[number], ...(typeof packageKindNames)[number][]]);
const packageIdSchema = z.string().regex(/^[0-9a-f]{32}$/, '不是包编号');
const seq = z.int().min(0);

/** The card of one office as people compare it. */
const cardSummarySchema = z.strictObject({
  agency: agencySchema,
  name: z.string(),
  version: z.int(),
  fingerprint: z.string(),
  practice: z.boolean(),
  signingKeyId: z.string(),
  signingExpiresOn: z.string(),
  encryptionKeyId: z.string(),
  revokedKeyIds: z.array(z.string()),
  trustedAt: z.string(),
});
export type CardSummary = z.output<typeof cardSummarySchema>;

const sentSchema = z.strictObject({
  /** False when the same document went to this peer before: the stored package is named, nothing new is made. */
  changed: z.boolean(),
  packageId: packageIdSchema,
  kind: kindSchema,
  to: agencySchema,
  epoch: z.int(),
  seq,
  fileName: z.string(),
  bytes: z.int(),
  rows: z.int(),
  sum: yuanTotal,
  manifestHash: z.string(),
});

const packageRowSchema = z.strictObject({
  direction: z.enum(['in', 'out']),
  peer: agencySchema,
  epoch: z.int(),
  seq,
  packageId: packageIdSchema,
  kind: z.string(),
  period: z.string().nullable(),
  docId: z.string(),
  rows: z.int(),
  sum: yuanTotal,
  at: z.string(),
  /**
   * in: ACCEPTED, REJECTED; out: SIGNED, WRITTEN, HELD by the peer, ACKED by its receipt, REJECTED, DISPUTED where its receipt says otherwise than what was
   * sent, or VOID 作废: of an ended epoch, and the peer never had it.
   */
  state: z.enum(['ACCEPTED', 'REJECTED', 'SIGNED', 'WRITTEN', 'HELD', 'ACKED', 'DISPUTED', 'VOID']),
  /** Why it was rejected, or what the receipt disputes. */
  code: z.string().nullable(),
  manifestHash: z.string(),
});
export type PackageListRow = z.output<typeof packageRowSchema>;

const rowFaultSchema = z.strictObject({
  section: z.string(),
  line: z.int(),
  field: z.string(),
  code: z.string(),
  message: z.string(),
  seen: z.string(),
});

const importedSchema = z.strictObject({
  outcome: z.enum(['accepted', 'rejected', 'frozen']),
  packageId: packageIdSchema,
  kind: z.string().nullable(),
  from: agencySchema,
  epoch: z.int(),
  seq,
  rows: z.int(),
  sum: yuanTotal,
  /** What the document changed, in Chinese, e.g. `收到退库批次 PC-2022-0001，12 笔`. */
  summary: z.string(),
  /** Why it was rejected or the channel frozen; null when accepted. */
  refusal: z.strictObject({ code: z.string(), message: z.string(), faults: z.array(rowFaultSchema), faultsTotal: z.int() }).nullable(),
  /** Numbers beyond this one that are held and can be imported now. */
  heldNext: z.int().nullable(),
  receiptDue: z.boolean(),
});
export type ImportResult = z.output<typeof importedSchema>;

/** Signing keys that expire within 60 days, or have expired: the office's own, and peers'. */
const expiringKeySchema = z.strictObject({ agency: agencySchema, own: z.boolean(), expiresOn: z.string(), daysLeft: z.int(), message: z.string() });

const signers = [...businessDuties] as const;

const exportInput = z.strictObject({
  kind: kindSchema,
  to: agencySchema,
  period: periodSchema.optional(),
  /** Batch number, for REFUND_BATCH. */
  batchNo: z.string().max(20).optional(),
  /** Number of the received package that a RECEIPT answers; absent = the oldest still unanswered. */
  ofSeq: z.int().min(1).optional(),
  /** Its epoch; absent = where an answer is due. */
  ofEpoch: z.int().min(1).optional(),
  /** A document without business rows is meant. */
  allowEmpty: z.boolean().optional(),
});

export const exchangeContract = {
  ...epochContract,
  'keys.create': command(z.strictObject({}), cardSummarySchema, {
    title: '生成本单位密钥',
    // The first act of a new office, before anyone can sign in; refused as soon as a card stands.
    may: 'anyone',
    errors: ['KEYS_EXIST'],
  }),
  'keys.show': query(z.strictObject({}), z.strictObject({
    own: cardSummarySchema.nullable(),
    peers: z.array(cardSummarySchema),
    /** Cards of peers that were installed anew, compared by one person; a second one compares them too. */
    proposed: z.array(z.strictObject({ agency: agencySchema, proposedBy: z.string() })),
  }), {
    title: '密钥与指纹',
    may: 'anyone',
  }),
  'keys.writeCard': query(z.strictObject({ folder: fileToken }), z.strictObject({ fileName: z.string(), fingerprint: z.string() }), {
    title: '导出本单位密钥卡',
    may: duties,
    errors: ['STICK_UNAVAILABLE', 'STICK_FULL', 'STICK_NAME_TAKEN', 'KEYS_MISSING'],
  }),
  'keys.trust': command(
    z.strictObject({ card: fileToken, fingerprint: z.string().max(80) }),
    z.strictObject({
      changed: z.boolean(),
      card: cardSummarySchema,
      /** Packages accepted under a key that this card revokes for them: to be looked at again. */
      review: z.array(z.strictObject({ seq, kind: z.string(), receivedAt: z.string() })),
    }),
    {
      title: '登记其他单位密钥（密钥核对）',
      may: ['security'],
      whileStill: true,
      errors: [
        'KEY_CARD_DAMAGED', 'KEY_CARD_SIGNATURE', 'FINGERPRINT_WRONG', 'FINGERPRINT_FORMAT', 'KEY_CARD_OLD', 'ROOT_NOT_COUNTERSIGNED', 'KEY_IN_USE',
        'KEY_WEAK', 'KEY_CARD_OWN', 'KEY_CARD_COUNTY', 'PRACTICE_CARD', 'STICK_UNAVAILABLE', 'READS_DIFFER', 'PACKAGE_TOO_LARGE', 'NOT_A_PACKAGE',
      ],
    },
  ),
  'keys.proposeRoot': command(z.strictObject({ card: fileToken, fingerprint: z.string().max(80) }), z.strictObject({ agency: agencySchema, fingerprint: z.string() }), {
    title: '核对重装单位的密钥卡', may: ['security'], whileStill: true,
    errors: [
      'KEY_CARD_DAMAGED', 'KEY_CARD_SIGNATURE', 'FINGERPRINT_WRONG', 'FINGERPRINT_FORMAT', 'ROOT_NOT_REPLACED', 'KEY_IN_USE', 'KEY_WEAK', 'KEY_CARD_OWN', 'KEY_CARD_COUNTY',
      'PRACTICE_CARD', 'STICK_UNAVAILABLE', 'READS_DIFFER', 'PACKAGE_TOO_LARGE', 'NOT_A_PACKAGE',
    ],
  }),
  'keys.confirmRoot': command(z.strictObject({ agency: agencySchema, fingerprint: z.string().max(80) }), cardSummarySchema, {
    title: '复核重装单位的密钥卡', may: ['approver'], whileStill: true, errors: ['ROOT_NOT_PROPOSED', 'ROOT_SAME_PERSON', 'FINGERPRINT_WRONG', 'FINGERPRINT_FORMAT'],
  }),
  'keys.rotate': command(z.strictObject({ root: z.boolean().default(false) }), cardSummarySchema, {
    title: '更换本单位密钥',
    may: ['security'],
    whileStill: true,
    errors: ['KEYS_MISSING', 'KEY_CARD_FIRST', 'KEY_LOCKED', 'STALE_STATE'],
  }),
  'keys.revoke': command(
    z.strictObject({
      keyId: z.string().regex(/^[0-9a-f]{16}$/, '不是密钥编号'),
      reason: requiredText(200),
      /** Last good number by recipient; absent = every package sent so far stays good. */
      lastGoodSeq: z.strictObject({ tax: seq.optional(), finance: seq.optional(), treasury: seq.optional() }).optional(),
    }),
    cardSummarySchema,
    { title: '撤销本单位密钥', may: ['security'], whileStill: true, errors: ['KEYS_MISSING', 'KEY_NOT_FOUND', 'KEY_LOCKED', 'STALE_STATE'] },
  ),
  'exchange.exportPackage': command(
    exportInput,
    sentSchema,
    {
      title: '导出交换包',
      may: signers,
      errors: [
        'PACKAGE_EMPTY', 'KIND_NOT_AVAILABLE', 'KIND_NOT_SENT_HERE', 'PEER_NOT_TRUSTED', 'NOTHING_TO_EXPORT', 'KEY_CARD_FIRST', 'SIGNING_KEY_EXPIRED', 'CHANNEL_FROZEN',
        'KEY_LOCKED', 'KEYS_MISSING', 'STALE_STATE', 'NUMBER_SIGNED_BEFORE', 'DOCUMENT_TOO_LARGE',
      ],
    },
  ),
  'exchange.previewPackage': query(
    exportInput,
    z.strictObject({
      /** The very document was sent before: its bytes would be written again. */
      again: z.boolean(),
      period: periodSchema.nullable(), rows: z.number().int(), sum: yuanTotal,
      /** It says nothing of its business; making it asks. */
      empty: z.boolean(),
    }),
    { title: '交换包制作前的笔数与金额', may: signers, errors: ['KIND_NOT_AVAILABLE', 'KIND_NOT_SENT_HERE', 'PEER_NOT_TRUSTED', 'NOTHING_TO_EXPORT', 'CHANNEL_FROZEN', 'KEYS_MISSING'] },
  ),
  'exchange.writePackage': command(
    z.strictObject({ packageId: packageIdSchema, folder: fileToken }),
    z.strictObject({ fileName: z.string(), bytes: z.int(), written: z.int(), message: z.string() }),
    { title: '写入U盘', may: signers, whileStill: true, errors: ['PACKAGE_NOT_FOUND', 'STICK_UNAVAILABLE', 'STICK_FULL', 'STICK_NAME_TAKEN', 'NUMBER_SIGNED_BEFORE'] },
  ),
  'exchange.importPackage': command(z.strictObject({ file: fileToken }), importedSchema, {
    title: '导入交换包',
    may: signers,
    whileStill: true,
    errors: [
      'NOT_A_PACKAGE', 'HEADER_DAMAGED', 'NEWER_PACKAGE_FORMAT', 'PACKAGE_TOO_LARGE', 'SIGNATURE_INVALID', 'UNKNOWN_KEY', 'KEY_RETIRED',
      'WRONG_RECIPIENT', 'OWN_PACKAGE', 'SENDER_NOT_ALLOWED', 'WRONG_COUNTY', 'PROFILE_MISMATCH', 'PRACTICE_MIXED', 'CIPHERTEXT_DAMAGED',
      'READS_DIFFER', 'CANNOT_DECRYPT', 'MANIFEST_DIFFERS', 'KIND_NOT_AVAILABLE', 'DUPLICATE_PACKAGE', 'PACKAGE_GAP', 'NEW_EPOCH', 'CHANNEL_FROZEN',
      'HELD_FULL', 'STICK_UNAVAILABLE', 'STALE_STATE', 'KEY_LOCKED', 'PACKAGE_READING_STOPPED', 'EPOCH_ENDED', 'EPOCH_LOWER', 'EPOCH_DIFFERS', 'EPOCH_FIRST',
    ],
  }),
  'exchange.importHeld': command(z.strictObject({ from: agencySchema, seq: z.int().min(1) }), importedSchema, {
    title: '接续导入暂存包',
    may: signers,
    errors: ['PACKAGE_NOT_FOUND', 'PACKAGE_GAP', 'STALE_STATE', 'CHANNEL_FROZEN', 'KEY_LOCKED', 'PACKAGE_READING_STOPPED'],
  }),
  'exchange.inspectPackage': query(
    z.strictObject({ file: fileToken }),
    z.strictObject({
      /** Null when even the header cannot be read. */
      header: z
        .strictObject({ from: agencySchema, to: agencySchema, county: z.string(), epoch: z.int(), seq, packageId: z.string(), createdAt: z.string(), practice: z.boolean() })
        .nullable(),
      kind: z.string().nullable(),
      period: z.string().nullable(),
      docId: z.string().nullable(),
      rows: z.int().nullable(),
      sum: yuanTotal.nullable(),
      sections: z.array(z.strictObject({ name: z.string(), rows: z.int(), bytes: z.int() })),
      /** Step that decided, and what an import would answer; code null = would be accepted. */
      stage: z.string(),
      code: z.string().nullable(),
      message: z.string(),
      faults: z.array(rowFaultSchema),
    }),
    { title: '查看交换包', may: [...signers, 'security'], errors: ['STICK_UNAVAILABLE', 'READS_DIFFER', 'PACKAGE_TOO_LARGE', 'NOT_A_PACKAGE', 'KEY_LOCKED', 'PACKAGE_READING_STOPPED'] },
  ),
  'exchange.listPackages': query(
    z.strictObject({
      direction: z.enum(['in', 'out']).optional(),
      peer: agencySchema.optional(),
      kind: kindSchema.optional(),
      period: periodSchema.optional(),
      ...windowSchema,
    }),
    z.strictObject({ rows: z.array(packageRowSchema), total: z.int() }),
    { title: '收发清单', may: duties },
  ),
  'exchange.gaps': query(
    z.strictObject({}),
    z.strictObject({
      channels: z.array(
        z.strictObject({
          peer: agencySchema,
          epoch: z.int(),
          lastReceived: seq,
          missing: z.array(z.int()),
          held: z.array(z.int()),
          lastSent: seq,
          acknowledged: seq,
          frozen: z.strictObject({ at: z.string(), code: z.string(), message: z.string() }).nullable(),
          stop: channelStopSchema.nullable(),
          peerHead: z.strictObject({ seq, hash: z.string() }),
        }),
      ),
      keys: z.array(expiringKeySchema),
      /** W208: what should have come, or should have been acknowledged, by now. */
      overdue: z.array(z.strictObject({ peer: agencySchema, kind: z.string(), period: z.string().nullable(), message: z.string() })),
    }),
    { title: '缺号与逾期', may: duties },
  ),
  'exchange.stops': query(
    z.strictObject({}),
    z.strictObject({ stops: z.array(channelStopSchema.extend({ peer: agencySchema })), keys: z.array(expiringKeySchema) }),
    // Beside the fingerprints: what stops the office is told before anyone signs in. It names offices, numbers and digests only.
    { title: '停用的通道与到期的密钥', may: 'anyone' },
  ),
  'exchange.quarantine': query(
    z.strictObject({}),
    z.strictObject({
      /** Newest first, at most 200. What the sentences would name (office, number) was not recorded and reads “…”. */
      files: z.array(z.strictObject({ at: z.string(), fileHash: z.string(), stage: z.string(), code: z.string(), says: z.string(), next: z.string() })),
    }),
    { title: '隔离的文件', may: duties },
  ),
  'exchange.receipts': query(
    z.strictObject({}),
    z.strictObject({
      due: z.array(z.strictObject({ peer: agencySchema, epoch: z.int(), seq, kind: z.string(), verdict: z.string(), code: z.string().nullable(), receivedAt: z.string() })),
      got: z.array(z.strictObject({
        peer: agencySchema, epoch: z.int(), seq, kind: z.string(), verdict: z.string(), code: z.string().nullable(), at: z.string(),
        /** What the receipt says otherwise than what was sent; its verdict is then DISPUTED. */
        dispute: z.string().nullable(),
      })),
    }),
    { title: '回执', may: duties },
  ),
};
