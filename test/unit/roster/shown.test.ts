/** B3: what a workbook shows is not what it holds: hidden, struck out, merged, old values, other languages of XML. Each is said, and what may change money asks. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openZip } from '../../../electron/platform/zip-archive.ts';
import { readRosterFile } from '../../../electron/roster/index.ts';
import { readSurround } from '../../../electron/roster/workbook-surround.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { askingFindings } from '../../../shared/roster/errors.ts';
import { done, practiceOffice, refused, temporaryFolder, testClock } from '../../support/practice.ts';
import { testUscc, withoutAny } from '../../support/roster-rows.ts';
import { sheetRow, workbookOf, type WorkbookPieces } from '../../support/workbooks.ts';

const period = taxPeriod('2022-04');
const [a, b, c] = [testUscc(1), testUscc(2), testUscc(3)];
const header = sheetRow(1, ['税号', '企业名称', '期末留抵税额', '经办人']);
const rows = [header, sheetRow(2, [a, '甲', { v: '1' }, '王']), sheetRow(3, [b, '乙', { v: '2' }, '李']), sheetRow(4, [c, '丙', { v: '3' }, '赵'])].join('');

function written(given: Partial<WorkbookPieces> & { readonly around?: readonly [string, string] }): string {
  const path = join(temporaryFolder(), '名册.xlsx');
  const [before, after] = given.around ?? ['', ''];
  const sheet = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${before}<sheetData>${given.rows ?? rows}</sheetData>${after}</worksheet>`;
  writeFileSync(path, workbookOf({ rows, ...given, parts: { 'xl/worksheets/sheet1.xml': sheet, ...given.parts } }));
  return path;
}

async function found(given: Parameters<typeof written>[0]): Promise<string[]> {
  const { warnings, faults } = await readRosterFile(written(given), period);
  return [...warnings, ...faults].map(({ row, column, code }) => `${String(row)} ${column} ${code}`);
}

const struck = '<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>';
const formulas = rows.replace('<v>2</v>', '<f>1+1</f><v>2</v>');

describe('B3 所见不是所存', () => {
  test.each<[string, Parameters<typeof written>[0], string[]]>([
    ['筛选掉的行', { rows: rows.replace('<row r="3"', '<row hidden="1" r="3"'), around: ['', '<autoFilter ref="A1:D4"/>'] }, ['1  WARN_FILTERED', '3  WARN_ROW_HIDDEN']],
    ['行高为零的行', { rows: rows.replace('<row r="4"', '<row ht="0" customHeight="1" r="4"') }, ['4  WARN_ROW_HIDDEN']],
    ['隐藏的列', { around: ['<cols><col min="3" max="3" width="9" hidden="1"/><col min="9" max="16384" hidden="true"/></cols>', ''] }, ['1 期末留抵税额 WARN_COLUMN_HIDDEN']],
    ['宽度为零的列', { around: ['<cols><col min="2" max="2" width="0"/></cols>', ''] }, ['1 企业名称 WARN_COLUMN_HIDDEN']],
    ['隐藏的工作表', { sheets: '<sheet name="名册" sheetId="1" r:id="rId1"/><sheet name="旧表" sheetId="2" state="veryHidden" r:id="rId2"/>' }, ['1  WARN_SHEETS_HIDDEN']],
    ['画了删除线的格', { styles: struck, rows: rows.replace('<c r="B3"', '<c s="1" r="B3"').replace('<c r="B4"', '<c s="2" r="B4"') }, ['3 企业名称 WARN_STRUCK_OUT']],
    ['要求重新计算的公式', { rows: formulas, workbookProperties: '<calcPr fullCalcOnLoad="1"/>' }, ['3 期末留抵税额 WARN_FORMULA_STALE']],
    ['手工计算的公式', { rows: formulas, workbookProperties: '<calcPr calcMode="manual"/>' }, ['3 期末留抵税额 WARN_FORMULA_STALE']],
    ['保存时已算好的公式', { rows: formulas }, []],
    ['盖在格子上的图片', { around: ['', '<drawing r:id="rId1"/>'] }, ['1  WARN_DRAWN_OVER']],
    ['向下合并的金额', { rows: rows.replace('<c r="C3"><v>2</v></c>', ''), around: ['', '<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>'] }, ['2 期末留抵税额 WARN_MERGED_FIRST', '3 期末留抵税额 CELL_MERGED']],
    ['合并的名称和代码', { around: ['', '<mergeCells><mergeCell ref="A3:B4"/></mergeCells>'] }, ['3 企业名称 CELL_MERGED', '4 税号 CELL_MERGED', '4 企业名称 CELL_MERGED']],
    ['合并的备注', { around: ['', '<mergeCells><mergeCell ref="D2:D4"/></mergeCells>'] }, ['2 经办人 WARN_MERGED_FIRST', '3 经办人 WARN_MERGED_FIRST', '4 经办人 WARN_MERGED_FIRST']],
    ['合并的标题', { rows: sheetRow(1, ['凌源市留抵企业名册']) + rows.replace(/(r=")([A-D]?)(\d)"/g, (_whole, start: string, letter: string, digit: string) => `${start}${letter}${String(Number(digit) + 1)}"`), around: ['', '<mergeCells><mergeCell ref="A1:D1"/></mergeCells>'] }, ['1  WARN_ABOVE_HEADER']],
  ])('%s', async (_case, given, wanted) => {
    expect(await found(given)).toEqual(wanted);
  });

  test('隐藏的行要人看过才导入，看过几处随分录留存', async () => {
    const office = await practiceOffice('tax', testClock('2022-04-11T09:00'));
    const file = written({ rows: rows.replace('<row r="3"', '<row hidden="1" r="3"') });
    const refusal = await refused(office, 'roster.import', { file, period, without: withoutAny }, 'handler');
    expect(refusal).toMatchObject({ code: 'ROSTER_WARNINGS_UNSEEN', details: { warningCount: 1, warnings: [{ row: 3, code: 'WARN_ROW_HIDDEN' }] } });
    expect(await done(office, 'roster.import', { file, period, without: withoutAny, dryRun: true }, 'handler')).toMatchObject({ askingCount: 1 });
    expect(await done(office, 'roster.import', { file, period, without: withoutAny, acceptWarnings: true }, 'handler')).toMatchObject({ changed: true, added: 3 });
    expect(office.verify('deep').faults).toEqual([]);
  });

  test('合并单元格盖住的行不导入，其余各行要人看过才导入', async () => {
    const office = await practiceOffice('tax', testClock('2022-04-11T09:00'));
    const file = written({ around: ['', '<mergeCells><mergeCell ref="C2:C3"/></mergeCells>'] });
    const terms = { file, period, without: withoutAny };
    expect(await refused(office, 'roster.import', terms, 'handler')).toMatchObject({ code: 'ROSTER_ROWS_FAULTY' });
    expect(await refused(office, 'roster.import', { ...terms, acceptValid: true }, 'handler')).toMatchObject({ code: 'ROSTER_WARNINGS_UNSEEN' });
    expect(await done(office, 'roster.import', { ...terms, acceptValid: true, acceptWarnings: true }, 'handler')).toMatchObject({ added: 2, rejected: 1 });
  });

  test('须由人看过的提示就是这些', () => {
    expect([...askingFindings].sort()).toEqual([
      'WARN_DATE_MADE', 'WARN_DIGITS_LOST', 'WARN_FORMULA_STALE', 'WARN_MERGED_FIRST', 'WARN_ROW_HIDDEN', 'WARN_SHEETS_HIDDEN', 'WARN_STRUCK_OUT', 'WARN_ZEROS_LOST',
    ]);
  });

  test.each([
    ['扩展元素中的同名元素', '<workbookPr/><extLst><ext uri="x"><x15:workbookPr xmlns:x15="urn:x15" date1904="1"/></ext></extLst>'],
    ['兼容内容中的同名元素', '<workbookPr/><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice><workbookPr date1904="1"/></mc:Choice></mc:AlternateContent>'],
    ['另一默认名字空间的同名元素', '<workbookPr/><extLst><workbookPr xmlns="urn:other" date1904="1"/></extLst>'],
  ])('%s不算数', async (_case, workbookProperties) => {
    const dated = sheetRow(1, ['税号', '企业名称', '登记日期']) + sheetRow(2, [a, '甲', { v: '44652', s: 1 }]);
    const file = await readRosterFile(written({ rows: dated, styles: '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>', workbookProperties }), period);
    expect([...file.rows()].map(({ taxpayer }) => taxpayer)).toEqual([expect.stringContaining('"registeredOn":"2022-04-01"')]);
  });

  test('格子里写着 sheetData 也不会看漏合并单元格', async () => {
    for (const text of [rows, rows.replace('王', 'sheetData>王'), `<!-- sheetData -->${rows}`]) {
      const zip = await openZip(workbookOf({ rows, parts: { 'xl/worksheets/sheet1.xml': `<worksheet><!-- sheetData --><sheetData>${text}</sheetData><mergeCells><mergeCell ref="$A$2:B3"/></mergeCells></worksheet>` } }));
      expect((await readSurround(zip, 'xl/worksheets/sheet1.xml')).merged).toEqual([{ top: 2, bottom: 3, left: 1, right: 2, name: '$A$2:B3' }]);
    }
  });
});
