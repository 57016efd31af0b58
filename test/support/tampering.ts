/**
 * Changing a ledger from outside, as someone with the file and any SQLite tool could: guards taken away and put back word for word,
 * constraints ignored, one cell of one row changed. And looking at it afterwards as the office does. No vitest here.
 */
import BetterSqlite3 from 'better-sqlite3';
import { Refusal } from '../../shared/kernel/errors.ts';
import { stateTableNames, type LedgerFault } from '../../electron/journal/index.ts';
import { ledgerForm } from '../../electron/office/joined.ts';
import { openOffice } from '../../electron/office/office.ts';
import { steeredEnv } from './killing-acts.ts';
import type { Chance } from './power-loss-disk.ts';

type Cell = string | bigint | number | Buffer | null;
type CellRow = Readonly<Record<string, Cell>>;

export type Column = { readonly table: string; readonly column: string; readonly type: string; readonly nullable: boolean; readonly key: boolean; readonly virtual: boolean };

/** The tables under guard: the log, its blobs and everything that is a fold of it. */
export const guardedTables: readonly string[] = ['journal', 'blob', ...stateTableNames(ledgerForm)];

/** Every column of every guarded table, as the file itself describes it. */
export function columnsOf(path: string): Column[] {
  return withFile(path, (db) =>
    guardedTables.flatMap((table) =>
      rowsOf(db, `PRAGMA table_xinfo(${table})`).map((row) => ({
        table, column: String(row['name']), type: String(row['type']), nullable: row['notnull'] === 0n && row['pk'] === 0n, key: row['pk'] !== 0n, virtual: row['hidden'] !== 0n,
      })),
    ),
  );
}

/** How many rows each guarded table has. */
export function rowCounts(path: string): Map<string, number> {
  return withFile(path, (db) => new Map(guardedTables.map((table) => [table, Number(rowsOf(db, `SELECT count(*) AS n FROM ${table}`)[0]?.['n'] ?? 0n)])));
}

export type Change = { readonly table: string; readonly column: string; /** Key columns of the row before the change, joined by `/`. */ readonly key: string; readonly row: CellRow; readonly value: Cell };

/** Changes the cell of one random row. @param toNull whether the cell is emptied instead */
export function changeCell(path: string, column: Column, chance: Chance, toNull: boolean): Change {
  return withFile(path, (db) =>
    withoutGuards(db, () => {
      const keys = keyColumns(db, column.table);
      const all = rowsOf(db, `SELECT * FROM ${column.table}${toNull ? ` WHERE ${column.column} IS NOT NULL` : ''}`);
      const row = all[Math.floor(chance() * all.length)];
      if (row === undefined) throw new Error(`${column.table}.${column.column} has no cell to change`);
      const where = keys.map((name) => `${name} = @key_${name}`).join(' AND ');
      const update = db.prepare(`UPDATE ${column.table} SET ${column.column} = @value WHERE ${where}`);
      const before = row[column.column] ?? null;
      // A value that meets a unique index, or a text that is no JSON where one is computed from it, is tried again otherwise.
      for (let attempt = 0; attempt < 50; attempt += 1) {
        const value = toNull ? null : otherValue(before, column.type, chance, attempt);
        try {
          update.run({ value, ...Object.fromEntries(keys.map((name) => [`key_${name}`, row[name]])) });
          return { table: column.table, column: column.column, key: keys.map((name) => String(row[name])).join('/'), row, value };
        } catch (error) {
          if (!(error instanceof BetterSqlite3.SqliteError)) throw error;
        }
      }
      throw new Error(`no other value fits ${column.table}.${column.column}`);
    }),
  );
}

/** Tries a statement with all guards in place. @returns the sentence of the refusal, or null when it went through */
export function tryOutside(path: string, sql: string): string | null {
  return withFile(path, (db) => {
    try {
      db.exec(sql);
      return null;
    } catch (error) {
      if (error instanceof BetterSqlite3.SqliteError) return error.message;
      throw error;
    }
  });
}

/** Runs statements with the guards taken away and put back. */
export function runOutside(path: string, sql: string): void {
  withFile(path, (db) => {
    withoutGuards(db, () => db.exec(sql));
  });
}

export type Look = { readonly kind: 'faults'; readonly faults: readonly LedgerFault[]; readonly readOnly: boolean } | { readonly kind: 'refused'; readonly code: string };

/** Opens the office and verifies it deep. @throws whatever is not a refusal: a tampered file must never be a program fault */
export function lookAt(dir: string): Look {
  let office: ReturnType<typeof openOffice>;
  try {
    office = openOffice(dir, steeredEnv().env);
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', code: error.code };
    throw error;
  }
  try {
    return { kind: 'faults', faults: office.verify('deep').faults, readOnly: office.fault !== null };
  } finally {
    office.close();
  }
}

function withFile<T>(path: string, act: (db: BetterSqlite3.Database) => T): T {
  const db = new BetterSqlite3(path, { fileMustExist: true });
  db.defaultSafeIntegers(true);
  db.pragma('foreign_keys=OFF');
  try {
    return act(db);
  } finally {
    db.close();
  }
}

function withoutGuards<T>(db: BetterSqlite3.Database, act: () => T): T {
  const triggers = rowsOf(db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
  db.pragma('ignore_check_constraints=ON');
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  try {
    return act();
  } finally {
    for (const { sql } of triggers) db.exec(String(sql));
  }
}

function keyColumns(db: BetterSqlite3.Database, table: string): string[] {
  return rowsOf(db, `PRAGMA table_info(${table})`).filter((row) => row['pk'] !== 0n).map((row) => String(row['name']));
}

function rowsOf(db: BetterSqlite3.Database, sql: string): CellRow[] {
  return db.prepare<[], CellRow>(sql).all();
}

/** A value one step away: a fen more, another letter, a flipped bit. */
function otherValue(before: Cell, type: string, chance: Chance, attempt: number): Cell {
  if (before === null) return type === 'INTEGER' ? BigInt(attempt + 1) : type === 'BLOB' ? Buffer.from([attempt]) : `x${String(attempt)}`;
  if (typeof before === 'bigint') return before + (attempt < 10 ? BigInt(attempt + 1) : BigInt(1_000_000 + attempt));
  if (Buffer.isBuffer(before)) {
    const bytes = Buffer.from(before);
    const at = Math.floor(chance() * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(chance() * 8));
    return bytes;
  }
  const text = String(before);
  const places = [...text.matchAll(/[0-9A-Za-z]/g)].map((match) => match.index);
  const at = places[Math.floor(chance() * places.length)];
  if (at === undefined) return `${text}x`;
  const letters = /[0-9]/.test(text[at] ?? '') ? '0123456789' : 'abcdefghijklmnopqrstuvwxyz';
  const other = Array.from(letters).filter((letter) => letter !== text[at]);
  return `${text.slice(0, at)}${other[Math.floor(chance() * other.length)] ?? 'x'}${text.slice(at + 1)}`;
}
