/**
 * The form of the operations table 操作表: every act of the product is one row, whoever calls it (window, command line,
 * test). A capability's contract.ts lists its rows; shared/contract.ts joins them. Nothing here runs an operation.
 */
import type { z } from 'zod';
import { agencies, type Agency, type Duty } from './office.ts';

/**
 * Who may: people holding one of the duties; `signed-in` = any operator of the office; `anyone` = before sign-in.
 */
export type Permission = readonly Duty[] | 'signed-in' | 'anyone';

export type Operation<
  K extends 'command' | 'query' = 'command' | 'query',
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> = {
  readonly kind: K;
  /** Parsed with unknown fields refused; use z.strictObject. Amounts are the codecs of schema.ts. */
  readonly input: I;
  readonly output: O;
  /** The Chinese name of the act, for logs, history and the refusal of a duty. */
  readonly title: string;
  readonly may: Permission;
  /** Offices in which it exists. */
  readonly agencies: readonly Agency[];
  /** Refusals it can answer beyond the general ones; keys of the error table. */
  readonly errors: readonly string[];
  /** Also served by a read-only office, as a question: the handler then writes nothing. */
  readonly whileReadOnly: boolean;
  /** Also done while an older ledger stands still 停办: the acts that open its channels anew. */
  readonly whileStill: boolean;
  /** Also done while the clock and the ledger disagree: the act that tells the date. */
  readonly anyClock: boolean;
  /** Also served to a person whose password another has set. */
  readonly beforeOwnPassword: boolean;
};

type Terms = {
  readonly title: string;
  readonly may: Permission;
  readonly agencies?: readonly Agency[];
  readonly errors?: readonly string[];
  readonly whileReadOnly?: boolean;
  readonly whileStill?: boolean;
  readonly anyClock?: boolean;
  readonly beforeOwnPassword?: boolean;
};

/** An act that changes the ledger: one transaction with its journal entries. */
export function command<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  terms: Terms,
): Operation<'command', I, O> {
  return row('command', input, output, terms);
}

/** A question: runs with query_only=ON and changes nothing. */
export function query<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  terms: Terms,
): Operation<'query', I, O> {
  return row('query', input, output, terms);
}

function row<K extends 'command' | 'query', I extends z.ZodType, O extends z.ZodType>(
  kind: K,
  input: I,
  output: O,
  terms: Terms,
): Operation<K, I, O> {
  return {
    kind,
    input,
    output,
    title: terms.title,
    may: terms.may,
    agencies: terms.agencies ?? agencies,
    errors: terms.errors ?? [],
    whileReadOnly: terms.whileReadOnly ?? false,
    whileStill: terms.whileStill ?? false,
    anyClock: terms.anyClock ?? false,
    beforeOwnPassword: terms.beforeOwnPassword ?? false,
  };
}
