/**
 * Working days 工作日 and filing deadlines 申报截止日 over a table of calendar years that comes as data. Years without a table count
 * weekends only and every answer names them, so that nobody takes a guess for the State Council's arrangement. No clock, no file.
 */
import { z } from 'zod';
import { addDays, civilDate, weekday, type CivilDate } from './civil-date.ts';
import { civilDateSchema } from './schema.ts';
import { firstDay, type TaxPeriod } from './tax-period.ts';

/** One year as published: days off 放假, weekend days worked 调休上班, and the twelve filing deadlines where they are known. */
export const calendarYearSchema = z.strictObject({
  year: z.number().int().min(2000).max(2199),
  /** Every day off of a holiday, weekend days inside it included. */
  holidays: z.array(civilDateSchema).readonly(),
  /** Saturdays and Sundays on which offices work. */
  makeUpWorkdays: z.array(civilDateSchema).readonly(),
  /** Deadline of the filing month 1 … 12; null where no table was collected. */
  filingDeadlines: z.array(civilDateSchema).length(12).readonly().nullable(),
  /** Document and address the days were taken from. */
  source: z.string().min(1).max(500),
  /** Whether an office must still check the days against the document. */
  needsEvidence: z.boolean(),
}).superRefine((year, context) => {
  const days = [...year.holidays, ...year.makeUpWorkdays];
  const outside = days.find((day) => !day.startsWith(`${String(year.year)}-`));
  if (outside !== undefined) context.addIssue({ code: 'custom', message: `${outside} 不在 ${String(year.year)} 年` });
  if (new Set(days).size !== days.length) context.addIssue({ code: 'custom', message: '同一天重复，或既放假又上班' });
  const weekdayWorked = year.makeUpWorkdays.find((day) => weekday(day) < 6);
  if (weekdayWorked !== undefined) context.addIssue({ code: 'custom', message: `${weekdayWorked} 不是周末，无须调休` });
  for (const [index, day] of (year.filingDeadlines ?? []).entries()) {
    const month = `${String(year.year)}-${String(index + 1).padStart(2, '0')}-`;
    if (!day.startsWith(month)) context.addIssue({ code: 'custom', message: `${day} 不是 ${String(index + 1)} 月的截止日` });
  }
});
export type CalendarYear = z.infer<typeof calendarYearSchema>;

type KnownYear = { readonly off: ReadonlySet<string>; readonly worked: ReadonlySet<string>; readonly deadlines: readonly CivilDate[] | null };
export type WorkingCalendar = ReadonlyMap<number, KnownYear>;

/** A date reached by counting, and the years on the way whose holidays are unknown (weekends only): they need evidence. */
export type CountedDate = { readonly date: CivilDate; readonly unknownYears: readonly number[] };

/** A later table of the same year replaces an earlier one. */
export function workingCalendar(years: readonly CalendarYear[]): WorkingCalendar {
  return new Map(
    years.map((year) => [
      year.year,
      { off: new Set<string>(year.holidays), worked: new Set<string>(year.makeUpWorkdays), deadlines: year.filingDeadlines },
    ]),
  );
}

export function isWorkingDay(calendar: WorkingCalendar, date: CivilDate): boolean {
  const known = calendar.get(yearOf(date));
  if (known?.worked.has(date) === true) return true;
  if (known?.off.has(date) === true) return false;
  return weekday(date) < 6;
}

/**
 * The n-th working day after a date; the day itself is not counted 期间开始之日不计算在期间内.
 * @param count >= 1
 * @source 税收征收管理法实施细则 names working days only; that the first day is not counted is general law (needs evidence)
 */
export function addWorkingDays(calendar: WorkingCalendar, from: CivilDate, count: number): CountedDate {
  const unknown = new Set<number>();
  let date = from;
  for (let left = count; left > 0; ) {
    date = addDays(date, 1);
    if (!calendar.has(yearOf(date))) unknown.add(yearOf(date));
    if (isWorkingDay(calendar, date)) left -= 1;
  }
  return { date, unknownYears: [...unknown] };
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier, 0 on the same day. */
export function workingDaysBetween(calendar: WorkingCalendar, from: CivilDate, to: CivilDate): number {
  if (to < from) return -workingDaysBetween(calendar, to, from);
  let count = 0;
  for (let date = from; date < to; ) {
    date = addDays(date, 1);
    if (isWorkingDay(calendar, date)) count += 1;
  }
  return count;
}

/** The date, or the next working day when it is none. */
export function sameOrNextWorkingDay(calendar: WorkingCalendar, date: CivilDate): CivilDate {
  let day = date;
  while (!isWorkingDay(calendar, day)) day = addDays(day, 1);
  return day;
}

export type FilingDeadline = { readonly date: CivilDate; readonly basis: 'table' | 'formula' | 'weekends-only' };

/**
 * The last day of a filing period 申报期. The year's table decides; without one: the 15th plus as many working days as days off
 * fall on 1–15, which agrees with all twelve published deadlines of 2022; without holidays, the 15th moved off a weekend.
 * @source 税总办征科函〔2021〕201号 (table of 2022); the formula is an inference (policy-facts 8, graded D)
 */
export function filingDeadline(calendar: WorkingCalendar, filing: TaxPeriod): FilingDeadline {
  const known = calendar.get(Number(filing.slice(0, 4)));
  const listed = known?.deadlines?.[Number(filing.slice(5, 7)) - 1];
  if (listed !== undefined) return { date: listed, basis: 'table' };
  const fifteenth = addDays(firstDay(filing), 14);
  if (known === undefined) return { date: sameOrNextWorkingDay(calendar, fifteenth), basis: 'weekends-only' };
  const daysOff = Array.from({ length: 15 }, (_, index) => addDays(firstDay(filing), index)).filter((day) => known.off.has(day)).length;
  const date = daysOff === 0 ? sameOrNextWorkingDay(calendar, fifteenth) : addWorkingDays(calendar, fifteenth, daysOff).date;
  return { date, basis: 'formula' };
}

function yearOf(date: CivilDate): number {
  return Number(civilDate(date).slice(0, 4));
}
