/**
 * What any text cell of a foreign file may hold, and the shield that keeps a spreadsheet from running it as a formula. Characters
 * that cannot be seen are refused, never removed: a name is stored as received or not at all.
 * @source shared spec decisions.md 29; faults.md E05–E07; OWASP ASVS 5.0 1.2.10
 */

/** Controls, format characters (bidirectional, zero-width), separators of lines, lone surrogates. */
const invisiblePattern = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Remarks may hold line breaks and tabs. */
const invisibleInRemarkPattern = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const garbledPattern = /[\ufffd\ufffe\uffff]/;
/** A question mark in a name is what GBK leaves of a rare character; private use is a character of one machine only. */
const doubtfulPattern = /[?\p{Co}]/u;

/** Characters that make a spreadsheet read a cell as a formula or that hide one. */
const formulaLead = '=+\\-@\\t\\r\\n\\0';
const shieldNeeded = new RegExp(`^'*[${formulaLead}]`);
const shieldStands = new RegExp(`^'+[${formulaLead}]`);

/** Whether a cell holds nothing but blanks: then it is a blank cell. */
export function isBlankText(text: string): boolean {
  if (text === '') return true;
  // Most cells begin with a digit, a letter or a Chinese character: none of them is a blank.
  const first = text.charCodeAt(0);
  if ((first > 0x20 && first < 0x7f) || (first >= 0x4e00 && first <= 0x9fff)) return false;
  return text.trim() === '';
}

/** Text of Chinese characters, letters, digits and the commonest marks of names, in which nothing is invisible, garbled or doubtful. */
export function isPlainText(text: string): boolean {
  return plainPattern.test(text);
}

const plainPattern = /^[\u4e00-\u9fff0-9A-Za-z（）·]+$/;

/** The first character that may not stand in a cell, as `U+202E`, or null. */
export function invisibleCharacter(text: string): string | null {
  return codePointOf(invisiblePattern.exec(text));
}

/** The same for remarks, in which tabs and line feeds are allowed. */
export function invisibleInRemark(text: string): string | null {
  return codePointOf(invisibleInRemarkPattern.exec(text));
}

/** U+FFFD and non-characters: an earlier program has lost the original. */
export function garbledCharacter(text: string): string | null {
  return codePointOf(garbledPattern.exec(text));
}

/** A character in a name that somebody should compare with the business licence. */
export function doubtfulCharacter(text: string): string | null {
  const match = doubtfulPattern.exec(text);
  return match === null ? null : match[0] === '?' ? '“?”' : codePointOf(match);
}

/** Text for a cell of a file that a spreadsheet will open: a leading `'` where it would be taken for a formula. */
export function shieldedText(text: string): string {
  return shieldNeeded.test(text) ? `'${text}` : text;
}

/** Takes off what shieldedText put on; other text is returned as it is. */
export function unshieldedText(text: string): string {
  return shieldStands.test(text) ? text.slice(1) : text;
}

function codePointOf(match: RegExpExecArray | null): string | null {
  if (match === null) return null;
  return `U+${(match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
