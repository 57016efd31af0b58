/**
 * Operations of 退税办理 and 销号. Every act takes one refund or many: `refunds` names them, `all` takes every one in a state; it is done
 * whole or not at all, and all refusals are listed at once. The acts are rows of the case table.
 */
import { z } from 'zod';
import { refundRoles } from '../administration/duties.ts';
import { actedSchema, caseOperations, caseTold } from '../kernel/case-operations.ts';
import { businessDuties, duties } from '../kernel/office.ts';
import { command, query } from '../kernel/operation.ts';
import { civilDateSchema, periodSchema, textSchema, windowSchema, yuanDifference, yuanTotal } from '../kernel/schema.ts';
import { calendarYearSchema } from '../kernel/working-days.ts';
import { refundActs, refundCases, refundStates } from './cases.ts';
import {
  batchNoSchema, lineKinds, movementKinds, reasonSchema, refundRefSchema, refundRowSchema, routes, sizes, voucherNoSchema, voucherSchema,
} from './model.ts';

const one = { refund: refundRefSchema };
const acted = actedSchema('refunds', z.strictObject({
  refund: z.string(), uscc: z.string(), name: z.string(), state: z.enum(refundStates), applicationNo: z.string().nullable(), voucherNo: z.string().nullable(),
  batchNo: z.string().nullable(), dueOn: civilDateSchema.nullable(),
}));
const acts = caseOperations(
  refundCases,
  { agencies: ['tax'], ref: refundRefSchema, all: { period: periodSchema.optional() }, errors: ['REFUND_UNKNOWN', 'REFUND_STATE_UNFIT', 'SAME_PERSON_TWO_DUTIES', 'DATE_IN_FUTURE'] },
  acted,
);
export type Acted = z.output<typeof acted>;

const rangeSchema = z.strictObject({ first: voucherNoSchema, last: voucherNoSchema });
const batchSchema = z.strictObject({
  batchNo: batchNoSchema,
  state: z.enum(['sealed', 'sent', 'cancelled']),
  formedOn: civilDateSchema,
  formedBy: z.string(),
  vouchers: z.number().int(),
  total: yuanTotal,
  sentOn: civilDateSchema.nullable(),
  package: z.string().nullable(),
  reason: z.string().nullable(),
});
const receiptLineSchema = z.strictObject({
  package: z.string(),
  line: z.number().int(),
  voucherNo: z.string(),
  outcome: z.enum(['paid', 'returned', 'bank-returned']),
  amount: yuanTotal,
  on: civilDateSchema,
  reason: z.string().nullable(),
  batchNo: z.string(),
  uscc: z.string(),
  verdict: z.enum(['posted', 'held', 'conflict']),
  /** Chinese phrase: why it is not posted. */
  why: z.string().nullable(),
});

export const refundSortKeys = ['refund', 'name', 'applicationNo', 'determined', 'asked', 'approved', 'paid', 'dueOn', 'changedAt'] as const;

const counted = z.strictObject({ count: z.number().int(), amount: yuanTotal });
/** A bank may date its return before the day on which the cross-off that it undoes was made. */
const countedSigned = z.strictObject({ count: z.number().int(), amount: yuanDifference });

const tally = { count: z.number().int(), determined: yuanTotal, asked: yuanTotal, approved: yuanTotal, paid: yuanTotal };

