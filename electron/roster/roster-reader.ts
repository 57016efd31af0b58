/**
 * Opens a roster file 名册文件 from its bytes: workbook or CSV. Rows come one at a time, so that memory does not grow with their number, or as
 * pieces of text whose rows are read elsewhere (roster-batches.ts); what a row may hold is roster-rows.ts. It decides no case and stores nothing.
 * @source shared spec roster.md; faults.md E01–E13
 */
import type { RosterLine } from '../../shared/roster/model.ts';
import { FileReadFault, memorySource, type ByteSource } from '../platform/byte-source.ts';
import { detectEncoding, textBlocks, type TextEncoding } from '../platform/text-encoding.ts';
import { noAssignments, type Assignments } from './assigned-headers.ts';
import { csvRecords } from './csv-records.ts';
import { foreignForm, isZip } from './foreign-form.ts';
import { isBlank } from './header-search.ts';
import { columnsMax, readHeader, refusal, type ReadRefusal, type RosterHeader, type RosterLayout } from './roster-header.ts';
import { RowReader, rosterRowsMax, type ReadTerms, type RosterEnd } from './roster-rows.ts';
import type { WorkbookReading } from './workbook-reader.ts';

/** Limit of a CSV file. 100,000 rows with every column filled are about 57 MB. */
export const rosterFileBytesMax = 200 * 1024 * 1024;

export type RosterReading =
  | ReadRefusal
  | {
      readonly kind: 'opened';
      readonly encoding: TextEncoding;
      readonly header: RosterHeader;
      /** Walk it once. Its return value tells how many rows were blank and passed over. */
      readonly lines: Generator<RosterLine, RosterEnd, void>;
    };

/** Opens a roster file of either form, by its first bytes. */
export async function readRoster(bytes: Uint8Array<ArrayBuffer>, terms: ReadTerms = {}): Promise<RosterReading | WorkbookReading> {
  if (!isZip(memorySource(bytes))) return readRosterCsv(bytes, terms);
  // Only now: a CSV file needs neither zip nor XML.
  const { readRosterWorkbook } = await import('./workbook-reader.ts');
  return await readRosterWorkbook(bytes, terms);
}

/**
 * Opens a CSV file. File, encoding and header are judged at once; rows are read while `lines` is walked.
 * @param bytes the file as it is, at most rosterFileBytesMax
 * @throws never for foreign content
 */
export function readRosterCsv(bytes: Uint8Array, terms: ReadTerms = {}): RosterReading {
  if (bytes.length > rosterFileBytesMax) return refusal('ROSTER_FILE_TOO_LARGE', { file: '名册', limit: rosterFileBytesMax / 1024 / 1024 }, []);
  const table = openCsv(memorySource(bytes), terms.assignments);
  if (table.kind === 'refused') return table;
  const { encoding, header, layout, blocks } = table;
  if (hasTooManyRows(bytes, blocks, layout)) return refusal('ROSTER_ROWS_TOO_MANY', { limit: rosterRowsMax }, []);
  return { kind: 'opened', encoding, header, lines: readLines(blocks(), layout, terms) };
}

export type OpenedCsv =
  | ReadRefusal
  | {
      readonly kind: 'opened';
      readonly encoding: TextEncoding;
      readonly header: RosterHeader;
      readonly layout: RosterLayout;
      /** The text from its start; may be walked again. @throws FileReadFault */
      readonly blocks: () => Iterable<string>;
    };

/** Judges file, encoding and header of a CSV file, of any size. @throws FileReadFault */
export function openCsv(source: ByteSource, assignments: Assignments = noAssignments): OpenedCsv {
  const text = openText(source);
  if (text.kind === 'refused') return text;
  const { encoding, blocks } = text;
  const [firstBlock = ''] = blocks();
  const reading = readHeader(firstBlock, assignments);
  return reading.kind === 'refused' ? reading : { kind: 'opened', encoding, header: reading.header, layout: reading.layout, blocks };
}

/** Judges form and encoding of a text table, whatever its columns. @throws FileReadFault */
export function openText(source: ByteSource): ReadRefusal | Pick<Extract<OpenedCsv, { kind: 'opened' }>, 'kind' | 'encoding' | 'blocks'> {
  if (source.length === 0) return refusal('ROSTER_FILE_EMPTY', {}, []);
  const form = foreignForm(source);
  if (form !== null) return refusal(form.workbook ? 'ROSTER_FILE_IS_WORKBOOK' : 'ROSTER_FILE_NOT_TABLE', { form: form.name }, []);
  const detected = detectEncoding(source);
  if (detected.kind === 'refused') return refusal('ROSTER_ENCODING_UNKNOWN', { reason: encodingReason(detected.reason, detected.line) }, []);
  const { encoding, start } = detected;
  return { kind: 'opened', encoding, blocks: () => provenText(source, encoding, start) };
}

function* provenText(source: ByteSource, encoding: TextEncoding, start: number): Generator<string, void, void> {
  try {
    yield* textBlocks(source, encoding, start);
  } catch (error) {
    // The bytes were proven valid when the file was opened; now they are others.
    throw error instanceof TypeError ? new FileReadFault('changed') : error;
  }
}

function* readLines(blocks: Iterable<string>, layout: RosterLayout, terms: ReadTerms): Generator<RosterLine, RosterEnd, void> {
  const reader = new RowReader(layout, terms);
  let blankRows = 0;
  for (const record of csvRecords(blocks, { delimiter: layout.delimiter, cellsMax: columnsMax })) {
    if (record.row <= layout.headerRow) continue;
    if (isBlank(record)) blankRows += 1;
    else yield reader.read(record);
  }
  return { rows: reader.rows, rejected: reader.rejected, blankRows };
}

/** Counts records only where the number of line feeds leaves it open. */
function hasTooManyRows(bytes: Uint8Array, blocks: () => Iterable<string>, layout: RosterLayout): boolean {
  let lineFeeds = 0;
  for (let index = bytes.indexOf(10); index >= 0; index = bytes.indexOf(10, index + 1)) lineFeeds += 1;
  if (lineFeeds <= rosterRowsMax) return false;
  let rows = 0;
  for (const record of csvRecords(blocks(), { delimiter: layout.delimiter, cellsMax: columnsMax })) if (record.row > layout.headerRow && !isBlank(record) && ++rows > rosterRowsMax) return true;
  return false;
}

function encodingReason(reason: 'utf-16-unmarked' | 'utf-32' | 'mixed' | 'unknown' | 'letters', line: number | null): string {
  switch (reason) {
    case 'utf-16-unmarked':
      return '像是没有标记的 UTF-16';
    case 'utf-32':
      return '是 UTF-32';
    case 'mixed':
      return `部分是 UTF-8，${line === null ? '部分不是' : `第 ${String(line)} 行不是`}，可能被截断或拼接过`;
    case 'letters':
      return '只有西文字母而没有汉字，分不清是 UTF-8 还是 GBK';
    case 'unknown':
      return '既不是 UTF-8，也不是 GB18030/GBK';
  }
}
