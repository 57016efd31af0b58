/**
 * Reads a list file 清单文件 from its path to its last row, for commands that need no office. It keeps nothing and judges only what a single
 * cell can show.
 */
import type { CellFault } from '../../shared/roster/model.ts';
import { openFileSource } from '../platform/byte-source.ts';
import { fileNameOf } from '../platform/text-file.ts';
import { fileRefusal } from './file-refusal.ts';
import { openPlainTable, type PlainColumn, type PlainRow } from './plain-table.ts';
import { passedFileBytesMax, readingRefusal } from './roster-batches.ts';

/** `unread`: headers that name no column; `lacking`: columns the file has not. */
export type PlainFile =
  | { readonly kind: 'refused'; readonly file: string; readonly reason: string; readonly faults: readonly CellFault[] }
  | { readonly kind: 'read'; readonly file: string; readonly unread: readonly string[]; readonly lacking: readonly string[] };

/**
 * @param take called with each row that is not blank, in the order of the file
 * @throws Refusal ROSTER_FILE_* where the file itself cannot be read
 */
export async function readPlainFile<K extends string>(
  path: string, columns: readonly PlainColumn<K>[], take: (row: PlainRow<K>) => void
): Promise<PlainFile> {
  const file = fileNameOf(path);
  const opened = openFileSource(path, passedFileBytesMax);
  if (opened.kind === 'refused') throw fileRefusal(file, opened.reason, passedFileBytesMax);
  try {
    const table = await openPlainTable(opened.source, columns);
    if (table.kind === 'refused') return { kind: 'refused', file, reason: table.reason, faults: table.faults };
    for await (const row of table.rows) take(row);
    return { kind: 'read', file, unread: table.unknown, lacking: table.lacking };
  } catch (error) {
    throw readingRefusal(error, file) ?? error;
  } finally {
    opened.source.close();
  }
}
