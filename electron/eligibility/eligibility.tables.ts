/** Determinations 资格认定: one row a taxpayer and filing period; the whole record stays in the blob and is found by its place. */
import type { StateTables } from '../journal/index.ts';

export const eligibilityTables: StateTables = {
  capability: 'eligibility',
  version: 3,
  tables: ['assessment', 'determination'],
  ddl: `
CREATE TABLE assessment (
  period TEXT PRIMARY KEY CHECK (length(period) = 7),
  entry_seq INTEGER NOT NULL,
  rows INTEGER NOT NULL
) STRICT;
CREATE TABLE determination (
  period TEXT NOT NULL,
  uscc TEXT NOT NULL,
  name TEXT NOT NULL,
  industry TEXT,
  verdict TEXT NOT NULL,
  route TEXT,
  size TEXT NOT NULL,
  existing_fen INTEGER,
  incremental_fen INTEGER,
  total_fen INTEGER NOT NULL CHECK (total_fen >= 0),
  existing_open INTEGER NOT NULL CHECK (existing_open IN (0, 1)),
  incremental_open INTEGER NOT NULL CHECK (incremental_open IN (0, 1)),
  -- 期末留抵税额 that it was judged on: what a later credit is compared with once this one is refunded.
  ending_fen INTEGER CHECK (ending_fen IS NULL OR ending_fen >= 0),
  -- The place of the line: which chunk of the entry's lines, and which line of it.
  chunk INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (period, uscc)
) STRICT;
CREATE INDEX determination_verdict ON determination (period, verdict);
`,
};
