/**
 * A roster as an Excel workbook 名册工作簿 (.xlsx): the zip is judged first, then the one visible sheet is read row by row on the same path as
 * CSV records. Nothing of the file is run, fetched or written; whatever cannot be trusted is a refusal with a Chinese reason.
 * @source shared spec exchange.md 2.7; faults.md E07–E10; roster.md
 */
import { assertNever } from '../../shared/kernel/assert.ts';
import { openZip, ForeignZipFault, type ZipArchive, type ZipFault } from '../platform/zip-archive.ts';
import { headerIndex, headerSearchedMax } from './header-search.ts';
import { readHeaderAmong, refusal, WorkbookEnded, type ReadRefusal, type RosterHeader, type RosterLayout } from './roster-header.ts';
import { RowReader, rosterRowsMax, type ReadTerms, type RosterEnd } from './roster-rows.ts';
import type { ColumnForm } from '../../shared/roster/columns.ts';
import { rosterFinding } from '../../shared/roster/errors.ts';
import type { CellFault, RosterLine } from '../../shared/roster/model.ts';
import type { ByteSource } from '../platform/byte-source.ts';
import type { TableRecord } from './table-record.ts';
import { formsOf, headerRecord, isFilled, rowRecord } from './workbook-cells.ts';
import { readWorkbookParts, WorkbookPartFault, type SheetEntry, type WorkbookFault, type WorkbookParts } from './workbook-parts.ts';
import { sheetRows, type SheetRow } from './workbook-sheet.ts';
import { MergedWalk, readSurround, type SheetSurround } from './workbook-surround.ts';
import { ForeignXmlFault, type XmlFault } from './workbook-xml.ts';

/** Limit of a workbook; unpacked it may be 512 MiB. */
export const workbookBytesMax = 50 * 1024 * 1024;

export type WorkbookReading =
  | ReadRefusal
  | {
      readonly kind: 'opened';
      readonly encoding: 'xlsx';
      readonly header: RosterHeader;
      /** Walk it once. @throws WorkbookEnded */
      readonly lines: AsyncGenerator<RosterLine, RosterEnd, void>;
    };

/** Opens a workbook: zip, parts and header are judged at once, and every byte that will be read is checked against its CRC before. */
export async function readRosterWorkbook(bytes: Uint8Array<ArrayBuffer>, terms: ReadTerms = {}): Promise<WorkbookReading> {
  if (bytes.length > workbookBytesMax) return refusal('ROSTER_FILE_TOO_LARGE', { file: '名册', limit: workbookBytesMax / 1024 / 1024 }, []);
  try {
    return await openWorkbook(await openZip(bytes), terms);
  } catch (error) {
    return refusalOf(error);
  }
}

/** Records of a table, the header first, and what its file has and does not show, asked once the header is known. */
export type OpenTable = {
  readonly kind: 'opened';
  readonly records: AsyncGenerator<TableRecord, void, void>;
  readonly notes: (header: TableRecord) => readonly CellFault[];
};

/**
 * Opens the one sheet of a workbook with other columns than the roster's: its rows as records, the header first.
 * @param formOf what the cells below a header hold; null where nobody reads them
 */
export async function openSheet(source: ByteSource, formOf: (header: string) => ColumnForm | null): Promise<ReadRefusal | OpenTable> {
  if (source.length > workbookBytesMax) return refusal('ROSTER_FILE_TOO_LARGE', { file: '清单', limit: workbookBytesMax / 1024 / 1024 }, []);
  try {
    const sheet = await sheetOf(await openZip(new Uint8Array(source.read(0, source.length))));
    if (sheet.kind === 'refused') return sheet;
    return {
      kind: 'opened', records: recordsOf(sheet, formOf),
      notes: ({ row, cells }) => workbookNotes(sheet.parts, sheet.surround, cells.map((header, index) => ({ position: index + 1, header })), row),
    };
  } catch (error) {
    return refusalOf(error);
  }
}

