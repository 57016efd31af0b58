/**
 * A refusal laid out for the eye 未办理的说明: what happened, what to do next, and the details line by line. Works from the sentence the office
 * sent and the error table; never guesses a cause.
 */
import { errorTable } from '../../shared/error-table.ts';
import type { ErrorRow } from '../../shared/kernel/errors.ts';

export type ReplyError = { readonly code: string; readonly message: string; readonly details: unknown };
export type RefusalText = { readonly says: string; readonly next: string | null };

/** Splits the one message into what happened and what to do next. */
export function refusalText({ code, message }: Pick<ReplyError, 'code' | 'message'>): RefusalText {
  const row: ErrorRow | undefined = Object.hasOwn(errorTable, code) ? errorTable[code as keyof typeof errorTable] : undefined;
  if (row === undefined) return { says: message, next: null };
  const opening = row.next.split('{')[0] ?? '';
  const at = opening === '' ? -1 : message.lastIndexOf(`。${opening}`);
  return at < 0 ? { says: message, next: null } : { says: message.slice(0, at + 1), next: message.slice(at + 1) };
}

/** Lines shown of details; the number of the others is said. */
export const detailLinesMax = 200;

/**
 * Details as lines: every object that carries a sentence becomes one line, opened by what it is about (row, column, name, number).
 * What has no sentence is left to the evidence file; nothing is shown as raw JSON.
 */
export function detailLines(details: unknown): readonly string[] {
  if (Array.isArray(details)) return details.flatMap((item: unknown) => lineOf(item));
  if (isRecord(details)) return Object.values(details).flatMap((value) => (Array.isArray(value) ? detailLines(value) : []));
  return [];
}

const subjects: readonly (readonly [key: string, before: string, after: string])[] = [
  ['row', '第 ', ' 行'], ['line', '第 ', ' 行'], ['name', '', ''], ['refund', '', ''], ['voucherNo', '退还书 ', ''], ['column', '“', '”列'], ['field', '“', '”项'],
];

function lineOf(item: unknown): readonly string[] {
  if (typeof item === 'string') return [item];
  if (!isRecord(item)) return [];
  const message = item['message'];
  if (typeof message !== 'string' || message === '') return [];
  const about = subjects.flatMap(([key, before, after]) => {
    const value = item[key];
    return (typeof value === 'string' && value !== '') || typeof value === 'number' ? [`${before}${String(value)}${after}`] : [];
  });
  return [about.length === 0 ? message : `${about.join(' ')}：${message}`];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
