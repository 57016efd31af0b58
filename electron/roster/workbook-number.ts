/**
 * Numbers as a spreadsheet writes them 工作簿中的数字: characters into plain decimal characters, by moving the point only. No value is ever
 * calculated with floating point here; where a writing of 17 digits stands for a shorter one, the two are proved to be the same number.
 * @source ECMA-376 part 1, 18.3.1.96 (v); IEEE 754: 15 decimal digits survive a double, 17 name one
 */

const numberPattern = /^(-?)([0-9]{1,400})(?:\.([0-9]{1,400}))?(?:[eE]([+-]?[0-9]{1,3}))?$/;

/** Digits that a spreadsheet keeps of a number; the rest becomes zeros. */
export const digitsKept = 15;

/** `1.2E+3` → `1200`, `007.50` → `7.5`; null where the text is no number. */
export function plainNumber(written: string): string | null {
  const match = numberPattern.exec(written);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point <= 0 ? `${'0'.repeat(1 - point)}${digits}` : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const integer = padded.slice(0, at).replace(/^0+(?=[0-9])/, '');
  const decimals = padded.slice(at).replace(/0+$/, '');
  const plain = decimals === '' ? integer : `${integer}.${decimals}`;
  return sign === '-' && plain !== '0' ? `-${plain}` : plain;
}

/**
 * The amount a numeric cell holds, as text of at most two decimals; null where it holds more.
 * A spreadsheet writes 1.1 as `1.1000000000000001`: the same double, so the shorter writing is what was typed.
 * @param plain of plainNumber
 */
export function exactAmount(plain: string): string | null {
  if (decimalsOf(plain) <= 2) return plain;
  if (significantDigits(plain) <= digitsKept) return null;
  const shortest = plainNumber(String(Number(plain)));
  return shortest !== null && decimalsOf(shortest) <= 2 && significantDigits(shortest) <= digitsKept ? shortest : null;
}

/** How many digits of a whole number a spreadsheet has lost: 3 of 18. */
export function digitsLostBySheet(plain: string): number {
  const integer = plain.replace(/^-/, '').split('.')[0] ?? '';
  return Math.max(0, integer.length - digitsKept);
}

function decimalsOf(plain: string): number {
  return plain.split('.')[1]?.length ?? 0;
}

function significantDigits(plain: string): number {
  return plain.replace(/[-.]/g, '').replace(/^0+/, '').length;
}
