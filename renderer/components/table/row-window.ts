/**
 * Which rows are drawn and which are fetched 行窗口: pure arithmetic over scroll position, and a store of fetched blocks that forgets the
 * oldest. One table of 100,000 rows never holds more than `blocksKept` blocks.
 */
import type { TableRow } from './columns.ts';

/** Pixels of one row; the style sheet has the same number. */
export const rowHeight = 30;
/** Rows of one fetch. */
export const blockSize = 200;
export const blocksKept = 30;
const overscan = 6;

/** First row drawn and the row after the last. */
export type RowRange = { readonly first: number; readonly end: number };

/** Rows to draw for a scroll position, a few more on each side. */
export function rangeInView(scrollTop: number, viewHeight: number, total: number): RowRange {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan);
  const end = Math.min(total, Math.ceil((scrollTop + Math.max(0, viewHeight)) / rowHeight) + overscan);
  return { first: Math.min(first, end), end };
}

/** Blocks that cover a range. */
export function blocksOf(range: RowRange): readonly number[] {
  if (range.end <= range.first) return [];
  const first = Math.floor(range.first / blockSize);
  const last = Math.floor((range.end - 1) / blockSize);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/**
 * The scroll position that brings a row fully into view, moving as little as possible.
 * @param viewHeight height left for rows, without header and totals
 */
export function scrollToRow(row: number, scrollTop: number, viewHeight: number): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + viewHeight) return top + rowHeight - viewHeight;
  return scrollTop;
}

/** Blocks fetched so far; the least recently used are forgotten. */
export class RowStore {
  private readonly blocks = new Map<number, readonly TableRow[]>();

  row(index: number): TableRow | undefined {
    return this.blocks.get(Math.floor(index / blockSize))?.[index % blockSize];
  }

  has(block: number): boolean {
    const rows = this.blocks.get(block);
    if (rows === undefined) return false;
    this.blocks.delete(block);
    this.blocks.set(block, rows);
    return true;
  }

  put(block: number, rows: readonly TableRow[]): void {
    this.blocks.delete(block);
    this.blocks.set(block, rows);
    for (const oldest of this.blocks.keys()) {
      if (this.blocks.size <= blocksKept) break;
      this.blocks.delete(oldest);
    }
  }

  clear(): void {
    this.blocks.clear();
  }
}
