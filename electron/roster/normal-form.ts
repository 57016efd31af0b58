/**
 * The normal form 规范形式 of a taxpayer's row: one canonical JSON text in which blanks do not appear and money is integer fen as
 * text. Two files that say the same give the same texts, whatever their encoding, column order or spelling of amounts. This is
 * what the journal keeps; how a file was spelled is not kept.
 * @source shared spec decisions.md 3; RFC 8785 (canonical JSON)
 */
import { assert, assertNever } from '../../shared/kernel/assert.ts';
import { parseCivilDate } from '../../shared/kernel/civil-date.ts';
import { parseFen } from '../../shared/kernel/money.ts';
import { parsePeriod } from '../../shared/kernel/tax-period.ts';
import { columnOf, rosterColumns, type ColumnForm, type ColumnKey, type RosterColumn } from '../../shared/roster/columns.ts';
import type { IndustrySales, RosterRow } from '../../shared/roster/model.ts';

/** A row in its normal form. `taxpayer` is canonical JSON without the row number. */
export type NormalRow = { readonly row: number; readonly uscc: string; readonly taxpayer: string };

const lineStart = '{"row":';
const lineMiddle = ',"taxpayer":';
const codeKey = '"uscc":';
const nameKey = '"name":';
const columnsByKey = [...rosterColumns].sort((a, b) => (a.key < b.key ? -1 : 1));
/** Where `remarks` stands among the sorted keys. */
const remarksAfter = columnsByKey.filter((column) => column.key < 'remarks').length;
const keyTexts = columnsByKey.map((column) => `${JSON.stringify(column.key)}:`);

export function normalRow(row: RosterRow): NormalRow {
  return { row: row.row, uscc: row.uscc, taxpayer: taxpayerText(row) };
}

/** Canonical JSON of everything but the row number. */
export function taxpayerText(row: RosterRow): string {
  const fields: string[] = [];
  for (let index = 0; index < columnsByKey.length; index += 1) {
    if (index === remarksAfter) addRemarks(row, fields);
    const column = columnsByKey[index];
    if (column === undefined) continue;
    const value = row[column.key];
    if (value === null || isBlankValue(column, value)) continue;
    fields.push(`${keyTexts[index] ?? ''}${valueText(column.form, value)}`);
  }
  return `{${fields.join(',')}}`;
}

/** A line of the import's blob: canonical JSON of the row number and the taxpayer. */
export function normalLine(row: NormalRow): string {
  return `{"row":${String(row.row)},"taxpayer":${row.taxpayer}}`;
}

/** Encoded lines, decoded piece by piece; no piece ends inside a line. */
export function* linesOf(pieces: Iterable<Uint8Array>): Generator<string, void, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (const piece of pieces) for (const line of decoder.decode(piece).split('\n')) if (line !== '') yield line;
}

/** The rows of encoded lines. */
export function* normalRowsOf(pieces: Iterable<Uint8Array>): Generator<NormalRow, void, void> {
  for (const line of linesOf(pieces)) yield normalRowOfLine(line);
}

/** Splits a line written by normalLine without taking the taxpayer apart. @throws AssertionFault for another line */
export function normalRowOfLine(line: string): NormalRow {
  const at = line.indexOf(lineMiddle);
  assert(line.startsWith(lineStart) && at > 0 && line.endsWith('}}'), 'not a line of a roster import');
  const row = Number(line.slice(lineStart.length, at));
  // The last one: a remark may hold the same characters, and only keys with amounts come after the code.
  const uscc = textAt(line, line.lastIndexOf(codeKey) + codeKey.length);
  assert(Number.isSafeInteger(row) && /^[0-9A-Z]{15,20}$/.test(uscc), 'not a line of a roster import');
  return { row, uscc, taxpayer: line.slice(at + lineMiddle.length, -1) };
}

/** The name in a normal row: the first such key, since none of the keys before it is a remark. */
export function nameOf(row: NormalRow): string {
  return textAt(row.taxpayer, row.taxpayer.indexOf(nameKey) + nameKey.length);
}

/** The JSON text that starts at a place. Parsing copies it, so that a short text does not keep a whole file in memory. */
function textAt(json: string, start: number): string {
  let end = start + 1;
  while (end < json.length && json.charAt(end) !== '"') end += json.charAt(end) === '\\' ? 2 : 1;
  const text: unknown = JSON.parse(json.slice(start, end + 1));
  assert(typeof text === 'string', 'not a line of a roster import');
  return text;
}

/** Reads some fields of parsed blob lines, for lists; the rest of a line is not looked at. The reader throws AssertionFault for another line. */
export function rosterFieldsOfLine<K extends ColumnKey>(keys: readonly K[]): (line: unknown) => Pick<RosterRow, K | 'row'> {
  const columns = keys.map((key) => columnOf(key));
  return (line) => {
    assert(isRecord(line) && typeof line['row'] === 'number' && isRecord(line['taxpayer']), 'not a line of a roster import');
    const fields: Record<string, unknown> = { row: line['row'] };
    for (const column of columns) fields[column.key] = storedField(column, line['taxpayer'][column.key]);
    // Each field was checked against the form that the closed table gives it.
    return fields as Pick<RosterRow, K | 'row'>;
  };
}

