/**
 * The place of the keyboard in a table 当前格: one active cell, a rectangle from an anchor, and what each key does. Row −1 is the heading,
 * where Enter sorts. Pure, so that every key is a line of a test.
 */
import type { TableColumn } from './columns.ts';

export type Cell = { readonly row: number; readonly column: number };
/** A rectangle of cells, bounds inclusive. */
export type CellRange = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
export type GridSize = { readonly rows: number; readonly columns: number; /** Rows that one page shows. */ readonly page: number };

export type TableKey = {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  /** An input method is composing: every key belongs to it. */
  readonly composing: boolean;
};

export type TableAct =
  | { readonly kind: 'move'; readonly to: Cell; readonly extend: boolean }
  | { readonly kind: 'open' }
  | { readonly kind: 'sort' }
  | { readonly kind: 'tick' }
  | { readonly kind: 'tick-all' };

/** What a key does, or null when the table leaves it alone. */
export function actOfKey(key: TableKey, at: Cell, size: GridSize): TableAct | null {
  if (key.composing) return null;
  const move = (row: number, column: number): TableAct => ({ kind: 'move', to: within({ row, column }, size, key.shift), extend: key.shift });
  const { row, column } = at;
  switch (key.key) {
    case 'ArrowUp': return move(key.ctrl ? 0 : row - 1, column);
    case 'ArrowDown': return move(key.ctrl ? size.rows - 1 : row + 1, column);
    case 'ArrowLeft': return move(row, key.ctrl ? 0 : column - 1);
    case 'ArrowRight': return move(row, key.ctrl ? size.columns - 1 : column + 1);
    case 'PageUp': return move(Math.max(0, row - size.page), column);
    case 'PageDown': return move(row + size.page, column);
    case 'Home': return move(key.ctrl ? 0 : row, key.ctrl ? column : 0);
    case 'End': return move(key.ctrl ? size.rows - 1 : row, key.ctrl ? column : size.columns - 1);
    case 'Enter': return row < 0 ? { kind: 'sort' } : { kind: 'open' };
    case ' ': return row < 0 ? { kind: 'sort' } : { kind: 'tick' };
    case 'a':
    case 'A': return key.ctrl ? { kind: 'tick-all' } : null;
    default: return null;
  }
}

function within(cell: Cell, size: GridSize, inBody: boolean): Cell {
  return {
    row: Math.min(Math.max(cell.row, inBody && size.rows > 0 ? 0 : -1), size.rows - 1),
    column: Math.min(Math.max(cell.column, 0), size.columns - 1),
  };
}

/** The rectangle between the anchor and the active cell. */
export function rangeOf(anchor: Cell, active: Cell): CellRange {
  return {
    top: Math.max(0, Math.min(anchor.row, active.row)),
    bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column),
    right: Math.max(anchor.column, active.column),
  };
}

/** Whether more than one cell is in it. */
export function isWide(range: CellRange): boolean {
  return range.bottom > range.top || range.right > range.left;
}

export function inRange(range: CellRange, row: number, column: number): boolean {
  return row >= range.top && row <= range.bottom && column >= range.left && column <= range.right;
}

/** Cells as tab-separated lines, as spreadsheets paste them; `null` when a row of the rectangle has not arrived yet. */
export function asTabbedLines(range: CellRange, columns: readonly TableColumn[], textAt: (row: number, column: TableColumn) => string | null): string | null {
  const lines: string[] = [];
  for (let row = range.top; row <= range.bottom; row += 1) {
    const cells = columns.slice(range.left, range.right + 1).map((column) => textAt(row, column));
    if (cells.includes(null)) return null;
    lines.push(cells.join('\t'));
  }
  return lines.join('\r\n');
}
