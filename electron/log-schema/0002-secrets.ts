/** What an office keeps beside its log and could never make again: password hashes, lock-out counters, sealed private keys. */
import type { LogStep } from './log-step.ts';

export const secretsStep: LogStep = {
  version: 2,
  name: 'secrets',
  tables: ['operator_secret', 'sign_in_failure', 'private_key'],
  sql: `
CREATE TABLE operator_secret (
  username TEXT PRIMARY KEY,
  password TEXT NOT NULL
) STRICT;
CREATE TABLE sign_in_failure (
  username TEXT PRIMARY KEY,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  locked_until TEXT
) STRICT;
CREATE TABLE private_key (
  key_id TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('root', 'signing', 'encryption')),
  sealing TEXT NOT NULL CHECK (sealing IN ('none', 'age-scrypt')),
  sealed BLOB NOT NULL
) STRICT;
`,
};
