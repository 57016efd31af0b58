/**
 * A second engine of the sample 抽样, written from the page alone (oversight.md) without reading the engine: plain, slow, obvious.
 * It takes a population that is read and sound, and makes the document but the digest of a file.
 */
import { createHash } from 'node:crypto';
import { byText } from './reconcile.ts';

export type Unit = { readonly code: string; readonly name: string | null; readonly cells: Readonly<Record<string, string>> };
export type SampleAsk = { readonly seed: string; readonly size: number; readonly strata?: { readonly column: string; readonly fixed: Readonly<Record<string, number>> | null };
  readonly allWhere?: { readonly column: string; readonly value: string } };

const ticket = (seed: string, code: string): string => createHash('sha256').update(`liudi-sample-v1\n${seed}\n${code}`).digest('hex');
const sorted = <T>(list: readonly T[], text: (one: T) => string): T[] => list.toSorted((a, b) => byText(text(a), text(b)));

/** Whole parts, then the largest remainders, then one for every stratum that got none. */
function proportional(counts: ReadonlyMap<string, number>, size: number): Map<string, number> {
  const all = [...counts.values()].reduce((a, b) => a + b, 0);
  const names = sorted([...counts.keys()], (name) => name);
  const wanted = Math.min(size, all);
  const got = new Map(names.map((name) => [name, Math.floor((wanted * (counts.get(name) ?? 0)) / all)]));
  const left = wanted - [...got.values()].reduce((a, b) => a + b, 0);
  const remainder = (name: string): number => (wanted * (counts.get(name) ?? 0)) % all;
  for (const name of names.toSorted((a, b) => remainder(b) - remainder(a) || byText(a, b)).slice(0, left)) got.set(name, (got.get(name) ?? 0) + 1);
  if (wanted >= names.length) for (const name of names) if (got.get(name) === 0) {
    const most = Math.max(...got.values());
    const from = names.findLast((one) => got.get(one) === most);
    if (from !== undefined) got.set(from, most - 1);
    got.set(name, 1);
  }
  return got;
}

/** The document without `population.sha256`. */
export function sample(units: readonly Unit[], { seed, size, strata, allWhere }: SampleAsk): unknown {
  const isCertain = (unit: Unit): boolean => allWhere !== undefined && unit.cells[allWhere.column] === allWhere.value;
  const drawn = units.filter((unit) => !isCertain(unit));
  const stratumOf = (unit: Unit): string => (strata === undefined ? '' : unit.cells[strata.column] ?? '');
  const counts = new Map<string, number>();
  for (const unit of drawn) counts.set(stratumOf(unit), (counts.get(stratumOf(unit)) ?? 0) + 1);
  const fixed = strata?.fixed ?? null;
  const sizes = strata === undefined ? null : fixed !== null ? new Map(Object.entries(fixed)) : proportional(counts, size);
  const take = (list: readonly Unit[], n: number): unknown[] =>
    sorted(list.map(({ code, name }) => ({ code, name, ticket: ticket(seed, code) })), (one) => one.ticket).slice(0, n);
  const draw = sizes === null ? [{ stratum: null, units: drawn.length, size: Math.min(size, drawn.length), sample: take(drawn, size) }]
    : sorted([...sizes.keys()], (name) => name).map((stratum) => ({ stratum, units: counts.get(stratum) ?? 0, size: sizes.get(stratum) ?? 0,
      sample: take(drawn.filter((unit) => stratumOf(unit) === stratum), sizes.get(stratum) ?? 0) }));
  return {
    version: 1, seed, size, population: { units: units.length },
    certain: allWhere === undefined ? null : { ...allWhere, units: sorted(units.filter(isCertain).map(({ code, name }) => ({ code, name })), (one) => one.code) },
    strata: strata === undefined ? null : { column: strata.column, allocation: fixed ?? 'proportional' }, draw,
  };
}
