/**
 * Records of a roster file into rows 名册行, whatever the file was: every fault of a row is reported, a faulty row is given as rejected, and a
 * code that stands twice is refused. It knows neither CSV nor workbook, decides no case and stores nothing.
 * @source shared spec roster.md; faults.md E01–E13
 */
import { lookAlikeKey } from '../../shared/kernel/look-alike.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { remarkLongest } from '../../shared/roster/columns.ts';
import type { RosterLine, RosterRow } from '../../shared/roster/model.ts';
import { shownValue } from '../../shared/roster/errors.ts';
import type { Assignments } from './assigned-headers.ts';
import { equalsQuoted, garbledCharacter, invisibleInRemark, isBlankText, unshieldedText } from './cell-text.ts';
import { cellValue } from './cell-values.ts';
import { recordLengthMax } from './csv-records.ts';
import { emptyFields } from './normal-form.ts';
import type { RosterLayout } from './roster-header.ts';
import { checkRow } from './row-checks.ts';
import { RowFindings } from './row-findings.ts';
import { rowMark, type CellMark, type TableRecord } from './table-record.ts';

/** Limits of a roster file. */
export const rosterRowsMax = 500_000;

export type RosterEnd = { readonly rows: number; readonly rejected: number; readonly blankRows: number };

export type ReadTerms = {
  /** Only for the question whether months and registration date agree. */
  readonly filingPeriod?: TaxPeriod;
  /** Headers read as a person assigned them. */
  readonly assignments?: Assignments;
  /** A list holds a code once. `accepted` where each row is judged by itself and nothing is kept (`evaluate`). */
  readonly repeatedCodes?: 'refused' | 'accepted';
};

/** `evaluate` judges each row by itself and keeps nothing: a code may stand twice. */
export function evaluationTerms(filingPeriod: TaxPeriod): ReadTerms {
  return { filingPeriod, repeatedCodes: 'accepted' };
}

/** Reads the records of one file in their order. */
export class RowReader {
  rows = 0;
  rejected = 0;
  readonly #findings = new RowFindings();
  readonly #layout: RosterLayout;
  readonly #filingPeriod: TaxPeriod | null;
  readonly #rowOfUscc: Map<string, number> | null;
  /** Names by what they look like, where a file is read whole. */
  readonly #rowOfLook = new Map<string, { readonly row: number; readonly name: string }>();

  constructor(layout: RosterLayout, terms: ReadTerms) {
    this.#layout = layout;
    this.#filingPeriod = terms.filingPeriod ?? null;
    this.#rowOfUscc = terms.repeatedCodes === 'accepted' ? null : new Map();
  }

