/**
 * A sample anyone can draw again 抽样: each unit has a ticket made of seed and code, and the smallest tickets are drawn. Pure; the hash is
 * given, so that
 * a stranger with any SHA-256 tool reaches the same list.
 * @source shared spec oversight.md, A sample anyone can draw again
 */
import { codePointOrder } from '../kernel/code-points.ts';

/** `name`: 纳税人名称 or null. `stratum`, `certain`: as the columns asked for say. */
export type Unit = { readonly code: string; readonly name: string | null; readonly stratum: string | null; readonly certain: boolean };

/** By name of the stratum how many are drawn, or in proportion to its units. */
export type Allocation = 'proportional' | ReadonlyMap<string, number>;

export type DrawnStratum = {
  readonly stratum: string | null;
  readonly units: number;
  /** Its allotment, also where it has fewer units. */
  readonly size: number;
  readonly sample: readonly { readonly code: string; readonly name: string | null; readonly ticket: string }[];
};

export type Draw = {
  readonly certain: readonly { readonly code: string; readonly name: string | null }[]; readonly draw: readonly DrawnStratum[]
};

/** The text whose SHA-256, in lower-case hex, is the ticket of a unit. */
export function ticketText(seed: string, code: string): string {
  return `liudi-sample-v1\n${seed}\n${code}`;
}

/** Strata with units that fixed numbers do not name. */
export function unnamedStrata(units: readonly Unit[], numbers: ReadonlyMap<string, number>): readonly string[] {
  const names = new Set(units.filter(({ certain }) => !certain).map(({ stratum }) => stratum ?? ''));
  return [...names].filter((name) => !numbers.has(name)).toSorted(codePointOrder);
}

/**
 * @param size drawn units; certain ones come on top. More than there are: all of them
 * @param allocation null without strata
 * @param ticketOf SHA-256 of ticketText, lower-case hex
 */
export function drawSample(units: readonly Unit[], size: number, allocation: Allocation | null, ticketOf: (code: string) => string): Draw {
  const byCode = (one: Unit, other: Unit): number => codePointOrder(one.code, other.code);
  const certain = units.filter((unit) => unit.certain).toSorted(byCode).map(({ code, name }) => ({ code, name }));
  const drawable = units.filter((unit) => !unit.certain);
  if (allocation === null) return { certain, draw: [stratumDraw(null, drawable, Math.min(size, drawable.length), ticketOf)] };
  const strata = Map.groupBy(drawable, ({ stratum }) => stratum ?? '');
  const sizes = allocation === 'proportional' ? proportional(new Map([...strata].map(([name, own]) => [name, own.length])), size)
    : allocation;
  const names = [...new Set([...strata.keys(), ...sizes.keys()])].toSorted(codePointOrder);
  return { certain, draw: names.map((name) => stratumDraw(name, strata.get(name) ?? [], sizes.get(name) ?? 0, ticketOf)) };
}

function stratumDraw(stratum: string | null, units: readonly Unit[], size: number, ticketOf: (code: string) => string): DrawnStratum {
  const tickets = units.map(({ code, name }) => ({ code, name, ticket: ticketOf(code) }));
  return {
    stratum, units: units.length, size, sample: tickets.toSorted((one, other) => (one.ticket < other.ticket ? -1 : 1)).slice(0, size),
  };
}

/**
 * Quota = size × units ÷ all units: each its whole part, the rest one each to the largest remainders (ties: the name that sorts first).
 * Then, if size allows,
 * each stratum that got none is given one by the stratum that has most (ties: the name that sorts last).
 */
export function proportional(units: ReadonlyMap<string, number>, wanted: number): ReadonlyMap<string, number> {
  const all = [...units.values()].reduce((sum, count) => sum + count, 0);
  const size = Math.min(wanted, all);
  const shares = [...units].toSorted(([one], [other]) => codePointOrder(one, other)).map(([name, count]) => {
    const exact = BigInt(size) * BigInt(count);
    return { name, got: Number(exact / BigInt(all)), remainder: exact % BigInt(all) };
  });
  let left = size - shares.reduce((sum, { got }) => sum + got, 0);
  // A stable sort keeps the order of names among equal remainders.
  for (const share of shares.toSorted((one, other) => (one.remainder === other.remainder ? 0 : one.remainder > other.remainder ? -1 : 1))) {
    if (left === 0) break;
    share.got += 1;
    left -= 1;
  }
  if (size >= shares.length) {
    for (const share of shares) {
      if (share.got > 0) continue;
      const [first, ...others] = shares;
      if (first === undefined) break;
      const giver = others.reduce((most, other) => (other.got >= most.got ? other : most), first);
      giver.got -= 1;
      share.got = 1;
    }
  }
  return new Map(shares.map(({ name, got }) => [name, got]));
}
