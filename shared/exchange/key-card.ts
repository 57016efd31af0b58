/**
 * The key card 密钥卡: an agency's public keys, signed by its root key, handed over in person and typed in by fingerprint. Data and
 * schemas only; the checks of signatures, points and versions are electron/exchange/key-card.ts.
 * @source shared spec exchange.md 2.3; decisions 10, 19
 */
import { z } from 'zod';
import { agencySchema, civilDateSchema, requiredText, textSchema } from '../kernel/schema.ts';

const hex = (characters: number): z.ZodString => z.string().regex(new RegExp(`^[0-9a-f]{${String(characters)}}$`), '不是十六进制摘要');

/** Key id 密钥编号: first 16 hex digits of SHA-256 over the 32 raw bytes of the public key. A hint, never an authority. */
export const keyIdSchema = hex(16);

/** Sequence numbers by recipient: channels are numbered one by one, so "valid from" is one number a peer. */
const seqByPeer = z.strictObject({
  tax: z.int().min(0).max(1_000_000_000).optional(),
  finance: z.int().min(0).max(1_000_000_000).optional(),
  treasury: z.int().min(0).max(1_000_000_000).optional(),
});

const epochByPeer = z.strictObject({ tax: z.int().min(1).max(1_000_000).optional(), finance: z.int().min(1).max(1_000_000).optional(), treasury: z.int().min(1).max(1_000_000).optional() });

export const signingKeySchema = z.strictObject({
  keyId: keyIdSchema,
  /** Ed25519 public key, 32 bytes. */
  publicKey: hex(64),
  /** First package number it signs, by recipient. The key before it ends there. */
  validFromSeq: seqByPeer,
  /** Epoch 期 in which that number is counted, by recipient; absent = the first. */
  validFromEpoch: epochByPeer.optional(),
  /** Last day on which a package may be dated (at most 12 months after issue). */
  expiresOn: civilDateSchema,
});

export const encryptionKeySchema = z.strictObject({
  keyId: keyIdSchema,
  /** X25519 public key as an age recipient, `age1…`. */
  recipient: z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/, '不是 age X25519 公钥'),
});

export const revocationSchema = z.strictObject({
  keyId: keyIdSchema,
  /** Last package number that stays good, by recipient; 0 = none. */
  lastGoodSeq: seqByPeer,
  lastGoodEpoch: epochByPeer.optional(),
  reason: requiredText(200),
});

export const keyCardSchema = z.strictObject({
  v: z.literal(1),
  agency: agencySchema,
  county: z.string().regex(/^[0-9]{6}$/),
  /** Name of the office as its people write it. */
  name: textSchema(60),
  practice: z.boolean(),
  profile: z.literal('std-1'),
  version: z.int().min(1).max(100_000),
  /** SHA-256 of the card before it; zeros on version 1. */
  prevCardHash: hex(64),
  /** Ed25519 root public key. */
  rootKey: hex(64),
  /** Oldest first; the last whose validFromSeq is reached signs. */
  signing: z.array(signingKeySchema).min(1).max(16),
  /** Oldest first; peers encrypt to the last. */
  encryption: z.array(encryptionKeySchema).min(1).max(16),
  revoked: z.array(revocationSchema).max(16),
  issuedOn: civilDateSchema,
});

/** What a card file holds: the card, its root signature, and the old root's signature when the root changed. */
export const keyCardFileSchema = z.strictObject({
  card: keyCardSchema,
  rootSignature: hex(128),
  previousRootSignature: hex(128).nullable(),
});

export type SigningKey = z.output<typeof signingKeySchema>;
export type EncryptionKey = z.output<typeof encryptionKeySchema>;
export type Revocation = z.output<typeof revocationSchema>;
export type KeyCard = z.output<typeof keyCardSchema>;
export type KeyCardFile = z.output<typeof keyCardFileSchema>;
