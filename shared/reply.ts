/**
 * The one form of an answer 答复: what an operation gave back, or the refusal in words. Every process answers in it, and only here is a refusal or a
 * fault of the program turned into one.
 */
import { errorMessage } from './error-table.ts';
import { Refusal } from './kernel/errors.ts';

/** What every call answers. Amounts in `value` are yuan text; `details` is JSON. */
export type Reply<T = unknown> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: RefusalInWords };

/** `code` is a key of the error table, `message` its finished sentences. */
export type RefusalInWords = { readonly code: string; readonly message: string; readonly details: unknown };

/** A refusal that came back from a call already in words, on its way further out. */
export class RefusedCall extends Error {
  override readonly name = 'RefusedCall';
  readonly error: RefusalInWords;
  constructor(error: RefusalInWords) {
    super(error.message);
    this.error = error;
  }
}

/** @throws RefusedCall */
export function valueOf<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new RefusedCall(reply.error);
  return reply.value;
}

/** A refusal in words, or null for any other error. */
export function inWords(error: unknown): RefusalInWords | null {
  if (error instanceof RefusedCall) return error.error;
  return error instanceof Refusal ? wordsOf(error) : null;
}

/**
 * The reply to an error: a refusal in words, anything else as a fault of the program.
 * @param faulted writes a fault of the program to the log; answers its reference number
 */
export function replyOf(error: unknown, faulted: (error: unknown) => string): Reply<never> {
  const refused = inWords(error);
  if (refused !== null) return { ok: false, error: refused };
  const reference = faulted(error);
  return { ok: false, error: { code: 'PROGRAM_FAULT', message: errorMessage('PROGRAM_FAULT', { reference }), details: { reference } } };
}

/** The reply that refuses. */
export function refusedReply(refusal: Refusal): Extract<Reply, { ok: false }> {
  return { ok: false, error: wordsOf(refusal) };
}

function wordsOf({ code, params, details }: Refusal): RefusalInWords {
  return { code, message: errorMessage(code, params), details };
}
