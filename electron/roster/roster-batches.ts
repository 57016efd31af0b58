/**
 * A roster file in batches 名册分批: whole records that another thread can read without the rest of the file, in the order of the file. A CSV file is
 * cut as text and its cells are read where the batch goes (batch-rows.ts); a workbook is read here. Repeated codes are not noticed: each batch stands alone.
 * @source shared spec roster.md; headless.md (`evaluate`)
 */
import { refusal } from '../../shared/errors.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterLine } from '../../shared/roster/model.ts';
import { FileReadFault, type ByteSource } from '../platform/byte-source.ts';
import type { RosterBatch } from './batch-rows.ts';
import { csvPieces } from './csv-records.ts';
import { fileRefusal } from './file-refusal.ts';
import { isZip } from './foreign-form.ts';
import { columnsMax, refusal as readRefusal, WorkbookEnded, type ReadRefusal, type RosterHeader } from './roster-header.ts';
import { openCsv } from './roster-reader.ts';
import { evaluationTerms, type ReadTerms } from './roster-rows.ts';

/** Limit of a CSV file that is only passed through; about three and a half million rows with every column filled. */
export const passedFileBytesMax = 2048 * 1024 * 1024;

/** About six hundred rows with every column filled, in UTF-16 units. */
const batchLength = 262_144;
const batchLines = 500;

export type RosterBatches =
  | ReadRefusal
  | {
      readonly kind: 'opened';
      /** The first block of a CSV file, from which batchReader learns the columns; '' for a workbook. */
      readonly head: string;
      readonly header: RosterHeader;
      /** Walk it once. @throws WorkbookEnded, FileReadFault */
      readonly batches: Iterable<RosterBatch> | AsyncIterable<RosterBatch>;
    };

/** Opens a file of either form; file, encoding and header are judged before the first batch. @throws FileReadFault */
export async function openRosterBatches(source: ByteSource, filingPeriod: TaxPeriod): Promise<RosterBatches> {
  if (isZip(source)) return await openWorkbook(source, evaluationTerms(filingPeriod));
  const table = openCsv(source);
  if (table.kind === 'refused') return table;
  const [head = ''] = table.blocks();
  return { kind: 'opened', head, header: table.header, batches: textBatches(table.blocks(), table.layout.delimiter) };
}

/** What the clerk is told when a file breaks off while it is read; null for any other error. */
export function readingRefusal(error: unknown, file: string): Refusal | null {
  if (error instanceof WorkbookEnded) return refusal(error.refusal.code, error.refusal.params, { faults: error.refusal.faults });
  return error instanceof FileReadFault ? fileRefusal(file, error.reason) : null;
}

function* textBatches(blocks: Iterable<string>, delimiter: ',' | '\t'): Generator<RosterBatch, void, void> {
  for (const { text, firstRow } of csvPieces(blocks, { delimiter, cellsMax: columnsMax }, batchLength)) yield { kind: 'text', text, firstRow };
}

async function openWorkbook(source: ByteSource, terms: ReadTerms): Promise<RosterBatches> {
  // Only now: a CSV file needs neither zip nor XML.
  const { readRosterWorkbook, workbookBytesMax } = await import('./workbook-reader.ts');
  if (source.length > workbookBytesMax) return readRefusal('ROSTER_FILE_TOO_LARGE', { file: '名册', limit: workbookBytesMax / 1024 / 1024 }, []);
  const reading = await readRosterWorkbook(new Uint8Array(source.read(0, source.length)), terms);
  return reading.kind === 'refused' ? reading : { kind: 'opened', head: '', header: reading.header, batches: lineBatches(reading.lines) };
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
