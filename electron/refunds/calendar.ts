/** The working calendar of the office 工作日历: the years shipped with the program, replaced or continued by those the office imported. */
import { z } from 'zod';
import { calendarYearSchema, workingCalendar, type CalendarYear, type WorkingCalendar } from '../../shared/kernel/working-days.ts';
import type { Database } from '../platform/database.ts';
import type { ResourceReader } from '../platform/resources.ts';

export const calendarResource = 'reference/calendar.json';
const calendarFileSchema = z.strictObject({ version: z.literal(1), note: z.string(), years: z.array(calendarYearSchema) });

/** Years shipped with the program; none when the resource is missing. @throws ZodError for a damaged resource */
export function shippedYears(resources: ResourceReader): CalendarYear[] {
  const text = resources(calendarResource);
  return text === null ? [] : calendarFileSchema.parse(JSON.parse(text)).years;
}

/** All years known to the office, an imported year before the shipped one of the same number. */
export function calendarYears(db: Database, resources: ResourceReader): CalendarYear[] {
  const years = new Map(shippedYears(resources).map((year) => [year.year, year]));
  for (const row of db.prepare('SELECT content FROM calendar_year ORDER BY year').all()) {
    const year = calendarYearSchema.parse(JSON.parse(String(row['content'])));
    years.set(year.year, year);
  }
  return [...years.values()].sort((a, b) => a.year - b.year);
}

export function officeCalendar(ctx: { readonly db: Database; readonly resources: ResourceReader }): WorkingCalendar {
  return workingCalendar(calendarYears(ctx.db, ctx.resources));
}
