/**
 * Operations of 退税办理 and 销号. Every act takes one refund or many: `refunds` names them, `all` takes every one in a state; it is done
 * whole or not at all, and all refusals are listed at once. Who may is read from the lifecycle table.
 */
import { z } from 'zod';
import { businessDuties } from '../kernel/office.ts';
import { command, query, type Operation } from '../kernel/operation.ts';
import { civilDateSchema, periodSchema, requiredText, textSchema, windowSchema, yuanNotNegative } from '../kernel/schema.ts';
import { calendarYearSchema } from '../kernel/working-days.ts';
import { refundStates, suspensionGrounds, terminationGrounds, transitions, type RefundAct } from './lifecycle.ts';
import {
  accountSchema, batchNoSchema, lineKinds, possibleActSchema, reasonSchema, refundEventSchema, refundRefSchema, refundRowSchema, routes, sizes,
  voucherNoSchema, voucherSchema,
} from './model.ts';

/** Most refunds one act may name; more are done by `all` or in several acts. */
export const refundsPerActMax = 20_000;

const selectionShape = {
  refunds: z.array(refundRefSchema).min(1).max(refundsPerActMax).optional(),
  all: z.strictObject({ state: z.enum(refundStates).optional(), period: periodSchema.optional() }).optional(),
};
export type Selection = {
  readonly refunds?: readonly string[] | undefined;
  readonly all?: { readonly state?: (typeof refundStates)[number] | undefined; readonly period?: z.output<typeof periodSchema> | undefined } | undefined;
};

/** `{refunds: […], …}` or `{all: {state?, period?}, …}`, exactly one of the two. */
function selectionOf<S extends z.ZodRawShape>(more: S) {
  return z.strictObject({ ...selectionShape, ...more }).refine((input) => {
    const { refunds, all } = input as Selection; // the two keys of selectionShape
    return (refunds === undefined) !== (all === undefined);
  }, '请指定 refunds（逐笔）或 all（全部），二者取一');
}

const on = { on: civilDateSchema.optional() };
const reason = { reason: reasonSchema };
const one = { refund: refundRefSchema };

const actedSchema = z.strictObject({
  changed: z.boolean(),
  /** Sequence number of the journal entry; null when nothing changed. */
  entry: z.number().int().nullable(),
  count: z.number().int(),
  total: yuanNotNegative,
  refunds: z.array(
    z.strictObject({
      refund: z.string(), uscc: z.string(), name: z.string(), state: z.enum(refundStates), applicationNo: z.string().nullable(), voucherNo: z.string().nullable(),
      batchNo: z.string().nullable(), dueOn: civilDateSchema.nullable(),
    }),
  ).readonly(),
  warnings: z.array(z.string()).readonly(),
});
export type Acted = z.output<typeof actedSchema>;

/** The row of an act: title and duty come from the lifecycle table. */
function act<I extends z.ZodType>(name: RefundAct, input: I, errors: readonly string[] = []): Operation<'command', I, typeof actedSchema> {
  const { title, may } = transitions[name];
  return command(input, actedSchema, {
    title,
    may,
    agencies: ['tax'],
    errors: ['REFUND_UNKNOWN', 'REFUND_STATE_UNFIT', 'SAME_PERSON_TWO_DUTIES', 'BULK_REFUSED', 'DATE_IN_FUTURE', ...errors],
  });
}

const rangeSchema = z.strictObject({ first: voucherNoSchema, last: voucherNoSchema });
const batchSchema = z.strictObject({
  batchNo: batchNoSchema,
  state: z.enum(['sealed', 'sent', 'cancelled']),
  formedOn: civilDateSchema,
  formedBy: z.string(),
  vouchers: z.number().int(),
  total: yuanNotNegative,
  sentOn: civilDateSchema.nullable(),
  package: z.string().nullable(),
  reason: z.string().nullable(),
});
const receiptLineSchema = z.strictObject({
  package: z.string(),
  line: z.number().int(),
  voucherNo: z.string(),
  outcome: z.enum(['paid', 'returned', 'bank-returned']),
  amount: yuanNotNegative,
  on: civilDateSchema,
  reason: z.string().nullable(),
  batchNo: z.string(),
  uscc: z.string(),
  verdict: z.enum(['posted', 'held', 'conflict']),
  /** Chinese phrase: why it is not posted. */
  why: z.string().nullable(),
});

export const refundSortKeys = ['refund', 'name', 'applicationNo', 'determined', 'asked', 'approved', 'paid', 'dueOn', 'changedAt'] as const;

const tally = { count: z.number().int(), determined: yuanNotNegative, asked: yuanNotNegative, approved: yuanNotNegative, paid: yuanNotNegative };

