/** B4, B6, B7, B9: what a way through a spreadsheet, an old character set or our own files does to a roster is seen before it stands. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import type { Office } from '../../../electron/office/office.ts';
import { writeWorkbook } from '../../../electron/platform/workbook-writer.ts';
import { readRosterCsv } from '../../../electron/roster/index.ts';
import { csvLine, shieldedCell } from '../../../electron/roster/index.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { done, practiceOffice, refused, temporaryFolder, testClock } from '../../support/practice.ts';
import { bytesOf, completeCells, completeText, testUscc, type Cells } from '../../support/roster-rows.ts';

const period = taxPeriod('2022-04');

function written(rows: readonly Cells[]): string {
  const file = join(temporaryFolder(), '名册.csv');
  writeFileSync(file, completeText(...rows));
  return file;
}

async function officeWith(rows: readonly Cells[]): Promise<Office> {
  const office = await practiceOffice('tax', testClock('2022-05-11T09:00'));
  await done(office, 'roster.import', { file: written(rows), period }, 'handler');
  return office;
}

describe('B6 经表格软件转一圈', () => {
  test.each<[string, Cells, Cells, string]>([
    ['账号前面的零没有了', { bankAccount: '0012345678901' }, { bankAccount: '12345678901' }, '银行账号 WARN_ZEROS_LOST'],
    ['电话前面的零没有了', { phone: '04216812345' }, { phone: '4216812345' }, '联系电话 WARN_ZEROS_LOST'],
    ['账号的后几位成了零', { bankAccount: '6222020712345678901' }, { bankAccount: '6222020712345670000' }, '银行账号 WARN_DIGITS_LOST'],
    ['分数成了日期', { contact: '3/4' }, { contact: '3月4日' }, '联系人 WARN_DATE_MADE'],
    ['楼号成了日期', { office: '3-4' }, { office: '2022-03-04' }, '主管税务所 WARN_DATE_MADE'],
  ])('%s：导入前要人看过', async (_case, before, after, found) => {
    const office = await officeWith([before]);
    const file = written([after]);
    const preview = await done(office, 'roster.import', { file, period, dryRun: true }, 'handler');
    expect([preview.askingCount, ...preview.warnings.slice(0, 1).map(({ row, column, code }) => `${String(row)} ${column} ${code}`)]).toEqual([1, `2 ${found}`]);
    expect(await refused(office, 'roster.import', { file, period }, 'handler')).toMatchObject({ code: 'ROSTER_WARNINGS_UNSEEN' });
    expect(await done(office, 'roster.import', { file, period, acceptWarnings: true }, 'handler')).toMatchObject({ changedTaxpayers: 1 });
  });

  test('真换了账号、电话、联系人的，不问', async () => {
    const office = await officeWith([{ bankAccount: '0012345678901', contact: '3/4' }]);
    const file = written([{ bankAccount: '6222020712345678901', phone: '13812345678', contact: '李四' }]);
    expect(await done(office, 'roster.import', { file, period }, 'handler')).toMatchObject({ changedTaxpayers: 1, askingCount: 0 });
  });
});

describe('B4 丢字的名称不替换完整的名称', () => {
  test.each(['凌源市?祥商店', '凌源市□祥商店', '凌源市〓祥商店'])('“%s”', async (name) => {
    const office = await officeWith([{ name: '凌源市𠮷祥商店', accountName: '凌源市𠮷祥商店' }]);
    const before = (await done(office, 'administration.status', {}, 'handler')).head;
    const file = written([{ name, accountName: '凌源市𠮷祥商店' }]);
    expect(await done(office, 'roster.import', { file, period, dryRun: true }, 'handler')).toMatchObject({ damagedCount: 1, faults: [{ row: 2, code: 'CELL_NAME_DAMAGED' }] });
    const refusal = await refused(office, 'roster.import', { file, period, acceptWarnings: true, acceptValid: true }, 'handler');
    expect([refusal.code, refusal.message]).toEqual(['ROSTER_NAMES_DAMAGED', expect.stringContaining('账内已有完整的名称“凌源市𠮷祥商店”')]);
    // The whole name stands in an earlier period.
    expect(await refused(office, 'roster.import', { file, period: taxPeriod('2022-05') }, 'handler')).toMatchObject({ code: 'ROSTER_NAMES_DAMAGED' });
    expect((await done(office, 'administration.status', {}, 'handler')).head).toEqual(before);
  });

  test('账内本来就是这样的名称，照旧', async () => {
    const office = await officeWith([{ name: '凌源市?祥商店' }]);
    expect(await done(office, 'roster.import', { file: written([{ name: '凌源市?祥商店', phone: '1' }]), period }, 'handler')).toMatchObject({ changedTaxpayers: 1, damagedCount: 0 });
  });
});

describe('B7 编码与外来格式', () => {
  const ascii = `uscc,name,endingCredit\n${testUscc(1)},`;
  test.each([
    ['英文表头、GBK、碰巧也是合法的 UTF-8', new Uint8Array(iconv.encode(`${ascii}卟叻,1\n`, 'gbk'))], ['英文表头、UTF-8、只有西文字母', bytesOf(`${ascii}Café Ñandú,1\n`)],
  ])('%s：两种编码都说得通，不猜', (_case, bytes) => {
    expect(new TextDecoder('utf-8').decode(bytes)).not.toContain('\ufffd');
    expect(readRosterCsv(bytes)).toMatchObject({ kind: 'refused', code: 'ROSTER_ENCODING_UNKNOWN', params: { reason: expect.stringContaining('分不清') as string } });
  });

  test('有汉字作证的，照常读', () => {
    expect(readRosterCsv(bytesOf(`${ascii}Café 咖啡,1\n`))).toMatchObject({ kind: 'opened', encoding: 'utf-8' });
    expect(readRosterCsv(new Uint8Array(iconv.encode(`${ascii}凌源市卟叻店,1\n`, 'gbk')))).toMatchObject({ kind: 'opened', encoding: 'gb18030' });
  });

  test('首行空白、sep= 一行都不妨碍读表头，行号仍是文件的行号', () => {
    for (const first of ['', ',,', 'sep=,', '"sep=,"']) {
      const reading = readRosterCsv(bytesOf(`${first}\r\n${completeText({})}`));
      expect(reading.kind === 'opened' ? [...reading.lines] : [], first).toMatchObject([{ kind: 'row', row: { row: 3 } }]);
    }
  });

  test.each([['sep=;', '半角分号'], ['统一社会信用代码；纳税人名称；当期期末留抵税额', '全角分号'], ['统一社会信用代码|纳税人名称|当期期末留抵税额', '竖线'], ['统一社会信用代码，纳税人名称，当期期末留抵税额', '全角逗号']])('“%s”说出是%s', (first, separator) => {
    expect(readRosterCsv(bytesOf(`${first}\n${completeText({}).replaceAll(',', ';')}`))).toMatchObject({ kind: 'refused', code: 'ROSTER_SEPARATOR', params: { separator } });
  });

  test.each([
    ['MHTML', bytesOf('MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n'), 'MHTML'],
    ['UTF-16 的网页', new Uint8Array(iconv.encode('<html><table>', 'utf-16le', { addBOM: true })), 'HTML'],
    ['没有标记的 UTF-16 网页', new Uint8Array(iconv.encode('<html><table>', 'utf-16be', { addBOM: false })), 'HTML'],
  ])('%s 说出名字和办法', (_case, bytes, form) => {
    expect(readRosterCsv(bytes)).toMatchObject({ kind: 'refused', code: 'ROSTER_FILE_IS_WORKBOOK', params: { form: expect.stringContaining(form) as string } });
  });
});

describe('B9 写出的文件', () => {
  test('像 _x000D_ 的文字写进工作簿，读回来还是它', async () => {
    const texts = ['_x000D_', 'a_x0041_b', '_x005F_x000D_', '_x00', '__x000A_'];
    const bytes = await writeWorkbook({ sheet: '表', heading: ['_x0041_'], columns: [{ title: '_x0042_', kind: 'text', width: 10 }], rows: texts.map((text) => [text]), totals: null });
    const [sheet] = (await readXlsx(bytes)).sheets;
    expect(sheet?.rows.map(([cell]) => cell)).toEqual(['_x0041_', '_x0042_', ...texts]);
    const office = await officeWith([{ office: '_x000D_所', contact: '_x0041_' }]);
    const copy = join(temporaryFolder(), '名册.xlsx');
    await done(office, 'roster.export', { period, file: copy }, 'handler');
    expect(await done(office, 'roster.import', { period, file: copy }, 'handler')).toMatchObject({ changed: false });
  });

  test.each([['-1234.50', '-1234.50'], ['-1,234.50', '-1,234.50'], ['1,234.50', '1,234.50'], ['-0', '-0'], ['-甲', "'-甲"], ['-1+1', "'-1+1"], ['=1', "'=1"], ['-1,23', "'-1,23"]])('报表中的“%s”写成“%s”', (text, cell) => {
    expect(shieldedCell(text)).toBe(cell);
  });

  test('负数在 CSV 报表中是数', () => {
    expect(csvLine(['追回', '-1,234.50'].map(shieldedCell))).toBe('追回,"-1,234.50"\r\n');
  });

  test('导出的 CSV 读回来一字不差', async () => {
    const office = await officeWith([{ ...completeCells, bankAccount: '000123', contact: '3/4', phone: '04216812345' }]);
    const copy = join(temporaryFolder(), '名册.csv');
    await done(office, 'roster.export', { period, file: copy }, 'handler');
    expect(readFileSync(copy, 'utf8')).toContain('000123');
    expect(await done(office, 'roster.import', { period, file: copy }, 'handler')).toMatchObject({ changed: false, unchanged: 1 });
  });
});
