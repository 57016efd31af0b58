/**
 * Building a package 制作交换包: rows to sections, manifest, sealing, header, one signature. Pure but for the cipher's own randomness; what
 * goes in and under which number was decided by export.service.ts, and the result is stored before any stick sees it.
 * @source shared spec exchange.md 2.1–2.3; decisions 2, 14; FORMAT.md
 */
import { z } from 'zod';
import { isExchangeable, leavesSection, sections, sectionsOf, type PackageKind, type SectionName, type SectionRows } from '../../shared/exchange/kinds.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { Instant } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { LedgerHead } from '../journal/index.ts';
import { bytesOfHex, hexOf, sha256Hex } from '../platform/hash.ts';
import { canonicalText } from '../journal/index.ts';
import { canonicalBytes } from './canonical-json.ts';
import { controlOf, documentHash, sectionSum } from './control.ts';
import { writeFrame, writePlaintext } from './package-format.ts';
import { headerSchema, manifestSchema, packageLimits, type AckProof, type HeaderJson, type ManifestJson } from './package-schema.ts';
import { seal } from './sealing.ts';
import { headNote, signPayload } from './signature.ts';

/** The rows of a document as canonical JSON Lines, with their place in the manifest. */
export type EncodedSection = { readonly name: SectionName; readonly bytes: Uint8Array; readonly hash: string; readonly rows: number; readonly sumFen: bigint };

/** A document made ready: the same bytes for every recipient. */
export type EncodedDocument = {
  readonly kind: PackageKind;
  readonly period: TaxPeriod | null;
  readonly sections: readonly EncodedSection[];
  readonly rows: SectionRows;
  readonly docHash: string;
};

/** Encodes the sections of a kind, in its order. @throws ZodError when a row of our own breaks its schema */
export function encodeDocument(kind: PackageKind, period: TaxPeriod | null, rows: SectionRows): EncodedDocument {
  assert(isExchangeable(kind), `a kind of this version: ${kind}`);
  const encoded = sectionsOf(kind).map((name) => encodeSection(name, rows[name] ?? []));
  return { kind, period, sections: encoded, rows, docHash: documentHash(kind, period, encoded) };
}

export type PackageTerms = {
  readonly office: { readonly agency: Agency; readonly county: string; readonly practice: boolean };
  readonly to: Agency;
  readonly epoch: number;
  readonly seq: number;
  readonly prevManifestHash: string;
  /** 32 hex digits each. */
  readonly packageId: string;
  readonly salt: string;
  readonly createdAt: Instant;
  readonly signer: { readonly keyId: string; readonly secret: Uint8Array };
  /** The receiver's current key, then the sender's archive key. */
  readonly recipients: readonly [Recipient, Recipient];
  readonly document: EncodedDocument;
  readonly docId: string;
  readonly supersedes: string | null;
  readonly policyPack: ManifestJson['policy_pack'];
  readonly appVersion: string;
  readonly people: { readonly prepared: string; readonly reviewed: string | null; readonly approved: string | null };
  readonly ack: { readonly epoch: number; readonly lastSeq: number; readonly lastManifestHash: string; readonly headSeen: LedgerHead; readonly proof: AckProof | null };
  readonly ledgerHead: LedgerHead;
  readonly leavesFrom: LedgerHead;
  /** Hex, one an entry after `leavesFrom`. */
  readonly leaves: readonly string[];
};
export type Recipient = { readonly keyId: string; readonly recipient: string };

export type BuiltPackage = {
  readonly bytes: Uint8Array;
  readonly manifestHash: string;
  /** Control total of the document. */
  readonly sumFen: Fen;
};

