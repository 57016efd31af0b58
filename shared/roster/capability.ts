/** 名册, as every process knows it. */
import { rosterContract } from './contract.ts';
import { rosterErrors } from './errors.ts';
import type { Term } from '../kernel/capability.ts';

export const names = {
  roster: { zh: '名册', source: '工作方案二（一）摸清退税底数' },
};
export const contract = rosterContract;
export const errors = rosterErrors;
export const terms: Readonly<Record<string, Term>> = {
  uscc: { zh: '统一社会信用代码', source: 'GB 32100-2015' },
  filingPeriod: { zh: '申报期', source: '2022年第14号公告第十一条' },
  taxPeriod: { zh: '税款所属期', source: '2019年第20号公告' },
  excessInputCredit: { zh: '期末留抵税额', source: '2019年第39号公告第八条' },
};
