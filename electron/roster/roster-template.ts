/**
 * The empty roster as a workbook 名册模板: every header, one example row that is refused if it is left in, and lists to choose from where a column has
 * a closed list of words.
 * @source shared spec roster.md; faults.md B8
 */
import { rosterColumns, type ColumnKey } from '../../shared/roster/columns.ts';
import { writeWorkbook } from '../platform/workbook-writer.ts';
import { columnShape } from './roster-workbook.ts';

/** A small manufacturer. The code is none, so that nobody imports it. */
const example: Readonly<Record<ColumnKey, string>> = {
  uscc: '示例：填写时删去本行', name: '凌源市某机械制造有限公司', taxpayerKind: '一般纳税人', filingCycle: '月', individual: '否', status: '正常', industryCode: 'C3411',
  creditRating: 'A', registeredOn: '2015-03-04', prevYearSales: '12345678.90', prevYearMonths: '12', prevYearAssets: '4000000.00',
  salesByIndustry: 'C=800000;I65=50000;F51=150000', realEstatePresales: '0.00', salesMonths: '12', baseCredit: '1000.00', endingCredit: '120000.50',
  recentCredits: '60000;70000;80000;90000;100000;120000.50', prevYearEndCredit: '100000.00', exportRefundDue: '0.00', exportRefundPending: '否', vatArrears: '0.00',
  deductedFrom: '2019-04', deductedSpecial: '800000.00', deductedVehicle: '0.00', deductedToll: '0.00', deductedCustoms: '0.00', deductedWithholding: '0.00',
  deductedAir: '0.00', deductedRail: '0.00', deductedOther: '200000.00', yearDeductedQualified: '700.00', yearDeductedTotal: '900.00', existingRefundedOn: '',
  generalRefundedOn: '', transferredOut: '0.00', fraud36: '否', evasion36: '0', immediateRefund: '否', immediateRefundRepaidOn: '', filed: '是',
  underInspection: '否', filingMismatch: '否', abnormalVouchers: '0.00', office: '城关税务所', contact: '王芳', phone: '04216812345',
  bank: '中国银行凌源支行', bankAccount: '0012345678901234567', accountName: '凌源市某机械制造有限公司',
};

export async function rosterTemplate(): Promise<Uint8Array> {
  const columns = rosterColumns.map((column) => ({
    ...columnShape(column.header, column), ...(column.form.kind === 'words' ? { choices: Object.keys(column.form.words) } : {}),
  }));
  return writeWorkbook({ sheet: '名册', heading: [], columns, rows: [rosterColumns.map(({ key }) => example[key])], totals: null });
}
