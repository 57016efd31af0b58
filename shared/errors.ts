/**
 * The one error table 错误表, joined from every capability: key → number → Chinese sentence. A message is what happened and what
 * was not changed, then what to do next.
 */
import { backupErrors } from './administration/backup-errors.ts';
import { administrationErrors } from './administration/errors.ts';
import { eligibilityErrors } from './eligibility/errors.ts';
import { exchangeErrors } from './exchange/errors.ts';
import { fillSentence, RecordedRefusal, Refusal, type ErrorParams, type ErrorRow } from './kernel/errors.ts';
import { policyErrors } from './policy/errors.ts';
import { refundsErrors } from './refunds/errors.ts';
import { reportsErrors } from './reports/errors.ts';
import { rosterErrors } from './roster/errors.ts';
import { shellErrors } from './shell/errors.ts';
import { surveyErrors } from './survey/errors.ts';
import { treasuryErrors } from './treasury/errors.ts';

export const errorTable = {
  ...administrationErrors,
  ...backupErrors,
  ...rosterErrors,
  ...eligibilityErrors,
  ...policyErrors,
  ...surveyErrors,
  ...refundsErrors,
  ...treasuryErrors,
  ...exchangeErrors,
  ...reportsErrors,
  ...shellErrors,
} as const;

export type ErrorKey = keyof typeof errorTable;

/** Leaves the operation with a refusal of the table; the transaction rolls back. */
export function refuse(code: ErrorKey, params: ErrorParams = {}, details: unknown = null): never {
  throw refusal(code, params, details);
}

/** Leaves the operation with a refusal, but keeps the audit entries appended so far; business entries may not be among them. */
export function refuseRecorded(code: ErrorKey, params: ErrorParams = {}, details: unknown = null): never {
  throw new RecordedRefusal(code, params, details);
}

/** Whether an attempt refused with this code leaves a line in the audit stream. */
export function isAudited(code: unknown): boolean {
  const row: ErrorRow | undefined = typeof code === 'string' && Object.hasOwn(errorTable, code) ? errorTable[code as ErrorKey] : undefined; // an own key
  return row?.audited === true;
}

/** The refusal as a value, for lists of faults. */
export function refusal(code: ErrorKey, params: ErrorParams = {}, details: unknown = null): Refusal {
  return new Refusal(code, params, details);
}

/** The sentences of a code: `（E203）缺少…，未导入。请向…索取。` */
export function errorMessage(code: string, params: ErrorParams = {}): string {
  const row: ErrorRow | undefined = Object.hasOwn(errorTable, code) ? errorTable[code as ErrorKey] : undefined;
  if (row === undefined) return code;
  const number = row.number === undefined ? '' : `（${row.number}）`;
  return `${number}${fillSentence(row.says, params)}。${fillSentence(row.next, params)}。`;
}
