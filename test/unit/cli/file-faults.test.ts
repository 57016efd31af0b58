/**
 * D5 The ordinary faults of files × the verbs that meet them: each a Chinese sentence and exit 1, nothing half made. A ledger that cannot be written is looked at
 * and verified; the local disk is not the stick. Run as somebody for whom modes count.
 */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { tmpdir } from 'node:os';
import { DriveFault, readFromDrive, writeToDrive } from '../../../electron/platform/drive.ts';
import { onDrive } from '../../../electron/exchange/drive-refusal.ts';
import { patiently, patientlyOpened } from '../../../electron/platform/patience.ts';
import { errorMessage } from '../../../shared/error-table.ts';
import { giveToClerk, liudi, liudiAsClerk, type CommandResult } from '../../support/command-line.ts';
import { foreignLetters } from '../../support/foreign-letters.ts';
import { completeText } from '../../support/roster-rows.ts';
import { temporaryFolder } from '../../support/practice.ts';

let folder: string;
let office: string;
const at = (...names: readonly string[]): string => join(folder, ...names);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'liudi-faults-'));
  office = at('tax');
  expect(liudi(['office', 'init', office, '--agency', 'tax', '--county', '211382', '--name', '凌源市税务局', '--unattended']).exit).toBe(0);
  writeFileSync(at('roster.csv'), completeText({}));
  writeFileSync(at('unreadable.csv'), completeText({}));
  writeFileSync(at('文件'), '');
  mkdirSync(at('写保护'));
  expect(liudi(['roster', 'import', at('roster.csv'), '--period', '2022-04', '--office', office, '--as', 'handler']).exit).toBe(0);
  giveToClerk(folder);
  chmodSync(at('unreadable.csv'), 0o000);
  chmodSync(at('写保护'), 0o555);
});
afterAll(() => {
  chmodSync(at('写保护'), 0o755);
  rmSync(folder, { recursive: true, force: true });
});

/** What a clerk is told, without paths, which are names. */
function saidOf({ stderr }: CommandResult): string {
  return stderr.split('\n').filter((line) => /[\u4e00-\u9fff]/.test(line) && !/命令是|例如|用法/.test(line)).join('').replaceAll(/[“"]?\/[^\s”"，]+[”"]?/g, '');
}

const long = `${'长'.repeat(120)}.csv`;
/** How each verb is given a place to write to. */
const writers: readonly (readonly [verb: string, words: (target: string) => readonly string[]])[] = [
  ['office init', (target) => ['office', 'init', target, '--agency', 'tax', '--county', '211382', '--name', '凌源市税务局', '--unattended']],
  ['demo', (target) => ['demo', '--out', target, '--enterprises', '3', '--months', '1', '--no-pdf']],
  ['backup', (target) => ['backup', target, '--office', office, '--as', 'system']],
  ['roster export', (target) => ['roster', 'export', target, '--period', '2022-04', '--office', office, '--as', 'handler']],
  ['roster template', (target) => ['roster', 'template', target]],
  ['report', (target) => ['report', 'separation', '--format', 'html', '--out', target, '--office', office, '--as', 'handler']],
  ['evaluate', (target) => ['evaluate', at('roster.csv'), '--period', '2022-04', '--out', target]],
  ['package export', (target) => ['package', 'export', 'ENTERPRISE_LIST', '--to', 'finance', '--period', '2022-04', '--out', target, '--office', office, '--as', 'handler']],
];
const places: readonly (readonly [said: string, target: () => string])[] = [
  ['写保护的文件夹里', () => at('写保护', '输出.csv')],
  ['一个文件之下', () => at('文件', '输出.csv')],
  ['过长的名称', () => at(long)],
];

describe('D5 写到不能写的地方：一句中文，退出码 1，不留半成品', () => {
  test.each(writers.flatMap(([verb, words]) => places.map(([said, target]) => [verb, said, words, target] as const)))('%s 写到%s', (_verb, _said, words, target) => {
    const before = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('tax')).sort();
    const done = liudiAsClerk(words(target()));
    expect([done.exit, done.stdout]).toEqual([1, '']);
    expect(saidOf(done)).toMatch(/[\u4e00-\u9fff]/);
    expect(foreignLetters(saidOf(done))).toEqual([]);
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('tax')).sort()).toEqual(before);
  });
});

