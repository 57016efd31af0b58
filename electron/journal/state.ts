/**
 * State as a projection 状态重建: the log is kept, the tables that folds write are made from it. Which tables and folds made the state of a ledger
 * stands in it as its state version; a ledger of another version is made anew beside its name, compared and swapped in. It decides nothing about
 * what an entry means.
 * @source shared spec decisions 4, 8
 */
import type { Instant } from '../../shared/kernel/civil-date.ts';
import { programVersion } from '../../shared/kernel/program-version.ts';
import type { LogStep } from '../log-schema/log-step.ts';
import { isDiskFull, isSqliteError, openLedgerFile, readLedgerStamp, type Database } from '../platform/database.ts';
import { sha256Hex } from '../platform/hash.ts';
import { ledgerApplicationId } from '../platform/ledger-companions.ts';
import { logVersion, replaceLedgerFile, stampLedger } from '../platform/ledger-file.ts';
import { foldEntryOf, parseBody, type EntryKinds, type FoldEntry, type FoldState } from './entry.ts';
import { readEntries, readHead, type StoredEntry } from './journal.sql.ts';
import { foldStateOver } from './writer.ts';

/** The tables of one capability. They hold nothing that the log does not say, and are made anew whenever they or their folds change. */
export type StateTables = {
  readonly capability: string;
  /** Raised when a fold of the capability gives the same entries another meaning. */
  readonly version: number;
  readonly tables: readonly string[];
  /** Tables, indexes and triggers. */
  readonly ddl: string;
  /** Small tables that say who may, whom to trust and what is held back: compared with the log at every opening. */
  readonly deciding?: readonly DecidingTables[];
};

export type DecidingTables = {
  readonly tables: readonly string[];
  /** The kinds of entries that write them, by name or, ended by a dot, all of a room. Folded alone they make these tables whole. */
  readonly from: readonly string[];
  /** Which of those entries, as an SQL condition over `body`, where most of a kind write nothing. */
  readonly where?: string;
};

/** What a program makes of a log: the log's own schema, the tables of every capability, and the kinds of entries with their folds. */
export type LedgerForm = {
  readonly log: readonly LogStep[];
  readonly tables: readonly StateTables[];
  readonly kinds: EntryKinds;
};

/** What made the state that lies in a ledger. */
export type StateOrigin = { readonly version: string; readonly program: string; readonly headSeq: number; readonly madeAt: string };

export type OpeningOutcome =
  | { readonly kind: 'current' }
  | { readonly kind: 'rebuilt'; readonly entries: number; readonly oldFile: string }
  /** Written by a newer program; `found` says in Chinese what of it is not known here. */
  | { readonly kind: 'newer'; readonly found: string }
  | { readonly kind: 'refused'; readonly fault: string };

export type RebuildTerms = {
  readonly at: Instant;
  readonly progress: (done: number, total: number) => void;
  /** Looks at the rebuilt ledger before it takes the old one's name. @returns the sentence of the first fault, or null */
  readonly verify: (fresh: Database) => string | null;
};

/**
 * The state version of a form, hex. Other DDL, another version of a fold, another kind of entry make another one; the order of capabilities does not,
 * since a bundle lists the exports of a module in another order than the source does.
 */
export function stateVersionOf({ tables, kinds }: LedgerForm): string {
  const kindLines = [...new Set(kinds.values())].map(({ kind, version }) => `${kind}@${String(version)}`).sort();
  const tableLines = tables.map(({ capability, version, ddl }) => `${capability}@${String(version)}\n${ddl}`).sort();
  return sha256Hex(tableLines.join('\n'), kindLines.join('\n'));
}

/** The names of all tables that folds write. */
export function stateTableNames(form: LedgerForm): string[] {
  return form.tables.flatMap(({ tables }) => tables);
}

/** The names of all tables that cannot be rebuilt. */
export function logTableNames(form: LedgerForm): string[] {
  return form.log.flatMap(({ tables }) => tables);
}

/** Makes every table of an empty database, in a transaction of the caller or none. */
export function makeTables(db: Database, form: LedgerForm): void {
  for (const step of form.log) db.exec(step.sql);
  for (const { ddl } of form.tables) db.exec(ddl);
}

