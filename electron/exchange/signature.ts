/**
 * Ed25519 signatures over DSSE pre-authentication encoding 签名. One verifier for the whole product: noble with ZIP-215 rules off,
 * because implementations disagree on edge cases and one of them has to be the rule. Which key is believed is trust.ts.
 * @source RFC 8032; DSSE 1.0.2 PAE; shared spec exchange.md, facts 6 and 7; decisions 14
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import type { Agency } from '../../shared/kernel/office.ts';
import type { LedgerHead } from '../journal/index.ts';
import { canonicalBytes } from './canonical-json.ts';

/** What a signature is about: the type is signed with the bytes, so that none can stand for another. */
export const payloadTypes = {
  header: 'application/vnd.kxp.header+json;v=1',
  keyCard: 'application/vnd.kxp.keycard+json;v=1',
  checkpoint: 'application/vnd.kxp.checkpoint+json;v=1',
  epoch: 'application/vnd.kxp.epoch+json;v=1',
} as const;
export type PayloadType = keyof typeof payloadTypes;

export const signatureBytes = 64;

const encoder = new TextEncoder();

/** `DSSEv1 <len(type)> <type> <len(body)> <body>`, lengths in decimal ASCII. */
export function preAuthenticationEncoding(type: PayloadType, body: Uint8Array): Uint8Array {
  const name = payloadTypes[type];
  const head = encoder.encode(`DSSEv1 ${String(encoder.encode(name).length)} ${name} ${String(body.length)} `);
  const encoded = new Uint8Array(head.length + body.length);
  encoded.set(head);
  encoded.set(body, head.length);
  return encoded;
}

/** @param secret 32-byte Ed25519 seed */
export function signPayload(secret: Uint8Array, type: PayloadType, body: Uint8Array): Uint8Array {
  return ed25519.sign(preAuthenticationEncoding(type, body), secret);
}

/** Whether the signature is one by this key; malformed keys and signatures are simply not. */
export function verifyPayload(publicKey: Uint8Array, type: PayloadType, body: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== signatureBytes) return false;
  return ed25519.verify(signature, preAuthenticationEncoding(type, body), publicKey, { zip215: false });
}

/** The public key of a 32-byte seed. */
export function publicKeyOf(secret: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secret);
}

/** Why a public key may not be enrolled, or null: it must be canonical, of full order and free of torsion. */
export function weaknessOfSigningKey(publicKey: Uint8Array): string | null {
  if (publicKey.length !== 32) return '长度不是32字节';
  try {
    const point = ed25519.Point.fromBytes(publicKey, false);
    if (point.isSmallOrder()) return '小阶点';
    return point.isTorsionFree() ? null : '含挠分量';
  } catch (error) {
    if (error instanceof Error) return '不是规范的曲线点';
    throw error;
  }
}

export type LedgerOwner = { readonly agency: Agency; readonly county: string; readonly practice: boolean };

/**
 * The note 账本首摘要单 that a peer countersigns: whose ledger, how many entries, which hash, as canonical JSON. The same bytes stand behind the printed
 * head on the monthly paper.
 * @source shared spec decisions 2; ledger.md, Checkpoints
 */
export function headNote(owner: LedgerOwner, head: LedgerHead): Uint8Array {
  return canonicalBytes({ agency: owner.agency, county: owner.county, practice: owner.practice, seq: head.seq, hash: head.hash });
}
