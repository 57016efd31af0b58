/**
 * One window's session 窗口会话: which office is open in it, who is signed in, whether it is locked. The page sends names and inputs and never says who
 * acts. Two windows are two sessions with threads of their own, so a practice office beside a real one shares nothing with it.
 * @source shared spec ledger.md 3.1; faults.md G02, G03, H08
 */
import { contract, isOperationName, type OperationName, type OperationOutput } from '../../shared/contract.ts';
import { refuse } from '../../shared/errors.ts';
import { firstFault, inputFaults, inputWords } from '../../shared/input-faults.ts';
import { replyOf, type Reply } from '../../shared/reply.ts';
import { isShellName, shellContract, type ShellName, type ShellOperation, type ShellStatus } from '../../shared/shell/contract.ts';
import { fileTokens } from './file-tokens.ts';
import { callOffice, lockKeys, personOf, type Seat } from './seat.ts';
import { shellHandlers, type ShellHandler } from './shell-handlers.ts';
import type { ShellServices } from './shell-services.ts';
import { works, type Works } from './works.ts';

export type WindowSession = {
  /** Serves one request of the page. Never throws. */
  invoke(name: string, input: unknown): Promise<Reply>;
  status(): ShellStatus;
  /** A key or the mouse was used in this window. */
  touched(): void;
  /** Locks the session when nobody touched it for too long. */
  tick(): void;
  readonly works: Pick<Works, 'changing' | 'stopAll' | 'quiet'>;
  /** Closes ledger and thread; the session answers nothing afterwards. */
  end(): Promise<void>;
};

/** How long a repeated password counts for approvals 审批前再次核验, in milliseconds. */
export const confirmationMs = 5 * 60_000;

/** @param faulted writes a fault of the program to the log; answers its reference number */
export function windowSession(services: ShellServices, faulted: (error: unknown) => string): WindowSession {
  const running = works((notice) => {
    services.tell('progress', notice);
  });
  let touchedAt = services.clock();
  const seat: Seat = {
    services, works: running, tokens: fileTokens(services.random),
    office: null, person: null, locked: false, confirmedAt: 0,
    status: () => ({
      program: services.program,
      office: seat.office === null ? null : { identity: seat.office.identity, fault: seat.office.fault, restored: seat.office.restored, keysUnlocked: seat.office.keysUnlocked },
      person: seat.person,
      locked: seat.locked,
      lockAfterMinutes: services.lockAfterMinutes,
      running: running.running(),
    }),
  };
  const changed = inTurn();
  return {
    async invoke(name, input) {
      try {
        if (isShellName(name)) return await serveShell(seat, name, input, changed);
        if (!isOperationName(name)) return refuse('UNKNOWN_OPERATION', { name: name.slice(0, 80) });
        permitOperation(seat, name);
        const reply = await callOffice(seat, name, input);
        if (reply.ok && name === 'administration.verify') noteFault(seat, reply.value as OperationOutput<'administration.verify'>); // the office's loop parsed it
        if (reply.ok && movesStandstill.has(name)) await noteStandstill(seat);
        // Duties may just have changed; the menu follows, the office itself decides by its own tables anyway.
        if (reply.ok && name.startsWith('administration.') && contract[name].kind === 'command') await refreshPerson(seat);
        return reply;
      } catch (error) {
        return replyOf(error, faulted);
      }
    },
    status: seat.status,
    touched() {
      touchedAt = services.clock();
    },
    tick() {
      const idle = Math.abs(services.clock() - touchedAt);
      if (seat.person === null || seat.locked || isPractice(seat) || idle < services.lockAfterMinutes * 60_000) return;
      seat.locked = true;
      services.tell('status', seat.status());
      changed(() => lockKeys(seat)).then(
        () => { services.tell('status', seat.status()); },
        (error: unknown) => { faulted(error); },
      );
    },
    works: running,
    async end() {
      const { office } = seat;
      seat.office = null;
      seat.person = null;
      seat.tokens.forget();
      await office?.thread.close();
    },
  };
}

