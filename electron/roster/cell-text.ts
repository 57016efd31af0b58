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

/** Characters that make a spreadsheet read a cell as a formula or that hide one; Chinese editions take the full-width signs too. */
const formulaLead = '=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r\\n\\0';
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

/** A character as a person reads about it: seen ones in quotes with their code point, `“⼚”（U+2F1A）`. */
export function namedCharacter(character: string): string {
  const code = codePoint(character);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) && invisibleCharacter(character) === null ? `“${character}”（${code}）` : code;
}

/** What stands inside `="…"`, the writing that keeps a spreadsheet from changing a number; null for any other text. */
export function equalsQuoted(text: string): string | null {
  if (text.charCodeAt(0) !== 61 && text.charCodeAt(0) !== 0xff1d) return null;
  const inside = /^[=\uff1d]"((?:[^"]|"")*)"$/.exec(text.trim())?.[1];
  return inside === undefined ? null : inside.replaceAll('""', '"');
}

/** Text for a cell of a file that a spreadsheet will open: a leading `'` where it would be taken for a formula. */
export function shieldedText(text: string): string {
  return shieldNeeded.test(text) ? `'${text}` : text;
}

/** A number as people write it, with or without separators: nothing that a spreadsheet would run, negative or not. */
const writtenNumber = /^-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?$/;

/** The same for a cell of a report: amounts stay numbers, negative ones too. Not for codes and accounts, whose texts come from outside. */
export function shieldedCell(text: string): string {
  return writtenNumber.test(text) ? text : shieldedText(text);
}

/** Takes off what shieldedText put on; other text is returned as it is. */
export function unshieldedText(text: string): string {
  return shieldStands.test(text) ? text.slice(1) : text;
}

function codePointOf(match: RegExpExecArray | null): string | null {
  return match === null ? null : codePoint(match[0]);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
