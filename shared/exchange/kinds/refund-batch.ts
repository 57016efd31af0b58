/** REFUND_BATCH 退库批次: the head of a batch, exactly one row, and one row a 税收收入退还书. The shares sum to the amount, as do existing and incremental. */
import { field } from '../../kernel/record.ts';
import { batchFields, voucherFields } from '../../refunds/voucher-fields.ts';
import { defineKind, section, type RowOf } from '../section.ts';
import { taxpayerCodeSchema } from '../values.ts';

export const refundBatch = defineKind({
  title: '退库批次',
  from: ['tax'],
  to: ['finance', 'treasury'],
  sections: {
    /** `period` is the month in which the batch is sent. */
    batch: section('批次表头', { ...batchFields, period: field.period('月份') }, { sum: 'amountFen', one: true }),
    vouchers: section(
      '收入退还书',
      { ...voucherFields, uscc: field.own(voucherFields.uscc.label, taxpayerCodeSchema) },
      { unique: ['voucherNo'], sum: 'amountFen' },
      (row) => row
        .refine(({ existingFen, incrementalFen, amountFen }) => existingFen + incrementalFen === amountFen, { path: ['amountFen'], message: '与存量、增量之和不符' })
        .refine(({ centralFen, provinceFen, countyFen, amountFen }) => centralFen + provinceFen + countyFen === amountFen, { path: ['amountFen'], message: '与各级分担之和不符' })
        .refine(({ amountFen }) => amountFen > 0n, { path: ['amountFen'], message: '应大于零' })
        .refine(({ replaces, voucherNo }) => replaces !== voucherNo, { path: ['replaces'], message: '不能是本凭证' }),
    ),
  },
});
export type BatchRow = RowOf<typeof refundBatch.sections.batch>;
export type VoucherRow = RowOf<typeof refundBatch.sections.vouchers>;
