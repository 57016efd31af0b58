/**
 * Key cards 密钥卡 made and judged: root signature, fingerprint, chain of versions, strength of the points, and that no key serves
 * two purposes or two agencies. Judging is pure; storing a card that passed, and the ceremony around it, are keys.service.ts.
 * @source shared spec exchange.md 2.3; decisions 10, 19
 */
import type { z } from 'zod';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import type { ErrorKey } from '../../shared/error-table.ts';
import { keyCardFileSchema, keyCardSchema, type KeyCard, type KeyCardFile } from '../../shared/exchange/key-card.ts';
import { bytesOfHex, hexOf, sha256, sha256Hex } from '../platform/hash.ts';
import { canonicalBytes, jsonFaultNames, readCanonicalBytes } from './canonical-json.ts';
import { fingerprintOf, readFingerprint } from './fingerprint.ts';
import { zeroHash } from './package-schema.ts';
import { recipientBytes, weaknessOfRecipient } from './sealing.ts';
import { publicKeyOf, signPayload, verifyPayload, weaknessOfSigningKey } from './signature.ts';

export const cardBytesMax = 65_536;

export type CardRefusal = { readonly code: ErrorKey; readonly params: ErrorParams };
export type CardReading = { readonly ok: true; readonly file: KeyCardFile } | ({ readonly ok: false } & CardRefusal);

/** Key id of a public key: first 16 hex digits of its SHA-256. @param raw 32 bytes */
export function keyIdOf(raw: Uint8Array): string {
  return sha256Hex(raw).slice(0, 16);
}

/** SHA-256 of the canonical card: what `prevCardHash` quotes and the fingerprint shortens. */
export function cardHash(card: KeyCard): string {
  return hexOf(cardDigest(card));
}

/** The 32 characters 指纹 of a card, in eight groups. */
export function cardFingerprint(card: KeyCard): string {
  return fingerprintOf(cardDigest(card));
}

/**
 * Signs a card with the office's root.
 * @param previousRoot seed of the old root when the root changes, else null
 */
export function signCard(card: KeyCard, root: Uint8Array, previousRoot: Uint8Array | null): KeyCardFile {
  const body = canonicalBytes(card);
  return {
    card,
    rootSignature: hexOf(signPayload(root, 'keyCard', body)),
    previousRootSignature: previousRoot === null ? null : hexOf(signPayload(previousRoot, 'keyCard', body)),
  };
}

/** The bytes of a card file: canonical JSON. */
export function writeCardFile(file: KeyCardFile): Uint8Array {
  return canonicalBytes(file);
}

/** Reads a card file and checks what it says about itself: form, key ids, points, own root signature. */
export function readCardFile(bytes: Uint8Array): CardReading {
  const gate = readCanonicalBytes(bytes, cardBytesMax);
  if (!gate.ok) return fails('KEY_CARD_DAMAGED', { reason: jsonFaultNames[gate.fault] });
  return checkCardFile(gate.value);
}

/** The same for a card that came inside a package. */
export function checkCardFile(value: unknown): CardReading {
  const parsed = keyCardFileSchema.safeParse(value);
  if (!parsed.success) return fails('KEY_CARD_DAMAGED', { reason: fieldOf(parsed.error) });
  const file = parsed.data;
  const weakness = weaknessOfCard(file.card);
  if (weakness !== null) return fails('KEY_WEAK', { reason: weakness });
  if (!signedBy(file.card, file.card.rootKey, file.rootSignature)) return fails('KEY_CARD_SIGNATURE', {});
  return { ok: true, file };
}

export type Enrolment = {
  readonly own: { readonly agency: Agency; readonly county: string; readonly practice: boolean };
  /** Every card this office holds, its own included, also of former versions. */
  readonly known: readonly KeyCard[];
  /** The card of the same agency that stands now; null before the first ceremony. */
  readonly standing: KeyCard | null;
};

/**
 * Whether a card that is sound in itself may be enrolled. The fingerprint was compared by the caller, or the card came in a
 * package of the agency itself; a changed root is good only with both signatures.
 * @param ceremony true when the fingerprint was typed from paper: versions may then be skipped, but never go back
 */
export function judgeEnrolment(file: KeyCardFile, enrolment: Enrolment, ceremony: boolean): CardRefusal | null {
  const { card } = file;
  const { own, standing } = enrolment;
  if (card.practice !== own.practice) return { code: 'PRACTICE_CARD', params: {} };
  if (card.county !== own.county) return { code: 'KEY_CARD_COUNTY', params: { county: card.county } };
  if (card.agency === own.agency) return { code: 'KEY_CARD_OWN', params: {} };
  const other = enrolment.known.find((known) => known.agency !== card.agency && sharesKey(known, card));
  if (other !== undefined) return { code: 'KEY_IN_USE', params: { agency: agencyNames[other.agency] } };
  if (standing === null) return null;
  if (card.version <= standing.version) return { code: 'KEY_CARD_OLD', params: { version: card.version, stored: standing.version } };
  if (card.rootKey !== standing.rootKey && !rootHandedOver(file, standing)) return { code: 'ROOT_NOT_COUNTERSIGNED', params: {} };
  if (ceremony) return null;
  const follows = card.version === standing.version + 1 && card.prevCardHash === cardHash(standing);
  return follows ? null : { code: 'KEY_CARD_CHAIN', params: {} };
}

