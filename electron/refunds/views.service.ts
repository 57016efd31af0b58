/** Handlers of questions about refunds: list, one refund with its whole history, funnel, month, calendar, the machine itself. */
import { refuse } from '../../shared/errors.ts';
import { addDays, type CivilDate } from '../../shared/kernel/civil-date.ts';
import { lifecycleLines, type CaseAct } from '../../shared/kernel/case.ts';
import { addPeriods, firstDay, lastDay, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { refundRoles, refundRoleNames, type RefundRole } from '../../shared/administration/duties.ts';
import { refundActs, refundCases, refundStateNames, refundStates, type RefundAct, type RefundState } from '../../shared/refunds/cases.ts';
import type { refundsContract } from '../../shared/refunds/contract.ts';
import { movementNames, type LineAmounts, type LineKind, type RefundRow, type Voucher } from '../../shared/refunds/model.ts';
import { personName } from '../administration/index.ts';
import { type Context, type HandlersOf, plain, possibleActs, readHistory } from '../journal/index.ts';
import { calendarYears, officeCalendar } from './calendar.ts';
import { readClawbacks } from './clawbacks.sql.ts';
import { readClock } from './legal-clock.ts';
import { listRefunds, readReached, tallyStates, type Tally } from './lists.sql.ts';
import { sumMonth, tallyMonth, type Month, type MonthSums } from './month.sql.ts';
import { determinedNow, fallenKind, fallenRefunds, type DeterminedNow } from './newest-determination.ts';
import { refundBook } from './refund-book.ts';
import { lineTotal, type RefundRecord } from './refund-record.ts';
import { findRefund } from './refunds.sql.ts';
import { calendarImported } from './voucher-entries.ts';
import type { VoucherRecord } from './refunds.tables.ts';
import { readVouchersOf } from './vouchers.sql.ts';

type Names = 'list' | 'get' | 'funnel' | 'monthly' | 'lifecycle' | 'calendar' | 'importCalendar';
export type ViewOperations = Pick<typeof refundsContract, `refunds.${Names}`>;

export const viewHandlers: HandlersOf<ViewOperations> = {
  'refunds.list': plain((ctx, { offset, limit, sort, descending, fallen, ...filter }) => {
    const only = fallen === true ? fallenRefunds(ctx.db).map(({ refund }) => refund) : undefined;
    const { rows, totals } = listRefunds(ctx.db, { ...filter, only }, { offset, limit, sort, descending });
    return { rows: rows.map((record) => rowOf(record, determinedNow(ctx.db, record))), totals };
  }),
  'refunds.get': plain((ctx, { refund }) => getRefund(ctx, findRefund(ctx.db, refund) ?? refuse('REFUND_UNKNOWN', { refund }))),
  'refunds.funnel': plain((ctx, input) => {
    const period = input.period ?? null;
    const found = new Map(tallyStates(ctx.db, period).map((row) => [row.state, row.tally]));
    const states = refundStates.flatMap((state) => {
      const tally = found.get(state);
      return tally === undefined ? [] : [{ state, stateName: refundStateNames[state], ...tally }];
    });
    const reached = readReached(ctx.db, period);
    return {
      states,
      reached: (Object.keys(stepTitles) as (keyof typeof stepTitles)[]).map((step) => ({ step, title: stepTitles[step], ...reached[step] })), // keys of a closed table
      total: states.reduce<Tally>((sum, row) => addTally(sum, row), emptyTally),
    };
  }),
  'refunds.monthly': plain((ctx, { period }) => ({
    period,
    dueOn: monthlyDueOn(period, ctx.profile.monthlyReportDay),
    rows: tallyMonth(ctx.db, monthOf(period)),
    ...shownSums(sumMonth(ctx.db, monthOf(period), monthlyDueOn(period, ctx.profile.monthlyReportDay))),
  })),
  'refunds.lifecycle': plain(() => ({
    lines: [...lifecycleLines(refundCases)],
    acts: refundActs.map((act) => {
      const row: CaseAct<RefundState, RefundRole> = refundCases.acts[act];
      return { act, title: row.title, from: [...row.from], to: row.to === 'resume' ? 'suspended-from' : row.to, may: [...row.may], role: row.role, reasonRequired: row.reason === 'required', basis: row.basis };
    }),
  })),
  'refunds.calendar': plain((ctx) => ({ years: calendarYears(ctx.db, ctx.resources) })),
  'refunds.importCalendar': plain((ctx, { year }) => {
    const standing = calendarYears(ctx.db, ctx.resources).find((known) => known.year === year.year);
    if (standing !== undefined && JSON.stringify(standing) === JSON.stringify(year)) return { changed: false, year: year.year };
    ctx.journal.append(calendarImported, {
      key: `refunds.importCalendar/${String(year.year)}/${String(ctx.journal.head().seq + 1)}`, subject: String(year.year), facts: { year, on: ctx.today },
    });
    return { changed: true, year: year.year };
  }),
};

const stepTitles = { listed: '应退', applied: '已申请', accepted: '已受理', approved: '已核准', sent: '已送国库', paid: '已退库', 'crossed-off': '已销号' } as const;

/** Late movements under their Chinese names. */
function shownSums({ late, ...sums }: MonthSums) {
  return { ...sums, late: late.map(({ kind, ...of }) => ({ kind, title: movementNames[kind], ...of })) };
}

export function monthOf(period: TaxPeriod): Month {
  return { from: firstDay(period), to: lastDay(period) };
}

/**
 * Day by which a month's refunds are to be reported: the profile's day of the next month. It is not moved off a holiday; the plan does
 * not say so (policy-facts 8).
 */
export function monthlyDueOn(period: TaxPeriod, day: number): CivilDate {
  return addDays(firstDay(addPeriods(period, 1)), day - 1);
}

function getRefund(ctx: Context, record: RefundRecord) {
  const reading = readClock(officeCalendar(ctx), record.clock, record.dueOn, ctx.today);
  const now = determinedNow(ctx.db, record);
  const row = rowOf(record, now);
  return {
    refund: row,
    fallen: row.fallen && now !== null ? { existing: now.existing, incremental: now.incremental, verdict: now.words } : null,
    account: record.account,
    determination: record.determination,
    people: Object.fromEntries(
      refundRoles.flatMap((role) => {
        const username = record.people[role];
        return username === null ? [] : [[refundRoleNames[role], personName(ctx.db, username)]];
      }),
    ),
    clock: {
      reading: reading.kind === 'not-running' ? '未在计时' : reading.kind === 'due' ? `剩余 ${String(reading.workingDaysLeft)} 个工作日` : `已超期 ${String(reading.workingDaysLate)} 个工作日`,
      workingDaysLeft: reading.kind === 'due' ? reading.workingDaysLeft : null,
      overdue: reading.kind === 'overdue',
    },
    vouchers: readVouchersOf(ctx.db, record.refund).map(shownVoucher),
    clawbacks: readClawbacks(ctx.db, record.refund).map(({ no, existing, incremental, receivedOn, document, reason, reversedBy }) => ({
      no, existing, incremental, receivedOn, document, reason, reversed: reversedBy !== null,
    })),
    history: readHistory(ctx.db, refundBook, record.refund).map((event) => ({ ...event, reason: event.reason ?? impliedReasons[event.act] ?? null })),
    acts: possibleActs(ctx, refundBook, record),
  };
}

/** What an assessment changed needs no reason of a person. */
const impliedReasons: Partial<Readonly<Record<RefundAct, string>>> = { lapse: '重新测算后不再可退', reopen: '重新测算后可退' };

/** A voucher without the columns that the refund itself shows. */
function shownVoucher(record: VoucherRecord): Voucher {
  const { voucherNo, state, issuedOn, amount, capital, existing, incremental, central, province, county, subjectCode, subjectName, levelText, payee, reason, basis } = record;
  const { authority, approvalNo, replaces, batchNo, issuer, voucherChecker } = record;
  return {
    voucherNo, state, issuedOn, amount, capital, existing, incremental, central, province, county, subjectCode, subjectName, levelText, payee, reason, basis, authority, approvalNo,
    replaces, batchNo, issuer, voucherChecker,
  };
}

export function rowOf(record: RefundRecord, now: DeterminedNow | null): RefundRow {
  const { existing, incremental } = { existing: lineOf(record, 'existing'), incremental: lineOf(record, 'incremental') };
  return {
    refund: record.refund, period: record.period, uscc: record.uscc, name: record.name, route: record.route, size: record.size, state: record.state,
    stateName: refundStateNames[record.state], applicationNo: record.applicationNo, existing, incremental,
    total: {
      determined: lineTotal(record.determined), asked: lineTotal(record.asked), approved: lineTotal(record.approved), paid: lineTotal(record.paid), clawedBack: lineTotal(record.clawedBack),
    },
    clock: record.clock, dueOn: record.dueOn, appliedOn: record.appliedOn, acceptedOn: record.acceptedOn, decidedOn: record.decidedOn, voucherNo: record.voucherNo,
    batchNo: record.batchNo, sentOn: record.sentOn, paidOn: record.paidOn, crossedOffOn: record.crossedOffOn,
    reason: record.reason ?? (record.lapsed ? (impliedReasons.lapse ?? null) : null), noticed: record.noticedOn !== null, fallen: fallenKind(record, now) !== null,
    acts: record.events,
  };
}

function lineOf(record: RefundRecord, kind: LineKind): RefundRow['existing'] {
  const of = (amounts: LineAmounts) => amounts[kind];
  return { determined: of(record.determined), asked: of(record.asked), approved: of(record.approved), paid: of(record.paid), clawedBack: of(record.clawedBack) };
}

const emptyTally: Tally = { count: 0, determined: 0n, asked: 0n, approved: 0n, paid: 0n };

function addTally(a: Tally, b: Tally): Tally {
  return { count: a.count + b.count, determined: a.determined + b.determined, asked: a.asked + b.asked, approved: a.approved + b.approved, paid: a.paid + b.paid };
}

