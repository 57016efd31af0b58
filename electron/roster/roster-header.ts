/**
 * The header row 表头 of a roster file: which column of the file is which column of the roster, which are kept as remarks, which are
 * lacking. Columns may stand in any order. Nothing is dropped: a header nobody knows becomes a remark and is reported.
 * @source shared spec roster.md
 */
import { faultSentence, rosterFinding, type RosterErrorKey } from '../../shared/roster/errors.ts';
import { blankSays, nameLongest, rosterColumns, type ColumnKey, type RosterColumn } from '../../shared/roster/columns.ts';
import { nearColumn, otherUnit } from '../../shared/roster/headers.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import { assignedIn, labelOf, meaningOf, noAssignments, type AssignedHeader, type Assignments } from './assigned-headers.ts';
import { invisibleInRemark, unshieldedText } from './cell-text.ts';
import { csvRecords, recordLengthMax, type CsvRecord } from './csv-records.ts';
import { aboveHeader, headerIndex, headerSearchedMax, isBlank, separatorOf, type AboveHeader } from './header-search.ts';

export const columnsMax = 256;

/** Where the cells of one roster column stand. */
export type ColumnPlace = { readonly column: RosterColumn; /** Index in the row, -1 when the file lacks it. */ readonly index: number; /** As the file has it. */ readonly header: string };
export type RemarkPlace = { readonly index: number; readonly label: string; readonly named: boolean };

export type RosterLayout = {
  readonly delimiter: ',' | '\t';
  /** The row of the header; what stands above it is no data. */
  readonly headerRow: number;
  readonly width: number;
  /** Every column of the roster, in the order of the table. */
  readonly places: readonly ColumnPlace[];
  readonly remarks: readonly RemarkPlace[];
};

/** What the clerk is told about the header. */
export type RosterHeader = {
  readonly columns: readonly { readonly position: number; readonly header: string; readonly key: ColumnKey | null }[];
  /** Headers nobody knows: kept as remarks. */
  readonly remarks: readonly string[];
  /** Headers that a person assigned by hand, now or for an earlier file of the same source. */
  readonly assigned: readonly AssignedHeader[];
  /** 表头 of roster columns that the file lacks; all their cells read as blank. */
  readonly lacking: readonly string[];
  /** What the file has around its table (lines above the header, what a workbook hides): for the clerk to see. */
  readonly notes: readonly CellFault[];
};

export type ReadRefusal = {
  readonly kind: 'refused'; readonly code: RosterErrorKey; readonly params: ErrorParams; readonly faults: readonly CellFault[];
  /** The headers of a file whose header is at fault, so that a person can say what they mean. */
  readonly headers?: readonly string[];
};
export type HeaderReading = { readonly kind: 'header'; readonly layout: RosterLayout; readonly header: RosterHeader } | ReadRefusal;

/** A workbook turned out to be unreadable after rows were given: the caller drops them. */
export class WorkbookEnded extends Error {
  override readonly name = 'WorkbookEnded';
  readonly refusal: ReadRefusal;
  constructor(ended: ReadRefusal) {
    super(ended.code);
    this.refusal = ended;
  }
}

/** Reads the header of a text file, wherever it stands among its first lines. All faults are reported at once. @param text the file or its first block */
export function readHeader(text: string, assignments: Assignments = noAssignments): HeaderReading {
  const firstLineEnd = text.indexOf('\n');
  const firstLine = firstLineEnd < 0 ? text : text.slice(0, firstLineEnd);
  if (/\r(?!$)/.test(firstLine) && !firstLine.includes('"')) return refusal('ROSTER_LINE_ENDS', {}, []);
  for (const delimiter of [',', '\t'] as const) {
    const records = firstRecords(text, delimiter);
    if (headerIndex(records, assignments) >= 0) return readHeaderAmong(records, delimiter, assignments);
  }
  const separator = separatorOf(firstLine);
  if (separator !== null) return refusal('ROSTER_SEPARATOR', { separator }, []);
  const delimiter = firstLine.includes('\t') && !firstLine.includes(',') ? '\t' : ',';
  return readHeaderAmong(firstRecords(text, delimiter), delimiter, assignments);
}

function firstRecords(text: string, delimiter: ',' | '\t'): readonly CsvRecord[] {
  const first: CsvRecord[] = [];
  for (const record of csvRecords([text], { delimiter, cellsMax: columnsMax })) {
    first.push(record);
    if (first.length >= headerSearchedMax || record.faults.length > 0) break;
  }
  return first;
}

/** Reads the header among the first records: the first one that names code and taxpayer, else the first that is not blank. */
export function readHeaderAmong(records: readonly CsvRecord[], delimiter: ',' | '\t', assignments: Assignments = noAssignments): HeaderReading {
  const found = headerIndex(records, assignments);
  const at = found >= 0 ? found : records.findIndex((record) => !isBlank(record));
  const header = records[at];
  if (header === undefined) return refusal('ROSTER_FILE_EMPTY', {}, []);
  const above = aboveHeader(found >= 0 ? records.slice(0, at).filter((record) => !isBlank(record)) : [], header.row);
  return readHeaderRecord(header, delimiter, above, assignedIn(header.cells, assignments));
}

