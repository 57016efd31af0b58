/** What waits in the office 待办行, as the office tells it, and beside it the funnel of refunds where there is one. */
import type { OperationOutput } from '../../shared/contract.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import type { Reply } from '../../shared/reply.ts';
import { ask } from '../office.ts';

/** A line as it reaches the window: amounts are yuan text. */
export type DeskRow = OperationOutput<'administration.desk'>['lines'][number];
export type Desk = { readonly lines: readonly DeskRow[]; readonly funnel: OperationOutput<'refunds.funnel'> | null };

/** @param reads whether the person may read refunds */
export async function deskOf(agency: Agency, reads: boolean): Promise<Reply<Desk>> {
  const desk = await ask('administration.desk', {});
  if (!desk.ok) return desk;
  if (agency !== 'tax' || !reads) return { ok: true, value: { lines: desk.value.lines, funnel: null } };
  const funnel = await ask('refunds.funnel', {});
  return funnel.ok ? { ok: true, value: { lines: desk.value.lines, funnel: funnel.value } } : funnel;
}
