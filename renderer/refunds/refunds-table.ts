/** The list of refunds as a table 退税办理清单: its columns and sets, and how the table's question becomes the operation's. */
import type { OperationInput, OperationOutput } from '../../shared/contract.ts';
import { parseCivilDate } from '../../shared/kernel/civil-date.ts';
import { fenOfYuan } from '../../shared/kernel/money.ts';
import { routeNames, sizeNames } from '../../shared/eligibility/terms.ts';
import { refundSortKeys } from '../../shared/refunds/contract.ts';
import { refundCases, refundStateNames, refundStates } from '../../shared/refunds/cases.ts';
import { routes, sizes } from '../../shared/refunds/model.ts';
import { stateWords, type CaseScope } from '../components/case/case-view.ts';
import type { ColumnSet, TableColumn, TableQuery, TableRow, TableSource } from '../components/table/columns.ts';
import { choiceOf, optionsOf, rangeOf, textOf } from '../components/table/filter-values.ts';
import { ask } from '../office.ts';

export const refundColumnSets: readonly ColumnSet[] = [
  { key: 'work', title: '办理', columns: ['state', 'determined', 'asked', 'approved', 'dueOn', 'applicationNo', 'reason'] },
  { key: 'money', title: '金额', columns: ['state', 'determinedExisting', 'determinedIncremental', 'determined', 'asked', 'approved', 'paid', 'clawedBack'] },
  { key: 'voucher', title: '退还书与日期', columns: ['state', 'approved', 'voucherNo', 'batchNo', 'appliedOn', 'acceptedOn', 'decidedOn', 'sentOn', 'paidOn', 'crossedOffOn'] },
  {
    key: 'all', title: '全部列',
    columns: [
      'period', 'state', 'size', 'route', 'determinedExisting', 'determinedIncremental', 'determined', 'asked', 'approved', 'paid', 'clawedBack', 'dueOn',
      'applicationNo', 'voucherNo', 'batchNo', 'appliedOn', 'acceptedOn', 'decidedOn', 'sentOn', 'paidOn', 'crossedOffOn', 'reason',
    ],
  },
];

export const refundColumns: readonly TableColumn[] = [
  { key: 'uscc', title: '统一社会信用代码', kind: 'code', width: 172, frozen: true },
  { key: 'name', title: '纳税人名称', kind: 'text', width: 240, frozen: true, sortable: true, opens: true, grows: true, filter: { kind: 'text' } },
  { key: 'period', title: '申报期', kind: 'period', width: 84 },
  { key: 'state', title: '状态', kind: 'state', width: 122, states: stateWords(refundCases), filter: { kind: 'choice', options: optionsOf(refundStateNames) } },
  { key: 'determinedExisting', title: '应退存量', kind: 'money', width: 138 },
  { key: 'determinedIncremental', title: '应退增量', kind: 'money', width: 138 },
  { key: 'determined', title: '应退额', kind: 'money', width: 138, sortable: true },
  { key: 'asked', title: '申请额', kind: 'money', width: 138, sortable: true },
  { key: 'approved', title: '核准额', kind: 'money', width: 138, sortable: true },
  { key: 'paid', title: '已退额', kind: 'money', width: 138, sortable: true },
  { key: 'clawedBack', title: '追回额', kind: 'money', width: 124 },
  { key: 'dueOn', title: '办理期限', kind: 'date', width: 118, sortable: true, filter: { kind: 'range' } },
  { key: 'applicationNo', title: '申请编号', kind: 'code', width: 146, sortable: true },
  { key: 'voucherNo', title: '退还书号', kind: 'code', width: 96 },
  { key: 'batchNo', title: '批次', kind: 'code', width: 122, filter: { kind: 'text' } },
  { key: 'size', title: '规模', kind: 'text', width: 92, filter: { kind: 'choice', options: optionsOf(sizeNames) } },
  { key: 'route', title: '适用条款', kind: 'text', width: 270, filter: { kind: 'choice', options: optionsOf(routeNames) } },
  { key: 'appliedOn', title: '申请日期', kind: 'date', width: 100 },
  { key: 'acceptedOn', title: '受理日期', kind: 'date', width: 100 },
  { key: 'decidedOn', title: '核准日期', kind: 'date', width: 100 },
  { key: 'sentOn', title: '送达日期', kind: 'date', width: 100 },
  { key: 'paidOn', title: '退库日期', kind: 'date', width: 100 },
  { key: 'crossedOffOn', title: '销号日期', kind: 'date', width: 100 },
  { key: 'reason', title: '最近的原因', kind: 'text', width: 200 },
];

/** The table's question as the operation takes it. */
export function refundsQuestion({ offset, limit, sort, filters }: TableQuery, scope: CaseScope): OperationInput<'refunds.list'> {
  const state = choiceOf(filters, 'state', refundStates);
  const { to } = rangeOf(filters, 'dueOn');
  const queue = scope.states === null ? refundStates : refundStates.filter((candidate) => scope.states?.includes(candidate));
  const states = state === undefined ? (scope.states === null ? null : queue) : queue.filter((candidate) => candidate === state);
  return {
    offset, limit, descending: sort?.direction === 'desc',
    sort: refundSortKeys.find((key) => key === sort?.key) ?? 'refund',
    period: scope.period ?? undefined,
    states: states === null ? undefined : [...states],
    size: choiceOf(filters, 'size', sizes),
    route: choiceOf(filters, 'route', routes),
    batch: textOf(filters, 'batchNo'),
    text: textOf(filters, 'name'),
    dueBy: to === null ? undefined : (parseCivilDate(to) ?? undefined),
  };
}

export function refundsSource(scope: CaseScope): TableSource {
  return async (query) => {
    const reply = await ask('refunds.list', refundsQuestion(query, scope));
    if (!reply.ok) return reply;
    const { rows, totals } = reply.value;
    return { ok: true, value: { rows: rows.map(refundRow), total: totals.count, totals: { determined: totals.determined, asked: totals.asked, approved: totals.approved, paid: totals.paid } } };
  };
}

/** One refund as a flat row; its two lines are summed by the office, never here. */
export function refundRow(row: OperationOutput<'refunds.list'>['rows'][number]): TableRow {
  const inHand = fenOfYuan(row.total.approved) > 0n ? row.total.approved : row.applicationNo === null ? row.total.determined : row.total.asked;
  return {
    inHand, clock: row.clock, fallen: row.fallen,
    refund: row.refund, uscc: row.uscc, name: row.name, period: row.period, state: row.state, size: sizeNames[row.size], route: routeNames[row.route],
    determinedExisting: row.existing.determined, determinedIncremental: row.incremental.determined, determined: row.total.determined, asked: row.total.asked,
    approved: row.total.approved, paid: row.total.paid, clawedBack: row.total.clawedBack, dueOn: row.dueOn, applicationNo: row.applicationNo, voucherNo: row.voucherNo,
    batchNo: row.batchNo, appliedOn: row.appliedOn, acceptedOn: row.acceptedOn, decidedOn: row.decidedOn, sentOn: row.sentOn, paidOn: row.paidOn, crossedOffOn: row.crossedOffOn,
    reason: row.fallen ? `核准后测算下降${row.reason === null ? '' : `；${row.reason}`}` : row.reason,
  };
}
