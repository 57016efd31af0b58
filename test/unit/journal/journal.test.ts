/** The log on its own: hashes, guards in SQL, blobs, and verification that names what was changed. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  blobRefSchema, canonicalText, defineEntry, extendHead, foundLedger, journalFor, kindsByName, leafHash, readEntries, readNewest, verifyDeep, verifyTail, writeCheckpoint,
  type EntryKind, type Journal, type LedgerForm, type StateTables,
} from '../../../electron/journal/index.ts';
import { logSteps } from '../../../electron/log-schema/index.ts';
import { openMemory, type Database } from '../../../electron/platform/database.ts';
import { seededRandom } from '../../../electron/platform/hash.ts';
import { instantOf } from '../../../shared/kernel/civil-date.ts';

const amountNoted = defineEntry({
  kind: 'test.noteAmount',
  formerly: ['test.noted'],
  stream: 'business',
  version: 2,
  title: '记一笔',
  facts: z.strictObject({ who: z.string(), fen: z.string(), lines: blobRefSchema.nullable() }),
  upcast: { 1: (facts) => ({ ...(facts as { who: string; fen: string }), lines: null }) },
  fold(state, { facts, subject }) {
    const { db } = state;
    db.prepare('INSERT INTO note (id, who, fen) VALUES (@subject, @who, @fen)').run({ subject, who: facts.who, fen: BigInt(facts.fen) });
    if (facts.lines === null) return;
    for (const line of state.lines(facts.lines)) {
      const { id, fen } = z.strictObject({ id: z.string(), fen: z.string() }).parse(line);
      db.prepare('INSERT INTO note (id, who, fen) VALUES (@id, @who, @fen)').run({ id, who: facts.who, fen: BigInt(fen) });
    }
  },
});
const noteTables: StateTables = {
  capability: 'test',
  version: 1,
  tables: ['note'],
  ddl: 'CREATE TABLE note (id TEXT PRIMARY KEY, who TEXT NOT NULL, fen INTEGER NOT NULL CHECK (fen >= 0)) STRICT;',
};
const kinds = kindsByName([amountNoted]);
const form: LedgerForm = { log: logSteps, tables: [noteTables], kinds };

function ledger(): { db: Database; journal: Journal } {
  const db = openMemory();
  foundLedger(db, form, '2022-04-10T00:00:00.000Z');
  const journal = journalFor({ db, kinds, at: instantOf(Date.UTC(2022, 3, 10)), maker: 'handler', random: seededRandom('journal') });
  return { db, journal };
}

function note(journal: Journal, id: string, fen: string, lines: readonly { id: string; fen: string }[] = []): number {
  const ref = lines.length === 0 ? null : journal.putLines(lines.map((line) => canonicalText(line)));
  return journal.append(amountNoted, { key: `note/${id}`, subject: id, facts: { who: '某企业', fen, lines: ref } });
}

const verifyAll = (db: Database): ReturnType<typeof verifyDeep> => verifyDeep({ db, form });

describe('appending', () => {
  test('an entry is folded into state, and the ledger verifies', () => {
    const { db, journal } = ledger();
    note(journal, 'a', '100', [{ id: 'a1', fen: '7' }, { id: 'a2', fen: '8' }]);
    note(journal, 'b', '200');
    expect(db.prepare('SELECT sum(fen) AS total FROM note').get()).toEqual({ total: 315n });
    expect(verifyAll(db)).toMatchObject({ entries: 2, stateRows: 4, blobs: 1, faults: [] });
  });

  test('a business key is used once', () => {
    const { journal } = ledger();
    note(journal, 'a', '100');
    expect(() => note(journal, 'a', '100')).toThrow(/repeated key/);
  });

  test('facts outside the schema never reach the log', () => {
    const { db, journal } = ledger();
    expect(() => journal.append(amountNoted, { key: 'k', subject: 's', facts: { who: 'x', fen: '1', lines: null, more: 1 } as never })).toThrow();
    expect(db.prepare('SELECT count(*) AS n FROM journal').get()).toEqual({ n: 0n });
  });

  test('the head can be recomputed from leaves alone, as a peer does', () => {
    const { db, journal } = ledger();
    for (const id of ['a', 'b', 'c']) note(journal, id, '1');
    const leaves = [...readEntries(db, 0)].map((entry) => leafHash(entry.body));
    expect(extendHead({ seq: 0, hash: '0'.repeat(64) }, leaves)).toEqual(journal.head());
  });

  test('facts of an older version are lifted before they are folded', () => {
    const { db, journal } = ledger();
    const older: EntryKind = { ...amountNoted, version: 1, facts: z.strictObject({ who: z.string(), fen: z.string() }), fold: () => undefined };
    const old = journalFor({ db, kinds: new Map([[older.kind, older]]), at: instantOf(0), maker: 'handler', random: seededRandom('old') });
    old.append(older, { key: 'note/old', subject: 'old', facts: { who: '旧', fen: '5' } });
    db.prepare("INSERT INTO note (id, who, fen) VALUES ('old', '旧', 5)").run();
    note(journal, 'new', '6');
    expect(verifyAll(db).faults).toEqual([]);
  });

  test('an entry under a former name is of today\'s kind: replayed, and found among its newest', () => {
    const { db, journal } = ledger();
    const former: EntryKind = { ...amountNoted, kind: 'test.noted', formerly: [] };
    const old = journalFor({ db, kinds: kindsByName([former]), at: instantOf(0), maker: 'handler', random: seededRandom('former') });
    old.append(former, { key: 'note/old', subject: 'old', facts: { who: '旧', fen: '5', lines: null } });
    note(journal, 'new', '6');
    expect(readNewest(db, amountNoted, 9).map(({ kind, subject, facts }) => [kind, subject, facts.fen])).toEqual([['test.noteAmount', 'new', '6'], ['test.noteAmount', 'old', '5']]);
    expect(verifyAll(db).faults).toEqual([]);
    expect(verifyDeep({ db, form: { ...form, kinds: kindsByName([{ ...amountNoted, formerly: [] }]) } }).faults.map(({ message }) => message)).toEqual(['账本第 1 条无法重建状态：没有种类 test.noted']);
  });

  test('content larger than a chunk comes back line for line', () => {
    const { journal } = ledger();
    const lines = Array.from({ length: 9000 }, (_, index) => canonicalText({ index, text: '留抵退税'.repeat(20) }));
    const ref = journal.putLines(lines);
    expect(ref.chunks.length).toBeGreaterThan(3);
    expect([...journal.lines(ref)].map((line) => canonicalText(line))).toEqual(lines);
  });
});

describe('guards in SQL', () => {
  const forbidden: readonly (readonly [string, string])[] = [
    ['UPDATE of a body', "UPDATE journal SET body = replace(body, '100', '900')"],
    ['UPDATE OR REPLACE', "UPDATE OR REPLACE journal SET prev_hash = entry_hash WHERE seq = 2"],
    ['DELETE', 'DELETE FROM journal WHERE seq = 2'],
    ['INSERT OR REPLACE of an entry', 'INSERT OR REPLACE INTO journal (seq, body, prev_hash, entry_hash) SELECT seq, body, prev_hash, entry_hash FROM journal WHERE seq = 1'],
    ['a gap', "INSERT INTO journal (seq, body, prev_hash, entry_hash) SELECT 9, json_set(body, '$.seq', 9, '$.key', 'z'), entry_hash, entry_hash FROM journal WHERE seq = 2"],
    ['a fork', "INSERT INTO journal (seq, body, prev_hash, entry_hash) SELECT 3, json_set(body, '$.seq', 3, '$.key', 'z'), prev_hash, entry_hash FROM journal WHERE seq = 2"],
    ['UPDATE of a blob', "UPDATE blob SET bytes = x'00'"],
    ['DELETE of a blob', 'DELETE FROM blob'],
    ['INSERT OR REPLACE of a blob', "INSERT OR REPLACE INTO blob (hash, bytes) SELECT hash, x'00' FROM blob"],
  ];
  test.each(forbidden)('%s is refused', (_name, sql) => {
    const { db, journal } = ledger();
    note(journal, 'a', '100', [{ id: 'a1', fen: '7' }]);
    note(journal, 'b', '200');
    expect(() => { db.exec(sql); }).toThrow();
    expect(verifyAll(db).faults).toEqual([]);
  });
});

/** Changes the database behind the guards, as someone with the file and any SQLite tool could, and puts the guards back. */
function behindTheGuards(db: Database, sql: string): void {
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  db.exec('PRAGMA ignore_check_constraints=ON');
  for (const row of triggers) db.exec(`DROP TRIGGER ${String(row['name'])}`);
  db.exec(sql);
  for (const row of triggers) db.exec(String(row['sql']));
  db.exec('PRAGMA ignore_check_constraints=OFF');
}

