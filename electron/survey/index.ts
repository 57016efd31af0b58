/** The door of survey 退税底数: snapshots frozen, confirmed and received, and their funnel to the cross-off. */
export { surveyEntries } from './survey-entries.ts';
export { contradictingSurvey, receiveSurvey, surveyForExport, type ReceivedSurvey, type SurveyForExport } from './survey-exports.ts';
export type { RefundStanding } from './survey-funnel.ts';
export { surveyRules } from './survey-rules.ts';
export { surveyHandlersOver, type SurveyFacts } from './survey.service.ts';
export { sectionLetter } from './survey.sql.ts';
export { surveyTables } from './survey.tables.ts';
