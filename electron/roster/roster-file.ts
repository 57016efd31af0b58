/**
 * A roster file read whole for an import 导入: bounded reading, digest of the original bytes, parsing in a worker thread, and the
 * normalised lines kept as bytes until they are stored. It refuses files; whether faulty rows stop the import is not decided here.
 * @source shared spec decisions.md 3, 6; faults.md A10, B06, E10
 */
import { assertNever, present } from '../../shared/kernel/assert.ts';
import { refusal, refuse } from '../../shared/errors.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { askingFindings } from '../../shared/roster/errors.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import { LinesInMaking, packedChunk, type PackedLines } from '../journal/index.ts';
import { foreignChunks, foreignLimits, stopReasons, LineBroken, type ForeignLimits } from '../platform/worker-line.ts';
import { sha256Hex } from '../platform/hash.ts';
import { fileNameOf, readBoundedFile } from '../platform/text-file.ts';
import { noAssignments, type Assignments } from './assigned-headers.ts';
import { fileRefusal } from './file-refusal.ts';
import { normalRowsOf, type NormalRow } from './normal-form.ts';
import type { RosterChunk, RosterRequest } from './roster-chunks.ts';
import type { RosterHeader } from './roster-header.ts';
import { rosterFileBytesMax } from './roster-reader.ts';
import type { RosterEnd } from './roster-rows.ts';

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
  /** The first of the warnings that a person must have seen, and how many there are. */
  readonly asking: readonly CellFault[];
  readonly askingCount: number;
  /** The accepted rows in file order; may be walked again. */
  readonly rows: () => Iterable<NormalRow>;
  /** The same as the journal stores them. */
  readonly content: PackedLines;
};

/**
 * Reads a file for import.
 * @param path of a regular file
 * @throws Refusal ROSTER_FILE_*, ROSTER_ENCODING_UNKNOWN, ROSTER_HEADER_INVALID, ROSTER_ROWS_TOO_MANY, ROSTER_READING_STOPPED …
 */
export async function readRosterFile(
  path: string, filingPeriod: TaxPeriod | null, { assignments = noAssignments, limits = foreignLimits }: { readonly assignments?: Assignments; readonly limits?: ForeignLimits } = {},
): Promise<RosterFile> {
  const file = fileNameOf(path);
  const read = readBoundedFile(path, rosterFileBytesMax);
  if (read.kind === 'refused') throw fileRefusal(file, read.reason);
  const hash = sha256Hex(read.bytes);
  const bytes = read.bytes.length;
  const parts = new FileParts();
  try {
    for await (const chunk of foreignChunks(workerEntry, { bytes: read.bytes, filingPeriod, assignments } satisfies RosterRequest, [read.bytes.buffer], limits)) {
      parts.add(chunk as RosterChunk); // made by roster-chunks.ts in the worker
    }
  } catch (error) {
    if (!(error instanceof LineBroken)) throw error;
    refuse('ROSTER_READING_STOPPED', { file, reason: stopReasons[error.reason] }, { cause: error.message.split('\n')[0] ?? '' });
  }
  return { file, hash, bytes, ...parts.whole() };
}

const workerEntry = new URL('./roster-worker.ts', import.meta.url);

/** Puts the chunks together again and packs each while the worker makes the next; rows stay encoded, at half the memory of text. */
class FileParts {
  #opened: { readonly encoding: string; readonly header: RosterHeader } | null = null;
  #end: RosterEnd | null = null;
  #lines: Uint8Array[] = [];
  readonly #content = new LinesInMaking();
  #faults: CellFault[] = [];
  #faultCount = 0;
  #warnings: CellFault[] = [];
  #warningCount = 0;
  #asking: CellFault[] = [];
  #askingCount = 0;

  add(chunk: RosterChunk): void {
    switch (chunk.kind) {
      case 'refused':
        throw refusal(chunk.code, chunk.params, { faults: chunk.faults, ...(chunk.headers === undefined ? {} : { headers: chunk.headers }) });
      case 'opened':
        this.#opened = chunk;
        this.#note(chunk.header.notes);
        return;
      case 'rows':
        this.#lines.push(chunk.lines);
        if (chunk.accepted > 0) this.#content.add(packedChunk(chunk.lines, chunk.accepted));
        this.#faults.push(...chunk.faults);
        this.#faultCount += chunk.faultCount;
        this.#warnings.push(...chunk.warnings);
        this.#warningCount += chunk.warningCount;
        this.#asking.push(...chunk.asking);
        this.#askingCount += chunk.askingCount;
        return;
      case 'end':
        this.#end = chunk.end;
        return;
      default:
        assertNever(chunk);
    }
  }

  /** What stands around the table comes before what was found in it. */
  #note(notes: readonly CellFault[]): void {
    const asking = notes.filter(({ code }) => askingFindings.has(code));
    this.#warnings.push(...notes);
    this.#warningCount += notes.length;
    this.#asking.push(...asking);
    this.#askingCount += asking.length;
  }

  whole(): Omit<RosterFile, 'file' | 'hash' | 'bytes'> {
    const { encoding, header } = present(this.#opened, 'a roster file that was opened');
    const lines = this.#lines;
    return {
      encoding, header, end: present(this.#end, 'the end of a roster file'),
      faults: this.#faults, faultCount: this.#faultCount, warnings: this.#warnings, warningCount: this.#warningCount,
      asking: this.#asking, askingCount: this.#askingCount,
      rows: () => normalRowsOf(lines),
      content: this.#content.finish(),
    };
  }
}
