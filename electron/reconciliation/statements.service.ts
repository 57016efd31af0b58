/**
 * Handlers of 三方对账: an office states its lines, lists what stands, and computes the document. A statement is made from the ledger as it is then; what
 * is registered afterwards stands in the next version.
 */
import { refuse } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { yuanText } from '../../shared/kernel/money.ts';
import { agencies, agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { lastDay, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { reconciliationContract } from '../../shared/reconciliation/contract.ts';
import type { ReconDocument, ReconItem } from '../../shared/reconciliation/document.ts';
import { groupedItems } from '../../shared/reconciliation/groups.ts';
import { groupOf, type ReconLine } from '../../shared/reconciliation/line.ts';
import type { EvidenceLine } from '../../shared/reconciliation/model.ts';
import { packedLine } from '../../shared/reconciliation/line-fields.ts';
import { canonicalText, plain, type Context, type HandlersOf } from '../journal/index.ts';
import { lineFile } from './line-file.ts';
import { refuseWhileSigned } from './locks.service.ts';
import { faultsWithin, officeRun, refuseFaulty, requireStatements } from './office-run.ts';
import { ownLines } from './own-lines.ts';
import { statementMade } from './statement-entries.ts';
import { contentOf, newestStatement, standingStatements, statementLines, statementRow } from './statements.sql.ts';

export const statementHandlers: HandlersOf<Pick<typeof reconciliationContract, `reconciliation.${'state' | 'statements' | 'list' | 'run' | 'evidence'}`>> = {
  'reconciliation.state': plain((ctx, { period, through }) => state(ctx, period, through ?? ctx.today)),
  'reconciliation.statements': plain((ctx, { period }) => ({ statements: standingStatements(ctx.db, period ?? null).map(statementRow) })),
  'reconciliation.list': plain((ctx, { period, office }) => {
    const statement = newestStatement(ctx.db, office, period) ?? refuse('RECON_STATEMENTS_MISSING', { period, missing: agencyNames[office] });
    return { statement: statementRow(statement), csv: [...lineFile(statementLines(ctx, statement))].join('') };
  }),
  'reconciliation.evidence': plain((ctx, { period, line, key }) => {
    requireStatements(ctx, period);
    return { lines: agencies.flatMap((office) => linesStated(ctx, period, office).filter((one) => groupOf(one) === line && one.no === key).map((one) => evidenceOf(office, one))) };
  }),
  'reconciliation.run': plain((ctx, { period }) => {
    const { document, hash } = officeRun(ctx, period);
    return { document, hash, groups: groupedItems(document.items, batchesOf(ctx, period, document)) };
  }),
};

function state(ctx: Context, period: TaxPeriod, through: CivilDate) {
  const { agency: office } = ctx.office;
  const cutoff = lastDay(period);
  if (ctx.today <= cutoff) refuse('RECON_MONTH_NOT_OVER', { period });
  if (through < cutoff || through > ctx.today) refuse('RECON_THROUGH_UNFIT', { through, cutoff });
  refuseWhileSigned(ctx, period);
  const lines = ownLines(ctx, through);
  refuseFaulty(faultsWithin(lines, through));
  const before = newestStatement(ctx.db, office, period);
  const content = ctx.journal.putLines(lines.map((line) => canonicalText(packedLine(line))));
  if (before?.through === through && contentOf(before).hash === content.hash) return { changed: false, entry: null, statement: statementRow(before) };
  const version = (before?.version ?? 0) + 1;
  const entry = ctx.journal.append(statementMade, {
    key: `reconciliation.state/${period}/${String(version)}`, subject: period, period,
    facts: { office, head: { period, version, through, statedOn: ctx.today, statedBy: ctx.actor.name, lines: lines.length }, content },
  });
  return { changed: true, entry, statement: statementRow(present(newestStatement(ctx.db, office, period), 'the statement just made')) };
}

function linesStated(ctx: Context, period: TaxPeriod, office: Agency): readonly ReconLine[] {
  const statement = newestStatement(ctx.db, office, period);
  return statement === null ? [] : [...statementLines(ctx, statement)];
}

function evidenceOf(office: Agency, line: ReconLine): EvidenceLine {
  const { kind, day, amountFen, payee, name, account, subject, batchNo, sentOn, fundNo, note } = line;
  return { office, kind, day, amount: yuanText(amountFen), payee, name, account, subject, batchNo, sentOn, fundNo, note };
}

/** The batch that the lines of an item's number name, of whichever office names one first. */
function batchesOf(ctx: Context, period: TaxPeriod, document: ReconDocument): (item: ReconItem) => string {
  const wanted = new Set(document.items.map(({ line, key }) => `${line} ${key}`));
  const batches = new Map<string, string>();
  for (const office of agencies) {
    for (const line of linesStated(ctx, period, office)) {
      const key = `${groupOf(line)} ${line.no}`;
      if (line.batchNo !== '' && wanted.has(key) && !batches.has(key)) batches.set(key, line.batchNo);
    }
  }
  return ({ line, key }) => batches.get(`${line} ${key}`) ?? '';
}
