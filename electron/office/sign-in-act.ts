/**
 * Signing in 登录: password, lock-out and their audit entries; a practice office lets its operators in without one. In a read-only office people must still
 * get in to look and print, so the counters then live in memory and nothing is recorded.
 * @source shared spec faults.md H04; ledger.md (fail direction: reading stays possible, writing stops)
 */
import type { OfficeIdentity } from '../../shared/administration/model.ts';
import { refuse, refuseRecorded } from '../../shared/errors.ts';
import { shanghaiDateTime } from '../../shared/kernel/civil-date.ts';
import { afterFailure, isLocked, readFailures, readOperator, readPasswordHash, recordAccess, writeFailures } from '../administration/index.ts';
import type { Context } from '../journal/index.ts';
import { passwordMatches } from '../platform/keystore.ts';

type Failures = ReturnType<typeof readFailures>;

/** Where wrong passwords are counted and how access is noted. */
export type SignInNotes = {
  read(ctx: Context, username: string): Failures;
  write(ctx: Context, username: string, failures: Failures): void;
  note(ctx: Context, username: string, what: 'signed-in' | 'sign-in-failed' | 'locked'): void;
};

/** Counters in their table, access in the audit stream. */
export const notesInLedger: SignInNotes = {
  read: (ctx, username) => readFailures(ctx.db, username),
  write: (ctx, username, failures) => {
    writeFailures(ctx.db, username, failures);
  },
  note: recordAccess,
};

/** Counters that last as long as the office is open; they begin with those of the table. */
export function notesInMemory(): SignInNotes {
  const counters = new Map<string, Failures>();
  return {
    read: (ctx, username) => counters.get(username) ?? readFailures(ctx.db, username),
    write: (_ctx, username, failures) => {
      counters.set(username, failures);
    },
    note: () => undefined,
  };
}

/** @throws Refusal UNKNOWN_OPERATOR, ACCOUNT_LOCKED, SECRET_NEEDED; a wrong password is a recorded refusal */
export function signIn(ctx: Context, identity: OfficeIdentity, given: { readonly username: string; readonly password: string | null }, notes: SignInNotes): { username: string } {
  const { username, password } = given;
  const operator = readOperator(ctx.db, username);
  if (operator === null || !operator.active) return refuse('UNKNOWN_OPERATOR', { username });
  const stored = readPasswordHash(ctx.db, username);
  if (identity.practice && stored === null) return { username };
  const failures = notes.read(ctx, username);
  if (isLocked(failures, ctx.now)) refuse('ACCOUNT_LOCKED', { username, until: failures.lockedUntil === null ? '' : shanghaiDateTime(failures.lockedUntil) });
  if (password === null) refuse('SECRET_NEEDED', { what: '口令' });
  if (stored !== null && passwordMatches(password, stored)) {
    notes.write(ctx, username, { failures: 0, lockedUntil: null });
    notes.note(ctx, username, 'signed-in');
    return { username };
  }
  const next = afterFailure(failures, ctx.now);
  notes.write(ctx, username, next);
  notes.note(ctx, username, next.lockedUntil === null ? 'sign-in-failed' : 'locked');
  if (next.lockedUntil === null) return refuseRecorded('PASSWORD_WRONG');
  return refuseRecorded('ACCOUNT_LOCKED', { username, until: shanghaiDateTime(next.lockedUntil) });
}
