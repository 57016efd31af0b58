/** The legal clock over China's working calendar: 2022 as published, other years by weekends with a warning. */
import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { addWorkingDays, calendarYearSchema, filingDeadline, isWorkingDay, sameOrNextWorkingDay, workingCalendar, workingDaysBetween } from '../../../shared/kernel/working-days.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { shippedYears } from '../../../electron/refunds/calendar.ts';
import { calendarWarning, clockAtAcceptance, dueAfterExportApproval, dueAfterSuspension, readClock } from '../../../electron/refunds/legal-clock.ts';
import { openDesk } from './desk.ts';
import { april, determination, refundOf, steps, valueOf, walkTo } from './county.ts';

const years = shippedYears(checkoutResources);
const calendar = workingCalendar(years);
const day = civilDate;

describe('the working calendar', () => {
  test.each([
    ['2022-04-01', true, 'an ordinary Friday'],
    ['2022-04-02', true, '清明调休上班的星期六'],
    ['2022-04-03', false, '清明放假'],
    ['2022-04-05', false, '清明放假的星期二'],
    ['2022-04-06', true, 'the day after 清明'],
    ['2022-04-24', true, '劳动节调休上班的星期日'],
    ['2022-04-30', false, '劳动节放假'],
    ['2022-05-04', false, '劳动节放假的星期三'],
    ['2022-05-07', true, '劳动节调休上班的星期六'],
    ['2022-05-08', false, 'an ordinary Sunday'],
    ['2022-10-07', false, '国庆放假的星期五'],
    ['2022-10-08', true, '国庆调休上班的星期六'],
    ['2022-10-09', true, '国庆调休上班的星期日'],
    ['2022-12-31', false, 'an ordinary Saturday'],
    ['2023-10-02', false, '国庆放假的星期一'],
    ['2025-10-11', true, '国庆调休上班的星期六'],
    ['2026-02-16', false, '春节放假的星期一'],
    ['2027-10-04', true, 'a Monday of a year without a table counts as a working day'],
  ] as const)('%s: working %s, %s', (...[date, working]) => {
    expect(isWorkingDay(calendar, day(date))).toBe(working);
  });

  test('counts from the day after, over holidays and worked weekends', () => {
    expect(addWorkingDays(calendar, day('2022-04-02'), 1)).toEqual({ date: '2022-04-06', unknownYears: [] });
    expect(addWorkingDays(calendar, day('2022-04-29'), 1).date).toBe('2022-05-05');
    expect(addWorkingDays(calendar, day('2022-05-06'), 1).date).toBe('2022-05-07');
    expect(addWorkingDays(calendar, day('2022-09-30'), 1).date).toBe('2022-10-08');
    expect(sameOrNextWorkingDay(calendar, day('2022-10-01'))).toBe('2022-10-08');
  });

  test('names the years it does not know, also when it only runs into one', () => {
    const counted = addWorkingDays(calendar, day('2026-12-29'), 10);
    expect(counted).toEqual({ date: '2027-01-12', unknownYears: [2027] });
    expect(calendarWarning(counted)).toContain('2027');
    expect(calendarWarning(addWorkingDays(calendar, day('2022-12-01'), 10))).toBeNull();
  });

  test('counts between two days the way it counts forward', () => {
    for (const from of ['2022-01-28', '2022-04-01', '2022-04-22', '2022-09-29']) {
      for (let count = 1; count <= 20; count += 1) {
        const { date } = addWorkingDays(calendar, day(from), count);
        expect(workingDaysBetween(calendar, day(from), date)).toBe(count);
        expect(workingDaysBetween(calendar, date, day(from))).toBe(-count);
      }
    }
    expect(workingDaysBetween(calendar, day('2022-04-11'), day('2022-04-11'))).toBe(0);
  });

  test('the twelve published deadlines of 2022 agree with the holidays by the formula that stands in for a missing table', () => {
    const withoutTable = workingCalendar(years.map((year) => ({ ...year, filingDeadlines: null })));
    for (let month = 1; month <= 12; month += 1) {
      const filing = taxPeriod(`2022-${String(month).padStart(2, '0')}`);
      const listed = filingDeadline(calendar, filing);
      expect(listed.basis).toBe('table');
      expect(filingDeadline(withoutTable, filing)).toEqual({ date: listed.date, basis: 'formula' });
    }
    expect(filingDeadline(calendar, taxPeriod('2022-10')).date).toBe('2022-10-25');
    expect(filingDeadline(calendar, taxPeriod('2023-04'))).toEqual({ date: '2023-04-17', basis: 'formula' });
    expect(filingDeadline(calendar, taxPeriod('2027-05'))).toEqual({ date: '2027-05-17', basis: 'weekends-only' });
  });

  test.each([
    ['a holiday of another year', { holidays: ['2023-01-01'] }],
    ['a day that is both off and worked', { holidays: ['2024-05-04'], makeUpWorkdays: ['2024-05-04'] }],
    ['a weekday worked in place of itself', { makeUpWorkdays: ['2024-05-06'] }],
    ['eleven deadlines', { filingDeadlines: Array.from({ length: 11 }, (_, index) => `2024-${String(index + 1).padStart(2, '0')}-15`) }],
    ['a deadline of another month', { filingDeadlines: Array.from({ length: 12 }, () => '2024-01-15') }],
  ])('refuses an imported year with %s', (_what, given) => {
    const year = { year: 2024, holidays: [], makeUpWorkdays: [], filingDeadlines: null, source: '试验', needsEvidence: true, ...given };
    expect(calendarYearSchema.safeParse(year).success).toBe(false);
  });
});

