/**
 * Writes one table as an Excel workbook 导出工作簿: heading lines, header row, rows, totals; the header stays in view and is repeated on every
 * printed page. The adapter around the library hucre (pinned): nothing else of the product knows it. What the cells mean is the caller's.
 * @source shared spec conventions.md (Files, Money); toolchain.md 7; ECMA-376
 */
import { writeXlsx, type Cell, type CellStyle, type CellValue } from 'hucre/xlsx';
import { assert } from '../../shared/kernel/assert.ts';
import { parseYuan, yuanText } from '../../shared/kernel/money.ts';

/** amount: yuan text; count: a whole number as text; text: anything else, codes and dates included. */
export type WorkbookColumn = {
  readonly title: string;
  readonly kind: 'text' | 'amount' | 'count';
  /** In characters of half width. */
  readonly width: number;
  /** Words to choose from in the rows below the header. */
  readonly choices?: readonly string[];
};

export type WorkbookTable = {
  readonly sheet: string;
  /** Lines above the header: the first one stands large over the whole width. None where the file will be read back. */
  readonly heading: readonly string[];
  readonly columns: readonly WorkbookColumn[];
  /** One text a column; '' is a blank cell. */
  readonly rows: Iterable<readonly string[]>;
  readonly totals: readonly string[] | null;
};

/** Most rows of one sheet in any spreadsheet program. */
const sheetRowsMax = 1_048_576;
const amountFormat = '#,##0.00';
const countFormat = '#,##0';
const baseFont = { name: '宋体', size: 11 };
const wholeNumber = /^-?(?:0|[1-9][0-9]{0,14})$/;

/** The finished file. Numbers are written with the digits they have; what a number cannot hold stays text. */
export async function writeWorkbook(table: WorkbookTable): Promise<Uint8Array> {
  const { columns, heading } = table;
  const rows: CellValue[][] = heading.map((line) => [escapedText(line)]);
  rows.push(columns.map((column) => escapedText(column.title)));
  const headerRow = rows.length;
  for (const row of table.rows) rows.push(columns.map((column, index) => cellValue(column, row[index] ?? '')));
  if (table.totals !== null) rows.push(columns.map((column, index) => cellValue(column, table.totals?.[index] ?? '')));
  assert(rows.length <= sheetRowsMax, 'a table fits one sheet');
  return await writeXlsx({
    defaultFont: baseFont,
    sheets: [
      {
        name: sheetName(table.sheet),
        columns: columns.map((column) => ({ width: column.width, style: styleOf(column) })),
        rows,
        cells: specialCells(table, rows, headerRow),
        merges: columns.length < 2 ? [] : heading.map((_line, index) => ({ startRow: index, startCol: 0, endRow: index, endCol: columns.length - 1 })),
        dataValidations: columns.flatMap(({ choices }, index) => (choices === undefined ? [] : [listOfChoices(choices, index, headerRow)])),
        freezePane: { rows: headerRow },
        pageSetup: { paperSize: 'a4', orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: `$${String(headerRow)}:$${String(headerRow)}` },
        headerFooter: { oddFooter: '&C第 &P 页 共 &N 页' },
      },
    ],
  });
}

/** Rows below the header for which a list of words is offered. */
const rowsOffered = 5000;

function listOfChoices(choices: readonly string[], index: number, headerRow: number) {
  const letters = (index >= 26 ? String.fromCharCode(64 + Math.floor(index / 26)) : '') + String.fromCharCode(65 + (index % 26));
  const range = `${letters}${String(headerRow + 1)}:${letters}${String(headerRow + rowsOffered)}`;
  const says = `请选：${choices.join('、')}；不知道的留空`;
  return { type: 'list' as const, values: [...choices], range, allowBlank: true, showErrorMessage: true, errorStyle: 'stop' as const, errorTitle: '不在列表中', errorMessage: says };
}

function cellValue(column: WorkbookColumn, text: string): CellValue {
  if (text === '') return null;
  if (column.kind === 'amount') return amountNumber(text) ?? escapedText(text);
  return column.kind === 'count' && wholeNumber.test(text) ? Number(text) : escapedText(text);
}

/** A text that reads `_x000D_` would come back as a carriage return: its first underscore is written as `_x005F_` (ECMA-376 part 1, 22.9.2.19). */
function escapedText(text: string): string {
  return text.includes('_x') ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : text;
}

/**
 * The number whose writing is the amount. The library takes numbers only, so this is the one place where an amount becomes a double: nothing is
 * calculated with it, and it is used only where its writing reads back as the same fen. Null otherwise; then the amount stays text.
 */
function amountNumber(text: string): number | null {
  const fen = parseYuan(text);
  if (fen === null) return null;
  const written = yuanText(fen);
  const cell = Number(written);
  return parseYuan(String(cell)) === fen ? cell : null;
}

function styleOf(column: WorkbookColumn): CellStyle {
  switch (column.kind) {
    case 'amount':
      return { numFmt: amountFormat, alignment: { horizontal: 'right' } };
    case 'count':
      return { numFmt: countFormat, alignment: { horizontal: 'right' } };
    case 'text':
      return { numFmt: '@' };
  }
}

/** Cells that look other than their column: heading, header row, totals. */
function specialCells(table: WorkbookTable, rows: readonly CellValue[][], headerRow: number): Map<string, Partial<Cell>> {
  const cells = new Map<string, Partial<Cell>>();
  const put = (row: number, column: number, style: CellStyle): void => {
    cells.set(`${String(row)},${String(column)}`, { value: rows[row]?.[column] ?? null, style });
  };
  for (const [row] of table.heading.entries()) put(row, 0, row === 0 ? { font: { ...baseFont, bold: true, size: 14 }, alignment: { horizontal: 'center' } } : { alignment: { horizontal: 'left' } });
  for (const [column] of table.columns.entries()) {
    put(headerRow - 1, column, { font: { ...baseFont, bold: true }, alignment: { horizontal: 'center', wrapText: true } });
  }
  if (table.totals !== null) for (const [index, column] of table.columns.entries()) put(rows.length - 1, index, { ...styleOf(column), font: { ...baseFont, bold: true } });
  return cells;
}

/** A sheet's name holds at most 31 characters and none of `[]:*?/\`. */
function sheetName(text: string): string {
  const name = text.replace(/[[\]:*?/\\']/g, ' ').trim().slice(0, 31);
  return name === '' ? '表' : name;
}
