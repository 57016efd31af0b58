/**
 * A record as a table: its columns described once, and from them the CREATE TABLE, the insert and rows read back under their types,
 * asserted as at
 * the write. Columns are the fields of a record 单据, or `column` where nothing of a record has an official word.
 */
import { z } from 'zod';
import { columnOf, field, type Field } from '../../shared/kernel/record.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { Database, Row, SqlParams, SqlValue } from './database.ts';

export type Column<S extends z.ZodType = z.ZodType> = Field<S> & {
  /** What stands there when nothing is given at the insert. */
  readonly fallback?: SqlValue;
  /** The column's name where it is not the key's. */
  readonly named?: string;
};
export type Columns = Readonly<Record<string, Column>>;
/** Columns that are one value of the row, e.g. both lines of an amount. */
export type Group<C extends Columns = Columns> = {
  readonly prefix: string;
  readonly columns: C;
  /** Blank as a whole or not at all. */
  readonly blank?: boolean;
};
type Cells = Readonly<Record<string, Column | Group>>;
type Parts<C extends Columns> = { readonly [K in keyof C]: z.output<C[K]['schema']> };
type ValueOf<C> = C extends Group<infer G>
  ? Parts<G> | (C extends { readonly blank: true } ? null : never)
  : C extends Column<infer S> ? z.output<S> : never;
/** A whole row. */
export type RowOf<C extends Cells> = { readonly [K in keyof C]: ValueOf<C[K]> };
/** A row to insert: what may be blank or has a fallback, and a group of such columns, may be left out. */
export type NewRow<C extends Cells> = Partial<RowOf<C>> & {
  readonly [K in keyof C as null extends ValueOf<C[K]> ? never : C[K] extends Group | { readonly fallback: SqlValue } ? never : K]: ValueOf<C[K]>;
};

/** Columns that are fields of no record. */
export const column = {
  text: field.own('', z.string()),
  fen: field.fen(''),
  /** A whole number that is no money, 0 or more; a running number from 1. */
  count: field.count(''),
  number: field.count('', 1),
  flag: field.flag(''),
  date: field.date(''),
  instant: field.instant(''),
  period: field.period(''),
  oneOf: <const W extends string>(words: readonly W[]) => ({ ...field.own('', z.enum(words)), check: `@ IN (${sqlTexts(words)})` }),
  /** A word of a closed set that was checked when it was folded. */
  word: <T extends string>() => field.own('', z.custom<T>((value) => typeof value === 'string')),
  maybe: field.optional,
  /** With a value for rows that are inserted without one. */
  or: <S extends z.ZodType, const V extends SqlValue>(fallback: V, of: Column<S>) => ({ ...of, fallback }),
  /** Several columns as one value; their names begin with the prefix. */
  group: <C extends Columns>(prefix: string, columns: C): Group<C> => ({ prefix, columns }),
  /** Several columns as one value that may be blank as a whole. */
  blank: <C extends Columns>(prefix: string, columns: C): Group<C> & { readonly blank: true } => ({ prefix, columns, blank: true }),
  named: <S extends z.ZodType>(named: string, of: Column<S>) => ({ ...of, named }),
  /** With another check; `@` stands for the column. */
  that: <S extends z.ZodType>(check: string, of: Column<S>) => ({ ...of, check }),
};

export type RecordTable<C extends Cells> = {
  readonly name: string;
  /** CREATE TABLE with its columns and constraints. */
  readonly create: string;
  /** Inserts the columns that the row has; whatever else it has is left alone. */
  insert(db: Database, row: NewRow<C>): void;
  readonly read: (row: Row) => RowOf<C>;
  /** The row with these columns, all of them unique together; null when there is none. */
  find(db: Database, by: Partial<RowOf<C>>): RowOf<C> | null;
  /** @param rest of the SELECT: WHERE, ORDER BY */
  all(db: Database, rest: string, params?: SqlParams): RowOf<C>[];
};

