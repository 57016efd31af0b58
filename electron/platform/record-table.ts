/** A record as columns of a table: the lines of its DDL, its insert, and a row read back under its types, asserted as at the write. */
import { columnOf, schemaOf, type Field, type Fields, type RecordOf } from '../../shared/kernel/record.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { Database, Row, SqlValue } from './database.ts';

export type RecordTable<F extends Fields> = {
  /** The lines of CREATE TABLE. */
  readonly ddl: string;
  readonly columns: readonly string[];
  /** @param more the table's own columns beside the record */
  insert(db: Database, record: RecordOf<F>, more?: Readonly<Record<string, SqlValue>>): void;
  read(row: Row): RecordOf<F>;
};

/** @param table its name; several tables may hold the same record */
export function recordTable<F extends Fields>(table: string, fields: F): RecordTable<F> {
  const columns = Object.entries(fields).map(([key, of]) => ({ key, column: columnOf(key), of }));
  schemaOf(fields); // a table of fields that makes no schema is a programmer's error, found at once
  const insertText = (more: readonly string[]): string => {
    const names = [...columns.map(({ column }) => column), ...more];
    return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`;
  };
  return {
    ddl: columns.map(({ column, of }) => `${column} ${of.sql}${of.nullable ? '' : ' NOT NULL'}${of.check === null ? '' : ` CHECK (${of.check.replaceAll('@', column)})`}`).join(',\n  '),
    columns: columns.map(({ column }) => column),
    insert(db, record, more = {}) {
      const values: Record<string, SqlValue> = { ...more };
      for (const { key, column, of } of columns) values[column] = toCell(of, record[key]);
      db.prepare(insertText(Object.keys(more))).run(values);
    },
    read: (row) => Object.fromEntries(columns.map(({ key, column, of }) => [key, fromCell(of, column, row[column])])) as RecordOf<F>, // each cell asserted against its field
  };
}

/** The members of a closed set as SQL wants them inside `IN ( … )`. */
export function sqlTexts(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}

/**
 * The one reader of amounts (fen) of a row. What is no amount (a misspelt column, a missing row, NULL, text) is a fault of the program or of the file,
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

function toCell(of: Field, value: unknown): SqlValue {
  if (of.shape.kind === 'flag' && typeof value === 'boolean') return value ? 1n : 0n;
  if (of.shape.kind === 'count' && typeof value === 'number') return BigInt(value);
  assert(value === null || typeof value === 'string' || typeof value === 'bigint', `${of.label} is text, amount or blank`);
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