/** How each verb is given a file to read. */
const readers: readonly (readonly [verb: string, words: (file: string) => readonly string[]])[] = [
  ['evaluate', (file) => ['evaluate', file, '--period', '2022-04']],
  ['roster import', (file) => ['roster', 'import', file, '--period', '2022-04', '--office', office, '--as', 'handler']],
  ['package import', (file) => ['package', 'import', file, '--office', office, '--as', 'handler']],
  ['package inspect', (file) => ['package', 'inspect', file, '--office', office, '--as', 'handler']],
  ['key trust', (file) => ['key', 'trust', file, '--fingerprint', '0'.repeat(32), '--office', office, '--as', 'security']],
  ['restore', (file) => ['restore', file, at('restored')]],
  ['reconcile', (file) => ['reconcile', '--period', '2022-04', '--tax', file, '--treasury', file, '--finance', file, '--out', at('out')]],
  ['risk', (file) => ['risk', file, '--period', '2022-04', '--out', at('out')]],
  ['forecast', (file) => ['forecast', '--as-of', '2022-04-11', '--survey', file, '--paid', file, '--cash', file, '--out', at('out')]],
  ['sample', (file) => ['sample', '--population', file, '--seed', '1', '--size', '1', '--out', at('out')]],
];
const sources: readonly (readonly [said: string, file: () => string])[] = [
  ['没有读取权限的文件', () => at('unreadable.csv')], ['一个文件夹', () => at('写保护')], ['没有的文件', () => at('没有.csv')], ['名称过长的文件', () => at(long)], ['一个文件之下的文件', () => at('文件', '甲.csv')],
];

describe('D5 读不能读的文件：一句中文，退出码 1，什么也没有写出', () => {
  test.each(readers.flatMap(([verb, words]) => sources.map(([said, file]) => [verb, said, words, file] as const)))('%s 读%s', (_verb, _said, words, file) => {
    const done = liudiAsClerk(words(file()));
    expect([done.exit, done.stdout]).toEqual([1, '']);
    expect(foreignLetters(saidOf(done))).toEqual([]);
    expect(readdirSync(folder).filter((name) => name === 'out' || name === 'restored')).toEqual([]);
  });
});

describe('D5 不能写的账本', () => {
  const bytes = (): Buffer => readFileSync(join(office, 'ledger.db'));

  test.each([['文件是只读的', 0o444, 0o755], ['文件夹是只读的', 0o644, 0o555], ['都是只读的', 0o444, 0o555]] as const)('%s：可以看、可以校验，不能办理，账本不变', (_said, file, dir) => {
    const before = bytes();
    chmodSync(join(office, 'ledger.db'), file);
    chmodSync(office, dir);
    try {
      const status = liudiAsClerk(['office', 'status', '--office', office]);
      expect([status.exit, status.stdout]).toEqual([0, expect.stringContaining('账本只读：账本文件或它所在的磁盘不能写入')]);
      for (const words of [['ledger', 'verify'], ['ledger', 'verify', '--deep']]) {
        expect(liudiAsClerk([...words, '--office', office])).toMatchObject({ exit: 0, stdout: expect.stringContaining('账本校验通过') as string });
      }
      const shown = liudiAsClerk(['operation', 'roster.list', '{"period":"2022-04"}', '--office', office, '--as', 'handler']);
      expect([shown.exit, JSON.parse(shown.stdout)]).toEqual([0, expect.objectContaining({ count: 1 })]);
      const act = liudiAsClerk(['assess', '--period', '2022-04', '--office', office, '--as', 'handler']);
      expect([act.exit, saidOf(act)]).toEqual([1, expect.stringContaining('账本文件或它所在的磁盘不能写入，只能查看和校验，本次操作未入账')]);
      expect(bytes()).toEqual(before);
    } finally {
      chmodSync(office, 0o755);
      chmodSync(join(office, 'ledger.db'), 0o644);
    }
    expect(liudiAsClerk(['assess', '--period', '2022-04', '--office', office, '--as', 'handler']).exit).toBe(0);
  });

  test('不能读的账本：拒绝，说明原因', () => {
    chmodSync(join(office, 'ledger.db'), 0o000);
    const done = liudiAsClerk(['office', 'status', '--office', office]);
    chmodSync(join(office, 'ledger.db'), 0o644);
    expect([done.exit, saidOf(done)]).toEqual([1, expect.stringContaining('不能打开')]);
  });
});

