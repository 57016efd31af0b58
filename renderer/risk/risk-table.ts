/** The list of hits as a table 疑点清单: its columns, and how the table's question becomes the operation's. */
import type { OperationInput } from '../../shared/contract.ts';
import { riskCases, riskStateNames, riskStates } from '../../shared/risk/cases.ts';
import { riskSortKeys } from '../../shared/risk/contract.ts';
import { indicatorIds, indicators } from '../../shared/risk/indicators.ts';
import { stateWords, type CaseScope } from '../components/case/case-view.ts';
import type { ColumnSet, TableColumn, TableQuery, TableSource } from '../components/table/columns.ts';
import { choiceOf, optionsOf, textOf } from '../components/table/filter-values.ts';
import { ask } from '../office.ts';

const indicatorNames = Object.fromEntries(indicatorIds.map((id) => [id, indicators[id].zh]));

export const riskColumnSets: readonly ColumnSet[] = [
  { key: 'work', title: '核实', columns: ['uscc', 'indicatorName', 'state', 'stake', 'text', 'foundOn'] },
  { key: 'all', title: '全部列', columns: ['uscc', 'indicatorName', 'state', 'stake', 'text', 'period', 'foundOn', 'reason'] },
];

export const riskColumns: readonly TableColumn[] = [
  { key: 'name', title: '纳税人名称', kind: 'text', width: 230, frozen: true, sortable: true, opens: true, filter: { kind: 'text' } },
  { key: 'uscc', title: '统一社会信用代码', kind: 'code', width: 172 },
  { key: 'indicatorName', title: '风险指标', kind: 'text', width: 190, filter: { kind: 'choice', options: optionsOf(indicatorNames) } },
  { key: 'state', title: '状态', kind: 'state', width: 150, states: stateWords(riskCases), filter: { kind: 'choice', options: optionsOf(riskStateNames) } },
  { key: 'stake', title: '涉及退税额（已知的）', kind: 'money', width: 140, sortable: true },
  { key: 'text', title: '疑点说明', kind: 'text', width: 420, grows: true },
  { key: 'period', title: '申报期', kind: 'period', width: 84 },
  { key: 'foundOn', title: '列出日期', kind: 'date', width: 108, sortable: true },
  { key: 'reason', title: '核实情况', kind: 'text', width: 220 },
];

/** The table's question as the operation takes it. */
export function risksQuestion({ offset, limit, sort, filters }: TableQuery, { states: scope, period }: CaseScope): OperationInput<'risk.list'> {
  const state = choiceOf(filters, 'state', riskStates);
  const queue = riskStates.filter((candidate) => scope === null || scope.includes(candidate));
  const states = state === undefined ? (scope === null ? undefined : queue) : queue.filter((candidate) => candidate === state);
  return {
    offset, limit, descending: sort?.direction === 'desc', sort: riskSortKeys.find((key) => key === sort?.key) ?? 'hit', states,
    indicator: choiceOf(filters, 'indicatorName', indicatorIds), text: textOf(filters, 'name'), period: period ?? undefined,
  };
}

export function risksSource(scope: CaseScope): TableSource {
  return async (query) => {
    const reply = await ask('risk.list', risksQuestion(query, scope));
    return reply.ok ? { ok: true, value: { rows: reply.value.rows, total: reply.value.totals.count, totals: { stake: reply.value.totals.stake } } } : reply;
  };
}
