/**
 * The handlers of every operation, joined from the capabilities, each given what it needs of the others. A need that nobody gives does not compile; it is
 * looked at only when an operation runs.
 */
import { assert } from '../../shared/kernel/assert.ts';
import type { AnyCapability, AnyHandlers, Capability, DeskSource, TrailSource } from '../journal/index.ts';
import type { ReportSources } from '../reports/index.ts';
import * as capabilities from './capabilities.ts';
import { entryKinds } from './joined.ts';
import { examineLedger } from './ledger-examination.ts';

type Listed = (typeof capabilities)[keyof typeof capabilities];
type Both<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never;
type Needed = Both<Listed extends infer L ? (L extends Capability<infer N, unknown> ? N : never) : never>;
type Given = Both<Listed['gives']>;

const all: Record<string, AnyHandlers[string]> = {};

/** What the office itself gives. */
const ofTheOffice = {
  examine: examineLedger,
  waiting: ((ctx) => Object.values<AnyCapability>(capabilities).flatMap(({ desk }) => desk.flatMap((source) => source(ctx)))) satisfies DeskSource,
  trail: ((db, about) => Object.values<AnyCapability>(capabilities).flatMap(({ trail }) => trail.flatMap((source) => source(db, about)))) satisfies TrailSource,
  titleOfEntry: (kind: string): string | null => entryKinds.get(kind)?.title ?? null,
  // Filled below, before anybody asks; the completeness test finds every one of them there.
  sources: all as unknown as ReportSources,
};

const listed: readonly AnyCapability[] = Object.values(capabilities);
const gifts: readonly [string, unknown][] = listed.flatMap(({ gives }) => Object.entries({ ...gives }));
const given: Needed = { ...(Object.fromEntries(gifts) as Given), ...ofTheOffice }; // every gift under its own name

for (const { handlers: made, facts } of listed) {
  const own = made(given as never); // checked against all needs in the line above
  assert(Object.keys(own).every((name) => !Object.hasOwn(all, name) && Object.hasOwn(facts.contract, name)), 'a handler is of its own contract');
  Object.assign(all, own);
}

export const handlers: AnyHandlers = all;

/** Who needs what, and what is there, for the test that both sides agree. */
export const gifted: readonly string[] = [...gifts.map(([name]) => name), ...Object.keys(ofTheOffice)];
export const needed: readonly string[] = listed.flatMap(({ needs }) => Object.keys(needs));
