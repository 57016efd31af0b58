/**
 * Determinations as a table for a spreadsheet 测算表: one record a row of the roster, formula leads shielded, warnings joined; findings are left to the
 * JSON lines, so that no fact is stated and no sentence made here but those of warnings. The order of the columns is that of the line.
 */
import type { DeterminationLine, RejectedLine } from '../../shared/eligibility/model.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import { csvCell, shieldedText } from '../roster/without-ledger.ts';
import { amountText, cellSentence } from './determination-line.ts';
import type { Judgement } from './evaluate.ts';
import { sizeBasis, sizeGrounds } from './size-basis.ts';
import { warningText } from './warnings.ts';

const columns = [
  'row', 'uscc', 'name', 'period', 'pack', 'route', 'size', 'sizeBasis', 'listedIndustry', 'listedShare', 'verdict', 'endingCredit', 'existingCredit',
  'incrementalCredit', 'ratio', 'refundRate', 'refundableExisting', 'refundableIncremental', 'refundableTotal', 'existingOpenFrom', 'incrementalOpenFrom',
] as const satisfies readonly (keyof DeterminationLine)[];

/** The head of the table with its byte order mark; a record ends in CR here, whoever gathers lines adds the line feed. */
export const tableHead = `\ufeff${columns.join()},warnings,error\r`;

/** A rejected row: its number, its name, and why. */
export function rejectedRecord({ row, name, error }: RejectedLine): string {
  return `${columns.map((key) => (key === 'row' ? String(row) : key === 'name' ? csvCell(shieldedText(name)) : '')).join()},,${csvCell(error.message)}\r`;
}

export function tableRecord({ row, run, figures, facts, warnings }: Judgement, readerWarnings: readonly CellFault[]): string {
  const {
    size, listedIndustry, listedShare, verdict, endingCredit, existingCredit, incrementalCredit, ratio, refundRate, refundableExisting, refundableIncremental,
    refundableTotal, existingOpenFrom, incrementalOpenFrom,
  } = figures;
  const route = verdict === 'out-of-scope' ? null : facts.answer.route;
  const remarks = readerWarnings.length + warnings.length === 0 ? '' : csvCell([...readerWarnings.map(cellSentence), ...warnings.map(warningText)].join('；'));
  // Codes, amounts, months and ratios of the program hold neither comma nor quote; sizeBasis and what came from the file may.
  return `${String(row.row)},${row.uscc},${csvCell(shieldedText(row.name))},${run.filing},${run.pack.id},${route ?? ''},${size},${csvCell(sizeBasis(sizeGrounds(row, facts.sizing)))
  },${String(listedIndustry ?? '')},${listedShare ?? ''},${verdict},${amountText(endingCredit) ?? ''},${amountText(existingCredit) ?? ''},${amountText(incrementalCredit) ?? ''
  },${ratio ?? ''},${refundRate ?? ''},${amountText(refundableExisting) ?? ''},${amountText(refundableIncremental) ?? ''},${amountText(refundableTotal) ?? ''
  },${existingOpenFrom ?? ''},${incrementalOpenFrom ?? ''},${remarks},\r`;
}
