/** SQL of statements 对账单, and their lines out of the log. */
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { lineOfPacked } from '../../shared/reconciliation/line-fields.ts';
import type { ReconLine } from '../../shared/reconciliation/line.ts';
import type { StatementRow } from '../../shared/reconciliation/model.ts';
import { blobRefSchema, type BlobRef, type Context } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { reconStatements, type StatementRecord } from './reconciliation.tables.ts';

/** The statement of an office that counts for a month; null while there is none. */
export function newestStatement(db: Database, office: Agency, period: TaxPeriod): StatementRecord | null {
  return reconStatements.all(db, 'WHERE office = @office AND period = @period ORDER BY version DESC LIMIT 1', { office, period })[0] ?? null;
}

/** The newest statement of each office and month, latest month first. */
export function standingStatements(db: Database, period: TaxPeriod | null): StatementRecord[] {
  return reconStatements.all(
    db,
    `WHERE (@period IS NULL OR period = @period)
       AND version = (SELECT max(version) FROM recon_statement AS n WHERE n.office = recon_statement.office AND n.period = recon_statement.period)
     ORDER BY period DESC, office`, { period },
  );
}

export function statementLines(ctx: Context, statement: StatementRecord): Iterable<ReconLine> {
  return linesOfBlob(ctx, contentOf(statement));
}

export function* linesOfBlob(ctx: Context, content: BlobRef): Generator<ReconLine, void, void> {
  for (const value of ctx.journal.lines(content)) yield lineOfPacked(value);
}

export function contentOf({ content }: Pick<StatementRecord, 'content'>): BlobRef {
  return blobRefSchema.parse(JSON.parse(content));
}

export function statementRow(statement: StatementRecord): StatementRow {
  const { content, ...row } = statement;
  return { ...row, hash: contentOf({ content }).hash };
}

/** Offices whose statement of the month is not here. */
export function officesMissing(db: Database, period: TaxPeriod): readonly Agency[] {
  return agencies.filter((office) => newestStatement(db, office, period) === null);
}
