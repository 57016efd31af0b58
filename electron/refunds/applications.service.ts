/** Handlers from the candidate list to the decision: 应退名单、告知、申请、受理、审核、核准、补正、撤回、不予、重新列入. */
import { refusal, refuse } from '../../shared/errors.ts';
import { assert, present } from '../../shared/kernel/assert.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import { firstDay, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RefundAct } from '../../shared/refunds/lifecycle.ts';
import type { refundsContract} from '../../shared/refunds/contract.ts';
import { type Selection } from '../../shared/refunds/contract.ts';
import type { Account, LineAmounts } from '../../shared/refunds/model.ts';
import { type Context, type HandlersOf, plain } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { putActLines } from './act-entry.ts';
import { chosenRefunds, requireNotFuture, runAct } from './act-frame.ts';
import { standingPolicy } from '../policy/index.ts';
import { judgeApproved, judgeAsked, nameOf } from './amounts.ts';
import {
  accepted, applied, approved, candidateLine, candidatesOpened, exportApproved, informed, refused, reopened, resubmitted, returnedForCorrection, reviewed, withdrawn,
} from './application-entries.ts';
import { officeCalendar } from './calendar.ts';
import { planCandidates, type RefundableDetermination } from './candidates.ts';
import { calendarWarning, clockAtAcceptance, dueAfterExportApproval } from './legal-clock.ts';
import { nextNumbers } from './numbers.ts';
import { lineTotal, type RefundRecord } from './refund-record.ts';
import { regimeWarning } from './regime.ts';
import { readRefundsOfPeriod } from './refunds.sql.ts';
import { judgeAccount, type PayeeAccount } from './voucher.ts';
import { lastNumber } from './vouchers.sql.ts';

/** Where refundable determinations come from: the door of eligibility. */
export type DeterminationSource = (db: Database, period: TaxPeriod) => Iterable<RefundableDetermination>;

type Names = 'openCandidates' | 'inform' | 'apply' | 'accept' | 'startClock' | 'review' | 'approve' | 'returnForCorrection' | 'resubmit' | 'withdraw' | 'refuse' | 'reopen';
export type ApplicationOperations = Pick<typeof refundsContract, `refunds.${Names}`>;

export function applicationHandlers(determinations: DeterminationSource): HandlersOf<ApplicationOperations> {
  return {
    'refunds.openCandidates': plain((ctx, { period }) => openCandidates(ctx, period, determinations)),
    'refunds.inform': plain((ctx, input) =>
      runAct(ctx, informed, { ...input, on: requireNotFuture(ctx, input.on ?? ctx.today), reason: null }, (record) => ({ refund: record.refund, channel: input.channel })),
    ),
    'refunds.apply': plain(apply),
    'refunds.accept': plain((ctx, input) => {
      const on = requireNotFuture(ctx, input.on ?? ctx.today);
      const start = clockAtAcceptance(officeCalendar(ctx), on, input.exportRefundPending);
      const warnings = start.due === null ? new Set<string>() : warningsOf(calendarWarning(start.due));
      return runAct(ctx, accepted, { ...input, on, reason: null }, (record) => {
        const appliedOn = present(record.appliedOn, 'application date');
        if (on < appliedOn) return refusal('DATE_TOO_EARLY', { ...nameOf(record), date: on, before: '申请日期', earliest: appliedOn });
        return { refund: record.refund, dueOn: start.due?.date ?? null };
      }, warnings);
    }),
    'refunds.startClock': plain((ctx, input) => {
      const approvedOn = requireNotFuture(ctx, input.approvedOn);
      const calendar = officeCalendar(ctx);
      const warnings = new Set<string>();
      return runAct(ctx, exportApproved, { ...input, on: approvedOn, reason: null }, (record) => {
        if (record.clock !== 'waiting-export') return refusal('CLOCK_NOT_WAITING', nameOf(record));
        const due = dueAfterExportApproval(calendar, { acceptedOn: present(record.acceptedOn, 'acceptance date'), approvedOn });
        for (const warning of warningsOf(calendarWarning(due))) warnings.add(warning);
        return { refund: record.refund, dueOn: due.date };
      }, warnings);
    }),
    'refunds.review': plain((ctx, input) =>
      runAct(ctx, reviewed, { ...input, on: ctx.today, reason: null }, (record) => {
        // Order of operations: 免抵退 first, the credit refund after it (policy-facts 3.9).
        if (record.clock === 'waiting-export') return refusal('EXPORT_NOT_APPROVED', nameOf(record));
        return { refund: record.refund, opinion: input.opinion };
      }),
    ),
    'refunds.approve': plain((ctx, input) => {
      const reason = input.reason ?? null;
      requireSingle(ctx, 'approve', input, input.existing ?? input.incremental, 'APPROVED_ONLY_SINGLY');
      return runAct(ctx, approved, { ...input, on: ctx.today, reason }, (record) => {
        const amounts = amountsOf(input, record.asked);
        return judgeApproved(record, amounts, reason) ?? { refund: record.refund, ...amounts };
      });
    }),
    'refunds.returnForCorrection': plain((ctx, input) => runAct(ctx, returnedForCorrection, { ...input, on: ctx.today }, (record) => ({ refund: record.refund }))),
    'refunds.resubmit': plain((ctx, input) => {
      requireSingle(ctx, 'resubmit', input, input.existing ?? input.incremental ?? input.account, 'ASKED_ONLY_SINGLY');
      return runAct(ctx, resubmitted, { ...input, on: ctx.today, reason: null }, (record) => applicationLine(record, amountsOf(input, record.asked), input.account));
    }),
    'refunds.withdraw': plain((ctx, input) => runAct(ctx, withdrawn, { ...input, on: ctx.today }, (record) => ({ refund: record.refund }))),
    'refunds.refuse': plain((ctx, input) => runAct(ctx, refused, { ...input, on: ctx.today }, (record) => ({ refund: record.refund }))),
    'refunds.reopen': plain((ctx, input) => runAct(ctx, reopened, { ...input, on: ctx.today }, (record) => ({ refund: record.refund }))),
  };
}

