/**
 * The legal clock 办理时限: ten working days from acceptance, from the approval of 免抵退 where that is pending; it stops during a
 * suspension, and five working days run after the doubt is removed. Decides dates only; who is late is for lists and to-dos.
 * @source 国家税务总局公告2019年第20号第八、十一、十三条; 2025年第20号第八条 (policy-facts 5.2, 5.3)
 */
import type { Clock } from '../../shared/refunds/model.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { addWorkingDays, workingDaysBetween, type CountedDate, type WorkingCalendar } from '../../shared/kernel/working-days.ts';

/** Working days to examine and answer (No. 20 of 2019, articles 8 and 11). */
export const reviewWorkingDays = 10;
/** Working days to answer after the ground of a suspension is gone (No. 20 of 2025, article 8). */
export const resumedWorkingDays = 5;

export type ClockStart =
  /** 免抵退 is pending: the clock waits for its approval. */
  | { readonly clock: 'waiting-export'; readonly due: null }
  | { readonly clock: 'running'; readonly due: CountedDate };

/** The clock at acceptance. */
export function clockAtAcceptance(calendar: WorkingCalendar, acceptedOn: CivilDate, exportRefundPending: boolean): ClockStart {
  if (exportRefundPending) return { clock: 'waiting-export', due: null };
  return { clock: 'running', due: addWorkingDays(calendar, acceptedOn, reviewWorkingDays) };
}

/** Due date once 免抵退 is approved; an approval before the acceptance starts nothing earlier than the acceptance. */
export function dueAfterExportApproval(calendar: WorkingCalendar, dates: { readonly acceptedOn: CivilDate; readonly approvedOn: CivilDate }): CountedDate {
  const start = dates.approvedOn > dates.acceptedOn ? dates.approvedOn : dates.acceptedOn;
  return addWorkingDays(calendar, start, reviewWorkingDays);
}

/** Due date after a suspension ends, however many days were left when it began. */
export function dueAfterSuspension(calendar: WorkingCalendar, resumedOn: CivilDate): CountedDate {
  return addWorkingDays(calendar, resumedOn, resumedWorkingDays);
}

export type ClockReading =
  | { readonly kind: 'not-running' }
  | { readonly kind: 'due'; readonly workingDaysLeft: number }
  | { readonly kind: 'overdue'; readonly workingDaysLate: number };

/** How the clock stands today; on the due date itself 0 days are left. */
export function readClock(calendar: WorkingCalendar, clock: Clock, dueOn: CivilDate | null, today: CivilDate): ClockReading {
  if (clock !== 'running' || dueOn === null) return { kind: 'not-running' };
  if (today > dueOn) return { kind: 'overdue', workingDaysLate: workingDaysBetween(calendar, dueOn, today) };
  return { kind: 'due', workingDaysLeft: workingDaysBetween(calendar, today, dueOn) };
}

/** The sentence that goes with a date counted over years without a holiday table; null when all years are known. */
export function calendarWarning(counted: CountedDate): string | null {
  if (counted.unknownYears.length === 0) return null;
  return `${counted.unknownYears.join('、')} 年的节假日安排未导入，期限只按周末计算，需核对`;
}
