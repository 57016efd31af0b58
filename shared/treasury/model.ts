/**
 * Words and shapes of 退库: a voucher as the treasury holds it, what its checks found, what became of it. The fields are those that the
 * tax office's batch carries; deciding is electron/treasury.
 * @source shared spec forms.md 4.3–4.6; exchange.md 2.6
 */
import { z } from 'zod';
import { taxpayerFields } from '../eligibility/fields.ts';
import { pickFields, viewOf } from '../kernel/record.ts';
import { civilDateSchema, periodSchema, requiredText, yuanTotal } from '../kernel/schema.ts';
import { voucherFields } from '../refunds/voucher-fields.ts';
import { paymentStates } from './cases.ts';
import type { outcomeNames } from './outcome-fields.ts';

export const usccSchema = taxpayerFields.uscc.schema;
export const reasonSchema = requiredText(200);

/** One row of the treasury's list. */
export const paymentRowSchema = z.strictObject({
  voucherNo: z.string(),
  refundNo: z.string(),
  batchNo: z.string(),
  uscc: z.string(),
  name: z.string(),
  filingPeriod: periodSchema,
  state: z.enum(paymentStates),
  stateName: z.string(),
  amount: yuanTotal,
  existing: yuanTotal,
  incremental: yuanTotal,
  subjectCode: z.string(),
  receivedOn: civilDateSchema,
  paidOn: civilDateSchema.nullable(),
  returnedOn: civilDateSchema.nullable(),
  reason: z.string().nullable(),
});
export type PaymentRow = z.output<typeof paymentRowSchema>;

/** Elements that a voucher's page and paper show as they stand on it; the amounts have names of their own there. */
export const shownElements = pickFields(voucherFields, [
  'route', 'size', 'subjectName', 'accountName', 'bank', 'bankAccount', 'bankCode', 'appliedOn', 'approvedOn', 'issuedOn', 'basis', 'issuedBy', 'checkedBy', 'replaces', 'note',
]);

/** A voucher with every element, for the window and for paper. */
export const paymentDetailSchema = paymentRowSchema.extend({
  ...viewOf(shownElements).shape, capital: z.string(), central: yuanTotal, province: yuanTotal, county: yuanTotal, refundReason: z.string(),
});

export const findingSchema = z.strictObject({ code: z.string(), message: z.string() });

export type OutcomeKind = keyof typeof outcomeNames;
