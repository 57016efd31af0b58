/** The manifest of 退税底数. */
import * as facts from '../../shared/survey/capability.ts';
import { defineCapability } from '../journal/index.ts';
import { surveyEntries } from './survey-entries.ts';
import { surveyRules } from './survey-rules.ts';
import { surveyDesk, surveyHandlers, type SurveyFacts } from './survey.service.ts';
import { surveyTables } from './survey.tables.ts';

export const survey = defineCapability(facts, {
  needs: { surveyFacts: 'the funnel follows a taxpayer of the snapshot to its refund' },
  handlers: ({ surveyFacts }: { readonly surveyFacts: SurveyFacts }) => surveyHandlers(surveyFacts),
  entries: surveyEntries,
  tables: [surveyTables],
  rules: surveyRules,
  desk: [surveyDesk],
});
