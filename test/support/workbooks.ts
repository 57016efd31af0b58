/** Workbooks made by hand: the smallest parts that a spreadsheet accepts, with any of them replaced. */
import { zipOf, type ZipPart } from './zips.ts';

const relationTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const mainNamespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export type WorkbookPieces = {
  /** What stands inside sheetData. */
  readonly rows: string;
  /** `<si>…</si>` */
  readonly strings?: string;
  readonly styles?: string;
  readonly workbookProperties?: string;
  readonly sheets?: string;
  /** Parts that replace the made ones or come on top. */
  readonly parts?: Readonly<Record<string, string>>;
};

export function workbookParts(given: WorkbookPieces): Record<string, string> {
  return {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${relationTypes}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${mainNamespace}" xmlns:r="${relationTypes}">${given.workbookProperties ?? ''}<sheets>${given.sheets ?? '<sheet name="名册" sheetId="1" r:id="rId1"/>'}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': [
      '<Relationships>', `<Relationship Id="rId1" Type="${relationTypes}/worksheet" Target="worksheets/sheet1.xml"/>`, `<Relationship Id="rId2" Type="${relationTypes}/worksheet" Target="/xl/worksheets/sheet1.xml"/>`,
      `<Relationship Id="rId3" Type="${relationTypes}/styles" Target="styles.xml"/>`, `<Relationship Id="rId4" Type="${relationTypes}/sharedStrings" Target="sharedStrings.xml"/>`, '</Relationships>',
    ].join(''),
    'xl/worksheets/sheet1.xml': `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${mainNamespace}"><sheetData>${given.rows}</sheetData></worksheet>`,
    ...(given.styles === undefined ? {} : { 'xl/styles.xml': `<styleSheet xmlns="${mainNamespace}">${given.styles}</styleSheet>` }),
    ...(given.strings === undefined ? {} : { 'xl/sharedStrings.xml': `<sst xmlns="${mainNamespace}">${given.strings}</sst>` }),
    ...given.parts,
  };
}

export function workbookOf(given: WorkbookPieces): Uint8Array<ArrayBuffer> {
  return zipOf(partsList(workbookParts(given)));
}

export function partsList(parts: Readonly<Record<string, string>>): ZipPart[] {
  return Object.entries(parts).map(([name, data]) => ({ name, data }));
}

/** A row of cells: text becomes an inline string, an object is the cell as given (attributes and content). */
export function sheetRow(row: number, cells: readonly (string | { readonly t?: string; readonly s?: number; readonly v: string } | null)[]): string {
  const made = cells.map((cell, index) => {
    const place = `${String.fromCharCode(65 + index)}${String(row)}`;
    if (cell === null) return '';
    if (typeof cell === 'string') return `<c r="${place}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
    return `<c r="${place}"${cell.t === undefined ? '' : ` t="${cell.t}"`}${cell.s === undefined ? '' : ` s="${String(cell.s)}"`}><v>${cell.v}</v></c>`;
  });
  return `<row r="${String(row)}">${made.join('')}</row>`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
