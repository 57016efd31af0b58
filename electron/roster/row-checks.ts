/**
 * What the cells of one row say about each other. Only the newest of the recent credits against the ending credit rejects a row;
 * account name and months are questions for the clerk and never decide anything.
 * @source shared spec roster.md (recentCredits, accountName), readings.md "Rows" (registeredOn)
 */
import { yuanText } from '../../shared/kernel/money.ts';
import { taxPeriodFiledIn, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { columnOf } from '../../shared/roster/columns.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import type { RowFindings } from './row-findings.ts';

/** @param filingPeriod null = unknown, then months are not compared */
export function checkRow(row: RosterRow, filingPeriod: TaxPeriod | null, findings: RowFindings): void {
  const last = row.recentCredits?.at(-1);
  if (last !== undefined && row.endingCredit !== null && last !== row.endingCredit) {
    findings.at(columnOf('recentCredits').header, yuanText(last));
    findings.fault('ROW_CREDITS_DISAGREE', { last: yuanText(last), ending: yuanText(row.endingCredit) });
  }
  if (row.accountName !== null && row.accountName !== row.name) {
    findings.at(columnOf('accountName').header, row.accountName);
    findings.warn('WARN_ACCOUNT_NAME_DIFFERS');
  }
  if (filingPeriod !== null && row.registeredOn !== null) checkMonths(row, filingPeriod, findings);
}

function checkMonths(row: RosterRow, filingPeriod: TaxPeriod, findings: RowFindings): void {
  const registered = monthIndex(row.registeredOn ?? '');
  const year = Number(filingPeriod.slice(0, 4));
  compareMonths('prevYearMonths', row, monthsAlive(registered, (year - 1) * 12, (year - 1) * 12 + 11), findings);
  const lastTaxMonth = monthIndex(taxPeriodFiledIn(filingPeriod));
  compareMonths('salesMonths', row, monthsAlive(registered, lastTaxMonth - 11, lastTaxMonth), findings);
}

/** One month either way is left open: no rule says whether the month of registration counts (policy-facts 3.3). */
function compareMonths(key: 'prevYearMonths' | 'salesMonths', row: RosterRow, expected: number, findings: RowFindings): void {
  const months = row[key];
  if (months === null || Math.abs(months - expected) <= 1) return;
  findings.at(columnOf(key).header, String(months));
  findings.warn('WARN_MONTHS_DISAGREE', { months, registered: row.registeredOn ?? '', expected });
}

function monthsAlive(registered: number, from: number, to: number): number {
  return Math.max(0, to - Math.max(registered, from) + 1);
}

function monthIndex(text: string): number {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}
