/**
 * The recorded package of FORMAT.md: read by the program, and once more by the libraries alone, byte by byte. If this file has to change,
 * packages already on sticks and in archives can no longer be read.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { Decrypter } from 'age-encryption';
import canonicalize from 'canonicalize';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { examinePackage } from '../../electron/exchange/import-steps.ts';
import { cardFingerprint, judgeFingerprint } from '../../electron/exchange/key-card.ts';
import { unseal } from '../../electron/exchange/sealing.ts';
import { keyCardFileSchema } from '../../shared/exchange/key-card.ts';
import { monthlyReport } from '../../shared/exchange/kinds/monthly-report.ts';
import { pae, sha256, utf8 } from '../support/exchange-packages.ts';
import { importTerms } from '../support/exchange-terms.ts';

const json = z.record(z.string(), z.unknown());
const party = z.strictObject({ rootSeed: z.string(), signingSeed: z.string(), identity: z.string(), recipient: z.string() });
const vector = z
  .strictObject({
    about: z.string(),
    keys: z.strictObject({ tax: party, finance: party }),
    cards: z.strictObject({ tax: keyCardFileSchema, finance: keyCardFileSchema }),
    fingerprints: z.strictObject({ tax: z.string(), finance: z.string() }),
    header: json,
    manifest: json,
    rows: z.strictObject({ totals: z.array(json), refunds: z.array(json) }),
    package: z.array(z.string()),
  })
  .parse(JSON.parse(readFileSync(new URL('kxp-v1.json', import.meta.url), 'utf8')));
const bytes = new Uint8Array(Buffer.from(vector.package.join(''), 'base64'));
const text = new TextDecoder('utf-8', { fatal: true });

test('the libraries alone read the recorded package as FORMAT.md says', async () => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(Buffer.from(bytes.subarray(0, 10)).toString('hex')).toBe('894b58500d0a1a0a0100');
  const headerLength = view.getUint32(10);
  const headerBytes = bytes.subarray(14, 14 + headerLength);
  expect(text.decode(headerBytes)).toBe(canonicalize(vector.header));
  const block = 14 + headerLength;
  expect([...bytes.subarray(block, block + 4)]).toEqual([1, 1, 0, 64]);
  const signature = bytes.subarray(block + 4, block + 68);
  const publicKey = ed25519.getPublicKey(Buffer.from(vector.keys.tax.signingSeed, 'hex'));
  expect(Buffer.from(publicKey).toString('hex')).toBe(vector.cards.tax.card.signing[0]?.publicKey);
  expect(ed25519.verify(signature, pae('application/vnd.kxp.header+json;v=1', headerBytes), publicKey, { zip215: false })).toBe(true);

  const ciphertext = bytes.subarray(block + 68);
  expect([ciphertext.length, sha256(ciphertext)]).toEqual([vector.header['ct_bytes'], vector.header['ct_hash']]);
  for (const identity of [vector.keys.finance.identity, vector.keys.tax.identity]) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const plaintext = await decrypter.decrypt(ciphertext);
    const manifestLength = new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(0);
    const manifestBytes = plaintext.subarray(4, 4 + manifestLength);
    expect(text.decode(manifestBytes)).toBe(canonicalize(vector.manifest));
    expect(sha256(manifestBytes)).toBe(vector.header['manifest_hash']);
    const lines = [...vector.rows.totals, ...vector.rows.refunds].map((row) => `${canonicalize(row) ?? ''}\n`);
    expect(text.decode(plaintext.subarray(4 + manifestLength))).toBe(lines.join(''));
    expect((vector.manifest['sections'] as { hash: string }[]).map((section) => section.hash)).toEqual([...lines.map(sha256), sha256(utf8(''))]);
  }
});

test('the program reads the recorded package', async () => {
  const cards = [vector.cards.tax, vector.cards.finance];
  const finance = { agency: 'finance', file: vector.cards.finance, root: new Uint8Array(), signing: new Uint8Array(), recipient: vector.keys.finance.recipient, identity: vector.keys.finance.identity } as const;
  const terms = importTerms(finance, [], { terms: { trust: { own: { agency: 'finance', county: '211382', practice: false }, cards: cards.map((file) => file.card), ownCards: [] } } });
  const examined = await examinePackage(bytes, terms);
  expect(examined.kind === 'sound' ? examined.package.content.sections : examined).toEqual({
    totals: vector.rows.totals.map((row) => monthlyReport.sections.totals.schema.parse(row)),
    refunds: vector.rows.refunds.map((row) => monthlyReport.sections.refunds.schema.parse(row)),
  });
  expect(await unseal(bytes.subarray(14 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(10) + 68), [vector.keys.tax.identity])).toHaveLength(Number(vector.header['ct_bytes']) - ageOverhead);
});

/** Header with two X25519 stanzas (266), nonce (16) and the tag of one chunk (16). */
const ageOverhead = 298;

test('the recorded fingerprints are those of the recorded cards', () => {
  for (const agency of ['tax', 'finance'] as const) {
    const { card } = vector.cards[agency];
    expect(cardFingerprint(card)).toBe(vector.fingerprints[agency]);
    expect(judgeFingerprint(card, vector.fingerprints[agency].replaceAll('0', 'o'))).toBeNull();
    const publicKey = ed25519.getPublicKey(Buffer.from(vector.keys[agency].rootSeed, 'hex'));
    const body = utf8(canonicalize(card) ?? '');
    expect(ed25519.verify(Buffer.from(vector.cards[agency].rootSignature, 'hex'), pae('application/vnd.kxp.keycard+json;v=1', body), publicKey, { zip215: false })).toBe(true);
  }
});
