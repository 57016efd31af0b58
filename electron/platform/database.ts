/**
 * The one door to SQLite: opens a ledger file with the pragmas of the house, reads each of them back, and offers prepared
 * statements with named parameters and integers as bigint. It knows no table. No other folder touches better-sqlite3.
 */
import { accessSync, constants, statSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { lookAlikeKey } from '../../shared/kernel/look-alike.ts';
import { judgeCompanions } from './ledger-companions.ts';
import { patientlyOpened } from './patience.ts';

export type SqlValue = string | bigint | number | Uint8Array | null;
export type Row = Record<string, SqlValue>;
export type SqlParams = Readonly<Record<string, SqlValue>>;

export interface Statement {
  run(params?: SqlParams): { readonly changes: number };
  get(params?: SqlParams): Row | undefined;
  all(params?: SqlParams): Row[];
  iterate(params?: SqlParams): IterableIterator<Row>;
}

/** What every `<x>.sql.ts` works with; the power-loss harness offers the same over another build of SQLite. */
export interface Database {
  /** Cached by text. Integers come back as bigint; give amounts as bigint. */
  prepare(sql: string): Statement;
  exec(sql: string): void;
  close(): void;
}

/** A pragma that did not take, or a file that is no ledger. The caller answers E180/E181; nothing was written. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';
  readonly reason: 'pragma' | 'not-a-database' | 'locked' | 'old-sqlite';
  constructor(reason: DatabaseFault['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Pragmas of the ledger, in order, with the value that reading back must give. TRUNCATE + EXTRA: the commit point is a file
 * fsync and does not depend on directory sync (measured by power-loss replay, see DECISIONS.md).
 */
export const ledgerPragmas: readonly (readonly [name: string, set: string, reads: string])[] = [
  ['locking_mode', 'EXCLUSIVE', 'exclusive'],
  ['journal_mode', 'TRUNCATE', 'truncate'],
  ['synchronous', 'EXTRA', '3'],
  ['foreign_keys', 'ON', '1'],
  ['recursive_triggers', 'ON', '1'],
  ['trusted_schema', 'OFF', '0'],
  ['cell_size_check', 'ON', '1'],
  ['secure_delete', 'ON', '1'],
  ['ignore_check_constraints', 'OFF', '0'],
  ['temp_store', 'MEMORY', '2'],
];

/** Oldest SQLite that may open a ledger: 3.51.3 mends the WAL-reset bug (faults.md). */
const sqliteMin = [3, 51, 3] as const;

/**
 * What lies beside a ledger, judged before SQLite touches either. Every opening here does it; an office that is opened asks first, and tries it on a copy.
 * @returns where ledger and journal were copied, when opening it will undo an act that was cut off; else null
 * @throws CompanionFault, DriveFault
 */
export function judgeBeside(path: string): string | null {
  return judgeCompanions(path, () => isHeldElsewhere(path));
}

/** Whether another connection holds a file. It is only read, and so never rolled back. */
function isHeldElsewhere(path: string): boolean {
  const raw = new BetterSqlite3(path, { fileMustExist: true, readonly: true, timeout: 0 });
  try {
    raw.pragma('schema_version');
    return false;
  } catch (error) {
    // A journal that waits to be played back, or a file that is no database: nobody holds it, and what it is its judge says.
    if (!isSqliteError(error)) throw error;
    return error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED');
  } finally {
    raw.close();
  }
}

/**
 * Opens or creates a ledger file as its only user.
 * @throws DatabaseFault `locked` while another process holds it, `not-a-database`, `pragma`, `old-sqlite`; CompanionFault, DriveFault of `judgeBeside`
 */
export function openLedgerFile(path: string, options: { readonly mustExist: boolean; readonly readOnly?: boolean; /** A passing copy whose journal is to be played back. */ readonly trial?: true }): Database {
  if (options.trial !== true) judgeBeside(path);
  const raw = patientlyOpened(() => new BetterSqlite3(path, { fileMustExist: options.mustExist, readonly: options.readOnly === true, timeout: 0 }), () => mayBeWritten(path));
  try {
    raw.defaultSafeIntegers(true);
    const database = wrap(raw);
    requireSqlite(database);
    if (options.readOnly === true) database.prepare('SELECT count(*) FROM sqlite_schema').get();
    else applyLedgerPragmas(database);
    return database;
  } catch (error) {
    raw.close();
    throw asDatabaseFault(error);
  }
}

/** A file that stands and may be written: what cannot be opened now is held by another program. */
function mayBeWritten(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return statSync(path).isFile();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return false;
  }
}

export type LedgerStamp = { readonly applicationId: number; readonly version: number };

/**
 * What a file says it is, read through SQLite without setting any pragma, so that a foreign file is looked at and not changed.
 * @throws DatabaseFault `locked`, `not-a-database`; CompanionFault, DriveFault of `judgeBeside`
 */
