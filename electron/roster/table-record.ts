/** A record of a table file 表格记录, CSV or workbook: texts by column, and what was found at a cell before its text is read. */
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import type { RosterFindingKey } from '../../shared/roster/errors.ts';
import type { CsvRecord } from './csv-records.ts';

/** A finding at a cell; a fault leaves the field unread. */
export type CellMark = { readonly weight: 'fault' | 'warning'; readonly code: RosterFindingKey; readonly params: ErrorParams };

/** The index under which a mark of the row as a whole stands. */
export const rowMark = -1;

/** A record whose cells may carry marks, by index. CSV records have none. */
export type TableRecord = CsvRecord & { readonly marks?: ReadonlyMap<number, CellMark> };
