/** The parts of all capabilities as one table, typed as precisely as its parts. */
import { assert } from './kernel/assert.ts';
import * as capabilities from './capabilities.ts';
import type { CapabilityFacts, Term } from './kernel/capability.ts';

type Listed = (typeof capabilities)[keyof typeof capabilities];
type Both<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never;
type Joined<P extends 'contract' | 'errors'> = Both<Listed[P]>;

/** Every capability, in the order of their names. */
export const listed: readonly CapabilityFacts[] = Object.entries(capabilities).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, facts]) => facts);

/** @throws AssertionFault when two capabilities claim one name */
export function joined<P extends 'contract' | 'errors'>(part: P): Joined<P> {
  const rows = listed.flatMap((capability) => Object.entries<unknown>(capability[part]));
  const table = Object.fromEntries(rows);
  assert(Object.keys(table).length === rows.length, `a name of ${part} is given twice`);
  return table as Joined<P>; // every row of every capability, each under its own name
}

/** What the field calls the capability that an operation, a folder or an entry kind is named after; null for other words. */
export function capabilityOf(name: string): Term | null {
  const word = name.split('.')[0] ?? '';
  const names = listed.find((capability) => Object.hasOwn(capability.names, word))?.names;
  return names?.[word] ?? null;
}
