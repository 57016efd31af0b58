/** D5: the ordinary faults of files, verb by verb: a Chinese refusal, never a fault of the program, and nothing is changed. Modes are not asked: the tests run as root. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readEntryAt, journalFor, readHead } from '../../../electron/journal/index.ts';
import { foundOffice } from '../../../electron/office/found-office.ts';
import { ledgerForm } from '../../../electron/office/joined.ts';
import { openOffice } from '../../../electron/office/office.ts';
import { actRefused } from '../../../electron/administration/index.ts';
import { openLedgerFile } from '../../../electron/platform/database.ts';
import { logFault } from '../../../electron/platform/log.ts';
import { readBoundedFile } from '../../../electron/platform/text-file.ts';
import { seededRandom } from '../../../electron/platform/hash.ts';
import { Refusal } from '../../../shared/kernel/errors.ts';
import { instantOf } from '../../../shared/kernel/civil-date.ts';
import { practiceOffice, temporaryFolder, testClock, testEnv } from '../../support/practice.ts';

const clock = testClock('2022-04-11T09:00');

async function closedOffice(): Promise<string> {
  const dir = join(temporaryFolder(), 'tax');
  (await practiceOffice('tax', clock, dir)).close();
  return dir;
}

function codeOf(act: () => unknown): string {
  try {
    act();
    return 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('D5 打开单位', () => {
  const faults: readonly (readonly [said: string, spoil: (dir: string) => string, code: string])[] = [
    ...(['log', 'outbox', 'spool', 'quarantine'] as const).map((name): readonly [string, (dir: string) => string, string] => [`${name} 的位置是一个文件`, (dir) => {
      rmSync(join(dir, name), { recursive: true });
      writeFileSync(join(dir, name), '');
      return dir;
    }, 'FOLDER_UNUSABLE']),
    ['账本的位置是一个文件夹', (dir) => {
      rmSync(join(dir, 'ledger.db'));
      mkdirSync(join(dir, 'ledger.db'));
      return dir;
    }, 'LEDGER_NOT_OPENED'],
    ['数据目录是一个文件', (dir) => join(dir, 'ledger.db'), 'NOT_AN_OFFICE'],
    ['路径名过长', (dir) => join(dir, '长'.repeat(200)), 'NOT_AN_OFFICE'],
    ['路径里有 NUL', (dir) => `${dir}\0`, 'NOT_AN_OFFICE'],
  ];
  test.each(faults)('%s：拒绝，说明原因', async (_said, spoil, code) => {
    const dir = spoil(await closedOffice());
    expect(codeOf(() => { openOffice(dir, testEnv(clock)).close(); })).toBe(code);
    // The refused attempt holds nothing: the next one is refused for the same reason, not because the ledger is in use.
    expect(codeOf(() => { openOffice(dir, testEnv(clock)).close(); })).toBe(code);
  });
});

test.each([
  ['是一个文件', (folder: string) => join(folder, 'file'), 'FOLDER_UNUSABLE'],
  ['在一个文件之下', (folder: string) => join(folder, 'file', 'tax'), 'FOLDER_UNUSABLE'],
  ['名过长', (folder: string) => join(folder, '长'.repeat(200)), 'FOLDER_UNUSABLE'],
  ['里有 NUL', (folder: string) => join(folder, 'a\0b'), 'FOLDER_UNUSABLE'],
] as const)('D5 建立单位的目录%s：拒绝，什么也没有留下', async (_said, dir, code) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  const made = foundOffice(dir(folder), { agency: 'tax', county: '211382', name: '凌源市税务局', practice: true }, testEnv(clock));
  await expect(made).rejects.toMatchObject({ code });
  expect(readdirSync(folder)).toEqual(['file']);
});

test('D5 读入的文件名过长或含 NUL：答找不到文件', () => {
  const folder = temporaryFolder();
  for (const name of ['长'.repeat(200), 'a\0b']) expect(readBoundedFile(join(folder, name), 1000)).toEqual({ kind: 'refused', reason: 'missing' });
});

test('D5 运行日志写不进去：照样不出错', () => {
  const file = join(temporaryFolder(), 'log');
  writeFileSync(file, '');
  for (const folder of [file, '/proc/liudi', 'a\0b']) {
    expect(() => { logFault(folder, 'REF', instantOf(clock.now), new Error('故障')); }).not.toThrow();
  }
});

test('D3 正常关闭时标记已核对到哪里：下一次打开不必从头走', async () => {
  const dir = await closedOffice();
  const db = openLedgerFile(join(dir, 'ledger.db'), { mustExist: true });
  db.exec('BEGIN');
  const journal = journalFor({ db, kinds: ledgerForm.kinds, at: instantOf(clock.now), maker: 'handler', random: seededRandom('many') });
  for (let no = 1; no <= 2500; no += 1) journal.append(actRefused, { key: `many/${String(no)}`, subject: 'handler', facts: { operation: 'x', code: 'DUTY_NOT_HELD' } });
  db.exec('COMMIT');
  db.close();
  openOffice(dir, testEnv(clock)).close();
  const closed = openLedgerFile(join(dir, 'ledger.db'), { mustExist: true });
  const head = readHead(closed);
  expect(closed.prepare('SELECT seq, entry_hash AS hash FROM checkpoint ORDER BY seq DESC LIMIT 1').get()).toEqual({ seq: BigInt(head.seq), hash: readEntryAt(closed, head.seq)?.entryHash });
  closed.close();
  const again = openOffice(dir, testEnv(clock));
  expect(again.verify('deep').faults).toEqual([]);
  again.close();
});
