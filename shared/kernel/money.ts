/**
 * Money 金额: integer fen 分 as bigint, and the only doors between fen and text. Nothing here rounds; multiplying an
 * amount by a ratio, which does round, lives in ratio.ts under a named rule. Numbers (IEEE doubles) never hold money.
 */
import { assert } from './assert.ts';

/** An amount in fen 分 (1/100 yuan). Sign allowed only where the caller's schema says so. */
export type Fen = bigint;

/** The largest magnitude any amount or total may have: below 2^63, so that SQLite's INTEGER holds it. */
export const fenMax: Fen = 9_000_000_000_000_000_000n;

/** Digits of yuan in one amount. */
const yuanDigitsMax = 13;
/** A sum of amounts has more digits than one amount may have. */
const totalPattern = /^-?(?:0|[1-9][0-9]{0,16})\.[0-9]{2}$/;
const fenPattern = /^(?:0|-?[1-9][0-9]{0,14})$/;

/**
 * Reads yuan as people and files write it: digits, at most two decimals, no separators, no plus sign, no exponent.
 * @returns fen, or null when the text is not an amount (`''`, `' 12'`, `1e3`, `0x10`, `1.005`, `-0`, 14+ integer digits)
 */
export function parseYuan(text: string): Fen | null {
  // Looked at character by character and converted once: this is read millions of times for a big roster.
  const length = text.length;
  const first = text.charCodeAt(0) === minus ? 1 : 0;
  let index = first;
  while (index < length && isDigit(text.charCodeAt(index))) index += 1;
  const digits = index - first;
  if (digits === 0 || digits > yuanDigitsMax || (digits > 1 && text.charCodeAt(first) === zero)) return null;
  let fen: Fen;
  if (index === length) fen = BigInt(`${text}00`);
  else {
    const decimals = length - index - 1;
    if (text.charCodeAt(index) !== point || decimals < 1 || decimals > 2 || !isDigit(text.charCodeAt(index + 1)) || !isDigit(text.charCodeAt(length - 1))) return null;
    fen = BigInt(`${text.slice(0, index)}${text.slice(index + 1)}${decimals === 1 ? '0' : ''}`);
  }
  return fen === 0n && first === 1 ? null : fen;
}

function isDigit(unit: number): boolean {
  return unit >= zero && unit <= zero + 9;
}

const [minus, point, zero] = [45, 46, 48];

/**
 * Yuan text as the program writes it, an amount or a total: exactly two decimals, any size that `fenMax` allows.
 * @returns fen, or null when the text is not such
 */
export function parseTotal(text: string): Fen | null {
  if (!totalPattern.test(text)) return null;
  const fen = BigInt(text.replace('.', ''));
  return fen > fenMax || -fen > fenMax || (fen === 0n && text.startsWith('-')) ? null : fen;
}

/** The one reader of what an office answered: never nought for what is no amount. @throws AssertionFault */
export function fenOfYuan(text: string): Fen {
  const fen = parseTotal(text);
  assert(fen !== null, 'an answer holds an amount in yuan');
  return fen;
}

/** Fen as yuan with exactly two decimals and no separators: `-1234.50`. The form of files and of the headless output. */
export function yuanText(fen: Fen): string {
  if (fen === 0n) return '0.00';
  const sign = fen < 0n ? '-' : '';
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Fen as yuan with thousands separators for screens, reports and sentences: `1,234.50`. */
export function groupedYuan(fen: Fen): string {
  return groupedText(yuanText(fen));
}

/** The same of an amount that is yuan text already. */
export function groupedText(text: string): string {
  const firstDigit = text.startsWith('-') ? 1 : 0;
  let end = text.length - 3; // before the point
  let grouped = text.slice(end);
  for (; end - firstDigit > 3; end -= 3) grouped = `,${text.slice(end - 3, end)}${grouped}`;
  return text.slice(0, end) + grouped;
}

/** Integer fen as travels inside packages and journal bodies: `0` or `-?[1-9][0-9]{0,14}`; null when it is not. */
export function parseFen(text: string): Fen | null {
  return fenPattern.test(text) ? BigInt(text) : null;
}

/** Integer fen of an amount or a total, as journal lines hold it; null when it is not, or beyond fenMax. */
export function parseTotalFen(text: string): Fen | null {
  if (!/^(?:0|-?[1-9][0-9]{0,18})$/.test(text)) return null;
  const fen = BigInt(text);
  return fen > fenMax || -fen > fenMax ? null : fen;
}

/** The sum in fen. @throws AssertionFault beyond fenMax */
export function sumFen(amounts: Iterable<Fen>): Fen {
  let total = 0n;
  for (const amount of amounts) total += amount;
  assert(total <= fenMax && total >= -fenMax, 'a total exceeds the range of money');
  return total;
}

export function maxFen(a: Fen, b: Fen): Fen {
  return a > b ? a : b;
}

export function minFen(a: Fen, b: Fen): Fen {
  return a < b ? a : b;
}

const capitalDigits = '零壹贰叁肆伍陆柒捌玖';
const capitalPlaces = ['', '拾', '佰', '仟'];
const capitalGroups = ['', '万', '亿', '万亿'];

/**
 * Amount in capital characters 大写金额 as on a 收入退还书: `人民币壹仟贰佰元伍角整`. "整" follows 元 and 角, never 分.
 * @source 《支付结算办法》附一 正确填写票据和结算凭证的基本规定 (background knowledge, needs evidence)
 */
export function capitalAmount(fen: Fen): string {
  const absolute = fen < 0n ? -fen : fen;
  const yuan = absolute / 100n;
  const jiao = Number((absolute / 10n) % 10n);
  const cent = Number(absolute % 10n);
  const head = `人民币${fen < 0n ? '负' : ''}`;
  const whole = yuan === 0n ? '' : `${capitalInteger(yuan)}元`;
  if (jiao === 0 && cent === 0) return `${head}${whole === '' ? '零元' : whole}整`;
  const jiaoText = jiao === 0 ? (whole === '' ? '' : '零') : `${capitalDigits.charAt(jiao)}角`;
  return cent === 0 ? `${head}${whole}${jiaoText}整` : `${head}${whole}${jiaoText}${capitalDigits.charAt(cent)}分`;
}

function capitalInteger(yuan: bigint): string {
  assert(yuan < 10n ** 16n, 'capital amounts reach 16 digits');
  let text = '';
  let gap = false;
  let rest = yuan;
  const groups: number[] = [];
  for (; rest > 0n; rest /= 10000n) groups.push(Number(rest % 10000n));
  for (let index = groups.length - 1; index >= 0; index -= 1) {
    const group = groups[index] ?? 0;
    if (group === 0) {
      gap = text !== '';
      continue;
    }
    // One 零 for the zeros between two groups, also when the upper group ends in one (107,000 → 壹拾万零柒仟).
    if (text !== '' && (gap || group < 1000 || (groups[index + 1] ?? 1) % 10 === 0)) text += '零';
    // 万亿 is written once: 亿 already stands when a later group follows in the same 亿.
    text += capitalGroup(group) + groupUnit(index, groups);
    gap = false;
  }
  return text;
}

function groupUnit(index: number, groups: readonly number[]): string {
  if (index === 3 && (groups[2] ?? 0) !== 0) return '万';
  return capitalGroups[index] ?? '';
}

function capitalGroup(group: number): string {
  let text = '';
  let zero = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) {
      zero = text !== '';
      continue;
    }
    text += `${zero ? '零' : ''}${capitalDigits.charAt(digit)}${capitalPlaces[place] ?? ''}`;
    zero = false;
  }
  return text;
}
