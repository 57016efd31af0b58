/**
 * Verification 账本校验: the chain, the blobs, the schema, and a full rebuild of the state tables that is compared with what
 * stands, cell by cell. It reads only; it repairs nothing.
 */
import type { Database } from '../platform/database.ts';
import { isDamage, isSqliteError, openMemory } from '../platform/database.ts';
import { sha256Hex } from '../platform/hash.ts';
import { logVersion } from '../platform/ledger-file.ts';
import { blobRefSchema, chainHash, emptyHead, leafHash, parseBody, type EntryBody, type LedgerHead } from './entry.ts';
import { readCheckpoint, readEntries, readEntriesOf, readEntryAt, readHead, type StoredEntry } from './journal.sql.ts';
import { foldAll, foldEntries, isCurrent, makeTables, readStateOrigin, stateTableNames, stateVersionOf, type EntryQuestions, type LedgerForm, type StateOrigin } from './state.ts';
import { compareTable } from './table-comparison.ts';

/** One thing that is not as it must be. `seq` names a journal entry; table, key and column name a cell. */
export type LedgerFault = {
  readonly where: 'entry' | 'blob' | 'state' | 'schema' | 'file' | 'head' | 'rule';
  readonly seq?: number;
  readonly table?: string;
  readonly key?: string;
  readonly column?: string;
  /** Chinese sentence. */
  readonly message: string;
};

export type Verification = {
  readonly head: LedgerHead;
  readonly entries: number;
  readonly blobs: number;
  readonly stateRows: number;
  /** Which program's tables and folds made the state, and whether they are today's; null when the ledger does not say. */
  readonly state: (StateOrigin & { readonly current: boolean }) | null;
  readonly faults: readonly LedgerFault[];
};

export type VerifyTerms = {
  readonly db: Database;
  readonly form: LedgerForm;
  /** Asked of every entry by `verifyDeep`. */
  readonly questions?: EntryQuestions;
  readonly progress?: (done: number, total: number) => void;
};

/** Chain since the last checkpoint; run at every open. A page that cannot be read is a fault like any other. */
export function verifyTail(db: Database): LedgerFault[] {
  return readable(() => {
    const checkpoint = readCheckpoint(db);
    if (checkpoint.seq > 0 && readEntryAt(db, checkpoint.seq)?.entryHash !== checkpoint.hash) {
      return [{ where: 'head', seq: checkpoint.seq, message: `账本第 ${String(checkpoint.seq)} 条与上次校验时不同或已缺失` }];
    }
    return walkChain(db, checkpoint, () => undefined);
  });
}

/**
 * The deciding tables, made anew from their entries alone and compared with what stands: who may, whom to trust, what is held back. Run at every open, so
 * that a cell changed while the office was closed decides nothing. State of another version is made anew anyway.
 */
export function verifyDeciding(db: Database, form: LedgerForm): LedgerFault[] {
  return readable(() => {
    if (!isCurrent(db, form)) return [];
    const rebuilt = openMemory();
    const faults: LedgerFault[] = [];
    try {
      makeTables(rebuilt, form);
      for (const { tables, from, where } of form.tables.flatMap((part) => part.deciding ?? [])) {
        const names = [...form.kinds].flatMap(([name, { kind }]) => (from.some((start) => kind === start || (start.endsWith('.') && kind.startsWith(start))) ? [name] : []));
        const stuck = foldEntries(db, rebuilt, form.kinds, unbroken(readEntriesOf(db, names, where), faults), () => undefined);
        if (faults.length > 0) return faults;
        if (stuck !== null) return [{ where: 'entry', seq: stuck.seq, message: stuck.fault }];
        for (const table of tables) compareTable(db, rebuilt, table, faults);
      }
      return faults;
    } finally {
      rebuilt.close();
    }
  });
}

/** Entries whose content is still what was hashed; the first that is not ends them. */
function* unbroken(entries: Iterable<StoredEntry>, faults: LedgerFault[]): Generator<StoredEntry> {
  for (const entry of entries) {
    if (readBody(entry.body) === null || entry.entryHash !== chainHash(entry.prevHash, leafHash(entry.body))) {
      faults.push({ where: 'entry', seq: entry.seq, message: `账本第 ${String(entry.seq)} 条：内容与摘要不符` });
      return;
    }
    yield entry;
  }
}

