/**
 * The rows of one worksheet 工作表, as they stand: text, number as written, date, truth value, error. It types no column; numbers stay the
 * characters of the file and never become floating point.
 * @source ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.96 (v), 18.17.4.1 (dates)
 */
import { addDays, civilDate } from '../../shared/kernel/civil-date.ts';
import { columnsMax } from './roster-header.ts';
import { columnNumber, StringText, unescaped, WorkbookPartFault, type WorkbookParts } from './workbook-parts.ts';
import { plainNumber } from './workbook-number.ts';
import { isHidden } from './workbook-surround.ts';
import { attribute, readXml, type XmlAttributes, type XmlListener } from './workbook-xml.ts';

export type SheetCell =
  | { readonly kind: 'text' | 'number' | 'date' | 'error'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A formula whose value no program has stored. */
  | { readonly kind: 'uncalculated' };

export type SheetRow = {
  /** As the spreadsheet shows it. */
  readonly row: number;
  /** By column from 0, blank cells absent, at most columnsMax. */
  readonly cells: readonly (SheetCell | undefined)[];
  /** The first filled column beyond columnsMax, from 1; null when there is none. */
  readonly beyond: number | null;
  readonly hidden: boolean;
  /** Indexes of cells that are struck out, and of formulas whose values are to be calculated anew. */
  readonly struck: readonly number[];
  readonly stale: readonly number[];
};

const none: readonly number[] = [];
type Parts = Omit<WorkbookParts, 'sheets' | 'hiddenSheets'>;

/** Rows that hold something, in pieces. @throws WorkbookPartFault, ForeignXmlFault, ForeignZipFault */
export async function* sheetRows(blocks: AsyncIterable<Uint8Array>, parts: Parts): AsyncGenerator<readonly SheetRow[], void, void> {
  const gatherer = new RowGatherer(parts);
  const reading = readXml(blocks, gatherer);
  while ((await reading.next()).done !== true) yield gatherer.take();
  yield gatherer.take();
}

class RowGatherer implements XmlListener {
  readonly #parts: Parts;
  readonly #inline = new StringText();
  #rows: SheetRow[] = [];
  #row = 0;
  #cells: (SheetCell | undefined)[] = [];
  #beyond: number | null = null;
  #column = 0;
  #type = 'n';
  #dated = false;
  #hidden = false;
  #struckStyle = false;
  #struck: number[] = [];
  #stale: number[] = [];
  #formula = false;
  #valued = false;
  #value = '';
  #place: 'outside' | 'cell' | 'value' | 'inline' = 'outside';

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  take(): readonly SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(element: string, attributes: XmlAttributes): void {
    if (this.#place === 'inline') this.#inline.open(element);
    else if (element === 'row') this.#openRow(attributes);
    else if (element === 'c') this.#openCell(attributes);
    else if (this.#place === 'cell' && element === 'v') {
      this.#place = 'value';
      this.#valued = true;
    } else if (this.#place === 'cell' && element === 'is') {
      this.#place = 'inline';
      this.#inline.clear();
    } else if (this.#place === 'cell' && element === 'f') this.#formula = true;
  }

  close(element: string): void {
    if (element === 'v' && this.#place === 'value') this.#place = 'cell';
    else if (element === 'is' && this.#place === 'inline') this.#place = 'cell';
    else if (this.#place === 'inline') this.#inline.close(element);
    else if (element === 'c' && this.#place === 'cell') this.#closeCell();
    else if (element === 'row') this.#closeRow();
  }

  text(text: string): void {
    if (this.#place === 'value') this.#value += text;
    else if (this.#place === 'inline') this.#inline.add(text);
  }

  #openRow(attributes: XmlAttributes): void {
    const written = attribute(attributes, 'r');
    const row = written === undefined ? this.#row + 1 : Number(written);
    if (!Number.isSafeInteger(row) || row <= this.#row) throw new WorkbookPartFault('broken', `row ${String(written)} after ${String(this.#row)}`);
    this.#row = row;
    this.#hidden = isHidden(attributes, 'ht');
    if (this.#struck.length > 0) this.#struck = [];
    if (this.#stale.length > 0) this.#stale = [];
    this.#cells = [];
    this.#beyond = null;
    this.#column = 0;
  }

  #closeRow(): void {
    if (this.#cells.length > 0 || this.#beyond !== null) this.#rows.push(this.#rowGathered());
  }

  #rowGathered(): SheetRow {
    const [struck, stale] = [this.#struck.length > 0 ? this.#struck : none, this.#stale.length > 0 ? this.#stale : none];
    return { row: this.#row, cells: this.#cells, beyond: this.#beyond, hidden: this.#hidden, struck, stale };
  }

  #openCell(attributes: XmlAttributes): void {
    const place = attribute(attributes, 'r');
    const column = place === undefined ? this.#column + 1 : columnNumber(place);
    if (column <= this.#column) throw new WorkbookPartFault('broken', `cell ${String(place)}`);
    this.#column = column;
    this.#type = attribute(attributes, 't') ?? 'n';
    const style = Number(attribute(attributes, 's') ?? '0');
    this.#dated = this.#parts.dateStyles[style] === true;
    this.#struckStyle = this.#parts.struckStyles[style] === true;
    this.#formula = false;
    this.#valued = false;
    this.#value = '';
    this.#inline.clear();
    this.#place = 'cell';
  }

  #closeCell(): void {
    this.#place = 'outside';
    const cell = this.#cell();
    if (cell === null) return;
    if (this.#column > columnsMax) this.#beyond ??= this.#column;
    else this.#cells[this.#column - 1] = cell;
    if (this.#struckStyle) this.#struck.push(this.#column - 1);
    if (this.#formula && this.#parts.recalculates) this.#stale.push(this.#column - 1);
  }

  #cell(): SheetCell | null {
    if (this.#type === 'inlineStr') return textCell(this.#inline.value);
    if (!this.#valued || this.#value === '') return this.#formula && this.#type !== 'str' ? { kind: 'uncalculated' } : null;
    switch (this.#type) {
      case 's':
        return textCell(this.#shared(this.#value));
      case 'str':
        return textCell(unescaped(this.#value));
      case 'b':
        return { kind: 'boolean', value: this.#value === '1' || this.#value === 'true' };
      case 'e':
        return { kind: 'error', text: this.#value };
      case 'd':
        return { kind: 'date', text: this.#value.replace(/T00:00(?::00(?:\.0+)?)?Z?$/, '').replace('T', ' ') };
      default:
        return this.#dated ? dateCell(this.#value, this.#parts.date1904) : { kind: 'number', text: this.#value };
    }
  }

  #shared(index: string): string {
    const text = /^[0-9]+$/.test(index) ? this.#parts.strings[Number(index)] : undefined;
    if (text === undefined) throw new WorkbookPartFault('broken', `shared string ${index}`);
    return text;
  }
}

function textCell(text: string): SheetCell | null {
  return text === '' ? null : { kind: 'text', text };
}

const secondsOfDay = 86_400;
/** 9999-12-31 in the 1900 count. */
const serialMax = 2_958_465;

/** A day count as `YYYY-MM-DD`, with the time of day where there is one. Counts that are no day stay numbers. */
function dateCell(written: string, date1904: boolean): SheetCell {
  const [whole = '', fraction = ''] = plainNumber(written)?.split('.') ?? [];
  const seconds = Math.round(Number(`0.${fraction}`) * secondsOfDay);
  const serial = Number(whole) + (seconds === secondsOfDay ? 1 : 0);
  const date = whole.startsWith('-') || !/^[0-9]{1,7}$/.test(whole) ? null : dayOf(serial, date1904);
  if (date === null) return { kind: 'number', text: written };
  const time = seconds % secondsOfDay;
  const clock = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return { kind: 'date', text: time === 0 ? date : `${date} ${clock}` };
}

/** The 1900 count has a 29 February 1900 that never was (60); days before it stand one higher. */
function dayOf(serial: number, date1904: boolean): string | null {
  if (date1904) return serial + 1462 > serialMax ? null : addDays(civilDate('1904-01-01'), serial);
  if (serial < 1 || serial === 60 || serial > serialMax) return null;
  return addDays(civilDate('1900-01-01'), serial < 60 ? serial - 1 : serial - 2);
}
