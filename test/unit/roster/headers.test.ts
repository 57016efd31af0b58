/** B1: headers that are nearly known, columns that are lacking, units and titles: no blank that counts as 0 or 否 comes about without a word. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluateRow, officePolicy } from '../../../electron/eligibility/index.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { readRosterCsv } from '../../../electron/roster/index.ts';
import { blankSays, decidingColumns, rosterColumns, type ColumnKey } from '../../../shared/roster/columns.ts';
import { headerMeaning, nearColumn, unitStated } from '../../../shared/roster/headers.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { done, practiceOffice, refused, temporaryFolder, testClock } from '../../support/practice.ts';
import { bytesOf, completeCells, completeText, rosterText, testUscc, withoutAny, type Cells } from '../../support/roster-rows.ts';

const lackingAll = rosterColumns.filter((column) => column.blank !== 'refused');
const period = taxPeriod('2022-04');

describe('B1 空白不等于没有', () => {
  test.each([
    ['欠缴增值税金额', 'vatArrears'], ['增值税欠税（截至上月末）', 'vatArrears'], ['欠税余额', 'vatArrears'], ['其中：欠缴税款', 'vatArrears'],
    ['免抵退待核准', 'exportRefundPending'], ['免抵退应退税额', 'exportRefundDue'], ['异常凭证税额', 'abnormalVouchers'], ['异常增值税专用发票税额', 'abnormalVouchers'],
    ['企业登记状态', 'status'], ['是否为个体户', 'individual'], ['已抵扣其他凭证', 'deductedOther'], ['海关缴款书抵扣税额', 'deductedCustoms'],
    ['取得存量留抵退税的日期', 'existingRefundedOn'], ['近12个月预收账款', 'realEstatePresales'],
  ] as const)('表头“%s”与已知的列相近，不能当作备注', (header, key) => {
    expect(nearColumn(header, lackingAll)?.key).toBe(key);
    const text = completeText({}).replace(columnHeader(key), header);
    expect(readRosterCsv(bytesOf(text))).toMatchObject({ kind: 'refused', code: 'ROSTER_HEADER_INVALID', faults: [{ code: 'HEADER_NEAR' }] });
  });

  test.each(['备注', '经办人', '行政区划', '税源管理员', '所属行业', '上次登记人员', '备注状况', '发票领用量'])('表头“%s”与哪一列都不相近，作备注', (header) => {
    expect(nearColumn(header, lackingAll)).toBeNull();
  });

  test('有了这一列，相近的另一列只是备注', () => {
    const text = completeText({}).replace('\r\n', ',增值税欠税说明\r\n').replace(/\r\n$/, ',已核对\r\n');
    expect(readRosterCsv(bytesOf(text))).toMatchObject({ kind: 'opened', header: { remarks: ['增值税欠税说明'] } });
  });

  test.each([
    ['增值税欠税/万元', '万元'], ['增值税欠税[万元]', '万元'], ['增值税欠税【万元】', '万元'], ['增值税欠税（人民币万元）', '万元'], ['增值税欠税_千元', '千元'],
    ['增值税欠税（单位：百元）', '百元'], ['增值税欠税-亿元', '亿元'], ['增值税欠税(万)', '万'], ['增值税欠税 万元', '万元'], ['增值税欠税：万元', '万元'], ['增值税欠税{亿}', '亿'],
  ])('“%s”的单位是%s，不是元', (header, unit) => {
    expect(headerMeaning(header)).toMatchObject({ kind: 'other-unit', column: { key: 'vatArrears' }, unit });
  });

  test.each(['增值税欠税/元', '增值税欠税[元]', '增值税欠税【元】', '增值税欠税（人民币元）', '增值税欠税_元', '增值税欠税金额（单位：元）'])('“%s”就是增值税欠税', (header) => {
    expect(headerMeaning(header)).toMatchObject({ kind: 'column', column: { key: 'vatArrears' } });
  });

  test.each([
    ['凌源市留抵企业名册（单位：万元）', '万元'], ['金额单位：万元', '万元'], ['单位:人民币千元', '千元'], ['（单位：元）', '元'], ['【万元】', '万元'], ['凌源市留抵企业名册', null], ['编制单位：凌源市税务局', null],
  ])('标题行“%s”写明的单位：%s', (line, unit) => {
    expect(unitStated(line)).toBe(unit);
  });

  test('标题行写明万元的，整个文件不读，并说出表头在哪一行', () => {
    const reading = readRosterCsv(bytesOf(`凌源市留抵企业名册\r\n,,金额单位：万元\r\n${completeText({})}`));
    expect(reading).toMatchObject({ kind: 'refused', code: 'ROSTER_HEADER_INVALID', faults: [{ code: 'TITLE_UNIT', row: 2 }] });
    expect(JSON.stringify(reading)).toContain('表头在第 3 行');
  });

  test.each([['元', '（单位：元）'], ['没有写单位', '制表：王芳']])('标题行的单位是%s的，从下一行读表头，行号仍是文件的行号，标题说给人看', (_unit, line) => {
    const reading = readRosterCsv(bytesOf(`凌源市留抵企业名册\r\n${line}\r\n\r\n${completeText({})}`));
    if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
    expect(reading.header.notes).toMatchObject([{ row: 1, code: 'WARN_ABOVE_HEADER' }, { row: 2, value: line, code: 'WARN_ABOVE_HEADER' }]);
    expect([...reading.lines]).toMatchObject([{ kind: 'row', row: { row: 5, uscc: testUscc(1) } }]);
  });

  test('合计行不是企业', () => {
    const text = `${completeText({})}合计${','.repeat(rosterColumns.length - 1)}\r\n`;
    const reading = readRosterCsv(bytesOf(text));
    expect(reading.kind === 'opened' ? [...reading.lines] : []).toMatchObject([{ kind: 'row' }, { kind: 'rejected', faults: [{ code: 'CELL_TOTAL_ROW' }, { code: 'CELL_BLANK' }] }]);
  });

  test('空白有含义的列，缺了要逐列写明才导入；写明的随分录留存', async () => {
    const office = await practiceOffice('tax', testClock('2022-04-11T09:00'));
    const file = join(temporaryFolder(), '名册.csv');
    const keys = rosterColumns.map((column) => column.key).filter((key) => key !== 'vatArrears' && key !== 'status' && key !== 'contact');
    writeFileSync(file, rosterText([completeCells], keys));
    expect(await done(office, 'roster.import', { file, period, dryRun: true }, 'handler')).toMatchObject({ header: { counted: [{ column: '纳税人状态', blank: '正常' }, { column: '增值税欠税', blank: '0' }], lacking: ['纳税人状态', '增值税欠税', '联系人'] } });
    const refusal = await refused(office, 'roster.import', { file, period, without: ['增值税欠税'] }, 'handler');
    expect(refusal).toMatchObject({ code: 'ROSTER_COLUMNS_LACKING', details: { lacking: [{ column: '纳税人状态', blank: '正常' }] } });
    expect(refusal.message).toContain('纳税人状态＝正常');
    expect(await refused(office, 'roster.import', { file, period, without: ['欠税', '纳税人状态'] }, 'handler')).toMatchObject({ code: 'ROSTER_COLUMN_UNKNOWN' });
    expect(await done(office, 'roster.import', { file, period, without: ['vatArrears', '纳税人状态'] }, 'handler')).toMatchObject({ changed: true, added: 1 });
    expect(await done(office, 'roster.import', { file, period }, 'handler')).toMatchObject({ changed: false });
    expect(office.verify('deep').faults).toEqual([]);
  });

  test('空白有含义的列就是这些', () => {
    expect(Object.fromEntries(rosterColumns.flatMap((column) => (blankSays(column) === null ? [] : [[column.key, blankSays(column)]])))).toEqual({
      filingCycle: '月', individual: '否', status: '正常', realEstatePresales: '0', exportRefundDue: '0', exportRefundPending: '否', vatArrears: '0', deductedVehicle: '0', deductedToll: '0',
      deductedCustoms: '0', deductedWithholding: '0', deductedAir: '0', deductedRail: '0', deductedOther: '0', existingRefundedOn: '没有取得过', generalRefundedOn: '没有取得过', abnormalVouchers: '0',
    });
    expect(withoutAny).toHaveLength(17);
  });

  test.each(decidingColumns)('缺 %s 这一列，哪一期都没有一户可退', (key) => {
    const refundable = { ...completeCells, deductedFrom: '2019-04', evasion36: '0', existingRefundedOn: '', generalRefundedOn: '', immediateRefundRepaidOn: '', abnormalVouchers: '0', baseCredit: '0', recentCredits: '60000;60000;70000;80000;90000;120000.50' };
    expect(verdictOf(refundable, '2022-04')).toBe('refundable');
    for (const month of ['2021-09', '2022-04', '2024-03', '2026-01']) expect(verdictOf({ ...refundable, [key]: '' }, month), month).not.toBe('refundable');
  });
});

function columnHeader(key: ColumnKey): string {
  return rosterColumns.find((column) => column.key === key)?.header ?? '';
}

const policy = officePolicy(checkoutResources);

function verdictOf(cells: Cells, month: string): string {
  const reading = readRosterCsv(bytesOf(completeText(cells)));
  const [line] = reading.kind === 'opened' ? [...reading.lines] : [];
  if (line?.kind !== 'row') throw new Error(JSON.stringify(line));
  return evaluateRow(line.row, taxPeriod(month), policy).verdict;
}