describe('verification names what was changed', () => {
  const cases: readonly (readonly [string, string, object])[] = [
    ['a body', "UPDATE journal SET body = replace(body, '某企业', '他企业') WHERE seq = 2", { where: 'entry', seq: 2 }],
    ['a previous hash', "UPDATE journal SET prev_hash = entry_hash WHERE seq = 2", { where: 'entry', seq: 2 }],
    ['an entry hash', "UPDATE journal SET entry_hash = prev_hash WHERE seq = 3", { where: 'entry', seq: 3 }],
    ['a sequence number', 'UPDATE journal SET seq = 17 WHERE seq = 3', { where: 'entry', seq: 3 }],
    ['an entry taken out', 'DELETE FROM journal WHERE seq = 2', { where: 'entry', seq: 2 }],
    ['a blob', "UPDATE blob SET bytes = x'7b7d0a'", { where: 'blob', table: 'blob', column: 'bytes' }],
    ['a blob key', `UPDATE blob SET hash = '${'a'.repeat(64)}'`, { where: 'blob', table: 'blob', column: 'hash' }],
    ['a blob nobody names', `INSERT INTO blob (hash, bytes) VALUES ('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', x'00')`, { where: 'blob', column: 'hash' }],
    ['an amount', "UPDATE note SET fen = fen + 1 WHERE id = 'b'", { where: 'state', table: 'note', key: 'b', column: 'fen' }],
    ['a name', "UPDATE note SET who = 'x' WHERE id = 'a1'", { where: 'state', table: 'note', key: 'a1', column: 'who' }],
    ['a key of a row', "UPDATE note SET id = 'zz' WHERE id = 'b'", { where: 'state', table: 'note', key: 'b', column: 'id' }],
    ['a row added', "INSERT INTO note (id, who, fen) VALUES ('zz', 'x', 1)", { where: 'state', table: 'note', key: 'zz' }],
    ['a row taken out', "DELETE FROM note WHERE id = 'c'", { where: 'state', table: 'note', key: 'c' }],
    ['a trigger dropped', 'SELECT 1; CREATE TABLE extra (x) STRICT', { where: 'schema' }],
  ];
  test.each(cases)('%s', (name, sql, expected) => {
    const { db, journal } = ledger();
    note(journal, 'a', '100', [{ id: 'a1', fen: '7' }]);
    note(journal, 'b', '200');
    note(journal, 'c', '300');
    behindTheGuards(db, name === 'a trigger dropped' ? 'SELECT 1' : sql);
    if (name === 'a trigger dropped') db.exec('DROP TRIGGER journal_no_update');
    expect(verifyAll(db).faults[0]).toMatchObject(expected);
  });

  test('entries cut from the end are missed by the checkpoint', () => {
    const { db, journal } = ledger();
    note(journal, 'a', '1');
    note(journal, 'b', '2');
    writeCheckpoint(db, journal.head(), '2022-04-10T00:00:00.000Z');
    behindTheGuards(db, "DELETE FROM journal WHERE seq = 2; DELETE FROM note WHERE id = 'b'");
    expect(verifyTail(db)[0]).toMatchObject({ where: 'head', seq: 2 });
    expect(verifyAll(db).faults[0]).toMatchObject({ where: 'head', seq: 2 });
  });
});
