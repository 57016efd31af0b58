/** The closed table of columns against the row type, field by field, and the headers that mean them. */
import { expect, test } from 'vitest';
import { rosterColumns } from '../../../shared/roster/columns.ts';
import { headerMeaning } from '../../../shared/roster/headers.ts';
import type { RosterRow } from '../../../shared/roster/model.ts';
import { readRosterCsv } from '../../../electron/roster/index.ts';
import { bytesOf, completeText, rosterText, testUscc } from '../../support/roster-rows.ts';

function rowsOf(text: string): RosterRow[] {
  const reading = readRosterCsv(bytesOf(text));
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading));
  return [...reading.lines].map((line) => {
    if (line.kind === 'rejected') throw new Error(JSON.stringify(line));
    return line.row;
  });
}

const complete: RosterRow = {
  row: 2, uscc: testUscc(1), name: '凌源市第一机械厂', taxpayerKind: 'general', filingCycle: 'month', individual: false, status: 'normal', industryCode: 'C3411',
  creditRating: 'A', registeredOn: '2015-03-04' as RosterRow['registeredOn'], prevYearSales: 1_234_567_890n, prevYearMonths: 12, prevYearAssets: 400_000_000n,
  salesByIndustry: [{ code: 'C', salesFen: 80_000_000n }, { code: 'I65', salesFen: 5_000_000n }, { code: 'F51', salesFen: 15_000_000n }],
  realEstatePresales: 0n, salesMonths: 12, baseCredit: 100_000n, endingCredit: 12_000_050n, recentCredits: [100n, 200n, 300n, 400n, 500n, 12_000_050n],
  prevYearEndCredit: 10_000_000n, exportRefundDue: 1000n, exportRefundPending: false, vatArrears: 2050n, deductedFrom: '2019-04' as RosterRow['deductedFrom'],
  deductedSpecial: 80_000_000n, deductedVehicle: 100n, deductedToll: 200n, deductedCustoms: 300n, deductedWithholding: 400n, deductedAir: 500n, deductedRail: 600n,
  deductedOther: 20_000_000n, yearDeductedQualified: 70_000n, yearDeductedTotal: 90_000n, existingRefundedOn: '2022-05-10' as RosterRow['existingRefundedOn'],
  generalRefundedOn: '2020-01-15' as RosterRow['generalRefundedOn'], transferredOut: 7770n, fraud36: false, evasion36: 1, immediateRefund: false,
  immediateRefundRepaidOn: '2022-10-31' as RosterRow['immediateRefundRepaidOn'], filed: true, underInspection: false, filingMismatch: false, abnormalVouchers: 1n,
  office: '城关税务所', contact: '王芳', phone: '0421-6812345', bank: '中国银行凌源支行', bankAccount: '0012345678901234567', accountName: '凌源市第一机械厂', remarks: {},
};

const blank: RosterRow = {
  row: 2, uscc: testUscc(1), name: '测试企业1', taxpayerKind: null, filingCycle: 'month', individual: false, status: 'normal', industryCode: null, creditRating: null,
  registeredOn: null, prevYearSales: null, prevYearMonths: null, prevYearAssets: null, salesByIndustry: null, realEstatePresales: 0n, salesMonths: null,
  baseCredit: null, endingCredit: null, recentCredits: null, prevYearEndCredit: null, exportRefundDue: 0n, exportRefundPending: false, vatArrears: 0n,
  deductedFrom: null, deductedSpecial: null, deductedVehicle: 0n, deductedToll: 0n, deductedCustoms: 0n, deductedWithholding: 0n, deductedAir: 0n, deductedRail: 0n,
  deductedOther: 0n, yearDeductedQualified: null, yearDeductedTotal: null, existingRefundedOn: null, generalRefundedOn: null, transferredOut: null, fraud36: null,
  evasion36: null, immediateRefund: null, immediateRefundRepaidOn: null, filed: null, underInspection: null, filingMismatch: null, abnormalVouchers: 0n,
  office: null, contact: null, phone: null, bank: null, bankAccount: null, accountName: null, remarks: {},
};

test('every column of a full row becomes its typed field', () => {
  expect(rowsOf(completeText({}))).toEqual([complete]);
});

test('every blank column means what roster.md says, whether the cell or the whole column is missing', () => {
  expect(rowsOf(rosterText([{}], ['uscc', 'name']))).toEqual([blank]);
  expect(rowsOf(rosterText([{}], rosterColumns.map((column) => column.key)))).toEqual([blank]);
  expect(rowsOf(rosterText([{ endingCredit: '  ', phone: '　' }]))).toEqual([blank]);
});

test('every field of a row has exactly one column', () => {
  expect(rosterColumns.map((column) => column.key).sort()).toEqual(Object.keys(blank).filter((key) => key !== 'row' && key !== 'remarks').sort());
});

test('no header means two columns, and every header, alias and key means its own', () => {
  const words = rosterColumns.flatMap((column) => [column.key, column.header, ...column.aliases].map((text) => [text, column.key] as const));
  for (const [text, key] of words) expect(headerMeaning(text)).toMatchObject({ kind: 'column', column: { key } });
  expect(new Set(words.map(([text]) => text.normalize('NFKC').toLowerCase())).size).toBe(words.length);
});

test.each([
  ['ENDINGCREDIT', 'column', 'endingCredit'],
  [' 当期期末 留抵税额 ', 'column', 'endingCredit'],
  ['当期期末留抵税额（元）', 'column', 'endingCredit'],
  ['当期期末留抵税额(单位：元)', 'column', 'endingCredit'],
  ['近１２个月经营月数', 'column', 'salesMonths'],
  ['已抵扣＿铁路电子客票', 'column', 'deductedRail'],
  ['统一社会信用代码(纳税人识别号)', 'column', 'uscc'],
  ['期末留抵税额（万元）', 'other-unit', 'endingCredit'],
  ['当期期末留抵税额(分)', 'other-unit', 'endingCredit'],
] as const)('header “%s” is %s %s', (text, kind, key) => {
  expect(headerMeaning(text)).toMatchObject({ kind, column: { key } });
});

test.each(['', '备注', '期末留抵', 'row', 'remarks', '__proto__', 'constructor', '当期期末留抵税额2'])('header “%s” is unknown', (text) => {
  expect(headerMeaning(text)).toEqual({ kind: 'unknown' });
});
