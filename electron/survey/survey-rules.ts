/** What must always hold between a snapshot and its lines 恒等式, checked by `ledger verify --deep`. */
import type { LedgerFault } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';

const totals = `SELECT s.number AS key FROM survey_snapshot AS s WHERE (s.taxpayers, s.existing_fen, s.incremental_fen, s.open_fen) <> (
  SELECT coalesce(sum(counted), 0), coalesce(sum(existing_fen), 0), coalesce(sum(incremental_fen), 0),
    coalesce(sum(existing_open * existing_fen + incremental_open * incremental_fen), 0)
  FROM survey_line AS l WHERE l.period = s.period AND l.version = s.version)`;

/** Rows of the table of ledger rules. */
export const surveyRules: readonly { readonly name: string; check(db: Database): LedgerFault[] }[] = [
  {
    name: 'eligibility.survey-totals',
    check: (db) => db.prepare(totals).all().map((row) => ({ where: 'rule', table: 'survey_snapshot', key: String(row['key']), message: `${String(row['key'])}：底数快照合计与其明细不一致` })),
  },
];
