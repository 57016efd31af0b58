/**
 * Reads a roster file 名册文件 from its bytes into rows, one at a time, so that memory does not grow with the number of rows. Every
 * fault of every row is reported; a faulty row is yielded as rejected and the next is read. It decides no case and stores nothing.
 * @source shared spec roster.md; faults.md E01–E13
 */
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { remarkLongest } from '../../shared/roster/columns.ts';
import type { RosterLine, RosterRow } from '../../shared/roster/model.ts';
import { shownValue } from '../../shared/roster/errors.ts';
import { detectEncoding, textBlocks, type TextEncoding } from '../platform/text-file.ts';
import { garbledCharacter, invisibleInRemark, isBlankText, unshieldedText } from './cell-text.ts';
import { cellValue } from './cell-values.ts';
import { csvRecords, recordLengthMax, type CsvRecord } from './csv-records.ts';
import { foreignForm } from './foreign-form.ts';
import { emptyFields } from './normal-form.ts';
import { columnsMax, isBlank, readHeader, refusal, type ReadRefusal, type RosterHeader, type RosterLayout } from './roster-header.ts';
import { checkRow } from './row-checks.ts';
import { RowFindings } from './row-findings.ts';

/** Limits of a roster file. 100,000 rows with every column filled are about 57 MB. */
export const rosterFileBytesMax = 200 * 1024 * 1024;
export const rosterRowsMax = 500_000;

export type RosterReading =
  | ReadRefusal
  | {
      readonly kind: 'opened';
      readonly encoding: TextEncoding;
      readonly header: RosterHeader;
      /** Walk it once. Its return value tells how many rows were blank and passed over. */
      readonly lines: Generator<RosterLine, RosterEnd, void>;
    };

export type RosterEnd = { readonly rows: number; readonly rejected: number; readonly blankRows: number };

export type ReadTerms = {
  /** Only for the question whether months and registration date agree. */
  readonly filingPeriod?: TaxPeriod;
  /** A list holds a code once. `accepted` where each row is judged by itself and nothing is kept (`evaluate`). */
  readonly repeatedCodes?: 'refused' | 'accepted';
};

/**
 * Opens a roster file. File, encoding and header are judged at once; rows are read while `lines` is walked.
 * @param bytes the file as it is, at most rosterFileBytesMax
 * @throws never for foreign content
 */
export function readRosterCsv(bytes: Uint8Array, terms: ReadTerms = {}): RosterReading {
  if (bytes.length > rosterFileBytesMax) return refusal('ROSTER_FILE_TOO_LARGE', { file: '名册', limit: rosterFileBytesMax / 1024 / 1024 }, []);
  if (bytes.length === 0) return refusal('ROSTER_FILE_EMPTY', {}, []);
  const form = foreignForm(bytes);
  if (form !== null) return refusal(form.workbook ? 'ROSTER_FILE_IS_WORKBOOK' : 'ROSTER_FILE_NOT_TABLE', { form: form.name }, []);
  const detected = detectEncoding(bytes);
  if (detected.kind === 'refused') return refusal('ROSTER_ENCODING_UNKNOWN', { reason: encodingReason(detected.reason, detected.line) }, []);
  const { encoding } = detected;
  const blocks = (): Iterable<string> => textBlocks(bytes, encoding, detected.start);
  const [firstBlock = ''] = blocks();
  const reading = readHeader(firstBlock);
  if (reading.kind === 'refused') return reading;
  if (hasTooManyRows(bytes, blocks, reading.layout)) return refusal('ROSTER_ROWS_TOO_MANY', { limit: rosterRowsMax }, []);
  return { kind: 'opened', encoding, header: reading.header, lines: readLines(blocks(), reading.layout, terms) };
}

function* readLines(blocks: Iterable<string>, layout: RosterLayout, terms: ReadTerms): Generator<RosterLine, RosterEnd, void> {
  const findings = new RowFindings();
  const filingPeriod = terms.filingPeriod ?? null;
  const rowOfUscc = terms.repeatedCodes === 'accepted' ? null : new Map<string, number>();
  let rows = 0;
  let rejected = 0;
  let blankRows = 0;
  const records = csvRecords(blocks, { delimiter: layout.delimiter, cellsMax: columnsMax });
  records.next(); // the header
  for (const record of records) {
    if (isBlank(record)) {
      blankRows += 1;
      continue;
    }
    const line = readRecord(record, layout, filingPeriod, rowOfUscc, findings);
    rows += 1;
    if (line.kind === 'rejected') rejected += 1;
    yield line;
  }
  return { rows, rejected, blankRows };
}

