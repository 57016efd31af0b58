/**
 * A second, independent writer of KXP v1 packages for tests, made from FORMAT.md with the libraries alone. Every layer can be changed and
 * everything outside it is made right again, so that a mutant reaches the check it is meant for.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { Encrypter } from 'age-encryption';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import type { KeyCardFile } from '../../shared/exchange/key-card.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import { firstCard } from '../../electron/exchange/key-card.ts';
import { identityOf, recipientOf } from '../../electron/exchange/sealing.ts';
import { seededRandom } from '../../electron/platform/hash.ts';

export type Json = Record<string, unknown>;
export const zeros = '0'.repeat(64);

/** An office's keys and its first card. */
export type Party = {
  readonly agency: Agency;
  readonly file: KeyCardFile;
  readonly root: Uint8Array;
  readonly signing: Uint8Array;
  readonly recipient: string;
  readonly identity: string;
};

export function party(agency: Agency, terms: { readonly practice?: boolean; readonly county?: string; readonly seed?: string } = {}): Party {
  const random = seededRandom(terms.seed ?? agency);
  const [root, signing, encryption] = [random(32), random(32), random(32)];
  const recipient = recipientOf(encryption);
  const file = firstCard({
    agency,
    county: terms.county ?? '211382',
    name: `凌源市${agency}`,
    practice: terms.practice ?? false,
    issuedOn: '2022-01-01' as CivilDate,
    expiresOn: '2023-01-01' as CivilDate,
    rootSecret: root,
    signingSecret: signing,
    recipient,
  });
  return { agency, file, root, signing, recipient, identity: identityOf(encryption) };
}

export type Section = { name: string; media: string; bytes: Uint8Array; rows: number; sum: string };

/** Where each layer can be changed. What encloses it is computed afterwards. */
export type Mutation = {
  readonly sections?: (sections: Section[]) => Section[];
  readonly manifest?: (manifest: Json) => void;
  readonly manifestText?: (text: string) => string;
  readonly plaintext?: (bytes: Uint8Array) => Uint8Array;
  /** Replaces the sealing altogether. */
  readonly seal?: (plaintext: Uint8Array) => Promise<Uint8Array>;
  readonly ciphertext?: (bytes: Uint8Array) => Uint8Array;
  readonly header?: (header: Json) => void;
  readonly headerText?: (text: string) => string;
  readonly signWith?: Uint8Array;
  readonly signature?: (signature: Uint8Array) => Uint8Array;
  /** Same ciphertext hash and length as these bytes claim, but other bytes. */
  readonly swapCiphertext?: Uint8Array;
  readonly file?: (bytes: Uint8Array) => Uint8Array;
};

export type Letter = {
  readonly from: Party;
  readonly to: Party;
  readonly epoch?: number;
  readonly seq?: number;
  readonly prev?: string;
  readonly kind?: string;
  readonly period?: string | null;
  readonly docId?: string;
  /** Section name → rows as JSON. */
  readonly rows?: Readonly<Record<string, readonly Json[]>>;
  readonly sumColumn?: Readonly<Record<string, string>>;
  /** Section whose sum and taxpayers the whole package has; absent = `totals`, else the first. */
  readonly main?: string;
  /** Hashes of the sender's journal bodies, as hex, entry 1 first. */
  readonly leaves?: readonly string[];
  /** Fields of the manifest that are no consequence of the rows. */
  readonly manifest?: Json;
};

export type Forged = { readonly bytes: Uint8Array; readonly manifestHash: string; readonly ciphertext: Uint8Array };

export const monthlyTotals: Json = {
  size: 'micro', route: '2022-14/1', creditKind: 'existing', refunds: 1, amountFen: '10000', cumulativeRefunds: 3, cumulativeFen: '50000',
};
export const monthlyRefund: Json = {
  refundNo: 'SQ-2022-000001', voucherNo: '00000001', batchNo: 'PC-2022-0001', uscc: '91211382MA0000015D', name: '凌源甲有限公司', filingPeriod: '2022-04',
  route: '2022-14/1', size: 'micro', existingFen: '10000', incrementalFen: '0', amountFen: '10000', paidOn: '2022-04-20', crossedOffOn: null,
};

