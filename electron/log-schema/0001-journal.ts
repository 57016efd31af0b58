/**
 * The log 留痕: journal, blobs and checkpoints, with the guards that keep them append-only. Every column beside `body` is
 * either hashed or VIRTUAL (computed from the body when read), so no stored cell lies outside the hash.
 */
import type { LogStep } from './log-step.ts';

export const journalStep: LogStep = {
  version: 1,
  name: 'journal',
  tables: ['journal', 'blob', 'checkpoint'],
  sql: `
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY CHECK (seq >= 1),
  body TEXT NOT NULL CHECK (json_valid(body)),
  prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
  entry_hash TEXT NOT NULL CHECK (length(entry_hash) = 64),
  entry_key TEXT GENERATED ALWAYS AS (json_extract(body, '$.key')) VIRTUAL NOT NULL,
  stream TEXT GENERATED ALWAYS AS (json_extract(body, '$.stream')) VIRTUAL CHECK (stream IN ('business', 'audit')),
  kind TEXT GENERATED ALWAYS AS (json_extract(body, '$.kind')) VIRTUAL NOT NULL,
  subject TEXT GENERATED ALWAYS AS (json_extract(body, '$.subject')) VIRTUAL NOT NULL,
  CHECK (json_extract(body, '$.seq') = seq)
) STRICT;
CREATE UNIQUE INDEX journal_entry_key ON journal (entry_key);
CREATE INDEX journal_subject ON journal (subject, seq);
CREATE INDEX journal_kind ON journal (kind, seq);

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'journal: append only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal: append only'); END;
CREATE TRIGGER journal_in_order BEFORE INSERT ON journal
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
  OR NEW.prev_hash <> coalesce((SELECT entry_hash FROM journal ORDER BY seq DESC LIMIT 1), '0000000000000000000000000000000000000000000000000000000000000000')
  OR EXISTS (SELECT 1 FROM journal WHERE entry_key = json_extract(NEW.body, '$.key'))
BEGIN SELECT RAISE(ABORT, 'journal: gap, fork or repeated key'); END;

CREATE TABLE blob (
  hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
  bytes BLOB NOT NULL
) STRICT;
CREATE TRIGGER blob_no_update BEFORE UPDATE ON blob
BEGIN SELECT RAISE(ABORT, 'blob: immutable'); END;
CREATE TRIGGER blob_no_delete BEFORE DELETE ON blob
BEGIN SELECT RAISE(ABORT, 'blob: immutable'); END;
CREATE TRIGGER blob_no_replace BEFORE INSERT ON blob
WHEN EXISTS (SELECT 1 FROM blob WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'blob: already stored'); END;

CREATE TABLE checkpoint (
  seq INTEGER PRIMARY KEY,
  entry_hash TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
`,
};
