/**
 * A row of a worksheet as a record of texts, so that it goes the way of a CSV record from here on: same grammars, same findings. What only a
 * spreadsheet can do to a value (lost digits, rounding noise, formulas, dates) is marked at its cell here.
 * @source shared spec roster.md; toolchain.md 7; conventions.md (Files)
 */
import { assertNever } from '../../shared/kernel/assert.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import type { ColumnForm } from '../../shared/roster/columns.ts';
import type { RosterFindingKey } from '../../shared/roster/errors.ts';
import { isBlankText } from './cell-text.ts';
import type { CsvRecord } from './csv-records.ts';
import type { RosterLayout } from './roster-header.ts';
import { rowMark, type CellMark, type TableRecord } from './table-record.ts';
import { digitsLostBySheet, exactAmount, plainNumber } from './workbook-number.ts';
import type { SheetCell, SheetRow } from './workbook-sheet.ts';
import type { Area } from './workbook-surround.ts';

const noFaults: CsvRecord['faults'] = [];

/** The header row: every cell as text, as wide as its last filled cell. */
export function headerRecord({ row, cells, beyond }: SheetRow): CsvRecord {
  const texts = Array.from(cells, (cell) => textOf(cell, null).text);
  return { row, cells: texts, cellCount: beyond ?? texts.length, faults: noFaults };
}

/** A row below the header. A filled cell to the right of the header is a fault, never dropped. @param merged areas that cover the row */
export function rowRecord(given: SheetRow, layout: Pick<RosterLayout, 'width'>, forms: readonly (ColumnForm | null)[], merged: readonly Area[]): TableRecord {
  const { row, cells, beyond } = given;
  const marks = new Map<number, CellMark>();
  const texts: string[] = [];
  for (let index = 0; index < layout.width; index += 1) {
    const { text, mark } = textOf(cells[index], forms[index] ?? null);
    texts.push(text);
    if (mark !== null) marks.set(index, mark);
  }
  if (given.stale.length > 0) markCells(marks, given.stale, layout.width, warning('WARN_FORMULA_STALE', {}));
  if (given.struck.length > 0) markCells(marks, given.struck, layout.width, warning('WARN_STRUCK_OUT', {}));
  for (const area of merged) markMerged(marks, area, row, forms);
  const stray = cells.findIndex((cell, index) => index >= layout.width && isFilled(cell));
  const outside = stray >= 0 ? stray + 1 : beyond;
  if (outside !== null) marks.set(rowMark, { weight: 'fault', code: 'ROW_BEYOND_HEADER', params: { position: outside, columns: layout.width } });
  else if (given.hidden) marks.set(rowMark, warning('WARN_ROW_HIDDEN', {}));
  return { row, cells: texts, cellCount: layout.width, faults: noFaults, marks };
}

/** A fault that stands is not written over by a warning. */
function markCells(marks: Map<number, CellMark>, indexes: readonly number[], width: number, mark: CellMark): void {
  for (const index of indexes) if (index < width && marks.get(index)?.weight !== 'fault') marks.set(index, mark);
}

/** Only the first cell of a merged area holds its value; whether it is meant for every row, or for all of them together, nobody can tell. */
function markMerged(marks: Map<number, CellMark>, area: Area, row: number, forms: readonly (ColumnForm | null)[]): void {
  for (let index = area.left - 1; index < Math.min(area.right, forms.length); index += 1) {
    if (row === area.top && index === area.left - 1) markCells(marks, [index], forms.length, warning('WARN_MERGED_FIRST', { area: area.name }));
    else marks.set(index, (forms[index] ?? null) === null ? warning('WARN_MERGED_FIRST', { area: area.name }) : fault('CELL_MERGED', { area: area.name }));
  }
}

/** Whether a cell holds anything but blanks. */
export function isFilled(cell: SheetCell | undefined): boolean {
  return cell !== undefined && (cell.kind !== 'text' || !isBlankText(cell.text));
}

/** The form of each column by its index in the file; null for remarks. */
export function formsOf(layout: RosterLayout): readonly (ColumnForm | null)[] {
  const forms = new Array<ColumnForm | null>(layout.width).fill(null);
  for (const { column, index } of layout.places) if (index >= 0) forms[index] = column.form;
  return forms;
}

type CellReading = { readonly text: string; readonly mark: CellMark | null };

function textOf(cell: SheetCell | undefined, form: ColumnForm | null): CellReading {
  if (cell === undefined) return { text: '', mark: null };
  switch (cell.kind) {
    case 'text':
      return { text: cell.text, mark: null };
    case 'number':
      return numberText(cell.text, form);
    case 'date':
      return { text: form?.kind === 'month' && /^[0-9-]{7}-01$/.test(cell.text) ? cell.text.slice(0, 7) : cell.text, mark: null };
    case 'boolean':
      return { text: form?.kind === 'words' ? (cell.value ? '是' : '否') : cell.value ? 'TRUE' : 'FALSE', mark: null };
    case 'error':
      return { text: cell.text, mark: form === null ? null : fault('CELL_FORMULA_ERROR', { error: cell.text }) };
    case 'uncalculated':
      return { text: '', mark: fault('CELL_FORMULA_UNCALCULATED', {}) };
    default:
      return assertNever(cell);
  }
}

function numberText(written: string, form: ColumnForm | null): CellReading {
  const plain = plainNumber(written);
  if (plain === null) return { text: written, mark: null };
  switch (form?.kind) {
    case 'amount':
    case 'credit-series':
    case 'industry-sales': {
      const exact = exactAmount(plain);
      return exact === null ? { text: plain, mark: fault('CELL_NUMBER_INEXACT', {}) } : { text: exact, mark: null };
    }
    case 'count':
    case 'words':
    case 'date':
    case 'month':
      return { text: plain, mark: null };
    case 'uscc':
    case 'number-text':
    case 'name':
    case 'text':
    case 'industry':
    case undefined: {
      const lost = digitsLostBySheet(plain);
      if (lost > 0) return { text: plain, mark: form === null ? warning('WARN_NUMBER_DIGITS_LOST', { lost }) : fault('CELL_NUMBER_DIGITS_LOST', { lost }) };
      const isCode = form?.kind === 'uscc' || form?.kind === 'number-text';
      return { text: plain, mark: isCode ? warning('WARN_NUMBER_AS_CODE', {}) : null };
    }
  }
}

function fault(code: RosterFindingKey, params: ErrorParams): CellMark {
  return { weight: 'fault', code, params };
}

function warning(code: RosterFindingKey, params: ErrorParams): CellMark {
  return { weight: 'warning', code, params };
}
