/**
 * What waits in each state of the case tables 待办行: count, sum, since when, and the nearest deadline. One function asks for all of it, so that the desk
 * knows no capability's list; which duties own a line is the table's to say.
 */
import type { OperationOutput } from '../../shared/contract.ts';
import { ownersOf, queueName, type CaseTable, type DeskLine } from '../../shared/kernel/case.ts';
import { addDays, civilDate, instantOf, shanghaiDate } from '../../shared/kernel/civil-date.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import type { Reply } from '../../shared/reply.ts';
import { refundStates } from '../../shared/refunds/lifecycle.ts';
import { paymentStates } from '../../shared/treasury/lifecycle.ts';
import { ask } from '../office.ts';
import { refundCases } from '../refunds/refund-cases.ts';
import { paymentCases } from '../treasury/payment-cases.ts';

/** A line as it reaches the window: amounts are yuan text. */
export type DeskRow = Omit<DeskLine, 'total'> & { readonly total: string | null; /** Working days to the nearest deadline; null where no clock runs. */ readonly daysLeft: number | null };
export type Desk = { readonly lines: readonly DeskRow[]; readonly funnel: OperationOutput<'refunds.funnel'> | null };

const farOff = civilDate('2099-12-31');

function row<S extends string>(table: CaseTable<S>, state: S, of: Pick<DeskRow, 'count' | 'total' | 'oldest' | 'dueOn' | 'daysLeft' | 'overdue'>): DeskRow {
  return { table: table.name, state, title: queueName(table, state), may: ownersOf(table, state), ...of };
}

/** Every state with rows, in the order of its table. */
export async function deskOf(agency: Agency): Promise<Reply<Desk>> {
  return agency === 'tax' ? refundLines() : agency === 'treasury' ? paymentLines() : { ok: true, value: { lines: [], funnel: null } };
}

async function refundLines(): Promise<Reply<Desk>> {
  const funnel = await ask('refunds.funnel', {});
  if (!funnel.ok) return funnel;
  const lines: DeskRow[] = [];
  for (const state of refundStates) {
    const tally = funnel.value.states.find((of) => of.state === state);
    if (tally === undefined || tally.count === 0 || ownersOf(refundCases, state).length === 0) continue;
    const [eldest, due] = await Promise.all([
      ask('refunds.list', { states: [state], limit: 1, sort: 'changedAt' }),
      ask('refunds.list', { states: [state], limit: 1, sort: 'dueOn', dueBy: farOff }),
    ]);
    if (!eldest.ok) return eldest;
    if (!due.ok) return due;
    const nearest = due.value.rows[0];
    const clock = nearest === undefined ? null : await ask('refunds.get', { refund: nearest.refund });
    const late = nearest === undefined ? null : await ask('refunds.list', { states: [state], limit: 1, dueBy: yesterday() });
    const first = eldest.value.rows[0];
    const moved = first === undefined ? [] : [first.appliedOn, first.acceptedOn, first.decidedOn, first.sentOn, first.paidOn].filter((on) => on !== null).sort();
    lines.push(row(refundCases, state, {
      count: tally.count, total: first === undefined ? null : tally[inHand(first)], oldest: moved.at(-1) ?? null, dueOn: nearest?.dueOn ?? null,
      overdue: late?.ok === true ? late.value.totals.count : 0,
      daysLeft: clock?.ok !== true ? null : clock.value.clock.overdue ? -1 : clock.value.clock.workingDaysLeft,
    }));
  }
  return { ok: true, value: { lines, funnel: funnel.value } };
}

/** Which amount the refunds of one state stand for. */
function inHand({ total, applicationNo }: OperationOutput<'refunds.list'>['rows'][number]): 'approved' | 'determined' | 'asked' {
  return total.approved !== '0.00' ? 'approved' : applicationNo === null ? 'determined' : 'asked';
}

const yesterday = () => addDays(shanghaiDate(instantOf(Date.now())), -1);

async function paymentLines(): Promise<Reply<Desk>> {
  const lines: DeskRow[] = [];
  for (const state of paymentStates) {
    const reply = await ask('treasury.list', { states: [state], limit: 1, sort: 'receivedOn' });
    if (!reply.ok) return reply;
    const { rows: [first], totals } = reply.value;
    if (totals.count > 0) lines.push(row(paymentCases, state, { count: totals.count, total: totals.amount, oldest: first?.receivedOn ?? null, dueOn: null, overdue: 0, daysLeft: null }));
  }
  return { ok: true, value: { lines, funnel: null } };
}
