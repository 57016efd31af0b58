/** age v1 to exactly two X25519 recipients, and the keys that may be one. */
import { bech32 } from '@scure/base';
import { Encrypter, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { identityOf, recipientBytes, recipientOf, seal, SealFault, unseal, weaknessOfRecipient } from '../../../electron/exchange/sealing.ts';
import { bytesOfHex, seededRandom } from '../../../electron/platform/hash.ts';
import { sealTo, utf8 } from '../../support/exchange-packages.ts';

const random = seededRandom('sealing');
const [ours, archive, other] = [random(32), random(32), random(32)];
const plaintext = utf8('{"seq":1}');

test('both recipients open what was sealed to them, nobody else does', async () => {
  const sealed = await seal(plaintext, [recipientOf(ours), recipientOf(archive)]);
  expect(await unseal(sealed, [identityOf(ours)])).toEqual(plaintext);
  expect(await unseal(sealed, [identityOf(other), identityOf(archive)])).toEqual(plaintext);
  await expect(unseal(sealed, [identityOf(other)])).rejects.toThrow(SealFault);
  await expect(unseal(sealed, [])).rejects.toThrow(SealFault);
});

test.each([
  [1, [recipientOf(ours)]],
  [3, [recipientOf(ours), recipientOf(archive), recipientOf(other)]],
])('%d stanzas are refused before a key touches them', async (_count, recipients) => {
  const sealed = await sealTo(plaintext, recipients);
  await expect(unseal(sealed, [identityOf(ours)])).rejects.toMatchObject({ reason: 'stanzas' });
});

test('a passphrase stanza is refused without paying for its work factor', async () => {
  const encrypter = new Encrypter();
  encrypter.setPassphrase('x');
  encrypter.setScryptWorkFactor(2);
  const sealed = new TextDecoder('latin1').decode(await encrypter.encrypt(plaintext));
  const dear = Uint8Array.from(sealed.replace(/(-> scrypt \S+) 2\n/, '$1 30\n'), (letter) => letter.charCodeAt(0));
  await expect(unseal(dear, [identityOf(ours)])).rejects.toMatchObject({ reason: 'stanzas' });
});

test('a file cut at any byte gives no plaintext', async () => {
  const sealed = await seal(plaintext, [recipientOf(ours), recipientOf(archive)]);
  for (let length = 0; length < sealed.length; length += 7) {
    await expect(unseal(sealed.subarray(0, length), [identityOf(ours)]), String(length)).rejects.toThrow(SealFault);
  }
});

test('a long file whose last chunk is missing gives no plaintext', async () => {
  const long = new Uint8Array(65_536 * 2);
  const sealed = await seal(long, [recipientOf(ours), recipientOf(archive)]);
  const chunk = 65_536 + 16;
  await expect(unseal(sealed.subarray(0, sealed.length - chunk), [identityOf(ours)])).rejects.toThrow(SealFault);
  expect(await unseal(sealed, [identityOf(ours)])).toEqual(long);
});

test('identities and recipients are spelled as age spells them', async () => {
  for (const secret of [ours, archive, other, new Uint8Array(32), new Uint8Array(32).fill(255)]) {
    expect(recipientOf(secret)).toBe(await identityToRecipient(identityOf(secret)));
    expect(recipientBytes(recipientOf(secret))).toHaveLength(32);
  }
});

// Points of order 1, 2, 4 and 8 on Curve25519, and spellings beyond the prime.
test.each([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
])('the X25519 point %s is not enrolled', (hex) => {
  expect(weaknessOfRecipient(bech32.encodeFromBytes('age', bytesOfHex(hex)))).not.toBeNull();
});

test('an ordinary recipient is enrolled, one with a wrong letter is not', () => {
  const recipient = recipientOf(ours);
  expect(weaknessOfRecipient(recipient)).toBeNull();
  expect(weaknessOfRecipient(`${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`)).not.toBeNull();
});
