/**
 * Assertions for what cannot be. A failed assertion is a programmer's error: it throws, the operation rolls back and
 * the clerk sees one neutral sentence. Never used for refusals that a person can cause; those are rows of the error table.
 */

/** Thrown when the program contradicts itself; carries no user data. */
export class AssertionFault extends Error {
  override readonly name = 'AssertionFault';
}

/** Throws AssertionFault unless the condition holds. */
export function assert(condition: boolean, whatCannotBe: string): asserts condition {
  if (!condition) throw new AssertionFault(whatCannotBe);
}

/** Closes an exhaustive switch: the compiler proves that no kind is left. */
export function assertNever(value: never): never {
  throw new AssertionFault(`unexpected kind: ${JSON.stringify(value)}`);
}

/** The value, or AssertionFault when it is null or undefined. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new AssertionFault(`missing: ${what}`);
  return value;
}
