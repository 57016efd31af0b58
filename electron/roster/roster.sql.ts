/** SQL of the roster 企业名册: imports and rows of a filing period, windows of the list with totals, and whole rows found in the blob. */
import { z } from 'zod';
import type { ListedTaxpayer, RosterFilter, RosterSortKey } from '../../shared/roster/contract.ts';
import type { Instant } from '../../shared/kernel/civil-date.ts';
import { assert, present } from '../../shared/kernel/assert.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { blobRefSchema, parseBody, readBytes, readEntryAt, readLineAt, readLines, type BlobRef } from '../journal/index.ts';
import type { Database, Row, SqlValue } from '../platform/database.ts';
import { fenOf, fenOrNull } from '../platform/record-table.ts';
import { assignedHeaderSchema, type AssignedHeader, type KeptAssignment } from './assigned-headers.ts';
import { rosterRowOfLine, normalRowsOf, type NormalRow } from './normal-form.ts';

/** An import as the state table keeps it. */
export type ImportRecord = {
  readonly period: TaxPeriod;
  readonly number: number;
  readonly seq: number;
  readonly file: string;
  readonly fileHash: string;
  /** Hash of the blob of normalised rows: what the roster says, whoever spelled it how. */
  readonly contentHash: string;
  readonly rows: number;
  readonly rejected: number;
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly at: string;
  readonly maker: string;
};

export function clearPeriod(db: Database, period: TaxPeriod): void {
  db.prepare('DELETE FROM roster_row WHERE period = @period').run({ period });
}

export function insertImport(db: Database, record: ImportRecord & { readonly source: string | null; readonly assigned: readonly AssignedHeader[] }): void {
  const { period, number, seq, file, fileHash, contentHash, rows, rejected, added, changed, gone, at, maker, source } = record;
  const assigned = JSON.stringify(record.assigned);
  db.prepare(
    `INSERT INTO roster_import (period, number, entry_seq, file, file_hash, content_hash, rows, rejected, added, changed, gone, at, maker, source, assigned)
     VALUES (@period, @number, @seq, @file, @fileHash, @contentHash, @rows, @rejected, @added, @changed, @gone, @at, @maker, @source, @assigned)`,
  ).run({ period, number, seq, file, fileHash, contentHash, rows, rejected, added, changed, gone, at, maker, source, assigned });
}

/** How the newest file of each source was read by hand, by whom and when; sources whose newest file needed no hand are left out. */
export function keptAssignments(db: Database): readonly (KeptAssignment & { readonly at: Instant; readonly maker: string })[] {
  const newest = db.prepare("SELECT max(entry_seq), source, assigned, at, maker FROM roster_import WHERE source IS NOT NULL GROUP BY source HAVING assigned <> '[]'").all();
  return newest.map((row) => ({
    source: String(row['source']), at: String(row['at']) as Instant /* of an entry */, maker: String(row['maker']), assigned: z.array(assignedHeaderSchema).parse(JSON.parse(String(row['assigned']))),
  }));
}

/** What the table keeps of a row. */
export const listedKeys = ['uscc', 'name', 'taxpayerKind', 'status', 'industryCode', 'creditRating', 'office', 'prevYearSales', 'baseCredit', 'endingCredit'] as const;
export type ListedFields = Pick<RosterRow, (typeof listedKeys)[number] | 'row'>;

export function insertRow(db: Database, period: TaxPeriod, row: ListedFields, chunk: number, place: number): void {
  db.prepare(
    `INSERT INTO roster_row (period, uscc, row, name, kind, status, industry, rating, office, prev_year_sales_fen, base_credit_fen, ending_credit_fen, chunk, place)
     VALUES (@period, @uscc, @row, @name, @kind, @status, @industry, @rating, @office, @sales, @base, @ending, @chunk, @place)`,
  ).run({
    period, uscc: row.uscc, row: row.row, name: row.name, kind: row.taxpayerKind, status: row.status, industry: row.industryCode, rating: row.creditRating,
    office: row.office, sales: row.prevYearSales, base: row.baseCredit, ending: row.endingCredit, chunk, place,
  });
}