function readRecord(record: CsvRecord, layout: RosterLayout, filingPeriod: TaxPeriod | null, rowOfUscc: Map<string, number> | null, findings: RowFindings): RosterLine {
  findings.startRow(record.row);
  structureFaults(record, layout, findings);
  if (findings.isFaulty()) return rejectedLine(record, layout, findings);
  const row = readCells(record, layout, findings);
  checkRepetition(row.uscc, record.row, layout, rowOfUscc, findings);
  if (!findings.isFaulty()) checkRow(row, filingPeriod, findings);
  return findings.isFaulty() ? rejectedLine(record, layout, findings) : { kind: 'row', row, warnings: findings.warnings };
}

/** A row whose cells cannot be told apart is not read further. */
function structureFaults(record: CsvRecord, layout: RosterLayout, findings: RowFindings): void {
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
}

/** Every field of the row; fields whose cell is at fault are undefined, and the caller then drops the row. */
function readCells(record: CsvRecord, layout: RosterLayout, findings: RowFindings): RosterRow {
  const fields: Record<string, unknown> = { ...emptyFields };
  fields['row'] = record.row;
  for (const { column, index, header } of layout.places) {
    const text = index < 0 ? '' : (record.cells[index] ?? '');
    if (isBlankText(text)) fields[column.key] = blankValue(column.blank, header, text, findings);
    else {
      findings.at(header, text);
      fields[column.key] = cellValue(column.form, text, findings);
    }
  }
  fields['remarks'] = readRemarks(record, layout, findings);
  // Each field was read by the form that the closed table gives it; columns.test.ts compares table and RosterRow field by field.
  return fields as RosterRow;
}

function blankValue(blank: RosterLayout['places'][number]['column']['blank'], header: string, text: string, findings: RowFindings): unknown {
  if (blank !== 'refused') return blank.stands;
  findings.at(header, text);
  findings.fault('CELL_BLANK');
  return undefined;
}

const noRemarks: RosterRow['remarks'] = Object.freeze({});

function readRemarks(record: CsvRecord, layout: RosterLayout, findings: RowFindings): RosterRow['remarks'] {
  if (layout.remarks.length === 0) return noRemarks;
  const remarks: [string, string][] = [];
  for (const { index, label, named } of layout.remarks) {
    const cell = record.cells[index] ?? '';
    if (isBlankText(cell)) continue;
    // A line break inside a cell is CRLF or LF by the writer's habit, not by content.
    const text = unshieldedText(cell.replaceAll('\r\n', '\n'));
    findings.at(label, cell);
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

function rejectedLine(record: CsvRecord, layout: RosterLayout, findings: RowFindings): RosterLine {
  const place = layout.places.find((candidate) => candidate.column.key === 'name');
  return { kind: 'rejected', row: record.row, name: shownValue(record.cells[place?.index ?? -1] ?? ''), faults: findings.faults };
}

function headerAt(layout: RosterLayout, index: number): string {
  return layout.places.find((place) => place.index === index)?.header ?? layout.remarks.find((remark) => remark.index === index)?.label ?? '';
}

/** Counts records only where the number of line feeds leaves it open. */
function hasTooManyRows(bytes: Uint8Array, blocks: () => Iterable<string>, layout: RosterLayout): boolean {
  let lineFeeds = 0;
  for (let index = bytes.indexOf(10); index >= 0; index = bytes.indexOf(10, index + 1)) lineFeeds += 1;
  if (lineFeeds <= rosterRowsMax) return false;
  let rows = -1;
  for (const record of csvRecords(blocks(), { delimiter: layout.delimiter, cellsMax: columnsMax })) if (!isBlank(record) && ++rows > rosterRowsMax) return true;
  return false;
}

function encodingReason(reason: 'utf-16-unmarked' | 'utf-32' | 'mixed' | 'unknown', line: number | null): string {
  switch (reason) {
    case 'utf-16-unmarked':
      return '像是没有标记的 UTF-16';
    case 'utf-32':
      return '是 UTF-32';
    case 'mixed':
      return `部分是 UTF-8，${line === null ? '部分不是' : `第 ${String(line)} 行不是`}，可能被截断或拼接过`;
    case 'unknown':
      return '既不是 UTF-8，也不是 GB18030/GBK';
  }
}
