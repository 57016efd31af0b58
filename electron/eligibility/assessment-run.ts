/**
 * A whole roster through the judging 逐批测算: its stored chunks to worker threads and to this one, the lines back in the order of the roster and put
 * together for one entry. It reads no database itself and enters nothing.
 */
import { sumFen } from '../../shared/kernel/money.ts';
import { verdicts } from '../../shared/eligibility/model.ts';
import { LinesInMaking, type PackedLines } from '../journal/index.ts';
import { answersOf, crewSize } from '../platform/worker-crew.ts';
import { batchAssessor, noneJudged, type AssessedBatch, type AssessmentTerms, type Tally } from './assessment-batch.ts';
import type { AssessmentQuestion } from './assessment-worker.ts';

/** Chunks, of up to 250 rows, that are judged before threads would have started. */
const chunksWithoutThreads = 6;
const heapMiB = 256;

export type Assessed = Tally & { readonly rows: number; readonly lines: PackedLines; readonly findings: PackedLines };

/**
 * @param chunks of the roster as stored, in its order; asked for one by one
 * @param told after each batch, with the rows judged so far; a throw ends all
 * @throws LineBroken when a thread falls over; Refusal POLICY_PACK_BROKEN
 */
export async function assessedRoster(terms: AssessmentTerms, chunks: Iterable<Uint8Array>, told: (rows: number) => void, workers = crewSize()): Promise<Assessed> {
  const [lines, findings] = [new LinesInMaking(), new LinesInMaking()];
  const counts = noneJudged();
  let [rows, refundableTotal] = [0, 0n];
  const judge = batchAssessor(terms);
  const answers = answersOf<ChunkQuestion, AssessedBatch>(workerEntry, { kind: 'terms', terms } satisfies AssessmentQuestion, questions(chunks), {
    workers, heapMiB, few: chunksWithoutThreads, here: ({ chunk }) => judge(chunk),
  });
  for await (const batch of answers) {
    lines.add(batch.figures);
    findings.add(batch.findings);
    for (const verdict of verdicts) counts[verdict] += batch.counts[verdict];
    refundableTotal = sumFen([refundableTotal, batch.refundableTotal]);
    rows += batch.figures.lines;
    told(rows);
  }
  return { rows, counts, refundableTotal, lines: lines.finish(), findings: findings.finish() };
}

const workerEntry = new URL('./assessment-worker.ts', import.meta.url);

type ChunkQuestion = Extract<AssessmentQuestion, { readonly kind: 'chunk' }>;

function* questions(chunks: Iterable<Uint8Array>): Generator<ChunkQuestion, void, void> {
  for (const chunk of chunks) yield { kind: 'chunk', chunk };
}