/** Makes the tables of a new ledger and marks it as one of this program. */
export function foundLedger(db: Database, form: LedgerForm, at: string): void {
  db.exec('BEGIN IMMEDIATE');
  makeTables(db, form);
  recordOrigin(db, form, at);
  stampLedger(db, newestLog(form));
  db.exec('COMMIT');
}

/** What made the state of an open ledger; null when it does not say. */
export function readStateOrigin(db: Database): StateOrigin | null {
  if (db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'state_version'").get() === undefined) return null;
  const row = db.prepare('SELECT version, program, head_seq, made_at FROM state_version ORDER BY no DESC LIMIT 1').get();
  if (row === undefined) return null;
  return { version: String(row['version']), program: String(row['program']), headSeq: Number(row['head_seq']), madeAt: String(row['made_at']) };
}

/** Whether the state of an open ledger is that of this form; one of the newest log that does not say so is held to it. */
export function isCurrent(db: Database, form: LedgerForm): boolean {
  const origin = readStateOrigin(db);
  return origin === null ? logVersion(db) === newestLog(form) : origin.version === stateVersionOf(form);
}

/**
 * Brings a ledger file to the present form: its state is rebuilt from the log on a copy and swapped in; the old file stays beside it.
 * A ledger of a newer program, and a file that is no ledger, are refused and not touched.
 * @throws DatabaseFault when the file is in use or no database
 */
export function bringUpToDate(path: string, form: LedgerForm, terms: RebuildTerms): OpeningOutcome {
  const stamp = readLedgerStamp(path);
  if (stamp.applicationId !== ledgerApplicationId || stamp.version === 0) return { kind: 'refused', fault: '不是留抵直达的账本文件' };
  const known = newestLog(form);
  if (stamp.version > known) return { kind: 'newer', found: `账本结构为第 ${String(stamp.version)} 版，本程序支持到第 ${String(known)} 版` };
  const found = lookedInto(path, form);
  if (found.unknown !== null) return { kind: 'newer', found: found.unknown };
  // A ledger of the present log that does not say what made its state has been tampered with: opening finds and shows it.
  const wanted = stateVersionOf(form);
  if (stamp.version === known && (found.version === null || found.version === wanted)) return { kind: 'current' };
  const oldFile = `${path}.v${String(stamp.version)}${found.version === null ? '' : `-${found.version.slice(0, 8)}`}`;
  let entries = 0;
  const fault = replaceLedgerFile(path, oldFile, (old, fresh) => {
    const stuck = rebuildInto(fresh, old, form, terms);
    if (stuck !== null) return stuck;
    const head = readHead(fresh);
    entries = head.seq;
    return head.hash === readHead(old).hash ? terms.verify(fresh) : '重建后的账本头与原账本不同';
  });
  return fault === null ? { kind: 'rebuilt', entries, oldFile } : { kind: 'refused', fault };
}

/** The state version of a ledger file, and what in its log this program does not know. */
function lookedInto(path: string, form: LedgerForm): { readonly version: string | null; readonly unknown: string | null } {
  const db = openLedgerFile(path, { mustExist: true });
  try {
    const version = readStateOrigin(db)?.version ?? null;
    return { version, unknown: version === stateVersionOf(form) ? null : unknownEntry(db, form.kinds) };
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    // What SQLite cannot read here it cannot read later either: the rebuild or the opening tells it.
    return { version: null, unknown: null };
  } finally {
    db.close();
  }
}

/** The first kind of entry, or version of one, that only a newer program can have written. */
function unknownEntry(db: Database, kinds: EntryKinds): string | null {
  const rows = db.prepare("SELECT kind, max(json_extract(body, '$.factsVersion')) AS version, max(seq) AS seq FROM journal GROUP BY kind ORDER BY seq").all();
  for (const row of rows) {
    const kind = kinds.get(String(row['kind']));
    const where = `账本第 ${String(row['seq'])} 条的种类 ${String(row['kind'])}`;
    if (kind === undefined) return `${where} 是本程序不认识的`;
    if (Number(row['version']) > kind.version) return `${where} 为第 ${String(row['version'])} 版，本程序支持到第 ${String(kind.version)} 版`;
  }
  return null;
}

/** Fills an empty file with the log of another and with the state that today's folds make of it. @returns the sentence of what hinders it, or null */
function rebuildInto(fresh: Database, old: Database, form: LedgerForm, terms: RebuildTerms): string | null {
  const from = logVersion(old);
  fresh.exec('BEGIN IMMEDIATE');
  for (const step of form.log.filter(({ version }) => version <= from)) {
    fresh.exec(step.sql);
    for (const table of step.tables) copyRows(old, fresh, table);
  }
  for (const step of form.log.filter(({ version }) => version > from)) fresh.exec(step.sql);
  for (const { ddl } of form.tables) fresh.exec(ddl);
  const total = readHead(old).seq;
  const stuck = foldAll(old, fresh, form.kinds, (done) => { terms.progress(done, total); });
  if (stuck !== null) return stuck.fault;
  terms.progress(total, total);
  recordOrigin(fresh, form, terms.at);
  stampLedger(fresh, newestLog(form));
  fresh.exec('COMMIT');
  return null;
}

function copyRows(old: Database, fresh: Database, table: string): void {
  const columns = old.prepare(`PRAGMA table_info(${table})`).all().map((row) => String(row['name']));
  const insert = fresh.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`);
  for (const row of old.prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY rowid`).iterate()) insert.run(row);
}

