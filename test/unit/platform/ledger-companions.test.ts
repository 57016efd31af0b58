/**
 * D1: whatever lies beside a ledger under SQLite's names, looking destroys nothing. Companions of many makes are laid beside closed, killed and exchanged
 * ledgers and the office is opened: not one byte of the ledger changes before a copy stands, and no sentence claims otherwise.
 */
import { copyFileSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foundOffice } from '../../../electron/office/found-office.ts';
import { openOffice } from '../../../electron/office/office.ts';
import { openLedgerFile } from '../../../electron/platform/database.ts';
import { seededRandom, sha256Hex } from '../../../electron/platform/hash.ts';
import { errorMessage } from '../../../shared/error-table.ts';
import { Refusal } from '../../../shared/kernel/errors.ts';
import { done, temporaryFolder, testClock, testEnv } from '../../support/practice.ts';

const clock = testClock('2022-04-11T09:00');
const names = ['-journal', '-wal', '-shm'] as const;
const makes = ['旧而真实', '别家的', '截短的', '文件夹', '链接', '文本'] as const;
/** A journal whose first sector is no header is what a power cut leaves of one that was never finished. */
const unfinished = (name: string, make: string): boolean => name === '-journal' && make === '文本';
const ledgers = ['正常关闭', '中断', '调换'] as const;
type Name = (typeof names)[number];
type Make = (typeof makes)[number];
type LedgerState = (typeof ledgers)[number];

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liudi-companions-'));
  await founded('office', '凌源市税务局');
  await founded('another', '凌源市国家税务局');
  copyFileSync(at('another/ledger.db'), at('twin.db'));
  const other = openOffice(at('another'), testEnv(clock, 'another'));
  for (let no = 1; no <= 12; no += 1) await done(other, 'administration.addOperator', { username: `zhou${String(no)}`, name: '周经办' }, 'system');
  other.close();
  const ledger = at('office/ledger.db');
  // A session is cut off: its journal is genuine, and old as soon as the ledger goes on.
  cutOff(ledger, at('early.db'), at('old-journal'));
  for (const username of ['sun', 'qian']) {
    const office = openOffice(at('office'), testEnv(clock, username));
    await done(office, 'administration.addOperator', { username, name: '新来的人' }, 'system');
    office.close();
  }
  copyFileSync(ledger, at('closed.db'));
  cutOff(ledger, at('killed.db'), at('hot-journal'));
  const foreign = new BetterSqlite3(at('foreign.db'));
  foreign.exec("CREATE TABLE note (x); INSERT INTO note SELECT randomblob(9000) FROM json_each('[1,2,3,4,5,6,7,8,9]'); PRAGMA cache_size=5; BEGIN; UPDATE note SET x = randomblob(9000)");
  copyFileSync(at('foreign.db-journal'), at('foreign-journal'));
  foreign.close();
  for (const [name, from] of [['old-wal', ledger], ['foreign-wal', at('foreign.db')]] as const) {
    copyFileSync(from, at('wal.db'));
    const wal = new BetterSqlite3(at('wal.db'));
    wal.exec('PRAGMA journal_mode=WAL; CREATE TABLE later (x); INSERT INTO later VALUES (1)');
    copyFileSync(at('wal.db-wal'), at(name));
    copyFileSync(at('wal.db-shm'), at(name.replace('wal', 'shm')));
    wal.close();
  }
});

afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

async function founded(dir: string, name: string): Promise<void> {
  (await foundOffice(at(dir), { agency: 'tax', county: '211382', name, practice: true }, testEnv(clock, name))).close();
}

/** An act that is cut off in the middle, its pages half in the ledger: both files are copied as a power cut leaves them. */
function cutOff(ledger: string, image: string, journal: string): void {
  const db = openLedgerFile(ledger, { mustExist: true });
  const random = seededRandom(basename(image));
  db.exec('PRAGMA cache_size=5; BEGIN IMMEDIATE');
  db.exec("UPDATE operator SET name = name || '一'");
  for (let row = 0; row < 60; row += 1) {
    const bytes = random(9000);
    db.prepare('INSERT INTO blob (hash, bytes) VALUES (@hash, @bytes)').run({ hash: sha256Hex(bytes), bytes });
  }
  copyFileSync(ledger, image);
  copyFileSync(`${ledger}-journal`, journal);
  db.exec('ROLLBACK');
  db.close();
}

