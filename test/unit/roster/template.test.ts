/** B8: the template to download is the roster itself: every header, lists to choose from, an example that nobody imports by mistake. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { readRoster } from '../../../electron/roster/index.ts';
import { rosterColumns } from '../../../shared/roster/columns.ts';
import { liudi } from '../../support/command-line.ts';
import { done, practiceOffice, refused, temporaryFolder, testClock } from '../../support/practice.ts';

test('B8 模板有全部表头、可选的词和一行示例；示例行留着不改的，说它是示例', async () => {
  const file = join(temporaryFolder(), '模板.xlsx');
  expect(liudi(['roster', 'template', file])).toMatchObject({ exit: 0, stdout: expect.stringContaining('名册模板已写入') as string });
  expect(liudi(['roster', 'template', file]).exit).toBe(1);
  const bytes = new Uint8Array(readFileSync(file));
  const [sheet] = (await readXlsx(bytes)).sheets;
  expect(sheet?.rows[0]).toEqual(rosterColumns.map((column) => column.header));
  const choices = new Map(sheet?.dataValidations?.map(({ range, values, formula1 }) => [range.split(':')[0], values ?? formula1]));
  expect(choices.size).toBe(rosterColumns.filter((column) => column.form.kind === 'words').length);
  expect(JSON.stringify(choices.get('C2'))).toContain('一般纳税人');
  const reading = await readRoster(bytes);
  if (reading.kind === 'refused') throw new Error(reading.code);
  expect([reading.header.remarks, reading.header.lacking]).toEqual([[], []]);
  const first = await reading.lines.next();
  expect(first.value).toMatchObject({ kind: 'rejected', faults: [{ row: 2, column: '统一社会信用代码', code: 'CELL_EXAMPLE_ROW' }] });
});

test('B8 窗口里也能下载，不写到已有的文件上', async () => {
  const office = await practiceOffice('tax', testClock('2022-04-11T09:00'));
  const file = join(temporaryFolder(), '模板.xlsx');
  expect(await done(office, 'roster.template', { file }, 'handler')).toMatchObject({ file: '模板.xlsx', bytes: readFileSync(file).length });
  expect(await refused(office, 'roster.template', { file }, 'handler')).toMatchObject({ code: 'ROSTER_EXPORT_FAILED' });
});
