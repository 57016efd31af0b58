/**
 * The seat of one window 窗口席位: what its session knows, and the few ways in which everyone asks the office of that window. The rules of who may ask
 * stand in window-session.ts.
 */
import { contract, type OperationName, type OperationOutput } from '../../shared/contract.ts';
import { refuse } from '../../shared/errors.ts';
import { valueOf, type Reply } from '../../shared/reply.ts';
import type { ShellStatus } from '../../shared/shell/contract.ts';
import type { FileTokens } from './file-tokens.ts';
import type { OfficeThread, OpenedOffice } from './office-thread.ts';
import type { ShellServices } from './shell-services.ts';
import type { Works } from './works.ts';

export type OpenedHere = OpenedOffice & { readonly thread: OfficeThread; readonly keysUnlocked: boolean };
export type Person = NonNullable<ShellStatus['person']>;

/** What handlers of the shell's table work with. */
export type Seat = {
  readonly services: ShellServices;
  readonly tokens: FileTokens;
  readonly works: Works;
  office: OpenedHere | null;
  person: Person | null;
  locked: boolean;
  /** When the person signed in was last asked for the password; an approval in a real office needs this to be recent. */
  confirmedAt: number;
  readonly status: () => ShellStatus;
};

/** Runs an operation in this window's office, as the person signed in. */
export async function callOffice(seat: Seat, name: OperationName, input: unknown, username = seat.person?.username ?? null): Promise<Reply> {
  const { title } = contract[name];
  const { office } = seat;
  if (office === null) return refuse('OFFICE_NOT_OPEN', { title });
  const files = seat.tokens.named(input);
  const replace = Object.keys(files).filter((token) => seat.tokens.mayReplace(token));
  return seat.works.during(name, (work) => office.thread.call({ kind: 'call', work: work.number, name, input, username, files, replace, stop: work.stop }, title));
}

/** The active operators, asked as one of them; none when that one may not ask. */
export async function activeOperators(seat: Seat, username: string): Promise<Person[]> {
  const reply = await callOffice(seat, 'administration.operators', {}, username);
  if (!reply.ok) return [];
  const { operators } = reply.value as OperationOutput<'administration.operators'>; // the office's loop parsed it by the contract
  return operators.filter((operator) => operator.active).map(({ username: known, name, duties, password }) => ({ username: known, name, duties, password }));
}

/** An active operator by name, as the office itself knows them, or null. The caller has authenticated the name. */
export async function personOf(seat: Seat, username: string): Promise<Person | null> {
  const operators = await activeOperators(seat, username);
  return operators.find((operator) => operator.username === username) ?? null;
}

/** Closes the private keys of a real office, after the work that may be using them. Nothing else is asked of the thread meanwhile. */
export async function lockKeys(seat: Seat): Promise<void> {
  const { office } = seat;
  if (office === null || office.identity.practice || !office.keysUnlocked) return;
  await seat.works.quiet();
  valueOf(await office.thread.ask({ kind: 'lock-keys' }));
  if (seat.office?.thread === office.thread) seat.office = { ...seat.office, keysUnlocked: false };
}
