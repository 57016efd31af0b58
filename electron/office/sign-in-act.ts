/**
 * Signing in 登录 and opening the keys 解锁密钥: decisions about the secret a person gives, with their counters and notes. A practice office lets its
 * operators in without one. In a read-only office people must still get in to look and print.
 * @source shared spec faults.md H04; ledger.md (fail direction: reading stays possible, writing stops)
 */
import type { OfficeIdentity } from '../../shared/administration/model.ts';
import { refuse } from '../../shared/errors.ts';
import { countRight, countWrong, readOperator, readPasswordHash, refuseWhileLocked, type AttemptNotes } from '../administration/index.ts';
import type { Context } from '../journal/index.ts';
import { passwordMatches } from '../platform/keystore.ts';

/** @throws Refusal UNKNOWN_OPERATOR, ACCOUNT_LOCKED, SECRET_NEEDED; a wrong password is a recorded refusal */
export function signIn(ctx: Context, identity: OfficeIdentity, given: { readonly username: string; readonly password: string | null }, notes: AttemptNotes): { username: string } {
  const { username, password } = given;
  const operator = readOperator(ctx.db, username);
  if (operator === null || !operator.active) return refuse('UNKNOWN_OPERATOR', { username });
  const stored = readPasswordHash(ctx.db, username);
  if (identity.practice && stored === null) return { username };
  refuseWhileLocked(ctx, 'password', username, notes);
  if (password === null) refuse('SECRET_NEEDED', { what: '口令' });
  if (stored === null || !passwordMatches(password, stored)) return countWrong(ctx, 'password', username, notes);
  countRight(ctx, 'password', username, notes);
  notes.note(ctx, username, 'signed-in');
  return { username };
}

/** @param right whether the passphrase opened the keys. @throws a recorded refusal KEY_PASSPHRASE_WRONG or KEY_PASSPHRASE_LOCKED */
export function keysOpened(ctx: Context, right: boolean, notes: AttemptNotes): null {
  const { username } = ctx.actor;
  if (!right) return countWrong(ctx, 'key-passphrase', username, notes);
  countRight(ctx, 'key-passphrase', username, notes);
  notes.note(ctx, username, 'keys-opened');
  return null;
}
