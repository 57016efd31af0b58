/**
 * Evaluates a batch 一批 of a roster file into the bytes of its lines: what one worker thread does, and the main thread itself for a small file. The same
 * batch gives the same bytes wherever it runs.
 * @source shared spec headless.md (`evaluate`)
 */
import { verdicts, type PackId, type Verdict } from '../../shared/eligibility/model.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import { LineBytes } from '../platform/line-bytes.ts';
import type { ResourceReader } from '../platform/resources.ts';
import { batchReader, type RosterBatch } from '../roster/without-ledger.ts';
import { lineWriter, rejectedLine } from './determination-line.ts';
import { rejectedRecord, tableRecord } from './determination-table.ts';
import { officePolicy } from './policy-reader.ts';
import { judgeFor } from './evaluate.ts';
import { policyFiles } from './policy.ts';

/** Everything a thread must know; plain data. */
export type EvaluationTerms = {
  readonly period: TaxPeriod;
  /** `--pack`, or null for the one in force. */
  readonly pack: PackId | null;
  /** Texts of the policy's files by path; a worker opens no file. */
  readonly policyTexts: Readonly<Record<string, string>>;
  /** The head of the file, from openRosterBatches. */
  readonly head: string;
  /** What is wanted: lines, the table, or both. */
  readonly lines: boolean;
  readonly table: boolean;
};

export type VerdictCounts = Readonly<Record<Verdict | 'rejected', number>>;

export type EvaluatedBatch = {
  /** JSON lines as UTF-8, each with its line feed; null when not wanted. */
  readonly lines: Uint8Array<ArrayBuffer> | null;
  /** Records of the table, likewise. */
  readonly table: Uint8Array<ArrayBuffer> | null;
  readonly counts: VerdictCounts;
  /** What the reader warned of in the rows of the batch: how much, and the first of it. */
  readonly warned: { readonly count: number; readonly first: readonly CellFault[] };
};

/** Buffers whose bytes were written out, to be written into again: making new ones costs as much as filling them. */
export type SpareBuffers = { readonly lines?: ArrayBuffer; readonly table?: ArrayBuffer };

export function buffersOf({ lines, table }: EvaluatedBatch): SpareBuffers {
  return { ...(lines === null ? {} : { lines: lines.buffer }), ...(table === null ? {} : { table: table.buffer }) };
}

/** Warnings of a batch that are told one by one. */
export const warningsToldMax = 20;

/** The texts that officePolicy asks for; a missing one is left out and refused there. */
export function policyTextsOf(resources: ResourceReader): Record<string, string> {
  const paths = [...Object.values(policyFiles.parameters), policyFiles.sizeStandards];
  return Object.fromEntries(paths.flatMap((path) => {
    const text = resources(path);
    return text === null ? [] : [[path, text]];
  }));
}

/** @throws Refusal POLICY_PACK_BROKEN */
export function batchEvaluator({ period, pack, policyTexts, head, lines: linesWanted, table }: EvaluationTerms): (batch: RosterBatch, spare?: SpareBuffers) => EvaluatedBatch {
  const judge = judgeFor(period, officePolicy((path) => policyTexts[path] ?? null), pack === null ? {} : { pack });
  const read = batchReader(head, period);
  const lines = linesWanted ? new LineBytes(4_194_304) : null;
  const write = lines === null ? null : lineWriter(lines);
  const records = table ? new LineBytes(524_288) : null;
  return (batch, spare = {}) => {
    lines?.lend(spare.lines);
    records?.lend(spare.table);
    const counts = noVerdicts();
    const first: CellFault[] = [];
    let warnings = 0;
    for (const line of read(batch)) {
      if (line.kind === 'rejected') {
        const answer = rejectedLine(line);
        lines?.add(JSON.stringify(answer));
        records?.add(rejectedRecord(answer));
        counts.rejected += 1;
        continue;
      }
      if (line.warnings.length > 0) {
        warnings += line.warnings.length;
        if (first.length < warningsToldMax) first.push(...line.warnings.slice(0, warningsToldMax - first.length));
      }
      const judgement = judge(line.row);
      write?.(judgement, line.warnings);
      records?.add(tableRecord(judgement, line.warnings));
      counts[judgement.figures.verdict] += 1;
    }
    return { lines: lines?.take() ?? null, table: records?.take() ?? null, counts, warned: { count: warnings, first } };
  };
}

export function noVerdicts(): Record<Verdict | 'rejected', number> {
  return Object.fromEntries([...verdicts, 'rejected'].map((key) => [key, 0])) as Record<Verdict | 'rejected', number>; // every verdict is a key
}
