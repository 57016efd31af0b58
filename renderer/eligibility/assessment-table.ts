/** The list of determinations as a table 资格测算清单: its columns, and how the table's question becomes the operation's. */
import type { OperationInput } from '../../shared/contract.ts';
import { determinationSortKeys } from '../../shared/eligibility/contract.ts';
import { routeIds, sizeClasses, verdicts, type Verdict } from '../../shared/eligibility/model.ts';
import { routeNames, sizeNames, verdictNames } from '../../shared/eligibility/terms.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { StateWord, TableColumn, TableQuery, TableSource, Tone } from '../components/table/columns.ts';
import { choiceOf, optionsOf, textOf } from '../components/table/filter-values.ts';
import { ask } from '../office.ts';

const tones: Readonly<Record<Verdict, Tone>> = {
  refundable: 'good', 'nothing-due': 'plain', 'not-open': 'active', suspended: 'wait', 'needs-evidence': 'wait', ineligible: 'bad', 'out-of-scope': 'plain',
};
export const verdictWords: Readonly<Record<Verdict, StateWord>> = Object.fromEntries(
  verdicts.map((verdict) => [verdict, { label: verdictNames[verdict], tone: tones[verdict] }]),
) as Record<Verdict, StateWord>; // one for every verdict

const sizes = [...sizeClasses, 'undetermined'] as const;

export const assessmentColumns: readonly TableColumn[] = [
  { key: 'uscc', title: '统一社会信用代码', kind: 'code', width: 172, frozen: true, sortable: true },
  { key: 'name', title: '纳税人名称', kind: 'text', width: 250, frozen: true, sortable: true, opens: true, grows: true, filter: { kind: 'text' } },
  { key: 'verdict', title: '结论', kind: 'state', width: 116, sortable: true, states: verdictWords, filter: { kind: 'choice', options: optionsOf(verdictNames) } },
  { key: 'existing', title: '存量试算', kind: 'money', width: 140, sortable: true },
  { key: 'incremental', title: '增量试算', kind: 'money', width: 140, sortable: true },
  { key: 'total', title: '应退合计', kind: 'money', width: 146, sortable: true },
  { key: 'size', title: '规模', kind: 'text', width: 86, sortable: true, filter: { kind: 'choice', options: optionsOf(sizeNames) } },
  { key: 'route', title: '适用条款', kind: 'text', width: 280, sortable: true, filter: { kind: 'choice', options: optionsOf(routeNames) } },
  { key: 'industry', title: '划型行业', kind: 'code', width: 90 },
];

/** The table's question as the operation takes it. */
export function assessmentQuestion({ offset, limit, sort, filters }: TableQuery, period: TaxPeriod): OperationInput<'eligibility.list'> {
  return {
    period, offset, limit, descending: sort?.direction === 'desc',
    sort: determinationSortKeys.find((key) => key === sort?.key) ?? 'uscc',
    search: textOf(filters, 'name'),
    verdict: choiceOf(filters, 'verdict', verdicts),
    size: choiceOf(filters, 'size', sizes),
    route: choiceOf(filters, 'route', routeIds),
  };
}

export function assessmentSource(period: TaxPeriod): TableSource {
  return async (query) => {
    const reply = await ask('eligibility.list', assessmentQuestion(query, period));
    if (!reply.ok) return reply;
    const { rows, count, totals } = reply.value;
    return {
      ok: true,
      value: {
        // What is not refundable has no amount to refund: a figure there would read as a promise.
        rows: rows.map((row) => ({ ...row, total: row.verdict === 'refundable' ? row.total : null, size: sizeNames[row.size], route: row.route === null ? null : routeNames[row.route] })),
        total: count, totals,
      },
    };
  };
}
