/**
 * MONTHLY_REPORT 退税月报: refunds paid in the month with their cross-off, and totals by size, route and kind of credit, also from the first
 * month on. Due by the day the county profile names.
 * @source seed 二(五); shared spec product.md P5
 */
import { present } from '../../../shared/kernel/assert.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { groupedYuan, type Fen } from '../../../shared/kernel/money.ts';
import { addPeriods, periodLabel, periodOf } from '../../../shared/kernel/tax-period.ts';
import { lastPaidOn, monthForExport } from '../../refunds/index.ts';
import type { MonthlyRefundRow, MonthlyTotalRow } from '../../../shared/exchange/kinds/monthly-report.ts';
import { documentName, eachRow, monthGiven, monthOf, monthOfRows, nobody, noPolicyPack, rowsWhere, type Disagreement } from '../agreement.ts';
import { totalOf } from '../control.ts';
import { alwaysSound, nothingElse, type KindBehaviour } from '../kind.ts';

export const monthlyReportKind: KindBehaviour = {
  gather(ctx, request) {
    // The month with the newest payment: the head's filing period is another month.
    const last = lastPaidOn(ctx.db);
    const period = request.period ?? (last === null ? addPeriods(periodOf(ctx.today), -1) : periodOf(last));
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
  isEmpty: (rows) => (rows.refunds ?? []).length === 0,
  sent: nothingElse,
  agreements: [
    monthGiven('totals'),
    monthOfRows('refunds', '退付日期', (row) => monthOf(row.paidOn)),
    documentName('totals', ({ period }) => period ?? ''),
    nobody('totals'),
    noPolicyPack('totals'),
    { name: 'totals-of-refunds', code: 'HEAD_DIFFERS', disagreements: ({ rows }) => cellDisagreements(rows.totals ?? [], rows.refunds ?? []) },
    {
      name: 'cumulative-at-least-month',
      code: 'HEAD_DIFFERS',
      disagreements: ({ rows }) => rowsWhere('totals', rows, (row) => {
        if (row.cumulativeRefunds < row.refunds) return { field: '累计笔数', says: `累计 ${String(row.cumulativeRefunds)} 笔，少于本月 ${String(row.refunds)} 笔` };
        return row.cumulativeFen < row.amountFen ? { field: '累计金额', says: `累计 ${groupedYuan(row.cumulativeFen)} 元，少于本月 ${groupedYuan(row.amountFen)} 元` } : null;
      }),
    },
    eachRow('crossed-off-after-paid', 'refunds', ({ paidOn, crossedOffOn }) => (crossedOffOn === null || crossedOffOn >= paidOn ? null : { field: '销号日期', says: '早于退付日期' })),
  ],
  judge: alwaysSound,
  post(_ctx, { from, period, rows }) {
    const refunds = rows.refunds ?? [];
    const cumulative = totalOf(rows.totals ?? [], (row) => row.cumulativeFen);
    const amount = totalOf(refunds, (row) => row.amountFen);
    return `收到${agencyNames[from]}${periodLabel(present(period, 'month of a report'))}月报：退付 ${String(refunds.length)} 笔 ${groupedYuan(amount)} 元，累计 ${groupedYuan(cumulative)} 元`;
  },
};

/** The month's figures of every cell are those of the refunds below, and every refund stands in a cell. */
function cellDisagreements(totals: readonly MonthlyTotalRow[], refunds: readonly MonthlyRefundRow[]): Disagreement[] {
  const counted = new Map<string, { refunds: number; amount: Fen }>();
  for (const { size, route, existingFen, incrementalFen } of refunds) {
    for (const [kind, amount] of [['existing', existingFen], ['incremental', incrementalFen]] as const) {
      if (amount === 0n) continue;
      const key = `${size}/${route}/${kind}`;
      const cell = counted.get(key) ?? { refunds: 0, amount: 0n };
      counted.set(key, { refunds: cell.refunds + 1, amount: cell.amount + amount });
    }
  }
  const stated = totals.flatMap((row, index): Disagreement[] => {
    const key = `${row.size}/${row.route}/${row.creditKind}`;
    const found = counted.get(key) ?? { refunds: 0, amount: 0n };
    counted.delete(key);
    const line = index + 1;
    if (row.refunds !== found.refunds) return [{ section: 'totals', line, field: '笔数', says: `合计 ${String(row.refunds)} 笔，明细 ${String(found.refunds)} 笔` }];
    return row.amountFen === found.amount ? [] : [{ section: 'totals', line, field: '本月金额', says: `合计 ${groupedYuan(row.amountFen)} 元，明细 ${groupedYuan(found.amount)} 元` }];
  });
  const missing = counted.size;
  return missing === 0 ? stated : [...stated, { section: 'totals', line: 0, field: '合计', says: `明细中有 ${String(missing)} 类未列入合计` }];
}
