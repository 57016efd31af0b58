/**
 * Civil dates 日期 and instants 时刻. A civil date is a calendar day as written in a document (`2022-04-10`), without a time
 * zone; an instant is UTC text to the millisecond. The only zone of the product is Asia/Shanghai (UTC+8, no summer time
 * since 1991), applied here by arithmetic so that the machine's own zone never matters.
 */
import { assert } from './assert.ts';

declare const civilDateBrand: unique symbol;
declare const instantBrand: unique symbol;

/** `YYYY-MM-DD`, an existing day of the Gregorian calendar, years 1900–2199. */
export type CivilDate = string & { readonly [civilDateBrand]: true };

/** `YYYY-MM-DDTHH:MM:SS.mmmZ`. */
export type Instant = string & { readonly [instantBrand]: true };

const dayMs = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;
const civilPattern = /^(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The date, or null when the text is not an existing day (`2022-02-30`, `2022-4-1`). */
export function parseCivilDate(text: string): CivilDate | null {
  if (!civilPattern.test(text)) return null;
  const day = Number(text.slice(8));
  if (day > 28 && day > daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)))) return null;
  return text as CivilDate;
}

/** @throws AssertionFault when the text is not a date; for constants and values already checked at the border */
export function civilDate(text: string): CivilDate {
  const date = parseCivilDate(text);
  assert(date !== null, `not a civil date: ${text}`);
  return date;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Shifts by whole days; negative counts go back. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return isoDay(Date.parse(`${date}T00:00:00Z`) + days * dayMs);
}

/** Shifts by calendar months and keeps the day, or takes the last day of a shorter month. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const day = Math.min(Number(date.slice(8, 10)), daysInMonth(year, month));
  return civilDate(`${String(year)}-${pad2(month)}-${pad2(day)}`);
}

/** Whole days from a to b; negative when b is earlier. */
export function daysBetween(a: CivilDate, b: CivilDate): number {
  return (Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / dayMs;
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(date: CivilDate): number {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return day === 0 ? 7 : day;
}

/** `2022年4月10日`, as on paper. */
export function paperDate(date: CivilDate): string {
  return `${date.slice(0, 4)}年${String(Number(date.slice(5, 7)))}月${String(Number(date.slice(8, 10)))}日`;
}

/** Milliseconds since 1970 as an instant. */
export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString() as Instant;
}

/** The instant, or null when the text is not one. */
export function parseInstant(text: string): Instant | null {
  if (!instantPattern.test(text)) return null;
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) || new Date(epochMs).toISOString() !== text ? null : (text as Instant);
}

export function epochMsOf(instant: Instant): number {
  return Date.parse(instant);
}

/** The civil date in Asia/Shanghai at an instant. */
export function shanghaiDate(instant: Instant): CivilDate {
  return isoDay(Date.parse(instant) + shanghaiOffsetMs);
}

/** `2022-04-10 08:30:05` in Asia/Shanghai, for screens, logs and paper. */
export function shanghaiDateTime(instant: Instant): string {
  return new Date(Date.parse(instant) + shanghaiOffsetMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** The instant of a Shanghai wall-clock moment on a civil date. @param time `HH:MM:SS` */
export function shanghaiInstant(date: CivilDate, time: string): Instant {
  return instantOf(Date.parse(`${date}T${time}+08:00`));
}

function isoDay(epochMs: number): CivilDate {
  return new Date(epochMs).toISOString().slice(0, 10) as CivilDate;
}

function pad2(value: number): string {
  return String(value).padStart(2, '0');
}
