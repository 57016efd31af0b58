/** Workbooks that lie or attack (faults.md E08, E09; exchange.md 2.7): refused within the limits, before a cell is believed. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRoster, WorkbookEnded } from '../../../electron/roster/index.ts';
import { openZip, zipLimits } from '../../../electron/platform/zip-archive.ts';
import { testUscc } from '../../support/roster-rows.ts';
import { partsList, sheetRow, workbookOf, workbookParts } from '../../support/workbooks.ts';
import { zipOf, type ZipPart } from '../../support/zips.ts';

const rows = sheetRow(1, ['税号', '企业名称']) + sheetRow(2, [testUscc(1), '甲']);
const parts = partsList(workbookParts({ rows }));
const sheetPart = 'xl/worksheets/sheet1.xml';

function withPart(name: string, change: Partial<ZipPart>): ZipPart[] {
  return parts.map((part) => (part.name === name ? { ...part, ...change } : part));
}

/** `code reason`, or the number of rows that were read. */
async function outcomeOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reading = await readRoster(bytes);
  if (reading.kind === 'refused') return `${reading.code} ${String(reading.params['reason'] ?? reading.params['form'] ?? '')}`.trim();
  let count = 0;
  try {
    for await (const line of reading.lines) count += line.kind === 'row' ? 1 : 0;
  } catch (error) {
    if (!(error instanceof WorkbookEnded)) throw error;
    return `ended: ${error.refusal.code} ${String(error.refusal.params['reason'] ?? '')}`;
  }
  return String(count);
}

test('the workbook that the attacks below change is read', async () => {
  expect(await outcomeOf(zipOf(parts))).toBe('1');
  expect(await outcomeOf(zipOf(parts.map((part) => ({ ...part, stored: true }))))).toBe('1');
});

const many = Array.from({ length: 100_000 }, (_, index) => ({ name: `x${String(index)}`, data: '', stored: true }));

