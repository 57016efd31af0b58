/**
 * Operations of 退库. Acts take vouchers by number or all of a batch or state; each is done whole or not at all, with all refusals
 * listed at once. The acts are rows of the case table.
 */
import { z } from 'zod';
import { actedSchema, caseOperations, caseTold, selectionInput } from '../kernel/case-operations.ts';
import { businessDuties } from '../kernel/office.ts';
import { command, query } from '../kernel/operation.ts';
import { civilDateSchema, requiredText, textSchema, windowSchema, yuanTotal } from '../kernel/schema.ts';
import { paymentActs, paymentCases, paymentStates } from './cases.ts';
import { paymentRoles } from '../administration/duties.ts';
import { batchNoSchema, voucherNoSchema } from '../refunds/model.ts';
import { typedCodeSchema } from '../roster/typed-code.ts';
import { findingSchema, paymentDetailSchema, paymentRowSchema, reasonSchema } from './model.ts';
import { outcomeFields } from './outcome-fields.ts';
import { receivedLineSchema, receivedSchema, toldAnswers, toldSortKeys } from './received.ts';

const terms = {
  agencies: ['treasury'] as const, ref: voucherNoSchema, all: { batch: batchNoSchema.optional() }, errors: ['VOUCHER_UNKNOWN', 'VOUCHER_STATE_UNFIT', 'SAME_PERSON_TWO_PAYMENT_DUTIES'],
};
const acted = actedSchema('vouchers', z.strictObject({ voucherNo: z.string(), uscc: z.string(), name: z.string(), state: z.enum(paymentStates) }));
export type PaymentsActed = z.output<typeof acted>;

const reason = { reason: reasonSchema };
const batchSchema = z.strictObject({
  batchNo: z.string(), receivedOn: civilDateSchema, taxAuthority: z.string(), vouchers: z.number().int(), amount: yuanTotal, package: z.string(),
  waiting: z.number().int(), paid: z.number().int(), returned: z.number().int(),
  /** 明细核对码 of the vouchers as received: eight groups, equal to those on the tax office's printed list. */
  digest: z.string(),
});
/** A voucher that is not paid yet, and that a suspension stops. */
const stoppedSchema = z.strictObject({ voucherNo: z.string(), stateName: z.string(), amount: yuanTotal });
/** Whom the code names, and what is stopped or let go by it. */
const suspendedSchema = z.strictObject({ changed: z.boolean(), uscc: z.string(), name: z.string(), vouchers: z.array(stoppedSchema) });
const suspensionSchema = z.strictObject({
  uscc: z.string(), name: z.string(), reason: z.string(), since: civilDateSchema, source: z.enum(['notice', 'manual']), liftedOn: civilDateSchema.nullable(),
});

export const paymentSortKeys = ['voucherNo', 'name', 'amount', 'receivedOn', 'paidOn'] as const;
const treasury = { agencies: ['treasury'] } as const;

