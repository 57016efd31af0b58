/**
 * Sign-in and lock-out 登录与锁定: decisions only. Five wrong passwords lock the account; each further one doubles the delay. The counter is
 * stored, so a restart changes nothing.
 * @source shared spec faults.md H04
 */
import { epochMsOf, instantOf, type Instant } from '../../shared/kernel/civil-date.ts';
import type { SignInFailures } from './administration.sql.ts';

export const failuresBeforeLock = 5;
const firstLockMs = 5 * 60_000;
const longestLockMs = 24 * 3_600_000;

/** Whether the account is locked now. */
export function isLocked(failures: SignInFailures, now: Instant): boolean {
  return failures.lockedUntil !== null && failures.lockedUntil > now;
}

/** The counters after one more wrong password. */
export function afterFailure(failures: SignInFailures, now: Instant): SignInFailures {
  const count = failures.failures + 1;
  if (count < failuresBeforeLock) return { failures: count, lockedUntil: null };
  const delay = Math.min(longestLockMs, firstLockMs * 2 ** (count - failuresBeforeLock));
  return { failures: count, lockedUntil: instantOf(epochMsOf(now) + delay) };
}
