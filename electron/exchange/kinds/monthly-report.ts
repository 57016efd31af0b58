/**
 * MONTHLY_REPORT 退税月报: refunds paid in the month with their cross-off, and totals by size, route and kind of credit, also from the first
 * month on. Due by the day the county profile names.
 * @source seed 二(五); shared spec product.md P5
 */
import { present } from '../../../shared/kernel/assert.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { groupedYuan } from '../../../shared/kernel/money.ts';
import { addPeriods, periodLabel, periodOf } from '../../../shared/kernel/tax-period.ts';
import { monthForExport } from '../../refunds/index.ts';
import { sectionSum, totalOf } from '../control.ts';
import { nothingElse, rowFault, type KindBehaviour } from '../kind.ts';

export const monthlyReportKind: KindBehaviour = {
  gather(ctx, request) {
    const period = request.period ?? addPeriods(periodOf(ctx.today), -1);
    const { refunds, totals } = monthForExport(ctx.db, period);
    return {
      rows: {
        totals: totals.map(({ size, route, creditKind, refunds: count, amount, cumulativeRefunds, cumulative }) => ({
          size, route, creditKind, refunds: count, amountFen: amount, cumulativeRefunds, cumulativeFen: cumulative,
        })),
        refunds,
      },
      docId: `MONTHLY_REPORT/${period}`,
      period,
      policyPack: null,
      reviewedBy: null,
      approvedBy: null,
      receiptOf: null,
    };
  },
  sent: nothingElse,
  judge(_ctx, { rows }) {
    const totals = sectionSum('totals', rows.totals ?? []);
    const refunds = sectionSum('refunds', rows.refunds ?? []);
    if (totals === refunds) return null;
    const faults = [rowFault('totals', 0, '本月金额', `合计 ${groupedYuan(totals)} 元与明细 ${groupedYuan(refunds)} 元不符`)];
    return { kind: 'faults', code: 'TOTALS_DIFFER', params: { section: '退税月报', a: groupedYuan(totals), b: groupedYuan(refunds) }, faults };
  },
  post(_ctx, { from, period, rows }) {
    const refunds = rows.refunds ?? [];
    const cumulative = totalOf(rows.totals ?? [], (row) => row.cumulativeFen);
    const amount = totalOf(refunds, (row) => row.amountFen);
    return `收到${agencyNames[from]}${periodLabel(present(period, 'month of a report'))}月报：退付 ${String(refunds.length)} 笔 ${groupedYuan(amount)} 元，累计 ${groupedYuan(cumulative)} 元`;
  },
};