describe('the clock', () => {
  test.each([
    ['2022-04-11', '2022-04-24', 'over a worked Sunday'],
    ['2022-04-01', '2022-04-18', 'over 清明 with its worked Saturday'],
    ['2022-04-25', '2022-05-11', 'over 劳动节 with its worked Saturday'],
    ['2022-09-26', '2022-10-13', 'over 国庆 with two worked weekend days'],
    ['2022-04-03', '2022-04-19', 'accepted on a holiday'],
  ])('from acceptance on %s runs to %s, %s', (acceptedOn, dueOn) => {
    expect(clockAtAcceptance(calendar, day(acceptedOn), false)).toMatchObject({ clock: 'running', due: { date: dueOn } });
  });

  test('waits for 免抵退 and then runs ten working days from its approval, never from before the acceptance', () => {
    expect(clockAtAcceptance(calendar, day('2022-04-11'), true)).toEqual({ clock: 'waiting-export', due: null });
    expect(dueAfterExportApproval(calendar, { acceptedOn: day('2022-04-11'), approvedOn: day('2022-04-25') }).date).toBe('2022-05-11');
    expect(dueAfterExportApproval(calendar, { acceptedOn: day('2022-04-11'), approvedOn: day('2022-04-02') }).date).toBe('2022-04-24');
  });

  test('gives five working days after a suspension, over 劳动节', () => {
    expect(dueAfterSuspension(calendar, day('2022-04-28')).date).toBe('2022-05-09');
  });

  test('reads as days left up to the due day and late after it', () => {
    expect(readClock(calendar, 'running', day('2022-05-10'), day('2022-04-29'))).toEqual({ kind: 'due', workingDaysLeft: 5 });
    expect(readClock(calendar, 'running', day('2022-05-10'), day('2022-05-10'))).toEqual({ kind: 'due', workingDaysLeft: 0 });
    expect(readClock(calendar, 'running', day('2022-05-10'), day('2022-05-12'))).toEqual({ kind: 'overdue', workingDaysLate: 2 });
    expect(readClock(calendar, 'stopped', null, day('2022-05-12'))).toEqual({ kind: 'not-running' });
    expect(readClock(calendar, 'done', null, day('2022-05-12'))).toEqual({ kind: 'not-running' });
  });
});

