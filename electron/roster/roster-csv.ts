/**
 * Rows back into a file for people: headers of the table, yuan with two decimals, Chinese words; as CSV (UTF-8 with byte order mark, CRLF).
 * Text that a spreadsheet would run as a formula is shielded; reading the file again gives the same rows.
 * @source shared spec roster.md; RFC 4180; faults.md E07
 */
import { assert } from '../../shared/kernel/assert.ts';
import { yuanText } from '../../shared/kernel/money.ts';
import { rosterColumns, type RosterColumn, type Words } from '../../shared/roster/columns.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { shieldedText } from './cell-text.ts';

/** A record as text, quoted where needed, with its line end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A cell as text, quoted where needed. */
export function csvCell(cell: string): string {
  return /[",\r\n\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The table of a file: headers first, then a record a row, every cell as text. @param rows called twice, once for the headers of the remarks */
export function* rosterRecords(rows: () => Iterable<RosterRow>): Generator<readonly string[], void, void> {
  const labels = remarkLabels(rows());
  yield [...rosterColumns.map((column) => column.header), ...labels.map(shieldedText)];
  for (const row of rows()) yield [...rosterColumns.map((column) => fileCell(column, row)), ...labels.map((label) => shieldedText(row.remarks[label] ?? ''))];
}

/**
 * The file as text, line by line, without byte order mark; encodeText adds it.
 * @param rows called twice, so that a big roster need not be in memory
 */
export function* rosterCsv(rows: () => Iterable<RosterRow>): Generator<string, void, void> {
  for (const record of rosterRecords(rows)) yield csvLine(record);
}

/** One field as a person reads it: Chinese word, yuan, date; '' for unknown. */
export function cellText(column: RosterColumn, row: RosterRow): string {
  const value = row[column.key];
  if (value === null) return '';
  if (typeof value === 'bigint') return yuanText(value);
  if (typeof value === 'number') return String(value);
  if (column.form.kind === 'words') return wordOf(column.form.words, value);
  if (typeof value === 'string') return value;
  assert(typeof value === 'object', 'a truth value belongs to a list of words');
  return value.map((item) => (typeof item === 'bigint' ? yuanText(item) : `${item.code}=${yuanText(item.salesFen)}`)).join(';');
}

function fileCell(column: RosterColumn, row: RosterRow): string {
  const text = cellText(column, row);
  const { kind } = column.form;
  return kind === 'name' || kind === 'text' || kind === 'number-text' ? shieldedText(text) : text;
}

function wordOf(words: Words, value: unknown): string {
  const word = Object.keys(words).find((candidate) => words[candidate] === value);
  assert(word !== undefined, 'a value outside its list of words');
  return word;
}

function remarkLabels(rows: Iterable<RosterRow>): readonly string[] {
  const labels = new Set<string>();
  for (const row of rows) for (const label of Object.keys(row.remarks)) labels.add(label);
  return [...labels].sort();
}
