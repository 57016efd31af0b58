/** Entry of a worker thread that evaluates batches of a roster file. It is given texts only: no file, no database, no key. */
import { assert } from '../../shared/kernel/assert.ts';
import { lineToMain } from '../platform/worker-line.ts';
import type { RosterBatch } from '../roster/without-ledger.ts';
import { batchEvaluator, buffersOf, type EvaluatedBatch, type EvaluationTerms, type SpareBuffers } from './batch-evaluator.ts';

/** The terms come first, then batches, each with buffers that were written out. */
export type EvaluationQuestion = { readonly kind: 'terms'; readonly terms: EvaluationTerms } | { readonly kind: 'batch'; readonly batch: RosterBatch; readonly spare: SpareBuffers };

let evaluate: ReturnType<typeof batchEvaluator> | null = null;

lineToMain(
  (asked): EvaluatedBatch | null => {
    const question = asked as EvaluationQuestion; // both ends are built from this type
    if (question.kind === 'terms') {
      evaluate = batchEvaluator(question.terms);
      return null;
    }
    assert(evaluate !== null, 'the terms come before the first batch');
    return evaluate(question.batch, question.spare);
  },
  (answer) => (answer === null ? [] : Object.values(buffersOf(answer))),
);
