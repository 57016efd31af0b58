/**
 * A whole roster file through the evaluation 逐批测算: batches to worker threads and to this one, their bytes back in the order of the file. A small file is
 * evaluated in this thread alone. It neither opens files nor writes any.
 * @source shared spec headless.md (`evaluate`); house.md (long work runs in a worker)
 */
import { answersInOrder, crewSize } from '../platform/worker-crew.ts';
import { nextTurn } from '../platform/worker-line.ts';
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
  const source = each(batches);
  const first = await taken(source, workers === 0 ? 0 : batchesWithoutThreads + 1);
  const spares: SpareBuffers[] = [];
  const questions = batchQuestions(joined(first, source), spares);
  const answers = workers === 0 || first.length <= batchesWithoutThreads ? answeredHere(questions, evaluate) : answersInOrder(workerEntry, { kind: 'terms', terms } satisfies EvaluationQuestion, questions, {
    workers, heapMiB,
    // The questions are those of batchQuestions.
    here: (question) => evaluate((question as BatchQuestion).batch, (question as BatchQuestion).spare),
    moved: (question) => Object.values((question as BatchQuestion).spare),
  });
  for await (const answer of answers) {
    const evaluated = answer as EvaluatedBatch; // by evaluation-worker.ts or by `evaluate`
    yield evaluated;
    spares.push(buffersOf(evaluated));
  }
}

type BatchQuestion = Extract<EvaluationQuestion, { readonly kind: 'batch' }>;

async function* batchQuestions(batches: AsyncIterable<RosterBatch>, spares: SpareBuffers[]): AsyncGenerator<BatchQuestion, void, void> {
  for await (const batch of batches) yield { kind: 'batch', batch, spare: spares.pop() ?? {} };
}

async function* answeredHere(questions: AsyncIterable<BatchQuestion>, evaluate: ReturnType<typeof batchEvaluator>): AsyncGenerator<EvaluatedBatch, void, void> {
  for await (const { batch, spare } of questions) {
    yield evaluate(batch, spare);
    await nextTurn();
  }
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
