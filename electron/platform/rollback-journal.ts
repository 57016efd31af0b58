/**
 * The rollback journal 回滚日志 of SQLite, read without SQLite: whether `ledger.db-journal` is whole, belongs to the ledger beside it as that stands now,
 * and what playing it back would change. It opens both files for reading only and decides nothing about what follows.
 * @source SQLite file format, 3 "The Rollback Journal", https://www.sqlite.org/fileformat2.html#the_rollback_journal
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * What a journal is to its ledger: `own` undoes the act that was cut off, `harmless` changes nothing when played back: it was not finished when the power went,
 * and its first sector may hold anything then, or the ledger is what the act began from. Else why it is neither.
 */
export type JournalVerdict = { readonly kind: 'harmless' | 'own' } | { readonly kind: 'foreign'; readonly why: string };

const magic = Buffer.from('d9d505f920a163d7', 'hex');
const headerBytes = 28;
const pageHeaderBytes = 100;
const sqliteMark = Buffer.from('SQLite format 3\u0000', 'latin1');

/** The facts of a ledger's first page that a journal is held against. */
type LedgerPages = { readonly pageBytes: number; readonly pages: number; readonly counter: number; readonly statedPages: number; readonly applicationId: number };

type Segment = { readonly records: number; readonly nonce: number; readonly pagesBefore: number; readonly sectorBytes: number; readonly pageBytes: number };

/**
 * Judges `journal` against `ledger`. Neither may be open in this process: closing a file here would release SQLite's lock on it.
 * @param applicationId what every ledger bears in its first page
 */
export function judgeJournal(ledger: string, journal: string, applicationId: number): JournalVerdict {
  return reading(ledger, (ledgerFile) => reading(journal, (file) => judged(ledgerFile, file, applicationId)));
}

function judged(ledger: number, journal: number, applicationId: number): JournalVerdict {
  const journalBytes = fstatSync(journal).size;
  // Without its mark nothing of it is played back: the ledger is written only once the mark is on the disk.
  if (!bytesAt(journal, 0, magic.length).equals(magic)) return { kind: 'harmless' };
  const standing = ledgerPages(ledger);
  if (standing === null || standing.applicationId !== applicationId) return foreign('旁边的文件不是账本');
  if (bytesAt(journal, journalBytes - magic.length, magic.length).equals(magic)) return foreign('它属于同时改动几个数据库的程序');
  const images = readImages(journal, journalBytes, standing);
  if (typeof images === 'string') return foreign(images);
  let changes = standing.pages !== images.pagesBefore;
  for (const { page, at } of images.places) {
    const image = bytesAt(journal, at, standing.pageBytes);
    if (page === 1) {
      const before = pageFacts(image, 0);
      if (before.applicationId !== applicationId) return foreign('它出自另一个数据库');
      if (standing.counter !== before.counter && standing.counter !== before.counter + 1) return foreign('它是这份账本较早时候留下的，或出自另一份账本');
      if (before.statedPages !== images.pagesBefore) return foreign('它记的账本大小前后不一');
    }
    changes ||= !image.equals(bytesAt(ledger, (page - 1) * standing.pageBytes, standing.pageBytes));
  }
  if (!images.places.some(({ page }) => page === 1) && standing.statedPages !== images.pagesBefore) return foreign('它是这份账本较早时候留下的，或出自另一份账本');
  return { kind: changes ? 'own' : 'harmless' };
}

