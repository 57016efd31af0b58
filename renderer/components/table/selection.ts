/**
 * Which rows are ticked 勾选: some keys, or all of the filtered set but some. A selection of all is a statement about the filter, so a
 * hundred thousand keys need not be in the window; `keysSelected` fetches them when an act needs them by name.
 */
import type { Reply } from '../../../shared/reply.ts';
import type { TableFilters, TableRow, TableSort, TableSource } from './columns.ts';

export type Selection =
  | { readonly kind: 'some'; readonly keys: ReadonlySet<string> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<string> };

export const nothingSelected: Selection = { kind: 'some', keys: new Set() };
export const allSelected: Selection = { kind: 'all', except: new Set() };

export function isSelected(selection: Selection, key: string): boolean {
  return selection.kind === 'some' ? selection.keys.has(key) : !selection.except.has(key);
}

/** The selection with these rows ticked or not. */
export function withKeys(selection: Selection, keys: readonly string[], ticked: boolean): Selection {
  if (selection.kind === 'some') {
    const next = new Set(selection.keys);
    for (const key of keys) if (ticked) next.add(key);
    else next.delete(key);
    return { kind: 'some', keys: next };
  }
  const next = new Set(selection.except);
  for (const key of keys) if (ticked) next.delete(key);
  else next.add(key);
  return { kind: 'all', except: next };
}

/** How many rows are ticked, out of the filtered set. */
export function selectedCount(selection: Selection, total: number): number {
  return selection.kind === 'some' ? selection.keys.size : Math.max(0, total - selection.except.size);
}

type Ask = { readonly source: TableSource; readonly rowKey: string; readonly sort: TableSort | null; readonly filters: TableFilters };

/** The largest window that any list of the office answers. */
export const windowMax = 1000;

/** The keys of the ticked rows; a selection of all is asked for window by window. */
export async function keysSelected(selection: Selection, { source, rowKey, sort, filters }: Ask): Promise<Reply<readonly string[]>> {
  if (selection.kind === 'some') return { ok: true, value: [...selection.keys] };
  const keys: string[] = [];
  for (let offset = 0; ; offset += windowMax) {
    const reply = await source({ offset, limit: windowMax, sort, filters });
    if (!reply.ok) return reply;
    for (const row of reply.value.rows) {
      const key = keyOf(row, rowKey);
      if (!selection.except.has(key)) keys.push(key);
    }
    if (reply.value.rows.length < windowMax) return { ok: true, value: keys };
  }
}

export function keyOf(row: TableRow, rowKey: string): string {
  return String(row[rowKey] ?? '');
}