async function* recordsOf({ rows, surround }: OpenSheet, formOf: (header: string) => ColumnForm | null): AsyncGenerator<TableRecord, void, void> {
  const walk = new MergedWalk(surround.merged);
  let forms: readonly (ColumnForm | null)[] | null = null;
  try {
    for await (const row of rows) {
      if (forms !== null) {
        yield rowRecord(row, { width: forms.length }, forms, walk.at(row.row));
        continue;
      }
      const header = headerRecord(row);
      forms = header.cells.map((cell) => formOf(cell.trim()));
      yield header;
    }
  } catch (error) {
    throw new WorkbookEnded(refusalOf(error));
  }
}

async function openWorkbook(zip: ZipArchive, terms: ReadTerms): Promise<WorkbookReading> {
  const sheet = await sheetOf(zip);
  if (sheet.kind === 'refused') return sheet;
  const { rows, parts, surround } = sheet;
  const first = await firstRows(rows, terms.assignments);
  const reading = readHeaderAmong(first.map(headerRecord), ',', terms.assignments);
  if (reading.kind === 'refused') return reading;
  const { headerRow } = reading.layout;
  const header = { ...reading.header, notes: [...reading.header.notes, ...workbookNotes(parts, surround, reading.header.columns, headerRow)] };
  return { kind: 'opened', encoding: 'xlsx', header, lines: readLines(joined(first.filter(({ row }) => row > headerRow), rows), reading.layout, surround, terms) };
}

type OpenSheet = { readonly kind: 'opened'; readonly rows: AsyncGenerator<SheetRow, void, void>; readonly parts: WorkbookParts; readonly surround: SheetSurround };

/** The one visible sheet that holds something. */
async function sheetOf(zip: ZipArchive): Promise<ReadRefusal | OpenSheet> {
  const parts = await readWorkbookParts(zip);
  const filled = parts.sheets.length > 1 ? await filledSheets(zip, parts) : parts.sheets;
  const [sheet = parts.sheets[0], second] = filled;
  if (second !== undefined) return refusal('ROSTER_WORKBOOK_SHEETS', { count: filled.length, names: filled.map(({ name }) => `“${name}”`).slice(0, 20).join('、') }, []);
  const part = sheet?.part ?? null;
  if (part === null) throw new WorkbookPartFault('no-sheet', sheet?.name ?? '');
  const surround = await readSurround(zip, part); // length and CRC, before the first row is believed
  return { kind: 'opened', rows: rowsOf(zip, part, parts), parts, surround };
}

/** Of several visible sheets those that hold something: an empty sheet is no roster. */
async function filledSheets(zip: ZipArchive, parts: WorkbookParts): Promise<readonly SheetEntry[]> {
  const filled: SheetEntry[] = [];
  for (const sheet of parts.sheets) {
    const first = sheet.part === null ? null : await rowsOf(zip, sheet.part, parts).next();
    if (first?.done !== true) filled.push(sheet);
  }
  return filled;
}

/** What the workbook has and does not show, for the whole file. */
function workbookNotes(
  { hiddenSheets }: WorkbookParts, { hiddenColumns, filtered, drawn }: SheetSurround, columns: readonly { readonly position: number; readonly header: string }[], row: number,
): readonly CellFault[] {
  const hidden = columns.filter(({ position, header: text }) => text !== '' && hiddenColumns.some(({ from, to }) => from <= position && position <= to));
  return [
    ...(hiddenSheets.length === 0 ? [] : [rosterFinding({ row, column: '', value: hiddenSheets.join('、') }, 'WARN_SHEETS_HIDDEN', { count: hiddenSheets.length })]),
    ...hidden.map(({ header: text }) => rosterFinding({ row, column: text, value: '' }, 'WARN_COLUMN_HIDDEN')),
    ...(filtered ? [rosterFinding({ row, column: '', value: '' }, 'WARN_FILTERED')] : []),
    ...(drawn ? [rosterFinding({ row, column: '', value: '' }, 'WARN_DRAWN_OVER')] : []),
  ];
}

