/** 监督检查, as every process knows it. */
import type { Term } from '../kernel/capability.ts';
import { oversightErrors } from './errors.ts';

export const names = {
  oversight: { zh: '监督检查', source: '工作方案“加强监督检查”' },
};
export const contract = {};
export const errors = oversightErrors;
export const terms: Readonly<Record<string, Term>> = {
  sample: { zh: '抽样', source: '内部用语' },
  stratum: { zh: '层', source: '统计学用语' },
};
