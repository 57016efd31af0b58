/**
 * What an import asks before it changes anything 导入前的确认: columns that the file lacks and whose blank counts as something, and warnings that a person
 * must have seen. It only decides what is still open; the answers come with the operation.
 * @source shared spec faults.md B1, B2
 */
import { refusal } from '../../shared/errors.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { faultSentence } from '../../shared/roster/errors.ts';
import { headerMeaning } from '../../shared/roster/headers.ts';
import { sha256Hex } from '../platform/hash.ts';
import { countedColumns } from './lacking-columns.ts';
import type { RosterFile } from './roster-file.ts';
import type { RosterHeader } from './roster-header.ts';

export type ImportAnswers = { readonly without: readonly string[]; readonly acceptWarnings: boolean };

/** What is still to be answered before the file is imported; null where nothing is. */
export function openQuestion({ header, asking, askingCount, file }: RosterFile, answers: ImportAnswers): Refusal | null {
  const confirmed = new Set<string>();
  for (const name of answers.without) {
    const meaning = headerMeaning(name);
    if (meaning.kind !== 'column') return refusal('ROSTER_COLUMN_UNKNOWN', { column: name });
    confirmed.add(meaning.column.header);
  }
  const lacking = countedColumns(header).filter(({ column }) => !confirmed.has(column));
  if (lacking.length > 0) {
    const columns = lacking.map(({ column, blank }) => `${column}＝${blank}`).join('、');
    return refusal('ROSTER_COLUMNS_LACKING', { count: lacking.length, columns }, { file, lacking, asking, askingCount });
  }
  const [first] = asking;
  if (first === undefined || answers.acceptWarnings) return null;
  return refusal('ROSTER_WARNINGS_UNSEEN', { count: askingCount, first: faultSentence(first) }, { file, warnings: asking, warningCount: askingCount });
}

/** The system that a file came from, known by its headers in their order. */
export function sourceOf(header: RosterHeader): string {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(header.columns.map((column) => column.header.trim()))));
}