/** Where the page images of a whole journal lie, or why it is not whole. */
function readImages(journal: number, journalBytes: number, standing: LedgerPages): { readonly pagesBefore: number; readonly places: readonly { page: number; at: number }[] } | string {
  const places: { page: number; at: number }[] = [];
  let pagesBefore: number | null = null;
  for (let at = 0; at + headerBytes <= journalBytes; ) {
    const segment = segmentAt(journal, at);
    // What follows the last finished part was not yet on the disk when the act was cut off; SQLite stops there too.
    if (segment === null || (pagesBefore !== null && segment.records === 0)) break;
    if (segment.pageBytes !== standing.pageBytes) return '它的页大小与账本不同';
    if (!isSector(segment.sectorBytes)) return '它的开头不完整';
    if (segment.pagesBefore < 1 || segment.pagesBefore > standing.pages || (pagesBefore !== null && segment.pagesBefore !== pagesBefore)) return '它记的账本大小与账本不符';
    pagesBefore = segment.pagesBefore;
    at += segment.sectorBytes;
    const recordBytes = segment.pageBytes + 8;
    if (at + segment.records * recordBytes > journalBytes) return '它不完整，末尾被截去';
    for (let record = 0; record < segment.records; record += 1, at += recordBytes) {
      const bytes = bytesAt(journal, at, recordBytes);
      const page = bytes.readUInt32BE(0);
      if (page < 1 || page > pagesBefore || bytes.readUInt32BE(recordBytes - 4) !== checksumOf(bytes.subarray(4, recordBytes - 4), segment.nonce)) return '它的内容与校验和不符';
      places.push({ page, at: at + 4 });
    }
    at = Math.ceil(at / segment.sectorBytes) * segment.sectorBytes;
  }
  if (pagesBefore === null) return '它不完整，末尾被截去';
  // A header without finished records was written before anything of the ledger: then the ledger has its old size.
  return places.length === 0 && pagesBefore !== standing.pages ? '它记的账本大小与账本不符' : { pagesBefore, places };
}

function segmentAt(journal: number, at: number): Segment | null {
  const bytes = bytesAt(journal, at, headerBytes);
  if (!bytes.subarray(0, magic.length).equals(magic)) return null;
  return { records: bytes.readUInt32BE(8), nonce: bytes.readUInt32BE(12), pagesBefore: bytes.readUInt32BE(16), sectorBytes: bytes.readUInt32BE(20), pageBytes: bytes.readUInt32BE(24) };
}

/** Every 200th byte from the end, added to the nonce of the segment. */
function checksumOf(page: Buffer, nonce: number): number {
  let sum = nonce;
  for (let at = page.length - 200; at > 0; at -= 200) sum = (sum + (page[at] ?? 0)) >>> 0;
  return sum;
}

function isSector(bytes: number): boolean {
  return bytes >= 32 && bytes <= 65_536 && (bytes & (bytes - 1)) === 0;
}

function ledgerPages(ledger: number): LedgerPages | null {
  const bytes = bytesAt(ledger, 0, pageHeaderBytes);
  if (!bytes.subarray(0, sqliteMark.length).equals(sqliteMark)) return null;
  const stated = bytes.readUInt16BE(16);
  const pageBytes = stated === 1 ? 65_536 : stated;
  return { pageBytes, ...pageFacts(bytes, Math.floor(fstatSync(ledger).size / pageBytes)) };
}

/** The figures of a first page: change counter, size in pages (0 stands for what the file has), the mark of the program. */
function pageFacts(bytes: Buffer, pages: number): Omit<LedgerPages, 'pageBytes'> {
  const counter = bytes.readUInt32BE(24);
  return { pages, counter, statedPages: bytes.readUInt32BE(92) === counter ? bytes.readUInt32BE(28) : pages, applicationId: bytes.readUInt32BE(68) };
}

function foreign(why: string): JournalVerdict {
  return { kind: 'foreign', why };
}

/** Bytes of a file; what lies beyond its end reads as zeros. */
function bytesAt(file: number, at: number, count: number): Buffer {
  const bytes = Buffer.alloc(count);
  for (let done = 0; done < count; ) {
    const read = readSync(file, bytes, done, count - done, at + done);
    if (read === 0) break;
    done += read;
  }
  return bytes;
}

function reading<T>(path: string, read: (file: number) => T): T {
  const file = openSync(path, 'r');
  try {
    return read(file);
  } finally {
    closeSync(file);
  }
}
