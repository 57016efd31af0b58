/**
 * The keyboard and the tick boxes of one table 键盘与勾选: keeps the active cell, the rectangle and the selection, and tells the table
 * what to scroll to or open. Which key does what is cell-range.ts.
 */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { PlacedColumn, TableRow } from './columns.ts';
import { actOfKey, isWide, rangeOf, type Cell, type CellRange } from './cell-range.ts';
import { keyOf, nothingTicked, withRows, type Ticked } from './selection.ts';
import type { TableRows } from './use-table-rows.ts';

export type CursorTerms = {
  readonly rows: TableRows;
  readonly placed: ComputedRef<readonly PlacedColumn[]>;
  readonly rowKey: () => string;
  readonly selectable: () => boolean;
  readonly page: () => number;
  reveal(cell: Cell): void;
  open(row: number): void;
  sortBy(column: number): void;
  /** Fetches every row of the filtered set; null when that was refused. */
  everyRow(): Promise<readonly TableRow[] | null>;
  tickedChanged(ticked: Ticked): void;
};

export type TableCursor = {
  readonly active: Ref<Cell>;
  readonly range: ComputedRef<CellRange>;
  readonly ticked: ShallowRef<Ticked>;
  /** @returns whether the table took the key */
  key(event: KeyboardEvent): boolean;
  pointAt(cell: Cell, extend: boolean): void;
  /** Ticks one row, or every row since the last ticked one. */
  tick(row: number, extend: boolean): Promise<void>;
  tickAll(): Promise<void>;
  untickAll(): void;
  home(): void;
  /** Takes up a place left earlier. */
  resume(cell: Cell, ticked: Ticked): void;
};

/** A range of ticks reaches this far at most; beyond it everything filtered can be ticked at once. */
const tickedAtOnceMax = 5000;

export function useTableCursor(terms: CursorTerms): TableCursor {
  const { rows } = terms;
  const active = ref<Cell>({ row: 0, column: 0 });
  const anchor = ref<Cell>({ row: 0, column: 0 });
  const ticked = shallowRef<Ticked>(nothingTicked);
  const range = computed(() => rangeOf(anchor.value, active.value));
  let lastTicked: number | null = null;

  function select(next: Ticked): void {
    ticked.value = next;
    terms.tickedChanged(next);
  }

  function pointAt(cell: Cell, extend: boolean): void {
    active.value = cell;
    if (!extend || cell.row < 0) anchor.value = cell;
    terms.reveal(cell);
  }

  async function tickRows(first: number, last: number, tick: boolean): Promise<void> {
    await rows.need({ first, end: last + 1 });
    const meant = Array.from({ length: last - first + 1 }, (_, step) => rows.rowAt(first + step)).filter((row) => row !== undefined);
    select(withRows(ticked.value, meant, terms.rowKey(), tick));
  }

  async function tickAll(): Promise<void> {
    const asked = rows.question.value;
    const every = await terms.everyRow();
    // Rows of a question that is no longer asked are not ticked in the table of another.
    if (every !== null && rows.question.value === asked) select(withRows(ticked.value, every, terms.rowKey(), true));
  }

  function isTicked(index: number): boolean {
    const row = rows.rowAt(index);
    return row !== undefined && ticked.value.has(keyOf(row, terms.rowKey()));
  }

  async function tick(index: number, extend: boolean): Promise<void> {
    const tickIt = !isTicked(index);
    const from = extend && lastTicked !== null ? lastTicked : index;
    lastTicked = index;
    const first = Math.min(from, index);
    await tickRows(first, Math.min(Math.max(from, index), first + tickedAtOnceMax), extend || tickIt);
  }

  function key(event: KeyboardEvent): boolean {
    const size = { rows: rows.total.value, columns: terms.placed.value.length, page: terms.page() };
    const act = actOfKey({ key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, composing: event.isComposing }, active.value, size);
    if (act === null) return false;
    switch (act.kind) {
      case 'move':
        pointAt(act.to, act.extend);
        return true;
      case 'open':
        terms.open(active.value.row);
        return true;
      case 'sort':
        terms.sortBy(active.value.column);
        return true;
      case 'tick': {
        if (!terms.selectable()) return false;
        const { top, bottom } = range.value;
        void (isWide(range.value) ? tickRows(top, Math.min(bottom, top + tickedAtOnceMax), !isTicked(active.value.row)) : tick(active.value.row, false));
        return true;
      }
      case 'tick-all':
        if (terms.selectable()) void tickAll();
        return terms.selectable();
    }
  }

  return {
    active, range, ticked, key, pointAt, tick, tickAll,
    untickAll: () => { lastTicked = null; select(nothingTicked); },
    home: () => {
      active.value = { row: 0, column: 0 };
      anchor.value = { row: 0, column: 0 };
    },
    resume: (cell, held) => {
      active.value = cell;
      anchor.value = cell;
      select(held);
    },
  };
}
