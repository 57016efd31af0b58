/**
 * Ledgers of earlier programs under today's: each opens writable with its head as it was, verifies deep, and takes an act. So does each under a
 * program with further states, acts, routes and freeze codes, and under one whose fold says something else.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freezeCodes } from '../../shared/exchange/freezes.ts';
import { refundActs, refundStates } from '../../shared/refunds/cases.ts';
import { routes } from '../../shared/refunds/model.ts';
import { kindsByName, parseBody, readEntryAt, readHead, verifyDeep, type EntryKind, type LedgerForm, type LedgerHead } from '../../electron/journal/index.ts';
import { ledgerForm } from '../../electron/office/joined.ts';
import { openOffice, systemSurroundings, type Office } from '../../electron/office/office.ts';
import { openLedgerFile, type Database } from '../../electron/platform/database.ts';
import { sqlTexts } from '../../electron/platform/record-table.ts';
import { recordedLedgers, unpackRecorded } from '../support/recorded-ledgers.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'liudi-recorded-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function looking<T>(path: string, look: (db: Database) => T): T {
  const db = openLedgerFile(path, { mustExist: true });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

type Recorded = { readonly dir: string; readonly path: string; readonly bytes: Buffer; readonly head: LedgerHead; readonly newest: number };

function recorded(name: string): Recorded {
  const dir = mkdtempSync(join(folder, 'office-'));
  const path = unpackRecorded(name, dir);
  const bytes = readFileSync(path);
  const { head, at } = looking(path, (db) => {
    const newest = readHead(db);
    return { head: newest, at: parseBody(readEntryAt(db, newest.seq)?.body ?? '').at };
  });
  return { dir, path, bytes, head, newest: Date.parse(at) };
}

function opened(ledger: Recorded, form: LedgerForm): Office {
  return openOffice(ledger.dir, systemSurroundings({ clock: () => ledger.newest + 60_000, form }));
}

/** Opens as a clerk would, looks at everything, and does one act. */
async function opensAndWorks(ledger: Recorded, form: LedgerForm): Promise<void> {
  const office = opened(ledger, form);
  try {
    expect(office.fault).toBeNull();
    const found = office.verify('deep');
    expect(found).toMatchObject({ head: ledger.head, faults: [], state: { current: true, headSeq: ledger.head.seq } });
    const people = await office.call('administration.operators', {}, 'system');
    expect(people.ok).toBe(true);
    expect(await office.call('administration.addOperator', { username: 'newcomer', name: '新来的同志' }, 'system')).toMatchObject({ ok: true });
    expect(office.verify('deep')).toMatchObject({ faults: [], head: { seq: ledger.head.seq + 1 } });
  } finally {
    office.close();
  }
}

/** The form with `more` members in the lists that its CHECKs are made of. */
function extended(lists: readonly (readonly [readonly string[], string])[]): LedgerForm {
  const tables = ledgerForm.tables.map((each) => {
    const ddl = lists.reduce((text, [members, more]) => text.replaceAll(sqlTexts(members), sqlTexts([...members, more])), each.ddl);
    return { ...each, ddl };
  });
  return { ...ledgerForm, tables: [...tables, { capability: 'later', version: 1, tables: ['later_case'], ddl: 'CREATE TABLE later_case (no TEXT PRIMARY KEY) STRICT;' }] };
}

/** The same kinds with another fold for one of them. */
function refolded(kind: string, fold: (state: Parameters<EntryKind['fold']>[0], entry: Parameters<EntryKind['fold']>[1], before: EntryKind['fold']) => void, tables = ledgerForm.tables): LedgerForm {
  const rows = [...new Set(ledgerForm.kinds.values())];
  const changed = rows.map((row) => (row.kind === kind ? { ...row, fold: (state, entry) => { fold(state, entry, (...given) => { row.fold(...given); }); } } satisfies EntryKind : row));
  expect(changed).not.toEqual(rows);
  return { ...ledgerForm, kinds: kindsByName(changed), tables };
}

const renamedOffice: Parameters<typeof refolded>[1] = (state, entry, before) => {
  before(state, entry);
  state.db.prepare("UPDATE office SET name = name || '（县）'").run();
};

describe.each(recordedLedgers())('the ledger %s', (name) => {
  test('opens writable under today\'s program, with its head, and stays beside it as it was', async () => {
    const ledger = recorded(name);
    await opensAndWorks(ledger, ledgerForm);
    expect(readFileSync(`${ledger.path}.v9`).equals(ledger.bytes)).toBe(true);
  });

  test('opens writable under a program with a further refund state, act, route, freeze code and table', async () => {
    const form = extended([[refundStates, 'deferred'], [refundActs, 'defer'], [routes, 'assembly'], [freezeCodes, 'E299']]);
    for (const more of ["'deferred'", "'defer'", "'assembly'", "'E299'"]) expect(form.tables.some(({ ddl }) => ddl.includes(more)), more).toBe(true);
    const ledger = recorded(name);
    // First by today's program, as a clerk has it; then by the later one; then by today's again, from the same log.
    await opensAndWorks(ledger, ledgerForm);
    const again = { ...ledger, head: looking(ledger.path, readHead), newest: ledger.newest + 60_000 };
    const later = opened(again, form);
    expect(later.fault).toBeNull();
    expect(later.verify('deep')).toMatchObject({ head: again.head, faults: [] });
    later.close();
    expect(looking(ledger.path, (db) => db.prepare('SELECT count(*) AS n FROM later_case').get())).toEqual({ n: 0n });
    const back = opened(again, ledgerForm);
    expect(back.verify('deep')).toMatchObject({ head: again.head, faults: [] });
    back.close();
  });

  test('opens writable under a program whose fold words a label otherwise, and shows the new words', async () => {
    const tables = ledgerForm.tables.map((each) => (each.capability === 'administration' ? { ...each, version: each.version + 1 } : each));
    const ledger = recorded(name);
    await opensAndWorks(ledger, refolded('administration.open', renamedOffice, tables));
    expect(looking(ledger.path, (db) => String(db.prepare('SELECT name FROM office').get()?.['name']))).toMatch(/（县）$/);
  });
});

test('a fold that is changed without raising its version is what the deep check names', () => {
  const ledger = recorded('2026-11-23/rich/tax');
  opened(ledger, ledgerForm).close();
  const found = looking(ledger.path, (db) => verifyDeep({ db, form: refolded('administration.open', renamedOffice) }));
  expect(found.faults.map(({ table, column }) => [table, column])).toEqual([['office', 'name']]);
});

test('state that another version wrote is told, and is no fault of the ledger', () => {
  const ledger = recorded('2026-11-23/rich/tax');
  opened(ledger, ledgerForm).close();
  const tables = ledgerForm.tables.map((each) => (each.capability === 'administration' ? { ...each, version: each.version + 1 } : each));
  const found = looking(ledger.path, (db) => verifyDeep({ db, form: refolded('administration.open', renamedOffice, tables) }));
  expect(found).toMatchObject({ faults: [], state: { program: '0.1.0', current: false, headSeq: ledger.head.seq } });
});
