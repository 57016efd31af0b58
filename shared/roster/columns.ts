/**
 * The closed table of roster columns 名册列: key, header 表头, other headers in use, form of the value, and what a blank means. Reader,
 * writer, difference and screens all walk this table; none of them knows a column of its own.
 * @source shared spec roster.md (columns), readings.md "Rows" (blanks), decisions.md 28 and 29
 */
import type { CreditRating, FilingCycle, RosterRow, TaxpayerKind, TaxpayerStatus } from './model.ts';

export type ColumnKey = Exclude<keyof RosterRow, 'row' | 'remarks'>;

/** A closed list of Chinese words and the values they stand for. */
export type Words = Readonly<Record<string, string | boolean>>;

export type ColumnForm =
  | { readonly kind: 'uscc' }
  /** Kept as received, blanks and all (decision 29). */
  | { readonly kind: 'name' }
  | { readonly kind: 'text'; readonly longest: number }
  /** Digits that are text: leading zeros survive, scientific notation is refused. */
  | { readonly kind: 'number-text'; readonly longest: number; /** Of a bank account: digits only are usual. */ readonly account?: true }
  | { readonly kind: 'words'; readonly words: Words }
  /** Yuan, at most two decimals. */
  | { readonly kind: 'amount'; readonly mayBeNegative: boolean }
  | { readonly kind: 'count'; readonly max: number }
  | { readonly kind: 'date' }
  | { readonly kind: 'month' }
  | { readonly kind: 'industry' }
  | { readonly kind: 'industry-sales' }
  | { readonly kind: 'credit-series' };

/** `refused` = the cell must not be blank; otherwise the value that a blank stands for, null being "unknown". */
export type BlankMeaning = 'refused' | { readonly stands: null | 0n | false | FilingCycle | TaxpayerStatus };

export type RosterColumn = {
  readonly key: ColumnKey;
  readonly header: string;
  /** Headers of other systems that mean the same; the English key is always accepted too. */
  readonly aliases: readonly string[];
  readonly form: ColumnForm;
  readonly blank: BlankMeaning;
};

export const taxpayerKindWords: Readonly<Record<string, TaxpayerKind>> = { 一般纳税人: 'general', 小规模纳税人: 'small-scale' };
export const filingCycleWords: Readonly<Record<string, FilingCycle>> = { 月: 'month', 季: 'quarter' };
export const taxpayerStatusWords: Readonly<Record<string, TaxpayerStatus>> = {
  正常: 'normal',
  停业: 'suspended-business',
  非正常: 'abnormal',
  破产: 'bankrupt',
  注销: 'deregistered',
};
export const creditRatingWords: Readonly<Record<string, CreditRating>> = { A: 'A', B: 'B', M: 'M', C: 'C', D: 'D', 未评: 'unrated' };
export const yesNoWords: Readonly<Record<string, boolean>> = { 是: true, 否: false };

/** Names and headers longer than this are refused; the longest registered names stay well below. */
export const nameLongest = 200;
export const remarkLongest = 2000;

const unknown: BlankMeaning = { stands: null };
const zero: BlankMeaning = { stands: 0n };
const no: BlankMeaning = { stands: false };

const amount: ColumnForm = { kind: 'amount', mayBeNegative: false };
const yesNo: ColumnForm = { kind: 'words', words: yesNoWords };
const monthsOfYear: ColumnForm = { kind: 'count', max: 12 };
const date: ColumnForm = { kind: 'date' };

type ColumnTerms = Omit<RosterColumn, 'key'>;

function column(header: string, form: ColumnForm, blank: BlankMeaning, ...aliases: readonly string[]): ColumnTerms {
  return { header, form, blank, aliases };
}

