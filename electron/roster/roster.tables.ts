/** The roster 企业名册: the imports of a filing period and its taxpayers as lists need them; the whole row stays in the blob. */
import type { StateTables } from '../journal/index.ts';

export const rosterTables: StateTables = {
  capability: 'roster',
  version: 3,
  tables: ['roster_import', 'roster_row'],
  ddl: `
CREATE TABLE roster_import (
  period TEXT NOT NULL CHECK (length(period) = 7),
  number INTEGER NOT NULL CHECK (number >= 1),
  entry_seq INTEGER NOT NULL,
  file TEXT NOT NULL,
  file_hash TEXT NOT NULL CHECK (length(file_hash) = 64),
  content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
  rows INTEGER NOT NULL CHECK (rows >= 1),
  rejected INTEGER NOT NULL CHECK (rejected >= 0),
  added INTEGER NOT NULL CHECK (added >= 0),
  changed INTEGER NOT NULL CHECK (changed >= 0),
  gone INTEGER NOT NULL CHECK (gone >= 0),
  at TEXT NOT NULL,
  maker TEXT NOT NULL,
  -- Which system it came from, and how its headers were read by hand; null before it was kept.
  source TEXT CHECK (length(source) = 64),
  assigned TEXT NOT NULL CHECK (json_valid(assigned)),
  PRIMARY KEY (period, number)
) STRICT;
CREATE TABLE roster_row (
  period TEXT NOT NULL,
  uscc TEXT NOT NULL,
  row INTEGER NOT NULL CHECK (row >= 2),
  name TEXT NOT NULL,
  kind TEXT CHECK (kind IN ('general', 'small-scale')),
  status TEXT NOT NULL,
  industry TEXT,
  rating TEXT,
  office TEXT,
  prev_year_sales_fen INTEGER,
  base_credit_fen INTEGER,
  ending_credit_fen INTEGER,
  -- The place of the line: which chunk of the import's content, and which line of it.
  chunk INTEGER NOT NULL CHECK (chunk >= 0),
  place INTEGER NOT NULL CHECK (place >= 0),
  PRIMARY KEY (period, uscc)
) STRICT;
CREATE UNIQUE INDEX roster_row_order ON roster_row (period, row);
`,
};
