/** The WebAssembly build behind our Database answers as the product's own build does: only then is its trace a trace of our imports. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLedgerFile, type Database, type SqlParams } from '../../../electron/platform/database.ts';
import { temporaryFolder } from '../../support/practice.ts';
import { openWasmLedger } from '../../support/wasm-database.ts';

const schema = `
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  body TEXT NOT NULL CHECK (json_valid(body)),
  key TEXT GENERATED ALWAYS AS (json_extract(body, '$.key')) VIRTUAL NOT NULL,
  bytes BLOB,
  fen INTEGER CHECK (fen >= 0)
) STRICT;
CREATE UNIQUE INDEX entry_key ON entry (key);
CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'append only'); END;`;

const insert = 'INSERT INTO entry (seq, body, bytes, fen) VALUES (@seq, @body, @bytes, @fen)';
const rows: readonly SqlParams[] = [
  { seq: 1n, body: '{"key":"甲"}', bytes: new Uint8Array([0, 255, 7]), fen: 0n },
  { seq: 2, body: '{"key":"乙"}', bytes: null, fen: 9_007_199_254_740_993n },
  { seq: 3n, body: '{"key":"𠮷"}', bytes: new Uint8Array(0), fen: null },
];
const questions: readonly { readonly sql: string; readonly params?: SqlParams }[] = [
  { sql: 'SELECT * FROM entry ORDER BY seq' },
  { sql: 'SELECT key, fen FROM entry WHERE seq > @after ORDER BY seq', params: { after: 1 } },
  { sql: 'SELECT count(*) AS n, sum(fen) AS fen, avg(seq) AS mean FROM entry' },
  { sql: 'SELECT 1.0 AS one, 1 AS whole, typeof(@given) AS kind', params: { given: 5n } },
  { sql: 'SELECT seq FROM entry WHERE key = @key', params: { key: '没有' } },
  { sql: 'PRAGMA user_version' },
  { sql: "SELECT name, pk FROM pragma_table_xinfo('entry') ORDER BY cid" },
];

function both(): readonly [Database, Database] {
  const folder = temporaryFolder();
  const native = openLedgerFile(join(folder, 'native.db'), { mustExist: false });
  openLedgerFile(join(folder, 'wasm.db'), { mustExist: false }).close();
  const wasm = openWasmLedger(join(folder, 'wasm.db'));
  for (const db of [native, wasm]) {
    db.exec(schema);
    db.exec('BEGIN IMMEDIATE');
    for (const row of rows) expect(db.prepare(insert).run(row)).toEqual({ changes: 1 });
    db.exec('COMMIT');
  }
  return [native, wasm];
}

function close(databases: readonly Database[]): void {
  for (const db of databases) db.close();
}

describe('the WebAssembly build', () => {
  test.each(questions)('answers like the native one: $sql', ({ sql, params }) => {
    const [native, wasm] = both();
    expect(wasm.prepare(sql).all(params)).toEqual(native.prepare(sql).all(params));
    expect(wasm.prepare(sql).get(params)).toEqual(native.prepare(sql).get(params));
    expect([...wasm.prepare(sql).iterate(params)]).toEqual([...native.prepare(sql).iterate(params)]);
    close([native, wasm]);
  });

  const refused: readonly (readonly [string, string, SqlParams | undefined])[] = [
    ['a trigger', 'UPDATE entry SET fen = 1', undefined],
    ['a CHECK', insert, { seq: 4n, body: '{"key":"d"}', bytes: null, fen: -1n }],
    ['text that is no JSON', insert, { seq: 4n, body: '{', bytes: null, fen: 1n }],
    ['a repeated generated key', insert, { seq: 4n, body: '{"key":"甲"}', bytes: null, fen: 1n }],
    ['a generated column', "INSERT INTO entry (seq, body, key) VALUES (4, '{}', 'x')", undefined],
    ['a missing parameter', insert, { seq: 4n, body: '{"key":"d"}', bytes: null }],
  ];
  test.each(refused)('refuses like the native one: %s', (_name, sql, params) => {
    const databases = both();
    for (const db of databases) {
      expect(() => db.prepare(sql).run(params)).toThrow();
      expect(db.prepare('SELECT count(*) AS n FROM entry').get()).toEqual({ n: 3n });
    }
    close(databases);
  });

  test('a row read with get leaves nothing open: the next transaction commits', () => {
    const [native, wasm] = both();
    wasm.exec('BEGIN IMMEDIATE');
    expect(wasm.prepare('SELECT seq FROM entry ORDER BY seq').get()).toEqual({ seq: 1n });
    wasm.prepare(insert).run({ seq: 4n, body: '{"key":"丁"}', bytes: null, fen: 4n });
    wasm.exec('COMMIT');
    for (const row of wasm.prepare('SELECT seq FROM entry ORDER BY seq').iterate()) if (row['seq'] === 2n) break;
    wasm.exec('BEGIN IMMEDIATE; DELETE FROM entry; COMMIT');
    expect(wasm.prepare('SELECT count(*) AS n FROM entry').get()).toEqual({ n: 0n });
    close([native, wasm]);
  });

  test('what it wrote, the native build reads, cell for cell', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'ledger.db');
    openLedgerFile(path, { mustExist: false }).close();
    const wasm = openWasmLedger(path);
    wasm.exec(schema);
    for (const row of rows) wasm.prepare(insert).run(row);
    const written = wasm.prepare('SELECT * FROM entry ORDER BY seq').all();
    wasm.close();
    const native = openLedgerFile(path, { mustExist: true });
    expect(native.prepare('SELECT * FROM entry ORDER BY seq').all()).toEqual(written);
    expect(native.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    native.close();
  });
});