/** Keyed first, so that the compiler names a field of RosterRow that has no column. */
const columnByKey: Readonly<Record<ColumnKey, ColumnTerms>> = {
  uscc: column('统一社会信用代码', { kind: 'uscc' }, 'refused', '社会信用代码', '纳税人识别号', '统一社会信用代码（纳税人识别号）', '社会信用代码（纳税人识别号）', '税号'),
  name: column('纳税人名称', { kind: 'name' }, 'refused', '企业名称', '单位名称', '纳税人全称'),
  taxpayerKind: column('纳税人类型', { kind: 'words', words: taxpayerKindWords }, unknown, '增值税纳税人类型', '纳税人资格类型'),
  filingCycle: column('纳税期限', { kind: 'words', words: filingCycleWords }, { stands: 'month' }, '申报周期'),
  individual: column('个体工商户', yesNo, no, '是否个体工商户', '是否个体'),
  status: column('纳税人状态', { kind: 'words', words: taxpayerStatusWords }, { stands: 'normal' }, '登记状态'),
  industryCode: column('划型行业代码', { kind: 'industry' }, unknown, '行业代码', '国民经济行业代码'),
  creditRating: column('纳税信用级别', { kind: 'words', words: creditRatingWords }, unknown, '信用级别', '纳税信用等级'),
  registeredOn: column('登记日期', date, unknown, '税务登记日期'),
  prevYearSales: column('上年增值税销售额', amount, unknown, '上一会计年度增值税销售额'),
  prevYearMonths: column('上年存续月数', monthsOfYear, unknown, '上一会计年度存续月数'),
  prevYearAssets: column('上年末资产总额', amount, unknown, '上年年末资产总额', '上一会计年度末资产总额'),
  salesByIndustry: column('近12个月分行业销售额', { kind: 'industry-sales' }, unknown, '连续12个月分行业销售额'),
  realEstatePresales: column('近12个月预收款', amount, zero, '连续12个月预收款'),
  salesMonths: column('近12个月经营月数', monthsOfYear, unknown, '连续12个月经营月数'),
  baseCredit: column('2019年3月31日期末留抵税额', amount, unknown, '2019年3月期末留抵税额', '2019年3月底期末留抵税额'),
  endingCredit: column('当期期末留抵税额', amount, unknown, '期末留抵税额'),
  recentCredits: column('近六期期末留抵税额', { kind: 'credit-series' }, unknown, '近6期期末留抵税额'),
  prevYearEndCredit: column('上年末期末留抵税额', amount, unknown, '上年12月31日期末留抵税额'),
  exportRefundDue: column('未填报免抵退应退税额', amount, zero, '未填报的免抵退应退税额'),
  exportRefundPending: column('免抵退未核准', yesNo, no, '免抵退是否未核准'),
  vatArrears: column('增值税欠税', amount, zero, '增值税欠税额', '增值税欠税金额'),
  deductedFrom: column('进项统计起始所属期', { kind: 'month' }, unknown, '进项统计起始月份'),
  deductedSpecial: column('已抵扣_增值税专用发票', amount, unknown, '已抵扣增值税专用发票'),
  deductedVehicle: column('已抵扣_机动车销售统一发票', amount, zero, '已抵扣机动车销售统一发票'),
  deductedToll: column('已抵扣_通行费电子普通发票', amount, zero, '已抵扣通行费电子普通发票'),
  deductedCustoms: column('已抵扣_海关进口缴款书', amount, zero, '已抵扣海关进口缴款书'),
  deductedWithholding: column('已抵扣_解缴税款完税凭证', amount, zero, '已抵扣解缴税款完税凭证'),
  deductedAir: column('已抵扣_航空电子客票行程单', amount, zero, '已抵扣航空电子客票行程单'),
  deductedRail: column('已抵扣_铁路电子客票', amount, zero, '已抵扣铁路电子客票'),
  deductedOther: column('已抵扣_其他', amount, zero, '已抵扣其他'),
  yearDeductedQualified: column('当年已抵扣_七类凭证税额', amount, unknown, '当年已抵扣七类凭证税额'),
  yearDeductedTotal: column('当年已抵扣_全部进项税额', amount, unknown, '当年已抵扣全部进项税额'),
  existingRefundedOn: column('一次性存量退税取得日期', date, unknown, '存量退税取得日期'),
  generalRefundedOn: column('上次一般留抵退税取得日期', date, unknown, '一般留抵退税取得日期'),
  transferredOut: column('进项税额转出', amount, unknown),
  fraud36: column('36个月内骗税或虚开', yesNo, unknown, '近36个月骗税或虚开'),
  evasion36: column('36个月内偷税处罚次数', { kind: 'count', max: 999 }, unknown, '近36个月偷税处罚次数'),
  immediateRefund: column('2019年4月起享受即征即退', yesNo, unknown, '2019年4月1日起享受即征即退'),
  immediateRefundRepaidOn: column('即征即退缴回日期', date, unknown),
  filed: column('当期已申报', yesNo, unknown, '当期是否已申报'),
  underInspection: column('稽查立案未结', yesNo, unknown, '是否稽查立案未结'),
  filingMismatch: column('申报比对异常未处理', yesNo, unknown, '是否申报比对异常未处理'),
  abnormalVouchers: column('异常扣税凭证税额', amount, zero, '异常增值税扣税凭证税额'),
  office: column('主管税务所', { kind: 'text', longest: 100 }, unknown, '主管税务所（科、分局）', '主管税务机关'),
  contact: column('联系人', { kind: 'text', longest: 100 }, unknown, '联系人姓名'),
  phone: column('联系电话', { kind: 'number-text', longest: 60 }, unknown, '电话'),
  bank: column('开户银行', { kind: 'text', longest: 200 }, unknown, '开户行'),
  bankAccount: column('银行账号', { kind: 'number-text', longest: 60, account: true }, unknown, '账号'),
  accountName: column('账户名称', { kind: 'name' }, unknown, '户名', '账户名'),
};

/** All columns in the order of roster.md, which is the order of an exported file. */
export const rosterColumns: readonly RosterColumn[] = Object.entries(columnByKey).map(([key, terms]) => ({ key: key as ColumnKey, ...terms }));

/** The column of a field. */
export function columnOf(key: ColumnKey): RosterColumn {
  return { key, ...columnByKey[key] };
}

/** What a blank of a column says where it says more than "unknown"; such a column is never left out of a file without a word. */
const blankWords: Partial<Readonly<Record<ColumnKey, string>>> = { existingRefundedOn: '没有取得过', generalRefundedOn: '没有取得过' };

/**
 * The words for what a blank counts as: `0`, `否`, `正常`, `月`, `没有取得过`; null where a blank is unknown and decides nothing.
 * @source shared spec readings.md "Rows"; faults.md B1
 */
export function blankSays({ key, form, blank }: RosterColumn): string | null {
  if (blank === 'refused') return null;
  const { stands } = blank;
  if (stands === null) return blankWords[key] ?? null;
  if (form.kind !== 'words') return '0';
  return Object.keys(form.words).find((word) => form.words[word] === stands) ?? null;
}

/** The columns without any one of which no taxpayer is judged refundable in any period: every verdict would be 资料不足 or worse. */
export const decidingColumns: readonly ColumnKey[] = [
  'taxpayerKind', 'creditRating', 'endingCredit', 'deductedFrom', 'deductedSpecial', 'fraud36', 'evasion36', 'immediateRefund', 'filed', 'underInspection', 'filingMismatch',
];
