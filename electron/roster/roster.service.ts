/**
 * Handlers of 企业名册. An import reads and parses before its transaction, compares with what stands inside it, and is one journal entry;
 * a file that says nothing new changes nothing. Judging taxpayers belongs to eligibility.
 * @source shared spec roster.md; decisions.md 3, 5, 6, 21
 */
import { refuse } from '../../shared/errors.ts';
import type { Instant } from '../../shared/kernel/civil-date.ts';
import { yuanText } from '../../shared/kernel/money.ts';
import { periodLabel, periodOf, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { rosterColumns } from '../../shared/roster/columns.ts';
import { diffListedMax, type rosterContract, type RosterImportResult } from '../../shared/roster/contract.ts';
import { columnByName } from '../../shared/roster/headers.ts';
import { faultSentence } from '../../shared/roster/errors.ts';
import { personName } from '../administration/index.ts';
import { type Context, type HandlersOf, plain, prepared, type PrepareEnv } from '../journal/index.ts';
import { sha256Hex } from '../platform/hash.ts';
import { writeFaultNames, writeOutput } from '../platform/output-file.ts';
import { encodeText, fileNameOf } from '../platform/text-file.ts';
import { rosterImported } from './entries.ts';
import { unfallenCredits, type PaidWatch } from './paid-watch.ts';
import { cellText, rosterCsv } from './roster-csv.ts';
import { sourceOf, type AssignedHeader } from './assigned-headers.ts';
import { comparedFile, damagedNames, openQuestion, type ComparedFile, type ImportAnswers } from './import-questions.ts';
import { countedColumns, decidingLacking } from './lacking-columns.ts';
import { diffRosters, isEmptyDiff, type RosterDiff } from './roster-diff.ts';
import { readRosterFile, type RosterFile } from './roster-file.ts';
import { rosterTemplate } from './roster-template.ts';
import { rosterWorkbook } from './roster-workbook.ts';
import { countImports, findRosterRow, keptAssignments, listImports, listTaxpayers, nameBefore, rosterRows, standingImport, standingNormalRows, totalTaxpayers } from './roster.sql.ts';

type ImportTerms = ImportAnswers & {
  readonly period: TaxPeriod; readonly dryRun: boolean; readonly acceptValid: boolean;
  /** By whom and when the headers of the same source were assigned, where this import follows that. */
  readonly kept: { readonly by: string; readonly at: Instant } | null;
};

export const rosterHandlers = (paidWatch: PaidWatch): HandlersOf<typeof rosterContract> => ({
  'roster.import': prepared({
    async prepare(env, input) {
      const { period } = input;
      if (period === undefined) return refuse('ROSTER_PERIOD_NEEDED');
      const current = periodOf(env.today);
      if (period > current) refuse('ROSTER_PERIOD_AHEAD', { period, current });
      env.progress(0, 3, '读取名册');
      const assignments = { given: input.assigned === undefined ? null : knownColumns(input.assigned), kept: env.read(({ db }) => keptAssignments(db)) };
      const file = await readRosterFile(env.resolveFile(input.file), period, { assignments });
      env.progress(1, 3, '比较名册');
      return { file, period };
    },
    apply: (ctx, { dryRun, acceptValid, without, acceptWarnings, assigned }, { file, period }) =>
      importRoster(ctx, watchedFile(file, paidWatch(ctx.db, period)), { period, dryRun, acceptValid, without, acceptWarnings, kept: assigned === undefined ? keptFor(ctx, file) : null }),
  }),
  'roster.list': plain((ctx, { sort, descending, offset, limit, ...filter }) => {
    const totals = totalTaxpayers(ctx.db, filter);
    return {
      rows: listTaxpayers(ctx.db, filter, { sort, descending, offset, limit }),
      count: totals.count,
      totals: {
        prevYearSales: yuanText(totals.prevYearSales), baseCredit: yuanText(totals.baseCredit), endingCredit: yuanText(totals.endingCredit),
        blankEndingCredit: totals.blankEndingCredit,
      },
    };
  }),
  'roster.get': plain((ctx, { period, uscc }) => {
    const row = findRosterRow(ctx.db, period, uscc);
    if (row === null) return refuse('ROSTER_TAXPAYER_UNKNOWN', { period, uscc });
    const fields = rosterColumns.map((column) => ({ key: column.key, header: column.header, text: cellText(column, row) }));
    return { period, uscc: row.uscc, name: row.name, row: row.row, fields, remarks: { ...row.remarks } };
  }),
  'roster.export': prepared({
    async prepare(env, { period, file: token }) {
      const path = env.resolveFile(token);
      const file = fileNameOf(path);
      if (env.read(({ db }) => standingImport(db, period)) === null) refuse('ROSTER_PERIOD_EMPTY', { period });
      const bytes = /\.xlsx$/i.test(file) ? await workbookOf(env, period) : csvOf(env, period);
      const fault = writeOutput(path, bytes, env.mayReplace(token));
      if (fault !== null) refuse('ROSTER_EXPORT_FAILED', { file, reason: writeFaultNames[fault] });
      return { period, file, bytes: bytes.length, hash: sha256Hex(bytes) };
    },
    apply: (ctx, { period }, written) => ({ ...written, rows: standingImport(ctx.db, period)?.rows ?? 0 }),
  }),
  'roster.template': prepared({
    async prepare(env, { file: token }) {
      const path = env.resolveFile(token);
      const file = fileNameOf(path);
      const bytes = await rosterTemplate();
      const fault = writeOutput(path, bytes, env.mayReplace(token));
      if (fault !== null) refuse('ROSTER_EXPORT_FAILED', { file, reason: writeFaultNames[fault] });
      return { file, bytes: bytes.length };
    },
    apply: (_ctx, _input, written) => written,
  }),
  'roster.imports': plain((ctx, { period = null, offset, limit }) => ({
    imports: listImports(ctx.db, period, offset, limit).map((record) => {
      const { file, fileHash, number, rows, rejected, added, changed, gone, at, maker } = record;
      const stands = standingImport(ctx.db, record.period)?.seq === record.seq;
      return { period: record.period, number, stands, file, fileHash, rows, rejected, added, changed, gone, at, maker };
    }),
    count: countImports(ctx.db, period),
  })),
});

/** The assignments that a person gave, each column under its own header. @throws Refusal ROSTER_COLUMN_UNKNOWN */
function knownColumns(assigned: readonly AssignedHeader[]): readonly AssignedHeader[] {
  return assigned.map(({ header, column }) => ({ header, column: column === null ? null : (columnByName(column) ?? refuse('ROSTER_COLUMN_UNKNOWN', { column })).header }));
}

function keptFor(ctx: Context, { header }: RosterFile): ImportTerms['kept'] {
  if (header.assigned.length === 0) return null;
  const source = sourceOf(header.columns.map((column) => column.header));
  const found = keptAssignments(ctx.db).find((one) => one.source === source);
  return found === undefined ? null : { by: personName(ctx.db, found.maker), at: found.at };
}

/** The file with what the ledger's payments say of its rows, before its own warnings. */
function watchedFile(file: RosterFile, watched: ReturnType<PaidWatch>): RosterFile {
  const found = unfallenCredits(file.rows(), watched);
  return found.length === 0 ? file : { ...file, warnings: [...found, ...file.warnings], warningCount: file.warningCount + found.length };
}

async function workbookOf(env: PrepareEnv, period: TaxPeriod): Promise<Uint8Array> {
  const rows = env.read(({ db }) => [...rosterRows(db, period)]);
  return rosterWorkbook(() => rows);
}

function csvOf(env: PrepareEnv, period: TaxPeriod): Uint8Array {
  return encodeText(env.read(({ db }) => [...rosterCsv(() => rosterRows(db, period))].join('')), 'utf-8-bom');
}

function importRoster(ctx: Context, read: RosterFile, terms: ImportTerms): RosterImportResult {
  const { period } = terms;
  const { rejected } = read.end;
  const accepted = read.end.rows - rejected;
  if (rejected > 0 && !terms.acceptValid && !terms.dryRun) refuseFaulty(read, accepted);
  if (accepted === 0 && !terms.dryRun) refuse('ROSTER_NO_ROWS');
  const diff = diffRosters(standingNormalRows(ctx.db, period), read.rows(), (uscc) => nameBefore(ctx.db, period, uscc));
  const file = comparedFile(read, diff);
  const changed = !terms.dryRun && !isEmptyDiff(diff);
  if (changed) {
    const stopped = damagedNames(file) ?? openQuestion(file, terms);
    if (stopped !== null) throw stopped;
    ctx.progress(2, 3, '存入账本');
    appendImport(ctx, file, terms, diff);
  }
  return importResult(file, terms, diff, changed);
}

function appendImport(ctx: Context, file: RosterFile, { period, acceptWarnings }: ImportTerms, diff: RosterDiff): void {
  const without = countedColumns(file.header).map(({ column }) => column); // openQuestion was answered for each of them
  const number = (standingImport(ctx.db, period)?.number ?? 0) + 1;
  ctx.journal.append(rosterImported, {
    key: `roster.imported/${period}/${String(number)}`,
    subject: `roster/${period}`,
    period,
    facts: {
      period, number, file: file.file, fileHash: file.hash, encoding: file.encoding, rejected: file.end.rejected,
      added: diff.added.length, changed: diff.changed.length, gone: diff.gone.length, unchanged: diff.unchanged,
      without, warningsSeen: acceptWarnings ? file.askingCount : 0, assigned: [...file.header.assigned], source: sourceOf(file.header.columns.map((column) => column.header)),
      content: ctx.journal.putPacked(file.content),
    },
  });
}

function refuseFaulty(file: RosterFile, accepted: number): never {
  const first = file.faults[0];
  return refuse(
    'ROSTER_ROWS_FAULTY',
    { rejected: file.end.rejected, faults: file.faultCount, accepted, first: first === undefined ? '' : faultSentence(first) },
    { file: file.file, rows: file.end.rows, accepted, rejected: file.end.rejected, faults: file.faults, faultCount: file.faultCount, warnings: file.warnings, warningCount: file.warningCount },
  );
}

function importResult(file: ComparedFile, terms: ImportTerms, diff: RosterDiff, changed: boolean): RosterImportResult {
  const { rows, rejected, blankRows } = file.end;
  return {
    period: terms.period, file: file.file, fileHash: file.hash, encoding: file.encoding, changed, dryRun: terms.dryRun,
    rows, accepted: rows - rejected, rejected, blankRows,
    header: {
      columns: file.header.columns.map(({ position, header, key }) => ({ position, header, column: rosterColumns.find((column) => column.key === key)?.header ?? null })),
      remarks: file.header.remarks, lacking: file.header.lacking, counted: countedColumns(file.header), deciding: decidingLacking(file.header),
      assigned: [...file.header.assigned], kept: terms.kept,
    },
    added: diff.added.length, changedTaxpayers: diff.changed.length, gone: diff.gone.length, unchanged: diff.unchanged,
    diff: { added: diff.added.slice(0, diffListedMax), changed: diff.changed.slice(0, diffListedMax), gone: diff.gone.slice(0, diffListedMax) },
    faults: file.faults, faultCount: file.faultCount, warnings: file.warnings, warningCount: file.warningCount, askingCount: file.askingCount, damagedCount: file.damaged.length,
    text: importSentence(file, terms, diff, changed),
  };
}

function importSentence(file: RosterFile, terms: ImportTerms, diff: RosterDiff, changed: boolean): string {
  const { rows, rejected } = file.end;
  const counts = `新增 ${String(diff.added.length)} 户，变更 ${String(diff.changed.length)} 户，减少 ${String(diff.gone.length)} 户，不变 ${String(diff.unchanged)} 户`;
  const left = rejected === 0 ? '' : `；${String(rejected)} 行有问题${terms.dryRun ? '' : '，未导入'}`;
  const head = `${periodLabel(terms.period)}申报期，文件共 ${String(rows)} 户`;
  if (terms.dryRun) return `预览，名册未变。${head}：${counts}${left}。`;
  return changed ? `名册已导入。${head}：${counts}${left}。` : `与现有名册相同，名册未变。${head}${left}。`;
}
