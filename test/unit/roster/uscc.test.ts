/** Unified social credit codes: published codes, each kind of mistake, and every check value, the 31st included. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeUscc, organisationCheckCharacter, usccAlphabet, usccCheckCharacter, usccOf } from '../../../shared/roster/uscc.ts';

/** The worked example of GB 32100-2015, then codes from companies' own published papers. */
const published = ['91350100M000100Y43', '91110000802100433B', '914403001922038216', '9144030071526726XG', '91330100799655058B', '91370200163562681G', '12100000400000624D', '91310115591693856A', '91310110666007217T'];

test.each(published)('accepts the published code %s', (code) => {
  expect(judgeUscc(code)).toEqual({ kind: 'valid', code, upperCased: false, organisationDigit: true });
});

test.each([
  ['lower case is read as capitals and said so', '91350100m000100y43', { kind: 'valid', code: '91350100M000100Y43', upperCased: true, organisationDigit: true }],
  ['a wrong last character names the right one', '91350100M000100Y44', { kind: 'check', expected: '3' }],
  ['a code of the early trials that never followed the standard', '91350211M00013FA1N', { kind: 'check', expected: usccCheckCharacter('91350211M00013FA1') }],
  ['two digits swapped', '91350100M000010Y43', { kind: 'check', expected: usccCheckCharacter('91350100M000010Y4') }],
  ['17 characters', '91350100M000100Y4', { kind: 'length', length: 17 }],
  ['19 characters', '91350100M000100Y433', { kind: 'length', length: 19 }],
  ['the letter I', '91350211M0001I0Y43', { kind: 'character', character: 'I' }],
  ['the letter O', '9135O211M000100Y43', { kind: 'character', character: 'O' }],
  ['the letter S', '91350211S000100Y43', { kind: 'character', character: 'S' }],
  ['the letter V', '91350211V000100Y43', { kind: 'character', character: 'V' }],
  ['the letter Z', '91350211Z000100Y43', { kind: 'character', character: 'Z' }],
  ['full-width digits', '９1350211M000100Y43', { kind: 'character', character: '９' }],
  ['a blank inside', '91350211 M000100Y4', { kind: 'character', character: ' ' }],
  ['nothing at all', '', { kind: 'length', length: 0 }],
  ['what Excel leaves of a number', '9.12114E+17', { kind: 'digits-lost' }],
  ['the same without decimals', '9e17', { kind: 'digits-lost' }],
  ['zeros where Excel lost the digits', '912113820000012000', { kind: 'digits-lost' }],
  ['a tax number of 15 characters', '211382700000001', { kind: 'legacy', code: '211382700000001', upperCased: false }],
  ['one with a letter', '21138270000000x', { kind: 'legacy', code: '21138270000000X', upperCased: true }],
  ['an individual business by identity card and two digits', '21138219700101123X01', { kind: 'legacy', code: '21138219700101123X01', upperCased: false }],
] as const)('%s', (_case, text, verdict) => {
  expect(judgeUscc(text)).toEqual(verdict);
});

test('a wrong nested organisation digit is a remark, since only character 18 decides', () => {
  const head = '91211382MA0000009';
  const wrong = organisationCheckCharacter('MA000000') === '9' ? '8' : '9';
  const code = `${head.slice(0, 16)}${wrong}${usccCheckCharacter(`${head.slice(0, 16)}${wrong}`)}`;
  expect(judgeUscc(code)).toMatchObject({ kind: 'valid', organisationDigit: false });
});

test('organisation codes write 10 as X and 11 as 0', () => {
  // GB 11714-1997, worked example D2143569-X.
  expect(organisationCheckCharacter('D2143569')).toBe('X');
  const zero = Array.from({ length: 200 }, (_, index) => String(index).padStart(8, '0')).find((body) => organisationCheckCharacter(body) === '0');
  expect(zero).toBeDefined();
});

test('every check character occurs, 0 for a sum divisible by 31 among them, and its code is accepted', () => {
  const seen = new Set<string>();
  for (let index = 0; index < 2000; index += 1) {
    const code = usccOf({ authority: '91', district: '211382', organisation: `MA${String(index).padStart(6, '0')}` });
    expect(judgeUscc(code).kind).toBe('valid');
    seen.add(code.charAt(17));
  }
  expect([...seen].sort().join('')).toBe(Array.from(usccAlphabet).sort().join(''));
});

test('any single wrong character of a valid code is refused', () => {
  const character = fc.constantFrom(...Array.from(usccAlphabet));
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-Z]{6}$/), fc.nat(17), character, (organisation, place, wrong) => {
      const code = usccOf({ authority: '91', district: '211382', organisation: `MA${organisation.replace(/[IOSVZ]/g, '1')}` });
      fc.pre(code.charAt(place) !== wrong);
      expect(judgeUscc(code.slice(0, place) + wrong + code.slice(place + 1)).kind).not.toBe('valid');
    }),
  );
});

test('no text makes the judge throw or take long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(judgeUscc(text)).toHaveProperty('kind');
    }),
  );
  const started = performance.now();
  expect(judgeUscc('9'.repeat(1_000_000))).toEqual({ kind: 'length', length: 1_000_000 });
  expect(performance.now() - started).toBeLessThan(50);
});
