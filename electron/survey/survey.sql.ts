/** SQL of snapshots 底数快照: heads, lines, the cross table with its margins, lists with totals of the filtered set. */
import { present } from '../../shared/kernel/assert.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Verdict } from '../../shared/eligibility/model.ts';
import type { CreditKind, SurveyLine, SurveyList, SurveyVerdict, SurveyWindow } from '../../shared/survey/model.ts';
import type { surveyLineSortKeys } from '../../shared/survey/contract.ts';
import { verdictCounts } from '../../shared/survey/record.ts';
import { sectionOf } from '../../shared/roster/industry-sections.ts';
import type { Database, Row, SqlValue } from '../platform/database.ts';
import { fenOf } from '../platform/record-table.ts';
import type { SurveyTotals } from './survey.ts';
import { readSurveyLine, surveyLines, surveySnapshots, type SnapshotRow } from './survey.tables.ts';

export type SnapshotHead = Omit<SnapshotRow, 'assessed' | 'verdicts' | 'totals'> & { readonly verdicts: Readonly<Record<Verdict, number>> };
export type Snapshot = SnapshotHead & Pick<SnapshotRow, 'assessed' | 'totals'> & { readonly newest: boolean };

export function insertSnapshot(db: Database, head: SnapshotHead & { readonly totals: SurveyTotals }, lines: readonly SurveyLine[]): void {
  const { period, version, verdicts } = head;
  const assessed = Object.values(verdicts).reduce((sum, count) => sum + count, 0);
  surveySnapshots.insert(db, { ...head, assessed, verdicts: JSON.stringify(verdicts) });
  for (const line of lines) surveyLines.insert(db, { ...line, period, version, section: sectionLetter(line.industry) });
}

/** The section's letter, blank where the code names none. */
export function sectionLetter(industry: string | null): string {
  return industry === null ? '' : (sectionOf(industry)?.letter ?? '');
}

/** Snapshots frozen here in a year. @param series `DS-2022` */
export function countLocalSnapshots(db: Database, series: string): number {
  return Number(db.prepare("SELECT count(*) AS n FROM survey_snapshot WHERE package IS NULL AND number LIKE @series || '-%'").get({ series })?.['n'] ?? 0n);
}

/** Snapshots of one filing period or of all, the newest first. */
export function listSnapshots(db: Database, period: TaxPeriod | null): Snapshot[] {
  return db
    .prepare(`SELECT s.*, version = (SELECT max(version) FROM survey_snapshot AS o WHERE o.period = s.period) AS newest
      FROM survey_snapshot AS s WHERE @period IS NULL OR period = @period ORDER BY period DESC, version DESC`)
    .all({ period })
    .map(snapshotOf);
}

/** @param version null for the newest */
export function findSnapshot(db: Database, period: TaxPeriod, version: number | null): Snapshot | null {
  return listSnapshots(db, period).find((snapshot) => (version === null ? snapshot.newest : snapshot.version === version)) ?? null;
}

type Which = { readonly period: TaxPeriod; readonly version: number };

/** Every line of a snapshot in order of code, also those that left. */
export function readSurveyLines(db: Database, { period, version }: Which): SurveyLine[] {
  return db.prepare('SELECT * FROM survey_line WHERE period = @period AND version = @version ORDER BY uscc').all({ period, version }).map(readSurveyLine);
}

/** Each kind of credit of each taxpayer that counts, with its amount: what cells and margins count as items 项. */
const items = `(SELECT uscc, size, section, list, 'existing' AS kind, existing_window AS window, existing_fen AS fen FROM survey_line
    WHERE period = @period AND version = @version AND existing_fen > 0
  UNION ALL SELECT uscc, size, section, list, 'incremental', incremental_window, incremental_fen FROM survey_line
    WHERE period = @period AND version = @version AND incremental_fen > 0)`;

/** Sizes ascend, the lists stand in the order of the plan, everything else in the order of its key. */
const axisOrder: Readonly<Record<keyof AxisKeys, string>> = {
  size: "instr('micro small medium large undetermined', size)", section: 'section', kind: 'kind', window: 'window', list: 'list DESC',
};

export type SurveyCell = { readonly size: SurveyLine['size']; readonly section: string; readonly kind: CreditKind; readonly window: SurveyWindow; readonly items: number; readonly amount: Fen };

export function readCells(db: Database, { period, version }: Which): SurveyCell[] {
  return db
    .prepare(`SELECT size, section, kind, window, count(*) AS items, sum(fen) AS amount FROM ${items} GROUP BY size, section, kind, window ORDER BY ${axisOrder.size}, section, kind, window`)
    .all({ period, version })
    .map((row) => ({
      size: String(row['size']) as SurveyLine['size'], // folded from a checked line, as kind and window
      section: String(row['section']),
      kind: String(row['kind']) as CreditKind,
      window: String(row['window']) as SurveyWindow,
      items: Number(row['items']),
      amount: fenOf(row, 'amount'),
    }));
}

type AxisKeys = { readonly size: SurveyLine['size']; readonly section: string; readonly kind: CreditKind; readonly window: SurveyWindow; readonly list: SurveyList | null };
export type SurveyMargin<K> = { readonly key: K; readonly taxpayers: number; readonly items: number; readonly existing: Fen; readonly incremental: Fen; readonly total: Fen };

