/** Notes about access 登录与口令 in the audit stream: who signed in, whose password was set. No secret and no taxpayer is ever in one. */
import type { z } from 'zod';
import type { Context, Journal } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { writePasswordHash } from './administration.sql.ts';
import { accessRecorded } from './entries.ts';
import { secretDigest } from './secret-check.ts';

export type AccessFact = z.output<typeof accessRecorded.facts>['what'];

export function recordAccess(ctx: Context, username: string, what: Exclude<AccessFact, 'password-set'>): void {
  appendAccess(ctx.journal, { username, what, vouch: false });
}

/**
 * Stores a password hash and enters it in the log with its digest.
 * @param vouch whether somebody must vouch for the owner once the password has been changed
 */
export function writeSecret(db: Database, journal: Journal, given: { readonly username: string; readonly hash: string; readonly vouch: boolean }): void {
  const { username, hash, vouch } = given;
  writePasswordHash(db, username, hash);
  appendAccess(journal, { username, what: 'password-set', vouch, digest: secretDigest(hash) });
}

function appendAccess(journal: Journal, facts: z.output<typeof accessRecorded.facts>): void {
  journal.append(accessRecorded, { key: `administration.access/${String(journal.head().seq + 1)}`, subject: facts.username, facts });
}
