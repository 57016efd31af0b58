/**
 * Rows of the golden cases: an ordinary taxpayer, and the cells in which a case differs from it, under the headers of the roster file
 * and written as in that file. Turns cells into a RosterRow without the file reader, so that a fault of one cannot hide in the other.
 */
import { civilDate } from '../../shared/kernel/civil-date.ts';
import { parseYuan, type Fen } from '../../shared/kernel/money.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import type { ColumnKey } from '../../shared/roster/columns.ts';
import { headerMeaning } from '../../shared/roster/headers.ts';

/** Header of the roster file → cell text; `''` is a blank cell. */
export type Cells = Readonly<Record<string, string>>;

/** A micro manufacturing firm with every fact known, which is due a refund under every pack. */
export const ordinaryCells: Cells = {
  统一社会信用代码: '91211382MA0GOLDEN1',
  纳税人名称: '凌源常例机械厂',
  纳税人类型: '一般纳税人',
  纳税期限: '月',
  个体工商户: '否',
  纳税人状态: '正常',
  划型行业代码: 'C3311',
  纳税信用级别: 'A',
  登记日期: '',
  上年增值税销售额: '1234500.00',
  上年存续月数: '12',
  上年末资产总额: '2000000.00',
  近12个月分行业销售额: 'C=600000.00;F51=400000.00',
  近12个月预收款: '',
  近12个月经营月数: '12',
  '2019年3月31日期末留抵税额': '100000.00',
  当期期末留抵税额: '900000.00',
  近六期期末留抵税额: '200000.00;300000.00;400000.00;500000.00;600000.00;900000.00',
  上年末期末留抵税额: '150000.00',
  未填报免抵退应退税额: '',
  免抵退未核准: '否',
  增值税欠税: '',
  进项统计起始所属期: '2019-04',
  已抵扣_增值税专用发票: '5000000.00',
  已抵扣_通行费电子普通发票: '1000000.00',
  已抵扣_海关进口缴款书: '2000000.00',
  已抵扣_其他: '2000000.00',
  '当年已抵扣_七类凭证税额': '300000.00',
  '当年已抵扣_全部进项税额': '400000.00',
  '36个月内骗税或虚开': '否',
  '36个月内偷税处罚次数': '0',
  '2019年4月起享受即征即退': '否',
  当期已申报: '是',
  稽查立案未结: '否',
  申报比对异常未处理: '否',
};

/** The ordinary row with the cells of a case laid over it. @throws AssertionFault for a header or value that the roster does not know */
export function goldenRow(cells: Cells, row = 2): RosterRow {
  const texts = new Map<ColumnKey, string>();
  for (const [header, text] of [...Object.entries(ordinaryCells), ...Object.entries(cells)]) {
    const meaning = headerMeaning(header);
    if (meaning.kind !== 'column') throw new Error(`no such column: ${header}`);
    texts.set(meaning.column.key, text);
  }
  const text = (key: ColumnKey): string | null => (texts.get(key) ?? '') === '' ? null : present(texts.get(key), key);
  const fen = (key: ColumnKey): Fen | null => amount(text(key));
  const zero = (key: ColumnKey): Fen => fen(key) ?? 0n;
  const count = (key: ColumnKey): number | null => (text(key) === null ? null : Number(text(key)));
  const date = (key: ColumnKey): RosterRow['registeredOn'] => (text(key) === null ? null : civilDate(present(text(key), key)));
  const yesNo = (key: ColumnKey): boolean | null => word(text(key), { 是: true, 否: false });
  return {
    row,
    uscc: present(text('uscc'), 'uscc'),
    name: present(text('name'), 'name'),
    taxpayerKind: word(text('taxpayerKind'), { 一般纳税人: 'general', 小规模纳税人: 'small-scale' } as const),
    filingCycle: word(text('filingCycle'), { 月: 'month', 季: 'quarter' } as const) ?? 'month',
    individual: yesNo('individual') ?? false,
    status: word(text('status'), { 正常: 'normal', 停业: 'suspended-business', 非正常: 'abnormal', 破产: 'bankrupt', 注销: 'deregistered' } as const) ?? 'normal',
    industryCode: text('industryCode'),
    creditRating: word(text('creditRating'), { A: 'A', B: 'B', M: 'M', C: 'C', D: 'D', 未评: 'unrated' } as const),
    registeredOn: date('registeredOn'),
    prevYearSales: fen('prevYearSales'),
    prevYearMonths: count('prevYearMonths'),
    prevYearAssets: fen('prevYearAssets'),
    salesByIndustry: sales(text('salesByIndustry')),
    realEstatePresales: zero('realEstatePresales'),
    salesMonths: count('salesMonths'),
    baseCredit: fen('baseCredit'),
    endingCredit: fen('endingCredit'),
    recentCredits: text('recentCredits')?.split(';').map((part) => present(amount(part), 'a credit')) ?? null,
    prevYearEndCredit: fen('prevYearEndCredit'),
    exportRefundDue: zero('exportRefundDue'),
    exportRefundPending: yesNo('exportRefundPending') ?? false,
    vatArrears: zero('vatArrears'),
    deductedFrom: text('deductedFrom') === null ? null : taxPeriod(present(text('deductedFrom'), 'deductedFrom')),
    deductedSpecial: fen('deductedSpecial'),
    deductedVehicle: zero('deductedVehicle'),
    deductedToll: zero('deductedToll'),
    deductedCustoms: zero('deductedCustoms'),
    deductedWithholding: zero('deductedWithholding'),
    deductedAir: zero('deductedAir'),
    deductedRail: zero('deductedRail'),
    deductedOther: zero('deductedOther'),
    yearDeductedQualified: fen('yearDeductedQualified'),
    yearDeductedTotal: fen('yearDeductedTotal'),
    existingRefundedOn: date('existingRefundedOn'),
    generalRefundedOn: date('generalRefundedOn'),
    transferredOut: fen('transferredOut'),
    fraud36: yesNo('fraud36'),
    evasion36: count('evasion36'),
    immediateRefund: yesNo('immediateRefund'),
    immediateRefundRepaidOn: date('immediateRefundRepaidOn'),
    filed: yesNo('filed'),
    underInspection: yesNo('underInspection'),
    filingMismatch: yesNo('filingMismatch'),
    abnormalVouchers: zero('abnormalVouchers'),
    office: null,
    contact: null,
    phone: null,
    bank: null,
    bankAccount: null,
    accountName: null,
    remarks: {},
  };
}

function amount(text: string | null): Fen | null {
  return text === null ? null : present(parseYuan(text), `an amount: ${text}`);
}

function word<T>(text: string | null, words: Readonly<Record<string, T>>): T | null {
  if (text === null) return null;
  if (!Object.hasOwn(words, text)) throw new Error(`no such choice: ${text}`);
  return words[text] ?? null;
}

function sales(text: string | null): RosterRow['salesByIndustry'] {
  if (text === null) return null;
  return text.split(';').map((part) => {
    const [code = '', yuan = ''] = part.split('=');
    return { code, salesFen: present(parseYuan(yuan), `sales: ${part}`) };
  });
}
