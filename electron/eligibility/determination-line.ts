/**
 * A determination as one line of `evaluate`: the exact JSON object of the headless contract, amounts as yuan text, unknown as null.
 * Also the line of a row that could not be used. Order of keys is part of the contract.
 * @source shared spec headless.md
 */
import type { Determination, DeterminationLine, RejectedLine } from '../../shared/eligibility/model.ts';
import { yuanText, type Fen } from '../../shared/kernel/money.ts';
import type { CellFault, RosterLine } from '../../shared/roster/model.ts';

/** @param readerWarnings what the file reader remarked on cells of the row; they stand before the warnings of the determination */
export function determinationLine(determination: Determination, readerWarnings: readonly CellFault[] = []): DeterminationLine {
  return {
    row: determination.row,
    uscc: determination.uscc,
    name: determination.name,
    period: determination.period,
    pack: determination.pack,
    route: determination.route,
    size: determination.size,
    sizeBasis: determination.sizeBasis,
    listedIndustry: determination.listedIndustry,
    listedShare: determination.listedShare,
    verdict: determination.verdict,
    endingCredit: amountText(determination.endingCredit),
    existingCredit: amountText(determination.existingCredit),
    incrementalCredit: amountText(determination.incrementalCredit),
    ratio: determination.ratio,
    refundRate: determination.refundRate,
    refundableExisting: amountText(determination.refundableExisting),
    refundableIncremental: amountText(determination.refundableIncremental),
    refundableTotal: yuanText(determination.refundableTotal),
    existingOpenFrom: determination.existingOpenFrom,
    incrementalOpenFrom: determination.incrementalOpenFrom,
    warnings: readerWarnings.length === 0 ? determination.warnings : [...readerWarnings.map(cellSentence), ...determination.warnings],
    findings: determination.findings,
  };
}

/** The line of a rejected row: the code of its first fault, a sentence, and every fault as details. */
export function rejectedLine(line: Extract<RosterLine, { kind: 'rejected' }>): RejectedLine {
  const [first] = line.faults;
  const count = line.faults.length;
  const message = first === undefined ? '该行不能使用，未作评价' : `该行有${String(count)}处问题，未作评价；${cellSentence(first)}`;
  return { row: line.row, name: line.name, error: { code: first?.code ?? 'ROW_REJECTED', message, details: line.faults } };
}

function cellSentence({ column, message }: CellFault): string {
  return column === '' ? message : `“${column}”${message}`;
}

function amountText(fen: Fen | null): string | null {
  return fen === null ? null : yuanText(fen);
}
