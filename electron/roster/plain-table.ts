/**
 * A table file of another list than the roster 其他清单文件, read as rosters are: CSV in UTF-8 or GB18030 or a workbook, headers in any order,
 * each cell by
 * the same grammars, all faults of a row at once. Which columns there are and what a row means is the caller's.
 * @source shared spec reconciliation.md, Lines ("files as rosters are read"); roster.md
 */
import { fillSentence, type ErrorParams } from '../../shared/kernel/errors.ts';
import { faultSentence, findingAt, listFindings, rosterErrors, rosterFinding } from '../../shared/roster/errors.ts';
import { headerWord, isNearName, meaningAmong } from '../../shared/roster/headers.ts';
import type { ColumnForm } from '../../shared/roster/columns.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import type { ByteSource } from '../platform/byte-source.ts';
import { isBlankText, unshieldedText } from './cell-text.ts';
import { cellValue } from './cell-values.ts';
import { csvRecords } from './csv-records.ts';
import { isZip } from './foreign-form.ts';
import { isBlank } from './header-search.ts';
import { columnsMax, type ReadRefusal } from './roster-header.ts';
import { openText } from './roster-reader.ts';
import { applyMark, structureFaults } from './roster-rows.ts';
import { RowFindings } from './row-findings.ts';
import type { TableRecord } from './table-record.ts';
import type { OpenTable } from './workbook-reader.ts';

export type PlainColumn<K extends string> = {
  readonly key: K; readonly header: string; readonly form: ColumnForm; readonly required: boolean
};

/** A row with its cells by key; a blank or lacking cell is null, a faulty one too. */
export type PlainRow<K extends string> = {
  readonly row: number;
  readonly cells: Readonly<Record<K, unknown>>;
  readonly texts: Readonly<Record<K, string>>;
  readonly faults: readonly CellFault[];
  readonly warnings: readonly CellFault[];
};

/** Headers that name no column: `judged` where one that is nearly a lacking column is a fault, `free` where every other column is allowed. */
export type OtherColumns = 'judged' | 'free';

export type PlainTable<K extends string> =
  /** `reason`: what is wrong with the file, as part of a sentence. */
  | { readonly kind: 'refused'; readonly reason: string; readonly faults: readonly CellFault[] }
  | {
      readonly kind: 'opened';
      /** Headers that name no column: not read. */
      readonly unknown: readonly string[];
      readonly lacking: readonly string[];
      /** What the file has and does not show. */
      readonly notes: readonly CellFault[];
      /** Walk it once. @throws WorkbookEnded, FileReadFault */
      readonly rows: AsyncGenerator<PlainRow<K>, void, void>;
    };

/** Opens a file of either form and judges its header. @throws FileReadFault */
export async function openPlainTable<K extends string>(
  source: ByteSource, columns: readonly PlainColumn<K>[], others: OtherColumns,
): Promise<PlainTable<K>> {
  const byWord: ReadonlyMap<string, PlainColumn<K>> = new Map(columns.map((column) => [headerWord(column.header), column]));
  const records = await recordsOf(source, byWord);
  if (records.kind === 'refused') return { kind: 'refused', reason: reasonOf(records), faults: records.faults };
  let first = await records.records.next();
  while (first.done !== true && isBlank(first.value)) first = await records.records.next();
  if (first.done === true) return { kind: 'refused', reason: '文件是空的', faults: [] };
  const header = headerOf(first.value, columns, byWord, others);
  if (header.faults.length > 0) return { kind: 'refused', reason: header.faults.map(faultSentence)[0] ?? '', faults: header.faults };
  return {
    kind: 'opened', unknown: header.unknown, lacking: header.lacking, notes: records.notes(first.value),
    rows: rowsOf(records.records, first.value.cellCount, header.places),
  };
}

async function recordsOf(source: ByteSource, byWord: ReadonlyMap<string, PlainColumn<string>>): Promise<OpenTable | ReadRefusal> {
  if (isZip(source)) {
    // Only now: a CSV file needs neither zip nor XML.
    const { openSheet } = await import('./workbook-reader.ts');
    return await openSheet(source, (header) => {
      const meaning = meaningAmong(header, byWord);
      return meaning.kind === 'column' ? meaning.column.form : null;
    });
  }
  const text = openText(source);
  if (text.kind === 'refused') return text;
  const [head = ''] = text.blocks();
  const firstLine = head.slice(0, head.indexOf('\n') < 0 ? head.length : head.indexOf('\n'));
  return { kind: 'opened', records: csvTable(text.blocks(), firstLine.includes('\t') && !firstLine.includes(',') ? '\t' : ','), notes: () => [] };
}

