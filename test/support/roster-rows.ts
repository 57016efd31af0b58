/** Roster files for tests: a taxpayer that lacks nothing, and CSV text made from overrides of its cells. */
import { blankSays, columnOf, rosterColumns, type ColumnKey } from '../../shared/roster/columns.ts';
import { usccOf } from '../../shared/roster/uscc.ts';

export type Cells = Partial<Record<ColumnKey, string>>;

/** A valid code of 凌源市, different for every number. */
export function testUscc(number: number): string {
  return usccOf({ authority: '91', district: '211382', organisation: `MA${String(number).padStart(6, '0')}` });
}

/** A small manufacturer with every column filled. */
export const completeCells: Readonly<Record<ColumnKey, string>> = {
  uscc: testUscc(1), name: '凌源市第一机械厂', taxpayerKind: '一般纳税人', filingCycle: '月', individual: '否', status: '正常', industryCode: 'C3411',
  creditRating: 'A', registeredOn: '2015-03-04', prevYearSales: '12345678.90', prevYearMonths: '12', prevYearAssets: '4000000',
  salesByIndustry: 'C=800000;I65=50000;F51=150000', realEstatePresales: '0', salesMonths: '12', baseCredit: '1000.00', endingCredit: '120000.50',
  recentCredits: '1;2;3;4;5;120000.50', prevYearEndCredit: '100000', exportRefundDue: '10', exportRefundPending: '否', vatArrears: '20.5',
  deductedFrom: '2019-04', deductedSpecial: '800000', deductedVehicle: '1', deductedToll: '2', deductedCustoms: '3', deductedWithholding: '4',
  deductedAir: '5', deductedRail: '6', deductedOther: '200000', yearDeductedQualified: '700', yearDeductedTotal: '900', existingRefundedOn: '2022-05-10',
  generalRefundedOn: '2020-01-15', transferredOut: '77.7', fraud36: '否', evasion36: '1', immediateRefund: '否', immediateRefundRepaidOn: '2022-10-31',
  filed: '是', underInspection: '否', filingMismatch: '否', abnormalVouchers: '0.01', office: '城关税务所', contact: '王芳', phone: '0421-6812345',
  bank: '中国银行凌源支行', bankAccount: '0012345678901234567', accountName: '凌源市第一机械厂',
};

/** Headers of all columns whose blank counts as something: what an import of a file without them confirms. */
export const withoutAny = rosterColumns.filter((column) => blankSays(column) !== null).map((column) => column.header);

/** CSV with the given columns, one record a row of overrides over a minimal taxpayer (code and name, and a blank in every column whose blank counts as something). */
export function rosterText(rows: readonly Cells[], keys: readonly ColumnKey[] = keysOf(rows)): string {
  const lines = rows.map((row, index) => keys.map((key) => quoted(row[key] ?? minimal(key, index))).join(','));
  return `${[keys.map((key) => columnOf(key).header).join(','), ...lines].join('\r\n')}\r\n`;
}

/** The complete taxpayer with overrides. */
export function completeText(...rows: readonly Cells[]): string {
  return rosterText(rows.map((row) => ({ ...completeCells, ...row })), rosterColumns.map((column) => column.key));
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function keysOf(rows: readonly Cells[]): ColumnKey[] {
  const used = new Set<string>(['uscc', 'name', ...rosterColumns.filter((column) => blankSays(column) !== null).map((column) => column.key), ...rows.flatMap((row) => Object.keys(row))]);
  return rosterColumns.map((column) => column.key).filter((key) => used.has(key));
}

function minimal(key: ColumnKey, index: number): string {
  if (key === 'uscc') return testUscc(index + 1);
  return key === 'name' ? `测试企业${String(index + 1)}` : '';
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
