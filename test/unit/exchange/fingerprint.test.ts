/** Fingerprints as people print, read out and type them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintOf, readFingerprint } from '../../../electron/exchange/fingerprint.ts';

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('a fingerprint is the first 160 bits in eight groups of four', () => {
  expect(fingerprintOf(new Uint8Array(32))).toBe('0000-0000-0000-0000-0000-0000-0000-0000');
  expect(fingerprintOf(new Uint8Array(32).fill(0xff))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ');
  // 0x00 0x44 0x32 0x14 0xc7 … counts 00000 00001 00010 … in fives.
  const counting = Uint8Array.from([0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf, 0x84, 0x65, 0x3a, 0x56, 0xd7, 0xc6, 0x75, 0xbe, 0x77, 0xdf]);
  expect(fingerprintOf(new Uint8Array([...counting, ...new Uint8Array(12)]))).toBe('0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ');
});

test('typing forgives case, spaces, hyphens and the letters that look like digits', () => {
  const printed = '0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ';
  for (const typed of [printed.toLowerCase(), printed.replaceAll('-', ' '), printed.replaceAll('-', ''), `o${printed.slice(1)}`, printed.replace('1', 'I'), printed.replace('1', 'l'), `  ${printed}  `]) {
    expect(readFingerprint(typed)).toBe(printed);
  }
});

test.each([
  '', '0123', '0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXY', '0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ0', '0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYU',
  '０123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ', 'ı123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ', '0123_4567_89AB_CDEF_GHJK_MNPQ_RSTV_WXYZ',
])('%j is no fingerprint', (typed) => {
  expect(readFingerprint(typed)).toBeNull();
});

test('one wrong character, or two neighbours swapped, is another fingerprint', () => {
  fc.assert(
    fc.property(digest, fc.nat({ max: 31 }), fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('')), (bytes, at, letter) => {
      const letters = [...fingerprintOf(bytes).replaceAll('-', '')];
      const wrong = letters.with(at, letter).join('');
      expect(readFingerprint(wrong) === fingerprintOf(bytes)).toBe(letters[at] === letter);
      const next = (at + 1) % 32;
      const swapped = letters.with(at, letters[next] ?? '').with(next, letters[at] ?? '').join('');
      expect(readFingerprint(swapped) === fingerprintOf(bytes)).toBe(letters[at] === letters[next]);
    }),
  );
});

test('what is printed reads back to itself', () => {
  fc.assert(
    fc.property(digest, (bytes) => {
      expect(readFingerprint(fingerprintOf(bytes))).toBe(fingerprintOf(bytes));
    }),
  );
});
