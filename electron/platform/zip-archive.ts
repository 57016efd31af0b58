/**
 * A zip file from outside 外来压缩文件 (xlsx is one): its whole directory is judged before a single byte is unpacked, and what is unpacked is
 * counted and checked against its CRC while it streams. It never writes an entry to disk and does not know what the entries mean.
 * @source shared spec exchange.md 2.7; faults.md E09; PKWARE APPNOTE 6.3.10
 */
import { crc32 } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { assert } from '../../shared/kernel/assert.ts';

export type ZipFault =
  | 'not-a-zip' | 'entries' | 'size' | 'ratio' | 'name' | 'duplicate' | 'overlap' | 'encrypted' | 'link' | 'method' | 'headers-differ' | 'content';

/** The zip cannot be trusted; `detail` is for the log, not for people. */
export class ForeignZipFault extends Error {
  override readonly name = 'ForeignZipFault';
  readonly fault: ZipFault;
  constructor(fault: ZipFault, detail: string) {
    super(detail);
    this.fault = fault;
  }
}

/**
 * Most entries; most bytes of all entries together; unpacked ÷ packed of one entry and of the whole file. Ratios are judged of what is unpacked only,
 * and only from `ratioFromBytes` on: a small part of one repeated style or a white picture beside the table is no bomb.
 */
export const zipLimits = { entries: 200, unpackedBytes: 512 * 1024 * 1024, entryRatio: 200, totalRatio: 100, ratioFromBytes: 2 * 1024 * 1024 } as const;

export type ZipArchive = {
  /** Names of the files as they stand in the directory; folders are left out. */
  readonly names: readonly string[];
  /** The unpacked bytes in pieces. @throws ForeignZipFault for a ratio beyond the limits, at once; when length or CRC differ from the directory, after the last good piece */
  blocks(name: string): AsyncGenerator<Uint8Array, void, void>;
};

/** @throws ForeignZipFault */
export async function openZip(bytes: Uint8Array<ArrayBuffer>): Promise<ZipArchive> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { zip, entries } = await readDirectory(buffer);
  checkDirectory(entries, buffer);
  const files = new Map(entries.filter((entry) => !entry.fileName.endsWith('/')).map((entry) => [entry.fileName, entry]));
  const asked = new Set<Entry>();
  return {
    names: [...files.keys()],
    blocks(name) {
      const entry = files.get(name);
      assert(entry !== undefined, 'an entry of this archive');
      asked.add(entry);
      checkRatios(entry, asked, buffer.length);
      return unpackedBlocks(zip, entry);
    },
  };
}

async function readDirectory(buffer: Buffer): Promise<{ zip: ZipFile; entries: Entry[] }> {
  const entries: Entry[] = [];
  try {
    const zip = await fromBufferPromise(buffer, { strictFileNames: true, validateEntrySizes: true });
    // The count is a claim; reading stops at the limit whatever it says.
    if (zip.entryCount > zipLimits.entries) throw new ForeignZipFault('entries', `${String(zip.entryCount)} entries`);
    for await (const entry of zip.eachEntry()) entries.push(entry);
    const end = Number(zip.readEntryCursor);
    if (end + 4 <= buffer.length && buffer.readUInt32LE(end) === directorySignature) throw new ForeignZipFault('entries', 'more entries than counted');
    return { zip, entries };
  } catch (error) {
    throw zipFaultOf(error);
  }
}

const directorySignature = 0x02014b50;
const localSignature = 0x04034b50;
const localHeaderBytes = 30;
const encryptedFlags = 0x2041;
const deflate = 8;

function checkDirectory(entries: readonly Entry[], buffer: Buffer): void {
  const names = new Set<string>();
  let unpacked = 0;
  for (const entry of entries) {
    checkEntry(entry);
    const name = entry.fileName.normalize('NFC').toLowerCase();
    if (names.has(name)) throw new ForeignZipFault('duplicate', entry.fileName);
    names.add(name);
    unpacked += entry.uncompressedSize;
  }
  if (unpacked > zipLimits.unpackedBytes) throw new ForeignZipFault('size', `${String(unpacked)} bytes`);
  checkPlaces(entries, buffer);
}

