/** Workbooks on the command line: the same answers as for CSV, and the faults of an import as a workbook for whoever mends it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { errorOf, jsonOf, liudi } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/practice.ts';
import { testUscc, withoutAny } from '../../support/roster-rows.ts';
import { sheetRow, workbookOf } from '../../support/workbooks.ts';

const header = ['统一社会信用代码', '纳税人名称', '期末留抵税额'];

test('evaluate answers a workbook as it answers the CSV of its table, and refuses one that breaks off', () => {
  const folder = temporaryFolder();
  const rows = sheetRow(1, header) + sheetRow(2, [testUscc(1), '甲', { v: '1.5' }]) + sheetRow(3, [testUscc(1), '乙', { v: '1.005' }]);
  writeFileSync(join(folder, 'a.xlsx'), workbookOf({ rows }));
  writeFileSync(join(folder, 'a.csv'), `${header.join(',')}\r\n${testUscc(1)},甲,1.50\r\n${testUscc(1)},乙,1.005\r\n`);
  writeFileSync(join(folder, 'b.xlsx'), workbookOf({ rows: '', parts: { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}` } }));
  const answers = ['a.xlsx', 'a.csv'].map((name) => liudi(['evaluate', join(folder, name), '--period', '2022-04']).stdout.trim().split('\n'));
  expect(answers[0]?.[0]).toBe(answers[1]?.[0]);
  expect(answers[0]?.[1]).toContain('CELL_NUMBER_INEXACT');
  const broken = liudi(['evaluate', join(folder, 'b.xlsx'), '--period', '2022-04', '--out', join(folder, 'b.jsonl'), '--json']);
  expect(broken.exit).toBe(1);
  expect(errorOf(broken).code).toBe('ROSTER_WORKBOOK_UNSAFE');
  expect(existsSync(join(folder, 'b.jsonl'))).toBe(false);
});

test('the faults of an import come as a workbook too; without faults no file is written', async () => {
  const folder = temporaryFolder();
  const office = join(folder, 'tax');
  liudi(['office', 'init', office, '--agency', 'tax', '--county', '211382', '--name', '凌源市税务局', '--unattended', '--clock', '2022-04-11']);
  const at = ['--period', '2022-04', '--office', office, '--clock', '2022-04-18', '--json'];
  const file = join(folder, '名册.xlsx');
  writeFileSync(file, workbookOf({ rows: sheetRow(1, header) + sheetRow(2, [testUscc(1), '甲', '=1']) + sheetRow(3, [{ v: '912113820000000000' }, '乙', { v: '2' }]) }));
  const list = join(folder, '问题.xlsx');
  expect(errorOf(liudi(['roster', 'import', file, '--faults', list, ...at])).code).toBe('ROSTER_ROWS_FAULTY');
  const sheet = (await readXlsx(readFileSync(list))).sheets[0];
  expect(sheet?.rows).toEqual([
    ['名册问题清单', null, null, null, null],
    ['文件：名册.xlsx；共 2 处', null, null, null, null],
    ['行', '列', '读到的值', '问题与办法', '代码'],
    [2, '期末留抵税额', "'=1", expect.stringContaining('不是金额'), 'CELL_AMOUNT_INVALID'],
    [3, '统一社会信用代码', '912113820000000000', 'Excel 已丢失后 3 位；请在原系统以文本导出', 'CELL_NUMBER_DIGITS_LOST'],
  ]);
  expect(errorOf(liudi(['roster', 'import', file, '--faults', list, ...at])).code).toBe('ROSTER_EXPORT_FAILED');
  writeFileSync(file, workbookOf({ rows: sheetRow(1, header) + sheetRow(2, [testUscc(1), '甲', '1']) }));
  expect(jsonOf(liudi(['roster', 'import', file, '--faults', join(folder, '无.xlsx'), '--without', withoutAny.join('、'), ...at]))).toMatchObject({ changed: true, added: 1 });
  expect(existsSync(join(folder, '无.xlsx'))).toBe(false);
  expect(jsonOf(liudi(['roster', 'export', join(folder, '导出.xlsx'), ...at]))).toMatchObject({ rows: 1, file: '导出.xlsx' });
});
