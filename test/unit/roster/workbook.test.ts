/** Workbooks as Excel, WPS and core systems write them: what a cell becomes, and what only a spreadsheet can spoil (roster.md, conventions.md). */
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import type { RosterLine } from '../../../shared/roster/model.ts';
import { columnOf, rosterColumns, type ColumnKey } from '../../../shared/roster/columns.ts';
import { readRoster, readRosterCsv } from '../../../electron/roster/index.ts';
import { exactAmount, plainNumber } from '../../../electron/roster/workbook-number.ts';
import { showsDate } from '../../../electron/roster/workbook-parts.ts';
import { bytesOf, completeCells, completeText, rosterText, testUscc } from '../../support/roster-rows.ts';
import { sheetRow, workbookOf, type WorkbookPieces } from '../../support/workbooks.ts';

const [a, b] = [testUscc(1), testUscc(2)];

async function opened(bytes: Uint8Array<ArrayBuffer>): Promise<{ encoding: string; lines: RosterLine[]; end: unknown }> {
  const reading = await readRoster(bytes);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  const lines: RosterLine[] = [];
  for (;;) {
    const next = await reading.lines.next();
    if (next.done === true) return { encoding: reading.encoding, lines, end: next.value };
    lines.push(next.value);
  }
}

/** One taxpayer whose further columns are given: header → cell. */
async function lineOf(cells: Readonly<Record<string, Parameters<typeof sheetRow>[1][number]>>, given: Omit<WorkbookPieces, 'rows'> = {}): Promise<RosterLine | undefined> {
  const whole = { 统一社会信用代码: a, 纳税人名称: '甲厂', ...cells };
  const rows = sheetRow(1, Object.keys(whole)) + sheetRow(2, Object.values(whole));
  return (await opened(workbookOf({ ...given, rows }))).lines[0];
}

function foundIn(line: RosterLine | undefined): string[] {
  if (line === undefined) return ['no line'];
  return (line.kind === 'row' ? line.warnings : line.faults).map((finding) => `${finding.column} ${finding.code}`);
}

test('a workbook gives the rows that the CSV of the same table gives', async () => {
  const rows = [completeCells, { ...completeCells, uscc: b, bankAccount: '0000000000000000019', name: '乙=厂' }];
  const text = completeText(...rows.map((row) => ({ ...row })));
  const { lines: wanted } = await opened(bytesOf(text));
  const amounts = new Set(rosterColumns.filter((column) => column.form.kind === 'amount' || column.form.kind === 'count').map((column) => column.key));
  const bytes = await writeXlsx({
    sheets: [{ name: '名册', rows: [rosterColumns.map((column) => column.header), ...rows.map((row) => rosterColumns.map((column) => (amounts.has(column.key) ? Number(row[column.key]) : row[column.key])))] }],
  });
  expect(await opened(new Uint8Array(bytes))).toEqual({ encoding: 'xlsx', lines: wanted, end: { rows: 2, rejected: 0, blankRows: 0 } });
});

test.each([
  ['an amount typed as a number', { v: '120000.5' }, 12_000_050n],
  ['thirteen digits and two decimals', { v: '1234567890123.45' }, 123_456_789_012_345n],
  ['scientific notation of the writer', { v: '1.2E5' }, 12_000_000n],
  ['seventeen digits of the same double', { v: '1.1000000000000001' }, 110n],
  ['a small number in scientific notation', { v: '7.0000000000000007E-2' }, 7n],
  ['a formula with its value', { t: 'n', v: '12' }, 1200n],
  ['an amount as text', '1234.50', 123_450n],
])('reads %s to the fen', async (_case, cell, fen) => {
  const line = await lineOf({ 当期期末留抵税额: cell });
  expect(line?.kind === 'row' ? line.row.endingCredit : foundIn(line)).toBe(fen);
});

