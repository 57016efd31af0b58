/**
 * 底数快照: one row a version, one row a taxpayer of it, frozen here or received by package. What was frozen is never altered:
 * the triggers refuse every change but the confirmation by a second person.
 */
import type { StateTables } from '../journal/index.ts';

export const surveyTables: StateTables = {
  capability: 'survey',
  version: 1,
  tables: ['survey_snapshot', 'survey_line'],
  ddl: `
CREATE TABLE survey_snapshot (
  period TEXT NOT NULL CHECK (length(period) = 7),
  version INTEGER NOT NULL CHECK (version >= 1),
  number TEXT NOT NULL UNIQUE,
  entry_seq INTEGER NOT NULL,
  base_hash TEXT NOT NULL CHECK (length(base_hash) = 64),
  reason TEXT NOT NULL,
  frozen_on TEXT NOT NULL,
  frozen_by TEXT NOT NULL,
  confirmed_on TEXT,
  confirmed_by TEXT,
  package TEXT,
  assessed INTEGER NOT NULL,
  verdicts TEXT NOT NULL CHECK (json_valid(verdicts)),
  taxpayers INTEGER NOT NULL CHECK (taxpayers BETWEEN 0 AND assessed),
  existing_fen INTEGER NOT NULL CHECK (existing_fen >= 0),
  incremental_fen INTEGER NOT NULL CHECK (incremental_fen >= 0),
  open_fen INTEGER NOT NULL CHECK (open_fen BETWEEN 0 AND existing_fen + incremental_fen),
  PRIMARY KEY (period, version),
  CHECK ((confirmed_on IS NULL) = (confirmed_by IS NULL)),
  CHECK (package IS NOT NULL OR confirmed_by IS NULL OR confirmed_by <> frozen_by)
) STRICT;
CREATE TABLE survey_line (
  period TEXT NOT NULL,
  version INTEGER NOT NULL,
  uscc TEXT NOT NULL,
  name TEXT NOT NULL,
  industry TEXT,
  section TEXT NOT NULL CHECK (length(section) <= 1),
  size TEXT NOT NULL,
  route TEXT,
  verdict TEXT NOT NULL,
  list TEXT,
  counted INTEGER NOT NULL CHECK (counted IN (0, 1)),
  existing_fen INTEGER NOT NULL CHECK (existing_fen >= 0),
  incremental_fen INTEGER NOT NULL CHECK (incremental_fen >= 0),
  existing_window TEXT NOT NULL,
  incremental_window TEXT NOT NULL,
  existing_open INTEGER NOT NULL CHECK (existing_open IN (0, 1)),
  incremental_open INTEGER NOT NULL CHECK (incremental_open IN (0, 1)),
  PRIMARY KEY (period, version, uscc),
  FOREIGN KEY (period, version) REFERENCES survey_snapshot (period, version),
  CHECK (counted = 0 OR verdict IN ('refundable', 'not-open', 'suspended')),
  CHECK (counted = (existing_fen + incremental_fen > 0))
) STRICT;

CREATE TRIGGER survey_snapshot_frozen BEFORE UPDATE OF period, version, number, entry_seq, base_hash, reason, frozen_on, frozen_by,
  package, assessed, verdicts, taxpayers, existing_fen, incremental_fen, open_fen ON survey_snapshot
BEGIN SELECT RAISE(ABORT, 'survey: a snapshot is frozen'); END;
CREATE TRIGGER survey_snapshot_confirmed BEFORE UPDATE OF confirmed_on, confirmed_by ON survey_snapshot
WHEN OLD.confirmed_by IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'survey: a snapshot is confirmed once'); END;
CREATE TRIGGER survey_snapshot_stays BEFORE DELETE ON survey_snapshot
BEGIN SELECT RAISE(ABORT, 'survey: a snapshot stays'); END;
CREATE TRIGGER survey_line_frozen BEFORE UPDATE ON survey_line
BEGIN SELECT RAISE(ABORT, 'survey: a line is frozen'); END;
CREATE TRIGGER survey_line_stays BEFORE DELETE ON survey_line
BEGIN SELECT RAISE(ABORT, 'survey: a line stays'); END;
`,
};
