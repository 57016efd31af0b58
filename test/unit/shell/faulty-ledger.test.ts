/**
 * The window before a ledger that failed its verification 校验失败的账本: people get in with their passwords to look and to print, every act is refused with
 * what was found, and the file that is now evidence keeps every byte.
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { sha256Hex } from '../../../electron/platform/hash.ts';
import { temporaryFolder } from '../../support/practice.ts';
import { passwordOf, realOffice } from '../../support/real-office.ts';
import { testSession } from '../../support/shell-session.ts';

/** The newest entry is rewritten by somebody who took the triggers away and put them back. @returns its number */
function tamper(ledger: string): number {
  const db = new Database(ledger);
  const triggers = db.prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal'").all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  const seq = db.prepare<[], number>('SELECT max(seq) FROM journal').pluck().get() ?? 0;
  db.prepare(`UPDATE journal SET body = replace(body, '"at":"20', '"at":"19') WHERE seq = ?`).run(seq);
  for (const { sql } of triggers) db.exec(sql);
  db.close();
  return seq;
}

/** Names and digests of what lies in the data folder beside the spool. */
/** The ledger and what lies beside it; the closing mark is a hint about the moment it was last closed. */
function standing(dir: string): string[] {
  return readdirSync(dir).filter((name) => name.startsWith('ledger') && name !== 'ledger.db-closed').sort().map((name) => `${name} ${sha256Hex(readFileSync(join(dir, name)))}`);
}

test('a fault lets people in to look and print, refuses every act, counts wrong passwords in memory, and leaves every byte of the ledger', async () => {
  const folder = temporaryFolder();
  const dir = join(folder, 'tax');
  mkdirSync(dir);
  const { office } = await realOffice('tax', dir, 6);
  office.close();
  const seq = tamper(join(dir, 'ledger.db'));
  const found = `账本第 ${String(seq)} 条：内容与摘要不符`;
  const before = standing(dir);

  const session = testSession(join(folder, 'recent.json'), true);
  const opened = await session.changed('shell.openOffice', { folder: await session.token(dir) });
  expect(opened.office).toMatchObject({ fault: found, restored: null, identity: { practice: false } });

  for (const wrong of [1, 2, 3, 4]) expect(await session.code('shell.signIn', { username: 'fuhe', password: `不是这个口令 ${String(wrong)}` })).toBe('PASSWORD_WRONG');
  expect(await session.code('shell.signIn', { username: 'fuhe', password: '不是这个口令 5' })).toBe('ACCOUNT_LOCKED');
  expect(await session.code('shell.signIn', { username: 'fuhe', password: passwordOf('fuhe') })).toBe('ACCOUNT_LOCKED');

  const status = await session.changed('shell.signIn', { username: 'anquan', password: passwordOf('anquan') });
  expect(status).toMatchObject({ person: { username: 'anquan', duties: ['security'] }, office: { fault: found } });
  expect((await session.operation('administration.operators', {})).operators.map(({ username }) => username)).toContain('jingban');
  expect((await session.operation('reports.render', { id: 'key-sheet' })).html).toContain('凌源市税务局');
  const verified = await session.operation('administration.verify', { depth: 'deep' });
  expect(verified).toMatchObject({ ok: false, recorded: false });
  expect(verified.faults[0]).toMatchObject({ where: 'entry', seq, message: found });

  const act = await session.invoke('administration.setDuties', { username: 'fuhe', duties: ['approver'] });
  expect(act).toMatchObject({ ok: false, error: { code: 'LEDGER_READ_ONLY' } });
  expect(act.ok ? '' : act.error.message).toMatch(new RegExp(`已转为只读：${found}。本次操作未写入。.*证据`));
  // A refusal that is otherwise noted in the audit stream is not noted here either.
  expect(await session.code('refunds.accept', { all: { state: 'applied' } })).toMatch(/^(?:LEDGER_READ_ONLY|DUTY_NOT_HELD)$/);

  await session.done('shell.signOut', {});
  await session.end();
  expect(session.faults).toEqual([]);
  expect(standing(dir)).toEqual(before);
});