async function* csvTable(blocks: Iterable<string>, delimiter: ',' | '\t'): AsyncGenerator<TableRecord, void, void> {
  await Promise.resolve();
  yield* csvRecords(blocks, { delimiter, cellsMax: columnsMax });
}

type Place<K extends string> = { readonly column: PlainColumn<K>; readonly index: number };

type Header<K extends string> = {
  readonly places: readonly Place<K>[]; readonly unknown: readonly string[]; readonly lacking: readonly string[]; readonly faults: readonly CellFault[];
};

function headerOf<K extends string>(
  { row, cells }: TableRecord, columns: readonly PlainColumn<K>[], byWord: ReadonlyMap<string, PlainColumn<K>>, others: OtherColumns,
): Header<K> {
  const headers = cells.map((cell) => unshieldedText(cell).trim());
  const indexOf = new Map<K, number>();
  const unknown: string[] = [];
  const faults: CellFault[] = [];
  for (const [index, header] of headers.entries()) {
    const meaning = meaningAmong(header, byWord);
    const place = { row, column: header, value: header };
    if (meaning.kind === 'unknown') {
      if (header !== '') unknown.push(header);
      continue;
    }
    const { key, header: column } = meaning.column;
    const earlier = indexOf.get(key);
    if (meaning.kind === 'other-unit') faults.push(findingAt(place, 'LIST_HEADER_UNIT', listFindings.LIST_HEADER_UNIT, { unit: meaning.unit }));
    if (earlier !== undefined) faults.push(rosterFinding(place, 'HEADER_REPEATED', { position: earlier + 1, column }));
    else indexOf.set(key, index);
  }
  const lacking = columns.filter(({ key }) => !indexOf.has(key));
  for (const { header, required } of lacking) if (required) faults.push(rosterFinding({ row, column: header, value: '' }, 'HEADER_MISSING', { column: header }));
  if (others === 'judged') {
    for (const header of unknown) {
      const near = lacking.find((column) => isNearName(header, column.header));
      if (near !== undefined) faults.push(findingAt({ row, column: header, value: header }, 'LIST_HEADER_NEAR', listFindings.LIST_HEADER_NEAR, { column: near.header }));
    }
  }
  return { places: columns.map((column) => ({ column, index: indexOf.get(column.key) ?? -1 })), unknown, faults, lacking: lacking.map(({ header }) => header) };
}

async function* rowsOf<K extends string>(
  records: AsyncIterable<TableRecord>, width: number, places: readonly Place<K>[]
): AsyncGenerator<PlainRow<K>, void, void> {
  const findings = new RowFindings();
  for await (const record of records) {
    if (isBlank(record)) continue;
    findings.startRow(record.row);
    structureFaults(
      record, { width, places: places.map(({ column, index }) => ({ index, header: column.header })), remarks: [] }, findings,
    );
    const cells: Record<string, unknown> = {};
    const texts: Record<string, string> = {};
    for (const { column, index } of places) {
      const text = index < 0 ? '' : (record.cells[index] ?? '');
      texts[column.key] = text;
      cells[column.key] = null;
      const mark = index < 0 ? undefined : record.marks?.get(index);
      if (mark !== undefined && applyMark(mark, column.header, text, findings)) continue;
      findings.at(column.header, text);
      if (!isBlankText(text)) cells[column.key] = cellValue(column.form, text, findings) ?? null;
      else if (column.required) findings.fault('CELL_BLANK');
    }
    // One entry for each column, made above.
    yield { row: record.row, cells: cells as Record<K, unknown>, texts: texts as Record<K, string>, faults: findings.faults, warnings: findings.warnings };
  }
}

function reasonOf({ code, params }: { readonly code: keyof typeof rosterErrors; readonly params: ErrorParams }): string {
  // The sentences of the roster end with what was not changed there; only the reason is wanted.
  return fillSentence(rosterErrors[code].says, params).replaceAll('，名册未变', '');
}

