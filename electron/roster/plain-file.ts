/**
 * Reads a list file 清单文件 from its path to its last row, for commands that need no office. It keeps nothing and judges only what a single
 * cell can show.
 */
import type { CellFault } from '../../shared/roster/model.ts';
import { openFileSource } from '../platform/byte-source.ts';
import { fileNameOf } from '../platform/text-file.ts';
import { fileRefusal } from './file-refusal.ts';
import { openPlainTable, type OtherColumns, type PlainColumn, type PlainRow } from './plain-table.ts';
import { passedFileBytesMax, readingRefusal } from './roster-batches.ts';

/** What is found in a list and no fault, for a person to see: headers that name no column and were not read; how many warnings, and the first of them. */
export type ListFound = { readonly unread: readonly string[]; readonly warnings: readonly CellFault[]; readonly warningCount: number };

/** How many warnings are kept one by one. */
const warningsKept = 20;

/** `lacking`: columns the file has not. */
export type PlainFile =
  | { readonly kind: 'refused'; readonly file: string; readonly reason: string; readonly faults: readonly CellFault[] }
  | { readonly kind: 'read'; readonly file: string; readonly lacking: readonly string[]; readonly found: ListFound };

/**
 * @param take called with each row that is not blank, in the order of the file
 * @throws Refusal ROSTER_FILE_* where the file itself cannot be read
 */
export async function readPlainFile<K extends string>(
  path: string, columns: readonly PlainColumn<K>[], take: (row: PlainRow<K>) => void, others: OtherColumns = 'judged',
): Promise<PlainFile> {
  const file = fileNameOf(path);
  const opened = openFileSource(path, passedFileBytesMax);
  if (opened.kind === 'refused') throw fileRefusal(file, opened.reason, passedFileBytesMax);
  try {
    const table = await openPlainTable(opened.source, columns, others);
    if (table.kind === 'refused') return { kind: 'refused', file, reason: table.reason, faults: table.faults };
    const warnings = table.notes.slice(0, warningsKept);
    let warningCount = table.notes.length;
    for await (const row of table.rows) {
      take(row);
      warningCount += row.warnings.length;
      if (warnings.length < warningsKept) warnings.push(...row.warnings.slice(0, warningsKept - warnings.length));
    }
    return { kind: 'read', file, lacking: table.lacking, found: { unread: table.unknown, warnings, warningCount } };
  } catch (error) {
    throw readingRefusal(error, file) ?? error;
  } finally {
    opened.source.close();
  }
}
