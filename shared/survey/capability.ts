/** 退税底数, as every process knows it. */
import { surveyContract } from './contract.ts';
import { surveyErrors } from './errors.ts';
import { surveyChangeNames, surveyDifferenceNames, surveyListNames, surveyPlaceNames, surveyStageNames } from './model.ts';
import type { Term } from '../kernel/capability.ts';

export const names = {
  survey: { zh: '退税底数', source: '工作方案二（一）摸清退税底数' },
};
export const contract = surveyContract;
export const errors = surveyErrors;
export const terms: Readonly<Record<string, Term>> = {
  survey: { zh: '退税底数', source: '工作方案二（一）' },
  snapshot: { zh: '底数快照', source: '内部用语' },
  funnel: { zh: '底数漏斗', source: '内部用语' },
};
export const labels = {
  surveyList: surveyListNames,
  surveyStage: surveyStageNames,
  surveyPlace: surveyPlaceNames,
  surveyDifference: surveyDifferenceNames,
  surveyChange: surveyChangeNames,
};