/** A data directory with a ledger in one of the states; a killed one has its own hot journal. */
function laid(state: LedgerState): string {
  const dir = join(temporaryFolder(), 'office');
  mkdirSync(dir);
  const ledger = join(dir, 'ledger.db');
  copyFileSync(state === '调换' ? at('another/ledger.db') : at(state === '中断' ? 'killed.db' : 'closed.db'), ledger);
  if (state === '中断') copyFileSync(at('hot-journal'), `${ledger}-journal`);
  return dir;
}

function layBeside(path: string, name: Name, make: Make): void {
  rmSync(path, { force: true });
  const kind = name.slice(1);
  if (make === '旧而真实') copyFileSync(at(`old-${kind}`), path);
  else if (make === '别家的') copyFileSync(at(`foreign-${kind}`), path);
  else if (make === '截短的') writeFileSync(path, readFileSync(at(name === '-journal' ? 'hot-journal' : `old-${kind}`)).subarray(0, 6000));
  else if (make === '文件夹') mkdirSync(path);
  else if (make === '链接') symlinkSync(at(name === '-journal' ? 'hot-journal' : `old-${kind}`), path);
  else writeFileSync(path, '不是数据库的文件\n'.repeat(900));
}

/** Opens and closes. @returns the refusal, or null */
function opened(dir: string): Refusal | null {
  try {
    const office = openOffice(dir, testEnv(clock));
    const { fault } = office;
    office.close();
    expect(fault).toBeNull();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** Copies of this very content under the office's evidence. */
function evidenceOf(dir: string, file: string, bytes: Buffer): number {
  const kept = join(dir, 'evidence');
  if (!existsSync(kept)) return 0;
  return readdirSync(kept).filter((name) => existsSync(join(kept, name, file)) && readFileSync(join(kept, name, file)).equals(bytes)).length;
}

describe('D1 账本旁边不属于它的文件', () => {
  const cases = ledgers.flatMap((state) => names.flatMap((name) => makes.filter((make) => !unfinished(name, make)).map((make) => [state, make, name] as const)));

  test.each(cases)('%s的账本旁有%s的 %s：不打开、不改动，先存证据', (state, make, name) => {
    const dir = laid(state);
    const ledger = join(dir, 'ledger.db');
    const beside = `${ledger}${name}`;
    layBeside(beside, name, make);
    const before = readFileSync(ledger);
    const isFile = lstatSync(beside).isFile();
    const companion = isFile ? readFileSync(beside) : null;
    const refusal = opened(dir);
    expect(refusal).toMatchObject({ code: 'COMPANION_FOREIGN', params: { file: basename(beside) } });
    expect(readFileSync(ledger).equals(before)).toBe(true);
    expect(evidenceOf(dir, 'ledger.db', before)).toBe(1);
    if (companion !== null) {
      expect(readFileSync(beside).equals(companion)).toBe(true);
      expect(evidenceOf(dir, basename(beside), companion)).toBe(1);
    }
    // Looking again keeps no second copy.
    expect(opened(dir)).toMatchObject({ code: 'COMPANION_FOREIGN' });
    expect(evidenceOf(dir, 'ledger.db', before)).toBe(1);
    expect(errorMessage('COMPANION_FOREIGN', refusal?.params ?? {})).toContain('未改动；账本和它已原样另存到');
  });

  test('中断时留下的日志自己撤销，撤销前先留一份副本，此后照常打开', () => {
    const dir = laid('中断');
    const ledger = join(dir, 'ledger.db');
    const before = readFileSync(ledger);
    expect(opened(dir)).toBeNull();
    expect(readFileSync(ledger).equals(readFileSync(at('closed.db')))).toBe(true);
    expect(evidenceOf(dir, 'ledger.db', before)).toBe(1);
    expect(evidenceOf(dir, 'ledger.db-journal', readFileSync(at('hot-journal')))).toBe(1);
  });

  test('每次中断只留最近一份副本', () => {
    const dir = laid('中断');
    expect(opened(dir)).toBeNull();
    cutOff(join(dir, 'ledger.db'), at('again.db'), at('again-journal'));
    copyFileSync(at('again.db'), join(dir, 'ledger.db'));
    copyFileSync(at('again-journal'), join(dir, 'ledger.db-journal'));
    expect(opened(dir)).toBeNull();
    expect(readdirSync(join(dir, 'evidence')).filter((name) => name.startsWith('recovered-'))).toHaveLength(1);
  });

  test('正常关闭的账本旁放回同一次打开时的日志：账本没有要撤销的操作，不撤销', () => {
    const dir = laid('中断');
    const ledger = join(dir, 'ledger.db');
    expect(opened(dir)).toBeNull();
    const db = openLedgerFile(ledger, { mustExist: true });
    db.exec("PRAGMA cache_size=5; BEGIN IMMEDIATE; UPDATE operator SET name = name || '二'");
    for (let row = 0; row < 60; row += 1) {
      const bytes = seededRandom(String(row))(9000);
      db.prepare('INSERT INTO blob (hash, bytes) VALUES (@hash, @bytes)').run({ hash: sha256Hex(bytes), bytes });
    }
    const journal = readFileSync(`${ledger}-journal`);
    db.exec('COMMIT');
    db.close();
    openOffice(dir, testEnv(clock)).close();
    const before = readFileSync(ledger);
    writeFileSync(`${ledger}-journal`, journal);
    expect(opened(dir)).toMatchObject({ code: 'COMPANION_FOREIGN', params: { why: '账本是正常关闭的，没有要撤销的操作' } });
    expect(readFileSync(ledger).equals(before)).toBe(true);
  });

  test.each([['调换后的账本', '调换'], ['正常关闭的账本', '正常关闭']] as const)('%s旁有被中断的账本的日志：不用它改写', (_name, state) => {
    const dir = laid(state);
    const ledger = join(dir, 'ledger.db');
    copyFileSync(at('hot-journal'), `${ledger}-journal`);
    const before = readFileSync(ledger);
    const refusal = opened(dir);
    // Of a ledger that is byte for byte what the act began from, undoing changes nothing.
    if (state === '正常关闭') expect(refusal).toBeNull();
    else expect(refusal?.code).toMatch(/^(?:COMPANION_FOREIGN|RECOVERY_UNSOUND)$/);
    expect(readFileSync(ledger).equals(before)).toBe(true);
    expect(evidenceOf(dir, 'ledger.db', before)).toBe(1);
  });

  test('另一单位同样大小的账本旁有早先的日志：副本上撤销后通不过校验，不撤销', async () => {
    const dir = laid('正常关闭');
    const ledger = join(dir, 'ledger.db');
    copyFileSync(at('twin.db'), ledger);
    const twin = openOffice(dir, testEnv(clock, 'twin'));
    await done(twin, 'administration.addOperator', { username: 'zhou', name: '周经办' }, 'system');
    twin.close();
    rmSync(`${ledger}-closed`);
    copyFileSync(at('old-journal'), `${ledger}-journal`);
    const before = readFileSync(ledger);
    expect(opened(dir)).toMatchObject({ code: 'RECOVERY_UNSOUND' });
    expect(readFileSync(ledger).equals(before)).toBe(true);
    expect(evidenceOf(dir, 'ledger.db', before)).toBe(1);
  });

  test.each(['正常关闭', '调换'] as const)('%s的账本旁的日志开头不成样子，像断电时没写完的：存一份副本，账本一字节不变，照常打开', (state) => {
    const dir = laid(state);
    const ledger = join(dir, 'ledger.db');
    layBeside(`${ledger}-journal`, '-journal', '文本');
    const [before, text] = [readFileSync(ledger), readFileSync(`${ledger}-journal`)];
    expect(opened(dir)).toBeNull();
    expect(readFileSync(ledger).equals(before)).toBe(true);
    expect(evidenceOf(dir, 'ledger.db-journal', text)).toBe(1);
  });

  test('中断的账本的日志被文本顶替：没有日志就撤销不了，不打开、不改动', () => {
    const dir = laid('中断');
    const ledger = join(dir, 'ledger.db');
    layBeside(`${ledger}-journal`, '-journal', '文本');
    const before = readFileSync(ledger);
    expect(opened(dir)).toMatchObject({ code: 'RECOVERY_UNSOUND' });
    expect(readFileSync(ledger).equals(before)).toBe(true);
  });

  test('不留证据的地方也不打开：旁边的文件与账本都原样', () => {
    const dir = laid('正常关闭');
    writeFileSync(join(dir, 'evidence'), '占位');
    writeFileSync(join(dir, 'ledger.db-wal'), '别的程序的文件');
    const before = readFileSync(join(dir, 'ledger.db'));
    expect(opened(dir)).toMatchObject({ code: 'COMPANION_FOREIGN', params: { kept: expect.stringContaining('未能另存副本') as string } });
    expect(readFileSync(join(dir, 'ledger.db')).equals(before)).toBe(true);
  });
});