/** Rows of the largest import after an entry; 0 when there was none. */
export function largestImportSince(db: Database, seq: number): number {
  return Number(db.prepare('SELECT coalesce(max(rows), 0) AS n FROM roster_import WHERE entry_seq > @seq').get({ seq })?.['n'] ?? 0n);
}

/** The import that stands for a filing period, or null. */
export function standingImport(db: Database, period: TaxPeriod): ImportRecord | null {
  const row = db.prepare('SELECT * FROM roster_import WHERE period = @period ORDER BY number DESC LIMIT 1').get({ period });
  return row === undefined ? null : importRecord(row);
}

/** The standing rows of a period in the order of their file; nothing when there is no roster. */
export function* rosterRows(db: Database, period: TaxPeriod): Generator<RosterRow, void, void> {
  const standing = standingImport(db, period);
  if (standing === null) return;
  for (const line of readLines(db, contentOf(db, standing))) yield rosterRowOfLine(line);
}

/** The stored chunks of the same, by hash, for whoever reads them in another thread. */
export function rosterChunks(db: Database, period: TaxPeriod): readonly string[] {
  const standing = standingImport(db, period);
  return standing === null ? [] : contentOf(db, standing).chunks;
}

/** The same in their normal form, for comparing. */
export function standingNormalRows(db: Database, period: TaxPeriod): Iterable<NormalRow> {
  const standing = standingImport(db, period);
  return standing === null ? [] : normalRowsOf([readBytes(db, contentOf(db, standing))]);
}

/** The whole row of one taxpayer, or null. */
export function findRosterRow(db: Database, period: TaxPeriod, uscc: string): RosterRow | null {
  const found = db.prepare('SELECT chunk, place FROM roster_row WHERE period = @period AND uscc = @uscc').get({ period, uscc });
  return found === undefined ? null : rosterRowAt(db, period, found);
}

/** The name that a taxpayer had in the newest earlier period that knows it, or null. */
export function nameBefore(db: Database, period: TaxPeriod, uscc: string): string | null {
  for (const earlier of db.prepare('SELECT DISTINCT period FROM roster_import WHERE period < @period ORDER BY period DESC').all({ period })) {
    const found = db.prepare('SELECT name FROM roster_row WHERE period = @period AND uscc = @uscc').get({ period: earlier['period'] ?? null, uscc });
    if (found !== undefined) return String(found['name']);
  }
  return null;
}

/** The rows of one taxpayer in every filing period that has a roster. */
export function rosterRowsOf(db: Database, uscc: string): ReadonlyMap<TaxPeriod, RosterRow> {
  const found = db.prepare('SELECT period, chunk, place FROM roster_row WHERE uscc = @uscc ORDER BY period').all({ uscc });
  return new Map(found.map((row) => {
    const period = String(row['period']) as TaxPeriod; // written from a checked period
    return [period, rosterRowAt(db, period, row)];
  }));
}

function rosterRowAt(db: Database, period: TaxPeriod, { chunk, place }: Row): RosterRow {
  const content = contentOf(db, present(standingImport(db, period), 'the import of a listed row'));
  return rosterRowOfLine(readLineAt(db, content, Number(chunk), Number(place)));
}

export function listImports(db: Database, period: TaxPeriod | null, offset: number, limit: number): readonly ImportRecord[] {
  return db
    .prepare('SELECT * FROM roster_import WHERE @period IS NULL OR period = @period ORDER BY entry_seq DESC LIMIT @limit OFFSET @offset')
    .all({ period, offset, limit })
    .map(importRecord);
}

export function countImports(db: Database, period: TaxPeriod | null): number {
  return Number(db.prepare('SELECT count(*) AS n FROM roster_import WHERE @period IS NULL OR period = @period').get({ period })?.['n'] ?? 0n);
}

const sortColumns: Readonly<Record<RosterSortKey, string>> = {
  row: 'row', uscc: 'uscc', name: 'name', industry: 'industry', rating: 'rating', status: 'status', office: 'office',
  sales: 'prev_year_sales_fen', baseCredit: 'base_credit_fen', endingCredit: 'ending_credit_fen',
};

