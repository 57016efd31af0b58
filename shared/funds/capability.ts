/** 资金与库款, as every process knows it. */
import type { Term } from '../kernel/capability.ts';
import { fundsErrors } from './errors.ts';

export const names = {
  funds: { zh: '资金与库款', source: '工作方案“保障退税资金”：专项资金与库款保障' },
};
export const contract = {};
export const errors = fundsErrors;
export const terms: Readonly<Record<string, Term>> = {
  forecast: { zh: '退税资金预测', source: '内部用语' },
};