describe('the clock of a refund', () => {
  test('starts at acceptance, stops at suspension, gives five working days after it, ends with the decision', () => {
    const desk = openDesk('tax', '2022-04-25T09:00');
    const refund = walkTo(desk, 1, 'accepted');
    expect([valueOf(desk, refund, 'clock'), valueOf(desk, refund, 'due_on')]).toEqual(['running', '2022-05-11']);
    steps.suspend(desk, [refund]);
    expect([valueOf(desk, refund, 'clock'), valueOf(desk, refund, 'due_on')]).toEqual(['stopped', 'null']);
    desk.at('2022-06-01T09:00');
    desk.done('refunds.resume', { refunds: [refund], reason: '疑点已排除' }, 'approver');
    expect([valueOf(desk, refund, 'clock'), valueOf(desk, refund, 'due_on')]).toEqual(['running', '2022-06-09']);
    steps.review(desk, [refund]);
    steps.approve(desk, [refund]);
    expect([valueOf(desk, refund, 'clock'), valueOf(desk, refund, 'due_on')]).toEqual(['done', 'null']);
  });

  test('does not start again when a refund is suspended after its approval', () => {
    const desk = openDesk('tax', '2022-04-25T09:00');
    const refund = walkTo(desk, 1, 'approved');
    steps.suspend(desk, [refund]);
    desk.done('refunds.resume', { refunds: [refund], reason: '疑点已排除' }, 'approver');
    expect([valueOf(desk, refund, 'state'), valueOf(desk, refund, 'clock'), valueOf(desk, refund, 'due_on')]).toEqual(['approved', 'done', 'null']);
  });

  test('of a taxpayer whose 免抵退 is pending waits, and the review is refused until it is approved', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'applied');
    desk.done('refunds.accept', { refunds: [refund], exportRefundPending: true }, 'handler');
    expect(valueOf(desk, refund, 'clock')).toBe('waiting-export');
    expect(desk.refused('refunds.review', { refunds: [refund] }, 'reviewer').code).toBe('EXPORT_NOT_APPROVED');
    desk.at('2022-04-20T09:00');
    desk.done('refunds.startClock', { refunds: [refund], approvedOn: '2022-04-20' as never }, 'handler');
    expect(valueOf(desk, refund, 'due_on')).toBe('2022-05-06');
    expect(desk.refused('refunds.startClock', { refunds: [refund], approvedOn: '2022-04-20' }, 'handler').code).toBe('CLOCK_NOT_WAITING');
    steps.review(desk, [refund]);
  });

  test('runs anew after a correction, and the first acceptance stays on record', () => {
    const desk = openDesk('tax', '2022-04-11T09:00');
    const refund = walkTo(desk, 1, 'returned-for-correction');
    expect([valueOf(desk, refund, 'clock'), valueOf(desk, refund, 'due_on')]).toEqual(['none', 'null']);
    desk.at('2022-04-20T09:00');
    desk.done('refunds.resubmit', { refunds: [refund] }, 'handler');
    steps.accept(desk, [refund]);
    expect([valueOf(desk, refund, 'first_accepted_on'), valueOf(desk, refund, 'accepted_on'), valueOf(desk, refund, 'due_on')]).toEqual(['2022-04-11', '2022-04-20', '2022-05-06']);
  });

  test('warns when a year without a holiday table is counted, and counts anew once the office has imported it', () => {
    const desk = openDesk('tax', '2027-09-27T09:00');
    desk.determinations.push(determination(1), determination(2));
    desk.done('refunds.openCandidates', { period: april }, 'handler');
    desk.done('refunds.apply', { all: {} }, 'handler');
    const first = desk.done('refunds.accept', { refunds: [refundOf(1)] }, 'handler');
    expect(first.refunds[0]?.dueOn).toBe('2027-10-11');
    expect(first.warnings).toEqual(['2027 年的节假日安排未导入，期限只按周末计算，需核对']);
    desk.person('system', ['system']);
    const holidays = ['2027-10-01', '2027-10-02', '2027-10-03', '2027-10-04', '2027-10-05', '2027-10-06', '2027-10-07'];
    const year = { year: 2027, holidays, makeUpWorkdays: ['2027-10-09', '2027-10-10'], filingDeadlines: null, source: '试验用安排', needsEvidence: true };
    expect(desk.done('refunds.importCalendar', { year } as never, 'system')).toEqual({ changed: true, year: 2027 });
    expect(desk.done('refunds.importCalendar', { year } as never, 'system')).toEqual({ changed: false, year: 2027 });
    const second = desk.done('refunds.accept', { refunds: [refundOf(2)] }, 'handler');
    expect([second.refunds[0]?.dueOn, second.warnings]).toEqual(['2027-10-14', []]);
    expect(desk.done('refunds.calendar', {}, 'handler').years.map((known) => known.year)).toEqual([2022, 2023, 2024, 2025, 2026, 2027]);
    expect(desk.verify().faults).toEqual([]);
  });
});
