/**
 * What waits in refunds 退税办理待办: every state of the case table, with the working days to the nearest deadline, voucher
 * numbers that run short, approvals whose determination has fallen.
 */
import { sumFen } from '../../shared/kernel/money.ts';
import type { DeskLine } from '../../shared/kernel/case.ts';
import { deskLines, type Context } from '../journal/index.ts';
import { officeCalendar } from './calendar.ts';
import { readClock } from './legal-clock.ts';
import { fallenRefunds } from './newest-determination.ts';
import { refundBook } from './refund-book.ts';
import { lineTotal } from './refund-record.ts';
import { numbersLeft } from './vouchers.service.ts';

export function refundsDesk(ctx: Context): readonly DeskLine[] {
  const calendar = officeCalendar(ctx);
  const lines = deskLines(ctx.db, refundBook, ctx.today).map((line) => {
    const reading = readClock(calendar, line.dueOn === null ? 'none' : 'running', line.dueOn, ctx.today);
    return { ...line, daysLeft: reading.kind === 'due' ? reading.workingDaysLeft : reading.kind === 'overdue' ? -reading.workingDaysLate : null };
  });
  const wanted = lines.filter(({ state }) => state === 'approved' || state === 'corrected').reduce((sum, { count }) => sum + count, 0);
  const short = wanted - numbersLeft(ctx.db);
  const fallen = fallenRefunds(ctx.db);
  const own = { table: 'refunds', oldest: null, dueOn: null, daysLeft: null, overdue: 0 };
  return [
    ...lines,
    ...(short <= 0 ? [] : [{ ...own, state: 'numbers-short', title: '收入退还书号码不足', may: ['issuer'] as const, count: short, total: null }]),
    ...(fallen.length === 0 ? [] : [{
      ...own, state: 'fallen', title: '核准后测算下降', may: ['approver'] as const, count: fallen.length, total: sumFen(fallen.map(({ approved }) => lineTotal(approved))),
    }]),
  ];
}
