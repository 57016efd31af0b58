/** D4: one writer of all outputs. What stands is kept, an office's folder takes nothing, and a file is whole or not there, whichever call the disk refuses. */
import { existsSync, linkSync, mkdirSync, openSync, fsyncSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outputFile, OutputFault, writeOutput, type OutputCalls, type WriteFault } from '../../../electron/platform/output-file.ts';
import { patiently } from '../../../electron/platform/patience.ts';
import { done, practiceOffice, refused, temporaryFolder, testClock } from '../../support/practice.ts';

const bytes = new TextEncoder().encode('留抵退税\n'.repeat(1000));
const nodeCalls: OutputCalls = { openSync, writeSync: (file, part, at) => writeSync(file, part, at), fsyncSync, renameSync, linkSync };

function systemFault(code: string): Error {
  return Object.assign(new Error(code), { code, syscall: 'write' });
}

describe('D4 输出文件只有一个写法', () => {
  /** Places under a folder with an office in `tax` and files in `out`. */
  const places: readonly (readonly [said: string, path: (folder: string) => string, replace: boolean, fault: WriteFault | null])[] = [
    ['新文件', (folder) => join(folder, 'out', '新.csv'), false, null],
    ['已有的文件', (folder) => join(folder, 'out', '旧.csv'), false, 'exists'],
    ['已有的文件，同意替换', (folder) => join(folder, 'out', '旧.csv'), true, null],
    ['账本本身，同意替换', (folder) => join(folder, 'tax', 'ledger.db'), true, 'office'],
    ['单位数据目录里的新文件', (folder) => join(folder, 'tax', '测算.jsonl'), false, 'office'],
    ['单位日志目录里的新文件', (folder) => join(folder, 'tax', 'log', '测算.jsonl'), false, 'office'],
    ['经由链接进单位数据目录', (folder) => join(folder, 'shortcut', '测算.jsonl'), false, 'office'],
    ['单位的待发目录', (folder) => join(folder, 'tax', 'outbox', '报表.csv'), false, null],
    ['文件夹', (folder) => join(folder, 'out'), true, 'folder'],
    ['指向账本的链接，同意替换', (folder) => join(folder, 'out', 'link.csv'), true, 'exists'],
    ['没有的文件夹', (folder) => join(folder, 'nowhere', '新.csv'), false, 'missing'],
    ['把文件当文件夹', (folder) => join(folder, 'out', '旧.csv', '新.csv'), false, 'missing'],
    ['名字过长', (folder) => join(folder, 'out', `${'长'.repeat(100)}.csv`), false, 'name'],
    ['名字里有 NUL', (folder) => join(folder, 'out', 'a\0b.csv'), false, 'name'],
  ];

  function laid(): string {
    const folder = temporaryFolder();
    for (const name of ['out', 'tax', 'tax/log', 'tax/outbox']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'tax', 'ledger.db'), 'ledger');
    writeFileSync(join(folder, 'out', '旧.csv'), 'old');
    symlinkSync(join(folder, 'tax'), join(folder, 'shortcut'));
    symlinkSync(join(folder, 'tax', 'ledger.db'), join(folder, 'out', 'link.csv'));
    return folder;
  }

  test.each(places)('%s', (_said, path, replace, fault) => {
    const folder = laid();
    const target = path(folder);
    expect(writeOutput(target, bytes, replace)).toBe(fault);
    if (fault === null) expect(readFileSync(target).equals(bytes)).toBe(true);
    expect(readFileSync(join(folder, 'tax', 'ledger.db'), 'utf8')).toBe('ledger');
    if (fault !== null) expect(readFileSync(join(folder, 'out', '旧.csv'), 'utf8')).toBe('old');
    expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.part'))).toEqual([]);
  });

  const failures = (['openSync', 'writeSync', 'fsyncSync', 'renameSync'] as const).flatMap((call) => (['ENOSPC', 'EIO', 'EROFS', 'EDQUOT'] as const).map((code) => [call, code] as const));
  test.each(failures)('磁盘在 %s 时答 %s：不留半个文件，旧文件原样', (call, code) => {
    const folder = laid();
    const target = join(folder, 'out', '旧.csv');
    const fault = writeOutput(target, bytes, true, { ...nodeCalls, [call]: () => { throw systemFault(code); } });
    expect(fault).toBe({ ENOSPC: 'full', EDQUOT: 'full', EIO: 'device', EROFS: 'denied' }[code]);
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['link.csv', '旧.csv'].sort());
  });

  test('写的时候别人用了这个名字：不覆盖，也没有硬链接的盘上同样', async () => {
    for (const calls of [nodeCalls, { ...nodeCalls, linkSync: () => { throw systemFault('EPERM'); } }]) {
      const target = join(laid(), 'out', '新.csv');
      const sink = outputFile(target, false, calls);
      await sink.write(bytes);
      writeFileSync(target, 'theirs');
      expect(() => { sink.close(); }).toThrow(OutputFault);
      sink.discard();
      expect(readFileSync(target, 'utf8')).toBe('theirs');
    }
  });

  test('杀毒软件占住文件几秒：等一等再试；一直占住才答没有权限', () => {
    let refusals = 3;
    const target = join(laid(), 'out', '旧.csv');
    const held: OutputCalls = { ...nodeCalls, renameSync: (from, to) => { if (refusals-- > 0) throw systemFault('EPERM'); renameSync(from, to); } };
    expect(writeOutput(target, bytes, true, held)).toBeNull();
    const pauses: number[] = [];
    expect(() => { patiently(() => { throw systemFault('EBUSY'); }, (ms) => { pauses.push(ms); }); }).toThrow('EBUSY');
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(2000);
    expect(() => { patiently(() => { throw systemFault('ENOSPC'); }, () => { throw new Error('asked again'); }); }).toThrow('ENOSPC');
  });

  test('备份不写进单位的数据目录，也不顶替账本', async () => {
    const office = await practiceOffice('tax', testClock('2022-04-11T09:00'));
    const { ledger, root } = office.folders;
    for (const file of [join(root, 'backup.age'), ledger]) expect(await refused(office, 'administration.backup', { file }, 'system')).toMatchObject({ code: 'BACKUP_NOT_WRITTEN' });
    expect(existsSync(join(root, 'backup.age'))).toBe(false);
    expect(await done(office, 'administration.status', {}, 'handler')).toMatchObject({ lastBackupAt: null });
  });
});
