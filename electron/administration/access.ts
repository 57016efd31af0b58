/** Notes about access 登录与口令 in the audit stream: who signed in, whose password was set. No secret and no taxpayer is ever in one. */
import type { z } from 'zod';
import type { Context } from '../journal/index.ts';
import { accessRecorded } from './entries.ts';

export type AccessFact = z.output<typeof accessRecorded.facts>['what'];

/** @param vouch whether somebody must vouch for the owner once the password that was set has been changed */
export function recordAccess(ctx: Context, username: string, what: AccessFact, vouch = false): void {
  ctx.journal.append(accessRecorded, { key: `administration.access/${String(ctx.journal.head().seq + 1)}`, subject: username, facts: { username, what, vouch } });
}
