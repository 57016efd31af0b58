/**
 * The parts of a workbook around its sheet 工作簿部件: which sheet is visible, which styles show dates, which year dates count from, the shared
 * strings. Parts it does not name (drawings, macros, links of the sheet) are never unpacked.
 * @source ECMA-376 part 1, 18.2, 18.4, 18.8; shared spec exchange.md 2.7
 */
import type { ZipArchive } from '../platform/zip-archive.ts';
import { attribute, readXml, walkXml } from './workbook-xml.ts';

export type WorkbookFault = 'no-workbook' | 'binary' | 'external' | 'no-sheet' | 'broken';

/** No workbook that can be read; `detail` is for the log. */
export class WorkbookPartFault extends Error {
  override readonly name = 'WorkbookPartFault';
  readonly fault: WorkbookFault;
  constructor(fault: WorkbookFault, detail: string) {
    super(detail);
    this.fault = fault;
  }
}

export type SheetEntry = { readonly name: string; /** Null where the part is no worksheet or stands outside the file. */ readonly part: string | null };

export type WorkbookParts = {
  /** The visible sheets. */
  readonly sheets: readonly SheetEntry[];
  /** Names of the sheets that are hidden. */
  readonly hiddenSheets: readonly string[];
  readonly date1904: boolean;
  /** Whether the values of formulas are to be calculated anew when it is opened: those that stand may be old. */
  readonly recalculates: boolean;
  /** By index of cell format: whether its number is a date. */
  readonly dateStyles: readonly boolean[];
  /** By index of cell format: whether what it shows is struck out. */
  readonly struckStyles: readonly boolean[];
  readonly strings: readonly string[];
};

type Relation = { readonly kind: string; readonly target: string | null };

/** Part names of a package are compared without case (ECMA-376 part 2, 6.2.2.3). Null for a part that is not there. */
function partNamed(zip: ZipArchive, name: string): string | null {
  if (zip.names.includes(name)) return name;
  const wanted = name.toLowerCase();
  return zip.names.find((candidate) => candidate.toLowerCase() === wanted) ?? null;
}

