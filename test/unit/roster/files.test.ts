/** Roster files as they come: headers, records, encodings, foreign formats and limits (faults.md B06, E05, E10, E11). */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import type { RosterLine } from '../../../shared/roster/model.ts';
import { readRosterCsv, type RosterReading } from '../../../electron/roster/index.ts';
import { csvPieces, csvRecords, recordLengthMax } from '../../../electron/roster/csv-records.ts';
import { memorySource } from '../../../electron/platform/byte-source.ts';
import { detectEncoding, textBlocks } from '../../../electron/platform/text-encoding.ts';
import { writeOutput } from '../../../electron/platform/output-file.ts';
import { encodeText, readBoundedFile } from '../../../electron/platform/text-file.ts';
import { temporaryFolder } from '../../support/practice.ts';
import { bytesOf, rosterText, testUscc } from '../../support/roster-rows.ts';

function opened(bytes: Uint8Array): Exclude<RosterReading, { kind: 'refused' }> {
  const reading = readRosterCsv(bytes);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  return reading;
}

function linesOf(text: string): RosterLine[] {
  return [...opened(bytesOf(text)).lines];
}

function outcomeOf(line: RosterLine): string {
  return line.kind === 'row' ? `${String(line.row.row)} ok` : `${String(line.row)} ${line.faults.map((fault) => fault.code).join()}`;
}

const head = '统一社会信用代码,纳税人名称,当期期末留抵税额';
const [a, b, c] = [testUscc(1), testUscc(2), testUscc(3)];

test('columns stand in any order, unknown ones become remarks and are reported, missing ones are named', () => {
  const reading = opened(bytesOf(`备注,期末留抵税额,纳税人名称,经办人,税号\n旧户,12,甲厂,,${a}\n`));
  expect(reading.header.columns.map((column) => column.key)).toEqual([null, 'endingCredit', 'name', null, 'uscc']);
  expect(reading.header.remarks).toEqual(['备注', '经办人']);
  expect(reading.header.lacking).toContain('纳税人类型');
  expect([...reading.lines]).toMatchObject([{ kind: 'row', row: { row: 2, uscc: a, name: '甲厂', endingCredit: 1200n, remarks: { 备注: '旧户' } } }]);
});

test('a cell under no header is kept under its place and reported', () => {
  const [line] = linesOf(`${head},\n${a},甲厂,12,说明\n`);
  expect(line).toMatchObject({ kind: 'row', row: { remarks: { 第4列: '说明' } }, warnings: [{ code: 'WARN_COLUMN_UNNAMED' }] });
});

test('a column called __proto__ is a remark like any other', () => {
  const [line] = linesOf(`${head},__proto__\n${a},甲厂,12,x\n`);
  expect(line?.kind === 'row' ? Object.entries(line.row.remarks) : []).toEqual([['__proto__', 'x']]);
});

test('remarks may hold line breaks but no other control characters', () => {
  expect(linesOf(`${head},备注\n${a},甲厂,1,"一\r\n二\t三"\n`)).toMatchObject([{ row: { remarks: { 备注: '一\n二\t三' } } }]);
  expect(linesOf(`${head},备注\n${a},甲厂,1,一\u202e二\n`)).toMatchObject([{ kind: 'rejected', faults: [{ code: 'CELL_CONTROL_CHARACTER', column: '备注' }] }]);
});

