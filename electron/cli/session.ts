/**
 * One command's session with an office: who acts, and calls of operations that throw their refusals. In a practice office without --as
 * the operator who holds the needed duty acts; in a real office the password is asked for once.
 */
import { contract, isOperationName, type OperationInput, type OperationName, type OperationOutput } from '../../shared/contract.ts';
import type { Operation } from '../../shared/kernel/operation.ts';
import type { Duty } from '../../shared/kernel/office.ts';
import { valueOf } from '../../shared/reply.ts';
import { openOffice, type Office } from '../office/office.ts';
import type { Surroundings } from '../journal/index.ts';

export type Session = {
  readonly office: Office;
  /** Calls an operation as the person of this session. @throws RefusedCall */
  call<N extends OperationName>(name: N, input: OperationInput<N>): Promise<OperationOutput<N>>;
  /** The same by any name, for `operation NAME`. */
  callByName(name: string, input: unknown): Promise<unknown>;
  close(): void;
};

export type SessionTerms = {
  readonly dir: string;
  readonly as: string | undefined;
  readonly env: Surroundings;
  readonly secret: (what: string) => string;
};

export function openSession(terms: SessionTerms): Session {
  const office = openOffice(terms.dir, terms.env);
  const signedIn = new Set<string>();
  let keysOpen = office.identity.practice;
  const callByName = async (name: string, input: unknown): Promise<unknown> => {
    const username = await actor(name);
    if (!keysOpen && username !== null && keyedOperations.test(name)) {
      valueOf(await office.unlockKeys(username, terms.secret('密钥口令')));
      keysOpen = true;
    }
    return valueOf(await office.call(name, input, username));
  };
  const actor = async (name: string): Promise<string | null> => {
    const operation: Operation | null = isOperationName(name) ? contract[name] : null;
    if (operation?.may === 'anyone' && terms.as === undefined) return null;
    const username = terms.as ?? (office.identity.practice ? await practiceOperator(operation) : null);
    if (username === null || signedIn.has(username)) return username;
    valueOf(await office.signIn(username, office.identity.practice ? null : terms.secret('口令')));
    signedIn.add(username);
    return username;
  };
  const practiceOperator = async (operation: Operation | null): Promise<string | null> => {
    const needed: readonly Duty[] = operation === null || typeof operation.may === 'string' ? ['handler'] : operation.may;
    const { operators } = valueOf(await office.call('administration.operators', {}, 'handler')) as OperationOutput<'administration.operators'>;
    return operators.find((operator) => operator.active && operator.duties.some((duty) => needed.includes(duty)))?.username ?? null;
  };
  return {
    office,
    call: (name, input) => callByName(name, input) as Promise<never>, // the contract fixes the output of a name
    callByName,
    close: () => {
      office.close();
    },
  };
}

/** Operations that sign or decrypt: a real office asks for the key passphrase before them. */
const keyedOperations = /^(exchange\.(export|import|inspect|confirm|resend)|keys\.(rotate|revoke|create))/;
