/** What the window's table button writes: exact amounts, codes as text, shielded formulas, frozen and repeated header (E07, conventions.md). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { openZip } from '../../../electron/platform/zip-archive.ts';
import { done, practiceOffice, refused, temporaryFolder, testClock } from '../../support/practice.ts';

const table = {
  title: '退税办理清单',
  notes: ['2022年4月申报期；筛选：待审核', '单位：元'],
  columns: [
    { title: '统一社会信用代码', kind: 'code' as const, width: 172 }, { title: '纳税人名称', kind: 'text' as const, width: 240 },
    { title: '申请额', kind: 'money' as const, width: 138 }, { title: '户', kind: 'count' as const, width: 60 },
  ],
  rows: [
    ['001234567890123456', '=HYPERLINK("x")', '1234567890123.45', '3'],
    ['00', "'=已有引号", '-0.07', ''],
    ['1E5', '+86', '', '1'],
    ['@', '-1', '=1+1', '1'],
  ],
  totals: ['合计', '', '1234567890123.38', '4'],
};

async function sheetXml(path: string, part: string): Promise<string> {
  const zip = await openZip(new Uint8Array(readFileSync(path)));
  const blocks: Uint8Array[] = [];
  for await (const block of zip.blocks(part)) blocks.push(block);
  return Buffer.concat(blocks).toString('utf8');
}

test('a table becomes a workbook whose amounts have the digits they had', async () => {
  const office = await practiceOffice('tax', testClock('2022-04-11T09:00'));
  const path = join(temporaryFolder(), '2022年4月-退税办理清单-凌源市税务局.xlsx');
  const answer = await done(office, 'reports.exportTable', { file: path, ...table }, 'handler');
  expect(answer).toMatchObject({ file: '2022年4月-退税办理清单-凌源市税务局.xlsx', rows: 4, bytes: readFileSync(path).length });
  const sheet = (await openXlsx(readFileSync(path))).sheets[0];
  expect(sheet?.rows.slice(0, 4).map((row) => row[0])).toEqual(['退税办理清单', '单位：凌源市税务局（演练）　导出时间：2022-04-11 09:00:00', ...table.notes]);
  expect(sheet?.rows.slice(4)).toEqual([
    table.columns.map((column) => column.title),
    ['001234567890123456', '\'=HYPERLINK("x")', 1234567890123.45, 3],
    ['00', "''=已有引号", -0.07, null],
    ['1E5', "'+86", null, 1],
    ["'@", "'-1", "'=1+1", 1],
    ['合计', null, 1234567890123.38, 4],
  ]);
  const xml = await sheetXml(path, 'xl/worksheets/sheet1.xml');
  expect(xml).toContain('<v>1234567890123.45</v>');
  expect(xml).toContain('<v>-0.07</v>');
  expect(xml).toMatch(/<pane ySplit="5"[^>]*state="frozen"/);
  expect(xml).not.toContain('<f>');
  expect(await sheetXml(path, 'xl/workbook.xml')).toContain('$5:$5');
  expect(await sheetXml(path, 'xl/styles.xml')).toContain('formatCode="#,##0.00"');
  expect(office.verify('deep').faults).toEqual([]);
});

test('no zip64 record stands in a small file', async () => {
  const office = await practiceOffice('finance', testClock('2022-04-11T09:00'));
  const path = join(temporaryFolder(), 'a.xlsx');
  await done(office, 'reports.exportTable', { file: path, ...table, totals: null }, 'approver');
  const bytes = readFileSync(path);
  expect(bytes.includes(Buffer.from([0x50, 0x4b, 0x06, 0x06]))).toBe(false);
  expect(bytes.includes(Buffer.from([0x50, 0x4b, 0x06, 0x07]))).toBe(false);
});

test('a file that stands is not overwritten, and rows must have a cell a column', async () => {
  const office = await practiceOffice('tax', testClock('2022-04-11T09:00'));
  const path = join(temporaryFolder(), 'a.xlsx');
  writeFileSync(path, 'mine');
  expect(await refused(office, 'reports.exportTable', { file: path, ...table }, 'handler')).toMatchObject({ code: 'REPORT_FILE_REFUSED' });
  expect(readFileSync(path, 'utf8')).toBe('mine');
  expect(await refused(office, 'reports.exportTable', { file: path, ...table, rows: [['1']] }, 'handler')).toMatchObject({ code: 'INPUT_INVALID' });
  expect(await refused(office, 'reports.exportTable', { file: path, ...table }, null)).toMatchObject({ code: 'SIGN_IN_NEEDED' });
});