const matching = `FROM roster_row WHERE period = @period AND (@kind IS NULL OR kind = @kind) AND (@status IS NULL OR status = @status)
  AND (@rating IS NULL OR rating = @rating) AND (@section IS NULL OR substr(industry, 1, 1) = @section) AND (@office IS NULL OR office = @office)
  AND (@search IS NULL OR instr(uscc, upper(@search)) > 0 OR instr(look_alike(name), look_alike(@search)) > 0)`;

export type ListTerms = { readonly sort: RosterSortKey; readonly descending: boolean; readonly offset: number; readonly limit: number };

/** One window of the list. */
export function listTaxpayers(db: Database, filter: RosterFilter, terms: ListTerms): readonly ListedTaxpayer[] {
  const order = `${sortColumns[terms.sort]} ${terms.descending ? 'DESC' : 'ASC'}, row`;
  return db
    .prepare(`SELECT * ${matching} ORDER BY ${order} LIMIT @limit OFFSET @offset`)
    .all({ ...filterParams(filter), limit: terms.limit, offset: terms.offset })
    .map(listed);
}

export type RosterTotals = { readonly count: number; readonly prevYearSales: Fen; readonly baseCredit: Fen; readonly endingCredit: Fen; readonly blankEndingCredit: number };

/** Count and totals of the whole filtered set. */
export function totalTaxpayers(db: Database, filter: RosterFilter): RosterTotals {
  const amounts = ['prev_year_sales_fen', 'base_credit_fen', 'ending_credit_fen'];
  // SQLite's sum() fails beyond 2^63: millions and the rest are summed apart and joined as bigint.
  const sums = amounts.map((column) => `coalesce(sum(${column} / 1000000), 0) AS ${column}_m, coalesce(sum(${column} % 1000000), 0) AS ${column}_r`).join(', ');
  const row = db.prepare(`SELECT count(*) AS count, count(*) - count(ending_credit_fen) AS blank, ${sums} ${matching}`).get(filterParams(filter)) ?? {};
  const total = (column: string): Fen => fenOf(row, `${column}_m`) * 1_000_000n + fenOf(row, `${column}_r`);
  const [sales = '', base = '', ending = ''] = amounts;
  return {
    count: Number(row['count']), prevYearSales: total(sales), baseCredit: total(base), endingCredit: total(ending),
    blankEndingCredit: Number(row['blank']),
  };
}

function filterParams(filter: RosterFilter): Record<string, SqlValue> {
  const search = filter.search === undefined || filter.search.trim() === '' ? null : filter.search.trim();
  return {
    period: filter.period, kind: filter.kind ?? null, status: filter.status ?? null, rating: filter.rating ?? null, section: filter.section ?? null,
    office: filter.office ?? null, search,
  };
}

function contentOf(db: Database, standing: ImportRecord): BlobRef {
  const entry = readEntryAt(db, standing.seq);
  assert(entry !== null, 'a roster import has its journal entry');
  const { facts } = parseBody(entry.body);
  assert(typeof facts === 'object' && facts !== null && 'content' in facts, 'a roster entry names its content');
  return blobRefSchema.parse(facts.content);
}

function importRecord(row: Row): ImportRecord {
  return {
    period: String(row['period']) as TaxPeriod, // written from a checked period
    number: Number(row['number']), seq: Number(row['entry_seq']), file: String(row['file']), fileHash: String(row['file_hash']),
    contentHash: String(row['content_hash']), rows: Number(row['rows']), rejected: Number(row['rejected']), added: Number(row['added']),
    changed: Number(row['changed']), gone: Number(row['gone']), at: String(row['at']), maker: String(row['maker']),
  };
}

function listed(row: Row): ListedTaxpayer {
  return {
    row: Number(row['row']),
    uscc: String(row['uscc']),
    name: String(row['name']),
    // These three were written from a checked row of the roster.
    kind: row['kind'] as ListedTaxpayer['kind'],
    status: row['status'] as ListedTaxpayer['status'],
    rating: row['rating'] as ListedTaxpayer['rating'],
    industryCode: textOrNull(row['industry']),
    office: textOrNull(row['office']),
    prevYearSales: fenOrNull(row, 'prev_year_sales_fen'),
    baseCredit: fenOrNull(row, 'base_credit_fen'),
    endingCredit: fenOrNull(row, 'ending_credit_fen'),
  };
}

function textOrNull(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
