/** Acts from the notice to the decision: 告知、申请、受理、审核、核准、补正、撤回、不予、重新列入. Each decides by its conditions and writes what it decided. */
import { refusal } from '../../shared/errors.ts';
import { assert, present } from '../../shared/kernel/assert.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { minFen, type Fen } from '../../shared/kernel/money.ts';
import { firstDay } from '../../shared/kernel/tax-period.ts';
import { civilDateSchema, fenNotNegative } from '../../shared/kernel/schema.ts';
import { z } from 'zod';
import { accountSchema, applicationNoSchema, type Account, type LineAmounts } from '../../shared/refunds/model.ts';
import type { Database } from '../platform/database.ts';
import { standingPolicy } from '../policy/index.ts';
import { lostInName } from '../../shared/refunds/lost-name.ts';
import { judgeApproved, judgeAsked } from './amounts.ts';
import { officeCalendar } from './calendar.ts';
import { calendarWarning, clockAtAcceptance, dueAfterExportApproval } from './legal-clock.ts';
import { nextNumbers } from './numbers.ts';
import { determinedNow, fallenKind } from './newest-determination.ts';
import { judgeOthers } from './other-refunds.ts';
import { accountColumns, amountColumns, amountFacts, keptColumns, nothing, refundAct } from './refund-book.ts';
import { nameOf, type RefundRecord } from './refund-record.ts';
import { regimeWarning } from './regime.ts';
import { judgeAccount, type PayeeAccount } from './voucher.ts';
import { licenceWord } from './name-seen.ts';
import { lastNumber, useNumber } from './vouchers.sql.ts';

const lineAmounts = { existing: fenNotNegative, incremental: fenNotNegative };
const applicationTerms = { ...lineAmounts, account: accountSchema };

