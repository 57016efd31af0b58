/** The recovery phrase: written and read back exactly, and a slip of the pen is named by its group. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { phraseBytes, phraseGroups, phraseText, readPhrase } from '../../../shared/administration/recovery-phrase.ts';
import { recoveryIdentity, recoveryRecipient } from '../../../electron/administration/recovery-key.ts';
import { identityToRecipient } from 'age-encryption';

const chance = fc.uint8Array({ minLength: phraseBytes, maxLength: phraseBytes });
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

test('a phrase has eight groups of five and is read back, however it is spaced or cased', () => {
  fc.assert(fc.property(chance, fc.constantFrom('-', ' ', '', ' - '), (bytes, gap) => {
    const text = phraseText(bytes);
    expect(text).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{5}-){7}[0-9A-HJKMNP-TV-Z]{5}$/);
    const spelled = text.replaceAll('-', gap).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
    expect(readPhrase(spelled)).toEqual({ kind: 'read', bytes: new Uint8Array(bytes), groups: text.split('-') });
  }));
});

test('every single wrong character is named by its group', () => {
  fc.assert(fc.property(chance, fc.nat(39), fc.nat(30), (bytes, at, step) => {
    const plain = phraseText(bytes).replaceAll('-', '');
    const wrong = letters.charAt((letters.indexOf(plain.charAt(at)) + 1 + step) % 32);
    const typed = plain.slice(0, at) + wrong + plain.slice(at + 1);
    expect(readPhrase(typed)).toEqual({ kind: 'groups', wrong: [Math.floor(at / 5) + 1] });
  }));
});

test('two neighbours swapped within a group are named, and so are two groups swapped', () => {
  fc.assert(fc.property(chance, fc.nat(phraseGroups - 1), fc.nat(3), (bytes, group, at) => {
    const plain = phraseText(bytes).replaceAll('-', '');
    const from = group * 5 + at;
    fc.pre(plain[from] !== plain[from + 1]);
    expect(readPhrase(plain.slice(0, from) + plain.charAt(from + 1) + plain.charAt(from) + plain.slice(from + 2))).toEqual({ kind: 'groups', wrong: [group + 1] });
  }));
  fc.assert(fc.property(chance, fc.nat(phraseGroups - 1), fc.nat(phraseGroups - 1), (bytes, a, b) => {
    fc.pre(a !== b);
    const groups = phraseText(bytes).split('-');
    const swapped = groups.map((group, index) => (index === a ? groups[b] : index === b ? groups[a] : group)).join('-');
    expect(readPhrase(swapped)).toEqual({ kind: 'groups', wrong: [a + 1, b + 1].sort() });
  }));
});

test.each([['', 0], ['ABCDE', 5], ['A'.repeat(41), 41]])('“%s” has the wrong length', (text, characters) => {
  expect(readPhrase(text)).toEqual({ kind: 'length', characters });
});

test('the key behind a phrase is the one that age itself derives from its identity', async () => {
  const bytes = new Uint8Array(phraseBytes).fill(7);
  expect(await identityToRecipient(recoveryIdentity(bytes))).toBe(recoveryRecipient(bytes));
});
