/**
 * The awkward cases 难例 of the synthetic county: every fact that the policies turn on, at its boundary or missing. Each is a change of
 * the ordinary taxpayer or of the cells of its row; what the right answer is stands in the engine's own tests, not here.
 * @source shared spec roster.md, readings.md; policy-facts 2–4
 */
import { addDays, type CivilDate } from '../../shared/kernel/civil-date.ts';
import { yuanText, type Fen } from '../../shared/kernel/money.ts';
import { addPeriods, firstDay, lastDay, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { ColumnKey } from '../../shared/roster/columns.ts';
import type { Ledger } from './taxpayer-months.ts';

export type Cells = Readonly<Record<ColumnKey, string>>;

/** What a case may look at when it changes the cells of a month. */
export type CaseFacts = {
  readonly cells: Cells;
  readonly ledger: Ledger;
  /** Ending credit of the row. */
  readonly credit: Fen;
  readonly filingPeriod: TaxPeriod;
  /** The first filing period of the county's data. */
  readonly firstPeriod: TaxPeriod;
  readonly county: string;
};

/** Changes of the ordinary taxpayer, made before its history is simulated. */
export type CaseTraits = {
  readonly industry?: string;
  readonly individual?: boolean;
  readonly smallScale?: boolean;
  readonly quarterly?: boolean;
  /** Name after the county's own, exactly. */
  readonly name?: string;
  readonly code?: 'legacy-15' | 'legacy-20' | 'with-letters';
  /** Yuan of yearly sales. */
  readonly yearlySales?: number;
  /** Input tax in thousandths of output tax. */
  readonly inputRate?: number;
  /** Tax periods before the first filing period in which it was registered. */
  readonly monthsOld?: number;
};

export type AwkwardCase = {
  readonly id: string;
  readonly says: string;
  readonly traits?: CaseTraits;
  readonly cells?: (facts: CaseFacts) => Partial<Cells>;
};

const growing: CaseTraits = { inputRate: 1300 };
const manufacturer: CaseTraits = { industry: 'C3484', inputRate: 1300, yearlySales: 2_400_000 };

function fixed(id: string, says: string, cells: Partial<Cells>, traits: CaseTraits = growing): AwkwardCase {
  return { id, says, traits, cells: () => cells };
}

function odd(fen: Fen): Fen {
  return fen % 2n === 0n ? fen + 1n : fen;
}

/** The row's ending credit changed, with the newest of the recent credits. */
function withCredit(cells: Cells, credit: Fen): Partial<Cells> {
  const earlier = cells.recentCredits.split(';').slice(0, -1);
  return { endingCredit: yuanText(credit), recentCredits: [...earlier, yuanText(credit)].join(';') };
}

/** All input tax of two kinds of voucher, the rest zero. */
function onlyTwoKinds(special: Fen, other: Fen): Partial<Cells> {
  const none = '0.00';
  return {
    deductedSpecial: yuanText(special), deductedVehicle: none, deductedToll: none, deductedCustoms: none, deductedWithholding: none, deductedAir: none, deductedRail: none,
    deductedOther: yuanText(other), yearDeductedQualified: yuanText(special), yearDeductedTotal: yuanText(special + other),
  };
}

function repaidBoundary(filingPeriod: TaxPeriod): CivilDate {
  const last = lastDay(filingPeriod);
  return last < '2022-10-31' ? last : lastDay('2022-10' as TaxPeriod); // a constant of No. 14, article 10
}

export const awkwardCases: readonly AwkwardCase[] = [
  { id: 'medium-manufacturer', says: '中型制造业企业', traits: { industry: 'C3484', yearlySales: 90_000_000, inputRate: 1250 } },
  { id: 'large-manufacturer', says: '大型制造业企业', traits: { industry: 'C3130', yearlySales: 900_000_000, inputRate: 1150 } },
  { id: 'new-this-year', says: '本年新设，划型未定', traits: { industry: 'C3391', yearlySales: 5_000_000, inputRate: 1500, monthsOld: 2 } },
  { id: 'arrears-part', says: '欠税小于留抵', traits: manufacturer, cells: ({ credit }) => ({ vatArrears: yuanText(credit / 3n) }) },
  { id: 'share-half', says: '行业占比恰为 50%', traits: { ...manufacturer, yearlySales: 60_000_000 }, cells: () => ({ salesByIndustry: 'C34=30000000.00;F51=30000000.00' }) },
  { id: 'share-half-and-a-fen', says: '行业占比比 50% 多一分钱', traits: { ...manufacturer, yearlySales: 60_000_000 }, cells: () => ({ salesByIndustry: 'C34=30000000.01;F51=30000000.00' }) },
  {
    id: 'ratio-thirds', says: '进项构成比例为三分之二', traits: manufacturer,
    cells: ({ ledger }) => onlyTwoKinds(2n * ledger.deducted.special, ledger.deducted.special),
  },
  {
    id: 'ratio-half-odd', says: '比例二分之一、留抵为奇数分：半分进位', traits: manufacturer,
    cells: ({ cells, ledger, credit }) => ({ ...onlyTwoKinds(ledger.deducted.special, ledger.deducted.special), ...withCredit(cells, odd(credit)), baseCredit: '100000.01' }),
  },
  fixed('evasion-twice', '偷税处罚两次', { evasion36: '2' }),
  fixed('evasion-once', '偷税处罚一次', { evasion36: '1' }, manufacturer),
  fixed('rating-M', 'M 级', { creditRating: 'M' }),
  fixed('rating-C', 'C 级', { creditRating: 'C' }),
  fixed('small-scale', '小规模纳税人', {}, { smallScale: true }),
  fixed('deregistered', '已注销', { status: '注销' }),
  fixed('abnormal-vouchers', '异常扣税凭证未处理', { abnormalVouchers: '12345.67' }, manufacturer),
  { id: 'export-due', says: '免抵退应退税额未填报', traits: manufacturer, cells: ({ credit }) => ({ exportRefundDue: yuanText(credit / 4n) }) },
  fixed('export-pending', '免抵退未核准', { exportRefundPending: '是' }, manufacturer),
  fixed('quarterly', '按季申报', {}, { ...manufacturer, quarterly: true }),
  {
    id: 'account-differs', says: '账户名称与纳税人名称不同', traits: manufacturer,
    cells: ({ cells }) => ({ accountName: cells.name.endsWith('厂') ? `${cells.name.slice(0, -1)}有限公司` : `${cells.name}凌波分公司` }),
  },
  fixed('rare-name', '名称含四字节生僻字', {}, { ...manufacturer, name: '𠮷祥㐂乐机械零部件有限公司' }),
  fixed('rare-name-variant', '名称含异体字选择符', {}, { ...growing, name: '葛\u{e0100}氏䶮盛铸造有限公司' }),
  fixed('look-alike-1', '形近名称之一（未）', {}, { ...manufacturer, name: '未来星商贸机械厂' }),
  fixed('look-alike-2', '形近名称之二（末）', {}, { ...manufacturer, name: '末来星商贸机械厂' }),
  fixed('look-alike-3', '形近名称之三（半角括号）', {}, { ...growing, name: '恒源(集团)有限公司' }),
  fixed('look-alike-4', '形近名称之四（全角括号）', {}, { ...growing, name: '恒源（集团）有限公司' }),
  fixed('finance-bank', '银行业', {}, { industry: 'J6621', yearlySales: 60_000_000, inputRate: 1200 }),
  fixed('finance-loan', '小额贷款公司', {}, { industry: 'J6635', yearlySales: 2_000_000, inputRate: 1200 }),
  {
    id: 'developer', says: '房地产开发，预收款过半', traits: { industry: 'K7010', yearlySales: 40_000_000, inputRate: 1800 },
    cells: ({ credit }) => ({ salesByIndustry: 'K701=10000000.00;E47=30000000.00', realEstatePresales: yuanText(3_000_000_000n + credit % 100n) }),
  },
  { id: 'zero-credit', says: '期末留抵为零', traits: { inputRate: 100 }, cells: () => ({ baseCredit: '0.00' }) },
  { id: 'base-above-ending', says: '2019年3月底留抵大于当期', traits: manufacturer, cells: ({ credit }) => ({ baseCredit: yuanText(credit * 2n + 1n) }) },
  { id: 'base-equals-ending', says: '2019年3月底留抵等于当期', traits: manufacturer, cells: ({ credit }) => ({ baseCredit: yuanText(credit) }) },
  fixed('blank-rating', '信用级别空白', { creditRating: '' }, manufacturer),
  fixed('blank-industries', '分行业销售额空白', { salesByIndustry: '' }, { ...manufacturer, yearlySales: 90_000_000 }),
  fixed('blank-special', '专票税额空白', { deductedSpecial: '' }, manufacturer),
  fixed('blank-base', '2019年3月底留抵空白', { baseCredit: '' }, manufacturer),
  fixed('blank-assets', '建筑业资产总额空白', { prevYearAssets: '' }, { industry: 'E4710', yearlySales: 40_000_000, inputRate: 1200 }),
  fixed('blank-fraud', '骗税情形空白', { fraud36: '' }, manufacturer),
  fixed('fraud', '36个月内骗税或虚开', { fraud36: '是' }),
  fixed('immediate-kept', '享受即征即退未缴回', { immediateRefund: '是' }, manufacturer),
  { id: 'immediate-repaid', says: '即征即退在最后一天缴回', traits: manufacturer, cells: ({ filingPeriod }) => ({ immediateRefund: '是', immediateRefundRepaidOn: repaidBoundary(filingPeriod) }) },
  {
    id: 'immediate-repaid-late', says: '即征即退晚一天缴回', traits: manufacturer,
    cells: ({ filingPeriod }) => ({ immediateRefund: '是', immediateRefundRepaidOn: addDays(repaidBoundary(filingPeriod), 1) }),
  },
  { id: 'arrears-exceed', says: '欠税大于留抵', traits: manufacturer, cells: ({ credit }) => ({ vatArrears: yuanText(credit + 100_000n) }) },
  fixed('ratio-nothing-qualified', '全部进项不在分子', { ...onlyTwoKinds(0n, 50_000_000n) }, manufacturer),
  fixed('ratio-no-input', '没有已抵扣进项', { ...onlyTwoKinds(0n, 0n) }, manufacturer),
  fixed('not-filed', '当期未申报', { filed: '否' }, manufacturer),
  fixed('inspected', '稽查立案未结', { underInspection: '是' }, manufacturer),
  fixed('mismatch', '申报比对异常未处理', { filingMismatch: '是' }, manufacturer),
  fixed('bankrupt', '进入破产程序', { status: '破产' }, manufacturer),
  fixed('abnormal', '非正常户', { status: '非正常' }, manufacturer),
  fixed('closed', '停业', { status: '停业' }, manufacturer),
  fixed('rating-D', 'D 级', { creditRating: 'D' }),
  fixed('unrated', '未评', { creditRating: '未评' }),
  {
    id: 'existing-refunded', says: '此前已取得一次性存量退税', traits: manufacturer,
    cells: ({ firstPeriod }) => ({ existingRefundedOn: addDays(firstDay(addPeriods(firstPeriod, -1)), 19) }),
  },
  fixed('general-refunded', '2020 年取得过一般留抵退税', { generalRefundedOn: '2020-01-15' }, manufacturer),
  fixed('size-boundary', '上年销售额恰为 300 万元', { prevYearSales: '3000000.00' }, manufacturer),
  fixed('size-boundary-below', '上年销售额比 300 万元少一分', { prevYearSales: '2999999.99' }, manufacturer),
  fixed('five-months', '上年存续 5 个月，按年折算', { prevYearMonths: '5', prevYearSales: '1250000.00' }, manufacturer),
  fixed('two-months-sales', '经营不满 3 个月', { salesMonths: '2' }, { ...manufacturer, yearlySales: 60_000_000 }),
  fixed('other-start', '进项统计起始月不是 2019-04', { deductedFrom: '2020-01' }, manufacturer),
  {
    id: 'half-million', says: '第六个月增量恰为 50 万元', traits: { industry: 'E4710', yearlySales: 100_000_000, inputRate: 1100 },
    cells: () => ({ baseCredit: '0.00', recentCredits: '10000.00;20000.00;30000.00;40000.00;50000.00;500000.00', endingCredit: '500000.00' }),
  },
  {
    id: 'dipped', says: '六个月中有一个月增量为零', traits: { industry: 'E4710', yearlySales: 100_000_000, inputRate: 1100 },
    cells: () => ({ baseCredit: '100000.00', recentCredits: '700000.00;800000.00;100000.00;800000.00;900000.00;950000.00', endingCredit: '950000.00' }),
  },
  fixed('two-listed', '两个名单行业合计过半', { salesByIndustry: 'C34=18000000.00;G54=18000000.00;F51=24000000.00' }, { ...manufacturer, yearlySales: 60_000_000 }),
  fixed('legacy-15', '15 位旧税号', {}, { ...manufacturer, code: 'legacy-15' }),
  fixed('legacy-20', '个体工商户 20 位旧税号', {}, { industry: 'F5211', individual: true, inputRate: 1200, yearlySales: 800_000, code: 'legacy-20' }),
  { id: 'lower-case', says: '代码为小写', traits: { ...growing, code: 'with-letters' }, cells: ({ cells }) => ({ uscc: cells.uscc.toLowerCase() }) },
  {
    id: 'separators', says: '金额带千位分隔符和全角数字', traits: manufacturer,
    cells: ({ cells }) => ({ prevYearSales: cells.prevYearSales.replace(/\B(?=(?:[0-9]{3})+\.)/g, ','), transferredOut: '１，２３４．５０' }),
  },
  fixed('railway', '铁路货运（无划型指标）', {}, { industry: 'G5320', yearlySales: 30_000_000, inputRate: 1200 }),
  fixed('school', '教育（无划型指标）', {}, { industry: 'P8391', yearlySales: 900_000, inputRate: 1200 }),
  fixed('huge', '金额接近上限', { prevYearSales: '9999999999999.99', prevYearAssets: '9999999999999.99', creditRating: 'D', recentCredits: '9999999999999.99', endingCredit: '9999999999999.99' }),
];
