/**
 * A batch of a roster file 一批 and the rows in it, read in whatever thread it was handed to. Where batches are cut is roster-batches.ts.
 * @source shared spec roster.md; headless.md (`evaluate`)
 */
import { assert } from '../../shared/kernel/assert.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterLine } from '../../shared/roster/model.ts';
import { csvRecords, type CsvPiece } from './csv-records.ts';
import { isBlank } from './header-search.ts';
import { columnsMax, readHeader } from './roster-header.ts';
import { evaluationTerms, RowReader } from './roster-rows.ts';

export type RosterBatch = ({ readonly kind: 'text' } & CsvPiece) | { readonly kind: 'lines'; readonly lines: readonly RosterLine[] };

/** Reads the rows of batches. @param head as openRosterBatches gave it */
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
    const reader = new RowReader(layout, evaluationTerms(filingPeriod));
    for (const record of csvRecords([batch.text], { delimiter: layout.delimiter, cellsMax: columnsMax }, batch.firstRow)) {
      if (record.row > layout.headerRow && !isBlank(record)) yield reader.read(record);
    }
  };
}
