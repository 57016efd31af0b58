/** The roster's list as a table 名册清单: its columns, and how the table's question becomes the operation's. */
import type { OperationInput } from '../../shared/contract.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { rosterSortKeys, type RosterSortKey } from '../../shared/roster/contract.ts';
import { industrySections } from '../../shared/roster/industry-sections.ts';
import type { ColumnSet, TableColumn, TableQuery, TableSource } from '../components/table/columns.ts';
import { choiceOf, optionsOf, textOf } from '../components/table/filter-values.ts';
import { ask } from '../office.ts';
import { kindNames, kindWords, ratingNames, statusNames, statusWords } from './words.ts';

export const rosterColumnSets: readonly ColumnSet[] = [
  { key: 'usual', title: '常用列', columns: ['kind', 'industry', 'rating', 'status', 'endingCredit', 'office'] },
  { key: 'all', title: '全部列', columns: ['row', 'kind', 'industry', 'rating', 'status', 'sales', 'baseCredit', 'endingCredit', 'office'] },
];

export const rosterTableColumns: readonly TableColumn[] = [
  { key: 'uscc', title: '统一社会信用代码', kind: 'code', width: 172, frozen: true, sortable: true },
  { key: 'name', title: '纳税人名称', kind: 'text', width: 236, frozen: true, sortable: true, opens: true, grows: true, filter: { kind: 'text' } },
  { key: 'row', title: '行次', kind: 'count', width: 70, sortable: true },
  { key: 'kind', title: '纳税人类型', kind: 'state', width: 118, states: kindWords, filter: { kind: 'choice', options: optionsOf(kindNames) } },
  { key: 'industry', title: '划型行业', kind: 'code', width: 130, sortable: true, filter: { kind: 'choice', options: industrySections.map(({ letter, name }) => ({ value: letter, label: `${letter} ${name}` })) } },
  { key: 'rating', title: '信用级别', kind: 'text', width: 92, sortable: true, filter: { kind: 'choice', options: optionsOf(ratingNames) } },
  { key: 'status', title: '状态', kind: 'state', width: 96, sortable: true, states: statusWords, filter: { kind: 'choice', options: optionsOf(statusNames) } },
  { key: 'sales', title: '上年增值税销售额', kind: 'money', width: 176, sortable: true },
  { key: 'baseCredit', title: '2019年3月底留抵', kind: 'money', width: 172, sortable: true },
  { key: 'endingCredit', title: '期末留抵税额', kind: 'money', width: 158, sortable: true },
  { key: 'office', title: '主管税务所', kind: 'text', width: 136, sortable: true, filter: { kind: 'text' } },
];

/** The table's question as the operation takes it. */
export function rosterQuestion(query: TableQuery, period: TaxPeriod): OperationInput<'roster.list'> {
  const { filters, sort } = query;
  const key: RosterSortKey = rosterSortKeys.find((candidate) => candidate === sort?.key) ?? 'row';
  return {
    period, offset: query.offset, limit: query.limit, sort: key, descending: sort?.direction === 'desc',
    search: textOf(filters, 'name'),
    kind: choiceOf(filters, 'kind', ['general', 'small-scale']),
    status: choiceOf(filters, 'status', ['normal', 'suspended-business', 'abnormal', 'bankrupt', 'deregistered']),
    rating: choiceOf(filters, 'rating', ['A', 'B', 'M', 'C', 'D', 'unrated']),
    section: choiceOf(filters, 'industry', industrySections.map(({ letter }) => letter)),
    office: textOf(filters, 'office'),
  };
}

export function rosterSource(period: TaxPeriod): TableSource {
  return async (query) => {
    const reply = await ask('roster.list', rosterQuestion(query, period));
    if (!reply.ok) return reply;
    const { rows, count, totals } = reply.value;
    return {
      ok: true,
      value: {
        rows: rows.map((row) => ({
          uscc: row.uscc, name: row.name, row: row.row, kind: row.kind, industry: row.industryCode, rating: row.rating === null ? null : ratingNames[row.rating], status: row.status,
          sales: row.prevYearSales, baseCredit: row.baseCredit, endingCredit: row.endingCredit, office: row.office,
        })),
        total: count,
        totals: { sales: totals.prevYearSales, baseCredit: totals.baseCredit, endingCredit: totals.endingCredit },
      },
    };
  };
}
