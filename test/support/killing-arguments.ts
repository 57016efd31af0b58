/** Arguments of the long harnesses: `--name value`, with defaults; anything else is refused. */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';

/** A seed that is printed, so that a run can be repeated. */
export function freshSeed(): string {
  return randomBytes(6).toString('hex');
}

/** @param defaults names and default values */
export function readArguments<N extends string>(defaults: Readonly<Record<N, string>>): Record<N, string> {
  const options = Object.fromEntries(Object.keys(defaults).map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ options, strict: true });
  return { ...defaults, ...(values as Partial<Record<N, string>>) }; // the options are the names of the defaults
}
