/** The closed table of act sets by name: the child process is told a name, not code. */
import { assert } from '../../shared/kernel/assert.ts';
import type { ActSet } from './killing-acts.ts';
import { deskActs } from './killing-desk.ts';
import { packageImports } from './killing-packages.ts';
import { rosterImports } from './killing-rosters.ts';

const sets: Readonly<Record<string, () => ActSet>> = {
  packages: () => packageImports(32, 20),
  desk: () => deskActs(),
  rosters: () => rosterImports(30, 40),
  'few-rosters': () => rosterImports(6, 40),
};

export const actSetNames = Object.keys(sets);

export function actSetOf(name: string): ActSet {
  const make = sets[name];
  assert(make !== undefined, `unknown act set ${name}`);
  return make();
}
