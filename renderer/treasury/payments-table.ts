/** The treasury's list as a table 退库清单: its columns, and how the table's question becomes the operation's. */
import type { OperationInput } from '../../shared/contract.ts';
import { parseCivilDate } from '../../shared/kernel/civil-date.ts';
import { paymentSortKeys } from '../../shared/treasury/contract.ts';
import { paymentCases, paymentStateNames, paymentStates } from '../../shared/treasury/cases.ts';
import { stateWords, type CaseScope } from '../components/case/case-view.ts';
import type { ColumnSet, TableColumn, TableQuery, TableSource } from '../components/table/columns.ts';
import { choiceOf, optionsOf, rangeOf, textOf } from '../components/table/filter-values.ts';
import { ask } from '../office.ts';

export const paymentColumnSets: readonly ColumnSet[] = [
  { key: 'work', title: '办理', columns: ['uscc', 'state', 'amount', 'batchNo', 'receivedOn', 'paidOn', 'reason'] },
  { key: 'all', title: '全部列', columns: ['uscc', 'state', 'amount', 'existing', 'incremental', 'subjectCode', 'batchNo', 'refundNo', 'filingPeriod', 'receivedOn', 'paidOn', 'returnedOn', 'reason'] },
];

export const paymentColumns: readonly TableColumn[] = [
  { key: 'voucherNo', title: '退还书号', kind: 'code', width: 94, frozen: true, sortable: true },
  { key: 'name', title: '纳税人名称', kind: 'text', width: 250, frozen: true, sortable: true, opens: true, grows: true, filter: { kind: 'text' } },
  { key: 'uscc', title: '统一社会信用代码', kind: 'code', width: 172 },
  { key: 'state', title: '状态', kind: 'state', width: 116, states: stateWords(paymentCases), filter: { kind: 'choice', options: optionsOf(paymentStateNames) } },
  { key: 'amount', title: '退库金额', kind: 'money', width: 146, sortable: true },
  { key: 'existing', title: '存量', kind: 'money', width: 134 },
  { key: 'incremental', title: '增量', kind: 'money', width: 134 },
  { key: 'subjectCode', title: '预算科目', kind: 'code', width: 100 },
  { key: 'batchNo', title: '批次', kind: 'code', width: 124, filter: { kind: 'text' } },
  { key: 'refundNo', title: '申请编号', kind: 'code', width: 146 },
  { key: 'filingPeriod', title: '申报期', kind: 'period', width: 84 },
  { key: 'receivedOn', title: '接收日期', kind: 'date', width: 108, sortable: true },
  { key: 'paidOn', title: '退付日期', kind: 'date', width: 124, sortable: true, filter: { kind: 'range' } },
  { key: 'returnedOn', title: '退回日期', kind: 'date', width: 100 },
  { key: 'reason', title: '原因', kind: 'text', width: 220 },
];

/** The table's question as the operation takes it. */
export function paymentsQuestion({ offset, limit, sort, filters }: TableQuery, { states: scope }: CaseScope): OperationInput<'treasury.list'> {
  const state = choiceOf(filters, 'state', paymentStates);
  const paid = rangeOf(filters, 'paidOn');
  const queue = paymentStates.filter((candidate) => scope === null || scope.includes(candidate));
  const states = state === undefined ? (scope === null ? undefined : queue) : queue.filter((candidate) => candidate === state);
  return {
    offset, limit, descending: sort?.direction === 'desc',
    sort: paymentSortKeys.find((key) => key === sort?.key) ?? 'voucherNo',
    states,
    batch: textOf(filters, 'batchNo'),
    text: textOf(filters, 'name'),
    paidFrom: paid.from === null ? undefined : (parseCivilDate(paid.from) ?? undefined),
    paidTo: paid.to === null ? undefined : (parseCivilDate(paid.to) ?? undefined),
  };
}

export function paymentsSource(scope: CaseScope): TableSource {
  return async (query) => {
    const reply = await ask('treasury.list', paymentsQuestion(query, scope));
    return reply.ok ? { ok: true, value: { rows: reply.value.rows, total: reply.value.totals.count, totals: { amount: reply.value.totals.amount } } } : reply;
  };
}
