/**
 * The one error table 错误表, joined from every capability: key → number → Chinese sentence. A message is what happened and what
 * was not changed, then what to do next.
 */
import { joined } from './joined.ts';
import { fillSentence, type ErrorParams, type ErrorRow } from './kernel/errors.ts';

export const errorTable = joined('errors');

export type ErrorKey = keyof typeof errorTable;

/** Whether an attempt refused with this code leaves a line in the audit stream. */
export function isAudited(code: unknown): boolean {
  const row: ErrorRow | undefined = typeof code === 'string' && Object.hasOwn(errorTable, code) ? errorTable[code as ErrorKey] : undefined; // an own key
  return row?.audited === true;
}

/** The sentences of a code: `（E203）缺少…，未导入。请向…索取。` */
export function errorMessage(code: string, params: ErrorParams = {}): string {
  const row: ErrorRow | undefined = Object.hasOwn(errorTable, code) ? errorTable[code as ErrorKey] : undefined;
  if (row === undefined) return code;
  const number = row.number === undefined ? '' : `（${row.number}）`;
  return `${number}${fillSentence(row.says, params)}。${fillSentence(row.next, params)}。`;
}

/** The number of a code as people quote it, `E203`; blank where it has none. */
export function errorNumber(code: string): string {
  const row: ErrorRow | undefined = Object.hasOwn(errorTable, code) ? errorTable[code as ErrorKey] : undefined; // an own key
  return row?.number ?? '';
}