  /** @param record one that is not blank */
  read(record: TableRecord): RosterLine {
    const line = readRecord(record, this.#layout, this.#filingPeriod, this.#rowOfUscc, this.#findings);
    this.rows += 1;
    if (line.kind === 'row' && this.#rowOfUscc !== null) return this.#withLikeName(line);
    if (line.kind === 'rejected') this.rejected += 1;
    return line;
  }

  /** Two names that look the same and are written differently: said at the later one. Equal names are usual, two shops may bear one. */
  #withLikeName(line: Extract<RosterLine, { kind: 'row' }>): RosterLine {
    const { row, name } = line.row;
    const look = lookAlikeKey(name);
    const earlier = this.#rowOfLook.get(look);
    if (earlier === undefined) this.#rowOfLook.set(look, { row, name });
    if (earlier === undefined || earlier.name === name) return line;
    this.#findings.at(this.#layout.places.find((place) => place.column.key === 'name')?.header ?? '', name);
    this.#findings.warn('WARN_NAME_LIKE', { row: earlier.row });
    return { ...line, warnings: this.#findings.warnings };
  }
}

function readRecord(record: TableRecord, layout: RosterLayout, filingPeriod: TaxPeriod | null, rowOfUscc: Map<string, number> | null, findings: RowFindings): RosterLine {
  findings.startRow(record.row);
  structureFaults(record, layout, findings);
  if (findings.isFaulty()) return rejectedLine(record, layout, findings);
  const row = readCells(record, layout, findings);
  checkRepetition(row.uscc, record.row, layout, rowOfUscc, findings);
  if (!findings.isFaulty()) checkRow(row, filingPeriod, findings);
  return findings.isFaulty() ? rejectedLine(record, layout, findings) : { kind: 'row', row, warnings: findings.warnings };
}

/** What every row of a file with these columns may hold. */
export type TableLayout = { readonly width: number; readonly places: readonly { readonly index: number; readonly header: string }[]; readonly remarks: RosterLayout['remarks'] };

/** A row whose cells cannot be told apart is not read further. */
export function structureFaults(record: TableRecord, layout: TableLayout, findings: RowFindings): void {
  for (const fault of record.faults) {
    findings.at(headerAt(layout, fault.cell), record.cells[fault.cell] ?? '');
    if (fault.kind === 'quote-inside') findings.fault('CELL_QUOTE_INSIDE');
    else if (fault.kind === 'quote-open') findings.fault('ROW_QUOTE_OPEN');
    else findings.fault('ROW_TOO_LONG', { limit: recordLengthMax });
  }
  if (record.faults.length === 0 && record.cellCount !== layout.width) {
    findings.at('', record.cells[0] ?? '');
    findings.fault('ROW_RAGGED', { cells: record.cellCount, columns: layout.width });
  }
  const stray = record.marks?.get(rowMark);
  if (stray !== undefined) {
    applyMark(stray, '', record.cells[0] ?? '', findings);
  }
}

/** Every field of the row; fields whose cell is at fault are undefined, and the caller then drops the row. */
function readCells(record: TableRecord, layout: RosterLayout, findings: RowFindings): RosterRow {
  const fields: Record<string, unknown> = { ...emptyFields };
  fields['row'] = record.row;
  for (const { column, index, header } of layout.places) {
    const text = index < 0 ? '' : (record.cells[index] ?? '');
    const mark = index < 0 ? undefined : record.marks?.get(index);
    if (mark !== undefined && applyMark(mark, header, text, findings)) fields[column.key] = undefined;
    else if (isBlankText(text)) fields[column.key] = blankValue(column.blank, header, text, findings);
    else {
      findings.at(header, text);
      fields[column.key] = cellValue(column.form, equalsTakenOff(text, findings), findings);
    }
  }
  fields['remarks'] = readRemarks(record, layout, findings);
  // Each field was read by the form that the closed table gives it; columns.test.ts compares table and RosterRow field by field.
  return fields as RosterRow;
}

/** The digits of `="0000…"`, as a spreadsheet's user writes them to keep the zeros. */
function equalsTakenOff(text: string, findings: RowFindings): string {
  const inside = equalsQuoted(text);
  if (inside === null) return text;
  findings.warn('WARN_EQUALS_TAKEN_OFF');
  return inside;
}

/** @returns whether the cell is at fault and stays unread */
export function applyMark(mark: CellMark, header: string, text: string, findings: RowFindings): boolean {
  findings.at(header, text);
  if (mark.weight === 'fault') findings.fault(mark.code, mark.params);
  else findings.warn(mark.code, mark.params);
  return mark.weight === 'fault';
}

function blankValue(blank: RosterLayout['places'][number]['column']['blank'], header: string, text: string, findings: RowFindings): unknown {
  if (blank !== 'refused') return blank.stands;
  findings.at(header, text);
  findings.fault('CELL_BLANK');
  return undefined;
}

const noRemarks: RosterRow['remarks'] = Object.freeze({});

function readRemarks(record: TableRecord, layout: RosterLayout, findings: RowFindings): RosterRow['remarks'] {
  if (layout.remarks.length === 0) return noRemarks;
  const remarks: [string, string][] = [];
  for (const { index, label, named } of layout.remarks) {
    const cell = record.cells[index] ?? '';
    const mark = record.marks?.get(index);
    if (mark !== undefined) applyMark(mark, label, cell, findings);
    if (isBlankText(cell)) continue;
    // A line break inside a cell is CRLF or LF by the writer's habit, not by content.
    findings.at(label, cell);
    const text = unshieldedText(equalsTakenOff(cell.replaceAll('\r\n', '\n'), findings));
    const invisible = invisibleInRemark(text);
    const garbled = garbledCharacter(text);
    if (invisible !== null) findings.fault('CELL_CONTROL_CHARACTER', { character: invisible });
    if (garbled !== null) findings.fault('CELL_GARBLED', { character: garbled });
    if (text.length > remarkLongest) findings.fault('CELL_TOO_LONG', { length: text.length, limit: remarkLongest });
    if (!named) findings.warn('WARN_COLUMN_UNNAMED');
    remarks.push([label, text]);
  }
  return Object.fromEntries(remarks);
}

/** The first row with a code keeps it, also when that row is rejected for something else. */
function checkRepetition(uscc: string | undefined, row: number, layout: RosterLayout, rowOfUscc: Map<string, number> | null, findings: RowFindings): void {
  if (uscc === undefined || rowOfUscc === null) return;
  const earlier = rowOfUscc.get(uscc);
  if (earlier === undefined) {
    rowOfUscc.set(uscc, row);
    return;
  }
  findings.at(layout.places.find((place) => place.column.key === 'uscc')?.header ?? '', uscc);
  findings.fault('CELL_USCC_REPEATED', { row: earlier });
}

function rejectedLine(record: TableRecord, layout: RosterLayout, findings: RowFindings): RosterLine {
  const place = layout.places.find((candidate) => candidate.column.key === 'name');
  return { kind: 'rejected', row: record.row, name: shownValue(record.cells[place?.index ?? -1] ?? ''), faults: findings.faults };
}

function headerAt(layout: TableLayout, index: number): string {
  return layout.places.find((place) => place.index === index)?.header ?? layout.remarks.find((remark) => remark.index === index)?.label ?? '';
}
