/** 风险, as every process knows it. */
import type { Term } from '../kernel/capability.ts';
import { riskStateNames } from './cases.ts';
import { riskContract } from './contract.ts';
import { riskErrors } from './errors.ts';
import { indicatorIds, indicators } from './indicators.ts';

export const names = {
  risk: { zh: '风险', source: '工作方案“加强风险防控”' },
};
export const contract = riskContract;
export const errors = riskErrors;
export const terms: Readonly<Record<string, Term>> = {
  hit: { zh: '疑点', source: '工作方案“加强风险防控”' },
  indicator: { zh: '风险指标', source: '内部用语' },
};
export const labels = {
  riskState: riskStateNames,
  riskIndicator: Object.fromEntries(indicatorIds.map((id) => [id, indicators[id].zh])),
};
