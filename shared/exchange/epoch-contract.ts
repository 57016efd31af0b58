/** Operations of opening a channel anew 开期: two persons here, two persons there. They are served also while an older ledger stands still. */
import { z } from 'zod';
import { command, query } from '../kernel/operation.ts';
import { businessDuties, duties } from '../kernel/office.ts';
import { agencySchema, textSchema } from '../kernel/schema.ts';
import { epochReasonNames } from './epoch.ts';

const seq = z.int().min(0);
const numberSchema = z.strictObject({ epoch: z.int(), seq, manifestHash: z.string(), kind: z.string(), docId: z.string() });
const fileSchema = z.strictObject({
  /** Where it comes from, in Chinese: `本单位已登记的第 3 号包`. */
  title: z.string(),
  seq,
  manifestHash: z.string().nullable(),
  /** Name under which `exchange.writeEvidence` writes it. */
  fileName: z.string(),
});

/** What stops a channel, with the files that show it and whom to call. */
export const channelStopSchema = z.strictObject({
  code: z.string(),
  says: z.string(),
  /** Which office to call and what to do there. */
  call: z.string(),
  files: z.array(fileSchema),
});

const openingSchema = z.strictObject({
  peer: agencySchema,
  state: z.enum(['none', 'proposed', 'sent', 'received', 'open']),
  /** The epoch that is being opened, or the one in force. */
  epoch: z.int(),
  stop: channelStopSchema.nullable(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  proposedBy: z.string().nullable(),
  confirmedBy: z.string().nullable(),
  /** Package of this office's EPOCH_OPEN, to be written to a stick. */
  packageId: z.string().nullable(),
  peerOpenedBy: z.string().nullable(),
  /** The peer's reason, in Chinese. */
  peerReason: z.string().nullable(),
  /** Whether the peer's ledger continues what it has shown before; null before its file came. */
  continues: z.boolean().nullable(),
  /** Last numbers of the ending epoch as this office has them. */
  sent: z.strictObject({ epoch: z.int(), seq }),
  received: z.strictObject({ epoch: z.int(), seq }),
  /** Packages of this office that the peer has not: void, to be sent again. Known once its file came. */
  void: z.array(numberSchema.extend({ packageId: z.string() })),
  /** Packages of this office that the peer has and this ledger lacks: lost here. */
  lost: z.array(numberSchema),
});
export type OpeningView = z.output<typeof openingSchema>;
const stateOfOpening = openingSchema.pick({ peer: true, state: true, epoch: true });

export const epochContract = {
  'exchange.openings': query(z.strictObject({}), z.strictObject({ standstill: z.string().nullable(), channels: z.array(openingSchema) }), {
    title: '开期与停用的通道', may: duties,
  }),
  'exchange.proposeEpoch': command(z.strictObject({ peer: agencySchema, reason: z.enum(epochReasonNames), note: textSchema(200).default('') }), stateOfOpening, {
    title: '拟开新一期', may: businessDuties, errors: ['PEER_NOT_TRUSTED', 'EPOCH_WAITS_FOR_PEER'], whileStill: true,
  }),
  'exchange.confirmEpoch': command(z.strictObject({ peer: agencySchema }), z.strictObject({ packageId: z.string(), fileName: z.string(), epoch: z.int(), state: z.string() }), {
    title: '确认开期并签发开期文件', may: ['approver'], whileStill: true,
    errors: ['PEER_NOT_TRUSTED', 'EPOCH_NOT_PROPOSED', 'EPOCH_SAME_PERSON', 'SIGNING_KEY_EXPIRED', 'KEYS_MISSING', 'KEY_LOCKED', 'STALE_STATE'],
  }),
  'exchange.resendVoid': command(z.strictObject({ packageId: z.string().regex(/^[0-9a-f]{32}$/, '不是包编号') }), z.strictObject({ packageId: z.string(), fileName: z.string(), epoch: z.int(), seq }), {
    title: '重发作废的交换包', may: businessDuties,
    errors: ['PACKAGE_NOT_FOUND', 'PACKAGE_NOT_VOID', 'CHANNEL_FROZEN', 'EPOCH_OPENING', 'SIGNING_KEY_EXPIRED', 'KEY_CARD_FIRST', 'KEY_LOCKED', 'KEYS_MISSING', 'STALE_STATE'],
  }),
  'exchange.writeEvidence': query(
    z.strictObject({ peer: agencySchema, folder: z.string().min(1).max(4096) }),
    z.strictObject({ files: z.array(fileSchema) }),
    { title: '写出两份文件', may: duties, errors: ['NOTHING_TO_EXPORT', 'STICK_UNAVAILABLE', 'STICK_FULL', 'STICK_NAME_TAKEN'] },
  ),
};