export const refundsContract = {
  'refunds.openCandidates': command(
    z.strictObject({ period: periodSchema }),
    z.strictObject({
      changed: z.boolean(), opened: z.number().int(), refreshed: z.number().int(), reopened: z.number().int(), lapsed: z.number().int(), fallen: z.number().int(),
      unchanged: z.number().int(),
      /** Refunds already decided whose determination has since changed: nothing was altered, a person must look. */
      decidedDiffer: z.array(z.strictObject({ refund: z.string(), name: z.string(), approved: yuanNotNegative, determined: yuanNotNegative })),
    }),
    { title: '列入应退名单', may: transitions.open.may, agencies: ['tax'], errors: ['NOTHING_DETERMINED'] },
  ),
  'refunds.inform': act('inform', selectionOf({ ...on, channel: textSchema(60).default('') })),
  'refunds.apply': act(
    'apply',
    selectionOf({ ...on, existing: yuanNotNegative.optional(), incremental: yuanNotNegative.optional(), account: accountSchema.optional() }),
    ['ASKED_NOTHING', 'ASKED_EXCEEDS_DETERMINED', 'ASKED_ONLY_SINGLY', 'ACCOUNT_UNKNOWN', 'ACCOUNT_INVALID', 'ACCOUNT_NAME_DIFFERS', 'DATE_TOO_EARLY'],
  ),
  'refunds.accept': act('accept', selectionOf({ ...on, exportRefundPending: z.boolean().default(false) }), ['DATE_TOO_EARLY']),
  'refunds.startClock': act('startClock', selectionOf({ approvedOn: civilDateSchema }), ['CLOCK_NOT_WAITING']),
  'refunds.review': act('review', selectionOf({ opinion: textSchema(500).default('') }), ['EXPORT_NOT_APPROVED']),
  'refunds.approve': act(
    'approve',
    selectionOf({ existing: yuanNotNegative.optional(), incremental: yuanNotNegative.optional(), reason: reasonSchema.optional() }),
    ['APPROVED_EXCEEDS_ASKED', 'APPROVED_EXCEEDS_DETERMINED', 'APPROVED_NOTHING', 'APPROVED_LESS_NEEDS_REASON', 'APPROVED_ONLY_SINGLY'],
  ),
  'refunds.returnForCorrection': act('returnForCorrection', selectionOf(reason)),
  'refunds.resubmit': act(
    'resubmit',
    selectionOf({ existing: yuanNotNegative.optional(), incremental: yuanNotNegative.optional(), account: accountSchema.optional() }),
    ['ASKED_NOTHING', 'ASKED_EXCEEDS_DETERMINED', 'ASKED_ONLY_SINGLY', 'ACCOUNT_UNKNOWN', 'ACCOUNT_INVALID', 'ACCOUNT_NAME_DIFFERS'],
  ),
  'refunds.suspend': act('suspend', selectionOf({ ...reason, ground: z.enum(keysOf(suspensionGrounds)) })),
  'refunds.resume': act('resume', selectionOf({ ...reason, ...on })),
  'refunds.noticeSuspension': act('noticeSuspension', selectionOf({ ...reason, ground: z.enum(keysOf(suspensionGrounds)) }), ['NOTICE_STANDS']),
  'refunds.liftNotice': act('liftNotice', selectionOf(reason), ['NO_SUCH_NOTICE']),
  'refunds.terminate': act('terminate', selectionOf({ ...reason, ground: z.enum(keysOf(terminationGrounds)) })),
  'refunds.refuse': act('refuse', selectionOf(reason)),
  'refunds.withdraw': act('withdraw', selectionOf(reason)),
  'refunds.reopen': act('reopen', selectionOf(reason)),
  'refunds.issueVouchers': act('issueVoucher', selectionOf({}), ['SUBJECT_UNKNOWN', 'ACCOUNT_UNKNOWN', 'ACCOUNT_INVALID', 'ACCOUNT_NAME_DIFFERS', 'VOUCHER_RANGE_EXHAUSTED']),
  'refunds.checkVouchers': act('checkVoucher', selectionOf({})),
  'refunds.voidVouchers': act('voidVoucher', selectionOf(reason)),
  'refunds.correctReturned': act(
    'correctReturned',
    z.strictObject({ ...one, ...reason, account: accountSchema.optional() }),
    ['ACCOUNT_UNKNOWN', 'ACCOUNT_INVALID', 'ACCOUNT_NAME_DIFFERS'],
  ),
  'refunds.formBatch': command(
    // Count and total typed blind from the paper list by whoever seals; compared, never shown beforehand.
    selectionOf({ expected: z.strictObject({ count: z.number().int().min(0), total: yuanNotNegative }).optional() }),
    z.strictObject({ changed: z.boolean(), batch: batchSchema.nullable() }),
    {
      title: transitions.formBatch.title, may: transitions.formBatch.may, agencies: ['tax'],
      errors: ['REFUND_UNKNOWN', 'REFUND_STATE_UNFIT', 'BULK_REFUSED', 'BATCH_TOTAL_DIFFERS'],
    },
  ),
  'refunds.cancelBatch': command(
    z.strictObject({ batch: batchNoSchema, ...reason }),
    z.strictObject({ changed: z.boolean(), batch: batchSchema }),
    { title: transitions.cancelBatch.title, may: transitions.cancelBatch.may, agencies: ['tax'], errors: ['BATCH_UNKNOWN', 'BATCH_STATE_UNFIT'] },
  ),
  'refunds.batches': query(z.strictObject({}), z.strictObject({ batches: z.array(batchSchema) }), { title: '退库批次', may: 'signed-in', agencies: ['tax'] }),
  'refunds.crossOff': act('crossOff', selectionOf(on), ['RECEIPT_LINE_MISSING', 'DATE_TOO_EARLY']),
  'refunds.undoCrossOff': act('undoCrossOff', selectionOf(reason)),
  'refunds.matchReceipts': command(
    z.strictObject({}),
    z.strictObject({ changed: z.boolean(), matched: z.number().int(), open: z.number().int() }),
    { title: '核对待核回单', may: ['handler'], agencies: ['tax'] },
  ),
  'refunds.receiptExceptions': query(z.strictObject({}), z.strictObject({ lines: z.array(receiptLineSchema) }), {
    title: '待核与不符的回单', may: 'signed-in', agencies: ['tax'],
  }),
  'refunds.clawBack': act(
    'clawBackPart',
    z.strictObject({ ...one, ...on, ...reason, existing: yuanNotNegative, incremental: yuanNotNegative, document: requiredText(60) }),
    ['CLAWBACK_EXCEEDS_PAID', 'CLAWBACK_NOTHING'],
  ),
  'refunds.undoClawBack': act('undoClawBack', z.strictObject({ ...one, ...reason, no: z.number().int().min(1) }), ['NO_SUCH_CLAWBACK']),
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
    { title: '收入退还书号段', may: 'signed-in', agencies: ['tax'] },
  ),
  'refunds.importCalendar': command(
    z.strictObject({ year: calendarYearSchema }),
    z.strictObject({ changed: z.boolean(), year: z.number().int() }),
    { title: '导入工作日历', may: ['system'] },
  ),
  'refunds.calendar': query(z.strictObject({}), z.strictObject({ years: z.array(calendarYearSchema) }), { title: '工作日历', may: 'signed-in' }),
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
      sort: z.enum(refundSortKeys).default('refund'),
      descending: z.boolean().default(false),
    }),
    z.strictObject({ rows: z.array(refundRowSchema), totals: z.strictObject(tally) }),
    { title: '退税办理清单', may: 'signed-in', agencies: ['tax'] },
  ),
  'refunds.get': query(
    z.strictObject(one),
    z.strictObject({
      refund: refundRowSchema,
      account: z.strictObject({ bank: z.string(), account: z.string(), accountName: z.string(), bankCode: z.string().nullable() }),
      determination: z.string(),
      people: z.record(z.string(), z.string()),
      clock: z.strictObject({ reading: z.string(), workingDaysLeft: z.number().int().nullable(), overdue: z.boolean() }),
      vouchers: z.array(voucherSchema),
      clawbacks: z.array(
        z.strictObject({ no: z.number().int(), existing: yuanNotNegative, incremental: yuanNotNegative, receivedOn: civilDateSchema, document: z.string(), reason: z.string(), reversed: z.boolean() }),
      ),
      history: z.array(refundEventSchema),
      acts: z.array(possibleActSchema),
    }),
    { title: '退税办理详情', may: 'signed-in', agencies: ['tax'], errors: ['REFUND_UNKNOWN'] },
  ),
  'refunds.funnel': query(
    z.strictObject({ period: periodSchema.optional() }),
    z.strictObject({
      /** Every refund stands in exactly one state: these rows add up to `total`. */
      states: z.array(z.strictObject({ state: z.enum(refundStates), stateName: z.string(), ...tally })),
      /** Refunds that have come at least this far by now. */
      reached: z.array(z.strictObject({ step: z.enum(['listed', 'applied', 'accepted', 'approved', 'sent', 'paid', 'crossed-off']), title: z.string(), count: z.number().int(), amount: yuanNotNegative })),
      total: z.strictObject(tally),
    }),
    { title: '退税进度', may: 'signed-in', agencies: ['tax'] },
  ),
  'refunds.monthly': query(
    z.strictObject({ period: periodSchema }),
    z.strictObject({
      period: periodSchema,
      /** The county plan asks for the report by this day of the next month. */
      dueOn: civilDateSchema,
      rows: z.array(
        z.strictObject({
          size: z.enum(sizes), route: z.enum(routes), creditKind: z.enum(lineKinds), refunds: z.number().int(), amount: yuanNotNegative, cumulativeRefunds: z.number().int(),
          cumulative: yuanNotNegative,
        }),
      ),
      paid: z.strictObject({ count: z.number().int(), amount: yuanNotNegative }),
      bankReturned: z.strictObject({ count: z.number().int(), amount: yuanNotNegative }),
      crossedOff: z.strictObject({ count: z.number().int(), amount: yuanNotNegative }),
      /** Paid by the end of the month and not crossed off yet. */
      outstanding: z.strictObject({ count: z.number().int(), amount: yuanNotNegative }),
      cumulative: z.strictObject({ count: z.number().int(), amount: yuanNotNegative }),
    }),
    { title: '月度退税与销号汇总', may: 'signed-in', agencies: ['tax'] },
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

function keysOf<K extends string>(table: Readonly<Record<K, string>>): K[] {
  return Object.keys(table) as K[]; // the keys of a closed table
}
