/** Edge cases on which Ed25519 implementations disagree: one verifier decides, and keys that cause them are never enrolled. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { payloadTypes, preAuthenticationEncoding, publicKeyOf, signPayload, verifyPayload, weaknessOfSigningKey } from '../../../electron/exchange/signature.ts';
import { bytesOfHex, hexOf } from '../../../electron/platform/hash.ts';
import { concat, pae, utf8 } from '../../support/exchange-packages.ts';

const seed = bytesOfHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60');
const body = utf8('{"seq":1}');
const order = ed25519.Point.Fn.ORDER;

test('the public key of RFC 8032, test 1', () => {
  expect(hexOf(publicKeyOf(seed))).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
});

test('a signature holds for its key, its type and its bytes alone', () => {
  const signature = signPayload(seed, 'header', body);
  const other = publicKeyOf(new Uint8Array(32).fill(1));
  expect(verifyPayload(publicKeyOf(seed), 'header', body, signature)).toBe(true);
  expect(verifyPayload(other, 'header', body, signature)).toBe(false);
  expect(verifyPayload(publicKeyOf(seed), 'keyCard', body, signature)).toBe(false);
  expect(verifyPayload(publicKeyOf(seed), 'checkpoint', body, signature)).toBe(false);
  expect(verifyPayload(publicKeyOf(seed), 'header', utf8('{"seq":2}'), signature)).toBe(false);
  expect(verifyPayload(publicKeyOf(seed).subarray(1), 'header', body, signature)).toBe(false);
  expect(verifyPayload(publicKeyOf(seed), 'header', body, signature.subarray(1))).toBe(false);
});

test('what is signed is DSSE PAE, with lengths in bytes', () => {
  const encoded = new TextDecoder().decode(preAuthenticationEncoding('header', utf8('税')));
  expect(encoded).toBe('DSSEv1 35 application/vnd.kxp.header+json;v=1 3 税');
  for (const [type, name] of Object.entries(payloadTypes)) {
    expect(preAuthenticationEncoding(type as keyof typeof payloadTypes, body)).toEqual(pae(name, body));
  }
});

test('a signature with S beyond the group order is refused', () => {
  const signature = signPayload(seed, 'header', body);
  const s = littleEndian(signature.subarray(32)) + order;
  expect(verifyPayload(publicKeyOf(seed), 'header', body, concat(signature.subarray(0, 32), bytesOf(s)))).toBe(false);
});

test('a signature that only ZIP-215 takes is refused: R is the neutral element in a spelling that is not canonical', () => {
  const { scalar, pointBytes } = ed25519.utils.getExtendedPublicKey(seed);
  const message = preAuthenticationEncoding('header', body);
  const r = bytesOf((2n ** 255n - 19n) + 1n);
  const k = littleEndian(createHash('sha512').update(concat(r, pointBytes, message)).digest()) % order;
  const signature = concat(r, bytesOf((k * scalar) % order));
  expect(ed25519.verify(signature, message, pointBytes, { zip215: true })).toBe(true);
  expect(verifyPayload(pointBytes, 'header', body, signature)).toBe(false);
});

test('a key of small order signs anything under lax rules and nothing here', () => {
  const neutral = bytesOf(1n);
  const signature = concat(neutral, new Uint8Array(32));
  const message = preAuthenticationEncoding('header', body);
  expect(ed25519.verify(signature, message, neutral, { zip215: true })).toBe(true);
  expect(verifyPayload(neutral, 'header', body, signature)).toBe(false);
});

const p = 2n ** 255n - 19n;
const torsion8 = '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05';
const torsion8other = 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a';
const signBit = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes, (byte, index) => (index === 31 ? byte | 0x80 : byte));

test.each([
  ['the neutral element', bytesOf(1n)],
  ['the neutral element with a sign bit', signBit(bytesOf(1n))],
  ['the point of order 2', bytesOf(p - 1n)],
  ['a point of order 4', bytesOf(0n)],
  ['the other point of order 4', signBit(bytesOf(0n))],
  ['a point of order 8', bytesOfHex(torsion8)],
  ['its negative', signBit(bytesOfHex(torsion8))],
  ['another point of order 8', bytesOfHex(torsion8other)],
  ['its negative', signBit(bytesOfHex(torsion8other))],
  ['y = p, the other spelling of 0', bytesOf(p)],
  ['y = p + 1, the other spelling of 1', bytesOf(p + 1n)],
  ['a number that is no y of the curve', bytesOf(2n)],
  ['31 bytes', new Uint8Array(31)],
  ['a good point with torsion added', ed25519.Point.fromBytes(publicKeyOf(seed)).add(ed25519.Point.fromBytes(bytesOfHex(torsion8), true)).toBytes()],
])('%s is not enrolled as a key', (_name, key) => {
  expect(weaknessOfSigningKey(key)).not.toBeNull();
});

test('an ordinary key is enrolled', () => {
  expect(weaknessOfSigningKey(publicKeyOf(seed))).toBeNull();
});

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function bytesOf(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => Number((value >> (8n * BigInt(index))) & 255n));
}
