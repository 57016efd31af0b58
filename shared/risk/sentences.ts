/**
 * Sentences 疑点说明: the arithmetic of a hit with the firm's own numbers, neutral; a 疑点 asks to be looked at and concludes nothing. @source
 * shared spec risk.md
 */
import { groupedText } from '../kernel/money.ts';
import { indicators, thresholdOf, type IndicatorId, type RiskFacts } from './indicators.ts';
import type { RiskSettings } from './settings.ts';

type Said = (fact: (name: string) => string, threshold: (name: string) => string) => string;

/** Yuan text with separators, other facts as they are. */
function shown(value: RiskFacts[string] | undefined): string {
  if (typeof value === 'string') return /^-?[0-9]+\.[0-9]{2}$/.test(value) ? groupedText(value) : value;
  return typeof value === 'object' ? value.map((one) => shown(one)).join('、') : String(value ?? '');
}

const sentences: Readonly<Record<IndicatorId, Said>> = {
  'large-amount': (fact, limit) => `本期可退税额 ${fact('refundAtStake')} 元，不低于 ${limit('largeAmount')} 元`,
  'abnormal-vouchers': (fact) => `异常扣税凭证税额 ${fact('abnormalVouchers')} 元`,
  'abnormal-heavy': (fact) =>
    `异常扣税凭证税额 ${fact('abnormalVouchers')} 元，达到专用发票抵扣税额 ${fact('deductedSpecial')} 元的 70%，且超过 50,000.00 元`,
  'input-customs': (fact, limit) => `海关进口缴款书抵扣 ${fact('deductedCustoms')} 元，占全部抵扣 ${fact('allDeducted')} 元的比例不低于 ${limit('customsShare')}`,
  'input-toll': (fact, limit) =>
    `通行费、航空、铁路客票抵扣 ${fact('deductedToll')}、${fact('deductedAir')}、${fact('deductedRail')} 元，合计占全部抵扣 ${fact('allDeducted')} 元的比例不低于 ${limit('tollShare')}`,
  'input-other': (fact, limit) => `其他凭证抵扣 ${fact('deductedOther')} 元，占全部抵扣 ${fact('allDeducted')} 元的比例不低于 ${limit('otherShare')}`,
  'credit-jump': (fact, limit) => `近六期期末留抵税额 ${fact('recentCredits')} 元，末期不低于前五期平均的 ${limit('jumpFactor')} 倍，且高出 ${limit('jumpRise')} 元以上`,
  'credit-still': (fact) => `近六期期末留抵税额均为 ${fact('recentCredits').split('、')[0] ?? ''} 元`,
  'sales-down-input-up': (fact, limit) =>
    `近 ${fact('salesMonths')} 个月销售额 ${fact('sales')} 元，比上年 ${fact('prevYearMonths')} 个月 ${fact('prevYearSales')} 元按月折算下降超过 ${limit('salesDrop')}，而期末留抵税额由 ${fact('previousEndingCredit')} 元升至 ${fact('endingCredit')} 元`,
  'refund-over-sales': (fact, limit) =>
    `本期可退税额 ${fact('refundAtStake')} 元，不低于上年 ${fact('prevYearMonths')} 个月销售额 ${fact('prevYearSales')} 元折算全年的 ${limit('refundToSales')}`,
  'refund-over-assets': (
    fact, limit
  ) => `本期可退税额 ${fact('refundAtStake')} 元，不低于上年末资产总额 ${fact('prevYearAssets')} 元的 ${limit('refundToAssets')}`,
  'new-firm': (fact, limit) => `登记日期 ${fact('registeredOn')}，至本申报期首日不满 ${limit('newFirmMonths')} 个月`,
  status: (fact) => `纳税人状态为${fact('status')}，办理前须会商研究`,
  'account-shared': (fact) => `银行账号 ${fact('bankAccount')} 由 ${fact('firms')} 户共用：${fact('others')}`,
  'contact-shared': (fact) => `联系电话 ${fact('phone')} 由 ${fact('firms')} 户共用：${fact('others')}`,
  'account-name': (fact) => `账户名称“${fact('accountName')}”与纳税人名称“${fact('name')}”不一致`,
  'transferred-out': (
    fact, limit
  ) => `进项税额转出 ${fact('transferredOut')} 元，占全部抵扣 ${fact('allDeducted')} 元的比例不低于 ${limit('transferredOutShare')}`,
  rating: (fact) => `纳税信用级别由 ${fact('previousRating')} 降为 ${fact('creditRating')}`,
  'name-look-alike': (fact) => `名称“${fact('name')}”与 ${fact('others')} 的名称形近`,
};

export function riskSentence(id: IndicatorId, facts: RiskFacts, settings: RiskSettings): string {
  const threshold = thresholdOf(id, settings);
  return `疑点：${indicators[id].zh}。${sentences[id]((name) => shown(facts[name]), (name) => shown(threshold[name]))}`;
}
