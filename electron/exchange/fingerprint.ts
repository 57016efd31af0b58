/**
 * Fingerprints 密钥指纹: the first 160 bits of a key card's SHA-256 in Crockford base32, eight groups of four, as printed on the
 * 密钥指纹核对单 and typed in from paper. Reading forgives what handwriting confuses and nothing else.
 * @source Crockford base32; shared spec exchange.md 2.3; decisions 19
 */
import { inGroups, shortAlphabet, shortCharacters, shortGroups } from '../../shared/kernel/short-groups.ts';

/** `7K2M-…` eight groups of four. @param digest SHA-256 of the canonical card, 32 bytes */
export function fingerprintOf(digest: Uint8Array): string {
  return shortGroups(digest);
}

/**
 * What a person typed, in the printed form, or null when it is no fingerprint. Case, spaces and hyphens do not matter; O reads
 * as 0, I and L as 1. U is no character of the alphabet.
 */
export function readFingerprint(typed: string): string | null {
  // Letters outside ASCII must not turn into ASCII ones by upper-casing (ı, ſ).
  if (!/^[0-9A-Za-z\s-]{32,80}$/.test(typed)) return null;
  const text = typed.replace(/[\s-]/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
  if (text.length !== shortCharacters || [...text].some((letter) => !shortAlphabet.includes(letter))) return null;
  return inGroups(text);
}
