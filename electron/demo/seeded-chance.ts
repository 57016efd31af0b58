/**
 * Chance that is the same for the same seed on every machine: the only source of variety of the synthetic county. Not for keys or ids.
 */
import { assert } from '../../shared/kernel/assert.ts';

export type Chance = {
  /** 0 … count − 1. */
  below(count: number): number;
  /** from … to, inclusive. */
  between(from: number, to: number): number;
  /** True in so many of a thousand cases. */
  inThousand(cases: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** One of the items, each as often as its weight. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T;
};

/** A stream of chance for a purpose, named by its seeds: the same seeds give the same stream. */
export function chanceOf(...seeds: readonly (string | number)[]): Chance {
  const next = xorshiftStream(seeds.join('/'));
  const below = (count: number): number => {
    assert(Number.isSafeInteger(count) && count > 0, 'chance needs something to choose from');
    return Math.floor((next() / 0x1_0000_0000) * count);
  };
  return {
    below,
    between: (from, to) => from + below(to - from + 1),
    inThousand: (cases) => below(1000) < cases,
    pick(items) {
      const item = items[below(items.length)];
      assert(item !== undefined, 'a list without gaps');
      return item;
    },
    weighted(items) {
      let left = below(items.reduce((sum, item) => sum + item.weight, 0));
      const found = items.find((item) => (left -= item.weight) < 0);
      assert(found !== undefined, 'weights are positive');
      return found;
    },
  };
}

/** xoshiro128** over a state hashed from the text. @source Blackman & Vigna, "Scrambled linear pseudorandom number generators" */
function xorshiftStream(seed: string): () => number {
  const state = new Uint32Array(4);
  let hash = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1) hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
  // splitmix32 spreads the hash over the state, so that neighbouring seeds share nothing.
  for (let index = 0; index < 4; index += 1) {
    hash = (hash + 0x9e3779b9) | 0;
    let mixed = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    state[index] = mixed ^ (mixed >>> 15);
  }
  return () => {
    const [a = 0, b = 0, c = 0, d = 0] = state;
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const third = c ^ a;
    const fourth = d ^ b;
    state[0] = a ^ fourth;
    state[1] = b ^ third;
    state[2] = third ^ (b << 9);
    state[3] = rotated(fourth, 11);
    return result;
  };
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