test.each([
  ['nothing', '', 'ROSTER_FILE_EMPTY', []],
  ['only blank cells in the header', ',,,\n', 'ROSTER_FILE_EMPTY', []],
  ['no code and no name', '期末留抵税额\n1\n', 'ROSTER_HEADER_INVALID', ['HEADER_MISSING', 'HEADER_MISSING']],
  ['the same column twice under two names', `${head},税号\n`, 'ROSTER_HEADER_INVALID', ['HEADER_REPEATED']],
  ['the same remark twice', `${head},备注,备注\n`, 'ROSTER_HEADER_INVALID', ['HEADER_REPEATED']],
  ['amounts in another unit', `${head.replace('留抵税额', '留抵税额（万元）')}\n`, 'ROSTER_HEADER_INVALID', ['HEADER_UNIT']],
  ['a broken quote in the header', `${head},"备"注\n`, 'ROSTER_HEADER_INVALID', ['HEADER_QUOTE']],
  ['an invisible character in the header', `${head},备\u202e注\n`, 'ROSTER_HEADER_INVALID', ['CELL_CONTROL_CHARACTER']],
  ['every fault at once', '税号,税号,期末留抵税额(万元)\n', 'ROSTER_HEADER_INVALID', ['HEADER_REPEATED', 'HEADER_UNIT', 'HEADER_MISSING']],
  ['semicolons between the columns', `${head.replaceAll(',', ';')}\n`, 'ROSTER_SEPARATOR', []],
  ['257 columns', `${head}${','.repeat(254)}\n`, 'ROSTER_COLUMNS_TOO_MANY', []],
  ['a million columns', `${head}${','.repeat(1_000_000)}\n`, 'ROSTER_HEADER_INVALID', ['ROW_TOO_LONG']],
  ['a quote in the header that is never closed', `${head},"备注\n${a},甲,1,\n`, 'ROSTER_HEADER_INVALID', ['HEADER_QUOTE']],
  ['only carriage returns between the lines', `${head}\r${a},甲厂,1\r`, 'ROSTER_LINE_ENDS', []],
])('refuses a file with %s', (_case, text, code, faults) => {
  expect(readRosterCsv(bytesOf(text))).toMatchObject({ kind: 'refused', code, faults: faults.map((fault) => ({ code: fault })) });
});

test('tabs separate columns where the header has tabs and no commas', () => {
  expect(linesOf(`${head.replaceAll(',', '\t')}\r\n${a}\t甲,厂\t1,200\r\n`)).toMatchObject([{ kind: 'row', row: { name: '甲,厂', endingCredit: 120_000n } }]);
});

test.each([
  ['LF, CRLF and no end after the last line', `${head}\r\n${a},甲,1\n${b},乙,2\r\n${c},丙,3`, ['2 ok', '3 ok', '4 ok']],
  ['empty and blank lines count as rows of the sheet', `${head}\n\n${a},甲,1\n,,\n${b},乙,2\n`, ['3 ok', '5 ok']],
  ['a line break inside quotes is no new row', `${head},备注\n${a},甲,1,"x\ny"\n${b},乙,2,\n`, ['2 ok', '3 ok']],
  ['a lone carriage return inside a line', `${head}\n${a},甲\r厂,1\n${b},乙,2\n`, ['2 CELL_CONTROL_CHARACTER', '3 ok']],
  ['NUL in a cell', `${head}\n${a},甲\u0000,1\n${b},乙,2\n`, ['2 CELL_CONTROL_CHARACTER', '3 ok']],
  ['too few cells', `${head}\n${a},甲\n${b},乙,2\n`, ['2 ROW_RAGGED', '3 ok']],
  ['too many cells', `${head}\n${a},甲,1,2\n${b},乙,2\n`, ['2 ROW_RAGGED', '3 ok']],
  ['a million cells in a row', `${head}\n${a}${',1'.repeat(400_000)}\n${b},乙,2\n`, ['2 ROW_RAGGED', '3 ok']],
  ['a quote inside a bare cell', `${head}\n${a},甲"老店",1\n${b},乙,2\n`, ['2 CELL_QUOTE_INSIDE', '3 ok']],
  ['text after a closing quote', `${head}\n${a},"甲"厂,1\n${b},乙,2\n`, ['2 CELL_QUOTE_INSIDE', '3 ok']],
  ['a quote that is never closed', `${head}\n${a},甲,1\n${b},"乙,2\n${c},丙,3\n`, ['2 ok', '3 ROW_QUOTE_OPEN']],
  ['doubled quotes', `${head}\n${a},"甲""老店""",1\n`, ['2 ok']],
  ['a line without end', `${head}\n${a},${'x'.repeat(recordLengthMax + 10)}`, ['2 ROW_TOO_LONG']],
  ['an open quote before a long rest', `${head}\n${a},"${'x'.repeat(recordLengthMax + 10)}\n${b},乙,2\n`, ['2 ROW_QUOTE_OPEN']],
])('%s', (_case, text, outcome) => {
  expect(linesOf(text).map(outcomeOf)).toEqual(outcome);
});