export const refundsContract = {
  'refunds.openCandidates': command(
    z.strictObject({ period: periodSchema }),
    z.strictObject({
      changed: z.boolean(), opened: z.number().int(), refreshed: z.number().int(), reopened: z.number().int(), lapsed: z.number().int(), fallen: z.number().int(),
      unchanged: z.number().int(),
      /** Kinds of credit left out, because another refund of the taxpayer in this ledger was paid it or has it under way. */
      held: z.array(z.strictObject({ refund: z.string(), name: z.string(), kind: z.enum(lineKinds), message: z.string() })),
      /** Refunds already decided whose determination has since changed: nothing was altered, a person must look. */
      decidedDiffer: z.array(z.strictObject({ refund: z.string(), name: z.string(), approved: yuanTotal, determined: yuanTotal })),
    }),
    { title: '列入应退名单', may: refundCases.acts.open.may, agencies: ['tax'], errors: ['NOTHING_DETERMINED'] },
  ),
  ...acts,
  // Count and total typed blind from the paper list by whoever seals; compared, never shown beforehand.
  'refunds.formBatch': { ...acts['refunds.formBatch'], output: z.strictObject({ changed: z.boolean(), batch: batchSchema.nullable() }) },
  'refunds.cancelBatch': command(
    z.strictObject({ batch: batchNoSchema, reason: reasonSchema }),
    z.strictObject({ changed: z.boolean(), batch: batchSchema }),
    { title: refundCases.acts.cancelBatch.title, may: refundCases.acts.cancelBatch.may, agencies: ['tax'], errors: ['BATCH_UNKNOWN', 'BATCH_STATE_UNFIT'] },
  ),
  'refunds.batches': query(z.strictObject({}), z.strictObject({ batches: z.array(batchSchema) }), { title: '退库批次', may: businessDuties, agencies: ['tax'] }),
  'refunds.matchReceipts': command(
    z.strictObject({}),
    z.strictObject({ changed: z.boolean(), matched: z.number().int(), open: z.number().int() }),
    { title: '核对待核回单', may: ['handler'], agencies: ['tax'] },
  ),
  'refunds.receiptExceptions': query(z.strictObject({}), z.strictObject({ lines: z.array(receiptLineSchema) }), {
    title: '待核与不符的回单', may: businessDuties, agencies: ['tax'],
  }),
  'refunds.addVoucherRange': command(
    rangeSchema,
    z.strictObject({ first: z.string(), last: z.string(), left: z.number().int() }),
    { title: '登记收入退还书号段', may: ['issuer'], agencies: ['tax'], errors: ['VOUCHER_RANGE_INVALID', 'VOUCHER_RANGE_OVERLAPS'] },
  ),
  'refunds.voucherRanges': query(
    z.strictObject({}),
    z.strictObject({
      ranges: z.array(z.strictObject({ first: z.string(), last: z.string(), next: z.string().nullable(), left: z.number().int(), addedOn: civilDateSchema, addedBy: z.string() })),
      left: z.number().int(),
    }),
    { title: '收入退还书号段', may: businessDuties, agencies: ['tax'] },
  ),
  'refunds.importCalendar': command(
    z.strictObject({ year: calendarYearSchema }),
    z.strictObject({ changed: z.boolean(), year: z.number().int() }),
    { title: '导入工作日历', may: ['system'] },
  ),
  'refunds.calendar': query(z.strictObject({}), z.strictObject({ years: z.array(calendarYearSchema) }), { title: '工作日历', may: duties }),
  'refunds.list': query(
    z.strictObject({
      ...windowSchema,
      period: periodSchema.optional(),
      states: z.array(z.enum(refundStates)).max(refundStates.length).optional(),
      size: z.enum(sizes).optional(),
      route: z.enum(routes).optional(),
      batch: batchNoSchema.optional(),
      /** Part of the name, the code, the application or voucher number. */
      text: textSchema(60).optional(),
      /** Clock running and due on or before this day. */
      dueBy: civilDateSchema.optional(),
      /** Approved, not paid, and the newest determination gives less. */
      fallen: z.boolean().optional(),
      sort: z.enum(refundSortKeys).default('refund'),
      descending: z.boolean().default(false),
    }),
    z.strictObject({ rows: z.array(refundRowSchema), totals: z.strictObject(tally) }),
    { title: '退税办理清单', may: businessDuties, agencies: ['tax'] },
  ),
  'refunds.get': query(
    z.strictObject(one),
    z.strictObject({
      refund: refundRowSchema,
      /** What the newest determination gives, where it is less than was approved and nobody has settled it. */
      fallen: z.strictObject({ existing: yuanTotal, incremental: yuanTotal, verdict: z.string() }).nullable(),
      account: z.strictObject({ bank: z.string(), account: z.string(), accountName: z.string(), bankCode: z.string().nullable() }),
      determination: z.string(),
      people: z.record(z.string(), z.string()),
      clock: z.strictObject({ reading: z.string(), workingDaysLeft: z.number().int().nullable(), overdue: z.boolean() }),
      vouchers: z.array(voucherSchema),
      clawbacks: z.array(
        z.strictObject({ no: z.number().int(), existing: yuanTotal, incremental: yuanTotal, receivedOn: civilDateSchema, document: z.string(), reason: z.string(), reversed: z.boolean() }),
      ),
      ...caseTold({ acts: refundActs, states: refundStates, roles: refundRoles }),
    }),
    { title: '退税办理详情', may: businessDuties, agencies: ['tax'], errors: ['REFUND_UNKNOWN'] },
  ),
  'refunds.funnel': query(
    z.strictObject({ period: periodSchema.optional() }),
    z.strictObject({
      /** Every refund stands in exactly one state: these rows add up to `total`. */
      states: z.array(z.strictObject({ state: z.enum(refundStates), stateName: z.string(), ...tally })),
      /** Refunds that have come at least this far by now. */
      reached: z.array(z.strictObject({ step: z.enum(['listed', 'applied', 'accepted', 'approved', 'sent', 'paid', 'crossed-off']), title: z.string(), count: z.number().int(), amount: yuanTotal })),
      total: z.strictObject(tally),
    }),
    { title: '退税进度', may: businessDuties, agencies: ['tax'] },
  ),
  'refunds.monthly': query(
    z.strictObject({ period: periodSchema }),
    z.strictObject({
      period: periodSchema,
      /** The county plan asks for the report by this day of the next month. */
      dueOn: civilDateSchema,
      rows: z.array(
        z.strictObject({
          size: z.enum(sizes), route: z.enum(routes), creditKind: z.enum(lineKinds), refunds: z.number().int(), amount: yuanTotal, cumulativeRefunds: z.number().int(),
          cumulative: yuanTotal,
        }),
      ),
      /** What happened in the month, each by its own day: opening + paid − returned − crossedOff + undone = outstanding. */
      paid: counted, returned: counted, crossedOff: counted, undone: counted, clawedBack: counted, clawbackUndone: counted,
      /** Paid and not crossed off, at the beginning and at the end of the month. */
      opening: countedSigned, outstanding: countedSigned,
      /** Paid in the month and not returned by its end: the sum of `rows`; and the same from the first month on. */
      standing: counted, cumulative: counted,
      /** Of the above, what was registered after `dueOn`: a print made by then did not have it. */
      late: z.array(z.strictObject({ kind: z.enum(movementKinds), title: z.string(), count: z.number().int(), amount: yuanTotal })),
    }),
    { title: '月度退税与销号汇总', may: businessDuties, agencies: ['tax'] },
  ),
  'refunds.lifecycle': query(
    z.strictObject({}),
    z.strictObject({
      lines: z.array(z.string()),
      acts: z.array(
        z.strictObject({
          act: z.string(), title: z.string(), from: z.array(z.string()), to: z.string(), may: z.array(z.enum(businessDuties)), role: z.string().nullable(),
          reasonRequired: z.boolean(), basis: z.string().nullable(),
        }),
      ),
    }),
    { title: '退税办理状态图', may: 'anyone' },
  ),
};
