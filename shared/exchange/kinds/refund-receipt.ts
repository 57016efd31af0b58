/**
 * REFUND_RECEIPT 退库回单, one row a voucher whose state changed at the treasury. A voucher may stand in several receipts (paid, later bank-returned),
 * once in each.
 */
import { field } from '../../kernel/record.ts';
import { outcomeFields } from '../../treasury/outcome-fields.ts';
import { defineKind, section, type RowOf } from '../section.ts';
import { taxpayerCodeSchema } from '../values.ts';

export const refundReceipt = defineKind({
  title: '退库回单',
  from: ['treasury'],
  to: ['tax', 'finance'],
  sections: {
    outcomes: section(
      '退库处理结果',
      { ...outcomeFields, uscc: field.own(outcomeFields.uscc.label, taxpayerCodeSchema) },
      { unique: ['voucherNo', 'outcome'], sum: 'amountFen' },
      (row) => row
        .refine(({ outcome, reasonCode }) => (outcome === 'paid') === (reasonCode === null), { path: ['reasonCode'], message: '退回须写明原因，已退付不写' })
        .refine(({ outcome, paidBy }) => (outcome === 'returned') === (paidBy === null), { path: ['paidBy'], message: '退付人与处理结果不符' })
        .refine(({ amountFen }) => amountFen > 0n, { path: ['amountFen'], message: '应大于零' }),
    ),
  },
});
export type OutcomeRow = RowOf<typeof refundReceipt.sections.outcomes>;
