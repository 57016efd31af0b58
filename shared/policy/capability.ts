/** 政策参数, as every process knows it. */
import { amendmentContract } from './amendment-contract.ts';
import { policyErrors } from './errors.ts';
import { scheduleContract } from './schedule-contract.ts';

export const names = {
  policy: { zh: '政策参数', source: '2022年第14号、17号、19号、21号公告；2025年第7号公告' },
};
export const contract = { ...scheduleContract, ...amendmentContract };
export const errors = policyErrors;
