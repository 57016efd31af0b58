/**
 * Determinations as a table for a spreadsheet 测算表: one record a row of the roster, formula leads shielded, warnings joined; findings are left to the
 * JSON lines. The order of the columns is that of the line.
 */
import type { DeterminationLine, RejectedLine } from '../../shared/eligibility/model.ts';
import { csvLine, shieldedText } from '../roster/index.ts';

const columns = [
  'row', 'uscc', 'name', 'period', 'pack', 'route', 'size', 'sizeBasis', 'listedIndustry', 'listedShare', 'verdict', 'endingCredit', 'existingCredit',
  'incrementalCredit', 'ratio', 'refundRate', 'refundableExisting', 'refundableIncremental', 'refundableTotal', 'existingOpenFrom', 'incrementalOpenFrom',
] as const satisfies readonly (keyof DeterminationLine)[];

/** The head of the table with its byte order mark; without line feed, as every record here. */
export const tableHead = `\ufeff${recordOf([...columns, 'warnings', 'error'])}`;

export function tableRecord(answer: DeterminationLine | RejectedLine): string {
  if ('error' in answer) return recordOf([...columns.map((key) => (key === 'row' ? String(answer.row) : key === 'name' ? shieldedText(answer.name) : '')), '', answer.error.message]);
  return recordOf([...columns.map((key) => shieldedText(String(answer[key] ?? ''))), answer.warnings.join('；'), '']);
}

/** csvLine brings CR and LF; whoever gathers lines adds the line feed. */
function recordOf(cells: readonly string[]): string {
  return csvLine(cells).slice(0, -1);
}
