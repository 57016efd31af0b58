/** The lines of a statement as the file 对账明细文件 that the verb `reconcile` reads: all columns of the page, amounts in yuan. Reading it gives the same lines. */
import { yuanText } from '../../shared/kernel/money.ts';
import type { ReconLine } from '../../shared/reconciliation/line.ts';
import { csvLine, shieldedText } from '../roster/index.ts';
import { lineColumns, type LineKey } from './line-columns.ts';

/** Line by line, the headers first. */
export function* lineFile(lines: Iterable<ReconLine>): Generator<string, void, void> {
  yield csvLine(lineColumns.map(({ header }) => header));
  for (const line of lines) yield csvLine(lineColumns.map(({ key }) => cellOf(line, key)));
}

function cellOf(line: ReconLine, key: LineKey): string {
  const value = line[key];
  if (value === null) return '';
  return typeof value === 'bigint' ? yuanText(value) : shieldedText(value);
}
