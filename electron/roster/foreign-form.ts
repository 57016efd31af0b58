/** Tells by their first bytes the files that are neither CSV nor xlsx, so that the clerk reads what to do instead of a fault a line. */
import type { ByteSource } from '../platform/byte-source.ts';

export type ForeignForm = { readonly name: string; /** A spreadsheet that can be saved as xlsx. */ readonly workbook: boolean };

type Mark = { readonly bytes: readonly number[]; readonly name: string; readonly workbook: boolean };

const zipMark: readonly number[] = [0x50, 0x4b, 0x03, 0x04];
const compoundMark: readonly number[] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

const marks: readonly Mark[] = [
  { bytes: zipMark, name: '压缩文件', workbook: false },
  { bytes: [0x50, 0x4b, 0x05, 0x06], name: '空的压缩文件', workbook: false },
  { bytes: compoundMark, name: '旧版 xls 工作簿', workbook: true },
  { bytes: [0x09, 0x08, 0x10, 0x00], name: '旧版 xls 工作簿', workbook: true },
  { bytes: [0x25, 0x50, 0x44, 0x46], name: 'PDF', workbook: false },
  { bytes: [0x1f, 0x8b], name: 'gzip 压缩文件', workbook: false },
  { bytes: [0x52, 0x61, 0x72, 0x21], name: 'RAR 压缩文件', workbook: false },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], name: '7z 压缩文件', workbook: false },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], name: 'SQLite 数据库', workbook: false },
];

/** Exports of core systems are often HTML or XML renamed `.xls`. */
const markupPattern = /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype|html|head|meta|table|\?xml|!--)/i;

/** A web page saved with all its parts: "单个文件网页" of a spreadsheet. */
const archivePattern = /^(?:\u00ef\u00bb\u00bf)?\s*(?:mime-version:|content-type:\s*multipart|from:\s*<?saved by|x-document-type:)/i;

/** Whether the file begins as a zip does: an xlsx, or something that will be refused when it is opened. */
export function isZip(source: ByteSource): boolean {
  return begins(headOf(source), zipMark);
}

/** What a file is when it is no text table; null when it may be one. */
export function foreignForm(source: ByteSource): ForeignForm | null {
  const head = headOf(source);
  const mark = marks.find((candidate) => begins(head, candidate.bytes));
  if (mark?.bytes === compoundMark && holdsEncryptedPackage(source.read(0, Math.min(source.length, searchedBytes)))) return { name: '加了密码的工作簿，请先在 Excel 中去掉密码', workbook: true };
  if (mark !== undefined) return { name: mark.name, workbook: mark.workbook };
  // Without the zeros and the mark of UTF-16, a page in it reads as any other.
  const text = String.fromCharCode(...head.filter((byte) => byte !== 0)).replace(/^(?:\u00ff\u00fe|\u00fe\u00ff)/, '');
  if (archivePattern.test(text)) return { name: '网页归档 MHTML（单个文件网页）', workbook: true };
  return markupPattern.test(text) ? { name: 'HTML 或 XML 网页表格', workbook: true } : null;
}

function headOf(source: ByteSource): Uint8Array {
  return source.read(0, Math.min(source.length, 200));
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/** A bigger workbook would be refused for its size. */
const searchedBytes = 50 * 1024 * 1024;

/** Its UTF-16 bytes. */
const encryptedPackage = Array.from('EncryptedPackage', (letter) => [letter.charCodeAt(0), 0]).flat();

/** A workbook with a password is a compound file with a stream of this name. */
function holdsEncryptedPackage(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x45); at >= 0; at = bytes.indexOf(0x45, at + 1)) if (encryptedPackage.every((byte, index) => bytes[at + index] === byte)) return true;
  return false;
}