test.each<[string, Uint8Array<ArrayBuffer>, string]>([
  ['201 entries', zipOf([...parts, ...many.slice(0, 201 - parts.length)]), '内含文件过多'],
  ['a hundred thousand entries', zipOf([...parts, ...many]), '内含文件过多'],
  ['a count that hides entries', zipOf([...parts, ...many.slice(0, 3)], { count: parts.length }), '内含文件过多'],
  ['a bomb among the styles', zipOf(partsList(workbookParts({ rows, parts: { 'xl/styles.xml': `<styleSheet>${' '.repeat(4_000_000)}</styleSheet>` } }))), '压缩比异常'],
  ['small bombs that are one together', zipOf(partsList(workbookParts({ rows: `${rows}${' '.repeat(1_900_000)}`, strings: ' '.repeat(1_900_000) }))), '压缩比异常'],
  ['a bomb in the sheet', zipOf(withPart(sheetPart, { data: `<worksheet><sheetData>${' '.repeat(4_000_000)}</sheetData></worksheet>` })), '压缩比异常'],
  ['entries that say they unpack to more than 512 MiB', zipOf([...parts, { name: 'a', data: noise(3_000_000), unpackedSize: 540 * 1024 * 1024 }]), '解开后过大'],
  ['a size smaller than the content', zipOf(withPart(sheetPart, { unpackedSize: 50 })), '内容与校验值不符，可能已损坏'],
  ['a size larger than the content', zipOf(withPart(sheetPart, { unpackedSize: 5000 })), '内容与校验值不符，可能已损坏'],
  ['a wrong CRC', zipOf(withPart(sheetPart, { crc: 1 })), '内容与校验值不符，可能已损坏'],
  ['a wrong CRC of the workbook part', zipOf(withPart('xl/workbook.xml', { crc: 1 })), '内容与校验值不符，可能已损坏'],
  ['the same name twice', zipOf([...parts, { name: sheetPart, data: 'x' }]), '内含同名文件'],
  ['the same name in other letters', zipOf([...parts, { name: 'XL/Worksheets/Sheet1.xml', data: 'x' }]), '内含同名文件'],
  ['two entries on the same bytes', zipOf(overlapping()), '目录与内容不符'],
  ['an entry inside another', zipOf(nested()), '内含文件互相重叠'],
  ['a name that climbs out', zipOf([...parts, { name: '../evil', data: 'x' }]), '内含文件的名称越界'],
  ['an absolute name', zipOf([...parts, { name: '/etc/evil', data: 'x' }]), '内含文件的名称越界'],
  ['a drive name', zipOf([...parts, { name: 'C:/evil', data: 'x' }]), '内含文件的名称越界'],
  ['a name with backslashes', zipOf([...parts, { name: 'xl\\evil', data: 'x' }]), '内含文件的名称越界'],
  ['a symbolic link', zipOf([...parts, { name: 'xl/link', data: '/etc/passwd', attributes: (0o120777 << 16) >>> 0 }]), '内含链接'],
  ['an encrypted entry', zipOf(withPart(sheetPart, { flags: 0x801 })), '已加密'],
  ['strong encryption', zipOf(withPart(sheetPart, { flags: 0x841 })), '已加密'],
  ['a compression nobody knows', zipOf(withPart(sheetPart, { method: 99 })), '压缩方法不认识'],
  ['another name in the local header', zipOf(withPart(sheetPart, { localName: 'xl/worksheets/sheet9.xml' })), '目录与内容不符'],
  ['only the first half of the file', zipOf(parts).slice(0, 900), '文件不完整'],
  ['links to other workbooks', zipOf([...parts, { name: 'xl/externalLinks/externalLink1.xml', data: '<x/>' }]), '含有指向其他文件的链接，请先在“数据—编辑链接”中断开链接'],
  ['a document type', workbookOf({ rows, parts: { [sheetPart]: `<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData>${rows}</sheetData></worksheet>` } }), '含有文档类型声明或实体'],
  ['a document type in the shared strings', workbookOf({ rows, strings: '', parts: { 'xl/sharedStrings.xml': '<!DOCTYPE sst><sst/>' } }), '含有文档类型声明或实体'],
  ['an entity nobody defined', workbookOf({ rows: '&lol;' }), '内容不合格式'],
  ['deep nesting', workbookOf({ rows: deep(65) }), '嵌套过深'],
  ['nesting of a hundred thousand', workbookOf({ rows: deep(100_000, true) }), '嵌套过深'],
  ['a part that is not UTF-8', zipOf(withPart(sheetPart, { data: Buffer.concat([Buffer.from('<worksheet><sheetData>'), Buffer.from([0xff, 0xff]), Buffer.from('</sheetData></worksheet>')]) })), '文字编码不对'],
  ['a shared string that is not there', workbookOf({ rows: sheetRow(1, [{ t: 's', v: '7' }]) }), '行、列或文字的编号前后不符'],
  ['rows in disorder', workbookOf({ rows: sheetRow(5, ['税号', '企业名称']) + sheetRow(2, ['x']) }), '行、列或文字的编号前后不符'],
  ['no visible sheet', workbookOf({ rows, sheets: '<sheet name="名册" sheetId="1" state="hidden" r:id="rId1"/>' }), '没有可见的工作表'],
])('refuses a workbook with %s', async (_case, bytes, reason) => {
  const started = performance.now();
  expect((await outcomeOf(bytes)).replace(/^ended: /, '')).toBe(`ROSTER_WORKBOOK_UNSAFE ${reason}`);
  expect(performance.now() - started).toBeLessThan(1000);
});

