/** 三方对账, as every process knows it. */
import type { Term } from '../kernel/capability.ts';
import { reconciliationContract } from './contract.ts';
import { reconErrors } from './errors.ts';
import { reasonNames } from './reasons.ts';
import { links, linkIds } from './links.ts';

export const names = {
  reconciliation: { zh: '三方对账', source: '工作方案“规范开展退税工作”：三方留抵退税资金对账机制' },
};
export const contract = reconciliationContract;
export const errors = reconErrors;
export const terms: Readonly<Record<string, Term>> = {
  reconciliation: { zh: '三方对账', source: '工作方案“规范开展退税工作”' },
};
export const labels = {
  reconReason: reasonNames,
  reconLink: Object.fromEntries(linkIds.map((id) => [id, links[id].zh])),
};
