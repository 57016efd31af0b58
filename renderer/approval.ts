/**
 * Approval asks twice 再次核验本人: which operations need the person's password once more, by the same rule as the program, and the question itself.
 * The program refuses an approval without it; this only spares the clerk the refusal.
 */
import { contract, type OperationName } from '../shared/contract.ts';
import type { Reply } from '../shared/reply.ts';
import { askShell } from './office.ts';

/** A command that only approvers 审批 may do. */
export function asksAgain(name: OperationName): boolean {
  const { kind, may } = contract[name];
  return kind === 'command' && typeof may === 'object' && may.every((duty) => duty === 'approver');
}

export async function confirmPerson(password: string): Promise<Reply<true>> {
  const reply = await askShell('shell.confirmPerson', { password });
  return reply.ok ? { ok: true, value: true } : reply;
}
