/** 退库, as every process knows it. */
import { treasuryContract } from './contract.ts';
import { treasuryErrors } from './errors.ts';
import { paymentStateNames } from './cases.ts';
import { toldAnswerNames } from './received.ts';
import type { Term } from '../kernel/capability.ts';

export const names = {
  treasury: { zh: '退库', source: '税款缴库退库工作规程（总局令第31号）' },
};
export const contract = treasuryContract;
export const errors = treasuryErrors;
export const terms: Readonly<Record<string, Term>> = {
  budgetSubject: { zh: '预算科目', source: '财预〔2022〕40号' },
  share: { zh: '分担比例', source: '国发〔2019〕21号' },
};
export const labels = { paymentState: paymentStateNames, toldAnswer: toldAnswerNames };