describe('D5 本机磁盘不是 U 盘，别的程序占用一会儿就再试', () => {
  const failing = (code: string): never => { throw Object.assign(new Error(code), { code, syscall: 'write' }); };
  const nodeCalls = async () => {
    const fs = await import('node:fs');
    return {
      lstatSync: fs.lstatSync, openSync: fs.openSync, readSync: (fd: number, buffer: Uint8Array) => fs.readSync(fd, buffer, 0, buffer.length, null),
      writeSync: (fd: number, part: Uint8Array) => fs.writeSync(fd, part), fsyncSync: fs.fsyncSync, renameSync: fs.renameSync,
    };
  };

  test('暂存目录所在的磁盘满了：说磁盘空间不足，不说 U 盘', async () => {
    const [stick, spool] = [temporaryFolder(), temporaryFolder()];
    copyFileSync(at('roster.csv'), join(stick, 'x.kxp'));
    const calls = { ...await nodeCalls(), spoolSync: () => failing('ENOSPC') };
    const found = onDrive(1000, () => readFromDrive(join(stick, 'x.kxp'), { bytesMax: 1_000_000, spool }, calls));
    expect(found).toEqual({ ok: false, code: 'DISK_FULL', params: {} });
    expect(errorMessage('DISK_FULL')).not.toMatch(/U ?盘/);
    expect(onDrive(1000, () => readFromDrive(join(stick, 'x.kxp'), { bytesMax: 1_000_000, spool: join(spool, '没有') }))).toMatchObject({ ok: false, code: 'FOLDER_UNUSABLE' });
    expect(readdirSync(spool)).toEqual([]);
  });

  test('交换包改名时被占用：再试，成功', async () => {
    const stick = temporaryFolder();
    const calls = await nodeCalls();
    let held = 2;
    writeToDrive(stick, 'x.kxp', new Uint8Array([1, 2]), { ...calls, renameSync: (from, to) => { if (held-- > 0) failing('EPERM'); calls.renameSync(from, to); } });
    expect(readdirSync(stick)).toEqual(['x.kxp']);
    expect(() => { writeToDrive(stick, 'y.kxp', new Uint8Array([1]), { ...calls, renameSync: () => failing('EIO') }); }).toThrow(DriveFault);
  });

  test('账本打开时被占用：再试；一直打不开或本来不能写的，照原样拒绝', () => {
    const paused: number[] = [];
    let held = 3;
    const busy = (): string => (held-- > 0 ? failing('SQLITE_CANTOPEN') : '已打开');
    expect(patientlyOpened(busy, () => true, (ms) => { paused.push(ms); })).toBe('已打开');
    expect(paused).toHaveLength(3);
    expect(() => patientlyOpened(() => failing('SQLITE_CANTOPEN'), () => false, (ms) => { paused.push(ms); })).toThrow('SQLITE_CANTOPEN');
    expect(() => patientlyOpened(() => failing('SQLITE_CANTOPEN'), () => true, () => undefined)).toThrow('SQLITE_CANTOPEN');
    expect(() => patiently(() => failing('EPERM'), () => undefined)).toThrow('EPERM');
    expect(paused).toHaveLength(3);
  });
});
