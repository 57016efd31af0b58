/** Comparing a state table with its rebuild 逐格核对: every cell, missing and surplus rows, a changed key named by its column. It reads only. */
import type { Database, Row, SqlValue } from '../platform/database.ts';
import type { LedgerFault } from './verify.ts';

/** Compares one table cell by cell. @returns rows compared */
export function compareTable(standing: Database, rebuilt: Database, table: string, faults: LedgerFault[]): number {
  const columns = standing.prepare(`PRAGMA table_info(${table})`).all();
  const keyColumns = columns.filter((column) => Number(column['pk']) > 0).map((column) => String(column['name']));
  const names = columns.map((column) => String(column['name']));
  const where = keyColumns.map((name) => `${name} = @${name}`).join(' AND ');
  const find = rebuilt.prepare(`SELECT * FROM ${table} WHERE ${where}`);
  const extra: Row[] = [];
  let count = 0;
  for (const row of standing.prepare(`SELECT * FROM ${table}`).iterate()) {
    count += 1;
    const wanted = find.get(Object.fromEntries(keyColumns.map((name) => [name, row[name] ?? null])));
    if (wanted === undefined) extra.push(row);
    else for (const name of names) if (!sameCell(row[name], wanted[name])) faults.push(cellFault(table, keyText(wanted, keyColumns), name));
  }
  for (const row of missingRows(standing, rebuilt, table, keyColumns, where, count - extra.length)) {
    const renamed = extra.findIndex((candidate) => names.filter((name) => !sameCell(candidate[name], row[name])).length === 1);
    const column = renamed < 0 ? undefined : names.find((name) => !sameCell(extra[renamed]?.[name], row[name]));
    if (renamed >= 0) extra.splice(renamed, 1);
    faults.push(cellFault(table, keyText(row, keyColumns), column ?? keyColumns.join(',')));
  }
  for (const row of extra) faults.push(cellFault(table, keyText(row, keyColumns), keyColumns.join(',')));
  return count;
}

function missingRows(standing: Database, rebuilt: Database, table: string, keys: readonly string[], where: string, matched: number): Row[] {
  const total = Number(rebuilt.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'] ?? 0n);
  if (total === matched) return [];
  const find = standing.prepare(`SELECT 1 FROM ${table} WHERE ${where}`);
  return rebuilt.prepare(`SELECT * FROM ${table}`).all().filter((row) => find.get(Object.fromEntries(keys.map((name) => [name, row[name] ?? null]))) === undefined);
}

function cellFault(table: string, key: string, column: string): LedgerFault {
  return { where: 'state', table, key, column, message: `表 ${table} 中 ${key} 的 ${column} 与账本重建结果不符` };
}

function keyText(row: Row, keys: readonly string[]): string {
  return keys.map((name) => String(row[name])).join('/');
}

function sameCell(a: SqlValue | undefined, b: SqlValue | undefined): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return a === b;
}
