/** How an operation refuses 拒绝: a key of the error table and what fills its sentences. The sentences themselves are error-table.ts. */
import type { ErrorKey } from './error-table.ts';
import { RecordedRefusal, Refusal, type ErrorParams } from './kernel/errors.ts';

export type { ErrorKey } from './error-table.ts';

/** Leaves the operation with a refusal of the table; the transaction rolls back. */
export function refuse(code: ErrorKey, params: ErrorParams = {}, details: unknown = null): never {
  throw refusal(code, params, details);
}

/** Leaves the operation with a refusal, but keeps the audit entries appended so far; business entries may not be among them. */
export function refuseRecorded(code: ErrorKey, params: ErrorParams = {}, details: unknown = null): never {
  throw new RecordedRefusal(code, params, details);
}

/** The refusal as a value, for lists of faults. */
export function refusal(code: ErrorKey, params: ErrorParams = {}, details: unknown = null): Refusal {
  return new Refusal(code, params, details);
}
