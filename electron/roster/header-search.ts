/**
 * Where the header 表头 of a table stands: systems put a title, the unit or `sep=,` above it. Found by the two columns without which a row is nothing;
 * the lines above are told to the clerk, and a unit other than 元 among them is a fault of the whole file.
 * @source shared spec faults.md B1, B7
 */
import { rosterFinding } from '../../shared/roster/errors.ts';
import { unitStated } from '../../shared/roster/headers.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import { assignedIn, labelOf, meaningOf, noAssignments, type Assignments } from './assigned-headers.ts';
import { isBlankText } from './cell-text.ts';
import type { CsvRecord } from './csv-records.ts';

/** How many first records are looked at. */
export const headerSearchedMax = 20;

export type AboveHeader = { readonly faults: readonly CellFault[]; readonly notes: readonly CellFault[] };

/** The first record that names both code and taxpayer; -1 for none. */
export function headerIndex(records: readonly CsvRecord[], assignments: Assignments = noAssignments): number {
  return records.findIndex((record) => {
    const keys = new Set<string>();
    const assigned = assignedIn(record.cells, assignments);
    for (const [index, cell] of record.cells.entries()) {
      const { meaning } = meaningOf(labelOf(cell, index), assigned);
      if (meaning.kind === 'column') keys.add(meaning.column.key);
    }
    return keys.has('uscc') && keys.has('name');
  });
}

/** What stands above the header. @param lines the records above that hold something */
export function aboveHeader(lines: readonly CsvRecord[], headerRow: number): AboveHeader {
  const faults: CellFault[] = [];
  const notes: CellFault[] = [];
  for (const { row, cells } of lines) {
    const value = cells.filter((cell) => !isBlankText(cell)).map((cell) => cell.trim()).join(' ');
    if (/^"?sep=/i.test(value)) continue;
    const unit = cells.map(unitStated).find((stated) => stated !== null) ?? null;
    if (unit !== null && unit !== '元') faults.push(rosterFinding({ row, column: '', value }, 'TITLE_UNIT', { unit, row: headerRow }));
    else notes.push(rosterFinding({ row, column: '', value }, 'WARN_ABOVE_HEADER', { row: headerRow }));
  }
  return { faults, notes };
}

const separators: Readonly<Record<string, string>> = { ';': '半角分号', '；': '全角分号', '，': '全角逗号', '|': '竖线' };

/** What separates the columns of a line that has neither comma nor tab, in words; null where nothing does. */
export function separatorOf(line: string): string | null {
  const declared = /^"?sep=(.)/i.exec(line)?.[1];
  if (declared !== undefined && Object.hasOwn(separators, declared)) return separators[declared] ?? null;
  if (/[,\t]/.test(line)) return null;
  return Object.entries(separators).find(([sign]) => line.split(sign).length > 2)?.[1] ?? null;
}

/** Whether no cell of a record holds anything. */
export function isBlank(record: CsvRecord): boolean {
  return record.faults.length === 0 && record.cells.every(isBlankText);
}
