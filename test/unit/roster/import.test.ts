/** Importing a roster into an office: one entry, compared with what stands, refused whole or by rows, and rebuilt from the journal. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Office } from '../../../electron/office/office.ts';
import { encodeText } from '../../../electron/platform/text-file.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { sha256Hex } from '../../../electron/platform/hash.ts';
import { done, practiceOffice, refused, temporaryFolder, testClock } from '../../support/practice.ts';
import { completeText, rosterText, testUscc, withoutAny, type Cells } from '../../support/roster-rows.ts';
import { sheetRow, workbookOf } from '../../support/workbooks.ts';

const period = taxPeriod('2022-04');

function written(content: string | Uint8Array, name = '名册.csv'): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

const rosterOf = (...rows: Cells[]): string => written(rosterText(rows));

async function taxOffice(): Promise<Office> {
  return practiceOffice('tax', testClock('2022-04-11T09:00'));
}

async function head(office: Office): Promise<unknown> {
  return (await done(office, 'administration.status', {}, 'handler')).head;
}

const given = { dryRun: false, acceptValid: false, without: withoutAny };

test('an import stands for its period and can be listed, opened, exported and rebuilt', async () => {
  const office = await taxOffice();
  const file = written(completeText({}, { uscc: testUscc(2), name: '乙厂', industryCode: 'F5211', creditRating: 'B', endingCredit: '', recentCredits: '' }));
  const answer = await done(office, 'roster.import', { file, period, ...given }, 'handler');
  expect(answer).toMatchObject({
    changed: true, rows: 2, accepted: 2, rejected: 0, added: 2, gone: 0, changedTaxpayers: 0, unchanged: 0, fileHash: sha256Hex(readFileSync(file)),
    text: '名册已导入。2022年4月申报期，文件共 2 户：新增 2 户，变更 0 户，减少 0 户，不变 0 户。',
  });
  const list = await done(office, 'roster.list', { period }, 'approver');
  expect(list).toMatchObject({
    count: 2, totals: { prevYearSales: '24691357.80', baseCredit: '2000.00', endingCredit: '120000.50', blankEndingCredit: 1 },
    rows: [{ row: 2, uscc: testUscc(1), endingCredit: '120000.50', rating: 'A' }, { row: 3, name: '乙厂', endingCredit: null, industryCode: 'F5211' }],
  });
  const taxpayer = await done(office, 'roster.get', { period, uscc: testUscc(1) }, 'handler');
  expect(taxpayer.fields.find((field) => field.key === 'salesByIndustry')).toEqual({ key: 'salesByIndustry', header: '近12个月分行业销售额', text: 'C=800000.00;I65=50000.00;F51=150000.00' });
  expect(office.verify('deep').faults).toEqual([]);

  const copy = join(temporaryFolder(), '导出.csv');
  const exported = await done(office, 'roster.export', { period, file: copy }, 'handler');
  expect(exported).toMatchObject({ rows: 2, file: '导出.csv', hash: sha256Hex(readFileSync(copy)) });
  const again = await done(office, 'roster.import', { file: copy, period, ...given }, 'handler');
  expect(again).toMatchObject({ changed: false, unchanged: 2 });
});

test('the same rows again change nothing, whatever the bytes, the order or the spelling', async () => {
  const office = await taxOffice();
  const rows: Cells[] = [{ name: '甲𠮷', endingCredit: '1234.5' }, { endingCredit: '7' }];
  await done(office, 'roster.import', { file: rosterOf(...rows), period, ...given }, 'handler');
  const before = await head(office);
  const reversed = [...rows].map((row, index) => ({ name: `测试企业${String(index + 1)}`, ...row, uscc: testUscc(index + 1) })).reverse();
  for (const file of [
    rosterOf(...rows),
    written(encodeText(rosterText(rows), 'gb18030')),
    written(encodeText(rosterText(rows), 'utf-8-bom')),
    written(rosterText(rows).replace('1234.5', '"1,234.50"')),
    rosterOf(...reversed),
  ]) {
    const answer = await done(office, 'roster.import', { file, period, ...given }, 'handler');
    expect(answer).toMatchObject({ changed: false, added: 0, gone: 0, changedTaxpayers: 0, unchanged: 2, text: '与现有名册相同，名册未变。2022年4月申报期，文件共 2 户。' });
  }
  expect(await head(office)).toEqual(before);
  expect((await done(office, 'roster.imports', {}, 'handler')).count).toBe(1);
});

test('a later file replaces what stands for its period, field by field in the answer, and leaves other periods alone', async () => {
  const office = await taxOffice();
  await done(office, 'roster.import', { file: rosterOf({ endingCredit: '1' }, {}, {}), period, ...given }, 'handler');
  await done(office, 'roster.import', { file: rosterOf({}), period: taxPeriod('2022-03'), ...given }, 'handler');
  const answer = await done(office, 'roster.import', { file: rosterOf({ endingCredit: '2' }, {}, { uscc: testUscc(9) }), period, ...given }, 'handler');
  expect(answer).toMatchObject({
    changed: true, added: 1, changedTaxpayers: 1, gone: 1, unchanged: 1,
    diff: {
      added: [{ uscc: testUscc(9) }], gone: [{ uscc: testUscc(3) }],
      changed: [{ uscc: testUscc(1), fields: [{ field: 'endingCredit', header: '当期期末留抵税额', before: '1.00', after: '2.00' }] }],
    },
  });
  expect((await done(office, 'roster.list', { period }, 'handler')).rows.map((row) => row.uscc)).toEqual([testUscc(1), testUscc(2), testUscc(9)]);
  expect((await done(office, 'roster.list', { period: taxPeriod('2022-03') }, 'handler')).count).toBe(1);
  const { imports } = await done(office, 'roster.imports', { period }, 'handler');
  expect(imports.map(({ number, stands, added, maker }) => ({ number, stands, added, maker }))).toEqual([
    { number: 2, stands: true, added: 1, maker: 'handler' },
    { number: 1, stands: false, added: 3, maker: 'handler' },
  ]);
  expect(office.verify('deep').faults).toEqual([]);
});

test('a preview tells everything and writes nothing', async () => {
  const office = await taxOffice();
  const before = await head(office);
  const answer = await done(office, 'roster.import', { file: rosterOf({}, { endingCredit: 'x' }), period, dryRun: true }, 'handler');
  expect(answer).toMatchObject({ changed: false, dryRun: true, added: 1, rejected: 1, faults: [{ row: 3, code: 'CELL_AMOUNT_INVALID' }], text: expect.stringMatching(/^预览，名册未变/) as string });
  expect(await head(office)).toEqual(before);
});

test('one faulty row refuses the file with every fault, unless the clerk takes the good rows', async () => {
  const office = await taxOffice();
  const before = await head(office);
  const file = rosterOf({ filed: '有' }, {}, { endingCredit: '1e3', uscc: 'X' });
  const refusal = await refused(office, 'roster.import', { file, period }, 'handler');
  expect(refusal).toMatchObject({ code: 'ROSTER_ROWS_FAULTY', details: { rows: 3, accepted: 1, rejected: 2, faultCount: 3, faults: [{ row: 2 }, { row: 4 }, { row: 4 }] } });
  expect(refusal.message).toBe(
    '（E150）2 行有问题（共 3 处，首处：第 2 行“当期已申报”“有”：须为 是、否 之一；请改为其中一项，不知道的留空），一行也没有导入。请按清单改正后重新导入；或确认后只导入其余 1 行。',
  );
  expect(await head(office)).toEqual(before);
  const taken = await done(office, 'roster.import', { file, period, acceptValid: true }, 'handler');
  expect(taken).toMatchObject({ changed: true, added: 1, rejected: 2, faultCount: 3 });
  expect(await done(office, 'roster.import', { file, period, acceptValid: true }, 'handler')).toMatchObject({ changed: false });
});

test.each([
  ['no period', { period: undefined }, rosterText([{}]), 'ROSTER_PERIOD_NEEDED'],
  ['a period that has not come', { period: '2022-05' }, rosterText([{}]), 'ROSTER_PERIOD_AHEAD'],
  ['a period that is none', { period: '2022-13' }, rosterText([{}]), 'INPUT_INVALID'],
  ['no rows', {}, rosterText([]), 'ROSTER_NO_ROWS'],
  ['only faulty rows', { acceptValid: true }, rosterText([{ uscc: 'X' }]), 'ROSTER_NO_ROWS'],
  ['a broken workbook', {}, 'PK\u0003\u0004', 'ROSTER_WORKBOOK_UNSAFE'],
])('refuses an import with %s and changes nothing', async (_case, terms, text, code) => {
  const office = await taxOffice();
  const before = await head(office);
  expect(await refused(office, 'roster.import', { file: written(text), period, ...terms }, 'handler')).toMatchObject({ code });
  expect(await head(office)).toEqual(before);
});

test('a roster exported as a workbook comes back the same: codes, amounts, dates and shielded texts', async () => {
  const office = await taxOffice();
  const rows: Cells[] = [{}, { uscc: testUscc(2), name: '=乙厂', bankAccount: '000123', prevYearSales: '1234567890123.45', endingCredit: '', recentCredits: '', contact: '-1+1' }];
  const [header = '', ...lines] = completeText(...rows).trimEnd().split('\r\n');
  const file = written([`${header},备注`, ...lines.map((line) => `${line},@备注`)].join('\r\n'));
  await done(office, 'roster.import', { file, period, ...given }, 'handler');
  const copy = join(temporaryFolder(), '2022年4月-名册.xlsx');
  expect(await done(office, 'roster.export', { period, file: copy }, 'handler')).toMatchObject({ rows: 2, file: '2022年4月-名册.xlsx', hash: sha256Hex(readFileSync(copy)) });
  expect(await done(office, 'roster.import', { file: copy, period, ...given }, 'handler')).toMatchObject({ changed: false, unchanged: 2, encoding: 'xlsx', warningCount: 1 });
});

test('a workbook says the same as the CSV of its table, and one that breaks off changes nothing', async () => {
  const office = await taxOffice();
  await done(office, 'roster.import', { file: rosterOf({ endingCredit: '1.10' }, { endingCredit: '7' }), period, ...given }, 'handler');
  const rows = sheetRow(1, ['期末留抵税额', '税号', '企业名称']) + sheetRow(2, [{ v: '1.1000000000000001' }, testUscc(1), '测试企业1']) + sheetRow(4, [{ v: '7' }, testUscc(2), '测试企业2']);
  expect(await done(office, 'roster.import', { file: written(workbookOf({ rows }), '名册.xlsx'), period, ...given }, 'handler')).toMatchObject({ changed: false, unchanged: 2, encoding: 'xlsx' });
  const more = rows + sheetRow(5, [{ v: '8' }, testUscc(3), '丙']);
  expect(await done(office, 'roster.import', { file: written(workbookOf({ rows: more }), '名册.xlsx'), period, ...given }, 'handler')).toMatchObject({ changed: true, added: 1 });
  const before = await head(office);
  const broken = workbookOf({ rows: '', parts: { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheetRow(1, ['税号', '企业名称'])}${sheetRow(2, [testUscc(9), '戊'])}` } });
  expect(await refused(office, 'roster.import', { file: written(broken, '名册.xlsx'), period }, 'handler')).toMatchObject({ code: 'ROSTER_WORKBOOK_UNSAFE' });
  expect(await head(office)).toEqual(before);
});

test('only a handler of the tax office imports', async () => {
  const office = await taxOffice();
  expect(await refused(office, 'roster.import', { file: rosterOf({}), period }, 'reviewer')).toMatchObject({ code: 'DUTY_NOT_HELD' });
  const finance = await practiceOffice('finance', testClock('2022-04-11T09:00'));
  expect(await refused(finance, 'roster.import', { file: rosterOf({}), period }, 'handler')).toMatchObject({ code: 'NOT_IN_THIS_OFFICE' });
});

test('lists are windows of the filtered and sorted set, with totals of the whole of it', async () => {
  const office = await taxOffice();
  const rows: Cells[] = [
    { name: '甲机械厂', industryCode: 'C3411', creditRating: 'A', endingCredit: '30', office: '城关', taxpayerKind: '一般纳税人' },
    { name: '乙商店', industryCode: 'F5211', creditRating: 'B', endingCredit: '10', office: '城关', status: '非正常' },
    { name: '丙机械厂', industryCode: 'C35', creditRating: 'A', office: '三十家子' },
    { name: '丁软件', industryCode: 'I6513', endingCredit: '20', taxpayerKind: '小规模纳税人' },
  ];
  await done(office, 'roster.import', { file: rosterOf(...rows), period, ...given }, 'handler');
  const names = async (input: object): Promise<string> => (await done(office, 'roster.list', { period, ...input }, 'handler')).rows.map((row) => row.name.charAt(0)).join('');
  expect(await names({})).toBe('甲乙丙丁');
  expect(await names({ sort: 'endingCredit', descending: true })).toBe('甲丁乙丙');
  expect(await names({ sort: 'endingCredit' })).toBe('丙乙丁甲');
  expect(await names({ search: '机械' })).toBe('甲丙');
  expect(await names({ search: testUscc(4).toLowerCase() })).toBe('丁');
  expect(await names({ section: 'C', office: '城关' })).toBe('甲');
  expect(await names({ rating: 'A' })).toBe('甲丙');
  expect(await names({ status: 'abnormal' })).toBe('乙');
  expect(await names({ kind: 'small-scale' })).toBe('丁');
  expect(await names({ offset: 1, limit: 2 })).toBe('乙丙');
  const window = await done(office, 'roster.list', { period, search: '机械', limit: 1 }, 'handler');
  expect([window.rows.length, window.count, window.totals.endingCredit, window.totals.blankEndingCredit]).toEqual([1, 2, '30.00', 1]);
});

test('totals beyond what SQLite sums in one integer are exact', async () => {
  const office = await taxOffice();
  const rows = Array.from({ length: 12_000 }, (_, index) => `${testUscc(index)},户${String(index)},9999999999999.99`);
  await done(office, 'roster.import', { file: written(['uscc,name,endingCredit', ...rows].join('\n')), period, ...given }, 'handler');
  expect((await done(office, 'roster.list', { period, limit: 1 }, 'handler')).totals.endingCredit).toBe('119999999999999880.00');
});

test('a taxpayer or period without a roster is named', async () => {
  const office = await taxOffice();
  expect(await refused(office, 'roster.get', { period, uscc: testUscc(1) }, 'handler')).toMatchObject({ code: 'ROSTER_TAXPAYER_UNKNOWN' });
  expect(await refused(office, 'roster.export', { period, file: join(temporaryFolder(), 'x.csv') }, 'handler')).toMatchObject({ code: 'ROSTER_PERIOD_EMPTY' });
  expect(await done(office, 'roster.list', { period }, 'handler')).toMatchObject({ count: 0, rows: [] });
});

test('an export never writes over a file', async () => {
  const office = await taxOffice();
  const file = rosterOf({});
  await done(office, 'roster.import', { file, period, ...given }, 'handler');
  const before = readFileSync(file);
  expect(await refused(office, 'roster.export', { period, file }, 'handler')).toMatchObject({ code: 'ROSTER_EXPORT_FAILED' });
  expect(readFileSync(file)).toEqual(before);
});
