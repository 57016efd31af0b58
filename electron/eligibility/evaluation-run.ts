/**
 * A whole roster file through the evaluation 逐批测算: batches to worker threads and to this one, their bytes back in the order of the file. A small file is
 * evaluated in this thread alone. It neither opens files nor writes any.
 * @source shared spec headless.md (`evaluate`); house.md (long work runs in a worker)
 */
import { answersOf, crewSize } from '../platform/worker-crew.ts';
import type { RosterBatch } from '../roster/without-ledger.ts';
import { batchEvaluator, buffersOf, type EvaluatedBatch, type EvaluationTerms, type SpareBuffers } from './batch-evaluator.ts';
import type { EvaluationQuestion } from './evaluation-worker.ts';

/** Starting threads takes as long as this many batches. */
const batchesWithoutThreads = 4;
const heapMiB = 256;

/**
 * The bytes of a batch hold until the next batch is asked for; then their buffers are written into again.
 * @param workers threads for a file that is not small; 0 for none
 * @throws LineBroken when a thread falls over; Refusal POLICY_PACK_BROKEN; what walking the batches throws
 */
export async function* evaluatedBatches(terms: EvaluationTerms, batches: Iterable<RosterBatch> | AsyncIterable<RosterBatch>, workers = crewSize()): AsyncGenerator<EvaluatedBatch, void, void> {
  // Made here also when threads work: a broken policy is refused before one is started.
  const evaluate = batchEvaluator(terms);
  const spares: SpareBuffers[] = [];
  const answers = answersOf<BatchQuestion, EvaluatedBatch>(workerEntry, { kind: 'terms', terms } satisfies EvaluationQuestion, batchQuestions(batches, spares), {
    workers, heapMiB, few: batchesWithoutThreads,
    here: ({ batch, spare }) => evaluate(batch, spare),
    moved: ({ spare }) => Object.values(spare),
  });
  for await (const evaluated of answers) {
    yield evaluated;
    spares.push(buffersOf(evaluated));
  }
}

const workerEntry = new URL('./evaluation-worker.ts', import.meta.url);

type BatchQuestion = Extract<EvaluationQuestion, { readonly kind: 'batch' }>;

async function* batchQuestions(batches: Iterable<RosterBatch> | AsyncIterable<RosterBatch>, spares: SpareBuffers[]): AsyncGenerator<BatchQuestion, void, void> {
  for await (const batch of batches) yield { kind: 'batch', batch, spare: spares.pop() ?? {} };
}
