/**
 * What stands in a worksheet around its rows 工作表除各行以外的内容: merged areas, hidden columns, filter, drawings. The rows between are passed over as
 * bytes, so that a big sheet is not parsed twice; in passing every byte is checked against its CRC before a row is believed.
 * @source ECMA-376 part 1, 18.3.1.13 (col), 18.3.1.55 (mergeCell), 18.3.1.36 (drawing); shared spec faults.md B3
 */
import type { ZipArchive } from '../platform/zip-archive.ts';
import { columnNumber, isTrue, WorkbookPartFault } from './workbook-parts.ts';
import { attribute, ForeignXmlFault, walkXml, type XmlAttributes } from './workbook-xml.ts';

/** Rows and columns from 1, both ends within. */
export type Area = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number; /** `B2:B5` */ readonly name: string };

export type SheetSurround = {
  /** By their first row. */
  readonly merged: readonly Area[];
  /** Columns from 1, both ends within. */
  readonly hiddenColumns: readonly { readonly from: number; readonly to: number }[];
  readonly filtered: boolean;
  /** Pictures, shapes or charts lie over the cells. */
  readonly drawn: boolean;
};

/** Most bytes around the rows; a million merged areas are more than any table has. */
const surroundBytesMax = 32 * 1024 * 1024;
const rowsBegin = Buffer.from('sheetData');
const rowsEnd = Buffer.from('sheetData>');

/** @throws ForeignZipFault, ForeignXmlFault, WorkbookPartFault */
export async function readSurround(zip: ZipArchive, part: string): Promise<SheetSurround> {
  const around = await bytesAround(zip.blocks(part));
  try {
    if (around !== null) return await surroundOf(pieces(around));
  } catch (error) {
    // A cell may hold the words that were searched for: then the whole part is read.
    if (!(error instanceof ForeignXmlFault)) throw error;
  }
  return surroundOf(zip.blocks(part));
}

/** The part without its rows; null where they cannot be told as bytes (UTF-16, a sheet without rows). */
async function bytesAround(blocks: AsyncIterable<Uint8Array>): Promise<Buffer | null> {
  let head = Buffer.alloc(0);
  let tail: Buffer[] | null = null;
  let headEnd = -1;
  let last = Buffer.alloc(0);
  let size = 0;
  for await (const block of blocks) {
    const bytes = Buffer.from(block.buffer, block.byteOffset, block.length);
    if (headEnd < 0) {
      head = Buffer.concat([head, bytes]);
      headEnd = head.indexOf(rowsBegin);
      if (headEnd < 0) {
        if (head.length > surroundBytesMax) throw new ForeignXmlFault('text', 'no rows within the limit');
        continue;
      }
      last = head.subarray(headEnd);
    } else if (tail !== null) {
      size += bytes.length;
      if (size > surroundBytesMax) throw new ForeignXmlFault('text', 'too much after the rows');
      tail.push(Buffer.from(bytes));
      continue;
    } else last = Buffer.concat([last.subarray(Math.max(0, last.length - rowsEnd.length)), bytes]);
    const end = last.indexOf(rowsEnd, last.length === head.length - headEnd ? rowsBegin.length : 0);
    if (end >= 0) tail = [Buffer.from(last.subarray(end + rowsEnd.length))];
  }
  if (headEnd < 0 || tail === null) return null;
  const opened = head.lastIndexOf(0x3c, headEnd); // `<` before the name, prefixed or not
  return opened < 0 ? null : Buffer.concat([head.subarray(0, opened), ...tail]);
}

// eslint-disable-next-line @typescript-eslint/require-await -- one piece, in the form of many
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes;
}

async function surroundOf(blocks: AsyncIterable<Uint8Array>): Promise<SheetSurround> {
  const merged: Area[] = [];
  const hiddenColumns: { from: number; to: number }[] = [];
  let [filtered, drawn] = [false, false];
  await walkXml(blocks, {
    open(element, attributes) {
      if (element === 'mergeCell') merged.push(areaOf(attribute(attributes, 'ref') ?? ''));
      else if (element === 'col' && isHidden(attributes, 'width')) hiddenColumns.push({ from: Number(attribute(attributes, 'min')), to: Number(attribute(attributes, 'max')) });
      else if (element === 'autoFilter') filtered = true;
      else if (element === 'drawing' || element === 'legacyDrawing' || element === 'picture') drawn = true;
    },
  });
  return { merged: merged.sort((a, b) => a.top - b.top), hiddenColumns, filtered, drawn };
}

/** Hidden outright, or of no width or height. */
export function isHidden(attributes: XmlAttributes, measure: 'width' | 'ht'): boolean {
  const size = attribute(attributes, measure);
  return isTrue(attribute(attributes, 'hidden')) || (size !== undefined && Number(size) === 0);
}

function areaOf(name: string): Area {
  const [from = '', to = from] = name.replaceAll('$', '').split(':');
  const area = { top: rowNumber(from), bottom: rowNumber(to), left: columnNumber(from), right: columnNumber(to), name };
  if (area.top > area.bottom || area.left > area.right) throw new WorkbookPartFault('broken', `area ${name}`);
  return area;
}

function rowNumber(place: string): number {
  const row = Number(/[0-9]+$/.exec(place)?.[0] ?? '');
  if (!Number.isSafeInteger(row) || row < 1) throw new WorkbookPartFault('broken', `area ${place}`);
  return row;
}

/** The merged areas that cover a row, asked for in the order of the rows. */
export class MergedWalk {
  readonly #areas: readonly Area[];
  #next = 0;
  #open: Area[] = [];

  constructor(areas: readonly Area[]) {
    this.#areas = areas;
  }

  at(row: number): readonly Area[] {
    if (this.#next >= this.#areas.length && this.#open.length === 0) return none;
    for (let area = this.#areas[this.#next]; area !== undefined && area.top <= row; area = this.#areas[this.#next]) {
      this.#open.push(area);
      this.#next += 1;
    }
    this.#open = this.#open.filter((area) => area.bottom >= row);
    return this.#open;
  }
}

const none: readonly Area[] = [];
