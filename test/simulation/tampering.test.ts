/**
 * Any cell of the log, the blobs or a state table changed from outside is found and named (faults.md F01, F02, F06, F07; decision 22). The
 * columns are read from the ledger file itself, so tables of later capabilities come in by themselves; one that the story of
 * tampering-ledger.ts does not fill is named. Long form: `npm run tampering -- --cells 10000 --flips 10000`.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import { flipBits, tamperCells } from '../support/tampering-run.ts';
import { buildRichLedgers, richLedger } from '../support/tampering-ledger.ts';
import { columnsOf, guardedTables, lookAt, rowCounts, runOutside, tryOutside } from '../support/tampering.ts';
import { fastFolder } from '../support/power-loss-check.ts';
import { runCli } from '../support/tampering-cli.ts';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(fastFolder(), 'liudi-tampering-'));
  await buildRichLedgers(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A fresh copy of one of the three ledgers. */
function copyOf(agency: Agency): { readonly dir: string; readonly path: string } {
  const dir = join(folder, 'copy');
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir);
  const path = join(dir, 'ledger.db');
  copyFileSync(richLedger(folder, agency), path);
  return { dir, path };
}

describe('the three ledgers as they are', () => {
  test.each(agencies)('%s verifies deep', (agency) => {
    expect(lookAt(copyOf(agency).dir)).toEqual({ kind: 'faults', faults: [], readOnly: false });
  });

  test('between them, every guarded table has rows', () => {
    const filled = new Set(agencies.flatMap((agency) => [...rowCounts(richLedger(folder, agency))].filter(([, rows]) => rows > 0).map(([table]) => table)));
    expect(guardedTables.filter((table) => !filled.has(table))).toEqual([]);
  });
});

describe('one cell changed from outside', () => {
  test('every column of every table: the entry, or table, key and column, is named', { timeout: 600_000 }, () => {
    const result = tamperCells({ folder, rounds: 1, seed: 'tampering' });
    process.stdout.write(`  tampering: ${JSON.stringify({ changed: result.changed, emptied: result.emptied, columns: result.columns, seconds: result.seconds })}\n`);
    expect(result.missed).toEqual([]);
    expect(result.columns).toBe(columnsOf(richLedger(folder, 'tax')).filter((column) => !column.virtual).length);
  });

  test('a computed column has no cell: it cannot be written', () => {
    const { path } = copyOf('tax');
    const virtual = columnsOf(path).filter((column) => column.virtual);
    expect(virtual.map((column) => `${column.table}.${column.column}`)).toEqual(['journal.entry_key', 'journal.stream', 'journal.kind', 'journal.subject']);
    for (const { table, column } of virtual) expect(() => { runOutside(path, `UPDATE ${table} SET ${column} = 'x'`); }).toThrow(/cannot UPDATE generated column/);
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ["UPDATE journal SET body = json_set(body, '$.maker', 'x')", /append only/],
    ['DELETE FROM journal', /append only/],
    ["UPDATE blob SET bytes = x'00'", /immutable/],
    ['DELETE FROM blob', /immutable/],
    ['INSERT OR REPLACE INTO journal (seq, body, prev_hash, entry_hash) SELECT seq, body, prev_hash, entry_hash FROM journal WHERE seq = 2', /gap, fork or repeated key/],
  ];
  test.each(refused)('with the guards in place the log refuses: %s', (sql, says) => {
    const { dir, path } = copyOf('tax');
    expect(tryOutside(path, sql)).toMatch(says);
    expect(lookAt(dir)).toMatchObject({ kind: 'faults', faults: [] });
  });
});

describe('the schema changed from outside', () => {
  const changes: readonly (readonly [name: string, sql: string, object: string])[] = [
    ['a guard taken away', 'DROP TRIGGER journal_no_update', 'trigger journal_no_update'],
    ['a guard made toothless', "DROP TRIGGER journal_no_delete; CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal WHEN 0 BEGIN SELECT RAISE(ABORT, 'journal: append only'); END", 'trigger journal_no_delete'],
    ['an index taken away', 'DROP INDEX journal_subject', 'index journal_subject'],
    ['a column added', 'ALTER TABLE operator ADD COLUMN extra TEXT', 'table operator'],
    ['a table added', 'CREATE TABLE extra (x TEXT) STRICT', 'table extra'],
    ['a view added', 'CREATE VIEW shadow AS SELECT * FROM operator', 'view shadow'],
    ['a table renamed', 'ALTER TABLE calendar_year RENAME TO calendar_years', 'table calendar_year'],
  ];
  test.each(changes)('%s is named, and the office opens read-only', (_name, sql, object) => {
    const { dir, path } = copyOf('tax');
    expect(tryOutside(path, sql)).toBeNull();
    const look = lookAt(dir);
    expect(look).toMatchObject({ kind: 'faults', readOnly: true });
    expect(look.kind === 'faults' ? look.faults.map((fault) => fault.table) : []).toContain(object);
  });
});

describe('rotten bits', () => {
  test('a flipped bit anywhere in the file is found, or changed nothing that is read', { timeout: 600_000 }, () => {
    const result = flipBits({ folder, flips: 330, seed: 'bits' });
    process.stdout.write(`  flipped bits: ${JSON.stringify(result)}\n`);
    expect(result.missed).toEqual([]);
    expect(result.found).toBeGreaterThan(50);
  });
});

describe('ledger verify --deep on the command line', () => {
  test.each(agencies)('exits 0 for %s', (agency) => {
    const { dir } = copyOf(agency);
    expect(runCli(['ledger', 'verify', '--deep', '--json', '--office', dir])).toMatchObject({ exit: 0, json: { ok: true } });
  });

  const cases: readonly (readonly [name: string, sql: string, details: object])[] = [
    ['an entry', "UPDATE journal SET body = replace(body, '凌源市', '凌海市') WHERE seq = 1", { where: 'entry', seq: 1 }],
    ['the row of the office', `UPDATE office SET profile = '{}'`, { where: 'state', table: 'office', key: '1', column: 'profile' }],
    ['the people', `UPDATE operator SET duties = '["approver"]' WHERE username = 'handler'`, { where: 'state', table: 'operator', key: 'handler', column: 'duties' }],
    ['an amount', "UPDATE refund SET paid_existing_fen = paid_existing_fen + 1 WHERE rowid = 1", { where: 'state', table: 'refund', column: 'paid_existing_fen' }],
  ];
  test.each(cases)('exits 3 and names %s', (_name, sql, details) => {
    const { dir, path } = copyOf('tax');
    runOutside(path, sql);
    expect(runCli(['ledger', 'verify', '--deep', '--json', '--office', dir])).toMatchObject({ exit: 3, json: { ok: false, error: { code: 'LEDGER_FAULT', details } } });
  });

  test('exits 3 for a damaged page, or refuses the file: never 0, never 70', () => {
    const { dir, path } = copyOf('tax');
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096 * 3, 4096 * 5);
    writeFileSync(path, bytes);
    expect([1, 3]).toContain(runCli(['ledger', 'verify', '--deep', '--json', '--office', dir]).exit);
  });
});
