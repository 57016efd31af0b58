/** Seeded chance for the random taxpayers: the same seed gives the same taxpayer on every machine. Nothing here is secret or strong. */

export type Chance = {
  /** A whole number from 0 to below - 1. */
  readonly below: (below: number) => number;
  /** Whether an event of so many in a hundred happens. */
  readonly percent: (percent: number) => boolean;
  readonly oneOf: <T>(values: readonly T[]) => T;
  /** An amount in fen with as many digits as chance gives, at most so many. */
  readonly amount: (digitsMax: number) => bigint;
};

/** @param seed any whole number; the stream is splitmix32 */
export function chanceOf(seed: number): Chance {
  let state = (Math.imul(seed, 0x9e3779b9) ^ 0x5bf03635) >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const below = (limit: number): number => Math.floor((next() / 0x1_0000_0000) * limit);
  return {
    below,
    percent: (percent) => below(100) < percent,
    oneOf: (values) => {
      const value = values[below(values.length)];
      if (value === undefined) throw new Error('nothing to choose from');
      return value;
    },
    amount: (digitsMax) => {
      const digits = 1 + below(digitsMax);
      let amount = 0n;
      for (let place = 0; place < digits; place += 1) amount = amount * 10n + BigInt(below(10));
      return amount;
    },
  };
}
