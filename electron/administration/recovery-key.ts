/**
 * The key behind the recovery phrase 恢复口令: an X25519 pair made from the 160 bits of the phrase by HKDF. Only its public half is ever stored. A practice
 * office without a phrase of its own uses a phrase that anyone can know, because there is nothing in it to hide.
 * @source shared spec decisions 16; age v1 (C2SP age.md)
 */
import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bech32 } from '@scure/base';
import { phraseBytes } from '../../shared/administration/recovery-phrase.ts';
import { assert } from '../../shared/kernel/assert.ts';

const purpose = new TextEncoder().encode('liudi-backup-recovery-v1');

/** The age identity `AGE-SECRET-KEY-1…` of a phrase. @param bytes 20 bytes of chance */
export function recoveryIdentity(bytes: Uint8Array): string {
  return bech32.encodeFromBytes('age-secret-key-', secretOf(bytes)).toUpperCase();
}

/** The age recipient `age1…` to which backups are encrypted. @param bytes 20 bytes of chance */
export function recoveryRecipient(bytes: Uint8Array): string {
  return bech32.encodeFromBytes('age', x25519.getPublicKey(secretOf(bytes)));
}

/** The identity of a private encryption key of the office. @param secret 32 bytes */
export function officeIdentity(secret: Uint8Array): string {
  assert(secret.length === 32, 'an X25519 secret');
  return bech32.encodeFromBytes('age-secret-key-', secret).toUpperCase();
}

/** The open phrase of practice offices 演练恢复口令. */
export const practicePhraseBytes = sha256(new TextEncoder().encode('liudi-practice-recovery')).slice(0, phraseBytes);

function secretOf(bytes: Uint8Array): Uint8Array {
  assert(bytes.length === phraseBytes, 'a recovery phrase');
  return hkdf(sha256, bytes, undefined, purpose, 32);
}
