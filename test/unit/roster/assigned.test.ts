/** B8 列的对应: headers of another system assigned by hand, in a text and in a workbook, kept for files with the same headers with who and when, by window and by verb. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Office } from '../../../electron/office/office.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { liudi } from '../../support/command-line.ts';
import { done, practiceOffice, refused, temporaryFolder, testClock } from '../../support/practice.ts';
import { testUscc, withoutAny } from '../../support/roster-rows.ts';
import { sheetRow, workbookOf } from '../../support/workbooks.ts';

const [april, may] = [taxPeriod('2022-04'), taxPeriod('2022-05')];
const headers = ['主体编码', '主体名', '本期结余', '老板', '欠缴的增值税'];
const row = (number: number, credit: string): readonly string[] => [testUscc(number), `凌源市第${String(number)}厂`, credit, '王某', '0.00'];
const assigned = [
  { header: '主体编码', column: '统一社会信用代码' }, { header: '主体名', column: '纳税人名称' }, { header: '本期结余', column: '当期期末留抵税额' }, { header: '欠缴的增值税', column: '增值税欠税' },
];
const answers = { without: withoutAny.filter((column) => column !== '增值税欠税'), acceptWarnings: true };

function csvOf(rows: readonly (readonly string[])[], head: readonly string[] = headers): string {
  const path = join(temporaryFolder(), '核心系统.csv');
  writeFileSync(path, `\ufeff${[head, ...rows].map((cells) => cells.join(',')).join('\r\n')}\r\n`);
  return path;
}

const taxOffice = (): Promise<Office> => practiceOffice('tax', testClock('2022-05-11T09:00'));
const credits = async (office: Office, period = april): Promise<readonly (string | null)[]> => (await done(office, 'roster.list', { period }, 'handler')).rows.map(({ endingCredit }) => endingCredit);

describe('B8 columns assigned by hand', () => {
  test('a file whose headers nobody knows is refused with its headers, read as a person says, and remembered with who and when', async () => {
    const office = await taxOffice();
    const file = csvOf([row(1, '100.00'), row(2, '200.50')]);
    const { code, details } = await refused(office, 'roster.import', { file, period: april, dryRun: true }, 'handler');
    expect([code, (details as { headers: unknown }).headers]).toEqual(['ROSTER_HEADER_INVALID', headers]);

    const preview = await done(office, 'roster.import', { file, period: april, dryRun: true, assigned }, 'handler');
    expect(preview.header).toMatchObject({ assigned, kept: null, remarks: ['老板'] });
    expect(preview.header.columns.map(({ column }) => column)).toEqual(['统一社会信用代码', '纳税人名称', '当期期末留抵税额', null, '增值税欠税']);
    await done(office, 'roster.import', { file, period: april, assigned, ...answers }, 'handler');
    expect(await credits(office)).toEqual(['100.00', '200.50']);

    // The next month's file of the same system: nothing is asked again, and it is said whose assignment it follows.
    const next = await done(office, 'roster.import', { file: csvOf([row(1, '300.00')]), period: may, ...answers }, 'issuer').catch((error: unknown) => error);
    expect(next).toBeInstanceOf(Error); // an issuer imports no roster
    const kept = await done(office, 'roster.import', { file: csvOf([row(1, '300.00')]), period: may, ...answers }, 'handler');
    expect(kept.header).toMatchObject({ assigned, kept: { by: '演练经办', at: expect.stringMatching(/^2022-05-11T01:00/) as string } });
    expect(await credits(office, may)).toEqual(['300.00']);

    // Other headers are another source; `assigned: []` follows nothing.
    expect(await refused(office, 'roster.import', { file: csvOf([row(1, '1.00')], [...headers.slice(0, 4), '欠税']), period: may }, 'handler')).toMatchObject({ code: 'ROSTER_HEADER_INVALID' });
    expect(await refused(office, 'roster.import', { file, period: april, assigned: [], dryRun: true }, 'handler')).toMatchObject({ code: 'ROSTER_HEADER_INVALID' });
    expect(office.verify('deep').faults).toEqual([]);
  });

  test('a workbook with a title line above is read alike', async () => {
    const office = await taxOffice();
    const path = join(temporaryFolder(), '核心系统.xlsx');
    writeFileSync(path, workbookOf({ rows: [sheetRow(1, ['凌源市留抵情况']), sheetRow(2, headers), sheetRow(3, row(1, '100.00'))].join('') }));
    await done(office, 'roster.import', { file: path, period: april, assigned, ...answers }, 'handler');
    expect(await credits(office)).toEqual(['100.00']);
  });

  test('the newest file of a source decides, also when it needed no hand any more', async () => {
    const office = await taxOffice();
    const known = ['统一社会信用代码', '纳税人名称', '期末留抵税额', '基期额'];
    const file = (credit: string): string => csvOf([[testUscc(1), '凌源市第一厂', credit, '5.00']], known);
    const base = [{ header: '基期额', column: '2019年3月31日期末留抵税额' }];
    const { header } = await done(office, 'roster.import', { file: file('1.00'), period: april, assigned: base, without: withoutAny, acceptWarnings: true }, 'handler');
    expect(header.assigned).toEqual(base);
    await done(office, 'roster.import', { file: file('2.00'), period: april, assigned: [], without: withoutAny, acceptWarnings: true }, 'handler');
    const later = await done(office, 'roster.import', { file: file('3.00'), period: april, dryRun: true }, 'handler');
    expect([later.header.assigned, later.header.kept]).toEqual([[], null]);
  });

  test('a header that is nearly a column is a remark when a person says so', async () => {
    const office = await taxOffice();
    const near = [...assigned.slice(0, 3), { header: '欠缴的增值税', column: null }];
    const { header } = await done(office, 'roster.import', { file: csvOf([row(1, '100.00')]), period: april, assigned: near, dryRun: true }, 'handler');
    expect(header.remarks).toEqual(['老板', '欠缴的增值税']);
    expect(header.counted.map(({ column }) => column)).toContain('增值税欠税');
  });

  test.each<[string, readonly string[], readonly { readonly header: string; readonly column: string | null }[], string, RegExp, string?]>([
    ['万元的列不因人工指定而当作元', [...headers.slice(0, 2), '本期结余（万元）', ...headers.slice(3)], assigned.map((one) => (one.header === '本期结余' ? { ...one, header: '本期结余（万元）' } : one)), 'ROSTER_HEADER_INVALID', /万元/],
    ['两列读作同一列', headers, [...assigned, { header: '老板', column: '纳税人名称' }], 'ROSTER_HEADER_INVALID', /纳税人名称/],
    ['名册没有这一列', headers, [{ header: '老板', column: '法定代表人' }], 'ROSTER_COLUMN_UNKNOWN', /法定代表人/],
    ['文件没有这个表头', headers, [...assigned, { header: '电话号码', column: '联系电话' }], 'ROSTER_HEADER_INVALID', /电话号码/, 'HEADER_ASSIGNED_LACKING'],
  ])('%s：不导入', async (_case, head, given, code, says, fault) => {
    const office = await taxOffice();
    const found = await refused(office, 'roster.import', { file: csvOf([row(1, '100.00')], head), period: april, assigned: given, ...answers }, 'handler');
    expect(found.code).toBe(code);
    expect(found.message).toMatch(says);
    if (fault !== undefined) expect((found.details as { faults: { code: string }[] }).faults.map((one) => one.code)).toContain(fault);
  });
});

test('B8 the command line assigns, keeps and says so', () => {
  const folder = temporaryFolder();
  const office = join(folder, 'office');
  expect(liudi(['office', 'init', office, '--agency', 'tax', '--county', '211382', '--name', '凌源市税务局', '--unattended']).exit).toBe(0);
  const importing = (period: string, ...more: readonly string[]) => liudi([
    'roster', 'import', csvOf([row(1, '100.00')]), '--period', period, '--office', office, '--as', 'handler', '--accept-warnings', '--without', answers.without.join(','), ...more,
  ]);
  const first = importing('2022-04', '--assign', assigned.map(({ header, column }) => `${header}=${column}`).join(','));
  expect([first.exit, first.stdout]).toEqual([0, expect.stringContaining('列的对应（本次指定）：主体编码 → 统一社会信用代码，')]);
  const second = importing('2022-05');
  expect([second.exit, second.stdout]).toEqual([0, expect.stringMatching(/列的对应（沿用 演练经办 \d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? 的指定）：主体编码 → 统一社会信用代码/)]);
  expect(importing('2022-05', '--assign', '无').exit).toBe(1);
  expect(importing('2022-05', '--assign', '主体编码').exit).toBe(2);
});
