/** The gate for foreign JSON, and RFC 8785 as the library writes it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '../../../electron/journal/index.ts';
import { readCanonicalBytes, readCanonicalText } from '../../../electron/exchange/canonical-json.ts';

const verdict = (text: string): string => {
  const gate = readCanonicalText(text);
  return gate.ok ? 'ok' : gate.fault;
};

test.each([
  // RFC 8785, 3.2.3: keys sorted by UTF-16 code units, strings with the fewest escapes.
  [
    {
      '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One', '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis',
    },
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis","\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  ],
  [{ string: '\u20ac$\u000F\nA\'B"\\\\"/', literals: [null, true, false] }, '{"literals":[null,true,false],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'],
  [{ numbers: [333333333, 1, 0, -5] }, '{"numbers":[333333333,1,0,-5]}'],
  [{ b: { d: 1, c: [] }, a: {} }, '{"a":{},"b":{"c":[],"d":1}}'],
])('writes RFC 8785', (value, text) => {
  expect(canonicalText(value)).toBe(text);
  expect(verdict(text)).toBe('ok');
});

test.each([
  ['{"a":1}', 'ok'],
  ['{"a":{"b":[[[[[1]]]]]}}', 'ok'],
  ['{"a":{"b":[[[[[[1]]]]]]}}', 'ok'],
  ['{"a":{"b":[[[[[[[1]]]]]]]}}', 'too-deep'],
  [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'too-deep'],
  [`{"a":"${'['.repeat(100)}"}`, 'ok'],
  [`{"a":"\\\\"}`, 'ok'],
  ['', 'not-json'],
  ['{', 'not-json'],
  ['{"a":1}{"a":1}', 'not-json'],
  ['{"a":1}\n', 'not-canonical'],
  ['\ufeff{"a":1}', 'not-json'],
  ['[]', 'not-an-object'],
  ['1', 'not-an-object'],
  ['null', 'not-an-object'],
  ['{"__proto__":1}', 'forbidden-key'],
  ['{"a":{"__proto__":{"admin":1}}}', 'forbidden-key'],
  ['{"\\u005f_proto__":1}', 'forbidden-key'],
  ['{"a":1,"a":1}', 'not-canonical'],
  ['{"a":1,"a":2}', 'not-canonical'],
  ['{"b":1,"a":1}', 'not-canonical'],
  ['{ "a":1}', 'not-canonical'],
  ['{"a":1.0}', 'not-canonical'],
  ['{"a":1e2}', 'not-canonical'],
  ['{"a":-0}', 'not-canonical'],
  ['{"a":1.5}', 'not-an-integer'],
  ['{"a":9007199254740993}', 'not-an-integer'],
  ['{"a":1e400}', 'not-an-integer'],
  ['{"a":01}', 'not-json'],
  ['{"a":+1}', 'not-json'],
  ['{"a":NaN}', 'not-json'],
  ['{"a":"\\u0041"}', 'not-canonical'],
  ['{"a":"\\/"}', 'not-canonical'],
  ['{"a":"\\ud800"}', 'lone-surrogate'],
  ['{"\\udc00":1}', 'lone-surrogate'],
  [`{"a":"${'x'.repeat(2_000)}"}`, 'ok'],
  [`{"a":"${'x'.repeat(2_001)}"}`, 'string-too-long'],
  [`{"${'x'.repeat(2_001)}":1}`, 'string-too-long'],
  [canonicalText(Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`k${String(index)}`, 1]))), 'ok'],
  [canonicalText(Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`k${String(index)}`, 1]))), 'too-many-keys'],
])('%.60s is judged %s', (text, expected) => {
  expect(verdict(text)).toBe(expected);
});

test('bytes that are no UTF-8, an overlong form and a surrogate in UTF-8 are refused', () => {
  for (const bytes of [[0x7b, 0xff, 0x7d], [0xc0, 0xaf], [0xed, 0xa0, 0x80]]) {
    expect(readCanonicalBytes(Uint8Array.from(bytes), 100)).toEqual({ ok: false, fault: 'not-utf8' });
  }
  expect(readCanonicalBytes(new Uint8Array(101), 100)).toEqual({ ok: false, fault: 'too-long' });
});

const leaf = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
const tree = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 5 }, leaf, fc.array(tie('node'), { maxLength: 4 }), fc.dictionary(fc.string({ maxLength: 8 }).filter((key) => key !== '__proto__'), tie('node'), { maxKeys: 6 })),
})).node;

test('whatever the office writes passes its own gate and comes back the same', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ maxLength: 8 }).filter((key) => key !== '__proto__'), tree, { maxKeys: 6 }), (value) => {
      const text = canonicalText(value);
      const gate = readCanonicalText(text);
      expect(gate.ok && canonicalText(gate.value)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test('a text that is accepted is the only spelling of its value', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.nat(), fc.constantFrom(' ', '\n', '0', 'e0', '\\u0020', ','), (text, at, insertion) => {
      const gate = readCanonicalText(text);
      const mutated = `${text.slice(0, at % (text.length + 1))}${insertion}${text.slice(at % (text.length + 1))}`;
      const other = readCanonicalText(mutated);
      expect(gate.ok && other.ok && canonicalText(gate.value) === canonicalText(other.value)).toBe(false);
    }),
    { numRuns: 500 },
  );
});
