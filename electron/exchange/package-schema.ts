/**
 * Header and manifest of a package 交换包 as they stand on the wire (snake_case). The header is in clear and signed; the manifest is
 * sealed, and its hash stands in the header. Schemas only: framing is package-format.ts, meaning is import-steps.ts.
 * @source shared spec exchange.md 2.2; decisions 2, 14, 17; FORMAT.md
 */
import { z } from 'zod';
import { agencySchema, instantSchema, periodSchema, requiredText, textSchema } from '../../shared/kernel/schema.ts';
import { keyIdSchema } from '../../shared/exchange/key-card.ts';
import { fenTotal, hashSchema } from '../../shared/exchange/values.ts';
import { packageRowsMax } from '../../shared/exchange/section.ts';

export const packageLimits = {
  packageBytes: 64 * 1024 * 1024,
  headerBytes: 16_384,
  manifestBytes: 1_048_576,
  lineBytes: 16_384,
  sections: 64,
  /** Bytes of a document's sections: beside the most leaves and the longest manifest it fits into a package. */
  documentBytes: 56 * 1024 * 1024,
  /** Leaves of one package. A ledger that has grown by more is shown in parts, one after each acknowledgement. */
  leaves: 200_000,
  held: 64,
  faultsKept: 1_000,
} as const;

/** Hash of "the package before" on the first number of a channel. */
export const zeroHash = '0'.repeat(64);

export const packageIdSchema = z.string().regex(/^[0-9a-f]{32}$/);
const count = z.int().min(0).max(packageLimits.packageBytes);
const number = z.int().min(0).max(1_000_000_000);


/** A ledger head 账本首摘要: number of entries and hash of the newest. */
export const headSchema = z.strictObject({ seq: number, hash: hashSchema });

/** Fields that the manifest repeats and that must be equal there. */
const repeated = {
  v: z.literal(1),
  profile: z.enum(['std-1', 'gm-1']),
  practice: z.boolean(),
  county: z.string().regex(/^[0-9]{6}$/),
  from: agencySchema,
  to: agencySchema,
  epoch: z.int().min(1).max(1_000_000),
  seq: z.int().min(1).max(1_000_000_000),
  pkg_id: packageIdSchema,
  /** A hint; verification tries every enrolled key. */
  signer_key_id: keyIdSchema,
  /** The receiver's key, then the sender's archive key. */
  recipient_key_ids: z.tuple([keyIdSchema, keyIdSchema]),
  /** A claim of the sender's clock; orders nothing. */
  created_at: instantSchema,
};

export const headerSchema = z.strictObject({
  ...repeated,
  manifest_hash: hashSchema,
  ct_bytes: z.int().min(1).max(packageLimits.packageBytes),
  ct_hash: hashSchema,
});
export type PackageHeader = z.output<typeof headerSchema>;

export const repeatedFields = Object.keys(repeated) as readonly (keyof typeof repeated)[];

export const sectionEntrySchema = z.strictObject({
  name: requiredText(30),
  media: z.enum(['application/jsonl', 'application/octet-stream']),
  bytes: count,
  hash: hashSchema,
  rows: z.int().min(0).max(packageRowsMax),
  sum_fen: fenTotal,
});
export type SectionEntry = z.output<typeof sectionEntrySchema>;

/** The sender's signature over `ack.head_seen`, the head of the receiver's ledger 会签. */
export const countersignatureSchema = z.strictObject({
  key_id: keyIdSchema,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
export type Countersignature = z.output<typeof countersignatureSchema>;

export const manifestSchema = z.strictObject({
  ...repeated,
  /** Secret 128 bits, so that the hash in the clear header cannot be used to guess totals. */
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  schema_version: z.int().min(1).max(1_000),
  kind: z.string().regex(/^[A-Z][A-Z_]{1,39}$/),
  period: periodSchema.nullable(),
  prev_manifest_hash: hashSchema,
  ack: z.strictObject({
    peer_epoch: z.int().min(1).max(1_000_000),
    last_seq: number,
    last_manifest_hash: hashSchema,
    head_seen: headSchema,
    /** The receiver's own signed header under `last_seq`, so that no office can deny what it has signed; null while last_seq is 0. */
    proof: z.strictObject({ header: headerSchema, signature: z.string().regex(/^[0-9a-f]{128}$/) }).nullable(),
  }),
  ledger_head: headSchema,
  /** The head after which the leaves of section `leaves` continue. */
  leaves_from: headSchema,
  /** Null only while no head has been seen. */
  countersignature: countersignatureSchema.nullable(),
  /** Manifest hash of the rejected package that this one replaces. */
  supersedes: hashSchema.nullable(),
  doc_id: requiredText(100),
  doc_hash: hashSchema,
  policy_pack: z.strictObject({ id: requiredText(40), version: requiredText(40), hash: hashSchema }).nullable(),
  app_version: requiredText(40),
  prepared_by: requiredText(30),
  reviewed_by: textSchema(30).nullable(),
  approved_by: textSchema(30).nullable(),
  control: z.strictObject({
    rows: z.int().min(0).max(packageRowsMax),
    sum_fen: fenTotal,
    debit_fen: fenTotal,
    credit_fen: fenTotal,
    distinct_uscc: z.int().min(0).max(packageRowsMax),
  }),
  sections: z.array(sectionEntrySchema).min(1).max(packageLimits.sections),
});
export type AckProof = NonNullable<z.output<typeof manifestSchema>['ack']['proof']>;
export type PackageManifest = z.output<typeof manifestSchema>;
/** The manifest before it became text. */
export type ManifestJson = z.input<typeof manifestSchema>;
export type HeaderJson = z.input<typeof headerSchema>;