export const treasuryContract = {
  ...caseOperations(paymentCases, terms, acted),
  'treasury.findings': query(
    selectionInput(paymentCases, terms),
    z.strictObject({
      checked: z.number().int(),
      /** Vouchers in order, ready for `treasury.check`. */
      inOrder: z.array(z.string()),
      /** Vouchers with findings, to be returned. */
      /** What could not be compared, in words: a filing period of which no list was received. */
      remarks: z.array(z.string()),
      faulty: z.array(z.strictObject({ voucherNo: z.string(), uscc: z.string(), name: z.string(), amount: yuanTotal, findings: z.array(findingSchema) })),
    }),
    { ...treasury, title: '退还书审核意见', may: businessDuties },
  ),
  'treasury.suspend': command(
    z.strictObject({ uscc: typedCodeSchema, name: requiredText(200), ...reason }),
    suspendedSchema,
    { ...treasury, title: '登记暂缓退库', may: ['reviewer'], errors: ['SUSPENSION_STANDS', 'SUSPENSION_TAXPAYER_UNKNOWN', 'SUSPENSION_NAME_DIFFERS'] },
  ),
  'treasury.liftSuspension': command(
    z.strictObject({ uscc: typedCodeSchema, ...reason }),
    suspendedSchema,
    { ...treasury, title: '解除暂缓退库', may: ['approver'], errors: ['NO_SUCH_SUSPENSION', 'SUSPENSION_BY_NOTICE'] },
  ),
  'treasury.taxpayer': query(z.strictObject({ uscc: typedCodeSchema }), z.strictObject({ name: z.string().nullable(), vouchers: z.array(stoppedSchema) }), {
    ...treasury, title: '代码对应的纳税人与未退付的退还书', may: businessDuties,
  }),
  'treasury.suspensions': query(z.strictObject({}), z.strictObject({ suspensions: z.array(suspensionSchema) }), { agencies: ['finance', 'treasury'], title: '暂缓退库名单', may: businessDuties }),
  'treasury.list': query(
    z.strictObject({
      ...windowSchema,
      states: z.array(z.enum(paymentStates)).max(paymentStates.length).optional(),
      batch: batchNoSchema.optional(),
      /** Part of the name, the code, the voucher or application number. */
      text: textSchema(60).optional(),
      paidFrom: civilDateSchema.optional(),
      paidTo: civilDateSchema.optional(),
      sort: z.enum(paymentSortKeys).default('voucherNo'),
      descending: z.boolean().default(false),
    }),
    z.strictObject({ rows: z.array(paymentRowSchema), totals: z.strictObject({ count: z.number().int(), amount: yuanTotal }) }),
    { ...treasury, title: '退库清单', may: businessDuties },
  ),
  'treasury.get': query(
    z.strictObject({ voucher: voucherNoSchema }),
    z.strictObject({
      voucher: paymentDetailSchema,
      people: z.record(z.string(), z.string()),
      findings: z.array(findingSchema),
      outcomes: z.array(
        z.strictObject({
          no: z.number().int(), outcome: outcomeFields.outcome.view, on: civilDateSchema, reason: z.string().nullable(), cancelled: z.boolean(), sentToTax: z.boolean(),
          sentToFinance: z.boolean(),
        }),
      ),
      ...caseTold({ acts: paymentActs, states: paymentStates, roles: paymentRoles }),
    }),
    { ...treasury, title: '退还书详情', may: businessDuties, errors: ['VOUCHER_UNKNOWN'] },
  ),
  'treasury.batches': query(z.strictObject({}), z.strictObject({ batches: z.array(batchSchema) }), { ...treasury, title: '收到的退库批次', may: businessDuties }),
  'treasury.told': query(
    z.strictObject({}),
    z.strictObject({
      vouchers: z.strictObject({ count: z.number().int(), amount: yuanTotal }),
      paid: z.strictObject({ count: z.number().int(), amount: yuanTotal }),
      /** Lines that do not agree between list, batch and receipt. */
      differences: z.array(z.strictObject({ voucherNo: z.string(), name: z.string(), what: z.string() })),
    }),
    { agencies: ['finance'], title: '退库逐笔核对', may: businessDuties },
  ),
  'treasury.received': query(z.strictObject({}), receivedSchema, { agencies: ['finance'], title: '收到的批次、回单和清单', may: businessDuties }),
  'treasury.receivedLines': query(
    z.strictObject({
      ...windowSchema, batch: batchNoSchema.optional(), text: textSchema(60).optional(), answer: z.enum(toldAnswers).optional(), sort: z.enum(toldSortKeys).default('voucherNo'),
      descending: z.boolean().default(false),
    }),
    z.strictObject({ rows: z.array(receivedLineSchema), totals: z.strictObject({ count: z.number().int(), amount: yuanTotal, paid: yuanTotal }) }),
    { agencies: ['finance'], title: '收到的退还书与回单逐笔', may: businessDuties },
  ),
  'treasury.lifecycle': query(z.strictObject({}), z.strictObject({ lines: z.array(z.string()) }), { title: '国库退库状态图', may: 'anyone' }),
};
