/** SHA-256 and random bytes from node:crypto: the only two things the product takes from it besides scrypt (keystore.ts). */
import { createHash, randomBytes } from 'node:crypto';

/** SHA-256 over the parts in order. */
export function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** SHA-256 as 64 lower-case hex digits. */
export function sha256Hex(...parts: readonly (Uint8Array | string)[]): string {
  return Buffer.from(sha256(...parts)).toString('hex');
}

/** SHA-256 of what comes piece by piece. */
export function sha256Stream(): { add(part: Uint8Array): void; hex(): string } {
  const hash = createHash('sha256');
  return {
    add: (part) => {
      hash.update(part);
    },
    hex: () => hash.digest('hex'),
  };
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function bytesOfHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

/** Random bytes of the operating system. */
export function systemRandom(count: number): Uint8Array {
  return new Uint8Array(randomBytes(count));
}

/**
 * Reproducible bytes from a seed (SHA-256 in counter mode): for practice offices, demo and tests only.
 */
export function seededRandom(seed: string): (count: number) => Uint8Array {
  let counter = 0;
  return (count) => {
    const bytes = new Uint8Array(count);
    for (let offset = 0; offset < count; offset += 32) {
      bytes.set(sha256(`liudi-seed\u0000${seed}\u0000${String(counter++)}`).subarray(0, Math.min(32, count - offset)), offset);
    }
    return bytes;
  };
}
