/**
 * A digest as people compare it 核对码: its first 160 bits in Crockford base32, eight groups of four. Key fingerprints and the lists of vouchers are shown so.
 * It hashes nothing.
 * @source Crockford base32; shared spec exchange.md 2.3
 */
import { assert } from './assert.ts';

export const shortAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const shortCharacters = 32;
const digestBytes = 20;

/** `7K2M-…` eight groups of four. @param digest SHA-256, 32 bytes */
export function shortGroups(digest: Uint8Array): string {
  assert(digest.length === 32, 'a SHA-256 digest');
  let bits = 0n;
  for (const byte of digest.subarray(0, digestBytes)) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let index = 0; index < shortCharacters; index += 1) {
    text = shortAlphabet.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return inGroups(text);
}

export function inGroups(text: string): string {
  return (text.match(/.{4}/g) ?? []).join('-');
}