async function serveShell(seat: Seat, name: ShellName, input: unknown, changed: <T>(act: () => Promise<T>) => Promise<T>): Promise<Reply> {
  const operation: ShellOperation = shellContract[name];
  const parsed = operation.input.safeParse(input, { error: inputWords });
  if (!parsed.success) {
    const faults = inputFaults(parsed.error);
    return refuse('INPUT_INVALID', { count: faults.length, first: firstFault(faults) }, { faults });
  }
  const handler = shellHandlers[name] as ShellHandler<unknown, unknown>; // the table is typed by the contract, row by row
  const run = async (): Promise<unknown> => {
    permitShell(seat, operation);
    return await handler.run(seat, parsed.data);
  };
  if (!handler.changesSession) return { ok: true, value: await run() };
  const value = await changed(run);
  seat.services.tell('status', seat.status());
  return { ok: true, value };
}

function permitShell(seat: Seat, operation: ShellOperation): void {
  if (operation.needs !== 'anyone' && seat.office === null) refuse('OFFICE_NOT_OPEN', { title: operation.title });
  if (operation.needs === 'signed-in' && seat.person === null) refuse('NOT_SIGNED_IN', { title: operation.title });
  if (seat.locked && !operation.whileLocked) refuse('SESSION_LOCKED', { title: operation.title });
}

function permitOperation(seat: Seat, name: OperationName): void {
  const { title, may, kind } = contract[name];
  if (seat.office === null) refuse('OFFICE_NOT_OPEN', { title });
  if (seat.locked) refuse('SESSION_LOCKED', { title });
  if (may !== 'anyone' && seat.person === null) refuse('NOT_SIGNED_IN', { title });
  const approval = kind === 'command' && typeof may === 'object' && may.every((duty) => duty === 'approver');
  if (approval && !isPractice(seat) && seat.services.clock() - seat.confirmedAt > confirmationMs) refuse('CONFIRMATION_NEEDED', { title });
}

/** A verification that found a fault has stopped all writing in the office: every page says so from now on. */
function noteFault(seat: Seat, { faults }: OperationOutput<'administration.verify'>): void {
  const [first] = faults;
  if (first === undefined || seat.office === null || seat.office.fault !== null) return;
  seat.office = { ...seat.office, fault: first.message };
  seat.services.tell('status', seat.status());
}

/** Acts that may end a standstill 停办, or show one. */
const movesStandstill: ReadonlySet<string> = new Set<OperationName>(['exchange.importPackage', 'exchange.importHeld', 'exchange.confirmEpoch']);

/** Every page says at once whether the office stands still. */
async function noteStandstill(seat: Seat): Promise<void> {
  const reply = await callOffice(seat, 'exchange.openings', {});
  if (!reply.ok || seat.office === null) return;
  const { standstill: restored } = reply.value as OperationOutput<'exchange.openings'>; // the office's loop parsed it
  if (restored === seat.office.restored) return;
  seat.office = { ...seat.office, restored };
  seat.services.tell('status', seat.status());
}

/** A practice office has no passwords, so there is nothing to ask for again. */
function isPractice(seat: Seat): boolean {
  return seat.office === null || seat.office.identity.practice;
}

/** The person's name and duties as they stand now; signs out whoever was deactivated. */
async function refreshPerson(seat: Seat): Promise<void> {
  const standing = seat.person;
  if (standing === null) return;
  const person = await personOf(seat, standing.username);
  if (seat.person !== standing) return; // left, or somebody else came, while the office was asked
  if (JSON.stringify(person) === JSON.stringify(standing)) return;
  seat.person = person;
  seat.services.tell('status', seat.status());
}

/** Acts that change the session run one after another, in the order in which they were asked for. */
function inTurn(): <T>(act: () => Promise<T>) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = before.then(act, act);
    before = mine.then(() => undefined, () => undefined); // the asker hears of the fault, the next one need not
    return mine;
  };
}
