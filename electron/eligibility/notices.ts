/**
 * Which warnings 提示 stand about a row: status that asks for a consultation, dates and months that contradict each other, figures of the row that do not
 * fit. They change no verdict; their sentences are warnings.ts.
 * @source readings.md, Rows and Status; policy-facts 3.7, 12
 */
import { yuanText } from '../../shared/kernel/money.ts';
import { periodOf, periodsBetween, taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { existingRefundedBefore } from './credit.ts';
import type { Sizing } from './size.ts';
import type { Warning } from './warnings.ts';

/** Every warning that rests on the row and the filing period alone, in the order of the columns. */
export function rowNotices(row: RosterRow, filing: TaxPeriod, sizing: Sizing): Warning[] {
  const notices: Warning[] = [];
  if (row.status === 'abnormal' || row.status === 'bankrupt' || row.status === 'suspended-business') notices.push({ code: 'status', facts: { status: row.status } });
  if (row.registeredOn !== null) notices.push(...registrationNotices(row, filing));
  if (sizing.sector !== null && !sizing.sector.thresholdsSeen) {
    notices.push({ code: 'sizeBoundsUnseen', facts: { sector: sizing.sector.name } });
  } else if (sizing.sector?.cites.some((cite) => cite.startsWith('2015-309/')) === true) {
    notices.push({ code: 'sizeSectorUnseen', facts: {} });
  }
  const last = row.recentCredits?.at(-1);
  if (last !== undefined && row.endingCredit !== null && last !== row.endingCredit) {
    notices.push({ code: 'creditsDiffer', facts: { last: yuanText(last), ending: yuanText(row.endingCredit) } });
  }
  if (row.existingRefundedOn !== null && !existingRefundedBefore(row.existingRefundedOn, filing)) {
    notices.push({ code: 'existingRefundedLate', facts: { on: row.existingRefundedOn } });
  }
  return notices;
}

/** Reading "Rows": registeredOn never decides, it only warns when it contradicts the months. The month of registration may count or not. */
function registrationNotices(row: RosterRow, filing: TaxPeriod): readonly Warning[] {
  const { registeredOn, prevYearMonths, salesMonths } = row;
  if (registeredOn === null) return [];
  const notices: Warning[] = [];
  const lastOfPreviousYear = taxPeriod(`${String(Number(filing.slice(0, 4)) - 1)}-12`);
  const mostBefore = clampMonths(periodsBetween(periodOf(registeredOn), lastOfPreviousYear) + 1);
  if (prevYearMonths !== null && prevYearMonths !== mostBefore && (mostBefore === 12 || prevYearMonths !== mostBefore - 1)) {
    notices.push({ code: 'prevYearMonths', facts: { registeredOn, months: prevYearMonths } });
  }
  const mostMonths = clampMonths(periodsBetween(periodOf(registeredOn), filing));
  if (salesMonths !== null && salesMonths > mostMonths) {
    notices.push({ code: 'salesMonths', facts: { registeredOn, months: salesMonths } });
  }
  return notices;
}

function clampMonths(months: number): number {
  return Math.min(12, Math.max(0, months));
}
