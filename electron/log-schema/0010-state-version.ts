/**
 * Which tables and folds wrote the state that lies in the ledger: one row a rebuild, the newest is in force. The numbers 3 to 9 stand for
 * ledgers whose state tables were still migrated; their log is that of step 2.
 */
import type { LogStep } from './log-step.ts';

export const stateVersionStep: LogStep = {
  version: 10,
  name: 'state-version',
  tables: ['state_version'],
  sql: `
CREATE TABLE state_version (
  no INTEGER PRIMARY KEY CHECK (no >= 1),
  version TEXT NOT NULL CHECK (length(version) = 64),
  program TEXT NOT NULL,
  head_seq INTEGER NOT NULL CHECK (head_seq >= 0),
  made_at TEXT NOT NULL
) STRICT;
`,
};
