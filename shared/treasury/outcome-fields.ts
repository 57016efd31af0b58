/** What became of a voucher at the treasury 退库处理结果: paid 已退付, returned to the tax office unpaid 退回, or returned by the bank after payment 退票. */
import { taxpayerFields } from '../eligibility/fields.ts';
import { field } from '../kernel/record.ts';
import { lineFields, numberFields } from '../refunds/voucher-fields.ts';

export const outcomeNames = { paid: '已退付', returned: '退回', 'bank-returned': '退票' } as const;

export const outcomeFields = {
  ...numberFields,
  uscc: taxpayerFields.uscc,
  outcome: field.oneOf('处理结果', outcomeNames),
  amountFen: lineFields.amountFen,
  /** Day of payment or of return. */
  on: field.date('日期'),
  reasonCode: field.optional(field.text('原因代码', 40)),
  reason: field.optional(field.note('原因', 200)),
  checkedBy: field.text('审核人', 30),
  /** Null when nothing was paid. */
  paidBy: field.optional(field.text('退付人', 30)),
};
