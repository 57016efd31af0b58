/**
 * SUSPENSION_NOTICE 暂缓退库通知: every refund that the tax office has ever suspended, the newest suspension of each: in force, or released and since when. The
 * whole list each time, so that a notice that was lost is made good by the next. The ground is a code of the law; the clerk's own words stay in the tax office.
 */
import { field } from '../../kernel/record.ts';
import { suspensionFields } from '../../refunds/suspension-fields.ts';
import { taxpayerCodeSchema } from '../values.ts';
import { defineKind, section, type RowOf } from '../section.ts';

export const suspensionNotice = defineKind({
  title: '暂缓退库通知',
  from: ['tax'],
  to: ['finance', 'treasury'],
  sections: {
    /** `number` grows by one with every suspension and every release. */
    notice: section('通知表头', {
      number: field.count('变动次序', 1, 10_000_000), listed: field.count('列明笔数', 1, 1_000_000), inForce: field.count('暂缓中笔数', 0, 1_000_000),
      heldFen: field.total('暂缓金额'),
    }, { one: true, sum: 'heldFen' }),
    suspensions: section(
      '暂缓退库名单', { ...suspensionFields, uscc: field.own(suspensionFields.uscc.label, taxpayerCodeSchema) }, { unique: ['refund'], sum: 'amountFen' },
      (row) => row
        .refine(({ refund, uscc }) => refund.slice(8) === uscc, { path: ['refund'], message: '不是该纳税人的退税' })
        .refine(({ since, releasedOn }) => releasedOn === null || releasedOn >= since, { path: ['releasedOn'], message: '早于起始日期' }),
    ),
  },
});
export type SuspensionRow = RowOf<typeof suspensionNotice.sections.suspensions>;