test.each<[string, Uint8Array<ArrayBuffer>, string]>([
  ['a text document', zipOf([{ name: 'word/document.xml', data: '<w/>' }]), 'ROSTER_FILE_NOT_TABLE 压缩文件或其他办公文档'],
  ['a binary workbook', workbookOf({ rows, parts: { '_rels/.rels': '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>' } }), 'ROSTER_FILE_IS_WORKBOOK 二进制工作簿 xlsb'],
  ['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(512)]), 'ROSTER_FILE_IS_WORKBOOK 旧版 xls 工作簿'],
  ['a workbook with a password', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Buffer.from('EncryptedPackage', 'utf16le')]), 'ROSTER_FILE_IS_WORKBOOK 加了密码的工作簿，请先在 Excel 中去掉密码'],
  ['a web page renamed to xls', new Uint8Array(Buffer.from('<html><table><tr><td>1</td></tr></table></html>')), 'ROSTER_FILE_IS_WORKBOOK HTML 或 XML 网页表格'],
  ['an empty sheet', workbookOf({ rows: '' }), 'ROSTER_FILE_EMPTY'],
  ['257 columns', workbookOf({ rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>税号</t></is></c><c r="IW1"><v>1</v></c></row>` }), 'ROSTER_COLUMNS_TOO_MANY'],
])('says what to do with %s', async (_case, bytes, outcome) => {
  expect(await outcomeOf(bytes)).toBe(outcome);
});

test('a sheet that breaks off after good rows gives nothing for good', async () => {
  const more = Array.from({ length: 3000 }, (_, index) => sheetRow(index + 3, [testUscc(index + 2), `第${String(index * 7919)}户`])).join('');
  const parts = { [sheetPart]: `<worksheet><sheetData>${rows}${more}<row><c></row></sheetData></worksheet>` };
  expect(await outcomeOf(workbookOf({ rows: '', parts }))).toBe('ended: ROSTER_WORKBOOK_UNSAFE 内容不合格式');
  expect(await outcomeOf(workbookOf({ rows: '', parts: { [sheetPart]: `<worksheet><sheetData>${rows}` } }))).toBe('ROSTER_WORKBOOK_UNSAFE 内容不合格式');
});

test('one cell of many megabytes ends the reading', async () => {
  let digits = '';
  for (let index = 0; index < 200_000; index += 1) digits += createHash('md5').update(String(index)).digest('hex');
  expect(await outcomeOf(workbookOf({ rows: sheetRow(1, ['税号', digits]) }))).toBe('ROSTER_WORKBOOK_UNSAFE 有一格过长');
});

test('macros, hyperlinks and drawings are never unpacked', async () => {
  const parts = {
    'xl/vbaProject.bin': 'Sub Auto_Open()',
    'xl/media/white.bmp': '\0'.repeat(4 * 1024 * 1024),
    'xl/worksheets/_rels/sheet1.xml.rels': '<Relationships><Relationship Id="rId1" Type="x/hyperlink" TargetMode="External" Target="http://example.test"/></Relationships>',
  };
  expect(await outcomeOf(workbookOf({ rows, parts }))).toBe('1');
});

test('no single changed byte makes the reader throw or believe more than one row', async () => {
  const whole = zipOf(parts);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ change;
      expect(await outcomeOf(changed)).toMatch(/^1$|ROSTER_/);
    }),
    { numRuns: 400 },
  );
});

test('the limits are those of the specification', () => {
  expect(zipLimits).toEqual({ entries: 200, unpackedBytes: 536_870_912, entryRatio: 200, totalRatio: 100, ratioFromBytes: 2_097_152 });
});

test('folders may stand in the directory', async () => {
  expect((await openZip(zipOf([{ name: 'xl/', data: '', stored: true }, ...parts]))).names).toEqual(parts.map((part) => part.name));
});

/** Bytes that do not compress. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => (state = (Math.imul(state, 1_103_515_245) + 12_345) | 0) >>> 16);
}

/** A directory that names the same bytes twice: the second name does not stand in the local header. */
function overlapping(): ZipPart[] {
  return [...parts, { name: 'xl/again.xml', data: parts[0]?.data ?? '', offset: 0 }];
}

/** A stored entry whose bytes are a whole local entry, which the directory names as well. */
function nested(): ZipPart[] {
  const inner = zipOf([{ name: 'inner', data: 'content', stored: true }]);
  return [{ name: 'outer', data: inner, stored: true }, { name: 'inner', data: 'content', stored: true, offset: 30 + 'outer'.length }, ...parts];
}

function deep(levels: number, spread = false): string {
  return Array.from({ length: levels }, (_, index) => `<a${spread ? String(index * 7919) : ''}>`).join('');
}