test.each([
  ['three decimals', { v: '1.005' }, 'CELL_NUMBER_INEXACT'],
  ['the noise of a sum', { v: '0.30000000000000004' }, 'CELL_NUMBER_INEXACT'],
  ['sixteen digits with three decimals', { v: '1234567890123.456' }, 'CELL_NUMBER_INEXACT'],
  ['fourteen digits', { v: '12345678901234' }, 'CELL_AMOUNT_INVALID'],
  ['a negative amount', { v: '-1' }, 'CELL_AMOUNT_NEGATIVE'],
  ['a failed formula', { t: 'e', v: '#DIV/0!' }, 'CELL_FORMULA_ERROR'],
  ['a date', { s: 1, v: '44652' }, 'CELL_AMOUNT_INVALID'],
  ['a truth value', { t: 'b', v: '1' }, 'CELL_AMOUNT_INVALID'],
])('refuses %s as an amount', async (_case, cell, code) => {
  const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>';
  expect(foundIn(await lineOf({ 当期期末留抵税额: cell }, { styles }))).toEqual([`当期期末留抵税额 ${code}`]);
});

test('a tax code that came as a number is refused with the sentence that says how many digits are gone', async () => {
  const line = await lineOf({ 统一社会信用代码: { v: '9.1211382000000005E+17' } });
  expect(line).toMatchObject({ kind: 'rejected', faults: [{ row: 2, column: '统一社会信用代码', code: 'CELL_NUMBER_DIGITS_LOST', message: 'Excel 已丢失后 3 位；请在原系统以文本导出' }] });
});

test.each([
  ['银行账号', { v: '6222020712345670000' }, ['银行账号 CELL_NUMBER_DIGITS_LOST']],
  ['银行账号', { v: '12345678901' }, ['银行账号 WARN_NUMBER_AS_CODE']],
  ['联系电话', { v: '13812345678' }, ['联系电话 WARN_NUMBER_AS_CODE']],
  ['银行账号', '0012345678901234567', []],
  ['旧系统编号', { v: '1234567890123456789' }, ['旧系统编号 WARN_NUMBER_DIGITS_LOST']],
  ['旧系统编号', { t: 'e', v: '#N/A' }, []],
])('%s given as %j is found as %j', async (header, cell, found) => {
  expect(foundIn(await lineOf({ [header]: cell }))).toEqual(found);
});

const dateStyles = `<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>
  <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="57"/></cellXfs>`;

test.each([
  ['登记日期', 1, '44652', '', '2022-04-01'],
  ['登记日期', 2, '42067.0', '', '2015-03-04'],
  ['登记日期', 1, '59', '', '1900-02-28'],
  ['登记日期', 1, '61', '', '1900-03-01'],
  ['登记日期', 1, '43190', '<workbookPr date1904="1"/>', '2022-04-01'],
  ['登记日期', 1, '60', '', 'CELL_DATE_INVALID'],
  ['登记日期', 1, '44652.5', '', 'CELL_DATE_INVALID'],
  ['登记日期', 0, '44652', '', 'CELL_DATE_INVALID'],
  ['进项统计起始所属期', 3, '43556', '', '2019-04'],
  ['进项统计起始所属期', 3, '43557', '', 'CELL_MONTH_INVALID'],
])('%s with style %i and number %s is read as a person sees it', async (header, s, v, workbookProperties, wanted) => {
  const line = await lineOf({ [header]: { s, v } }, { styles: dateStyles, workbookProperties });
  expect(line?.kind === 'row' ? (line.row.registeredOn ?? line.row.deductedFrom) : line?.faults[0]?.code).toBe(wanted);
});

test('dates without a styles part stay numbers, and ISO dates are dates', async () => {
  expect(foundIn(await lineOf({ 登记日期: { s: 1, v: '44652' } }))).toEqual(['登记日期 CELL_DATE_INVALID']);
  expect(await lineOf({ 登记日期: { t: 'd', v: '2022-04-01T00:00:00' } })).toMatchObject({ row: { registeredOn: '2022-04-01' } });
});

test.each([
  ['yyyy-mm-dd', true], ['m/d/yy h:mm', true], ['[$-804]yyyy"年"m"月"', true], ['mmm-yy', true], ['General', false], ['0.00E+00', false], ['#,##0.00;[Red]-#,##0.00', false],
  ['h:mm:ss', false], ['[h]:mm', false], ['mm:ss', false], ['0"d"', false], ['h:mm AM/PM', false],
])('the format %s shows a date: %s', (code, shows) => {
  expect(showsDate(code)).toBe(shows);
});

