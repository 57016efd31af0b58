/**
 * CSV text into records (RFC 4180), one at a time, with every structural fault at its place instead of stopping at the first. It
 * knows no column and no type. Own code because the records must come one by one without waiting: csv-parse, measured at
 * 1.3 s and 0.6 GB for 100,000 × 50 taken as a whole, stays as the oracle of the tests.
 * @source RFC 4180; shared spec faults.md E10, E11
 */

/**
 * `quote-inside`: a quote where none may stand, or text after a closing quote. `quote-open`: never closed. `too-long`: no line end
 * within recordLengthMax. After the last two nothing more can be read.
 */
export type CsvFault = { readonly kind: 'quote-inside' | 'quote-open' | 'too-long'; readonly cell: number };

export type CsvRecord = {
  /** 1-based, counting records as a spreadsheet counts rows: empty lines count, line breaks inside quotes do not. */
  readonly row: number;
  /** At most `cellsMax` cells. A lone carriage return stays in its cell for the reader to refuse. */
  readonly cells: readonly string[];
  /** How many cells the record has, also beyond `cellsMax`. */
  readonly cellCount: number;
  readonly faults: readonly CsvFault[];
};

export type CsvTerms = { readonly delimiter: ',' | '\t'; readonly cellsMax: number };

/** Longest record in UTF-16 units; bounds the memory whatever the file holds. */
export const recordLengthMax = 1_000_000;

const quote = '"';
const lineFeed = 10;
const carriageReturn = 13;
const noFaults: readonly CsvFault[] = [];

/**
 * Splits text into records; LF and CRLF both end a line and may be mixed. Linear in the length of the text.
 * @param blocks the text in pieces, cut anywhere
 * @param firstRow number of the first record, where the text is a piece of csvPieces
 */
export function* csvRecords(blocks: Iterable<string>, terms: CsvTerms, firstRow = 1): Generator<CsvRecord, void, void> {
  for (const span of recordSpans(blocks, terms, firstRow)) {
    if (span.kind === 'endless') yield { row: span.row, cells: [span.text.slice(span.start, span.start + 100)], cellCount: 1, faults: [{ kind: span.fault, cell: span.lastCell }] };
    else yield span.quoted ?? plainRecord(span.text, span.start, span.next - 1, span.row, terms);
  }
}

/** Whole records of a text. What csvRecords makes of the pieces, each from its first row, is what it makes of the text. */
export type CsvPiece = { readonly text: string; readonly firstRow: number };

/** Cuts text between records. @param lengthWanted a piece ends with the record that reaches it, in UTF-16 units */
export function* csvPieces(blocks: Iterable<string>, terms: CsvTerms, lengthWanted: number): Generator<CsvPiece, void, void> {
  let [kept, text, from, to, taken] = ['', '', 0, 0, 0];
  let firstRow = 1;
  for (const span of recordSpans(blocks, terms, firstRow)) {
    if (span.taken !== taken) {
      // The window has moved on; what the piece has of the old one is kept.
      kept += text.slice(from, to);
      [text, from, taken] = [span.text, span.start, span.taken];
    }
    to = span.next;
    if (kept.length + to - from < lengthWanted) continue;
    yield { text: kept + text.slice(from, to), firstRow };
    [kept, from, firstRow] = ['', to, span.row + 1];
  }
  if (kept !== '' || from < to) yield { text: kept + text.slice(from, to), firstRow };
}

type RecordSpan = {
  readonly text: string;
  readonly start: number;
  /** After the line feed; one beyond the text where the last line has none. */
  readonly next: number;
  readonly row: number;
  /** How often the window had taken in text: another number, another `text`. */
  readonly taken: number;
} & ({ readonly kind: 'record'; readonly quoted: CsvRecord | null } | { readonly kind: 'endless'; readonly fault: 'too-long' | 'quote-open'; readonly lastCell: number });

/** Where the records stand. After an endless one nothing more can be read. */
function* recordSpans(blocks: Iterable<string>, terms: CsvTerms, firstRow: number): Generator<RecordSpan, void, void> {
  const window = new TextWindow(blocks);
  let row = firstRow;
  while (!window.finished) {
    const { text, position: start, taken } = window;
    const found = text.indexOf('\n', start);
    const lineEnd = found < 0 ? text.length : found;
    const quoted = window.hasQuoteUpTo(lineEnd) ? quotedRecord(text, start, row, terms) : null;
    const next = quoted?.next ?? lineEnd + 1;
    if (next > text.length && window.canGrow) {
      window.grow();
      continue;
    }
    if (next - start > recordLengthMax) {
      yield { kind: 'endless', text, start, next, row, taken, fault: quoted === null ? 'too-long' : 'quote-open', lastCell: quoted?.lastCell ?? 0 };
      return;
    }
    yield { kind: 'record', text, start, next, row, taken, quoted: quoted?.record ?? null };
    window.position = next;
    row += 1;
  }
}

/** The part of the text that is being read: grows by blocks, forgets what was read. */
class TextWindow {
  text = '';
  position = 0;
  taken = 0;
  readonly #source: Iterator<string>;
  #ended = false;
  #nextQuote = -1;

