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
  readonly sheets: readonly SheetEntry[];
  readonly date1904: boolean;
  /** By index of cell format: whether its number is a date. */
  readonly dateStyles: readonly boolean[];
  readonly strings: readonly string[];
};

type Relation = { readonly kind: string; readonly target: string | null };

/** @throws WorkbookPartFault, ForeignXmlFault, ForeignZipFault */
export async function readWorkbookParts(zip: ZipArchive): Promise<WorkbookParts> {
  if (zip.names.some((name) => /(?:^|\/)externalLinks\//i.test(name))) throw new WorkbookPartFault('external', 'externalLinks');
  const book = await workbookPart(zip);
  const relations = await readRelations(zip, book);
  const { sheets, date1904 } = await readSheetList(zip, book, relations);
  const related = (kind: string): string | null => [...relations.values()].find((relation) => relation.kind === kind && relation.target !== null && zip.names.includes(relation.target))?.target ?? null;
  const styles = related('styles');
  const strings = related('sharedStrings');
  return { sheets, date1904, dateStyles: styles === null ? [] : await readDateStyles(zip, styles), strings: strings === null ? [] : await readStrings(zip, strings) };
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
  const name = `${folder}_rels/${part.slice(folder.length)}.rels`;
  const relations = new Map<string, Relation>();
  if (!zip.names.includes(name)) return relations;
  await walkXml(zip.blocks(name), {
    open(element, attributes) {
      const id = attribute(attributes, 'Id');
      if (element !== 'Relationship' || id === undefined) return;
      const outside = attribute(attributes, 'TargetMode') === 'External';
      relations.set(id, { kind: (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? '', target: outside ? null : partName(folder, attribute(attributes, 'Target') ?? '') });
    },
  });
  return relations;
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

async function readSheetList(zip: ZipArchive, book: string, relations: ReadonlyMap<string, Relation>): Promise<{ sheets: SheetEntry[]; date1904: boolean }> {
  const sheets: SheetEntry[] = [];
  let date1904 = false;
  await walkXml(zip.blocks(book), {
    open(element, attributes) {
      if (element === 'workbookPr') date1904 = isTrue(attribute(attributes, 'date1904'));
      if (element !== 'sheet' || (attribute(attributes, 'state') ?? 'visible') !== 'visible') return;
      const relation = relations.get(attribute(attributes, 'id') ?? '');
      const part = relation?.kind === 'worksheet' && relation.target !== null && zip.names.includes(relation.target) ? relation.target : null;
      sheets.push({ name: attribute(attributes, 'name') ?? '', part });
    },
  });
  return { sheets, date1904 };
}

export function isTrue(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}

/** Ids without a code of their own that show a date, in the Chinese edition too (27–36, 50–58). Times of day are left out. */
const dateFormatIds = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

async function readDateStyles(zip: ZipArchive, part: string): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let inside = false;
  await walkXml(zip.blocks(part), {
    open(element, attributes) {
      if (element === 'cellXfs') inside = true;
      if (element === 'numFmt') codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
      if (element !== 'xf' || !inside) return;
      const id = Number(attribute(attributes, 'numFmtId') ?? '0');
      const code = codes.get(id);
      styles.push(code === undefined ? dateFormatIds.has(id) : showsDate(code));
    },
    close(element) {
      if (element === 'cellXfs') inside = false;
    },
  });
  return styles;
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
