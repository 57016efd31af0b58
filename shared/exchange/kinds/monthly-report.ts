/**
 * MONTHLY_REPORT 退税月报: totals by size, route and kind of credit of the month and from the first month on; and one row a refund paid in the month, with
 * its cross-off 销号.
 */
import { taxpayerFields } from '../../eligibility/fields.ts';
import { field } from '../../kernel/record.ts';
import { monthlyRefundFields } from '../../refunds/voucher-fields.ts';
import { creditKindNames } from '../../survey/model.ts';
import { defineKind, section, type RowOf } from '../section.ts';
import { taxpayerCodeSchema } from '../values.ts';

export const monthlyReport = defineKind({
  title: '退税月报',
  from: ['tax'],
  to: ['finance', 'treasury'],
  sections: {
    totals: section(
      '退税合计',
      {
        size: taxpayerFields.size,
        route: taxpayerFields.route,
        creditKind: field.oneOf('留抵种类', creditKindNames),
        refunds: field.count('笔数', 0, 10_000_000),
        amountFen: field.total('本月金额'),
        cumulativeRefunds: field.count('累计笔数', 0, 10_000_000),
        cumulativeFen: field.total('累计金额'),
      },
      { unique: ['size', 'route', 'creditKind'], sum: 'amountFen' },
    ),
    refunds: section(
      '已退付与销号明细',
      { ...monthlyRefundFields, uscc: field.own(taxpayerFields.uscc.label, taxpayerCodeSchema) },
      { unique: ['voucherNo'], sum: 'amountFen' },
      (row) => row.refine(({ existingFen, incrementalFen, amountFen }) => existingFen + incrementalFen === amountFen, { path: ['amountFen'], message: '与存量、增量之和不符' }),
    ),
  },
});
export type MonthlyRefundRow = RowOf<typeof monthlyReport.sections.refunds>;
export type MonthlyTotalRow = RowOf<typeof monthlyReport.sections.totals>;
