/** The office, its people and settings (state); secrets, lock-out counters and backups made (local, cannot be rebuilt). */
import type { Migration } from './migration.ts';

export const administrationMigration: Migration = {
  version: 2,
  name: 'administration',
  stateTables: ['office', 'operator'],
  localTables: ['operator_secret', 'sign_in_failure', 'private_key', 'backup_made'],
  sql: `
CREATE TABLE office (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  agency TEXT NOT NULL CHECK (agency IN ('tax', 'finance', 'treasury')),
  county TEXT NOT NULL CHECK (length(county) = 6),
  name TEXT NOT NULL,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  opened_at TEXT NOT NULL,
  profile TEXT NOT NULL CHECK (json_valid(profile))
) STRICT;
CREATE TABLE operator (
  username TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  duties TEXT NOT NULL CHECK (json_valid(duties)),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  CHECK (NOT (
    (duties LIKE '%"system"%') + (duties LIKE '%"security"%') + (duties LIKE '%"audit"%') > 1
    OR ((duties LIKE '%"system"%' OR duties LIKE '%"security"%' OR duties LIKE '%"audit"%')
      AND (duties LIKE '%"handler"%' OR duties LIKE '%"reviewer"%' OR duties LIKE '%"approver"%' OR duties LIKE '%"issuer"%'))))
) STRICT;
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
CREATE TRIGGER private_key_sealed BEFORE INSERT ON private_key
WHEN NEW.sealing = 'none' AND NOT EXISTS (SELECT 1 FROM office WHERE practice = 1)
BEGIN SELECT RAISE(ABORT, 'private keys of a real office are sealed'); END;
CREATE TABLE backup_made (
  made_at TEXT PRIMARY KEY,
  head_seq INTEGER NOT NULL,
  head_hash TEXT NOT NULL,
  file_hash TEXT NOT NULL
) STRICT;
`,
};
