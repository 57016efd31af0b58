/** Entry of a worker thread that judges stored rows of a roster. It is given texts and bytes only: no file, no database, no key. */
import { assert } from '../../shared/kernel/assert.ts';
import { lineToMain } from '../platform/worker-line.ts';
import { batchAssessor, type AssessedBatch, type AssessmentTerms } from './assessment-batch.ts';

/** The terms come first, then chunks of the roster as they are stored. */
export type AssessmentQuestion = { readonly kind: 'terms'; readonly terms: AssessmentTerms } | { readonly kind: 'chunk'; readonly chunk: Uint8Array };

let assess: ReturnType<typeof batchAssessor> | null = null;

lineToMain((asked): AssessedBatch | null => {
  const question = asked as AssessmentQuestion; // both ends are built from this type
  if (question.kind === 'terms') {
    assess = batchAssessor(question.terms);
    return null;
  }
  assert(assess !== null, 'the terms come before the first chunk');
  return assess(question.chunk);
});
