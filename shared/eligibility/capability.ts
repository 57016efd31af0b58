/** 退税资格, as every process knows it. */
import { eligibilityContract } from './contract.ts';
import { eligibilityErrors } from './errors.ts';
import { outcomeNames, routeNames, sizeNames, verdictNames } from './terms.ts';
import { whatIfContract } from './what-if-contract.ts';
import type { Term } from '../kernel/capability.ts';

export const names = {
  eligibility: { zh: '退税资格', source: '2022年第14号公告' },
};
export const contract = { ...eligibilityContract, ...whatIfContract };
export const errors = eligibilityErrors;
export const terms: Readonly<Record<string, Term>> = {
  existingCredit: { zh: '存量留抵税额', source: '2022年第14号公告第五条' },
  incrementalCredit: { zh: '增量留抵税额', source: '2022年第14号公告第四条' },
  compositionRatio: { zh: '进项构成比例', source: '2022年第14号公告第八条' },
  exportRefund: { zh: '免抵退应退税额', source: '2022年第14号公告第九条' },
  vatArrears: { zh: '增值税欠税', source: '2019年第20号公告第九条' },
  determination: { zh: '资格认定', source: '内部用语' },
  finding: { zh: '逐条判定', source: '内部用语' },
  policyPack: { zh: '政策包', source: '内部用语' },
};
export const labels = { size: sizeNames, route: routeNames, verdict: verdictNames, outcome: outcomeNames };