  constructor(blocks: Iterable<string>) {
    this.#source = blocks[Symbol.iterator]();
  }

  /** Whether all text has been read; takes more when what it has is used up. */
  get finished(): boolean {
    if (this.position >= this.text.length && !this.#ended) this.grow();
    return this.position >= this.text.length;
  }

  /** Whether more of an unfinished record may be taken in. */
  get canGrow(): boolean {
    return !this.#ended && this.text.length - this.position <= recordLengthMax;
  }

  /** At least doubles what is not yet read, so that a long record is not scanned once for each block. */
  grow(): void {
    let rest = this.text.slice(this.position);
    const wanted = rest.length * 2 + 1;
    while (!this.#ended && rest.length < wanted) {
      const block = this.#source.next();
      if (block.done === true) this.#ended = true;
      else rest += block.value;
    }
    this.text = rest;
    this.position = 0;
    this.taken += 1;
    this.#nextQuote = rest.indexOf(quote);
  }

  hasQuoteUpTo(end: number): boolean {
    if (this.#nextQuote >= 0 && this.#nextQuote < this.position) this.#nextQuote = this.text.indexOf(quote, this.position);
    return this.#nextQuote >= 0 && this.#nextQuote <= end;
  }
}

/** A line without quotes: the fast and common case. */
function plainRecord(text: string, start: number, lineEnd: number, row: number, terms: CsvTerms): CsvRecord {
  const end = lineEnd > start && text.charCodeAt(lineEnd - 1) === carriageReturn ? lineEnd - 1 : lineEnd;
  const line = text.slice(start, end);
  const cells = line.split(terms.delimiter, terms.cellsMax + 1);
  if (cells.length <= terms.cellsMax) return { row, cells, cellCount: cells.length, faults: noFaults };
  return { row, cells: cells.slice(0, terms.cellsMax), cellCount: countOf(line, terms.delimiter) + 1, faults: noFaults };
}

type QuotedRecord = { readonly record: CsvRecord; readonly next: number; readonly lastCell: number };

function quotedRecord(text: string, start: number, row: number, terms: CsvTerms): QuotedRecord {
  const cells: string[] = [];
  const faults: CsvFault[] = [];
  let cellCount = 0;
  let position = start;
  for (;;) {
    const cell = text.startsWith(quote, position) ? quotedCell(text, position, terms.delimiter) : bareCell(text, position, terms.delimiter);
    if (cell.fault !== null) faults.push({ kind: cell.fault, cell: cellCount });
    if (cellCount < terms.cellsMax) cells.push(cell.value);
    cellCount += 1;
    position = cell.end + 1;
    if (!text.startsWith(terms.delimiter, cell.end)) return { record: { row, cells, cellCount, faults }, next: position, lastCell: cellCount - 1 };
  }
}

type Cell = { readonly value: string; /** Index of the delimiter, line feed or end of text after it. */ readonly end: number; readonly fault: CsvFault['kind'] | null };

function bareCell(text: string, start: number, delimiter: string): Cell {
  if (text.startsWith('="', start) || text.startsWith('\uff1d"', start)) {
    // A spreadsheet's way to keep a number as text; the marks stay for the reader of the cell.
    const { value, end, fault } = quotedCell(text, start + 1, delimiter);
    if (fault === null) return { value: `="${value.replaceAll(quote, '""')}"`, end, fault };
  }
  const end = cellEnd(text, start, delimiter);
  const value = text.slice(start, withoutCarriageReturn(text, start, end));
  return { value, end, fault: value.includes(quote) ? 'quote-inside' : null };
}

function quotedCell(text: string, start: number, delimiter: string): Cell {
  let close = text.indexOf(quote, start + 1);
  let doubled = false;
  while (close >= 0 && text.startsWith(quote, close + 1)) {
    doubled = true;
    close = text.indexOf(quote, close + 2);
  }
  if (close < 0) return { value: text.slice(start + 1), end: text.length, fault: 'quote-open' };
  const inside = text.slice(start + 1, close);
  const value = doubled ? inside.replaceAll('""', quote) : inside;
  const end = cellEnd(text, close + 1, delimiter);
  const tail = text.slice(close + 1, withoutCarriageReturn(text, close + 1, end));
  return tail === '' ? { value, end, fault: null } : { value: value + tail, end, fault: 'quote-inside' };
}

function cellEnd(text: string, start: number, delimiter: string): number {
  const stop = delimiter.charCodeAt(0);
  let index = start;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === stop || code === lineFeed) return index;
    index += 1;
  }
  return index;
}

/** The carriage return of a CRLF, or of a last line without line feed, belongs to the line end. */
function withoutCarriageReturn(text: string, start: number, end: number): number {
  const endsLine = end === text.length || text.charCodeAt(end) === lineFeed;
  return endsLine && end > start && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
}

function countOf(text: string, part: string): number {
  let count = 0;
  for (let index = text.indexOf(part); index >= 0; index = text.indexOf(part, index + 1)) count += 1;
  return count;
}
