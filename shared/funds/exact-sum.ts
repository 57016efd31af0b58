/**
 * Running sums of fractions of a fen 分数累计: kept exactly, one numerator for each denominator, and rounded half up only when a day is told,
 * so that days
 * always add up to their total.
 * @source shared spec funds.md, Forecast (Half up = floor(x + ½), also below zero)
 */
import type { Fen } from '../kernel/money.ts';

export class ExactSum {
  readonly #numerators = new Map<bigint, bigint>();
  #told: Fen = 0n;

  /** @param denominator above 0 */
  add(numerator: bigint, denominator: bigint): void {
    this.#numerators.set(denominator, (this.#numerators.get(denominator) ?? 0n) + numerator);
  }

  /** What the rounded running total has grown by since the last time it was told. */
  tell(): Fen {
    const total = this.#rounded();
    const grown = total - this.#told;
    this.#told = total;
    return grown;
  }

  #rounded(): Fen {
    let [numerator, denominator] = [0n, 1n];
    for (const [other, part] of this.#numerators) {
      const shared = divisor(denominator, other);
      numerator = numerator * (other / shared) + part * (denominator / shared);
      denominator *= other / shared;
    }
    return halfUp(numerator, denominator);
  }
}

/** floor(n ÷ d + ½), also below zero. @param denominator above 0 */
export function halfUp(numerator: bigint, denominator: bigint): bigint {
  const doubled = 2n * numerator + denominator;
  const quotient = doubled / (2n * denominator);
  return doubled < 0n && doubled % (2n * denominator) !== 0n ? quotient - 1n : quotient;
}

function divisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
