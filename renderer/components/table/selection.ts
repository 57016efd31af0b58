/**
 * Which rows are ticked 勾选: the rows themselves by key, so that they survive a filter, can be summed and named, and an act needs to ask nothing
 * more. All of a filtered set is fetched window by window, up to what one act may take.
 */
import type { Reply } from '../../../shared/reply.ts';
import type { TableQuery, TableRow, TableSource } from './columns.ts';

export type Ticked = ReadonlyMap<string, TableRow>;

export const nothingTicked: Ticked = new Map();

/** Most rows that can be ticked; one act takes no more. */
export const tickedMax = 20_000;

/** The largest window that any list of the office answers. */
export const windowMax = 1000;

export function keyOf(row: TableRow, rowKey: string): string {
  return String(row[rowKey] ?? '');
}

/** The rows with these ticked too, or no longer. */
export function withRows(ticked: Ticked, rows: readonly TableRow[], rowKey: string, tick: boolean): Ticked {
  const next = new Map(ticked);
  for (const row of rows) if (tick) next.set(keyOf(row, rowKey), row);
  else next.delete(keyOf(row, rowKey));
  return next;
}

/** Every row of the filtered set, at most `tickedMax`. */
export async function everyRow(source: TableSource, { sort, filters }: Pick<TableQuery, 'sort' | 'filters'>): Promise<Reply<readonly TableRow[]>> {
  const rows: TableRow[] = [];
  while (rows.length < tickedMax) {
    const reply = await source({ offset: rows.length, limit: windowMax, sort, filters });
    if (!reply.ok) return reply;
    rows.push(...reply.value.rows);
    if (reply.value.rows.length < windowMax) break;
  }
  return { ok: true, value: rows };
}