export function readLedgerStamp(path: string): LedgerStamp {
  judgeBeside(path);
  const raw = new BetterSqlite3(path, { fileMustExist: true, timeout: 0 });
  try {
    // A crash may have left a journal that this first look rolls back; its removal is then on the disk before anyone writes again.
    raw.pragma('synchronous=EXTRA');
    return { applicationId: Number(raw.pragma('application_id', { simple: true })), version: Number(raw.pragma('user_version', { simple: true })) };
  } catch (error) {
    throw asDatabaseFault(error);
  } finally {
    raw.close();
  }
}

/** A throw-away database in memory with the same integer and cache rules, for rebuilding and comparing. */
export function openMemory(): Database {
  const raw = new BetterSqlite3(':memory:');
  raw.defaultSafeIntegers(true);
  const database = wrap(raw);
  database.exec('PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA trusted_schema=OFF');
  return database;
}

/** A scratch database 暂存库 on disk without a name: SQLite makes it, spills what does not fit its cache, and removes it when it is closed. */
export function openScratchDatabase(): Database {
  const raw = new BetterSqlite3('');
  raw.defaultSafeIntegers(true);
  const database = wrap(raw);
  database.exec('PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA trusted_schema=OFF; PRAGMA temp_store=FILE; PRAGMA cache_size=-65536');
  return database;
}

/** Sets each pragma of the list and reads it back. @throws DatabaseFault naming the first that did not take */
export function applyLedgerPragmas(database: Database): void {
  for (const [name, set, reads] of ledgerPragmas) {
    database.exec(`PRAGMA ${name}=${set}`);
    const row = database.prepare(`PRAGMA ${name}`).get();
    const value = row === undefined ? '' : String(Object.values(row)[0]);
    if (value !== reads) throw new DatabaseFault('pragma', `PRAGMA ${name}: ${value} instead of ${reads}`);
  }
  // EXCLUSIVE takes its lock at the first write; taken here so that a second process is refused at once (E182).
  database.exec('BEGIN EXCLUSIVE; COMMIT');
}

function requireSqlite(database: Database): void {
  const version = String(database.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  const parts = version.split('.').map(Number);
  for (const [index, wanted] of sqliteMin.entries()) {
    const have = parts[index] ?? 0;
    if (have > wanted) return;
    if (have < wanted) throw new DatabaseFault('old-sqlite', `SQLite ${version} is older than ${sqliteMin.join('.')}`);
  }
}

function asDatabaseFault(error: unknown): unknown {
  if (!(error instanceof BetterSqlite3.SqliteError)) return error;
  if (error.code.startsWith('SQLITE_BUSY') || error.code.startsWith('SQLITE_LOCKED')) return new DatabaseFault('locked', error.message);
  if (error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT')) return new DatabaseFault('not-a-database', error.message);
  return error;
}

function wrap(raw: BetterSqlite3.Database): Database {
  // For search boxes: `instr(look_alike(name), look_alike(@search))`. No table, index or fold uses it.
  raw.function('look_alike', { deterministic: true }, (text: unknown) => (typeof text === 'string' ? lookAlikeKey(text) : null));
  const cache = new Map<string, Statement>();
  return {
    prepare(sql) {
      const known = cache.get(sql);
      if (known !== undefined) return known;
      const statement = wrapStatement(raw.prepare<[SqlParams?], Row>(sql));
      cache.set(sql, statement);
      return statement;
    },
    exec(sql) {
      raw.exec(sql);
    },
    close() {
      cache.clear();
      raw.close();
    },
  };
}

function wrapStatement(statement: BetterSqlite3.Statement<[SqlParams?], Row>): Statement {
  return {
    run: (params) => ({ changes: (params === undefined ? statement.run() : statement.run(params)).changes }),
    get: (params) => (params === undefined ? statement.get() : statement.get(params)),
    all: (params) => (params === undefined ? statement.all() : statement.all(params)),
    iterate: (params) => (params === undefined ? statement.iterate() : statement.iterate(params)),
  };
}

/** Whether an error means that a constraint, CHECK or trigger refused the write. */
export function isConstraintRefusal(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && (error.code.startsWith('SQLITE_CONSTRAINT') || error.code === 'SQLITE_READONLY');
}

/** Whether an error came from SQLite itself. */
export function isSqliteError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof BetterSqlite3.SqliteError;
}

/** Whether there was no room on the disk. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && error.code === 'SQLITE_FULL';
}

/** Whether the machine failed, and not what was to be written: no room, no memory, an I/O error, a damaged file. */
export function isDiskFailure(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && /^SQLITE_(?:FULL|NOMEM|IOERR|CORRUPT|NOTADB|READONLY|BUSY|LOCKED|CANTOPEN)/.test(error.code);
}

/** Whether SQLite could not read its own file. */
export function isDamage(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB');
}