test('the end tells how many rows were read, rejected and blank', () => {
  const { lines } = opened(bytesOf(`${head}\n${a},甲,1\n\n${b},乙,x\n,,\n`));
  let next = lines.next();
  while (next.done !== true) next = lines.next();
  expect(next.value).toEqual({ rows: 2, rejected: 1, blankRows: 2 });
});

test('splits records as csv-parse does, wherever the blocks are cut', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '甲', '"', ',', '\n', '\r\n', ' ', '𠮷'), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }), fc.boolean(), fc.nat(20), (rows, crlf, cut) => {
      const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
      const text = rows.map((row) => row.map(quoted).join(',')).join(crlf ? '\r\n' : '\n');
      fc.pre(text !== '');
      const blocks = text.match(new RegExp(`[\\s\\S]{1,${String(cut + 1)}}`, 'g')) ?? [];
      const own = [...csvRecords(blocks, { delimiter: ',', cellsMax: 100 })];
      expect(own.flatMap((record) => record.faults)).toEqual([]);
      expect(own.map((record) => record.cells)).toEqual(parse(text, { relax_column_count: true, record_delimiter: ['\r\n', '\n'] }));
    }),
    { numRuns: 1000 },
  );
});

test('pieces of a text give the records of the text, whatever it holds and wherever it is cut', () => {
  const terms = { delimiter: ',', cellsMax: 3 } as const;
  const part = fc.constantFrom('a', '甲,', '"', '""', ',', '\n', '\r\n', '\r', '"a\nb"', ' ', '𠮷');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), fc.nat(12), fc.nat(12), (parts, cut, length) => {
      const text = parts.join('');
      const blocks = text.match(new RegExp(`[\\s\\S]{1,${String(cut + 1)}}`, 'gu')) ?? [];
      const pieces = [...csvPieces(blocks, terms, length + 1)];
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      expect(pieces.flatMap((piece) => [...csvRecords([piece.text], terms, piece.firstRow)])).toEqual([...csvRecords(blocks, terms)]);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['a record without end', `a,b\nc,d\n${'x'.repeat(recordLengthMax + 5)}\ne,f\n`],
  ['a quote without end', `a,b\nc,"d\n${'x\n'.repeat(recordLengthMax)}`],
])('after %s nothing more comes, in pieces as in one', (_case, text) => {
  const terms = { delimiter: ',', cellsMax: 3 } as const;
  const blocks = text.match(/[\s\S]{1,300000}/g) ?? [];
  const whole = [...csvRecords(blocks, terms)];
  expect(whole.at(-1)?.faults).toHaveLength(1);
  expect([...csvPieces(blocks, terms, 4)].flatMap((piece) => [...csvRecords([piece.text], terms, piece.firstRow)])).toEqual(whole);
});

test('no text makes the reader throw, and every row it gives has its row number', () => {
  const piece = fc.constantFrom(a, b, '甲', ',', '"', '\n', '\r', '\r\n', '\u0000', '1', "'", '=', '\ud800', '\t');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const lines = linesOf(`${head}\n${pieces.join('')}`);
      const numbers = lines.map((line) => (line.kind === 'row' ? line.row.row : line.row));
      expect(numbers).toEqual([...new Set(numbers)].sort((x, y) => x - y));
    }),
    { numRuns: 500 },
  );
});

const sample = `${head}\r\n${a},凌源市𠮷祥㐂商贸有限公司,1\r\n${b},凌源市一般纳税人测试有限公司,2\r\n`;

