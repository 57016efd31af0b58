/**
 * The manifest of a capability 业务: handlers for the operations of its contract, the kinds of its entries, its tables and ledger rules, what it needs of
 * capabilities beside or above it, and what it gives to those. electron/office joins the manifests; nothing here runs.
 */
import type { CapabilityFacts } from '../../shared/kernel/capability.ts';
import type { DeskLine } from '../../shared/kernel/case.ts';
import type { AnyHandler, Context, HandlersOf } from './context.ts';
import type { EntryKind } from './entry.ts';
import type { EntryQuestions, StateTables } from './state.ts';
import type { LedgerFault } from './verify.ts';
import type { Database } from '../platform/database.ts';

/** A ledger rule 账本恒等式: what must always hold in the state tables. A check names the wrong rows. */
export type LedgerRule = { readonly name: string; check(db: Database): LedgerFault[] };

/** What waits in a capability now, whoever asks. */
export type DeskSource = (ctx: Context) => readonly DeskLine[];

/** Sequence numbers of entries in which something took part that is named so: a taxpayer's code, a number of a case. */
export type TrailSource = (db: Database, about: string) => readonly number[];

/** Handlers under their names, when their inputs and outputs no longer matter. */
export type AnyHandlers = Readonly<Record<string, AnyHandler<never, unknown>>>;

type Parts<N, G> = {
  /** Why it needs each thing that another capability, or the office, gives. Nothing of it is looked at before every capability is joined. */
  readonly needs: { readonly [K in keyof N]: string };
  /** What other capabilities may need of it. */
  readonly gives: G;
  readonly entries: readonly EntryKind[];
  readonly tables: readonly StateTables[];
  readonly rules: readonly LedgerRule[];
  /** What deep verification asks of entries: signatures, makers. */
  readonly questions: readonly EntryQuestions[];
  /** What of it waits for somebody, as lines of the desk. */
  readonly desk: readonly DeskSource[];
  /** Where something named took part in it, for the audit. */
  readonly trail: readonly TrailSource[];
};

export type Capability<N, G> = Parts<N, G> & { readonly facts: CapabilityFacts; readonly handlers: (given: N) => AnyHandlers };

/** A capability whose needs and gifts no longer matter. */
export type AnyCapability = Omit<Capability<never, unknown>, 'needs' | 'gives'> & { readonly needs: object; readonly gives: object };

/** @param facts what every process knows of it; a missing handler of its contract does not compile */
export function defineCapability<C extends CapabilityFacts, N extends object = object, G extends object = object>(
  facts: C,
  parts: { readonly handlers: (given: N) => HandlersOf<C['contract']> } & Partial<Parts<N, G>> & (keyof N extends never ? unknown : Pick<Parts<N, G>, 'needs'>),
): Capability<N, G> {
  const none = { needs: {}, gives: {}, entries: [], tables: [], rules: [], questions: [], desk: [], trail: [] } as unknown as Parts<N, G>; // needs and gives are left out only where they are empty
  return { ...none, ...parts, facts };
}