function openCandidates(ctx: Context, period: TaxPeriod, determinations: DeterminationSource) {
  const found = [...determinations(ctx.db, period)];
  // An empty answer is a period never assessed, not a county without refunds: it must not empty the list.
  if (found.length === 0) refuse('NOTHING_DETERMINED', { period });
  const standing = new Map(readRefundsOfPeriod(ctx.db, period).map((record) => [record.refund, record]));
  const plan = planCandidates(found, standing);
  if (plan.lines.length > 0) {
    ctx.journal.append(candidatesOpened, {
      key: `refunds.openCandidates/${period}/${String(ctx.journal.head().seq + 1)}`,
      subject: period,
      period,
      facts: { period, on: ctx.today, count: plan.lines.length, lines: putActLines(ctx, candidateLine, plan.lines) },
    });
  }
  const count = (kind: (typeof plan.lines)[number]['kind']): number => plan.lines.filter((line) => line.kind === kind).length;
  return {
    changed: plan.lines.length > 0,
    opened: count('open'),
    refreshed: count('refresh'),
    reopened: count('reopen'),
    lapsed: count('lapse'),
    fallen: count('fall'),
    unchanged: plan.unchanged,
    decidedDiffer: plan.decidedDiffer.map(({ record, determined }) => ({ refund: record.refund, name: record.name, approved: lineTotal(record.approved), determined })),
  };
}

type ApplyInput = Selection & {
  readonly on?: Context['today'] | undefined; readonly existing?: Fen | undefined; readonly incremental?: Fen | undefined; readonly account?: Account | undefined;
};

/** Existing and incremental credit are two lines of one application; without amounts, all that is due is asked for. */
function apply(ctx: Context, input: ApplyInput) {
  requireSingle(ctx, 'apply', input, input.existing ?? input.incremental ?? input.account, 'ASKED_ONLY_SINGLY');
  const on = requireNotFuture(ctx, input.on ?? ctx.today);
  const last = lastNumber(ctx.db, `SQ-${ctx.today.slice(0, 4)}`);
  const warnings = new Set<string>();
  const policy = lazily(() => standingPolicy(ctx));
  return runAct(ctx, applied, { ...input, on, reason: null }, (record, index) => {
    const opens = firstDay(record.period);
    if (on < opens) return refusal('DATE_TOO_EARLY', { ...nameOf(record), date: on, before: '申报期首日', earliest: opens });
    const line = applicationLine(record, amountsOf(input, record.determined), input.account);
    if (!('refund' in line)) return line;
    const [applicationNo] = nextNumbers('SQ', ctx.today, last + index, 1);
    assert(applicationNo !== undefined, 'one number was asked for');
    const warning = regimeWarning(policy, record.period, on);
    if (warning !== null) warnings.add(warning);
    return { ...line, applicationNo };
  }, warnings);
}

/** Made when first asked for, once. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function applicationLine(record: RefundRecord, asked: LineAmounts, given: Account | undefined): (LineAmounts & { readonly refund: string; readonly account: PayeeAccount }) | Refusal {
  const account = given ?? record.account;
  return judgeAsked(record, asked) ?? judgeAccount({ name: record.name, refund: nameOf(record).refund }, account) ?? { refund: record.refund, ...asked, account };
}

/** Amounts as given; when neither is given, the standing ones; a line left out beside a given one is zero. */
function amountsOf(given: { readonly existing?: Fen | undefined; readonly incremental?: Fen | undefined }, standing: LineAmounts): LineAmounts {
  if (given.existing === undefined && given.incremental === undefined) return standing;
  return { existing: given.existing ?? 0n, incremental: given.incremental ?? 0n };
}

/** Amounts and accounts belong to one taxpayer: given together with many refunds they are refused. */
function requireSingle(ctx: Context, act: RefundAct, selection: Selection, given: unknown, code: 'ASKED_ONLY_SINGLY' | 'APPROVED_ONLY_SINGLY'): void {
  if (given === undefined) return;
  const { records, unknown } = chosenRefunds(ctx, act, selection);
  const count = records.length + unknown.length;
  if (count > 1) refuse(code, { count });
}

function warningsOf(warning: string | null): Set<string> {
  return new Set(warning === null ? [] : [warning]);
}
