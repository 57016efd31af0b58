/** A table as a workbook: the whole filtered set, window by window, with its filter in words and its exact totals; nothing when the list moved meanwhile. */
import { expect, test } from 'vitest';
import { exportedRowsMax } from '../../../shared/reports/export-contract.ts';
import { placeColumns, type FilterValue, type TableColumn, type TableQuery, type TableSource } from '../../../renderer/components/table/columns.ts';
import { exportedText, exportInput, filterText, tooMany, type ExportTerms } from '../../../renderer/components/table/export-table.ts';

const columns: readonly TableColumn[] = [
  { key: 'name', title: '纳税人名称', kind: 'text', width: 240, frozen: true },
  { key: 'state', title: '状态', kind: 'state', width: 100, states: { paid: { label: '已退库', tone: 'good' } }, filter: { kind: 'choice', options: [{ value: 'paid', label: '已退库' }] } },
  { key: 'amount', title: '退库金额', kind: 'money', width: 140 },
];

function terms(source: TableSource, more: Partial<ExportTerms> = {}): ExportTerms {
  return { title: '退还书', about: '已退付', counter: '份', totalsNote: '', placed: placeColumns(columns, 0, 0), columns, sort: null, filters: {}, source, total: 0, ...more };
}

/** So many rows, of a yuan and some fen each. @param totalAt what each window says of the whole */
function rows(count: number, asked: TableQuery[] = [], totalAt: (offset: number) => number = () => count): TableSource {
  return (query) => {
    asked.push(query);
    const length = Math.max(0, Math.min(query.limit, count - query.offset));
    return Promise.resolve({ ok: true, value: { rows: Array.from({ length }, (_, step) => ({ name: `第${String(query.offset + step)}户`, state: 'paid', amount: '1.05' })), total: totalAt(query.offset), totals: { amount: '2636.55' } } });
  };
}

test('every row of every window is written once, in order, under its words, with the office’s own totals', async () => {
  const asked: TableQuery[] = [];
  const filters = { state: { kind: 'choice', value: 'paid' } } as const;
  const sort = { key: 'amount', direction: 'desc' } as const;
  const reply = await exportInput(terms(rows(2511, asked), { filters, sort }), () => undefined);
  if (!reply.ok) throw new Error(reply.error.message);
  expect(asked.map(({ offset }) => offset)).toEqual([0, 1000, 2000]);
  expect(asked.every((query) => query.filters === filters && query.sort === sort)).toBe(true);
  expect(reply.value.rows.map(([name]) => name)).toEqual(Array.from({ length: 2511 }, (_, index) => `第${String(index)}户`));
  expect(reply.value.rows[0]).toEqual(['第0户', '已退库', '1.05']);
  expect(reply.value.totals).toEqual(['筛选合计', '', '2636.55']);
  expect(reply.value.notes).toEqual(['已退付', '筛选：状态为“已退库”。共 2,511 份　排序：退库金额由大到小', '单位：元']);
  expect(reply.value.columns.map(({ title }) => title)).toEqual(['纳税人名称', '状态', '退库金额（元）']);
});

test('an empty list is a workbook with its heading and no totals', async () => {
  const reply = await exportInput(terms(rows(0)), () => undefined);
  expect(reply).toMatchObject({ ok: true, value: { rows: [], totals: null, notes: ['已退付', '没有筛选。共 0 份', '单位：元'] } });
});

test('a list that grew, shrank or ended early while it was fetched is not written', async () => {
  for (const totalAt of [(offset: number) => 2000 + offset, () => 2001]) {
    expect(await exportInput(terms(rows(2000, [], totalAt)), () => undefined)).toMatchObject({ ok: false, error: { code: 'TABLE_MOVED' } });
  }
});

test('a refused window is the refusal of the export', async () => {
  const refused = { ok: false, error: { code: 'OFFICE_STOPPED', message: '停了', details: null } } as const;
  expect(await exportInput(terms(() => Promise.resolve(refused)), () => undefined)).toEqual(refused);
});

test('more rows than one file takes are refused before a file is asked for', () => {
  expect(tooMany({ total: exportedRowsMax, counter: '户' })).toBe(null);
  expect(tooMany({ total: exportedRowsMax + 1, counter: '户' })?.error.message).toContain('请先筛选');
});

test.each<[string, TableColumn, FilterValue]>([
  ['纳税人名称含“机械”', { key: 'n', title: '纳税人名称', kind: 'text', width: 1 }, { kind: 'text', text: '机械' }],
  ['退库金额 从 1000.00 元', { key: 'm', title: '退库金额', kind: 'money', width: 1 }, { kind: 'range', from: '1000.00', to: null }],
  ['退付日期 从 2022-04-01 到 2022-04-30', { key: 'd', title: '退付日期', kind: 'date', width: 1 }, { kind: 'range', from: '2022-04-01', to: '2022-04-30' }],
  ['退付日期为 2022-04-01', { key: 'd', title: '退付日期', kind: 'date', width: 1 }, { kind: 'range', from: '2022-04-01', to: '2022-04-01' }],
])('a filter in words: %s', (words, column, value) => {
  expect(filterText(column, value)).toBe(words);
});

test('unknown is blank, not a dash and not zero', () => {
  const money: TableColumn = { key: 'm', title: '金额', kind: 'money', width: 1 };
  expect([null, undefined, ''].map((value) => exportedText(money, value))).toEqual(['', '', '']);
  expect(exportedText(money, '0.00')).toBe('0.00');
});