/** @param constraints of the whole table: PRIMARY KEY, CHECK, REFERENCES */
export function recordTable<C extends Cells>(name: string, columns: C, constraints: readonly string[] = []): RecordTable<C> {
  const all = Object.entries(columns).flatMap(([key, of]) => ('columns' in of
    ? Object.entries(of.columns).map(([part, cell]) => ({
      path: [key, part], column: cell.named ?? of.prefix + nameOf(part, cell), of: of.blank === true ? { ...cell, nullable: true } : cell,
    }))
    : [{ path: [key], column: of.named ?? nameOf(key, of), of }]));
  // Lists of a hundred thousand rows come through here: no array is made for a cell.
  const toCells = (row: object): Record<string, SqlValue> => {
    const cells: Record<string, SqlValue> = {};
    for (const { path, column, of } of all) {
      let value: unknown = row;
      for (const key of path) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[key]; // a row is an object, and so is a group
      if (value !== undefined) cells[column] = toCell(of, column, value);
    }
    return cells;
  };
  const inserts = new Map<string, string>();
  const insertOf = (names: readonly string[]): string => {
    const listed = names.join(', ');
    const sql = inserts.get(listed) ?? `INSERT INTO ${name} (${listed}) VALUES (${names.map((column) => `@${column}`).join(', ')})`;
    inserts.set(listed, sql);
    return sql;
  };
  const blank = new Set(Object.entries(columns).filter(([, of]) => 'columns' in of && of.blank === true).map(([key]) => key));
  const read = (row: Row): RowOf<C> => {
    const found: Record<string, unknown> = {};
    for (const { path: [key = '', part], column, of } of all) {
      const value = fromCell(of, column, row[column]);
      if (part === undefined) found[key] = value;
      else if (found[key] === null || (value === null && blank.has(key))) found[key] = null;
      else found[key] = { ...(found[key] as object | undefined), [part]: value }; // a group read so far
    }
    return found as RowOf<C>; // every column, each asserted against its own form
  };
  return {
    name,
    create: `CREATE TABLE ${name} (\n  ${[...all.map(({ column, of }) => ddlOf(column, of)), ...constraints].join(',\n  ')}\n) STRICT;`,
    insert(db, row) {
      const given = toCells(row);
      db.prepare(insertOf(Object.keys(given))).run(given);
    },
    read,
    find(db, by) {
      const given = toCells(by);
      const row = db.prepare(`SELECT * FROM ${name} WHERE ${Object.keys(given).map((column) => `${column} = @${column}`).join(' AND ')}`).get(given);
      return row === undefined ? null : read(row);
    },
    all: (db, rest, params) => db.prepare(`SELECT * FROM ${name} ${rest}`).all(params).map(read),
  };
}

/** Amounts end in `_fen`, whatever their key is. */
function nameOf(key: string, { shape }: Column): string {
  const column = columnOf(key);
  return shape.kind === 'fen' && !column.endsWith('_fen') ? `${column}_fen` : column;
}

function ddlOf(column: string, { sql, nullable, fallback, check }: Column): string {
  const otherwise = fallback === undefined ? '' : ` DEFAULT ${typeof fallback === 'string' ? `'${fallback}'` : String(fallback)}`;
  return `${column} ${sql}${nullable ? '' : ' NOT NULL'}${otherwise}${check === null ? '' : ` CHECK (${check.replaceAll('@', column)})`}`;
}

/** The members of a closed set as SQL wants them inside `IN ( … )`. */
export function sqlTexts(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}

/**
 * The one reader of amounts (fen) of a row. What is no amount (a misspelt column, a missing row, NULL, text) is a fault of the program or
 * of the file,
 * never nought. @throws AssertionFault naming the column
 */
export function fenOf(row: Row | undefined, column: string): bigint {
  const value = row?.[column];
  assert(typeof value === 'bigint', `${column} holds an amount`);
  return value;
}

/** The same where a blank means "unknown". @throws AssertionFault when it holds anything but an amount or NULL, or is no column */
export function fenOrNull(row: Row | undefined, column: string): bigint | null {
  assert(row !== undefined && Object.hasOwn(row, column), `${column} is a column`);
  return row[column] === null ? null : fenOf(row, column);
}

function toCell(of: Field, column: string, value: unknown): SqlValue {
  if (of.shape.kind === 'flag' && typeof value === 'boolean') return value ? 1n : 0n;
  if (of.shape.kind === 'count' && typeof value === 'number') return BigInt(value);
  assert(value === null || typeof value === 'string' || typeof value === 'bigint', `${column} is text, amount or blank`);
  return value;
}

function fromCell(of: Field, column: string, value: SqlValue | undefined): unknown {
  assert(value !== undefined, `${column} is a column`);
  if (value === null) {
    assert(of.nullable, `${column} is never blank`);
    return null;
  }
  assert(typeof value === (of.sql === 'INTEGER' ? 'bigint' : 'string'), `${column} holds ${of.sql}`);
  if (of.shape.kind === 'flag') return value === 1n;
  return of.shape.kind === 'count' ? Number(value) : value;
}