/** Rows with something in them, one by one. */
async function* rowsOf(zip: ZipArchive, part: string, parts: WorkbookParts): AsyncGenerator<SheetRow, void, void> {
  for await (const batch of sheetRows(zip.blocks(part), parts)) for (const row of batch) if (row.beyond !== null || row.cells.some(isFilled)) yield row;
}

/** Rows up to the header and some more; a row is a header when it names code and taxpayer. */
async function firstRows(rows: AsyncGenerator<SheetRow, void, void>, assignments: ReadTerms['assignments']): Promise<SheetRow[]> {
  const first: SheetRow[] = [];
  while (first.length < headerSearchedMax) {
    const next = await rows.next();
    if (next.done === true) break;
    first.push(next.value);
    if (headerIndex([headerRecord(next.value)], assignments) === 0) break;
  }
  return first;
}

async function* joined(first: readonly SheetRow[], rest: AsyncGenerator<SheetRow, void, void>): AsyncGenerator<SheetRow, void, void> {
  yield* first;
  yield* rest;
}

async function* readLines(rows: AsyncGenerator<SheetRow, void, void>, layout: RosterLayout, { merged }: SheetSurround, terms: ReadTerms): AsyncGenerator<RosterLine, RosterEnd, void> {
  const reader = new RowReader(layout, terms);
  const forms = formsOf(layout);
  const walk = new MergedWalk(merged);
  let lastRow = layout.headerRow;
  let blankRows = 0;
  try {
    for await (const row of rows) {
      if (reader.rows >= rosterRowsMax) throw new WorkbookEnded(refusal('ROSTER_ROWS_TOO_MANY', { limit: rosterRowsMax }, []));
      blankRows += row.row - lastRow - 1;
      lastRow = row.row;
      yield reader.read(rowRecord(row, layout, forms, walk.at(row.row)));
    }
  } catch (error) {
    throw error instanceof WorkbookEnded ? error : new WorkbookEnded(refusalOf(error));
  }
  return { rows: reader.rows, rejected: reader.rejected, blankRows };
}

/** @throws the error itself when it is none of a foreign file's */
function refusalOf(error: unknown): ReadRefusal {
  if (error instanceof ForeignZipFault) return refusal('ROSTER_WORKBOOK_UNSAFE', { reason: zipReasons[error.fault] }, []);
  if (error instanceof ForeignXmlFault) return refusal('ROSTER_WORKBOOK_UNSAFE', { reason: xmlReasons[error.fault] }, []);
  if (error instanceof WorkbookPartFault) return partRefusal(error.fault);
  throw error;
}

function partRefusal(fault: WorkbookFault): ReadRefusal {
  switch (fault) {
    case 'no-workbook':
      return refusal('ROSTER_FILE_NOT_TABLE', { form: '压缩文件或其他办公文档' }, []);
    case 'binary':
      return refusal('ROSTER_FILE_IS_WORKBOOK', { form: '二进制工作簿 xlsb' }, []);
    case 'external':
      return refusal('ROSTER_WORKBOOK_UNSAFE', { reason: '含有指向其他文件的链接，请先在“数据—编辑链接”中断开链接' }, []);
    case 'no-sheet':
      return refusal('ROSTER_WORKBOOK_UNSAFE', { reason: '没有可见的工作表' }, []);
    case 'broken':
      return refusal('ROSTER_WORKBOOK_UNSAFE', { reason: '行、列或文字的编号前后不符' }, []);
    default:
      return assertNever(fault);
  }
}

const zipReasons: Readonly<Record<ZipFault, string>> = {
  'not-a-zip': '文件不完整', entries: '内含文件过多', size: '解开后过大', ratio: '压缩比异常', name: '内含文件的名称越界', duplicate: '内含同名文件',
  overlap: '内含文件互相重叠', encrypted: '已加密', link: '内含链接', method: '压缩方法不认识', 'headers-differ': '目录与内容不符', content: '内容与校验值不符，可能已损坏',
};

const xmlReasons: Readonly<Record<XmlFault, string>> = {
  doctype: '含有文档类型声明或实体', depth: '嵌套过深', text: '有一格过长', encoding: '文字编码不对', malformed: '内容不合格式',
};
