/**
 * A whole roster file through the evaluation 逐批测算: batches to worker threads, their bytes back in the order of the file. A small file is evaluated
 * in this thread. It neither opens files nor writes any.
 * @source shared spec headless.md (`evaluate`); house.md (long work runs in a worker)
 */
import { answersInOrder, crewSize } from '../platform/worker-crew.ts';
import { nextTurn } from '../platform/worker-line.ts';
import type { RosterBatch } from '../roster/index.ts';
import { batchEvaluator, type EvaluatedBatch, type EvaluationTerms } from './batch-evaluator.ts';
import type { EvaluationQuestion } from './evaluation-worker.ts';

/** Starting threads takes as long as this many batches. */
const batchesWithoutThreads = 4;
const heapMiB = 256;

/**
 * @param workers threads for a file that is not small; 0 for none
 * @throws LineBroken when a thread falls over; Refusal POLICY_PACK_BROKEN; what walking the batches throws
 */
export async function* evaluatedBatches(terms: EvaluationTerms, batches: Iterable<RosterBatch> | AsyncIterable<RosterBatch>, workers = crewSize()): AsyncGenerator<EvaluatedBatch, void, void> {
  // Made here also when threads work: a broken policy is refused before one is started.
  const evaluate = batchEvaluator(terms);
  const source = each(batches);
  const first = await taken(source, workers === 0 ? 0 : batchesWithoutThreads + 1);
  if (workers === 0 || first.length <= batchesWithoutThreads) {
    for await (const batch of joined(first, source)) {
      yield evaluate(batch);
      await nextTurn();
    }
    return;
  }
  const asked = questions(joined(first, source));
  // What evaluation-worker.ts answers to a batch.
  yield* answersInOrder(workerEntry, { kind: 'terms', terms } satisfies EvaluationQuestion, asked, { workers, heapMiB }) as AsyncGenerator<EvaluatedBatch, void, void>;
}

const workerEntry = new URL('./evaluation-worker.ts', import.meta.url);

async function* each<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, void, void> {
  yield* items;
}

async function taken<T>(source: AsyncGenerator<T, void, void>, most: number): Promise<T[]> {
  const items: T[] = [];
  while (items.length < most) {
    const next = await source.next();
    if (next.done === true) break;
    items.push(next.value);
  }
  return items;
}

async function* joined<T>(first: readonly T[], rest: AsyncGenerator<T, void, void>): AsyncGenerator<T, void, void> {
  yield* first;
  yield* rest;
}

async function* questions(batches: AsyncIterable<RosterBatch>): AsyncGenerator<EvaluationQuestion, void, void> {
  for await (const batch of batches) yield { kind: 'batch', batch };
}
