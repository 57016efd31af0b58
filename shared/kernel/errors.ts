/**
 * The form of the error table 错误表. Each capability lists its refusals in its own errors.ts; shared/errors.ts joins them into
 * the one table. A refusal is expected and explained to the clerk; a programmer's error throws an AssertionFault instead.
 */

/** Values for the `{placeholders}` of a sentence. Amounts come as grouped yuan text, dates as text. */
export type ErrorParams = Readonly<Record<string, string | number>>;

export type ErrorRow = {
  /** Number of exchange.md 2.8 where it has one, e.g. `E203`. */
  readonly number?: string;
  /** What happened and what was not changed: one Chinese sentence with `{placeholders}`, without the final 。 */
  readonly says: string;
  /** What to do next: one Chinese sentence with `{placeholders}`, without the final 。 */
  readonly next: string;
  /** The attempt itself is worth a line in the audit stream (faults.md H02, H07). */
  readonly audited?: true;
};

/** Fixes the keys of a capability's rows as literal types. */
export function defineErrors<const T extends Readonly<Record<string, ErrorRow>>>(rows: T): T {
  return rows;
}

/** A refusal on its way out of an operation: the transaction rolls back and the caller gets code and sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly params: ErrorParams;
  readonly details: unknown;
  constructor(code: string, params: ErrorParams, details: unknown) {
    super(code);
    this.code = code;
    this.params = params;
    this.details = details;
  }
}

/** A refusal whose audit entries stay: the transaction commits them, and the caller is refused all the same (a quarantined package, a wrong password). */
export class RecordedRefusal extends Refusal {}

/** Fills `{placeholders}`; a placeholder without a value stays visible, so that a test can find it. */
export function fillSentence(template: string, params: ErrorParams): string {
  return template.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    return value === undefined ? whole : String(value);
  });
}
