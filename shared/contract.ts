/** The one table of operations 操作表, joined from every capability. The window, the command line and the tests call nothing else. */
import type { z } from 'zod';
import { backupContract } from './administration/backup-contract.ts';
import { administrationContract } from './administration/contract.ts';
import { amendmentContract } from './policy/amendment-contract.ts';
import { eligibilityContract } from './eligibility/contract.ts';
import { whatIfContract } from './eligibility/what-if-contract.ts';
import { surveyContract } from './survey/contract.ts';
import { scheduleContract } from './policy/schedule-contract.ts';
import { exchangeContract } from './exchange/contract.ts';
import { refundsContract } from './refunds/contract.ts';
import { reportsContract } from './reports/contract.ts';
import { tableExportContract } from './reports/export-contract.ts';
import { rosterContract } from './roster/contract.ts';
import { treasuryContract } from './treasury/contract.ts';

export const contract = {
  ...administrationContract,
  ...backupContract,
  ...rosterContract,
  ...eligibilityContract,
  ...whatIfContract,
  ...surveyContract,
  ...scheduleContract,
  ...amendmentContract,
  ...refundsContract,
  ...treasuryContract,
  ...exchangeContract,
  ...reportsContract,
  ...tableExportContract,
};

export type OperationName = keyof typeof contract;
export type OperationInput<N extends OperationName> = z.input<(typeof contract)[N]['input']>;
export type OperationOutput<N extends OperationName> = z.input<(typeof contract)[N]['output']>;

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(contract, name);
}
