/** One suspension 暂缓退库 as the tax office tells it: whose refund, on which ground of the law, since when, and released when. */
import { field } from '../kernel/record.ts';
import { suspensionGrounds } from './grounds.ts';
import { refundKeySchema } from './model.ts';
import { numberFields, voucherFields } from './voucher-fields.ts';

export const suspensionFields = {
  refund: field.own('退税编号', refundKeySchema),
  uscc: voucherFields.uscc,
  name: voucherFields.name,
  applicationNo: field.optional(numberFields.refundNo),
  voucherNo: field.optional(numberFields.voucherNo),
  /** The amount of the refund in hand: approved, else asked. */
  amountFen: field.fen('退税额'),
  ground: field.oneOf('法定情形', suspensionGrounds),
  since: field.date('起始日期'),
  /** Null while it is in force. */
  releasedOn: field.optional(field.date('解除日期')),
};
