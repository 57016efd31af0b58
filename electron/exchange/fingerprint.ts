/**
 * Fingerprints 密钥指纹: the first 160 bits of a key card's SHA-256 in Crockford base32, eight groups of four, as printed on the
 * 密钥指纹核对单 and typed in from paper. Reading forgives what handwriting confuses and nothing else.
 * @source Crockford base32; shared spec exchange.md 2.3; decisions 19
 */
import { assert } from '../../shared/kernel/assert.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const characters = 32;
const digestBytes = 20;

/** `7K2M-…` eight groups of four. @param digest SHA-256 of the canonical card, 32 bytes */
export function fingerprintOf(digest: Uint8Array): string {
  assert(digest.length === 32, 'a SHA-256 digest');
  let bits = 0n;
  for (const byte of digest.subarray(0, digestBytes)) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let index = 0; index < characters; index += 1) {
    text = alphabet.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return grouped(text);
}

/**
 * What a person typed, in the printed form, or null when it is no fingerprint. Case, spaces and hyphens do not matter; O reads
 * as 0, I and L as 1. U is no character of the alphabet.
 */
export function readFingerprint(typed: string): string | null {
  // Letters outside ASCII must not turn into ASCII ones by upper-casing (ı, ſ).
  if (!/^[0-9A-Za-z\s-]{32,80}$/.test(typed)) return null;
  const text = typed.replace(/[\s-]/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  if (text.length !== characters || [...text].some((letter) => !alphabet.includes(letter))) return null;
  return grouped(text);
}

function grouped(text: string): string {
  return (text.match(/.{4}/g) ?? []).join('-');
}