/** The row of a parsed blob line. @throws AssertionFault when it is not one */
export function rosterRowOfLine(line: unknown): RosterRow {
  assert(isRecord(line) && typeof line['row'] === 'number', 'not a line of a roster import');
  return rosterRow(line['row'], line['taxpayer']);
}

/** The typed row of a stored taxpayer, every field checked again. @throws AssertionFault when it is not one */
export function rosterRow(row: number, taxpayer: unknown): RosterRow {
  assert(isRecord(taxpayer), 'a stored taxpayer is an object');
  const fields: Record<string, unknown> = { ...emptyFields };
  fields['row'] = row;
  let found = 0;
  for (const column of rosterColumns) {
    const stored = taxpayer[column.key];
    if (stored !== undefined) found += 1;
    fields[column.key] = storedField(column, stored);
  }
  const remarks = taxpayer['remarks'] ?? {};
  assert(isRecord(remarks) && Object.values(remarks).every((text) => typeof text === 'string'), 'stored remarks are texts');
  fields['remarks'] = remarks;
  assert(found + ('remarks' in taxpayer ? 1 : 0) === Object.keys(taxpayer).length, 'a stored taxpayer with a field nobody knows');
  // Every field was checked against the form that the closed table gives it.
  return fields as RosterRow;
}

/** All fields at once: rows copied from it share one shape, which makes reading and judging them several times faster. */
export const emptyFields = JSON.parse(
  JSON.stringify(Object.fromEntries(['row', ...rosterColumns.map((column) => column.key), 'remarks'].map((key) => [key, null]))),
) as Readonly<Record<string, unknown>>; // just written, one line above

function isBlankValue(column: RosterColumn, value: unknown): boolean {
  return column.blank !== 'refused' && column.blank.stands === value;
}

function valueText(form: ColumnForm, value: NonNullable<RosterRow[RosterColumn['key']]>): string {
  if (typeof value === 'bigint') return `"${value.toString()}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  assert(form.kind === 'industry-sales' || form.kind === 'credit-series', 'only these two forms hold lists');
  return `[${value.map((item) => (typeof item === 'bigint' ? `"${item.toString()}"` : `["${item.code}","${item.salesFen.toString()}"]`)).join(',')}]`;
}

function addRemarks(row: RosterRow, fields: string[]): void {
  const entries = Object.entries(row.remarks);
  if (entries.length === 0) return;
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  fields.push(`"remarks":{${entries.map(([label, text]) => `${JSON.stringify(label)}:${JSON.stringify(text)}`).join(',')}}`);
}

function storedField(column: RosterColumn, stored: unknown): unknown {
  if (stored !== undefined) return storedValue(column, stored);
  assert(column.blank !== 'refused', `a stored taxpayer without ${column.key}`);
  return column.blank.stands;
}

function storedValue(column: RosterColumn, stored: unknown): unknown {
  const { form, key } = column;
  switch (form.kind) {
    case 'amount':
      return storedFen(stored, key);
    case 'count':
      assert(Number.isSafeInteger(stored), `stored ${key} is no number`);
      return stored;
    case 'words':
      assert(Object.values(form.words).some((value) => value === stored), `stored ${key} is no value of its list`);
      return stored;
    case 'date':
      assert(typeof stored === 'string' && parseCivilDate(stored) !== null, `stored ${key} is no date`);
      return stored;
    case 'month':
      assert(typeof stored === 'string' && parsePeriod(stored) !== null, `stored ${key} is no month`);
      return stored;
    case 'uscc':
    case 'name':
    case 'text':
    case 'number-text':
    case 'industry':
      assert(typeof stored === 'string' && stored !== '', `stored ${key} is no text`);
      return stored;
    case 'industry-sales':
      assert(Array.isArray(stored), `stored ${key} is no list`);
      return stored.map((item: unknown) => storedSales(item, key));
    case 'credit-series':
      assert(Array.isArray(stored), `stored ${key} is no list`);
      return stored.map((item: unknown) => storedFen(item, key));
    default:
      return assertNever(form);
  }
}

function storedSales(item: unknown, key: string): IndustrySales {
  assert(Array.isArray(item) && item.length === 2 && typeof item[0] === 'string', `stored ${key} holds no pair`);
  return { code: item[0], salesFen: storedFen(item[1], key) };
}

function storedFen(stored: unknown, key: string): bigint {
  const fen = typeof stored === 'string' ? parseFen(stored) : null;
  assert(fen !== null, `stored ${key} is no amount`);
  return fen;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
