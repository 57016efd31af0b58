/**
 * What an import asks before it changes anything 导入前的确认: columns that the file lacks and whose blank counts as something, and warnings that a person
 * must have seen. It only decides what is still open; the answers come with the operation.
 * @source shared spec faults.md B1, B2
 */
import { refusal } from '../../shared/errors.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { columnOf } from '../../shared/roster/columns.ts';
import { faultSentence, rosterFinding } from '../../shared/roster/errors.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import { findingsListedMax } from './roster-chunks.ts';
import type { RosterDiff } from './roster-diff.ts';
import { headerMeaning } from '../../shared/roster/headers.ts';
import { countedColumns } from './lacking-columns.ts';
import type { RosterFile } from './roster-file.ts';

export type ImportAnswers = { readonly without: readonly string[]; readonly acceptWarnings: boolean };

const spoilingCodes = { zeros: 'WARN_ZEROS_LOST', digits: 'WARN_DIGITS_LOST', date: 'WARN_DATE_MADE' } as const;

export type ComparedFile = RosterFile & { readonly damaged: readonly CellFault[] };

/** The file with what the comparison with the standing roster found in it: warnings that ask, and names that stop it. */
export function comparedFile(file: RosterFile, { spoiled, damaged }: RosterDiff): ComparedFile {
  const warnings = spoiled.slice(0, findingsListedMax).map(({ row, header, before, after, how }) => rosterFinding({ row, column: header, value: after }, spoilingCodes[how], { before }));
  const faults = damaged.slice(0, findingsListedMax).map(({ row, before, after }) => rosterFinding({ row, column: columnOf('name').header, value: after }, 'CELL_NAME_DAMAGED', { before }));
  return {
    ...file, damaged: faults,
    faults: [...faults, ...file.faults], faultCount: file.faultCount + damaged.length,
    warnings: [...warnings, ...file.warnings], warningCount: file.warningCount + spoiled.length,
    asking: [...warnings, ...file.asking], askingCount: file.askingCount + spoiled.length,
  };
}

/** The refusal of a file whose names would damage those that stand; null for any other. */
export function damagedNames({ file, damaged }: ComparedFile): Refusal | null {
  const [first] = damaged;
  return first === undefined ? null : refusal('ROSTER_NAMES_DAMAGED', { count: damaged.length, first: faultSentence(first) }, { file, faults: damaged, faultCount: damaged.length });
}

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
