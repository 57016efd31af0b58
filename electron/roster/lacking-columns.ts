/**
 * What the columns that a file lacks 文件没有的列 mean: whose blank counts as something, and without which nobody is refundable. It asks nobody; that
 * is import-questions.ts.
 * @source shared spec faults.md B1
 */
import { blankSays, decidingColumns, rosterColumns, type RosterColumn } from '../../shared/roster/columns.ts';
import type { RosterHeader } from './roster-header.ts';

export type CountedColumn = { readonly column: string; readonly blank: string };

/** The lacking columns whose blank counts as something, with what it counts as. */
export function countedColumns(header: RosterHeader): readonly CountedColumn[] {
  return lackingColumns(header).flatMap((column) => {
    const blank = blankSays(column);
    return blank === null ? [] : [{ column: column.header, blank }];
  });
}

/** The lacking columns without which nobody can be 可退. */
export function decidingLacking(header: RosterHeader): readonly string[] {
  return lackingColumns(header).filter(({ key }) => decidingColumns.includes(key)).map((column) => column.header);
}

function lackingColumns(header: RosterHeader): readonly RosterColumn[] {
  return rosterColumns.filter((column) => header.lacking.includes(column.header));
}
