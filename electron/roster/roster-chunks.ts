/**
 * A roster file as the worker hands it over: header first, then chunks of normalised lines with what was found, then the end. Made
 * and read here, so that both threads share one form.
 */
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { askingFindings } from '../../shared/roster/errors.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import { LineBytes } from '../platform/line-bytes.ts';
import type { Assignments } from './assigned-headers.ts';
import { normalLine, normalRow } from './normal-form.ts';
import { WorkbookEnded, type ReadRefusal, type RosterHeader } from './roster-header.ts';
import { readRoster } from './roster-reader.ts';
import type { RosterEnd } from './roster-rows.ts';

export type RosterRequest = { readonly bytes: Uint8Array<ArrayBuffer>; readonly filingPeriod: TaxPeriod | null; readonly assignments: Assignments };

export type RosterChunk =
  | ReadRefusal
  | { readonly kind: 'opened'; readonly encoding: string; readonly header: RosterHeader }
  | {
      readonly kind: 'rows';
      /** Lines of normalLine as UTF-8, each with its line feed. */
      readonly lines: Uint8Array;
      readonly accepted: number;
      readonly faults: readonly CellFault[];
      readonly faultCount: number;
      readonly warnings: readonly CellFault[];
      readonly warningCount: number;
      /** The warnings that a person must have seen, at most askingListedMax of the file, and how many there are. */
      readonly asking: readonly CellFault[];
      readonly askingCount: number;
    }
  | { readonly kind: 'end'; readonly end: RosterEnd };

/** Faults and warnings listed one by one, each; more are only counted. */
export const findingsListedMax = 10_000;
const askingListedMax = 100;
/** A chunk is what the journal stores as one: a row is found by unpacking its chunk. */
const linesPerChunk = 250;
const chunkBytes = 262_144;

/** The chunks of one file. A refusal may also come last: a workbook shows some faults only at its end. */
export async function* rosterChunks(request: RosterRequest): AsyncGenerator<RosterChunk, void, void> {
  try {
    yield* chunksOf(request);
  } catch (error) {
    if (!(error instanceof WorkbookEnded)) throw error;
    yield error.refusal;
  }
}

async function* chunksOf(request: RosterRequest): AsyncGenerator<RosterChunk, void, void> {
  const { bytes, filingPeriod, assignments } = request;
  const reading = await readRoster(bytes, { assignments, ...(filingPeriod === null ? {} : { filingPeriod }) });
  if (reading.kind === 'refused') {
    yield reading;
    return;
  }
  yield { kind: 'opened', encoding: reading.encoding, header: reading.header };
  const chunk = new ChunkInMaking();
  for (;;) {
    const next = await reading.lines.next();
    if (next.done === true) {
      if (chunk.lineCount > 0) yield chunk.take();
      yield { kind: 'end', end: next.value };
      return;
    }
    const line = next.value;
    if (line.kind === 'row') chunk.accept(normalLine(normalRow(line.row)), line.warnings);
    else chunk.reject(line.faults);
    if (chunk.isFull()) yield chunk.take();
  }
}

class ChunkInMaking {
  lineCount = 0;
  readonly #lines = new LineBytes(2 * chunkBytes);
  #accepted = 0;
  #faults: CellFault[] = [];
  #warnings: CellFault[] = [];
  #asking: CellFault[] = [];
  #askingCount = 0;
  #askingListed = 0;
  #faultCount = 0;
  #warningCount = 0;
  #faultsListed = 0;
  #warningsListed = 0;

  accept(line: string, warnings: readonly CellFault[]): void {
    this.lineCount += 1;
    this.#lines.add(line);
    this.#accepted += 1;
    if (warnings.length > 0) this.#warn(warnings);
  }

  #warn(warnings: readonly CellFault[]): void {
    this.#warningCount += warnings.length;
    const listed = warnings.slice(0, findingsListedMax - this.#warningsListed);
    this.#warningsListed += listed.length;
    this.#warnings.push(...listed);
    for (const warning of warnings) {
      if (!askingFindings.has(warning.code)) continue;
      this.#askingCount += 1;
      if (++this.#askingListed <= askingListedMax) this.#asking.push(warning);
    }
  }

  reject(faults: readonly CellFault[]): void {
    this.lineCount += 1;
    this.#faultCount += faults.length;
    const listed = faults.slice(0, findingsListedMax - this.#faultsListed);
    this.#faultsListed += listed.length;
    this.#faults.push(...listed);
  }

  isFull(): boolean {
    return this.lineCount >= linesPerChunk || this.#lines.length >= chunkBytes;
  }

  take(): RosterChunk {
    const chunk: RosterChunk = {
      kind: 'rows',
      lines: this.#lines.copied(),
      accepted: this.#accepted,
      faults: this.#faults,
      faultCount: this.#faultCount,
      warnings: this.#warnings,
      warningCount: this.#warningCount,
      asking: this.#asking,
      askingCount: this.#askingCount,
    };
    this.lineCount = 0;
    this.#accepted = 0;
    this.#faults = [];
    this.#warnings = [];
    this.#faultCount = 0;
    this.#warningCount = 0;
    this.#asking = [];
    this.#askingCount = 0;
    return chunk;
  }
}