/** @throws WorkbookPartFault, ForeignXmlFault, ForeignZipFault */
export async function readWorkbookParts(zip: ZipArchive): Promise<WorkbookParts> {
  if (zip.names.some((name) => /(?:^|\/)externalLinks\//i.test(name))) throw new WorkbookPartFault('external', 'externalLinks');
  const book = await workbookPart(zip);
  const relations = await readRelations(zip, book);
  const list = await readSheetList(zip, book, relations);
  const related = (kind: string): string | null => [...relations.values()].find((relation) => relation.kind === kind && relation.target !== null && zip.names.includes(relation.target))?.target ?? null;
  const styles = related('styles');
  const strings = related('sharedStrings');
  const looks = styles === null ? { dateStyles: [], struckStyles: [] } : await readStyles(zip, styles);
  return { ...list, ...looks, strings: strings === null ? [] : await readStrings(zip, strings) };
}

async function workbookPart(zip: ZipArchive): Promise<string> {
  const relations = await readRelations(zip, '');
  const found = [...relations.values()].find((relation) => relation.kind === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (/\.bin$/i.test(found)) throw new WorkbookPartFault('binary', found);
  if (!zip.names.includes(found) || !/(?:^|\/)workbook[^/]*\.xml$/i.test(found)) throw new WorkbookPartFault('no-workbook', found);
  return found;
}

/** Relations of a part by their id; the kind is the last word of its type. */
async function readRelations(zip: ZipArchive, part: string): Promise<Map<string, Relation>> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const name = partNamed(zip, `${folder}_rels/${part.slice(folder.length)}.rels`);
  const relations = new Map<string, Relation>();
  if (name === null) return relations;
  await walkXml(zip.blocks(name), {
    open(element, attributes) {
      const id = attribute(attributes, 'Id');
      if (element !== 'Relationship' || id === undefined) return;
      const outside = attribute(attributes, 'TargetMode') === 'External';
      relations.set(id, { kind: (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? '', target: outside ? null : targetOf(zip, partName(folder, attribute(attributes, 'Target') ?? '')) });
    },
  });
  return relations;
}

/** The part that a target names, as the archive writes it; the name itself where there is none. */
function targetOf(zip: ZipArchive, name: string): string {
  return partNamed(zip, name) ?? name;
}

/** A target is relative to the folder of its part, or begins at the root with a slash. */
function partName(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith('/') ? target : `${folder}${target}`).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

type SheetList = Pick<WorkbookParts, 'sheets' | 'hiddenSheets' | 'date1904' | 'recalculates'>;

async function readSheetList(zip: ZipArchive, book: string, relations: ReadonlyMap<string, Relation>): Promise<SheetList> {
  const sheets: SheetEntry[] = [];
  const hiddenSheets: string[] = [];
  let [date1904, recalculates] = [false, false];
  await walkXml(zip.blocks(book), {
    open(element, attributes) {
      if (element === 'workbookPr') date1904 = isTrue(attribute(attributes, 'date1904'));
      else if (element === 'calcPr') recalculates = isTrue(attribute(attributes, 'fullCalcOnLoad')) || attribute(attributes, 'calcMode') === 'manual';
      else if (element === 'sheet') {
        const name = attribute(attributes, 'name') ?? '';
        const relation = relations.get(attribute(attributes, 'id') ?? '');
        if ((attribute(attributes, 'state') ?? 'visible') !== 'visible') hiddenSheets.push(name);
        else sheets.push({ name, part: relation?.kind === 'worksheet' && relation.target !== null && zip.names.includes(relation.target) ? relation.target : null });
      }
    },
  });
  return { sheets, hiddenSheets, date1904, recalculates };
}

/** `AB12` → 28. */
export function columnNumber(place: string): number {
  const letters = /^([A-Z]{1,3})[0-9]+$/.exec(place)?.[1];
  if (letters === undefined) throw new WorkbookPartFault('broken', `cell ${place}`);
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

export function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}

/** Ids without a code of their own that show a date, in the Chinese edition too (27–36, 50–58). Times of day are left out. */
const dateFormatIds = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

async function readStyles(zip: ZipArchive, part: string): Promise<Pick<WorkbookParts, 'dateStyles' | 'struckStyles'>> {
  const codes = new Map<number, string>();
  const struckFonts: boolean[] = [];
  const [dateStyles, struckStyles]: [boolean[], boolean[]] = [[], []];
  let inside = '';
  await walkXml(zip.blocks(part), {
    open(element, attributes) {
      if (element === 'cellXfs' || element === 'fonts') inside = element;
      else if (element === 'numFmt') codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
      else if (element === 'font' && inside === 'fonts') struckFonts.push(false);
      else if (element === 'strike' && inside === 'fonts') struckFonts[struckFonts.length - 1] = isTrue(attribute(attributes, 'val') ?? '1');
      else if (element === 'xf' && inside === 'cellXfs') {
        const id = Number(attribute(attributes, 'numFmtId') ?? '0');
        const code = codes.get(id);
        dateStyles.push(code === undefined ? dateFormatIds.has(id) : showsDate(code));
        struckStyles.push(struckFonts[Number(attribute(attributes, 'fontId') ?? '0')] === true);
      }
    },
    close(element) {
      if (element === inside) inside = '';
    },
  });
  return { dateStyles, struckStyles };
}

/** Whether a number format shows a day, month or year. Texts, escapes, colours and locales are no part of it. */
export function showsDate(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|general/gi, '');
  return /[yd]/i.test(bare) || (/m/i.test(bare.replace(/am\/pm|a\/p/gi, '')) && !/[hs]/i.test(bare));
}

/** Rich text is joined; phonetic guides are left out. */
async function readStrings(zip: ZipArchive, part: string): Promise<string[]> {
  const strings: string[] = [];
  const text = new StringText();
  const reading = readXml(zip.blocks(part), {
    open(element) {
      if (element === 'si') text.clear();
      text.open(element);
    },
    close(element) {
      text.close(element);
      if (element === 'si') strings.push(text.value);
    },
    text(piece) {
      text.add(piece);
    },
  });
  while ((await reading.next()).done !== true);
  return strings;
}

/** Gathers the `t` elements of a string, plain or in runs, outside phonetic guides. */
export class StringText {
  #pieces = '';
  #guide = 0;
  #inside = false;

  clear(): void {
    this.#pieces = '';
    this.#guide = 0;
    this.#inside = false;
  }

  open(element: string): void {
    if (element === 'rPh') this.#guide += 1;
    else if (element === 't') this.#inside = this.#guide === 0;
  }

  close(element: string): void {
    if (element === 'rPh') this.#guide -= 1;
    else if (element === 't') this.#inside = false;
  }

  add(piece: string): void {
    if (this.#inside) this.#pieces += piece;
  }

  get value(): string {
    return unescaped(this.#pieces);
  }
}

/** Spreadsheets write characters that XML cannot hold as `_x000D_`. */
export function unescaped(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))) : text;
}
