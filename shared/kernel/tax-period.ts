/**
 * Months 月份: a tax period 税款所属期 and a filing period 申报期 are both `YYYY-MM`. In filing month M a taxpayer files the
 * return of tax period M-1 (policy-facts 0). Which of the two a value is, its name says.
 */
import { assert } from './assert.ts';
import { addDays, civilDate, type CivilDate } from './civil-date.ts';

declare const monthBrand: unique symbol;

/** `YYYY-MM`, years 1900–2199. Compare with < and >. */
export type TaxPeriod = string & { readonly [monthBrand]: true };

const periodPattern = /^(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])$/;

/** The month, or null (`2022-13`, `202204`). */
export function parsePeriod(text: string): TaxPeriod | null {
  return periodPattern.test(text) ? (text as TaxPeriod) : null;
}

/** @throws AssertionFault; for constants and values already checked at the border */
export function taxPeriod(text: string): TaxPeriod {
  const period = parsePeriod(text);
  assert(period !== null, `not a month: ${text}`);
  return period;
}

export function addPeriods(period: TaxPeriod, months: number): TaxPeriod {
  const index = Number(period.slice(0, 4)) * 12 + Number(period.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12))}-${String((index % 12) + 1).padStart(2, '0')}` as TaxPeriod;
}

/** The tax period 税款所属期 whose return is filed in the given filing period 申报期. */
export function taxPeriodFiledIn(filing: TaxPeriod): TaxPeriod {
  return addPeriods(filing, -1);
}

/** Months from a to b; negative when b is earlier. */
export function periodsBetween(a: TaxPeriod, b: TaxPeriod): number {
  return (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + Number(b.slice(5, 7)) - Number(a.slice(5, 7));
}

export function periodOf(date: CivilDate): TaxPeriod {
  return date.slice(0, 7) as TaxPeriod;
}

export function firstDay(period: TaxPeriod): CivilDate {
  return civilDate(`${period}-01`);
}

export function lastDay(period: TaxPeriod): CivilDate {
  return addDays(firstDay(addPeriods(period, 1)), -1);
}

/** `2022年4月`. */
export function periodLabel(period: TaxPeriod): string {
  return `${period.slice(0, 4)}年${String(Number(period.slice(5, 7)))}月`;
}
