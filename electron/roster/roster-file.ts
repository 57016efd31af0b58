/**
 * A roster file read whole for an import 导入: bounded reading, digest of the original bytes, parsing in a worker thread, and the
 * normalised lines kept as bytes until they are stored. It refuses files; whether faulty rows stop the import is not decided here.
 * @source shared spec decisions.md 3, 6; faults.md A10, B06, E10
 */
import { basename } from 'node:path';
import { assertNever } from '../../shared/kernel/assert.ts';
import { refuse } from '../../shared/errors.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import { foreignChunks, foreignLimits, ForeignWorkerStopped, type ForeignLimits } from '../platform/foreign-worker.ts';
import { sha256Hex } from '../platform/hash.ts';
import { readBoundedFile, type FileRefusal } from '../platform/text-file.ts';
import { normalRowOfLine, type NormalRow } from './normal-form.ts';
import type { RosterChunk, RosterRequest } from './roster-chunks.ts';
import type { RosterHeader } from './roster-header.ts';
import { rosterFileBytesMax, type RosterEnd } from './roster-reader.ts';

export type RosterFile = {
  /** Name without folders. */
  readonly file: string;
  /** SHA-256 of the bytes as received, hex. */
  readonly hash: string;
  readonly bytes: number;
  readonly encoding: string;
  readonly header: RosterHeader;
  readonly end: RosterEnd;
  readonly faults: readonly CellFault[];
  readonly faultCount: number;
  readonly warnings: readonly CellFault[];
  readonly warningCount: number;
  /** The accepted rows in file order; may be walked again. */
  readonly rows: () => Iterable<NormalRow>;
};
