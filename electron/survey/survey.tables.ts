/**
 * 底数快照: one row a version, one row a taxpayer of it, frozen here or received by package. What was frozen is never altered:
 * the triggers refuse every change but the confirmation by a second person.
 */
import type { SurveyLine, SurveyWindow } from '../../shared/survey/model.ts';
import type { StateTables } from '../journal/index.ts';
import { column, recordTable, type RowOf } from '../platform/record-table.ts';

const { text, date, fen, flag, maybe, word } = column;

const snapshotColumns = {
  period: column.period, version: column.number, number: text, entry: column.named('entry_seq', column.count), baseHash: text, reason: text,
  frozenOn: date,
  /** Username where it was frozen here, the person's name where it came by package. */
  frozenBy: text,
  confirmedOn: maybe(date), confirmedBy: maybe(text), package: maybe(text), assessed: column.count, verdicts: text,
  totals: column.group('', { taxpayers: column.count, existing: fen, incremental: fen, open: fen }),
};
export type SnapshotRow = RowOf<typeof snapshotColumns>;
export const surveySnapshots = recordTable('survey_snapshot', snapshotColumns, [
  'PRIMARY KEY (period, version)',
  'UNIQUE (number)',
  'CHECK (length(period) = 7)',
  'CHECK (length(base_hash) = 64)',
  'CHECK (json_valid(verdicts))',
  'CHECK (taxpayers BETWEEN 0 AND assessed)',
  'CHECK (open_fen BETWEEN 0 AND existing_fen + incremental_fen)',
  'CHECK ((confirmed_on IS NULL) = (confirmed_by IS NULL))',
  'CHECK (package IS NOT NULL OR confirmed_by IS NULL OR confirmed_by <> frozen_by)',
]);

/** One taxpayer of a snapshot, as readers want it: without the snapshot's own name and the section made from the code. */
const lineColumns = {
  uscc: text, name: text, industry: maybe(text), size: word<SurveyLine['size']>(), route: maybe(word<NonNullable<SurveyLine['route']>>()),
  verdict: word<SurveyLine['verdict']>(), list: maybe(word<NonNullable<SurveyLine['list']>>()), counted: flag, existing: fen,
  incremental: fen,
  existingWindow: word<SurveyWindow>(), incrementalWindow: word<SurveyWindow>(), existingOpen: flag, incrementalOpen: flag,
};
export const readSurveyLine = recordTable('survey_line', lineColumns).read;
export const surveyLines = recordTable('survey_line', { period: column.period, version: column.number, section: text, ...lineColumns }, [
  'PRIMARY KEY (period, version, uscc)',
  'FOREIGN KEY (period, version) REFERENCES survey_snapshot (period, version)',
  'CHECK (length(section) <= 1)',
  "CHECK (counted = 0 OR verdict IN ('refundable', 'not-open', 'suspended'))",
  'CHECK (counted = (existing_fen + incremental_fen > 0))',
]);

export const surveyTables: StateTables = {
  capability: 'survey',
  version: 1,
  tables: ['survey_snapshot', 'survey_line'],
  ddl: `
${surveySnapshots.create}

${surveyLines.create}


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