const sums = `count(DISTINCT uscc) AS taxpayers, count(*) AS items, coalesce(sum(CASE kind WHEN 'existing' THEN fen END), 0) AS existing,
  coalesce(sum(CASE kind WHEN 'incremental' THEN fen END), 0) AS incremental, coalesce(sum(fen), 0) AS total`;

/** One margin of the cross table, counted from the lines themselves and not from the cells. */
export function readMargin<A extends keyof AxisKeys>(db: Database, { period, version }: Which, axis: A): SurveyMargin<AxisKeys[A]>[] {
  const rows = db.prepare(`SELECT ${axis} AS key, ${sums} FROM ${items} GROUP BY ${axis} ORDER BY ${axisOrder[axis]}`).all({ period, version });
  return rows.map((row) => ({ key: row['key'] as AxisKeys[A], ...figuresOf(row) })); // folded from a checked line
}

/** All lines with an amount. */
export function readMarginTotal(db: Database, { period, version }: Which): Omit<SurveyMargin<never>, 'key'> {
  return figuresOf(present(db.prepare(`SELECT ${sums} FROM ${items}`).get({ period, version }), 'a sum is one row'));
}

export type SurveyLineFilter = Which & {
  readonly size?: string | undefined;
  readonly section?: string | undefined;
  readonly kind?: CreditKind | undefined;
  readonly window?: string | undefined;
  readonly list?: SurveyList | 'none' | undefined;
  readonly verdict?: SurveyVerdict | undefined;
  readonly search?: string | undefined;
};
export type SurveyLineTerms = { readonly sort: (typeof surveyLineSortKeys)[number]; readonly descending: boolean; readonly offset: number; readonly limit: number };

/** A cell of the table is opened by size, section, kind and window together: both must hold of the same kind of credit. */
const matching = `FROM survey_line WHERE period = @period AND version = @version
  AND (counted = 1 OR @verdict IS NOT NULL) AND (@verdict IS NULL OR verdict = @verdict)
  AND (@size IS NULL OR size = @size) AND (@section IS NULL OR section = @section)
  AND (@list IS NULL OR coalesce(list, 'none') = @list)
  AND ((@kind IS NULL AND @window IS NULL)
    OR (coalesce(@kind, 'existing') = 'existing' AND existing_fen > 0 AND (@window IS NULL OR existing_window = @window))
    OR (coalesce(@kind, 'incremental') = 'incremental' AND incremental_fen > 0 AND (@window IS NULL OR incremental_window = @window)))
  AND (@search IS NULL OR instr(uscc, upper(@search)) > 0 OR instr(look_alike(name), look_alike(@search)) > 0)`;

const sortColumns: Readonly<Record<(typeof surveyLineSortKeys)[number], string>> = {
  uscc: 'uscc', name: 'name', industry: 'industry', size: 'size', existing: 'existing_fen', incremental: 'incremental_fen', total: 'existing_fen + incremental_fen',
};

export function listSurveyLines(db: Database, filter: SurveyLineFilter, terms: SurveyLineTerms): SurveyLine[] {
  const { limit, offset } = terms;
  const order = `${sortColumns[terms.sort]} ${terms.descending ? 'DESC' : 'ASC'}, uscc`;
  return db.prepare(`SELECT * ${matching} ORDER BY ${order} LIMIT @limit OFFSET @offset`).all({ ...filterParams(filter), limit, offset }).map(readSurveyLine);
}

export function totalSurveyLines(db: Database, filter: SurveyLineFilter): { readonly count: number; readonly existing: Fen; readonly incremental: Fen; readonly total: Fen; readonly open: Fen } {
  const row = db.prepare(
    `SELECT count(*) AS count, coalesce(sum(existing_fen), 0) AS existing, coalesce(sum(incremental_fen), 0) AS incremental, coalesce(sum(existing_fen + incremental_fen), 0) AS total,
       coalesce(sum(existing_open * existing_fen + incremental_open * incremental_fen), 0) AS open ${matching}`,
  ).get(filterParams(filter));
  return { count: Number(row?.['count'] ?? 0n), existing: fenOf(row, 'existing'), incremental: fenOf(row, 'incremental'), total: fenOf(row, 'total'), open: fenOf(row, 'open') };
}

/** The newest verdict of every taxpayer assessed for the period, by code. */
export function readVerdicts(db: Database, period: TaxPeriod): ReadonlyMap<string, Verdict> {
  // Written from a checked record.
  return new Map(db.prepare('SELECT uscc, verdict FROM determination WHERE period = @period').all({ period }).map((row) => [String(row['uscc']), String(row['verdict']) as Verdict]));
}

function filterParams(filter: SurveyLineFilter): Record<string, SqlValue> {
  const { period, version, size, section, kind, window, list, verdict, search } = filter;
  const text = search?.trim() ?? '';
  return {
    period, version, size: size ?? null, section: section ?? null, kind: kind ?? null, window: window ?? null, list: list ?? null, verdict: verdict ?? null, search: text === '' ? null : text,
  };
}

function snapshotOf(row: Row): Snapshot {
  const { verdicts, ...rest } = surveySnapshots.read(row);
  return { ...rest, verdicts: verdictCounts.parse(JSON.parse(verdicts)), newest: row['newest'] === 1n };
}

function figuresOf(row: Row): Omit<SurveyMargin<never>, 'key'> {
  return {
    taxpayers: Number(row['taxpayers']),
    items: Number(row['items']),
    existing: fenOf(row, 'existing'),
    incremental: fenOf(row, 'incremental'),
    total: fenOf(row, 'total'),
  };
}
