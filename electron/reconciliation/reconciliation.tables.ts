/** 三方对账: statements of the three offices as they stand. Their lines stay in the log; a statement names them. Every version is kept, the newest counts. */
import { agencies } from '../../shared/kernel/office.ts';
import type { StateTables } from '../journal/index.ts';
import { column, recordTable, type RowOf } from '../platform/record-table.ts';

const { text, date, maybe } = column;

const statementColumns = {
  office: column.oneOf(agencies), period: column.period, version: column.number, through: date, statedOn: date, statedBy: text, lines: column.count,
  /** The lines in the log, as a reference. */
  content: text, package: maybe(text),
};
export const reconStatements = recordTable('recon_statement', statementColumns, ['PRIMARY KEY (office, period, version)']);
export type StatementRecord = RowOf<typeof statementColumns>;

export const reconciliationTables: StateTables = {
  capability: 'reconciliation',
  version: 1,
  tables: ['recon_statement'],
  ddl: `
${reconStatements.create}
CREATE TRIGGER recon_statement_stays BEFORE UPDATE ON recon_statement
BEGIN SELECT RAISE(ABORT, 'recon_statement: a statement stands as made'); END;
CREATE TRIGGER recon_statement_kept BEFORE DELETE ON recon_statement
BEGIN SELECT RAISE(ABORT, 'recon_statement: never deleted'); END;
`,
};
