/**
 * Sealing 加密封装: age v1 to exactly two X25519 recipients, the receiver's current key and the sender's own archive key. A file with
 * any other stanza is refused before a key touches it. Which keys are believed is trust.ts; where secrets are kept is not known.
 * @source age v1 (C2SP age.md); shared spec exchange.md 2.3
 */
import { x25519 } from '@noble/curves/ed25519.js';
import { bech32 } from '@scure/base';
import { Decrypter, Encrypter, type Identity } from 'age-encryption';
import { assert } from '../../shared/kernel/assert.ts';

/** Thrown when a ciphertext cannot be opened, whatever the cause: nothing about the plaintext leaks into the reason. */
export class SealFault extends Error {
  override readonly name = 'SealFault';
  readonly reason: 'stanzas' | 'unreadable';
  constructor(reason: SealFault['reason']) {
    super(reason);
    this.reason = reason;
  }
}

const stanzasExpected = 2;

/** @param recipients `age1…` of the receiver and of the sender's archive key */
export async function seal(plaintext: Uint8Array, recipients: readonly [string, string]): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(plaintext);
}

/**
 * Opens with the first identity that fits; the whole plaintext is held back until the final chunk was authenticated.
 * @param identities `AGE-SECRET-KEY-1…`
 * @throws SealFault
 */
export async function unseal(ciphertext: Uint8Array, identities: readonly string[]): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(stanzaGate);
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(ciphertext);
  } catch (error) {
    if (error instanceof SealFault) throw error;
    if (error instanceof Error) throw new SealFault('unreadable');
    throw error;
  }
}

/** Sees all stanzas first: exactly two, both X25519. */
const stanzaGate: Identity = {
  unwrapFileKey(stanzas) {
    if (stanzas.length !== stanzasExpected || stanzas.some((stanza) => stanza.args[0] !== 'X25519')) throw new SealFault('stanzas');
    return null;
  },
};

/** The recipient `age1…` of a stored encryption key. @param secret 32 random bytes */
export function recipientOf(secret: Uint8Array): string {
  return bech32.encodeFromBytes('age', x25519.getPublicKey(secret));
}

/** The identity as the age library wants it. @param secret 32 random bytes */
export function identityOf(secret: Uint8Array): string {
  assert(secret.length === 32, 'an X25519 secret');
  return bech32.encodeFromBytes('age-secret-key-', secret).toUpperCase();
}

/** Why an age recipient may not be enrolled, or null: valid, canonical, and no point of low order. */
export function weaknessOfRecipient(recipient: string): string | null {
  try {
    new Encrypter().addRecipient(recipient);
    const point = recipientBytes(recipient);
    if (!isCanonicalCoordinate(point)) return '不是规范的公钥';
    x25519.getSharedSecret(probe, point);
    return null;
  } catch (error) {
    if (error instanceof Error) return '小阶点或校验位错误';
    throw error;
  }
}

/** Any scalar shows a point of low order: the product with it is zero, which noble refuses. */
const probe = new Uint8Array(32).fill(9);
const fieldPrime = 2n ** 255n - 19n;

/** The 32 raw bytes of `age1…`. @throws Error for a wrong checksum */
export function recipientBytes(recipient: string): Uint8Array {
  const { bytes } = bech32.decodeToBytes(recipient);
  assert(bytes.length === 32, 'an X25519 public key');
  return bytes;
}

function isCanonicalCoordinate(point: Uint8Array): boolean {
  let value = 0n;
  for (let index = 31; index >= 0; index -= 1) value = (value << 8n) | BigInt(point[index] ?? 0);
  return value < fieldPrime;
}
