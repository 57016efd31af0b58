/** The door of survey 退税底数: snapshots frozen, confirmed and received, and their funnel to the cross-off. */
export { contradictingSurvey, receiveSurvey, surveyForExport, type ReceivedSurvey, type SurveyForExport } from './survey-exports.ts';
export type { RefundStanding } from './survey-funnel.ts';
export type { SurveyFacts } from './survey.service.ts';
export { sectionLetter } from './survey.sql.ts';
