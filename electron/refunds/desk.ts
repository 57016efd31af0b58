/** What waits in refunds 退税办理待办: every state of the case table, with the working days to the nearest deadline, and voucher numbers that run short. */
import type { DeskLine } from '../../shared/kernel/case.ts';
import { deskLines, type Context } from '../journal/index.ts';
import { officeCalendar } from './calendar.ts';
import { readClock } from './legal-clock.ts';
import { refundBook } from './refund-book.ts';
import { numbersLeft } from './vouchers.service.ts';

export function refundsDesk(ctx: Context): readonly DeskLine[] {
  const calendar = officeCalendar(ctx);
  const lines = deskLines(ctx.db, refundBook, ctx.today).map((line) => {
    const reading = readClock(calendar, line.dueOn === null ? 'none' : 'running', line.dueOn, ctx.today);
    return { ...line, daysLeft: reading.kind === 'due' ? reading.workingDaysLeft : reading.kind === 'overdue' ? -reading.workingDaysLate : null };
  });
  const wanted = lines.filter(({ state }) => state === 'approved' || state === 'corrected').reduce((sum, { count }) => sum + count, 0);
  const short = wanted - numbersLeft(ctx.db);
  return short <= 0 ? lines : [...lines, { table: 'refunds', state: 'numbers-short', title: '收入退还书号码不足', may: ['issuer'], count: short, total: null, oldest: null, dueOn: null, daysLeft: null, overdue: 0 }];
}
