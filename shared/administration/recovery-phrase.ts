/**
 * The recovery phrase 恢复口令: 160 bits of chance as eight groups of five characters that a person can write down and read out. The fifth character of a
 * group checks the other four and the place of the group, so that a slip is named by its group. What the phrase opens is not known here.
 * @source shared spec decisions 16; Crockford base 32 (no I, L, O, U)
 */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const phraseGroups = 8;
/** Bytes of chance behind a phrase: 8 groups × 4 characters × 5 bits. */
export const phraseBytes = 20;
const charactersAGroup = 4;

export type PhraseReading =
  | { readonly kind: 'read'; readonly bytes: Uint8Array; /** Spelled as the program spells it. */ readonly groups: readonly string[] }
  | { readonly kind: 'length'; readonly characters: number }
  /** 1 … 8: the groups that were written down or typed wrongly. */
  | { readonly kind: 'groups'; readonly wrong: readonly number[] };

/** The phrase of 20 bytes, e.g. `7ZQ4M-…`, eight groups joined by hyphens. */
export function phraseText(bytes: Uint8Array): string {
  return groupValues(bytes).map((values, index) => [...values, checkOf(values, index)].map((value) => alphabet.charAt(value)).join('')).join('-');
}

/** Reads what a person typed: case, hyphens and blanks do not matter; O is 0, I and L are 1. */
export function readPhrase(text: string): PhraseReading {
  const typed = text.toUpperCase().replace(/[\s\-—－_]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (typed.length !== phraseGroups * (charactersAGroup + 1)) return { kind: 'length', characters: typed.length };
  const groups = Array.from({ length: phraseGroups }, (_, index) => typed.slice(index * (charactersAGroup + 1), (index + 1) * (charactersAGroup + 1)));
  const wrong = groups.flatMap((group, index) => (isSound([...group].map((letter) => alphabet.indexOf(letter)), index) ? [] : [index + 1]));
  if (wrong.length > 0) return { kind: 'groups', wrong };
  return { kind: 'read', bytes: bytesOf(groups.flatMap((group) => [...group.slice(0, charactersAGroup)].map((letter) => alphabet.indexOf(letter)))), groups };
}

function isSound(values: readonly number[], index: number): boolean {
  return values.every((value) => value >= 0) && checkOf(values.slice(0, charactersAGroup), index) === values[charactersAGroup];
}

/** Weighted sum over the field of 32 elements: names every single wrong character, every swap of neighbours and every group in another's place. */
function checkOf(values: readonly number[], index: number): number {
  return doubled(values.reduce((sum, value) => doubled(sum) ^ value, index + 1));
}

/** Multiplies by x in GF(32), x⁵ = x² + 1. */
function doubled(value: number): number {
  return value & 16 ? (value << 1) ^ 0b100101 : value << 1;
}

function groupValues(bytes: Uint8Array): number[][] {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const count = phraseGroups * charactersAGroup;
  const values = Array.from({ length: count }, (_, index) => Number((bits >> BigInt(5 * (count - 1 - index))) & 31n));
  return Array.from({ length: phraseGroups }, (_, index) => values.slice(index * charactersAGroup, (index + 1) * charactersAGroup));
}

function bytesOf(values: readonly number[]): Uint8Array {
  let bits = 0n;
  for (const value of values) bits = (bits << 5n) | BigInt(value);
  return Uint8Array.from({ length: phraseBytes }, (_, index) => Number((bits >> BigInt(8 * (phraseBytes - 1 - index))) & 255n));
}
