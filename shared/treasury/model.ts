/**
 * Words and shapes of 退库: a voucher as the treasury holds it, what its checks found, what became of it. The fields are those that the
 * tax office's batch carries; deciding is electron/treasury.
 * @source shared spec forms.md 4.3–4.6; exchange.md 2.6
 */
import { z } from 'zod';
import { paymentRoles } from '../administration/duties.ts';
import { routeIds, sizeClasses } from '../eligibility/model.ts';
import { civilDateSchema, instantSchema, periodSchema, requiredText, yuanNotNegative } from '../kernel/schema.ts';
import { paymentActs, paymentStates } from './cases.ts';

export const voucherNoSchema = z.string().regex(/^[0-9]{8}$/, '收入退还书号码应为八位数字');
export const batchNoSchema = z.string().regex(/^PC-[0-9]{4}-[0-9]{4}$/, '不是批次编号（PC-年度-四位序号）');
export const usccSchema = z.string().regex(/^[0-9A-Z]{15,20}$/, '不是统一社会信用代码');
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
  amount: yuanNotNegative,
  existing: yuanNotNegative,
  incremental: yuanNotNegative,
  subjectCode: z.string(),
  receivedOn: civilDateSchema,
  paidOn: civilDateSchema.nullable(),
  returnedOn: civilDateSchema.nullable(),
  reason: z.string().nullable(),
});
export type PaymentRow = z.output<typeof paymentRowSchema>;

/** A voucher with every element, for the window and for paper. */
export const paymentDetailSchema = paymentRowSchema.extend({
  route: z.enum(routeIds),
  size: z.enum([...sizeClasses, 'undetermined']),
  capital: z.string(),
  central: yuanNotNegative,
  province: yuanNotNegative,
  county: yuanNotNegative,
  subjectName: z.string(),
  accountName: z.string(),
  bank: z.string(),
  bankAccount: z.string(),
  bankCode: z.string().nullable(),
  appliedOn: civilDateSchema,
  approvedOn: civilDateSchema,
  issuedOn: civilDateSchema,
  refundReason: z.string(),
  basis: z.string(),
  issuedBy: z.string(),
  checkedBy: z.string(),
  replaces: z.string().nullable(),
  note: z.string().nullable(),
});

export const findingSchema = z.strictObject({ code: z.string(), message: z.string() });

export const paymentEventSchema = z.strictObject({
  no: z.number().int(),
  /** Sequence number of the journal entry. */
  entry: z.number().int(),
  act: z.enum(paymentActs),
  title: z.string(),
  from: z.enum(paymentStates).nullable(),
  to: z.enum(paymentStates),
  at: instantSchema,
  maker: z.string(),
  role: z.enum(paymentRoles).nullable(),
  reason: z.string().nullable(),
  /** What the act set beside the state; Chinese label → text. */
  details: z.record(z.string(), z.string()),
});
export type PaymentEvent = z.output<typeof paymentEventSchema>;

export const outcomeKinds = ['paid', 'returned', 'bank-returned'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];
