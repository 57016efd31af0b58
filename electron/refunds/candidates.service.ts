/** The candidate list 应退名单 against the newest assessment: one entry with a line for each refund that comes in, changes or leaves. */
import { z } from 'zod';
import { errorMessage } from '../../shared/error-table.ts';
import { refuse } from '../../shared/errors.ts';
import { civilDateSchema, fenNotNegative, periodSchema } from '../../shared/kernel/schema.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { refundsContract } from '../../shared/refunds/contract.ts';
import { refundKeySchema, routes, sizes } from '../../shared/refunds/model.ts';
import { blobRefSchema, canonicalText, type Context, defineEntry, type HandlersOf, openCase, plain } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { planCandidates, withoutHeld, type RefundableDetermination } from './candidates.ts';
import { holdingRefunds } from './other-refunds.ts';
import { accountColumns, amountColumns, amountFacts, moveRefund, nothing, refundBook, requireRefund } from './refund-book.ts';
import { lineTotal } from './refund-record.ts';
import { insertRefund, readRefundsOfPeriod } from './refunds.sql.ts';

/** Where refundable determinations come from: the door of eligibility. */
export type DeterminationSource = (db: Database, period: TaxPeriod) => Iterable<RefundableDetermination>;

/** One line of a refreshed candidate list. `open`, `refresh` and `reopen` carry the newest determination. */
export const candidateLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['open', 'refresh', 'reopen']),
    refund: refundKeySchema,
    uscc: z.string(),
    name: z.string(),
    route: z.enum(routes),
    size: z.enum(sizes),
    determination: z.string(),
    existing: fenNotNegative,
    incremental: fenNotNegative,
    bank: z.string(),
    account: z.string(),
    accountName: z.string(),
    bankCode: z.string().nullable(),
  }),
  /** No longer refundable: a candidate leaves the list, a refund in hand falls to zero. */
  z.strictObject({ kind: z.literal('lapse'), refund: refundKeySchema }),
  z.strictObject({ kind: z.literal('fall'), refund: refundKeySchema }),
]);
export type CandidateLine = z.output<typeof candidateLine>;

export const candidatesOpened = defineEntry({
  kind: 'refunds.openCandidates',
  stream: 'business',
  version: 1,
  title: '列入应退名单',
  facts: z.strictObject({ period: periodSchema, on: civilDateSchema, count: z.number().int().min(1), lines: blobRefSchema }),
  fold({ db, lines }, entry) {
    const { period } = entry.facts;
    for (const value of lines(entry.facts.lines)) {
      const line = z.decode(candidateLine, value as z.input<typeof candidateLine>);
      if (line.kind === 'open') {
        insertRefund(db, entry.at, { ...line, period });
        openCase(db, refundBook, entry, 'open', line.refund, amountFacts('determined', line));
        continue;
      }
      const before = requireRefund(db, line.refund);
      if (line.kind === 'lapse') moveRefund(db, entry, 'lapse', before, null, { set: { ...amountColumns('determined', nothing), lapsed: 1n } });
      else if (line.kind === 'fall') moveRefund(db, entry, 'refresh', before, null, { set: amountColumns('determined', nothing), facts: amountFacts('determined', nothing) });
      else {
        const { name, route, size, determination } = line;
        // The account is the clerk's once an application stands; until then the roster's newest serves.
        const account = before.applicationNo === null ? accountColumns(line) : {};
        const set = { ...amountColumns('determined', line), ...account, name, route, size, determination, lapsed: 0n };
        moveRefund(db, entry, line.kind, before, null, { set, facts: amountFacts('determined', line) });
      }
    }
  },
});

export function candidateHandlers(determinations: DeterminationSource): HandlersOf<Pick<typeof refundsContract, 'refunds.openCandidates'>> {
  return { 'refunds.openCandidates': plain((ctx, { period }) => openCandidates(ctx, period, determinations)) };
}

function openCandidates(ctx: Context, period: TaxPeriod, determinations: DeterminationSource) {
  const found = [...determinations(ctx.db, period)];
  // An empty answer is a period never assessed, not a county without refunds: it must not empty the list.
  if (found.length === 0) refuse('NOTHING_DETERMINED', { period });
  const known = new Map(readRefundsOfPeriod(ctx.db, period).map((record) => [record.refund, record]));
  const holding = holdingRefunds(ctx.db);
  const parted = found.map((one) => withoutHeld(one, holding.get(one.uscc) ?? []));
  const plan = planCandidates(parted.map(({ open }) => open).filter(({ existingFen, incrementalFen }) => existingFen + incrementalFen > 0n), known);
  if (plan.lines.length > 0) {
    ctx.journal.append(candidatesOpened, {
      key: `refunds.openCandidates/${period}/${String(ctx.journal.head().seq + 1)}`,
      subject: period,
      period,
      facts: { period, on: ctx.today, count: plan.lines.length, lines: ctx.journal.putLines(plan.lines.map((line) => canonicalText(z.encode(candidateLine, line)))) },
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
    held: parted.flatMap(({ held }) => held).map(({ refund, name, kind, by }) => ({ refund, name, kind, message: errorMessage(by.code, by.params) })),
    decidedDiffer: plan.decidedDiffer.map(({ record, determined }) => ({ refund: record.refund, name: record.name, approved: lineTotal(record.approved), determined })),
  };
}
