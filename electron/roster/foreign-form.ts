/** Tells by their first bytes the files that are no CSV, so that the clerk reads what to do instead of a fault a line. */

export type ForeignForm = { readonly name: string; /** A spreadsheet that can be saved as CSV. */ readonly workbook: boolean };

type Mark = { readonly bytes: readonly number[]; readonly name: string; readonly workbook: boolean };

const marks: readonly Mark[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], name: 'xlsx 或压缩文件', workbook: true },
  { bytes: [0x50, 0x4b, 0x05, 0x06], name: '空的压缩文件', workbook: false },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], name: 'xls', workbook: true },
  { bytes: [0x09, 0x08, 0x10, 0x00], name: 'xls', workbook: true },
  { bytes: [0x25, 0x50, 0x44, 0x46], name: 'PDF', workbook: false },
  { bytes: [0x1f, 0x8b], name: 'gzip 压缩文件', workbook: false },
  { bytes: [0x52, 0x61, 0x72, 0x21], name: 'RAR 压缩文件', workbook: false },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], name: '7z 压缩文件', workbook: false },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], name: 'SQLite 数据库', workbook: false },
];

/** Exports of core systems are often HTML or XML renamed `.xls`. */
const markupPattern = /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype|html|head|meta|table|\?xml|!--)/i;

/** What a file is when it is no text table; null when it may be one. */
export function foreignForm(bytes: Uint8Array): ForeignForm | null {
  const mark = marks.find((candidate) => candidate.bytes.every((byte, index) => bytes[index] === byte));
  if (mark !== undefined) return { name: mark.name, workbook: mark.workbook };
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  return markupPattern.test(head) ? { name: 'HTML 或 XML 网页表格', workbook: true } : null;
}