test('texts come from shared strings, in runs, without phonetic guides and with escaped characters', async () => {
  const strings = '<si><t>甲</t></si><si><r><rPr><b/></rPr><t>凌源市</t></r><r><t xml:space="preserve"> A厂</t></r><rPh sb="0" eb="1"><t>lingyuan</t></rPh></si><si><t/></si><si><t>一_x000D_\n二_x005F_x</t></si>';
  const line = await lineOf({ 纳税人名称: { t: 's', v: '1' }, 联系人: { t: 's', v: '0' }, 主管税务所: { t: 's', v: '2' }, 备注: { t: 's', v: '3' } }, { strings });
  expect(line).toMatchObject({ kind: 'row', row: { name: '凌源市 A厂', contact: '甲', office: null, remarks: { 备注: '一\n二_x' } } });
});

test('inline strings may be empty, rich and prefixed', async () => {
  const rows = `<x:row r="1"><x:c t="inlineStr"><x:is><x:t>税号</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:r><x:t>企业</x:t></x:r><x:r><x:t>名称</x:t></x:r></x:is></x:c><x:c t="str"><x:f>1</x:f><x:v>备注</x:v></x:c></x:row>
    <x:row><x:c t="inlineStr"><x:is><x:t>${a}</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t/></x:is></x:c></x:row>`;
  const parts = { 'xl/worksheets/sheet1.xml': `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>${rows}</x:sheetData></x:worksheet>` };
  expect((await opened(workbookOf({ rows: '', parts }))).lines).toMatchObject([{ kind: 'row', row: { row: 2, uscc: a, name: '甲', remarks: {} } }]);
});

test('truth values are 是 and 否 where the column asks for them', async () => {
  expect(await lineOf({ 当期已申报: { t: 'b', v: '1' }, 个体工商户: { t: 'b', v: '0' }, 备注: { t: 'b', v: '1' } })).toMatchObject({ row: { filed: true, individual: false, remarks: { 备注: 'TRUE' } } });
});

test('a formula without a stored value is a fault, never a blank', async () => {
  const rows = sheetRow(1, ['税号', '企业名称', '期末留抵税额']) + `<row r="2"><c r="A2" t="inlineStr"><is><t>${a}</t></is></c><c r="B2" t="inlineStr"><is><t>甲</t></is></c><c r="C2"><f>A1+B1</f></c></row>`;
  expect((await opened(workbookOf({ rows }))).lines).toMatchObject([{ kind: 'rejected', faults: [{ column: '期末留抵税额', code: 'CELL_FORMULA_UNCALCULATED' }] }]);
});

test('rows keep the numbers the spreadsheet shows, blank ones are passed over and counted', async () => {
  const rows = sheetRow(3, ['税号', '企业名称']) + sheetRow(5, [a, '甲']) + sheetRow(6, [' ', null]) + sheetRow(9, [b, '乙']) + sheetRow(10, [null, '无代码']);
  const { lines, end } = await opened(workbookOf({ rows }));
  expect(lines.map((line) => (line.kind === 'row' ? `${String(line.row.row)} ok` : `${String(line.row)} ${line.faults.map((fault) => fault.code).join()}`))).toEqual(['5 ok', '9 ok', '10 CELL_BLANK']);
  expect(end).toEqual({ rows: 3, rejected: 1, blankRows: 4 });
});

test('every fault of a row is reported at once, and a cell beyond the header is one', async () => {
  const rows = sheetRow(1, ['税号', '企业名称', '期末留抵税额', '银行账号']) + sheetRow(2, [a, '甲', { v: '1.005' }, { v: '1e18' }]) + sheetRow(3, [b, '乙', null, null, '说明']);
  expect((await opened(workbookOf({ rows }))).lines.map((line) => foundIn(line))).toEqual([['期末留抵税额 CELL_NUMBER_INEXACT', '银行账号 CELL_NUMBER_DIGITS_LOST'], [' ROW_BEYOND_HEADER']]);
});

