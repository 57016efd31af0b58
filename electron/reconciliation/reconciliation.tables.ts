/**
 * 三方对账: statements of the three offices as they stand and signatures over a month. Lines and documents stay in the log and are named here. Every version is
 * kept, the newest counts.
 */
import { agencies } from '../../shared/kernel/office.ts';
import { signatureFields } from '../../shared/reconciliation/month-lock.ts';
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

/** `document` is what this office signed, as a reference into the log; null for what others signed and for an unlocking. */
const signatureColumns = { office: column.oneOf(agencies), ...signatureFields, package: maybe(text), document: maybe(text) };
export const reconSignatures = recordTable('recon_signature', signatureColumns, [
  'PRIMARY KEY (period, round, office, no)', "CHECK ((purpose = 'lock') = (round % 2 = 0))", "CHECK (purpose = 'lock' OR reason IS NOT NULL)",
]);

export const reconciliationTables: StateTables = {
  capability: 'reconciliation',
  version: 2,
  tables: ['recon_statement', 'recon_signature'],
  // Whether a month is closed is read from here by every act.
  deciding: [{ tables: ['recon_signature'], from: ['reconciliation.sign', 'reconciliation.receiveSignature'] }],
  ddl: `
${reconStatements.create}
CREATE TRIGGER recon_statement_stays BEFORE UPDATE ON recon_statement
BEGIN SELECT RAISE(ABORT, 'recon_statement: a statement stands as made'); END;
CREATE TRIGGER recon_statement_kept BEFORE DELETE ON recon_statement
BEGIN SELECT RAISE(ABORT, 'recon_statement: never deleted'); END;

${reconSignatures.create}
CREATE TRIGGER recon_signature_stays BEFORE UPDATE ON recon_signature
BEGIN SELECT RAISE(ABORT, 'recon_signature: a signature stands'); END;
CREATE TRIGGER recon_signature_kept BEFORE DELETE ON recon_signature
BEGIN SELECT RAISE(ABORT, 'recon_signature: never deleted'); END;
`,
};
