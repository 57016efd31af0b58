/** Collects what one row has: faults that reject it and warnings that stand beside it. One object serves a whole file. */
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import { rosterFinding, type RosterFindingKey } from '../../shared/roster/errors.ts';
import type { CellFault } from '../../shared/roster/model.ts';

const none: readonly CellFault[] = [];

export class RowFindings {
  #row = 0;
  #column = '';
  #value = '';
  #faults: CellFault[] = [];
  #warnings: CellFault[] = [];

  startRow(row: number): void {
    this.#row = row;
    this.#column = '';
    this.#value = '';
    if (this.#faults.length > 0) this.#faults = [];
    if (this.#warnings.length > 0) this.#warnings = [];
  }

  /** The cell that the following findings are about. @param column its header as the file has it */
  at(column: string, value: string): void {
    this.#column = column;
    this.#value = value;
  }

  fault(code: RosterFindingKey, params?: ErrorParams): void {
    this.#faults.push(rosterFinding({ row: this.#row, column: this.#column, value: this.#value }, code, params));
  }

  warn(code: RosterFindingKey, params?: ErrorParams): void {
    this.#warnings.push(rosterFinding({ row: this.#row, column: this.#column, value: this.#value }, code, params));
  }

  isFaulty(): boolean {
    return this.#faults.length > 0;
  }

  get faults(): readonly CellFault[] {
    return this.#faults.length > 0 ? this.#faults : none;
  }

  get warnings(): readonly CellFault[] {
    return this.#warnings.length > 0 ? this.#warnings : none;
  }
}