/** Chain, schema, file and foreign keys: `ledger verify`. Faults of entries come first. */
export function verifyLedger(terms: VerifyTerms): Verification {
  const chain = verifyChain(terms);
  return { ...chain, faults: [...chain.faults, ...verifyShape(terms)] };
}

/**
 * Chain, blobs, the rebuild of all state tables by today's folds with the questions asked of each entry, schema and file: `ledger verify --deep`. A broken chain or blob ends it before
 * the rebuild, which would only repeat the same fault. State of another version is replayed and not compared: that a fold was mended is no fault
 * of the ledger, and opening it makes the state anew.
 */
export function verifyDeep(terms: VerifyTerms): Verification {
  const chain = verifyChain(terms);
  const counts = { blobs: 0, stateRows: 0 };
  const content = chain.faults.length === 0 ? readable(() => verifyContent(terms, chain.entries, counts)) : [];
  return { ...chain, ...counts, faults: [...chain.faults, ...content, ...verifyShape(terms)] };
}

function verifyShape(terms: VerifyTerms): LedgerFault[] {
  return [...readable(() => verifySchema(terms.db, terms.form)), ...readable(() => verifyFile(terms.db))];
}

/** The head of the chain and its first broken entry, if any. */
function verifyChain({ db, form }: VerifyTerms): Verification {
  let entries = 0;
  let head = emptyHead;
  let state: Verification['state'] = null;
  const faults = readable(() => {
    const origin = readStateOrigin(db);
    state = origin === null ? null : { ...origin, current: origin.version === stateVersionOf(form) };
    const broken = walkChain(db, emptyHead, () => (entries += 1));
    head = readHead(db);
    if (broken.length > 0) return broken;
    const checkpoint = readCheckpoint(db);
    const missing = checkpoint.seq > head.seq || (checkpoint.seq > 0 && readEntryAt(db, checkpoint.seq)?.entryHash !== checkpoint.hash);
    return missing ? [{ where: 'head', seq: checkpoint.seq, message: `账本与上次校验（第 ${String(checkpoint.seq)} 条）时不同或缺少末尾条目` }] : [];
  });
  return { head, entries, blobs: 0, stateRows: 0, state, faults };
}

function verifyContent(terms: VerifyTerms, entries: number, counts: { blobs: number; stateRows: number }): LedgerFault[] {
  const faults: LedgerFault[] = [];
  counts.blobs = verifyBlobs(terms.db, new Set<string>(), faults);
  if (faults.length > 0) return faults;
  const rebuilt = openMemory();
  try {
    makeTables(rebuilt, terms.form);
    rebuilt.exec('BEGIN');
    const questions = terms.questions?.() ?? [];
    const stuck = foldAll(terms.db, rebuilt, terms.form.kinds, (done) => terms.progress?.(done, entries), (before, entry) => {
      for (const ask of questions) {
        const wrong = ask(before, entry, terms.db);
        if (wrong !== null) faults.push({ where: 'entry', seq: entry.seq, message: `账本第 ${String(entry.seq)} 条：${wrong}` });
      }
    });
    if (stuck !== null) return [...faults, { where: 'entry', seq: stuck.seq, message: stuck.fault }];
    rebuilt.exec('COMMIT');
    if (!isCurrent(terms.db, terms.form)) return faults;
    const present = new Set(terms.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all().map((row) => row['name']));
    // A table that is gone or renamed is a fault of the schema; there is nothing to compare.
    const tables = stateTableNames(terms.form).filter((table) => present.has(table));
    for (const table of tables) {
      terms.progress?.(entries, entries);
      counts.stateRows += compareTable(terms.db, rebuilt, table, faults);
    }
    return faults;
  } finally {
    rebuilt.close();
  }
}

/** What SQLite itself cannot read is a finding, not a crash; what was found before it stays found. */
function readable(verify: () => LedgerFault[]): LedgerFault[] {
  try {
    return verify();
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    return [{ where: 'file', message: isDamage(error) ? '数据库文件有损坏的页，无法读取' : `数据库无法读取：${error.message}` }];
  }
}

