/**
 * RECON_STATEMENT 对账单: an office's own lines, signed. Who has those of all three computes the document; a later version of a month takes the place of
 * the one before.
 * @source shared spec reconciliation.md, From statement to agreement 1
 */
import { present } from '../../../shared/kernel/assert.ts';
import { groupedYuan, sumFen } from '../../../shared/kernel/money.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { onlyFields } from '../../../shared/kernel/record.ts';
import { lastDay, periodLabel } from '../../../shared/kernel/tax-period.ts';
import { lineFields } from '../../../shared/reconciliation/line-fields.ts';
import { sideOf } from '../../../shared/reconciliation/line.ts';
import type { FaultRow } from '../../../shared/exchange/kinds/receipt.ts';
import type { StatementLineRow } from '../../../shared/exchange/kinds/recon-statement.ts';
import type { SectionRows } from '../../../shared/exchange/kinds.ts';
import { receiveStatement, statementFaults, statementToSend } from '../../reconciliation/index.ts';
import { documentName, eachRow, headOfRows, monthGiven, monthOfRows, nobody, noPolicyPack } from '../agreement.ts';
import { nothingElse, rowFault, type KindBehaviour } from '../kind.ts';

export const reconStatementKind: KindBehaviour = {
  gather(ctx, request) {
    const own = statementToSend(ctx, request.period);
    if (own === null) return null;
    return {
      rows: { statement: [own.head], statementLines: own.lines.map((line, index) => ({ row: index + 1, ...onlyFields(lineFields, line) })) },
      docId: `RECON_STATEMENT/${own.head.period}`,
      period: own.head.period,
      policyPack: null,
      reviewedBy: null,
      approvedBy: null,
      receiptOf: null,
    };
  },
  isEmpty: (rows) => (rows.statementLines ?? []).length === 0,
  sent: nothingElse,
  agreements: [
    monthGiven('statement'),
    monthOfRows('statement', '所属月', ({ period }) => period),
    documentName('statement', ({ period }) => period ?? ''),
    nobody('statement'),
    noPolicyPack('statement'),
    headOfRows('statement', ({ rows }) => [['行数', String(rows.statement?.[0]?.lines), String(rows.statementLines?.length ?? 0)]]),
    eachRow('complete-month', 'statement', ({ period, through }) => (through >= lastDay(period) ? null : { field: '完整至', says: `早于 ${period} 的最后一天` })),
    eachRow('own-lines', 'statementLines', (row, { from }) => (sideOf(row) === from ? null : { field: '类型', says: `不是${agencyNames[from]}的明细` })),
    eachRow('not-after-through', 'statementLines', ({ day }, { rows }) => (day <= (rows.statement?.[0]?.through ?? '') ? null : { field: '日期', says: '晚于完整至' })),
    eachRow('shares-fit', 'statementLines', (row) => sharesFault(row)),
    eachRow('rows-in-turn', 'statementLines', ({ row }, _document, index) => (row === index + 1 ? null : { field: '行次', says: `应为第 ${String(index + 1)} 行` })),
  ],
  judge(ctx, { from, rows }) {
    const stated = statedBy(rows);
    const { lines, newest, locked } = statementFaults(ctx, from, stated);
    const stale = stated.head.version > newest ? [] : [rowFault('statement', 1, '版次', `不晚于本单位已收到的第 ${String(newest)} 版`)];
    const closed = locked ? [rowFault('statement', 1, '所属月', '该月已由三方签字锁定')] : [];
    const faults: FaultRow[] = [...closed, ...stale, ...lines.map(({ row, column, message }) => rowFault('statementLines', row - 1, column, message.slice(0, 300)))];
    const [first] = faults;
    if (first === undefined) return null;
    return { kind: 'faults', code: 'ROW_INVALID', params: { line: first.line, field: first.field, reason: first.message }, faults: faults.slice(0, 1_000), faultsTotal: faults.length };
  },
  post(ctx, { from, packageId, rows }) {
    const stated = statedBy(rows);
    receiveStatement(ctx, { ...stated, packageId, from });
    const { period, version, through } = stated.head;
    return `收到${agencyNames[from]}${periodLabel(period)}对账单第 ${String(version)} 版 ${String(stated.lines.length)} 行，完整至 ${through}`;
  },
};

/** Three shares make up the amount; fewer never exceed it. */
function sharesFault({ amountFen, centralFen, provincialFen, countyFen }: StatementLineRow): { readonly field: string; readonly says: string } | null {
  const stated = [centralFen, provincialFen, countyFen].filter((share) => share !== null);
  const sum = sumFen(stated);
  if (stated.length === 3 ? sum === amountFen : sum <= amountFen) return null;
  return { field: '中央', says: `三级分担合计 ${groupedYuan(sum)} 元，金额 ${groupedYuan(amountFen)} 元` };
}

function statedBy(rows: SectionRows) {
  return { head: present(rows.statement?.[0], 'the head of a statement'), lines: (rows.statementLines ?? []).map((row) => onlyFields(lineFields, row)) };
}