export const applicationActs = [
  refundAct('inform', {
    line: { channel: z.string() },
    decide: (_ctx, { channel }) => () => ({ channel: channel ?? '' }),
    write: ({ line }) => ({ facts: { channel: line.channel } }),
  }),
  /** Existing and incremental credit are two lines of one application; without amounts, all that is due is asked for. */
  refundAct('apply', {
    line: { ...applicationTerms, applicationNo: applicationNoSchema },
    singly: 'ASKED_ONLY_SINGLY',
    decide: (ctx, input, { on, warn }) => {
      const last = lastNumber(ctx.db, `SQ-${ctx.today.slice(0, 4)}`);
      const policy = lazily(() => standingPolicy(ctx));
      return (record, index) => {
        const opens = firstDay(record.period);
        if (on < opens) return refusal('DATE_TOO_EARLY', { ...nameOf(record), date: on, before: '申报期首日', earliest: opens });
        const line = applicationLine(ctx.db, record, amountsOf(input, record.determined), input.account);
        if (!('account' in line)) return line;
        const [applicationNo] = nextNumbers('SQ', ctx.today, last + index, 1);
        assert(applicationNo !== undefined, 'one number was asked for');
        warn(regimeWarning(policy, record.period, on));
        return { ...line, applicationNo };
      };
    },
    write: ({ db, entry, line }) => {
      useNumber(db, line.applicationNo);
      return {
        set: { application_no: line.applicationNo, applied_on: entry.facts.on, ...amountColumns('asked', line), ...accountColumns(line.account) },
        facts: { applicationNo: line.applicationNo, appliedOn: entry.facts.on, ...amountFacts('asked', line), account: line.account.account },
      };
    },
  }),
  refundAct('resubmit', {
    line: applicationTerms,
    singly: 'ASKED_ONLY_SINGLY',
    decide: (ctx, input) => (record) => applicationLine(ctx.db, record, amountsOf(input, record.asked), input.account),
    write: ({ line }) => ({
      set: { ...amountColumns('asked', line), ...accountColumns(line.account) }, facts: { ...amountFacts('asked', line), account: line.account.account },
    }),
  }),
  refundAct('accept', {
    line: { dueOn: civilDateSchema.nullable() },
    decide: (ctx, { exportRefundPending }, { on, warn }) => {
      const { due } = clockAtAcceptance(officeCalendar(ctx), on, exportRefundPending);
      if (due !== null) warn(calendarWarning(due));
      return (record) => {
        const appliedOn = present(record.appliedOn, 'application date');
        if (on < appliedOn) return refusal('DATE_TOO_EARLY', { ...nameOf(record), date: on, before: '申请日期', earliest: appliedOn });
        return { dueOn: due?.date ?? null };
      };
    },
    write: ({ entry, before, line }) => ({
      set: {
        accepted_on: entry.facts.on, first_accepted_on: before.firstAcceptedOn ?? entry.facts.on, clock: line.dueOn === null ? 'waiting-export' : 'running', due_on: line.dueOn,
      },
      facts: { acceptedOn: entry.facts.on, ...(line.dueOn === null ? { exportRefundPending: true } : { dueOn: line.dueOn }) },
    }),
  }),
  refundAct('startClock', {
    line: { dueOn: civilDateSchema },
    on: ({ approvedOn }) => approvedOn,
    decide: (ctx, { approvedOn }, { warn }) => {
      const calendar = officeCalendar(ctx);
      return (record) => {
        if (record.clock !== 'waiting-export') return refusal('CLOCK_NOT_WAITING', nameOf(record));
        const due = dueAfterExportApproval(calendar, { acceptedOn: present(record.acceptedOn, 'acceptance date'), approvedOn });
        warn(calendarWarning(due));
        return { dueOn: due.date };
      };
    },
    write: ({ entry, line }) => ({ set: { clock: 'running', due_on: line.dueOn }, facts: { exportApprovedOn: entry.facts.on, dueOn: line.dueOn } }),
  }),
  refundAct('review', {
    line: { opinion: z.string() },
    // Order of operations: 免抵退 first, the credit refund after it (policy-facts 3.9).
    decide: (_ctx, { opinion = '' }) => (record) =>
      (record.clock === 'waiting-export' ? refusal('EXPORT_NOT_APPROVED', nameOf(record)) : null) ?? nameQuestion(record, opinion) ?? { opinion },
    write: ({ line }) => ({ facts: { opinion: line.opinion } }),
  }),
  refundAct('approve', {
    line: lineAmounts,
    singly: 'APPROVED_ONLY_SINGLY',
    decide: (ctx, input, { reason }) => (record) => {
      const amounts = amountsOf(input, record.asked);
      const determined = determinedNow(ctx.db, record) ?? record.determined;
      return judgeApproved({ ...record, determined: lesser(record.determined, determined) }, amounts, reason) ?? judgeOthers(ctx.db, record, amounts) ?? amounts;
    },
    write: ({ entry, line }) => ({ set: { ...amountColumns('approved', line), ...keptColumns(null), decided_on: entry.facts.on, clock: 'done', due_on: null }, facts: amountFacts('approved', line) }),
  }),
  refundAct('returnForCorrection', {
    write: () => ({
      set: { ...amountColumns('approved', nothing), accepted_on: null, decided_on: null, clock: 'none', due_on: null, batch_no: null, sent_on: null, noticed_on: null },
    }),
  }),
  /** The determination has fallen and the approver stands by the approval; what it was kept against is kept. */
  refundAct('keepApproval', {
    line: lineAmounts,
    decide: (ctx) => (record) => {
      const now = determinedNow(ctx.db, record);
      return now === null || fallenKind(record, now) === null ? refusal('NOTHING_TO_KEEP', nameOf(record)) : { existing: now.existing, incremental: now.incremental };
    },
    write: ({ line }) => ({ set: keptColumns(line), facts: amountFacts('determined', line) }),
  }),
  refundAct('refuse', { write: ({ entry }) => ({ set: { decided_on: entry.facts.on, clock: 'done', due_on: null } }) }),
  refundAct('withdraw', { write: () => ({ set: { ...amountColumns('approved', nothing), clock: 'none', due_on: null } }) }),
  refundAct('reopen', {
    write: ({ before }) => {
      assert(before.paid.existing + before.paid.incremental === 0n, 'a paid refund is not opened again');
      return {
        set: {
          ...amountColumns('asked', nothing), ...amountColumns('approved', nothing), application_no: null, applied_on: null, accepted_on: null, first_accepted_on: null,
          decided_on: null, clock: 'none', due_on: null, ground: null, lapsed: 0n,
        },
        facts: before.applicationNo === null ? {} : { formerApplicationNo: before.applicationNo },
      };
    },
  }),
];

/** Made when first asked for, once. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function applicationLine(db: Database, record: RefundRecord, asked: LineAmounts, given: Account | undefined): (LineAmounts & { readonly account: PayeeAccount }) | Refusal {
  const account = given ?? record.account;
  return judgeAsked(record, asked) ?? judgeOthers(db, record, asked)
    ?? judgeAccount(nameOf(record), account) ?? { ...asked, account };
}

/** A name that may have lost a character passes the review only when the reviewer writes that the licence 营业执照 was seen (faults.md B4). */
function nameQuestion(record: RefundRecord, opinion: string): Refusal | null {
  const lost = lostInName({ name: record.name, accountName: record.account.accountName });
  return lost === null || licenceWord.test(opinion) ? null : refusal('NAME_UNPROVEN', { ...nameOf(record), character: lost });
}

/** Of each kind the smaller: what openCandidates entered, or the newest assessment where it is less. */
function lesser(a: LineAmounts, b: LineAmounts): LineAmounts {
  return { existing: minFen(a.existing, b.existing), incremental: minFen(a.incremental, b.incremental) };
}

/** Amounts as given; when neither is given, those known; a line left out beside a given one is zero. */
function amountsOf(given: { readonly existing?: Fen | undefined; readonly incremental?: Fen | undefined }, known: LineAmounts): LineAmounts {
  if (given.existing === undefined && given.incremental === undefined) return { existing: known.existing, incremental: known.incremental };
  return { existing: given.existing ?? 0n, incremental: given.incremental ?? 0n };
}
