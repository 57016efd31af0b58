/**
 * The one way from a page to the office 办理与查询: a name of the operations table, its input, the reply. Inputs are copied to plain JSON,
 * because reactive objects cannot cross the bridge. Decides nothing and keeps nothing.
 */
import { contract, type OperationInput, type OperationName, type OperationOutput } from '../shared/contract.ts';
import { refusal } from '../shared/errors.ts';
import { refusedReply, type Reply } from '../shared/reply.ts';
import type { ShellInput, ShellName, ShellOutput } from '../shared/shell/contract.ts';

/** Runs one operation as the person signed in. Never throws: a bridge that fails answers like a program fault. */
export async function ask<N extends OperationName>(name: N, input: OperationInput<N>): Promise<Reply<OperationOutput<N>>> {
  return (await invoked(name, input, contract[name].kind === 'query')) as Reply<OperationOutput<N>>;
}

/** Runs one row of the shell's own table: windows, sign-in, files. */
export async function askShell<N extends ShellName>(name: N, input: ShellInput<N>): Promise<Reply<ShellOutput<N>>> {
  return (await invoked(name, input, false)) as Reply<ShellOutput<N>>;
}

async function invoked(name: string, input: unknown, asks: boolean): Promise<Reply> {
  try {
    const { liudi } = globalThis as unknown as { readonly liudi: { invoke(name: string, input: unknown): Promise<Reply> } }; // bridge.d.ts, put there by the preload script
    return await liudi.invoke(name, JSON.parse(JSON.stringify(input)));
  } catch {
    const known = asks ? { found: '没有取到数，账本未变', act: '重新取数' } : { found: '不能确定是否已经办理', act: '核对结果' };
    return refusedReply(refusal('BRIDGE_SILENT', known));
  }
}
