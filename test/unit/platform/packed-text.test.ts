/** Text packed for storage: what goes in comes out, text from before packing is read as it is, and what is cut or too large is an error. */
import { describe, expect, test } from 'vitest';
import { packText, unpackText } from '../../../electron/platform/packed-text.ts';

const lines = new TextEncoder().encode(Array.from({ length: 500 }, (_, row) => `{"row":${String(row)},"name":"凌源市第${String(row)}厂"}\n`).join(''));

describe('packed text', () => {
  test('comes out as it went in, several times smaller', () => {
    const packed = packText(lines);
    expect(packed.length).toBeLessThan(lines.length / 3);
    expect(Buffer.from(unpackText(packed, lines.length)).equals(lines)).toBe(true);
  });

  test.each(['{"row":1}\n', '[1]\n', '"text"\n', '12\n', 'null\n', 'true\n', ''])('a chunk stored before packing, %j, is read as it is', (text) => {
    const plain = new TextEncoder().encode(text);
    expect(unpackText(plain, 100)).toBe(plain);
  });

  test('a cut or altered chunk does not unpack, and none grows beyond what is allowed', () => {
    const packed = packText(lines);
    expect(() => unpackText(packed.subarray(0, packed.length - 5), lines.length)).toThrow();
    expect(() => unpackText(Uint8Array.from(packed, (byte, at) => (at === packed.length - 2 ? byte ^ 1 : byte)), lines.length)).toThrow();
    expect(() => unpackText(packed, lines.length - 1)).toThrow();
  });
});
