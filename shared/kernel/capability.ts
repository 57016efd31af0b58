/**
 * What every process knows of a capability 业务: its operations, refusals, words and labels. Each capability has one `capability.ts` of this form in its
 * folder; shared/capabilities.ts lists them. What runs its operations stands in the capability of the same name under electron/.
 */
import type { ErrorRow } from './errors.ts';
import type { Operation } from './operation.ts';

/** A word of the field, entered here before code is named after it. */
export type Term = {
  /** The official or customary word. */
  readonly zh: string;
  /** Law, form or specification where it was read; `内部用语` when the product coined it. */
  readonly source: string;
};

export type CapabilityFacts = {
  /** First words of its operations and entry kinds, and the names of its folders: what the field calls them. */
  readonly names: Readonly<Record<string, Term>>;
  readonly contract: Readonly<Record<string, Operation>>;
  readonly errors: Readonly<Record<string, ErrorRow>>;
  /** Words that its identifiers are made of. */
  readonly terms?: Readonly<Record<string, Term>>;
  /** Labels of its closed sets: set → identifier → word. */
  readonly labels?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};
