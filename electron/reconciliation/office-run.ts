/**
 * The reconciliation of an office 本单位对账: the newest statements of the three offices of a month, and the statement of the month before computed the
 * same way, as far back as all three stand. So every office that has the same statements gets the same bytes. It reads and writes nothing.
 * @source shared spec reconciliation.md, From statement to agreement
 */
import { refuse } from '../../shared/errors.ts';
import { assert, present } from '../../shared/kernel/assert.ts';
import { agencies, agencyNames } from '../../shared/kernel/office.ts';
import { addPeriods, lastDay, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { faultSentence } from '../../shared/roster/errors.ts';
import { reconDocumentSchema, type ReconDocument } from '../../shared/reconciliation/document.ts';
import type { ReconFault } from '../../shared/reconciliation/errors.ts';
import { faultsBetween } from '../../shared/reconciliation/faults.ts';
import type { ReconLine } from '../../shared/reconciliation/line.ts';
import { sideNames } from '../../shared/reconciliation/sentences.ts';
import { usualSettings } from '../../shared/reconciliation/settings.ts';
import { reconciled, type Opening } from '../../shared/reconciliation/statement.ts';
import { blobRefSchema, type Context } from '../journal/index.ts';
import { officeCalendar } from '../refunds/index.ts';
import { openLineStore, type LineStore } from './line-store.ts';
import { statementHash } from './reconcile-files.ts';
import { monthLock } from './locks.sql.ts';
import { reconSignatures } from './reconciliation.tables.ts';
import { newestStatement, officesMissing, statementLines } from './statements.sql.ts';

/** The document of a month with the hash that people sign. @throws Refusal RECON_STATEMENTS_MISSING, RECON_LINES_FAULTY */
export function officeRun(ctx: Context, period: TaxPeriod): { readonly document: ReconDocument; readonly hash: string } {
  requireStatements(ctx, period);
  const locked = lockedRun(ctx, period);
  if (locked !== null) return locked;
  const months = [period];
  let opening: Opening | null = null;
  for (let before = addPeriods(period, -1); opening === null && officesMissing(ctx.db, before).length === 0; before = addPeriods(before, -1)) {
    opening = lockedRun(ctx, before);
    if (opening === null) months.unshift(before);
  }
  for (const month of months) {
    const document = monthRun(ctx, month, opening);
    opening = { document, hash: statementHash(document) };
  }
  assert(opening !== null, 'a month was computed');
  return opening;
}

/** The document of a locked month is the one that this office signed: what a later program would word or judge otherwise stays as agreed. */
function lockedRun(ctx: Context, period: TaxPeriod): Opening | null {
  const { hash } = monthLock(ctx.db, period);
  if (hash === null) return null;
  const signed = reconSignatures.all(ctx.db, 'WHERE office = @office AND period = @period AND hash = @hash AND document IS NOT NULL LIMIT 1', {
    office: ctx.office.agency, period, hash,
  })[0];
  const [document] = signed === undefined ? [] : ctx.journal.lines(blobRefSchema.parse(JSON.parse(present(signed.document, 'a signed document'))));
  return { document: reconDocumentSchema.parse(present(document, `the document that locked ${period}`)), hash };
}

export function requireStatements(ctx: Context, period: TaxPeriod): void {
  const missing = officesMissing(ctx.db, period);
  if (missing.length > 0) refuse('RECON_STATEMENTS_MISSING', { period, missing: missing.map((office) => agencyNames[office]).join('、') });
}

function monthRun(ctx: Context, period: TaxPeriod, opening: Opening | null): ReconDocument {
  return withLines((store) => {
    const statements = agencies.map((office) => present(newestStatement(ctx.db, office, period), `statement of ${office}`));
    for (const statement of statements) addLines(store, statementLines(ctx, statement));
    store.ready();
    const [through = lastDay(period)] = statements.map((statement) => statement.through).toSorted();
    refuseFaulty(faultsBetween(store, through));
    return reconciled(store, { period, through, settings: usualSettings, calendar: officeCalendar(ctx) }, opening);
  });
}

/** What stands between the lines of one office; none where its list can be reconciled. */
export function faultsWithin(lines: Iterable<ReconLine>, through: ReconLine['day']): readonly ReconFault[] {
  return withLines((store) => {
    addLines(store, lines);
    store.ready();
    return faultsBetween(store, through);
  });
}

/** @throws Refusal RECON_LINES_FAULTY with every fault */
export function refuseFaulty(faults: readonly ReconFault[]): void {
  const [first] = faults;
  if (first !== undefined) refuse('RECON_LINES_FAULTY', { count: faults.length, first: `${sideNames[first.side]}明细${faultSentence(first)}` }, { faults });
}

/** Rows are numbered as in the exported file, whose first row is the header. */
function addLines(store: LineStore, lines: Iterable<ReconLine>): void {
  let row = 1;
  for (const line of lines) store.add({ line, row: (row += 1) });
}

function withLines<T>(work: (store: LineStore) => T): T {
  const store = openLineStore();
  try {
    return work(store);
  } finally {
    store.close();
  }
}

