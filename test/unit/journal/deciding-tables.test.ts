/**
 * D2: state is not believed. Cells of the tables that say who may, whom to trust and what is held back are changed while the office is closed: the opening
 * finds each and the office acts on none. The list is that of the ledger's own tables, so that a new one cannot be forgotten.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stateTableNames, verifyDeciding } from '../../../electron/journal/index.ts';
import { ledgerForm } from '../../../electron/office/joined.ts';
import { openOffice } from '../../../electron/office/office.ts';
import { openLedgerFile } from '../../../electron/platform/database.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { agencies } from '../../../shared/kernel/office.ts';
import { passwordOf, realOffice } from '../../support/real-office.ts';
import { temporaryFolder, testClock, testEnv } from '../../support/practice.ts';
import { withTool } from '../../support/database-tool.ts';
import { buildRichLedgers } from '../../support/tampering-ledger.ts';

const deciding = ledgerForm.tables.flatMap((part) => part.deciding ?? []).flatMap(({ tables }) => tables);
/** Tables that grow with the county: deep verification compares them, and the acts on their money ask the log. */
const large = [
  'refund', 'refund_event', 'refund_voucher', 'voucher_range', 'refund_batch', 'refund_receipt_line', 'refund_clawback', 'refund_number',
  'treasury_batch', 'payment', 'payment_event', 'payment_outcome', 'assessment', 'determination', 'roster_import', 'roster_row', 'listed_taxpayer', 'told_voucher', 'told_outcome', 'recon_statement', 'survey_line', 'survey_snapshot',
  'risk_run', 'risk_hit', 'risk_hit_event',
];
const clock = testClock('2022-05-08T09:00');

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liudi-deciding-'));
  await buildRichLedgers(folder);
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

/** An office with a copy of the ledger of an agency in which the table has rows: the story of the rich ledgers fills each of them. */
function officeWith(table: string): { readonly dir: string; readonly ledger: string } {
  const dir = join(temporaryFolder(), 'office');
  mkdirSync(dir);
  const ledger = join(dir, 'ledger.db');
  const agency = agencies.find((candidate) => {
    const raw = new BetterSqlite3(join(folder, candidate, 'ledger.db'), { readonly: true });
    try {
      return raw.prepare(`SELECT count(*) AS n FROM ${table}`).pluck().get() !== 0;
    } finally {
      raw.close();
    }
  });
  const from = present(agency, `an office with rows in ${table}`);
  copyFileSync(join(folder, from, 'ledger.db'), ledger);
  copyFileSync(join(folder, from, 'signed-numbers.jsonl'), join(dir, 'signed-numbers.jsonl'));
  return { dir, ledger };
}

function columnsOf(ledger: string, table: string): readonly { readonly name: string; readonly type: string; readonly pk: number }[] {
  const raw = new BetterSqlite3(ledger, { readonly: true });
  try {
    return raw.prepare(`PRAGMA table_info(${table})`).all() as { name: string; type: string; pk: number }[]; // the columns of the pragma
  } finally {
    raw.close();
  }
}

function decidingFaults(ledger: string): readonly unknown[] {
  const db = openLedgerFile(ledger, { mustExist: true });
  try {
    return verifyDeciding(db, ledgerForm);
  } finally {
    db.close();
  }
}

function faultOf(dir: string): string | null {
  const office = openOffice(dir, testEnv(clock));
  const { fault } = office;
  office.close();
  return fault;
}

describe('D2 状态不经核对不作数', () => {
  test('每张状态表要么打开时与账本核对，要么列明由完整校验核对', () => {
    expect([...deciding, ...large].sort()).toEqual(stateTableNames(ledgerForm).sort());
  });

  test.each(deciding)('关闭期间在 %s 添一行、改动任何一格、删去一行：打开时发现；改回后照常', (table) => {
    const { dir, ledger } = officeWith(table);
    const columns = columnsOf(ledger, table);
    const forged = columns.map(({ type }) => (type === 'INTEGER' ? 99_999n : type === 'BLOB' ? Buffer.from('x') : '"伪"'));
    withTool(ledger, (tool) => { tool.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`).run(...forged); });
    expect(faultOf(dir)).not.toBeNull();
    withTool(ledger, (tool) => { tool.exec(`DELETE FROM ${table} WHERE rowid = (SELECT max(rowid) FROM ${table})`); });
    expect(faultOf(dir)).toBeNull();
    for (const { name, type } of columns.filter((column) => column.pk === 0)) {
      let before: unknown = null;
      withTool(ledger, (tool) => {
        tool.defaultSafeIntegers(true);
        before = tool.prepare(`SELECT ${name} FROM ${table} ORDER BY rowid LIMIT 1`).pluck().get();
        const other = type === 'INTEGER' ? (typeof before === 'bigint' ? before + 1n : 1n) : typeof before === 'string' ? `${before} ` : 'x';
        tool.prepare(`UPDATE ${table} SET ${name} = ? WHERE rowid = (SELECT min(rowid) FROM ${table})`).run(other);
      });
      expect(decidingFaults(ledger), `${table}.${name}`).not.toEqual([]);
      withTool(ledger, (tool) => { tool.prepare(`UPDATE ${table} SET ${name} = ? WHERE rowid = (SELECT min(rowid) FROM ${table})`).run(before); });
    }
    expect(faultOf(dir)).toBeNull();
    withTool(ledger, (tool) => { tool.exec(`DELETE FROM ${table} WHERE rowid = (SELECT max(rowid) FROM ${table})`); });
    expect(faultOf(dir)).not.toBeNull();
  });

  test('关闭期间换上自己知道的口令摘要，或给没有口令的人添一个：打开时发现，办不了事', async () => {
    const dir = join(temporaryFolder(), 'office');
    const { office } = await realOffice('tax', dir, 5);
    const ledger = office.folders.ledger;
    office.close();
    expect(faultOf(dir)).toBeNull();
    const raw = new BetterSqlite3(ledger);
    raw.exec("UPDATE operator_secret SET password = (SELECT password FROM operator_secret WHERE username = 'jingban') WHERE username = 'shenpi'");
    raw.close();
    expect(faultOf(dir)).toContain('操作员 shenpi 的口令摘要与账本记载不符');
    const again = openOffice(dir, testEnv(clock));
    expect(await again.call('administration.setPassword', { username: 'shenpi', password: passwordOf('jingban') }, 'shenpi')).toMatchObject({ ok: false, error: { code: 'LEDGER_READ_ONLY' } });
    again.close();
  });
});
