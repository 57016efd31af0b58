/**
 * Wrong passwords and passphrases 错误口令: counted, slowed and noted, whatever they were given for. The counter is stored, so a restart changes
 * nothing; in a read-only office it lives in memory and nothing is recorded. Comparing the secret is the caller's.
 * @source shared spec faults.md H04; ledger.md (fail direction: reading stays possible, writing stops)
 */
import { refuse, refuseRecorded } from '../../shared/errors.ts';
import { shanghaiDateTime } from '../../shared/kernel/civil-date.ts';
import type { Context } from '../journal/index.ts';
import { readFailures, writeFailures, type SignInFailures } from './administration.sql.ts';
import { recordAccess, type AccessFact } from './access.ts';
import { afterFailure, isLocked } from './sign-in.ts';

/** Where wrong secrets are counted and how they are noted. */
export type AttemptNotes = {
  read(ctx: Context, counter: string): SignInFailures;
  write(ctx: Context, counter: string, failures: SignInFailures): void;
  note(ctx: Context, username: string, what: AccessFact): void;
};

/** Counters in their table, notes in the audit stream. */
export const notesInLedger: AttemptNotes = {
  read: (ctx, counter) => readFailures(ctx.db, counter),
  write: (ctx, counter, failures) => {
    writeFailures(ctx.db, counter, failures);
  },
  note: recordAccess,
};

/** Counters that last as long as the office is open; they begin with those of the table. */
export function notesInMemory(): AttemptNotes {
  const counters = new Map<string, SignInFailures>();
  return {
    read: (ctx, counter) => counters.get(counter) ?? readFailures(ctx.db, counter),
    write: (_ctx, counter, failures) => {
      counters.set(counter, failures);
    },
    note: () => undefined,
  };
}

/** What is asked for: the password of an account, or the key passphrase as one person gives it. */
export type Asked = 'password' | 'key-passphrase';

const facts = {
  password: { failed: 'sign-in-failed', locked: 'locked', wrong: 'PASSWORD_WRONG', stopped: 'ACCOUNT_LOCKED' },
  'key-passphrase': { failed: 'key-passphrase-wrong', locked: 'key-passphrase-locked', wrong: 'KEY_PASSPHRASE_WRONG', stopped: 'KEY_PASSPHRASE_LOCKED' },
} as const;

/** The counter of a person; `#` cannot start a user name. */
export function counterOf(asked: Asked, username: string): string {
  return asked === 'password' ? username : `#keys/${username}`;
}

/** @throws Refusal ACCOUNT_LOCKED, KEY_PASSPHRASE_LOCKED */
export function refuseWhileLocked(ctx: Context, asked: Asked, username: string, notes: AttemptNotes): void {
  const { lockedUntil } = notes.read(ctx, counterOf(asked, username));
  if (lockedUntil !== null && isLocked({ failures: 0, lockedUntil }, ctx.now)) refuse(facts[asked].stopped, { username, until: shanghaiDateTime(lockedUntil) });
}

/** The secret was right: the count begins anew. */
export function countRight(ctx: Context, asked: Asked, username: string, notes: AttemptNotes): void {
  notes.write(ctx, counterOf(asked, username), { failures: 0, lockedUntil: null });
}

/** @throws always a recorded refusal: what was wrong, or until when nothing more is taken */
export function countWrong(ctx: Context, asked: Asked, username: string, notes: AttemptNotes): never {
  const counter = counterOf(asked, username);
  const next = afterFailure(notes.read(ctx, counter), ctx.now);
  const { failed, locked, wrong, stopped } = facts[asked];
  notes.write(ctx, counter, next);
  notes.note(ctx, username, next.lockedUntil === null ? failed : locked);
  if (next.lockedUntil === null) return refuseRecorded(wrong);
  return refuseRecorded(stopped, { username, until: shanghaiDateTime(next.lockedUntil) });
}