/**
 * The same for an agency that has lost its ledger and its keys 重装: a card under another root that the old one could not sign. Version and chain begin again;
 * two people compare it with the paper instead.
 */
export function judgeReplacedRoot(file: KeyCardFile, enrolment: Enrolment): CardRefusal | null {
  const { standing } = enrolment;
  if (standing === null || standing.rootKey === file.card.rootKey) return { code: 'ROOT_NOT_REPLACED', params: { agency: agencyNames[file.card.agency] } };
  return judgeEnrolment(file, { ...enrolment, standing: null }, true);
}

/** Compares what a person typed from paper with the card. */
export function judgeFingerprint(card: KeyCard, typed: string): CardRefusal | null {
  const fingerprint = readFingerprint(typed);
  if (fingerprint === null) return { code: 'FINGERPRINT_FORMAT', params: {} };
  const groups = cardFingerprint(card).split('-');
  const differing = fingerprint.split('-').flatMap((group, index) => (group === groups[index] ? [] : [String(index + 1)]));
  return differing.length === 0 ? null : { code: 'FINGERPRINT_WRONG', params: { groups: differing.length === groups.length ? '各组均不符' : `第 ${differing.join('、')} 组` } };
}

export type FirstCard = Pick<KeyCard, 'agency' | 'county' | 'name' | 'practice' | 'issuedOn'> & {
  readonly rootSecret: Uint8Array;
  readonly signingSecret: Uint8Array;
  /** `age1…` */
  readonly recipient: string;
  /** At most 12 months after issue. */
  readonly expiresOn: KeyCard['issuedOn'];
};

/** Version 1 of an office's card: its keys are good for both peers from the first package. */
export function firstCard(terms: FirstCard): KeyCardFile {
  const signingKey = publicKeyOf(terms.signingSecret);
  const card = keyCardSchema.parse({
    v: 1,
    agency: terms.agency,
    county: terms.county,
    name: terms.name,
    practice: terms.practice,
    profile: 'std-1',
    version: 1,
    prevCardHash: zeroHash,
    rootKey: hexOf(publicKeyOf(terms.rootSecret)),
    signing: [{ keyId: keyIdOf(signingKey), publicKey: hexOf(signingKey), validFromSeq: fromFirst(terms.agency), expiresOn: terms.expiresOn }],
    encryption: [{ keyId: keyIdOf(recipientBytes(terms.recipient)), recipient: terms.recipient }],
    revoked: [],
    issuedOn: terms.issuedOn,
  } satisfies z.input<typeof keyCardSchema>);
  return signCard(card, terms.rootSecret, null);
}

function fromFirst(agency: Agency): Partial<Record<Agency, number>> {
  const all = { tax: 1, finance: 1, treasury: 1 };
  return Object.fromEntries(Object.entries(all).filter(([name]) => name !== agency));
}

function rootHandedOver(file: KeyCardFile, standing: KeyCard): boolean {
  return file.previousRootSignature !== null && signedBy(file.card, standing.rootKey, file.previousRootSignature);
}

function signedBy(card: KeyCard, rootKey: string, signature: string): boolean {
  return verifyPayload(bytesOfHex(rootKey), 'keyCard', canonicalBytes(card), bytesOfHex(signature));
}

function weaknessOfCard(card: KeyCard): string | null {
  const root = weaknessOfSigningKey(bytesOfHex(card.rootKey));
  if (root !== null) return `根密钥${root}`;
  for (const key of card.signing) {
    const raw = bytesOfHex(key.publicKey);
    const weakness = weaknessOfSigningKey(raw);
    if (weakness !== null) return `签名密钥${weakness}`;
    if (key.keyId !== keyIdOf(raw)) return '签名密钥编号不符';
  }
  for (const key of card.encryption) {
    const weakness = weaknessOfRecipient(key.recipient);
    if (weakness !== null) return `加密密钥${weakness}`;
    if (key.keyId !== keyIdOf(recipientBytes(key.recipient))) return '加密密钥编号不符';
  }
  const keys = keysOf(card);
  return new Set(keys).size === keys.length ? null : '同一密钥用于两处';
}

function sharesKey(a: KeyCard, b: KeyCard): boolean {
  const keys = new Set(keysOf(a));
  return keysOf(b).some((key) => keys.has(key));
}

function keysOf(card: KeyCard): string[] {
  return [card.rootKey, ...card.signing.map((key) => key.publicKey), ...card.encryption.map((key) => hexOf(recipientBytes(key.recipient)))];
}

function cardDigest(card: KeyCard): Uint8Array {
  return sha256(canonicalBytes(card));
}

function fieldOf(error: z.ZodError): string {
  return error.issues[0]?.path.join('.') ?? '格式';
}

function fails(code: ErrorKey, params: ErrorParams): CardReading {
  return { ok: false, code, params };
}