/** @param asked all entries that were unpacked or are about to be, this one among them */
function checkRatios(entry: Entry, asked: ReadonlySet<Entry>, fileBytes: number): void {
  const { ratioFromBytes, entryRatio, totalRatio } = zipLimits;
  const { uncompressedSize, compressedSize, fileName } = entry;
  if (uncompressedSize > ratioFromBytes && uncompressedSize > entryRatio * Math.max(1, compressedSize)) throw new ForeignZipFault('ratio', fileName);
  let unpacked = 0;
  for (const one of asked) unpacked += one.uncompressedSize;
  if (unpacked > ratioFromBytes && unpacked > totalRatio * fileBytes) throw new ForeignZipFault('ratio', 'whole file');
}

function checkEntry(entry: Entry): void {
  const { fileName } = entry;
  if ((entry.generalPurposeBitFlag & encryptedFlags) !== 0) throw new ForeignZipFault('encrypted', fileName);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== deflate) throw new ForeignZipFault('method', `${fileName}: ${String(entry.compressionMethod)}`);
  // Upper half: Unix mode where the maker was Unix; 0o12 is a symbolic link.
  if (entry.versionMadeBy >> 8 === 3 && entry.externalFileAttributes >>> 28 === 0o12) throw new ForeignZipFault('link', fileName);
  if (fileName === '' || fileName.includes('\0') || fileName.split('/').some((part, index, parts) => part === '.' || (part === '' && index < parts.length - 1))) throw new ForeignZipFault('name', fileName);
}

/** Local header and directory say the same, and no two entries share a byte. */
function checkPlaces(entries: readonly Entry[], buffer: Buffer): void {
  const places = entries.map((entry) => ({ entry, start: entry.relativeOffsetOfLocalHeader, end: localEnd(entry, buffer) })).sort((a, b) => a.start - b.start);
  let free = 0;
  for (const { entry, start, end } of places) {
    if (start < free) throw new ForeignZipFault('overlap', entry.fileName);
    free = end;
  }
}

function localEnd(entry: Entry, buffer: Buffer): number {
  const start = entry.relativeOffsetOfLocalHeader;
  if (start + localHeaderBytes > buffer.length || buffer.readUInt32LE(start) !== localSignature) throw new ForeignZipFault('headers-differ', entry.fileName);
  const flags = buffer.readUInt16LE(start + 6);
  const nameEnd = start + localHeaderBytes + buffer.readUInt16LE(start + 26);
  const end = nameEnd + buffer.readUInt16LE(start + 28) + entry.compressedSize;
  const sameName = buffer.subarray(start + localHeaderBytes, nameEnd).equals(entry.fileNameRaw);
  if (end > buffer.length || !sameName || buffer.readUInt16LE(start + 8) !== entry.compressionMethod || (flags & encryptedFlags) !== 0) throw new ForeignZipFault('headers-differ', entry.fileName);
  // With a data descriptor (bit 3) or zip64 the local sizes are placeholders.
  const packed = buffer.readUInt32LE(start + 18);
  if ((flags & 8) === 0 && packed !== 0xffffffff && packed !== entry.compressedSize) throw new ForeignZipFault('headers-differ', entry.fileName);
  return end;
}

async function* unpackedBlocks(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array, void, void> {
  let sum = 0;
  try {
    const stream: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
    for await (const block of stream) {
      sum = crc32(block, sum);
      yield block;
    }
  } catch (error) {
    throw zipFaultOf(error, 'content');
  }
  if (sum !== entry.crc32) throw new ForeignZipFault('content', `${entry.fileName}: CRC`);
}

/** yauzl says what is wrong in English prose only. */
function zipFaultOf(error: unknown, otherwise: ZipFault = 'not-a-zip'): ForeignZipFault {
  if (error instanceof ForeignZipFault) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/encrypt/.test(message)) return new ForeignZipFault('encrypted', message);
  if (/relative path|absolute path|invalid characters in fileName/.test(message)) return new ForeignZipFault('name', message);
  return new ForeignZipFault(otherwise, message);
}
