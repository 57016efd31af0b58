/**
 * What finance received of refunds, to be opened 收到的批次、回单和清单: batches, months and lists, and every voucher beside what the receipts told of it. Shares by
 * level 分担 are null where they were not told; what cannot be split is said as an amount of its own. Forms and words only.
 */
import { z } from 'zod';
import { civilDateSchema, periodSchema, yuanTotal } from '../kernel/schema.ts';

/** What the receipts say of a voucher by now. */
export const toldAnswers = ['waiting', 'paid', 'returned', 'bank-returned'] as const;
export type ToldAnswer = (typeof toldAnswers)[number];
export const toldAnswerNames: Readonly<Record<ToldAnswer, string>> = { waiting: '未收到回单', paid: '已退付', returned: '已退回', 'bank-returned': '已退汇' };

export const toldSortKeys = ['voucherNo', 'name', 'amount', 'paidOn'] as const;

const count = z.number().int();
const shares = { central: yuanTotal.nullable(), province: yuanTotal.nullable(), county: yuanTotal.nullable() };

const batchSchema = z.strictObject({
  batchNo: z.string(), receivedOn: civilDateSchema, package: z.string(), vouchers: count, amount: yuanTotal, ...shares, paid: count, paidAmount: yuanTotal, returned: count, waiting: count,
  /** Vouchers of the batch in which list, batch and receipt do not agree. */
  differing: count,
});
/** Payments and bank returns 退汇 by the day the receipts name. `unsplit`: paid without a voucher of the same amount whose shares are known. */
const monthSchema = z.strictObject({
  month: periodSchema, paid: count, paidAmount: yuanTotal, central: yuanTotal, province: yuanTotal, county: yuanTotal, unsplit: yuanTotal, bankReturned: count, bankReturnedAmount: yuanTotal,
});
const listSchema = z.strictObject({ filingPeriod: periodSchema, package: z.string(), taxpayers: count, existing: yuanTotal, incremental: yuanTotal });

export const receivedSchema = z.strictObject({ batches: z.array(batchSchema), months: z.array(monthSchema), lists: z.array(listSchema) });

export const receivedLineSchema = z.strictObject({
  voucherNo: z.string(), refundNo: z.string(), batchNo: z.string(), uscc: z.string(), name: z.string(), filingPeriod: periodSchema, existing: yuanTotal, incremental: yuanTotal,
  amount: yuanTotal, ...shares, answer: z.enum(toldAnswers), paidOn: civilDateSchema.nullable(), paidAmount: yuanTotal.nullable(), returnedOn: civilDateSchema.nullable(),
  /** Every disagreement in words, joined; null where there is none. */
  differs: z.string().nullable(),
});