function readHeaderRecord(record: CsvRecord, delimiter: ',' | '\t', above: AboveHeader, assigned: readonly AssignedHeader[]): HeaderReading {
  if (record.cellCount > columnsMax) return refusal('ROSTER_COLUMNS_TOO_MANY', { count: record.cellCount, limit: columnsMax }, []);
  const [broken] = record.faults;
  if (broken !== undefined && broken.kind !== 'quote-inside') return headerRefusal([headerFault(record, broken.cell, broken.kind === 'quote-open' ? 'HEADER_QUOTE' : 'ROW_TOO_LONG', { limit: recordLengthMax })]);
  const faults: CellFault[] = [...above.faults, ...record.faults.map((fault) => headerFault(record, fault.cell, 'HEADER_QUOTE'))];
  const layout = layoutOf(record, delimiter, faults, assigned);
  const header = { ...headerReport(record, layout, above.notes), assigned };
  return faults.length > 0 ? { ...headerRefusal(faults), headers: record.cells.map(labelOf) } : { kind: 'header', layout, header };
}

function headerRefusal(faults: readonly CellFault[]): ReadRefusal {
  const [first] = faults;
  return refusal('ROSTER_HEADER_INVALID', { count: faults.length, first: first === undefined ? '' : faultSentence(first) }, faults);
}

function layoutOf(record: CsvRecord, delimiter: ',' | '\t', faults: CellFault[], assigned: readonly AssignedHeader[]): RosterLayout {
  const indexOfKey = new Map<ColumnKey, number>();
  const labels = new Map<string, number>();
  const remarks: RemarkPlace[] = [];
  const decided = new Set<string>();
  for (const [index, received] of record.cells.entries()) {
    const text = unshieldedText(received).trim();
    const label = labelOf(received, index);
    const { meaning, byHand } = meaningOf(label, assigned);
    const unit = byHand && meaning.kind === 'column' && meaning.column.form.kind === 'amount' ? otherUnit(text) : null;
    if (unit !== null) faults.push(headerFault(record, index, 'HEADER_UNIT', { unit }));
    if (meaning.kind === 'other-unit') faults.push(headerFault(record, index, 'HEADER_UNIT', { unit: meaning.unit }));
    if (meaning.kind === 'column') {
      const earlier = indexOfKey.get(meaning.column.key);
      if (earlier === undefined) indexOfKey.set(meaning.column.key, index);
      else faults.push(headerFault(record, index, 'HEADER_REPEATED', { position: earlier + 1, column: meaning.column.header }));
      continue;
    }
    checkRemarkLabel(record, index, label, labels, faults);
    labels.set(label, index);
    remarks.push({ index, label, named: text !== '' });
    if (byHand) decided.add(label);
  }
  const lacking = rosterColumns.filter((column) => !indexOfKey.has(column.key));
  for (const { index, label, named } of remarks) {
    const near = named && !decided.has(label) ? nearColumn(label, lacking) : null;
    if (near !== null) faults.push(headerFault(record, index, 'HEADER_NEAR', { column: near.header, blank: blankSays(near) ?? '' }));
  }
  const labelsHere = new Set(record.cells.map(labelOf));
  for (const { header, column } of assigned) {
    if (!labelsHere.has(header)) faults.push(rosterFinding({ row: record.row, column: header, value: '' }, 'HEADER_ASSIGNED_LACKING', { header, column: column ?? '备注' }));
  }
  const places = rosterColumns.map((column) => {
    const index = indexOfKey.get(column.key) ?? -1;
    if (index < 0 && column.blank === 'refused') faults.push(rosterFinding({ row: record.row, column: column.header, value: '' }, 'HEADER_MISSING', { column: column.header }));
    return { column, index, header: index < 0 ? column.header : (record.cells[index] ?? '').trim() };
  });
  return { delimiter, headerRow: record.row, width: record.cellCount, places, remarks };
}

function checkRemarkLabel(record: CsvRecord, index: number, label: string, labels: ReadonlyMap<string, number>, faults: CellFault[]): void {
  const earlier = labels.get(label);
  const invisible = invisibleInRemark(label);
  if (earlier !== undefined) faults.push(headerFault(record, index, 'HEADER_REPEATED', { position: earlier + 1, column: label }));
  if (invisible !== null) faults.push(headerFault(record, index, 'CELL_CONTROL_CHARACTER', { character: invisible }));
  if (label.length > nameLongest) faults.push(headerFault(record, index, 'CELL_TOO_LONG', { length: label.length, limit: nameLongest }));
}

function headerFault(record: CsvRecord, index: number, code: Parameters<typeof rosterFinding>[1], params: ErrorParams = {}): CellFault {
  return rosterFinding({ row: record.row, column: `第${String(index + 1)}列`, value: record.cells[index] ?? '' }, code, params);
}

function headerReport(record: CsvRecord, layout: RosterLayout, notes: readonly CellFault[]): Omit<RosterHeader, 'assigned'> {
  const keyAt = new Map(layout.places.map((place) => [place.index, place.column.key]));
  return {
    columns: record.cells.map((header, index) => ({ position: index + 1, header, key: keyAt.get(index) ?? null })),
    remarks: layout.remarks.filter((remark) => remark.named).map((remark) => remark.label),
    lacking: layout.places.filter((place) => place.index < 0).map((place) => place.column.header),
    notes,
  };
}


export function refusal(code: RosterErrorKey, params: ErrorParams, faults: readonly CellFault[]): ReadRefusal {
  return { kind: 'refused', code, params, faults };
}
