/**
 * What a password 口令 or key passphrase 密钥口令 must not be: short, or so simple that the first guesses find it. The same judgement at the field
 * and in the office. It knows no list of leaked passwords and asks for no mixture of signs: a sentence is better.
 * @source ASVS 2.1; ledger.md 3.1; faults.md E2
 */
import { passwordLengthMin } from './model.ts';

/** What is wrong with it, as the middle of a sentence. */
export type PasswordFault = { readonly kind: 'short'; readonly min: number } | { readonly kind: 'trivial'; readonly why: string };

const keyboardRows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890'];
const firstGuesses = ['password', 'passw0rd', 'iloveyou', 'welcome', 'letmein', 'liudizhida', 'liudi', 'admin', 'abc123', '123456'];
/** Fewest different signs, and fewest signs that do not follow from the one before. */
const differentMin = 5;
const freeMin = 6;

/** @param names what anyone would try first: user name, name of the person, name of the office */
export function passwordFault(password: string, names: readonly string[]): PasswordFault | null {
  const signs = [...password.normalize('NFC')];
  if (signs.length < passwordLengthMin) return { kind: 'short', min: passwordLengthMin };
  if (new Set(signs).size < differentMin) return { kind: 'trivial', why: `只用了不到 ${String(differentMin)} 个不同的字符` };
  if (repeats(signs)) return { kind: 'trivial', why: '由同一小段重复而成' };
  const left = names.concat(firstGuesses).reduce((text, name) => (name.length < 2 ? text : text.replaceAll(name.toLowerCase(), '')), password.normalize('NFC').toLowerCase());
  if (freeSigns([...left]) < freeMin) return { kind: 'trivial', why: '除用户名、姓名和常用口令外，只是顺着数的数字、字母或键盘上相邻的键' };
  return null;
}

/** What stands at the field. */
export function passwordFaultText(fault: PasswordFault): string {
  return fault.kind === 'short' ? `至少 ${String(fault.min)} 个字符` : `过于简单：${fault.why}`;
}

function repeats(signs: readonly string[]): boolean {
  const half = Math.floor(signs.length / 2);
  return Array.from({ length: half }, (_, index) => index + 1).some((unit) => signs.every((sign, index) => sign === signs[index % unit]));
}

function freeSigns(signs: readonly string[]): number {
  return signs.filter((sign, index) => !follows(signs[index - 1], sign)).length;
}

function follows(before: string | undefined, sign: string): boolean {
  if (before === undefined) return false;
  if (Math.abs((before.codePointAt(0) ?? 0) - (sign.codePointAt(0) ?? 0)) <= 1) return true;
  return keyboardRows.some((row) => row.includes(before) && row.includes(sign) && Math.abs(row.indexOf(before) - row.indexOf(sign)) === 1);
}
