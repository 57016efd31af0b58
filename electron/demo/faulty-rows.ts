/** Rows that a reader must reject, made from good ones: what goes wrong when people key in or a spreadsheet has had the file. */
import { usccAlphabet } from '../../shared/roster/uscc.ts';
import type { Cells } from './awkward-cases.ts';

const faults: readonly ((row: Cells) => Partial<Cells>)[] = [
  (row) => ({ uscc: `${row.uscc.slice(0, -1)}${usccAlphabet.charAt((usccAlphabet.indexOf(row.uscc.slice(-1)) + 1) % usccAlphabet.length)}` }),
  () => ({ uscc: '9.12E+17' }),
  (row) => ({ uscc: row.uscc }),
  (row) => ({ uscc: freshCode(row), endingCredit: '1.2E+06' }),
  (row) => ({ uscc: freshCode(row), registeredOn: '2022/4/1' }),
  (row) => ({ uscc: freshCode(row), filed: '√' }),
];

/** So many faulty rows after the models they are made from; the kinds of fault take turns. */
export function faultyCells(rows: readonly Cells[], count: number): Cells[] {
  return rows.slice(0, count).map((row, index) => ({ ...row, ...faults[index % faults.length]?.(row) }));
}

/** A tax number that no other row has, so that the row has only the fault it was given. */
function freshCode(row: Cells): string {
  return `${row.uscc.slice(2, 8)}8${row.uscc.slice(9, 16)}0`;
}
