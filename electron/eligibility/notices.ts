/**
 * Warnings 提示 about a row that change no verdict: status that asks for a consultation, dates and months that contradict each other,
 * figures of the row that do not fit. Chinese sentences, neutral.
 * @source readings.md, Rows and Status; policy-facts 3.7, 12
 */
import { periodOf, periodsBetween, taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { groupedYuan } from '../../shared/kernel/money.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { statusNames } from './conditions.ts';
import { existingRefundedBefore } from './credit.ts';
import type { Sizing } from './size.ts';

/** Every warning that rests on the row and the filing period alone, in the order of the columns. */
export function rowNotices(row: RosterRow, filing: TaxPeriod, sizing: Sizing): string[] {
  const notices: string[] = [];
  if (row.status === 'abnormal' || row.status === 'bankrupt' || row.status === 'suspended-business') {
    notices.push(`纳税人状态为${statusNames[row.status]}，办理前请会商并记录`);
  }
  if (row.registeredOn !== null) notices.push(...registrationNotices(row, filing));
  if (sizing.sector !== null && !sizing.sector.thresholdsSeen) {
    notices.push(`划型所用的${sizing.sector.name}界限（银发〔2015〕309号）未经原文核对，请人工复核`);
  } else if (sizing.sector?.cites.some((cite) => cite.startsWith('2015-309/')) === true) {
    notices.push('金融业行业代码与银发〔2015〕309号的对应未经核对，请人工复核');
  }
  const last = row.recentCredits?.at(-1);
  if (last !== undefined && row.endingCredit !== null && last !== row.endingCredit) {
    notices.push(`近六期期末留抵税额的末期${groupedYuan(last)}元与当期期末留抵税额${groupedYuan(row.endingCredit)}元不一致，请核对`);
  }
  if (row.existingRefundedOn !== null && !existingRefundedBefore(row.existingRefundedOn, filing)) {
    notices.push(`一次性存量退税取得日期${row.existingRefundedOn}不早于申报月第一天，按此前未取得计算`);
  }
  return notices;
}

/** Reading "Rows": registeredOn never decides, it only warns when it contradicts the months. The month of registration may count or not. */
function registrationNotices(row: RosterRow, filing: TaxPeriod): readonly string[] {
  const { registeredOn, prevYearMonths, salesMonths } = row;
  if (registeredOn === null) return [];
  const notices: string[] = [];
  const lastOfPreviousYear = taxPeriod(`${String(Number(filing.slice(0, 4)) - 1)}-12`);
  const mostBefore = clampMonths(periodsBetween(periodOf(registeredOn), lastOfPreviousYear) + 1);
  if (prevYearMonths !== null && prevYearMonths !== mostBefore && (mostBefore === 12 || prevYearMonths !== mostBefore - 1)) {
    notices.push(`登记日期${registeredOn}与上年存续月数${String(prevYearMonths)}不一致，请核对`);
  }
  const mostMonths = clampMonths(periodsBetween(periodOf(registeredOn), filing));
  if (salesMonths !== null && salesMonths > mostMonths) {
    notices.push(`登记日期${registeredOn}与近12个月经营月数${String(salesMonths)}不一致，请核对`);
  }
  return notices;
}

function clampMonths(months: number): number {
  return Math.min(12, Math.max(0, months));
}
