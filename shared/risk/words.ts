/** Chinese words of the facts and thresholds of a hit, for screens. A column of the roster keeps its header. */
import { rosterColumns } from '../roster/columns.ts';
import { indicatorIds, indicators } from './indicators.ts';
import type { RiskSettings } from './settings.ts';

export const riskSettingNames: Readonly<Record<keyof RiskSettings, string>> = {
  largeAmount: '退税额门槛（元）', customsShare: '海关缴款书占比', tollShare: '通行费、客票占比', otherShare: '其他凭证占比', jumpFactor: '留抵骤增倍数', jumpRise: '留抵骤增金额（元）',
  salesDrop: '销售下降幅度', refundToSales: '退税占上年销售额', refundToAssets: '退税占上年资产', newFirmMonths: '新登记月数', sharedAccountFirms: '共用账户户数', sharedPhoneFirms: '共用电话户数',
  transferredOutShare: '进项转出占比',
};

const own: Readonly<Record<string, string>> = {
  refundAtStake: '涉及退税额（元）', allDeducted: '全部抵扣（元）', sales: '本期累计销售额（元）', previousEndingCredit: '上年同期期末留抵税额（元）', previousRating: '上年同期纳税信用级别',
  firms: '共有户数', others: '其他各户', share: '占比', amount: '金额（元）',
};
const words: Readonly<Record<string, string>> = { ...Object.fromEntries(rosterColumns.map(({ key, header }) => [key, header])), ...own, ...riskSettingNames };

/** The word of a fact or a threshold. */
export function riskFactName(key: string): string {
  return words[key] ?? key;
}

/** A hit's key as a person reads it: its indicator by its Chinese name. */
export function hitName(key: string): string {
  const [period = '', uscc = '', id] = key.split('/');
  const known = indicatorIds.find((one) => one === id);
  return `${period}/${uscc}/${known === undefined ? '不认识的指标' : indicators[known].zh}`;
}
