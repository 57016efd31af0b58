/** Entry of a worker thread that evaluates batches of a roster file. It is given texts only: no file, no database, no key. */
import { assert } from '../../shared/kernel/assert.ts';
import { lineToMain } from '../platform/worker-line.ts';
import type { RosterBatch } from '../roster/index.ts';
import { batchEvaluator, type EvaluatedBatch, type EvaluationTerms } from './batch-evaluator.ts';

/** The terms come first, then batches. */
export type EvaluationQuestion = { readonly kind: 'terms'; readonly terms: EvaluationTerms } | { readonly kind: 'batch'; readonly batch: RosterBatch };

let evaluate: ((batch: RosterBatch) => EvaluatedBatch) | null = null;

lineToMain(
  (asked): EvaluatedBatch | null => {
    const question = asked as EvaluationQuestion; // both ends are built from this type
    if (question.kind === 'terms') {
      evaluate = batchEvaluator(question.terms);
      return null;
    }
    assert(evaluate !== null, 'the terms come before the first batch');
    return evaluate(question.batch);
  },
  (answer) => [answer?.lines, answer?.table].flatMap((bytes) => bytes?.buffer ?? []),
);
