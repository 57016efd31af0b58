/** Files a person pointed at: tokens that cannot be guessed or reused, names that harm no file system, folders fit for a ledger, recent offices. */
import fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileTokenSchema } from '../../../shared/shell/contract.ts';
import { instantOf } from '../../../shared/kernel/civil-date.ts';
import { folderEntries, folderName, folderState, unsuitableFolder } from '../../../electron/platform/data-folder.ts';
import { seededRandom } from '../../../electron/platform/hash.ts';
import { recentOffices } from '../../../electron/platform/recent-offices.ts';
import { harmlessFileName, withEnding } from '../../../electron/shell/file-name.ts';
import { fileTokens } from '../../../electron/shell/file-tokens.ts';
import { temporaryFolder } from '../../support/practice.ts';

describe('file tokens', () => {
  const tokens = fileTokens(seededRandom('tokens'));
  const roster = tokens.issue('/data/名册.csv');

  test('a token is a word of chance, the same for the same path', () => {
    expect(fileTokenSchema.safeParse(roster).success).toBe(true);
    expect(tokens.issue('/data/名册.csv')).toBe(roster);
    expect(tokens.issue('/data/other.csv')).not.toBe(roster);
  });

  test('a call may open what its input names, at any depth, and nothing else', () => {
    expect(tokens.named({ period: '2022-04', files: [{ file: roster }] })).toEqual({ [roster]: '/data/名册.csv' });
    expect(tokens.named({ file: '/data/名册.csv' })).toEqual({});
    expect(tokens.named({ file: `file-${'0'.repeat(32)}` })).toEqual({});
  });

  test('a token of another window is unknown', () => {
    expect(fileTokens(seededRandom('other')).pathOf(roster)).toBeNull();
  });

  test('only a path that a save dialog asked about may be replaced, and only until signing out', () => {
    const own = fileTokens(seededRandom('replace'));
    const opened = own.issue('/data/a.xlsx');
    expect(own.mayReplace(opened)).toBe(false);
    expect(own.mayReplace(own.issue('/data/b.xlsx', true))).toBe(true);
    expect(own.issue('/data/a.xlsx', true)).toBe(opened);
    expect(own.mayReplace(opened)).toBe(true);
    expect(own.mayReplace(own.issue('/data/a.xlsx'))).toBe(true); // seen in a folder listing, nobody was asked anything
    expect(own.mayReplace(own.issue('/data/a.xlsx', false))).toBe(false);
    expect(own.mayReplace(own.issue('/data/a.xlsx', true))).toBe(true);
    own.forget();
    expect(own.mayReplace(opened)).toBe(false);
  });

  test('after signing out every token is unknown', () => {
    const own = fileTokens(seededRandom('own'));
    const token = own.issue('/data/x.csv');
    own.forget();
    expect(own.pathOf(token)).toBeNull();
  });
});

describe('a proposed file name is made harmless', () => {
  test.each([
    ['2022年4月-留抵退税台账-凌源市税务局.xlsx', 'xlsx', '2022年4月-留抵退税台账-凌源市税务局.xlsx'],
    ['对账单', 'pdf', '对账单.pdf'],
    ['../../etc/passwd', 'pdf', 'etc-passwd.pdf'],
    ['..\\..\\autorun', 'csv', 'autorun.csv'],
    ['C:\\Windows\\win', 'csv', 'C-Windows-win.csv'],
    ['a\u0000b\nc', 'csv', 'a-b-c.csv'],
    ['con', 'csv', '文件-con.csv'],
    ['LPT1.txt', 'csv', '文件-LPT1.txt.csv'],
    ['   ...', 'csv', '未命名.csv'],
    ['名册.CSV', 'csv', '名册.csv'],
    ['字'.repeat(300), 'csv', `${'字'.repeat(100)}.csv`],
    ['<img src=x onerror=alert(1)>', 'html', 'img src-x onerror-alert(1).html'],
  ])('%j', (proposed, ending, expected) => {
    expect(harmlessFileName(proposed, ending)).toBe(expected);
  });

  test('whatever is proposed, the name is one plain file of its kind', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (proposed) => {
      const name = harmlessFileName(proposed, 'pdf');
      expect(name).toMatch(/^[^\\/:*?"<>|\p{Cc}]{1,100}\.pdf$/u);
      expect(name).not.toMatch(/^\./);
      expect(name.isWellFormed()).toBe(true);
    }), { numRuns: 2000 });
  });

  test.each([['a.pdf', 'a.pdf'], ['a.PDF', 'a.PDF'], ['a', 'a.pdf'], ['a.pdf.exe', 'a.pdf.exe.pdf']])('the chosen path %s keeps or gets the ending', (path, expected) => {
    expect(withEnding(path, ['pdf'])).toBe(expected);
  });
});

describe('folders', () => {
  test('what stands in a folder decides what may be done with it', () => {
    const folder = temporaryFolder();
    expect(folderState(folder)).toBe('empty');
    expect(folderState(join(folder, 'missing'))).toBe('empty');
    writeFileSync(join(folder, 'notes.txt'), '');
    expect(folderState(folder)).toBe('other');
    writeFileSync(join(folder, 'ledger.db'), '');
    expect(folderState(folder)).toBe('office');
    expect(folderName(join(folder, '税务局'))).toBe('税务局');
  });

  test('a ledger may not lie where others copy it or locks mean nothing', () => {
    const folder = temporaryFolder();
    expect(unsuitableFolder(join(folder, '税务局账本'))).toBeNull();
    expect(unsuitableFolder(join(folder, 'OneDrive', '账本'))).toBe('在网盘同步目录中');
    expect(unsuitableFolder(join(folder, 'OneDrive - 凌源市', '账本'))).toBe('在网盘同步目录中');
    expect(unsuitableFolder(join(folder, '坚果云', '账本'))).toBe('在网盘同步目录中');
    expect(unsuitableFolder(join(folder, 'onedrives'))).toBeNull();
  });

  test('a listing names regular files only, and a folder that is gone is no listing', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.kxp'), 'abc');
    mkdirSync(join(folder, 'b.kxp'));
    expect(folderEntries(folder)?.map(({ name, bytes }) => [name, bytes])).toEqual([['a.kxp', 3]]);
    expect(folderEntries(join(folder, 'missing'))).toBeNull();
  });
});

describe('recent offices', () => {
  const identity = { agency: 'tax', county: '211382', name: '凌源市税务局', practice: true, openedAt: instantOf(0) } as const;

  test('the newest stands first, each folder once, and a damaged list is an empty one', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'recent.json');
    const recent = recentOffices(file);
    expect(recent.list()).toEqual([]);
    recent.remember(join(folder, 'a'), identity);
    recent.remember(join(folder, 'b'), { ...identity, practice: false });
    recent.remember(join(folder, 'a'), identity);
    expect(recent.list().map(({ folderName: name, practice, present }) => [name, practice, present])).toEqual([['a', true, false], ['b', false, false]]);
    expect(recent.dirOf(recent.list()[1]?.id ?? '')).toBe(join(folder, 'b'));
    expect(recent.dirOf('0000000000000000')).toBeNull();
    expect(JSON.stringify(recent.list())).not.toContain(folder);
    writeFileSync(file, '{"half');
    expect(recentOffices(file).list()).toEqual([]);
  });
});