/** @returns the first broken entry, or nothing */
function walkChain(db: Database, from: LedgerHead, each: (body: EntryBody) => void): LedgerFault[] {
  let expected = from;
  for (const entry of readEntries(db, from.seq)) {
    const seq = expected.seq + 1;
    const broken =
      entry.seq !== seq ? '序号不连续' : entry.prevHash !== expected.hash ? '与上一条不衔接' : entry.entryHash !== chainHash(entry.prevHash, leafHash(entry.body)) ? '内容与摘要不符' : null;
    const body = broken === null ? readBody(entry.body) : null;
    if (broken !== null || body === null || body.seq !== entry.seq) {
      return [{ where: 'entry', seq, message: `账本第 ${String(seq)} 条：${broken ?? '内容不是有效条目'}` }];
    }
    each(body);
    expected = { seq, hash: entry.entryHash };
  }
  return [];
}

function readBody(text: string): EntryBody | null {
  try {
    return parseBody(text);
  } catch (error) {
    // A body that no longer parses is the very finding; anything else is a fault of the program.
    if (error instanceof SyntaxError || (error instanceof Error && error.name.includes('Zod'))) return null;
    throw error;
  }
}

function verifyFile(db: Database): LedgerFault[] {
  const faults: LedgerFault[] = [];
  for (const row of db.prepare('PRAGMA integrity_check').all()) {
    const text = String(Object.values(row)[0]);
    if (text !== 'ok') faults.push({ where: 'file', message: `数据库文件校验：${text}` });
  }
  for (const row of db.prepare('PRAGMA foreign_key_check').all()) {
    faults.push({ where: 'state', table: String(row['table']), key: String(row['rowid']), message: `表 ${String(row['table'])} 的引用不存在` });
  }
  return faults;
}

/** The schema must be, text for text, what the program makes; of a ledger of another state version, the log's own part of it. */
export function verifySchema(db: Database, form: LedgerForm): LedgerFault[] {
  const version = logVersion(db);
  const current = isCurrent(db, form);
  const fresh = openMemory();
  try {
    for (const step of form.log) if (step.version <= version) fresh.exec(step.sql);
    if (current) for (const { ddl } of form.tables) fresh.exec(ddl);
    const wanted = schemaObjects(fresh);
    const standing = schemaObjects(db);
    const faults: LedgerFault[] = [];
    for (const [name, sql] of wanted) {
      if (standing.get(name) !== sql) faults.push({ where: 'schema', table: name, message: `数据库结构被改动：${name}` });
    }
    if (current && readStateOrigin(db) === null) faults.push({ where: 'schema', table: 'state_version', message: '账本未记载状态由哪个版本写成' });
    for (const name of current ? standing.keys() : []) {
      if (!wanted.has(name)) faults.push({ where: 'schema', table: name, message: `数据库多出对象：${name}` });
    }
    return faults;
  } finally {
    fresh.close();
  }
}

function schemaObjects(db: Database): Map<string, string> {
  const rows = db.prepare("SELECT type || ' ' || name AS name, coalesce(sql, '') AS sql FROM sqlite_schema").all();
  return new Map(rows.map((row) => [String(row['name']), String(row['sql'])]));
}

/** Every stored chunk must match its hash and be named by an entry; every named chunk must be stored. */
function verifyBlobs(db: Database, named: Set<string>, faults: LedgerFault[]): number {
  for (const entry of readEntries(db, 0)) collectChunks(parseBody(entry.body).facts, named);
  let count = 0;
  for (const row of db.prepare('SELECT hash, bytes FROM blob').iterate()) {
    count += 1;
    const hash = String(row['hash']);
    const bytes = row['bytes'];
    if (!(bytes instanceof Uint8Array) || sha256Hex(bytes) !== hash) {
      faults.push({ where: 'blob', table: 'blob', key: hash, column: named.has(hash) ? 'bytes' : 'hash', message: `附件 ${hash.slice(0, 16)}… 的内容与摘要不符` });
    } else if (!named.delete(hash)) {
      faults.push({ where: 'blob', table: 'blob', key: hash, column: 'hash', message: `附件 ${hash.slice(0, 16)}… 没有任何条目引用` });
    }
  }
  for (const hash of named) {
    if (faults.some((fault) => fault.key === hash)) continue;
    faults.push({ where: 'blob', table: 'blob', key: hash, column: 'hash', message: `附件 ${hash.slice(0, 16)}… 已缺失` });
  }
  return count;
}

function collectChunks(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collectChunks(item, into);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  const ref = blobRefSchema.safeParse(value);
  if (ref.success) for (const chunk of ref.data.chunks) into.add(chunk);
  else for (const item of Object.values(value)) collectChunks(item, into);
}
