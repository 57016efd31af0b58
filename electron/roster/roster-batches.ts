/**
 * A roster file in batches 名册分批: whole records that another thread can read without the rest of the file, in the order of the file. A CSV file is
 * cut as text and its cells are read where the batch goes; a workbook is read here. Repeated codes are not noticed: each batch stands alone.
 * @source shared spec roster.md; headless.md (`evaluate`)
 */
import { assert } from '../../shared/kernel/assert.ts';
import { refusal } from '../../shared/errors.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterLine } from '../../shared/roster/model.ts';
import { FileReadFault, type ByteSource } from '../platform/byte-source.ts';
import { csvPieces, csvRecords, type CsvPiece } from './csv-records.ts';
import { isZip } from './foreign-form.ts';
import { fileRefusal } from './roster-file.ts';
import { columnsMax, isBlank, readHeader, refusal as readRefusal, type ReadRefusal } from './roster-header.ts';
import { openCsv } from './roster-reader.ts';
import { RowReader, type ReadTerms } from './roster-rows.ts';
import { readRosterWorkbook, workbookBytesMax, WorkbookEnded } from './workbook-reader.ts';

/** Limit of a CSV file that is only passed through; about three and a half million rows with every column filled. */
export const passedFileBytesMax = 2048 * 1024 * 1024;

/** About six hundred rows with every column filled, in UTF-16 units. */
const batchLength = 262_144;
const batchLines = 500;

export type RosterBatch = ({ readonly kind: 'text' } & CsvPiece) | { readonly kind: 'lines'; readonly lines: readonly RosterLine[] };

export type RosterBatches =
  | ReadRefusal
  | {
      readonly kind: 'opened';
      /** The first block of a CSV file, from which batchReader learns the columns; '' for a workbook. */
      readonly head: string;
      /** Walk it once. @throws WorkbookEnded, FileReadFault */
      readonly batches: Iterable<RosterBatch> | AsyncIterable<RosterBatch>;
    };

/** Opens a file of either form; file, encoding and header are judged before the first batch. @throws FileReadFault */
export async function openRosterBatches(source: ByteSource, filingPeriod: TaxPeriod): Promise<RosterBatches> {
  if (isZip(source)) return await openWorkbook(source, termsOf(filingPeriod));
  const table = openCsv(source);
  if (table.kind === 'refused') return table;
  const [head = ''] = table.blocks();
  return { kind: 'opened', head, batches: textBatches(table.blocks(), table.layout.delimiter) };
}

/** Reads the rows of batches, in whatever thread. @param head as openRosterBatches gave it */
export function batchReader(head: string, filingPeriod: TaxPeriod): (batch: RosterBatch) => Iterable<RosterLine> {
  const reading = head === '' ? null : readHeader(head);
  assert(reading?.kind !== 'refused', 'the header was judged when the file was opened');
  const layout = reading?.layout;
  return function* (batch) {
    if (batch.kind === 'lines') {
      yield* batch.lines;
      return;
    }
    assert(layout !== undefined, 'a batch of text comes with its header');
    const reader = new RowReader(layout, termsOf(filingPeriod));
    for (const record of csvRecords([batch.text], { delimiter: layout.delimiter, cellsMax: columnsMax }, batch.firstRow)) {
      if (record.row > 1 && !isBlank(record)) yield reader.read(record);
    }
  };
}

/** What the clerk is told when a file breaks off while it is read; null for any other error. */
export function readingRefusal(error: unknown, file: string): Refusal | null {
  if (error instanceof WorkbookEnded) return refusal(error.refusal.code, error.refusal.params, { faults: error.refusal.faults });
  return error instanceof FileReadFault ? fileRefusal(file, error.reason) : null;
}

function termsOf(filingPeriod: TaxPeriod): ReadTerms {
  return { filingPeriod, repeatedCodes: 'accepted' };
}

function* textBatches(blocks: Iterable<string>, delimiter: ',' | '\t'): Generator<RosterBatch, void, void> {
  for (const { text, firstRow } of csvPieces(blocks, { delimiter, cellsMax: columnsMax }, batchLength)) yield { kind: 'text', text, firstRow };
}

async function openWorkbook(source: ByteSource, terms: ReadTerms): Promise<RosterBatches> {
  if (source.length > workbookBytesMax) return readRefusal('ROSTER_FILE_TOO_LARGE', { file: '名册', limit: workbookBytesMax / 1024 / 1024 }, []);
  const reading = await readRosterWorkbook(new Uint8Array(source.read(0, source.length)), terms);
  return reading.kind === 'refused' ? reading : { kind: 'opened', head: '', batches: lineBatches(reading.lines) };
}

async function* lineBatches(lines: AsyncIterable<RosterLine>): AsyncGenerator<RosterBatch, void, void> {
  let batch: RosterLine[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < batchLines) continue;
    yield { kind: 'lines', lines: batch };
    batch = [];
  }
  if (batch.length > 0) yield { kind: 'lines', lines: batch };
}
