/**
 * The door of eligibility 退税资格. Others reach the capability only through here: load a policy once, take an evaluator for a filing
 * period, turn rows into determinations and determinations into lines. It knows no amendment: the policy in force is passed in. Whole files without a
 * ledger: without-ledger.ts.
 */
export { evaluateRow, evaluatorFor, type EvaluationOptions, type Evaluator } from './evaluate.ts';
export { determinationLine, rejectedLine } from './determination-line.ts';
export { policyTextsOf } from './batch-evaluator.ts';
export {
  firstFilingPeriod, loadArticles, loadPolicy, packFor, parsePack, policyFiles, policyFrom, spansOf, type PackDocument, type Policy, type PolicyParts,
} from './policy.ts';
export { officePolicy, packDocument } from './policy-reader.ts';
export { amended, amendmentSchema, packInForce, parameterDocumentSchema, standingValues, type Amendment, type FilingSpan, type ParameterDocument } from './parameters.ts';
export { packTable } from './packs/index.ts';
export type { Pack, Rule } from './pack.ts';
export type { AssessedLine } from './assessed-lines.ts';
export { openKinds, periodAssessed } from './entries.ts';
export { endingCreditOf } from './credit.ts';
export { creditHasNotFallen, paidBefore, type PaidBefore, type PaidRefund, type PaidRefunds } from './paid-here.ts';
export type { ResourcesInForce } from './eligibility.service.ts';
export {
  assessedRecords, listAssessments, newestDetermination, readAssessment, readDetermination, refundableDeterminations, surveyBy,
  type AssessmentRow, type RefundableLine, type SurveyLine,
} from './determinations.sql.ts';
