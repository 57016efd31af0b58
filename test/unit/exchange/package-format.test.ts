/** Every truncation and every single flipped bit of a small package, and the frame's own limits. */
import { expect, test } from 'vitest';
import { readFrame, readPlaintext, writeFrame, writePlaintext } from '../../../electron/exchange/package-format.ts';
import { examinePackage } from '../../../electron/exchange/import-steps.ts';
import { forge, party, sha256, utf8 } from '../../support/exchange-packages.ts';
import { importTerms } from '../../support/exchange-terms.ts';

const tax = party('tax');
const finance = party('finance');

async function small(): Promise<Uint8Array> {
  return (await forge({ from: tax, to: finance, kind: 'RECEIPT', period: null, rows: { receipt: [], faults: [] }, sumColumn: {} })).bytes;
}

/** Bytes of the frame, header and signature; what follows is ciphertext. */
function prefixLength(bytes: Uint8Array): number {
  return 14 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(10) + 4 + 64;
}

async function answer(bytes: Uint8Array): Promise<string> {
  const examined = await examinePackage(bytes, importTerms(finance, [tax]));
  return examined.kind === 'refused' ? `${examined.stage} ${examined.code}` : examined.kind;
}

test('the package itself gets as far as its rows', async () => {
  expect(await answer(await small())).toBe('rejected'); // a receipt without its row, on purpose small
});

test('no truncation at any byte is taken', async () => {
  const bytes = await small();
  const prefix = prefixLength(bytes);
  for (let length = 0; length < prefix; length += 1) expect(readFrame(bytes.subarray(0, length)).ok, String(length)).toBe(false);
  expect(readFrame(bytes.subarray(0, prefix)).ok).toBe(false);
  // From here on the frame stands and the signature is the same: the length in the header decides.
  expect(await answer(bytes.subarray(0, prefix + 1))).toBe('S5 CIPHERTEXT_DAMAGED');
  expect(await answer(bytes.subarray(0, -1))).toBe('S5 CIPHERTEXT_DAMAGED');
});

test('no flipped bit of the frame, the header or the signature is taken', async () => {
  const bytes = await small();
  const prefix = prefixLength(bytes);
  for (let bit = 0; bit < prefix * 8; bit += 1) {
    const flipped = Uint8Array.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const got = await answer(flipped);
    expect(/^S[123] /.test(got), `bit ${String(bit)}: ${got}`).toBe(true);
  }
});

test('no flipped bit of the ciphertext keeps its hash', async () => {
  const bytes = await small();
  const prefix = prefixLength(bytes);
  const reading = readFrame(bytes);
  const standing = reading.ok ? sha256(reading.frame.ciphertext) : '';
  const ciphertext = Uint8Array.from(bytes.subarray(prefix));
  for (let bit = 0; bit < ciphertext.length * 8; bit += 1) {
    ciphertext[bit >> 3] = (ciphertext[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(sha256(ciphertext) === standing, `bit ${String(bit)}`).toBe(false);
    ciphertext[bit >> 3] = (ciphertext[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  }
  // The hash decides at S5 before anything is opened: a sample through all the steps.
  for (let bit = 0; bit < ciphertext.length * 8; bit += 997) {
    const flipped = Uint8Array.from(bytes);
    const at = prefix + (bit >> 3);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7));
    expect(await answer(flipped)).toBe('S5 CIPHERTEXT_DAMAGED');
  }
});

test('a frame reads back what was written', () => {
  const frame = { headerBytes: utf8('{}'), signature: new Uint8Array(64).fill(7), ciphertext: utf8('x') };
  const reading = readFrame(writeFrame(frame));
  expect(reading.ok && reading.frame).toEqual(frame);
  const plain = readPlaintext(writePlaintext(utf8('{}'), [utf8('a'), utf8('bc')]));
  expect(plain).toEqual({ manifestBytes: utf8('{}'), body: utf8('abc') });
});

test('a file over 64 MiB is refused by its length alone', () => {
  expect(readFrame(new Uint8Array(64 * 1024 * 1024 + 1))).toEqual({ ok: false, fault: { code: 'PACKAGE_TOO_LARGE' } });
});

test.each([0, 1, 1_048_577, 0xffffffff])('a manifest length of %d is refused without being allocated', (length) => {
  const bytes = new Uint8Array(64);
  new DataView(bytes.buffer).setUint32(0, length);
  expect(readPlaintext(bytes)).toBeNull();
});
