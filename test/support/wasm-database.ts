/**
 * The ledger over another build of SQLite (WebAssembly, node-sqlite3-wasm), behind the same `Database` as the product's own. Its file
 * calls go through node:fs one by one, so the power-loss harness can watch and fault them. It is for tests only; what its file layer
 * does otherwise than the native one is said in test/simulation/power-loss.test.ts.
 */
import { createRequire } from 'node:module';
import { SqliteError } from 'better-sqlite3';
import { applyLedgerPragmas, type Database, type Row, type SqlParams, type SqlValue, type Statement } from '../../electron/platform/database.ts';
import { assert } from '../../shared/kernel/assert.ts';

type WasmDatabase = { exec(sql: string): void; prepare(sql: string): object; close(): void };
type WasmModule = {
  readonly Database: new (path: string, options: { fileMustExist: boolean }) => WasmDatabase;
  _sqlite3_column_type(statement: number, column: number): number;
};
/** The parts of a prepared statement that the adapter drives itself: `get` of the library leaves its statement open. */
type WasmStatement = {
  readonly _ptr: number;
  _bind(values: SqlParams | undefined): void;
  _step(): boolean;
  _reset(): boolean;
  _getColumnNames(): string[];
  _getRow(names: readonly string[], expand: boolean): Row;
  run(values: SqlParams | undefined): { changes: number };
  finalize(): void;
};

const wasm = createRequire(import.meta.url)('node-sqlite3-wasm') as WasmModule; // checked below, at the first use
const integerColumn = 1;

/** Opens the ledger file with the pragmas of the house, in order and read back, over the WebAssembly build. */
export function openWasmLedger(path: string): Database {
  return openWasmWith(path, applyLedgerPragmas);
}

/** Opens a file and prepares it; closes it when that fails, so that its lock goes. */
export function openWasmWith(path: string, prepare: (database: Database) => void): Database {
  const database = openWasm(path);
  try {
    prepare(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens a file as it is, without any pragma. */
export function openWasm(path: string): Database {
  assert(typeof wasm._sqlite3_column_type === 'function', 'node-sqlite3-wasm shows the column types');
  const raw = asSqliteError(() => new wasm.Database(path, { fileMustExist: true }));
  const cache = new Map<string, { readonly inner: WasmStatement; readonly outer: Statement }>();
  return {
    prepare(sql) {
      const known = cache.get(sql);
      if (known !== undefined) return known.outer;
      const inner = asSqliteError(() => raw.prepare(sql)) as WasmStatement; // checked in the next line
      for (const part of ['_bind', '_step', '_reset', '_getColumnNames', '_getRow'] as const) assert(typeof inner[part] === 'function', `node-sqlite3-wasm statement has ${part}`);
      const outer = statementOver(inner, sql);
      cache.set(sql, { inner, outer });
      return outer;
    },
    exec(sql) {
      asSqliteError(() => {
        raw.exec(sql);
      });
    },
    close() {
      for (const { inner } of cache.values()) inner.finalize();
      cache.clear();
      raw.close();
    },
  };
}

function statementOver(inner: WasmStatement, sql: string): Statement {
  const names = new Set([...sql.matchAll(/@([A-Za-z_]\w*)/g)].map((match) => match[1] ?? ''));
  const bound = (params: SqlParams | undefined): SqlParams => Object.fromEntries([...names].map((name) => [`@${name}`, parameter(params, name)]));
  function* rows(params: SqlParams | undefined): Generator<Row, undefined> {
    inner._bind(bound(params));
    try {
      const columns = inner._getColumnNames();
      while (asSqliteError(() => inner._step())) yield rowOf(inner, columns);
    } finally {
      inner._reset();
    }
  }
  return {
    run(params) {
      try {
        return { changes: asSqliteError(() => inner.run(bound(params))).changes };
      } finally {
        inner._reset();
      }
    },
    get(params) {
      for (const row of rows(params)) return row;
      return undefined;
    },
    all: (params) => [...rows(params)],
    iterate: (params) => rows(params),
  };
}

function parameter(params: SqlParams | undefined, name: string): SqlValue {
  const value = params?.[name];
  if (value === undefined) throw new RangeError(`Missing named parameter "${name}"`);
  return value;
}

/** Integers as bigint whatever their size, bytes as Buffer: as the product's own build gives them. */
function rowOf(inner: WasmStatement, columns: readonly string[]): Row {
  const row = inner._getRow(columns, false);
  for (const [index, name] of columns.entries()) {
    const value = row[name];
    if (value instanceof Uint8Array) row[name] = Buffer.from(value);
    else if (wasm._sqlite3_column_type(inner._ptr, index) === integerColumn && value !== undefined && value !== null) row[name] = BigInt(value);
  }
  return row;
}

/** The library gives sentences without codes; the product looks at codes. */
const codes: readonly (readonly [RegExp, string])[] = [
  [/^disk I\/O error/, 'SQLITE_IOERR'],
  [/^database or disk is full/, 'SQLITE_FULL'],
  [/constraint failed/, 'SQLITE_CONSTRAINT'],
  [/^database is locked/, 'SQLITE_BUSY'],
  [/malformed/, 'SQLITE_CORRUPT'],
  [/not a database/, 'SQLITE_NOTADB'],
];

function asSqliteError<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'SQLite3Error') throw error;
    throw new SqliteError(error.message, codes.find(([form]) => form.test(error.message))?.[1] ?? 'SQLITE_ERROR');
  }
}