/** Writes a package of the letter with one mutation. */
export async function forge(letter: Letter, mutation: Mutation = {}): Promise<Forged> {
  const { from, to } = letter;
  const rows = letter.rows ?? { totals: [monthlyTotals], refunds: [monthlyRefund] };
  const made = Object.entries(rows).map(([name, lines]) => sectionOf(name, lines, (letter.sumColumn ?? { totals: 'amountFen', refunds: 'amountFen' })[name]));
  const leafBytes = new Uint8Array(Buffer.from((letter.leaves ?? []).join(''), 'hex'));
  const leaves: Section = { name: 'leaves', media: 'application/octet-stream', bytes: leafBytes, rows: leafBytes.length / 32, sum: '0' };
  const sections = (mutation.sections ?? ((same: Section[]) => same))([...made, leaves]);
  const card = from.file.card;
  const repeated: Json = {
    v: 1, profile: 'std-1', practice: card.practice, county: card.county, from: from.agency, to: to.agency, epoch: letter.epoch ?? 1, seq: letter.seq ?? 1,
    pkg_id: sha256(`${from.agency}${to.agency}${String(letter.seq ?? 1)}`).slice(0, 32),
    signer_key_id: card.signing[0]?.keyId, recipient_key_ids: [to.file.card.encryption[0]?.keyId, card.encryption[0]?.keyId], created_at: '2022-05-05T01:00:00.000Z',
  };
  const kind = letter.kind ?? 'MONTHLY_REPORT';
  const period = letter.period === undefined ? '2022-04' : letter.period;
  const entries = sections.map((section) => ({
    name: section.name, media: section.media, bytes: section.bytes.length, hash: sha256(section.bytes), rows: section.rows, sum_fen: section.sum,
  }));
  const main = entries.find((entry) => entry.name === (letter.main ?? 'totals')) ?? entries[0];
  const mainRows = Object.entries(rows).find(([name]) => name === main?.name)?.[1] ?? [];
  const manifest: Json = {
    ...repeated,
    salt: '00112233445566778899aabbccddeeff', schema_version: 1, kind, period, prev_manifest_hash: letter.prev ?? zeros,
    ack: { peer_epoch: 1, last_seq: 0, last_manifest_hash: zeros, head_seen: { seq: 0, hash: zeros }, proof: null },
    ledger_head: headAfter(letter.leaves ?? []), leaves_from: { seq: 0, hash: zeros }, countersignature: null, supersedes: null,
    doc_id: letter.docId ?? `${kind}/${period ?? ''}`,
    doc_hash: sha256(text({ kind, period, sections: entries.slice(0, -1).map(({ name, hash }) => ({ name, hash })) })),
    policy_pack: null, app_version: '0.1.0', prepared_by: '张三', reviewed_by: null, approved_by: null,
    control: {
      rows: entries.slice(0, -1).reduce((sum, entry) => sum + entry.rows, 0), sum_fen: main?.sum_fen ?? '0', debit_fen: '0', credit_fen: '0',
      distinct_uscc: new Set(mainRows.map((row) => row['uscc']).filter((code) => typeof code === 'string')).size,
    },
    sections: entries,
    ...letter.manifest,
  };
  mutation.manifest?.(manifest);
  const manifestBytes = utf8((mutation.manifestText ?? same)(text(manifest)));
  const plaintext = (mutation.plaintext ?? same)(concat(u32(manifestBytes.length), manifestBytes, ...sections.map((section) => section.bytes)));
  const sealed = await (mutation.seal ?? ((bytes: Uint8Array) => sealTo(bytes, [to.recipient, from.recipient])))(plaintext);
  const ciphertext = (mutation.ciphertext ?? same)(sealed);
  const header: Json = { ...repeated, manifest_hash: sha256(manifestBytes), ct_bytes: ciphertext.length, ct_hash: sha256(ciphertext) };
  mutation.header?.(header);
  const headerBytes = utf8((mutation.headerText ?? same)(text(header)));
  const signature = (mutation.signature ?? same)(ed25519.sign(pae('application/vnd.kxp.header+json;v=1', headerBytes), mutation.signWith ?? from.signing));
  const bytes = concat(
    Uint8Array.of(0x89, 0x4b, 0x58, 0x50, 0x0d, 0x0a, 0x1a, 0x0a, 1, 0), u32(headerBytes.length), headerBytes, Uint8Array.of(1, 1, 0, 64), signature, mutation.swapCiphertext ?? ciphertext,
  );
  return { bytes: (mutation.file ?? same)(bytes), manifestHash: String(header['manifest_hash']), ciphertext };
}

/** The head of a ledger with these leaves. */
export function headAfter(leaves: readonly string[]): { readonly seq: number; readonly hash: string } {
  return { seq: leaves.length, hash: leaves.reduce((before, leaf) => sha256(Buffer.from(before + leaf, 'hex')), zeros) };
}

export function sectionOf(name: string, lines: readonly Json[], sumColumn?: string): Section {
  const total = sumColumn === undefined ? 0n : lines.reduce((sum, line) => sum + (/^[0-9]+$/.test(String(line[sumColumn])) ? BigInt(String(line[sumColumn])) : 0n), 0n);
  return { name, media: 'application/jsonl', bytes: utf8(lines.map((line) => `${text(line)}\n`).join('')), rows: lines.length, sum: total.toString() };
}

/** Seals to any recipients, also to more or fewer than two. */
export async function sealTo(plaintext: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(plaintext);
}

export function pae(type: string, body: Uint8Array): Uint8Array {
  return concat(utf8(`DSSEv1 ${String(type.length)} ${type} ${String(body.length)} `), body);
}

export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

export function utf8(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

export function text(value: unknown): string {
  return canonicalize(value) ?? '';
}

function same<T>(value: T): T {
  return value;
}
