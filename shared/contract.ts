/** The one table of operations 操作表, joined from every capability. The window, the command line and the tests call nothing else. */
import type { z } from 'zod';
import { joined } from './joined.ts';

export const contract = joined('contract');

export type OperationName = keyof typeof contract;
export type OperationInput<N extends OperationName> = z.input<(typeof contract)[N]['input']>;
export type OperationOutput<N extends OperationName> = z.input<(typeof contract)[N]['output']>;

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(contract, name);
}
