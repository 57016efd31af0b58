/**
 * The 32 characters of a fingerprint as they are typed from paper 密钥指纹: Crockford base32, shown in 8 groups of 4. Lower case and the letters
 * that Crockford reads as digits are taken as such; everything else is left out and said.
 */
export const fingerprintLength = 32;
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export type TypedFingerprint = {
  /** At most 32 characters of the alphabet. */
  readonly characters: string;
  /** Groups of four with blanks between. */
  readonly grouped: string;
  /** Characters that are in no fingerprint, as typed. */
  readonly strangers: string;
};

/** Reads what stands in the field. */
export function typedFingerprint(text: string): TypedFingerprint {
  let characters = '';
  let strangers = '';
  for (const character of text.normalize('NFKC').toUpperCase()) {
    const meant = character === 'O' ? '0' : character === 'I' || character === 'L' ? '1' : character;
    if (alphabet.includes(meant)) characters += meant;
    else if (!/[\s-]/.test(meant)) strangers += character;
  }
  characters = characters.slice(0, fingerprintLength);
  return { characters, grouped: grouped(characters), strangers };
}

/** `ABCD EFGH …`, as on the printed sheet. */
export function grouped(characters: string): string {
  return characters.replace(/[\s-]/g, '').replace(/(.{4})(?=.)/g, '$1 ');
}