/** The bytes of a package file. */
export async function buildPackage(terms: PackageTerms): Promise<BuiltPackage> {
  const repeated = {
    v: 1 as const,
    profile: 'std-1' as const,
    practice: terms.office.practice,
    county: terms.office.county,
    from: terms.office.agency,
    to: terms.to,
    epoch: terms.epoch,
    seq: terms.seq,
    pkg_id: terms.packageId,
    signer_key_id: terms.signer.keyId,
    recipient_key_ids: [terms.recipients[0].keyId, terms.recipients[1].keyId] as [string, string],
    created_at: terms.createdAt,
  };
  const leaves = bytesOfHex(terms.leaves.join(''));
  const manifestBytes = canonicalBytes(manifestSchema.encode(manifestSchema.decode(manifestOf(terms, repeated, leaves))));
  const manifestHash = sha256Hex(manifestBytes);
  const plaintext = writePlaintext(manifestBytes, [...terms.document.sections.map((section) => section.bytes), leaves]);
  const ciphertext = await seal(plaintext, [terms.recipients[0].recipient, terms.recipients[1].recipient]);
  const header: HeaderJson = { ...repeated, manifest_hash: manifestHash, ct_bytes: ciphertext.length, ct_hash: sha256Hex(ciphertext) };
  const headerBytes = canonicalBytes(headerSchema.parse(header));
  const bytes = writeFrame({ headerBytes, signature: signPayload(terms.signer.secret, 'header', headerBytes), ciphertext });
  assert(bytes.length <= packageLimits.packageBytes, 'a package of at most 64 MiB');
  return { bytes, manifestHash, sumFen: controlOf(terms.document.rows).sum_fen };
}

type Repeated = Omit<HeaderJson, 'manifest_hash' | 'ct_bytes' | 'ct_hash'>;

function manifestOf(terms: PackageTerms, repeated: Repeated, leaves: Uint8Array): ManifestJson {
  const { document, ack } = terms;
  const control = controlOf(document.rows);
  const counted = ack.headSeen.seq > 0;
  const note = headNote({ agency: terms.to, county: terms.office.county, practice: terms.office.practice }, ack.headSeen);
  return {
    ...repeated,
    salt: terms.salt,
    schema_version: 1,
    kind: document.kind,
    period: document.period,
    prev_manifest_hash: terms.prevManifestHash,
    ack: { peer_epoch: ack.epoch, last_seq: ack.lastSeq, last_manifest_hash: ack.lastManifestHash, head_seen: ack.headSeen, proof: ack.proof },
    ledger_head: terms.ledgerHead,
    leaves_from: terms.leavesFrom,
    countersignature: counted ? { key_id: terms.signer.keyId, signature: hexOf(signPayload(terms.signer.secret, 'checkpoint', note)) } : null,
    supersedes: terms.supersedes,
    doc_id: terms.docId,
    doc_hash: document.docHash,
    policy_pack: terms.policyPack,
    app_version: terms.appVersion,
    prepared_by: terms.people.prepared,
    reviewed_by: terms.people.reviewed,
    approved_by: terms.people.approved,
    control: {
      rows: control.rows,
      sum_fen: control.sum_fen.toString(),
      debit_fen: control.debit_fen.toString(),
      credit_fen: control.credit_fen.toString(),
      distinct_uscc: control.distinct_uscc,
    },
    sections: [
      ...document.sections.map((section) => ({
        name: section.name, media: 'application/jsonl' as const, bytes: section.bytes.length, hash: section.hash, rows: section.rows, sum_fen: section.sumFen.toString(),
      })),
      { name: leavesSection, media: 'application/octet-stream' as const, bytes: leaves.length, hash: sha256Hex(leaves), rows: terms.leaves.length, sum_fen: '0' },
    ],
  };
}

function encodeSection(name: SectionName, rows: SectionRows[SectionName] & object): EncodedSection {
  const { schema } = sections[name];
  const encoder = new TextEncoder();
  const bytes = encoder.encode(rows.map((row) => `${canonicalText(z.encode(schema, row))}\n`).join(''));
  return { name, bytes, hash: sha256Hex(bytes), rows: rows.length, sumFen: sectionSum(name, rows) };
}
