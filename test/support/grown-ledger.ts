/** A ledger of many years in a second: its newest entry over and over, under numbers and hashes of its own. No vitest here. */
import { canonicalText, chainHash, leafHash, type JsonValue } from '../../electron/journal/index.ts';
import type { Database } from '../../electron/platform/database.ts';

/** Repeats the newest entry under other numbers: entries of an office that has worked for years. */
export function grow(db: Database, entries: number): void {
  const newest = db.prepare('SELECT seq, body, entry_hash FROM journal ORDER BY seq DESC LIMIT 1').get() ?? {};
  const body = JSON.parse(String(newest['body'])) as Record<string, JsonValue>; // an entry's body is an object
  const insert = db.prepare('INSERT INTO journal (seq, body, prev_hash, entry_hash) VALUES (@seq, @body, @prevHash, @entryHash)');
  let prevHash = String(newest['entry_hash']);
  db.exec('BEGIN IMMEDIATE');
  for (let seq = Number(newest['seq']) + 1; seq <= Number(newest['seq']) + entries; seq += 1) {
    const text = canonicalText({ ...body, seq, key: `grown/${String(seq)}` });
    const entryHash = chainHash(prevHash, leafHash(text));
    insert.run({ seq, body: text, prevHash, entryHash });
    prevHash = entryHash;
  }
  db.exec('COMMIT');
}