test.each([
  ['UTF-8', bytesOf(sample), 'utf-8'],
  ['UTF-8 with byte order mark', encodeText(sample, 'utf-8-bom'), 'utf-8'],
  ['GB18030 with four-byte characters', encodeText(sample, 'gb18030'), 'gb18030'],
  ['GBK', new Uint8Array(iconv.encode(sample.replace('𠮷', '吉').replace('㐂', '喜'), 'gbk')), 'gb18030'],
  ['UTF-16 little endian with mark', new Uint8Array(iconv.encode(sample, 'utf-16le', { addBOM: true })), 'utf-16le'],
  ['UTF-16 big endian with mark', new Uint8Array(iconv.encode(sample, 'utf-16be', { addBOM: true })), 'utf-16be'],
  ['only ASCII', bytesOf(`uscc,name\n${a},x\n`), 'utf-8'],
])('reads %s', (_case, bytes, encoding) => {
  const reading = opened(bytes);
  expect(reading.encoding).toBe(encoding);
  const lines = [...reading.lines];
  expect(lines.every((line) => line.kind === 'row')).toBe(true);
  if (encoding !== 'utf-8' || lines.length > 1) expect(lines[1]).toMatchObject({ row: { name: '凌源市一般纳税人测试有限公司' } });
});

const utf8 = bytesOf(sample);
const gb = encodeText(sample, 'gb18030');
test.each([
  ['UTF-16 little endian without mark', new Uint8Array(iconv.encode(sample, 'utf-16le', { addBOM: false })), 'UTF-16'],
  ['UTF-16 big endian without mark', new Uint8Array(iconv.encode(sample, 'utf-16be', { addBOM: false })), 'UTF-16'],
  ['UTF-32', new Uint8Array(iconv.encode(sample, 'utf-32', { addBOM: true })), 'UTF-32'],
  ['UTF-8 cut inside a character', utf8.subarray(0, bytesOf(sample.slice(0, sample.indexOf('测试'))).length + 1), '第 3 行'],
  ['UTF-8 with a GBK line', new Uint8Array([...utf8, ...iconv.encode(`${c},凌源市丙商店,3\r\n`, 'gbk')]), '第 4 行'],
  ['GBK with a UTF-8 line', new Uint8Array([...gb, ...bytesOf(`${c},凌源市丙商店,3\r\n`)]), '部分是 UTF-8'],
  ['UTF-8 with mark and one bad byte', new Uint8Array([0xef, 0xbb, 0xbf, ...utf8.subarray(0, 70), 0xff, ...utf8.subarray(70)]), '部分是 UTF-8'],
  ['GB18030 cut inside a character', new Uint8Array([...iconv.encode(`${head}\n${a},甲乙丙丁戊`, 'gbk')].slice(0, -1)), 'GB18030'],
  ['bytes of no encoding', new Uint8Array([...iconv.encode(head, 'gbk'), 0x0a, 0xff, 0xff, 0x41]), 'GB18030'],
])('refuses %s instead of storing garbled names', (_case, bytes, reason) => {
  const reading = readRosterCsv(bytes);
  expect(reading).toMatchObject({ kind: 'refused', code: 'ROSTER_ENCODING_UNKNOWN' });
  expect(reading.kind === 'refused' ? reading.params['reason'] : '').toContain(reason);
});

test('text of any characters comes back from every encoding, decoded block by block', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constantFrom('utf-8', 'utf-8-bom', 'gb18030'), (text, encoding) => {
      fc.pre(text.isWellFormed() && !text.includes('\u0000') && !text.includes('\ufeff'));
      const bytes = encodeText(`${'凌源市一般纳税人'.repeat(3)}${text}`, encoding);
      const detected = detectEncoding(memorySource(bytes));
      if (detected.kind === 'refused') throw new Error(JSON.stringify(detected));
      expect([...textBlocks(memorySource(bytes), detected.encoding, detected.start)].join('')).toBe(`${'凌源市一般纳税人'.repeat(3)}${text}`);
    }),
    { numRuns: 300 },
  );
});

test('a file of several blocks is cut at no character and no row', () => {
  const rows = Array.from({ length: 60_000 }, (_, index) => `${testUscc(index)},凌源市𠮷记第${String(index)}商店有限公司,${String(index)}.25`);
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    const bytes = encodeText(`${head}\n${rows.join('\n')}\n`, encoding);
    expect(bytes.length).toBeGreaterThan(2_500_000);
    let row = 1;
    for (const line of opened(bytes).lines) {
      const index = row - 1;
      row += 1;
      if (line.kind !== 'row' || line.row.name !== `凌源市𠮷记第${String(index)}商店有限公司` || line.row.endingCredit !== BigInt(index) * 100n + 25n) throw new Error(JSON.stringify([row, line.kind]));
    }
    expect(row).toBe(60_001);
  }
});

