/** The door of eligibility 退税资格 for commands that hold no ledger 不用账本的门: a whole roster file through the evaluation. It reaches no database. */
export { noVerdicts, policyTextsOf, warningsToldMax, type EvaluatedBatch, type EvaluationTerms, type VerdictCounts } from './batch-evaluator.ts';
export { evaluatedBatches } from './evaluation-run.ts';
export { tableHead } from './determination-table.ts';
export { firstFilingPeriod } from './policy.ts';
export { judgeFor, type Judgement } from './evaluate.ts';
export { officePolicy } from './policy-reader.ts';
export { rejectedLine } from './determination-line.ts';
