/** The office, a change of its settings that waits for the second person, its people, whose password another has set, and the guard that a real office stores no private key unsealed. */
import type { StateTables } from '../journal/index.ts';

export const administrationTables: StateTables = {
  capability: 'administration',
  version: 2,
  tables: ['office', 'profile_proposal', 'operator', 'password_standing'],
  deciding: [
    {
      tables: ['office', 'operator', 'profile_proposal'],
      from: ['administration.open', 'administration.proposeProfile', 'administration.rejectProfile', 'administration.setProfile', 'administration.setOperator'],
    },
    { tables: ['password_standing'], from: ['administration.noteAccess'], where: "json_extract(body, '$.facts.what') LIKE 'password-%'" },
  ],
  ddl: `
CREATE TABLE office (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  agency TEXT NOT NULL CHECK (agency IN ('tax', 'finance', 'treasury')),
  county TEXT NOT NULL CHECK (length(county) = 6),
  name TEXT NOT NULL,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  opened_at TEXT NOT NULL,
  profile TEXT NOT NULL CHECK (json_valid(profile))
) STRICT;
CREATE TABLE profile_proposal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  profile TEXT NOT NULL CHECK (json_valid(profile)),
  reason TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at TEXT NOT NULL
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
CREATE TABLE password_standing (
  username TEXT PRIMARY KEY,
  set_by TEXT NOT NULL CHECK (set_by <> username),
  set_at TEXT NOT NULL,
  vouch INTEGER NOT NULL CHECK (vouch IN (0, 1)),
  changed_at TEXT CHECK (changed_at IS NULL OR vouch = 1)
) STRICT;
CREATE TRIGGER private_key_sealed BEFORE INSERT ON private_key
WHEN NEW.sealing = 'none' AND NOT EXISTS (SELECT 1 FROM office WHERE practice = 1)
BEGIN SELECT RAISE(ABORT, 'private keys of a real office are sealed'); END;
`,
};
