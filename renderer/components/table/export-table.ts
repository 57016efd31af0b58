/**
 * A table as a workbook 导出表格: walks the whole filtered set window by window and says, above the rows, what they are and how they were filtered.
 * Amounts are exact yuan whatever unit is on screen. Writing the file is the office's operation; a list that changed meanwhile is not written.
 */
import { exportedRowsMax } from '../../../shared/reports/export-contract.ts';
import type { OperationInput } from '../../../shared/contract.ts';
import { refusal } from '../../../shared/errors.ts';
import { refusedReply, type Reply } from '../../../shared/reply.ts';
import { cellText, countText, headingText } from './cell-text.ts';
import type { CellValue, FilterValue, PlacedColumn, TableAnswer, TableColumn, TableFilters, TableRow, TableSort, TableSource } from './columns.ts';
import { windowMax } from './selection.ts';

type ExportInput = OperationInput<'reports.exportTable'>;

export type ExportTerms = {
  readonly title: string;
  /** What the rows are limited to beside the filter row: `2022年4月申报期`; empty where nothing limits them. */
  readonly about: string;
  readonly counter: string;
  readonly totalsNote: string;
  /** The columns shown, in their order. */
  readonly placed: readonly PlacedColumn[];
  /** Every column of the table: a filter may stand on one that is not shown. */
  readonly columns: readonly TableColumn[];
  readonly sort: TableSort | null;
  readonly filters: TableFilters;
  readonly source: TableSource;
  /** Rows of the filtered set that the window knows of. */
  readonly total: number;
};

const noteMax = 300;
const cellMax = 4000;

/** Why the set as it stands cannot be exported, or null. */
export function tooMany({ total, counter }: Pick<ExportTerms, 'total' | 'counter'>): Extract<Reply, { ok: false }> | null {
  if (total <= exportedRowsMax) return null;
  return refusedReply(refusal('TABLE_TOO_LONG', { total: countText(total), counter, limit: countText(exportedRowsMax) }));
}

/** Everything of the operation's input but the file. @param told how many rows are here so far */
export async function exportInput(terms: ExportTerms, told: (rows: number) => void): Promise<Reply<Omit<ExportInput, 'file'>>> {
  const walked = await wholeSet(terms, told);
  if (!walked.ok) return walked;
  const { rows, answer } = walked.value;
  const columns = terms.placed.map(({ column }) => column);
  const filtered = Object.keys(terms.filters).length > 0;
  const hasTotals = rows.length > 0 && columns.some(({ key }) => answer.totals[key] !== undefined);
  return {
    ok: true,
    value: {
      title: terms.title,
      notes: notesOf(terms, rows.length),
      columns: terms.placed.map(({ column, width }) => ({ title: headingText(column, 'yuan'), kind: column.kind, width: Math.min(2000, Math.max(20, Math.round(width))) })),
      rows: rows.map((row) => columns.map((column) => exportedText(column, row[column.key]))),
      totals: hasTotals ? columns.map((column, index) => answer.totals[column.key] ?? (index === 0 ? (filtered ? '筛选合计' : '合计') : '')) : null,
    },
  };
}

type Walked = { readonly rows: readonly TableRow[]; readonly answer: TableAnswer };

async function wholeSet({ source, sort, filters }: ExportTerms, told: (rows: number) => void): Promise<Reply<Walked>> {
  const rows: TableRow[] = [];
  let first: TableAnswer | null = null;
  for (;;) {
    const reply = await source({ offset: rows.length, limit: windowMax, sort, filters });
    if (!reply.ok) return reply;
    first ??= reply.value;
    if (reply.value.total !== first.total || JSON.stringify(reply.value.totals) !== JSON.stringify(first.totals)) return moved();
    const many = tooMany({ total: first.total, counter: '行' });
    if (many !== null) return many;
    rows.push(...reply.value.rows);
    told(rows.length);
    if (rows.length >= first.total || reply.value.rows.length === 0) break;
  }
  return rows.length === first.total ? { ok: true, value: { rows, answer: first } } : moved();
}

function moved(): Extract<Reply, { ok: false }> {
  return refusedReply(refusal('TABLE_MOVED'));
}

/** One cell of the workbook: words as on screen, amounts as exact yuan, unknown as blank. */
export function exportedText(column: TableColumn, value: CellValue | undefined): string {
  if (value === null || value === undefined || value === '') return '';
  if (column.kind === 'money' || column.kind === 'count') return String(value);
  return cellText(column, value, 'yuan').slice(0, cellMax);
}

function notesOf(terms: ExportTerms, rows: number): string[] {
  const { about, columns, counter, filters, sort, totalsNote } = terms;
  const parts = Object.entries(filters).flatMap(([key, value]) => {
    const column = columns.find((candidate) => candidate.key === key);
    return column === undefined ? [] : [filterText(column, value)];
  });
  const sorted = columns.find(({ key }) => key === sort?.key);
  const order = sorted === undefined ? '' : `　排序：${sorted.title}${sort?.direction === 'desc' ? '由大到小' : '由小到大'}`;
  const money = columns.some(({ kind }) => kind === 'money');
  return [
    ...(about === '' ? [] : [about]),
    `${parts.length === 0 ? '没有筛选' : `筛选：${parts.join('；')}`}。共 ${countText(rows)} ${counter}${order}`,
    ...(money ? [`单位：元${totalsNote === '' ? '' : `　${totalsNote}`}`] : []),
  ].map((note) => (note.length <= noteMax ? note : `${note.slice(0, noteMax - 1)}…`));
}

/** A filter as words: `纳税人名称含“机械”`, `状态为“待审核”`, `办理期限不晚于 2022-04-30`. */
export function filterText({ title, kind, filter }: TableColumn, value: FilterValue): string {
  switch (value.kind) {
    case 'text': return `${title}含“${value.text}”`;
    case 'choice': {
      const option = filter?.kind === 'choice' ? filter.options.find((candidate) => candidate.value === value.value) : undefined;
      return `${title}为“${option?.label ?? value.value}”`;
    }
    case 'range': {
      const unit = kind === 'money' ? ' 元' : '';
      if (value.from !== null && value.from === value.to) return `${title}为 ${value.from}${unit}`;
      return [title, ...(value.from === null ? [] : [`从 ${value.from}${unit}`]), ...(value.to === null ? [] : [`到 ${value.to}${unit}`])].join(' ');
    }
  }
}
