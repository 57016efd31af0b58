/**
 * What a table shows 表格列: columns are data, rows are flat records, a source answers one window of the filtered set at a time. Knows
 * the kernel, no capability; how a column's filter reaches an operation is the page's adapter.
 */
import type { Reply } from '../../../shared/reply.ts';
import type { MoneyUnit } from './cell-text.ts';

export type CellValue = string | number | boolean | null;
export type TableRow = Readonly<Record<string, CellValue>>;

/** money: yuan text; date `YYYY-MM-DD`; period `YYYY-MM`; state: a key of `states`; count: a whole number. */
export type CellKind = 'text' | 'code' | 'money' | 'date' | 'period' | 'state' | 'count';

/** Tone of a state; a mark stands beside it, so that colour is never alone. */
export type Tone = 'plain' | 'active' | 'good' | 'wait' | 'bad';
export type StateWord = { readonly label: string; readonly tone: Tone };

export type ColumnFilter =
  | { readonly kind: 'text' }
  /** Amounts, counts, dates and months between two bounds. */
  | { readonly kind: 'range' }
  | { readonly kind: 'choice'; readonly options: readonly { readonly value: string; readonly label: string }[] };

export type TableColumn = {
  readonly key: string;
  readonly title: string;
  readonly kind: CellKind;
  /** Pixels at 100 %. */
  readonly width: number;
  readonly frozen?: boolean;
  readonly sortable?: boolean;
  readonly filter?: ColumnFilter;
  readonly states?: Readonly<Record<string, StateWord>>;
  /** Takes what is left over when the table is narrower than its place. */
  readonly grows?: boolean;
  /** Drawn as a link that opens the row, for the mouse; Enter opens from any cell. */
  readonly opens?: boolean;
};

export type ColumnSet = { readonly key: string; readonly title: string; readonly columns: readonly string[] };

export type TableSort = { readonly key: string; readonly direction: 'asc' | 'desc' };
export type FilterValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly value: string }
  | { readonly kind: 'range'; readonly from: string | null; readonly to: string | null };
export type TableFilters = Readonly<Record<string, FilterValue>>;

export type TableQuery = { readonly offset: number; readonly limit: number; readonly sort: TableSort | null; readonly filters: TableFilters };
export type TableAnswer = {
  readonly rows: readonly TableRow[];
  /** Rows of the filtered set. */
  readonly total: number;
  /** Sums of the filtered set by column key: yuan text or a whole number. */
  readonly totals: Readonly<Record<string, string>>;
};
export type TableSource = (query: TableQuery) => Promise<Reply<TableAnswer>>;

/** One column with its place: `left` counts from the left edge of the table, the check column included. */
export type PlacedColumn = { readonly column: TableColumn; readonly width: number; readonly left: number; readonly frozen: boolean };

/** Width of the column of check boxes. */
export const checkWidth = 34;

/**
 * Places the columns: frozen ones first, what is left over goes to the columns that grow (or the last text column). When the frozen
 * ones would take more than 55 % of the width (large zoom, small window) only the first stays frozen.
 * @param available pixels; @param lead width of what stands before the first column
 */
export function placeColumns(columns: readonly TableColumn[], available: number, lead: number): readonly PlacedColumn[] {
  const ordered = [...columns.filter((column) => column.frozen === true), ...columns.filter((column) => column.frozen !== true)];
  const wanted = lead + ordered.reduce((sum, column) => sum + column.width, 0);
  const spare = Math.max(0, Math.floor(available) - wanted);
  const growing = ordered.filter((column) => column.grows === true);
  const takers = growing.length > 0 ? growing : ordered.filter((column) => column.kind === 'text').slice(-1);
  const share = takers.length === 0 ? 0 : Math.floor(spare / takers.length);
  const frozenWidth = lead + ordered.reduce((sum, column) => sum + (column.frozen === true ? column.width : 0), 0);
  const crowded = available > 0 && frozenWidth > available * 0.55;
  let left = lead;
  return ordered.map((column, index) => {
    const width = column.width + (takers.includes(column) ? share : 0);
    const placed = { column, width, left, frozen: column.frozen === true && (!crowded || index === 0) };
    left += width;
    return placed;
  });
}

/** Whether the cell's text stands at the right edge. */
export function isNumeric(kind: CellKind): boolean {
  return kind === 'money' || kind === 'count';
}

/** Where a clerk was in a table 位置: kept by whoever shows it, so that coming back is coming back to the same row. */
export type TablePlace = {
  sort: TableSort | null;
  filters: TableFilters;
  columnSet: string;
  unit: MoneyUnit;
  top: number;
  /** Null before the table was ever left. */
  active: { readonly row: number; readonly column: number } | null;
  ticked: ReadonlyMap<string, TableRow>;
};
