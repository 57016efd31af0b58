/** 报表打印, as every process knows it. */
import { reportsContract } from './contract.ts';
import { reportsErrors } from './errors.ts';
import { tableExportContract } from './export-contract.ts';

export const names = {
  reports: { zh: '报表打印', source: '内部用语' },
};
export const contract = { ...reportsContract, ...tableExportContract };
export const errors = reportsErrors;