test('a code that stands twice and a header fault are refused as in a CSV file', async () => {
  const rows = sheetRow(1, ['税号', '企业名称']) + sheetRow(2, [a, '甲']) + sheetRow(4, [a, '乙']);
  expect((await opened(workbookOf({ rows }))).lines[1]).toMatchObject({ kind: 'rejected', faults: [{ row: 4, code: 'CELL_USCC_REPEATED' }] });
  const header = sheetRow(1, ['税号', '税号', '期末留抵税额（万元）']);
  expect(await readRoster(workbookOf({ rows: header }))).toMatchObject(readRosterCsv(bytesOf('税号,税号,期末留抵税额（万元）\n')));
});

test('one visible sheet is read whatever is hidden; two are refused by name', async () => {
  const rows = sheetRow(1, ['税号', '企业名称']) + sheetRow(2, [a, '甲']);
  const hidden = '<sheet name="参数" sheetId="2" state="hidden" r:id="rId2"/><sheet name="名册" sheetId="1" r:id="rId1"/><sheet name="码" sheetId="3" state="veryHidden" r:id="rId2"/>';
  expect((await opened(workbookOf({ rows, sheets: hidden }))).lines).toHaveLength(1);
  const two = '<sheet name="四月" sheetId="1" r:id="rId1"/><sheet name="五月" sheetId="2" r:id="rId2"/>';
  expect(await readRoster(workbookOf({ rows, sheets: two }))).toMatchObject({ kind: 'refused', code: 'ROSTER_WORKBOOK_SHEETS', params: { count: 2, names: '“四月”、“五月”' } });
});

test.each([
  ['1', '1'], ['-0', '0'], ['007.50', '7.5'], ['1.2E+3', '1200'], ['1E-3', '0.001'], ['12.34e1', '123.4'], ['0.00E+00', '0'], ['9.1211382000000005E+17', '912113820000000050'],
  ['abc', null], ['1.', null], ['', null], ['1e1000', null], ['+1', null],
])('the number %s is written out as %s', (written, plain) => {
  expect(plainNumber(written)).toBe(plain);
});

test('every amount of two decimals survives the seventeen digits of a spreadsheet, ties and all', () => {
  for (let fen = 1n; fen < 10n ** 15n; fen = fen * 7n + 3n) {
    const text = `${String(fen / 100n)}.${String(fen % 100n).padStart(2, '0')}`;
    const written = plainNumber(Number(text).toPrecision(17)) ?? '';
    expect(exactAmount(written)).toBe(plainNumber(text));
  }
});

test('random tables give the same rows, faults and warnings from a workbook as from CSV', async () => {
  const cell = fc.oneof(fc.constantFrom('', ' ', '0', '-1', '1.005', '1,234.5', '１２', '0012', '=1', "'=1", '一\n二', 'a"b,c', '是', 'TRUE', '2022-04-01', '𠮷厂', '_x000D_', '&lt;<b>'), fc.string({ unit: 'grapheme', maxLength: 8 }));
  const keys = ['name', 'endingCredit', 'filed', 'registeredOn', 'bankAccount', 'office'] as const;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { minLength: keys.length, maxLength: keys.length }), { minLength: 1, maxLength: 4 }), async (table) => {
      const texts = table.map((row) => row.map((text) => text.replace(/[^\t\n\u0020-\ufffd]/g, '').replaceAll('_x', '_')));
      const cells = texts.map((row, index) => ({ uscc: testUscc(index + 1), ...Object.fromEntries(keys.map((key, at) => [key, row[at] ?? ''])) }));
      const sheet = await writeXlsx({ sheets: [{ name: '名册', rows: [['uscc', ...keys].map((key) => columnOf(key as ColumnKey).header), ...cells.map((row) => [row.uscc, ...keys.map((key) => (row as Record<string, string>)[key] ?? '')])] }] });
      expect((await opened(new Uint8Array(sheet))).lines).toEqual((await opened(bytesOf(rosterText(cells, ['uscc', ...keys])))).lines);
    }),
    { numRuns: 150 },
  );
});
