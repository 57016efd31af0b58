/**
 * The door of eligibility 退税资格. Others reach the capability only through here: load a policy once, take an evaluator for a filing
 * period, turn rows into determinations and determinations into lines.
 */
export { evaluateRow, evaluatorFor, type EvaluationOptions, type Evaluator } from './evaluate.ts';
export { determinationLine, rejectedLine } from './determination-line.ts';
export { noVerdicts, policyTextsOf, type EvaluatedBatch, type EvaluationTerms, type VerdictCounts } from './batch-evaluator.ts';
export { evaluatedBatches } from './evaluation-run.ts';
export { tableHead } from './determination-table.ts';
export {
  firstFilingPeriod,
  loadArticles,
  loadPolicy,
  packFor,
  parsePack,
  policyFiles,
  policyFrom,
  type PackDocument,
  type Policy,
  type PolicyParts,
} from './policy.ts';
export { amended, amendmentSchema, parameterDocumentSchema, type Amendment, type ParameterDocument } from './parameters.ts';
export type { Pack, Rule } from './pack.ts';
export { eligibilityEntries } from './entries.ts';
export { amendmentHandlers, amendmentsToSend, receiveAmendments, type SignedAmendment } from './amendments.service.ts';
export { alreadyHeld, amendedBy, judgeAmendment } from './amendments.ts';
export { placedAmendments } from './amendments.sql.ts';
export { ruleChangeHandlersOver } from './rule-change.service.ts';
export { amendedResources, knownPackHashes, officePolicy, packDocument, standingPolicy, standingResources } from './standing-policy.ts';
export { eligibilityHandlers } from './eligibility.service.ts';
export { whatIfHandlers } from './what-if.service.ts';
export { scheduleHandlersOver } from './schedule.service.ts';
export { loadCountyPlan, type CountyPlan } from './county-plan.ts';
export { assessedRecords, readAssessment, readDetermination, refundableDeterminations, surveyBy, type RefundableLine, type SurveyLine } from './determinations.sql.ts';
export { surveyEntries } from './survey-entries.ts';
export { contradictingSurvey, receiveSurvey, surveyForExport, type ReceivedSurvey, type SurveyForExport } from './survey-exports.ts';
export type { RefundStanding } from './survey-funnel.ts';
export { surveyRules } from './survey-rules.ts';
export { surveyHandlersOver, type SurveyFacts } from './survey.service.ts';
export { sectionLetter } from './survey.sql.ts';
