/**
 * Bech32 as age uses it for X25519 keys: 32 bytes to text and back. Only for making identities from the office's own random bytes and
 * for looking at the raw point of a card; checksums of foreign texts are checked by the age library.
 * @source BIP 173; C2SP age.md
 */
import { assert } from '../../shared/kernel/assert.ts';

const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const checksumWords = 6;

/** @param prefix lower case, `age` or `age-secret-key-`. @returns lower case */
export function bech32Text(prefix: string, bytes: Uint8Array): string {
  const words = regroup([...bytes], 8, 5, true);
  const expanded = [...prefix].map((letter) => letter.charCodeAt(0));
  const values = [...expanded.map((code) => code >> 5), 0, ...expanded.map((code) => code & 31), ...words];
  const remainder = polymod([...values, ...Array.from({ length: checksumWords }, () => 0)]) ^ 1;
  const checksum = Array.from({ length: checksumWords }, (_, index) => (remainder >> (5 * (checksumWords - 1 - index))) & 31);
  return `${prefix}1${[...words, ...checksum].map((word) => alphabet.charAt(word)).join('')}`;
}

/** The bytes of a text whose checksum was checked elsewhere. @throws AssertionFault for letters outside the alphabet */
export function bech32Bytes(text: string): Uint8Array {
  const words = [...text.slice(text.lastIndexOf('1') + 1, -checksumWords).toLowerCase()].map((letter) => alphabet.indexOf(letter));
  assert(words.every((word) => word >= 0), 'letters of bech32');
  return Uint8Array.from(regroup(words, 5, 8, false));
}

function regroup(values: readonly number[], from: number, to: number, pad: boolean): number[] {
  const out: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const value of values) {
    buffer = (buffer << from) | value;
    bits += from;
    while (bits >= to) {
      bits -= to;
      out.push(buffer >> bits);
      buffer &= (1 << bits) - 1;
    }
  }
  if (pad && bits > 0) out.push((buffer << (to - bits)) & ((1 << to) - 1));
  return out;
}

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [index, generator] of generators.entries()) if (((top >>> index) & 1) === 1) sum ^= generator;
  }
  return sum >>> 0;
}