test.each([
  ['a zip', [0x50, 0x4b, 3, 4, 20, 0], 'ROSTER_FILE_NOT_TABLE'],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], 'ROSTER_FILE_IS_WORKBOOK'],
  ['a web page called .xls', [...bytesOf('\n<html><table>')], 'ROSTER_FILE_IS_WORKBOOK'],
  ['PDF', [...bytesOf('%PDF-1.7')], 'ROSTER_FILE_NOT_TABLE'],
  ['gzip', [0x1f, 0x8b, 8], 'ROSTER_FILE_NOT_TABLE'],
])('says what to do with %s', (_case, bytes, code) => {
  expect(readRosterCsv(new Uint8Array(bytes))).toMatchObject({ kind: 'refused', code });
});

test('half a million rows are read, one more is refused before the first', () => {
  const row = `${a},甲,1\n`;
  expect(readRosterCsv(bytesOf(`${head}\n${row.repeat(500_001)}`))).toMatchObject({ kind: 'refused', code: 'ROSTER_ROWS_TOO_MANY', params: { limit: 500_000 } });
  expect(readRosterCsv(bytesOf(`${head}\n${row.repeat(500_000)}\n\n`)).kind).toBe('opened');
});

test('folders, links, pipes, devices and files beyond the limit are refused without waiting', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'a.csv');
  writeFileSync(file, 'x'.repeat(100));
  symlinkSync(file, join(folder, 'link.csv'));
  mkdirSync(join(folder, 'folder.csv'));
  execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
  writeFileSync(join(folder, 'sparse.csv'), '');
  truncateSync(join(folder, 'sparse.csv'), 5 * 1024 ** 3);
  const reasons = Object.fromEntries(
    ['a.csv', 'none.csv', 'link.csv', 'folder.csv', 'pipe.csv', 'sparse.csv', 'a.csv/b.csv'].map((name) => {
      const read = readBoundedFile(join(folder, name), 1000);
      return [name, read.kind === 'read' ? read.bytes.length : read.reason];
    }),
  );
  expect(reasons).toEqual({
    'a.csv': 100, 'none.csv': 'missing', 'link.csv': 'not-a-file', 'folder.csv': 'not-a-file', 'pipe.csv': 'not-a-file', 'sparse.csv': 'too-large', 'a.csv/b.csv': 'missing',
  });
  expect(readBoundedFile('/dev/zero', 1000)).toEqual({ kind: 'refused', reason: 'not-a-file' });
  expect(readBoundedFile(file, 99)).toEqual({ kind: 'refused', reason: 'too-large' });
});

test('a file that exists is not written over', () => {
  const file = join(temporaryFolder(), 'a.csv');
  expect(writeOutput(file, bytesOf('1'), false)).toBe(null);
  expect(writeOutput(file, bytesOf('2'), false)).toBe('exists');
  expect(writeOutput(join(file, 'b.csv'), bytesOf('2'), false)).toBe('missing');
});

test('a file is replaced only where the person agreed, and nothing is left beside it', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'a.csv');
  expect(writeOutput(file, bytesOf('1'), true)).toBe(null);
  expect(writeOutput(file, bytesOf('2'), false)).toBe('exists');
  expect(readFileSync(file, 'utf8')).toBe('1');
  expect(writeOutput(file, bytesOf('3'), true)).toBe(null);
  expect(readFileSync(file, 'utf8')).toBe('3');
  mkdirSync(join(folder, 'b.csv'));
  expect(writeOutput(join(folder, 'b.csv'), bytesOf('4'), true)).toBe('folder');
  expect(readdirSync(folder).sort()).toEqual(['a.csv', 'b.csv']);
});

test('the roster text of the support file is what the reader reads', () => {
  expect(linesOf(rosterText([{}, {}])).map(outcomeOf)).toEqual(['2 ok', '3 ok']);
});
