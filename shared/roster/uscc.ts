/**
 * Unified social credit codes 统一社会信用代码 of GB 32100-2015 and the older tax numbers still met in files. Decides whether a
 * text is such a code and computes check characters; whether the taxpayer exists is nobody's claim here.
 * @source GB 32100-2015 (code and check character), GB 11714-1997 (nested organisation code); shared spec conventions.md
 */
import { assert } from '../kernel/assert.ts';

/** The 31 characters of GB 32100-2015, in order of value: digits and capitals without I O S V Z. */
export const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

const usccPattern = /^[0-9A-HJ-NP-RTUW-Y]{18}$/;
const usccLength = 18;
/** 15 characters: six digits of the district and the nine of the organisation code. */
const legacy15Pattern = /^[0-9]{6}[0-9A-Z]{8}[0-9X]$/;
/** 20 characters: identity card number and two digits, for individual businesses 个体工商户. */
const legacy20Pattern = /^[0-9]{17}[0-9X][0-9]{2}$/;
/** `9.12E+17`, `9.12e17`: what a spreadsheet leaves of a long number. */
const scientificPattern = /^[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,3}$/;
/** A spreadsheet keeps 15 digits of a number and writes zeros for the others. */
const zeroTailPattern = /^[1-9][0-9]{14}0{3}$/;

/** Nothing longer is looked at. */
const textLengthMax = 100;

const usccWeights = powersOfThree(usccLength - 1);
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
const valueOf = new Map(Array.from(usccAlphabet, (character, value) => [character, value]));
/** The same by code unit; -1 = outside the alphabet. */
const valueAt = Array.from({ length: 128 }, (_, unit) => valueOf.get(String.fromCharCode(unit)) ?? -1);

export type UsccVerdict =
  /** `code` is in capitals; `organisationDigit` false = character 17 does not fit characters 9–16, worth a warning only. */
  | { readonly kind: 'valid'; readonly code: string; readonly upperCased: boolean; readonly organisationDigit: boolean }
  /** A tax number of 15 or 20 characters, from before 2015. */
  | { readonly kind: 'legacy'; readonly code: string; readonly upperCased: boolean }
  /** A spreadsheet has replaced the last digits: the code cannot be recovered from this file. */
  | { readonly kind: 'digits-lost' }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'check'; readonly expected: string };

/** Judges a code as written; full-width characters are refused, lower case is read as capitals and reported. */
export function judgeUscc(text: string): UsccVerdict {
  if (text.length > textLengthMax) return { kind: 'length', length: text.length };
  const code = text.toUpperCase();
  const upperCased = code !== text;
  if (usccPattern.test(code)) {
    const expected = usccCheckCharacter(code.slice(0, usccLength - 1));
    if (code.endsWith(expected)) return { kind: 'valid', code, upperCased, organisationDigit: organisationDigitFits(code) };
    return zeroTailPattern.test(code) ? { kind: 'digits-lost' } : { kind: 'check', expected };
  }
  if (legacy15Pattern.test(code) || legacy20Pattern.test(code)) return { kind: 'legacy', code, upperCased };
  if (scientificPattern.test(text)) return { kind: 'digits-lost' };
  const stranger = Array.from(text).find((character) => !/^[0-9A-Za-z]$/.test(character));
  if (stranger !== undefined) return { kind: 'character', character: stranger };
  const characters = Array.from(code);
  if (characters.length !== usccLength) return { kind: 'length', length: characters.length };
  return { kind: 'character', character: characters.find((character) => !valueOf.has(character)) ?? '' };
}

/** Whether a spreadsheet has turned a long number into `9.12E+17`, so that its last digits are gone. */
export function digitsLost(text: string): boolean {
  return scientificPattern.test(text);
}

/**
 * Character 18 for the first 17: (31 − Σ value·3^i mod 31) mod 31. A sum divisible by 31 gives the character `0`, which some
 * libraries refuse.
 * @throws AssertionFault unless `head` is 17 characters of the alphabet
 */
export function usccCheckCharacter(head: string): string {
  assert(head.length === usccLength - 1, 'a USCC head has 17 characters');
  let sum = 0;
  for (let index = 0; index < usccLength - 1; index += 1) {
    const value = valueAt[head.charCodeAt(index)] ?? -1;
    assert(value >= 0, 'a USCC uses the alphabet of GB 32100');
    sum += value * (usccWeights[index] ?? 0);
  }
  return usccAlphabet.charAt((31 - (sum % 31)) % 31);
}

/**
 * A complete code, for demonstration data and tests.
 * @param parts registration authority and category (2), district of GB/T 2260 (6 digits), 8 characters of the organisation code
 */
export function usccOf(parts: { readonly authority: string; readonly district: string; readonly organisation: string }): string {
  const head = `${parts.authority}${parts.district}${parts.organisation}${organisationCheckCharacter(parts.organisation)}`;
  return `${head}${usccCheckCharacter(head)}`;
}

/**
 * Character 9 of an organisation code 组织机构代码: 11 − Σ value·weight mod 11, where 10 is written X and 11 is written 0.
 * @throws AssertionFault unless `organisation` is 8 digits or capitals
 * @source GB 11714-1997
 */
export function organisationCheckCharacter(organisation: string): string {
  assert(/^[0-9A-Z]{8}$/.test(organisation), 'an organisation code has 8 characters before its check character');
  let sum = 0;
  for (let index = 0; index < organisationWeights.length; index += 1) {
    const unit = organisation.charCodeAt(index);
    // Digits are their own value, capitals begin with 10.
    sum += (organisationWeights[index] ?? 0) * (unit <= 57 ? unit - 48 : unit - 55);
  }
  const check = 11 - (sum % 11);
  if (check === 10) return 'X';
  return check === 11 ? '0' : String(check);
}

function organisationDigitFits(code: string): boolean {
  return organisationCheckCharacter(code.slice(8, 16)) === code.charAt(16);
}

function powersOfThree(count: number): readonly number[] {
  const powers = [1];
  while (powers.length < count) powers.push(((powers.at(-1) ?? 0) * 3) % 31);
  return powers;
}
