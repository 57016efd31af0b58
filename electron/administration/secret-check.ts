/**
 * Password hashes against the log 口令摘要核对: they cannot be rebuilt, so each entry that sets a password carries the digest of what is stored. What was put in
 * their place while the office was closed is found at the next opening. Entries from before carry none and are believed until the password is next set.
 */
import { z } from 'zod';
import { parseBody, type LedgerFault, type LedgerRule } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { sha256Hex } from '../platform/hash.ts';
import { accessRecorded, firstOperatorKey } from './entries.ts';

/** The digest of a stored password hash, hex. */
export function secretDigest(stored: string): string {
  return sha256Hex(new TextEncoder().encode(stored));
}

/** Passwords that are not the ones last set, or that nobody set. */
export function alteredSecrets(db: Database): LedgerFault[] {
  const newest = db.prepare(
    "SELECT body FROM journal WHERE subject = @username AND kind IN (SELECT value FROM json_each(@names)) AND json_extract(body, '$.facts.what') = 'password-set' ORDER BY seq DESC LIMIT 1",
  );
  const names = JSON.stringify([accessRecorded.kind, ...(accessRecorded.formerly ?? [])]);
  const founded = db.prepare('SELECT 1 FROM journal WHERE entry_key = @key');
  return db.prepare('SELECT username, password FROM operator_secret ORDER BY username').all().flatMap((row): LedgerFault[] => {
    const username = String(row['username']);
    const entry = newest.get({ username, names });
    const sound = entry === undefined
      ? founded.get({ key: firstOperatorKey(username) }) !== undefined // an office founded before passwords were entered in the log
      : isLastSet(String(entry['body']), String(row['password']));
    return sound ? [] : [{ where: 'state', table: 'operator_secret', key: username, column: 'password', message: `操作员 ${username} 的口令摘要与账本记载不符` }];
  });
}

function isLastSet(body: string, stored: string): boolean {
  const { digest } = z.decode(accessRecorded.facts, parseBody(body).facts as z.input<typeof accessRecorded.facts>); // decode checks it
  return digest === undefined || digest === secretDigest(stored);
}

export const secretRule: LedgerRule = { name: '口令摘要与账本一致', check: alteredSecrets };