function recordOrigin(db: Database, form: LedgerForm, at: string): void {
  db.prepare('INSERT INTO state_version (no, version, program, head_seq, made_at) SELECT count(*) + 1, @version, @program, @headSeq, @at FROM state_version')
    .run({ version: stateVersionOf(form), program: programVersion, headSeq: readHead(db).seq, at });
}

function newestLog(form: LedgerForm): number {
  return form.log.at(-1)?.version ?? 0;
}

export type StuckEntry = { readonly seq: number; readonly fault: string };

/**
 * What deep verification asks of an entry beside its fold: who made it, whose signature stands under it. Answered over the state as it stood before the
 * entry, made from the log alone. @returns what is wrong, as a Chinese phrase, or null
 */
export type EntryQuestion = (before: FoldState, entry: FoldEntry<unknown>, log: Database) => string | null;
/** Made anew for every verification: a question may remember entries it has seen. */
export type EntryQuestions = () => readonly EntryQuestion[];

/**
 * Folds every entry of one database into the tables of another.
 * @returns the entry at which it got stuck (a damaged index hides a blob, a kind that this program does not know), or null
 */
export function foldAll(log: Database, into: Database, kinds: EntryKinds, progress: (done: number) => void, asked: Asked = askNothing): StuckEntry | null {
  return foldEntries(log, into, kinds, readEntries(log, 0), progress, asked);
}

type Asked = (before: FoldState, entry: FoldEntry<unknown>) => void;
const askNothing: Asked = () => undefined;

/** The same of some entries. @param asked sees each entry before it is folded */
export function foldEntries(
  log: Database, into: Database, kinds: EntryKinds, entries: Iterable<StoredEntry>, progress: (done: number) => void, asked: Asked = askNothing,
): StuckEntry | null {
  const state = foldStateOver(into, log);
  for (const entry of entries) {
    const fault = foldFault(() => {
      const body = parseBody(entry.body);
      const kind = kinds.get(body.kind);
      if (kind === undefined) throw new Error(`没有种类 ${body.kind}`);
      const folded = foldEntryOf(kind, body);
      asked(state, folded);
      kind.fold(state, folded);
    });
    if (fault !== null) return { seq: entry.seq, fault: `账本第 ${String(entry.seq)} 条无法重建状态：${fault}` };
    if (entry.seq % 100 === 0) progress(entry.seq);
  }
  return null;
}

function foldFault(fold: () => void): string | null {
  try {
    fold();
    return null;
  } catch (error) {
    // Any fault of a fold over an unbroken chain is the finding itself; a full disk is not the ledger's.
    if (error instanceof Error && !isDiskFull(error)) return error.message;
    throw error;
  }
}
