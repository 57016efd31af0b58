/**
 * The one loop that serves the operations table: known name → office → parse → duty → transaction → handler → output → reply. A query
 * runs with query_only=ON; a command is one transaction with its entries. It knows no capability.
 */
import { z } from 'zod';
import { contract, isOperationName } from '../../shared/contract.ts';
import { isAudited } from '../../shared/error-table.ts';
import { refusal, refuse } from '../../shared/errors.ts';
import { firstFault, inputFaults, inputWords } from '../../shared/input-faults.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { instantOf, shanghaiDate, shanghaiDateTime } from '../../shared/kernel/civil-date.ts';
import { RecordedRefusal, Refusal } from '../../shared/kernel/errors.ts';
import type { Operation } from '../../shared/kernel/operation.ts';
import { replyOf, type Reply } from '../../shared/reply.ts';
import { clockStanding, actRefused, readOffice, readOperator, refuseUnsettledPassword } from '../administration/index.ts';
import { type Actor, type AnyHandler, type Context, journalFor, type LedgerHead, type OpenOffice, type PrepareEnv, readHead } from '../journal/index.ts';
import { lockedThrough } from '../reconciliation/index.ts';
import { isSqliteError, type Database } from '../platform/database.ts';
import { makerFault } from './entry-makers.ts';
import { handlers } from './handlers.ts';
import { permission } from './permission.ts';

/** The program itself, before sign-in; `#` cannot start a username. */
const systemActor: Actor = { username: '#program', name: '程序', duties: [] };

/** What one call brings along in place of the office's own surroundings: how far it is, and the files it names. */
export type CallTerms = Partial<Pick<OpenOffice, 'progress' | 'resolveFile' | 'mayReplace'>>;

/** Who calls, already authenticated (null before sign-in), and with what. */
export type Caller = { readonly username: string | null; readonly terms: CallTerms };

/** Serves one call. */
export async function serve(office: OpenOffice, name: string, input: unknown, caller: Caller): Promise<Reply> {
  try {
    if (!isOperationName(name)) refuse('UNKNOWN_OPERATION', { name });
    const operation: Operation = contract[name];
    const parsed = parseInput(operation, input);
    const handler = handlers[name] as AnyHandler<unknown, unknown> | undefined;
    assert(handler !== undefined, `operation without a handler: ${name}`);
    const run = handler.kind === 'plain' ? (ctx: Context) => handler.run(ctx, parsed) : await prepare(office, operation, handler.prepare, parsed, caller);
    const value = operation.kind === 'query' || (operation.whileReadOnly && isReadOnly(office)) ? runQuery(office, operation, run, caller) : runCommand(office, name, operation, run, caller);
    return { ok: true, value };
  } catch (error) {
    return replyOf(error, office.logFault);
  }
}

function parseInput(operation: Operation, input: unknown): unknown {
  const parsed = operation.input.safeDecode(input, { error: inputWords });
  if (parsed.success) return parsed.data;
  const faults = inputFaults(parsed.error);
  return refuse('INPUT_INVALID', { count: faults.length, first: firstFault(faults) }, { faults });
}

async function prepare(
  office: OpenOffice,
  operation: Operation,
  work: (env: PrepareEnv, input: unknown) => Promise<(ctx: Context) => unknown>,
  input: unknown,
  caller: Caller,
): Promise<(ctx: Context) => unknown> {
  if (operation.kind === 'command' && !operation.whileReadOnly) requireWritable(office, operation.whileStill);
  // The duty is checked before slow work, and again inside the transaction.
  const ctx = contextOf(office, caller);
  permit(operation, ctx);
  return work({ ...office, ...caller.terms, ...ctx, head: readHead(office.db), read: (ask) => readOnly(office.db, () => ask(contextOf(office, caller))) }, input);
}

function runQuery(office: OpenOffice, operation: Operation, run: (ctx: Context) => unknown, caller: Caller): unknown {
  return readOnly(office.db, () => {
    const ctx = contextOf(office, caller);
    permit(operation, ctx);
    return z.encode(operation.output, run(ctx));
  });
}

function readOnly<T>(db: Database, ask: () => T): T {
  db.exec('PRAGMA query_only=ON');
  try {
    return ask();
  } finally {
    db.exec('PRAGMA query_only=OFF');
  }
}

function runCommand(office: OpenOffice, name: string, operation: Operation, run: (ctx: Context) => unknown, caller: Caller): unknown {
  try {
    const value = inTransaction(office, caller, (ctx) => {
      if (!operation.anyClock) requireClock(ctx, office);
      permit(operation, ctx);
      return z.encode(operation.output, run(ctx));
    }, operation.whileStill);
    settleNumbers(office);
    return value;
  } catch (error) {
    office.signed.forget();
    const code = auditedCode(error);
    if (code !== null && caller.username !== null) recordRefusedAct(office, name, code, { username: caller.username, whileStill: operation.whileStill });
    throw error;
  }
}

/** The act is committed and is told as done even if the book of numbers cannot be written now: it is written again before the package leaves. */
function settleNumbers(office: OpenOffice): void {
  try {
    office.signed.settle();
  } catch (error) {
    office.logFault(error);
  }
}

/** One transaction outside the table (sign-in): same context, commit and reply as a command. */
export function writeAct<T>(office: OpenOffice, caller: Caller, act: (ctx: Context) => T): Promise<Reply<T>> {
  try {
    return Promise.resolve({ ok: true, value: inTransaction(office, caller, act) });
  } catch (error) {
    return Promise.resolve(replyOf(error, office.logFault));
  }
}

/** The same while writing has stopped: nothing is written, a recorded refusal is only a refusal. */
export function readAct<T>(office: OpenOffice, caller: Caller, act: (ctx: Context) => T): Promise<Reply<T>> {
  try {
    return Promise.resolve({ ok: true, value: readOnly(office.db, () => act(contextOf(office, caller))) });
  } catch (error) {
    return Promise.resolve(replyOf(error, office.logFault));
  }
}

function begin(office: OpenOffice): void {
  try {
    office.db.exec('BEGIN IMMEDIATE');
  } catch (error) {
    throw diskRefusal(error) ?? error;
  }
}

/** BEGIN, act, COMMIT; any throw rolls back. A recorded refusal commits its audit entries, then refuses. */
function inTransaction<T>(office: OpenOffice, caller: Caller, act: (ctx: Context) => T, whileStill = false): T {
  requireWritable(office, whileStill);
  begin(office);
  let outcome: Outcome<T>;
  let entries: number;
  try {
    const ctx = contextOf(office, caller);
    outcome = outcomeOf(ctx, act);
    for (const { entry } of ctx.journal.appended) {
      const fault = makerFault(entry, ctx.actor === systemActor ? null : ctx.actor.duties, true);
      assert(fault === null, `entry ${entry.kind}: ${fault ?? ''}`);
    }
    entries = ctx.journal.appended.length;
  } catch (error) {
    rollBack(office);
    throw diskRefusal(error) ?? error;
  }
  commit(office, entries);
  if (outcome.kind === 'refused') throw outcome.refusal;
  return outcome.value;
}

type Outcome<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'refused'; readonly refusal: RecordedRefusal };

function outcomeOf<T>(ctx: Context, act: (ctx: Context) => T): Outcome<T> {
  try {
    return { kind: 'done', value: act(ctx) };
  } catch (error) {
    if (!(error instanceof RecordedRefusal)) throw error;
    assert(ctx.journal.appended.every((entry) => entry.stream === 'audit'), 'a refused act left business entries');
    return { kind: 'refused', refusal: error };
  }
}

/** The audited code of a refusal; a bulk act carries its own refusals in its details. */
function auditedCode(error: unknown): string | null {
  if (!(error instanceof Refusal)) return null;
  if (isAudited(error.code)) return error.code;
  const { details } = error;
  const listed: unknown = typeof details === 'object' && details !== null && 'refused' in details ? details.refused : null;
  const items: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const found = items.find((item): item is { readonly code: string } => typeof item === 'object' && item !== null && 'code' in item && isAudited(item.code));
  return found?.code ?? null;
}

function recordRefusedAct(office: OpenOffice, name: string, code: string, { username, whileStill }: { readonly username: string; readonly whileStill: boolean }): void {
  inTransaction(office, { username, terms: {} }, (ctx) => {
    const key = `administration.act-refused/${String(ctx.journal.head().seq + 1)}`;
    return ctx.journal.append(actRefused, { key, subject: username, facts: { operation: name, code } });
  }, whileStill);
}

/** After a full disk or an I/O error SQLite has rolled back by itself and ROLLBACK fails: a new connection has no transaction for sure. */
function rollBack(office: OpenOffice): void {
  try {
    office.db.exec('ROLLBACK');
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    office.reopen();
  }
}

/**
 * COMMIT, and after an error the truth: an error from COMMIT does not mean "not committed", so the file is reopened and the head is
 * looked up before anyone is told (exchange.md, fact 2).
 * @param entries appended by the act; without any the head cannot tell, and nothing of the ledger was to change
 */
function commit(office: OpenOffice, entries: number): void {
  const wanted = readHead(office.db);
  try {
    office.db.exec('COMMIT');
  } catch (error) {
    const found = reopenedHead(office);
    if (entries > 0 && found.hash === wanted.hash) return;
    throw diskRefusal(error) ?? refusal('COMMIT_FAILED', {}, { cause: error instanceof Error ? error.message : String(error) });
  }
}

/** @throws Refusal COMMIT_UNKNOWN when the file cannot be opened: then nothing may be claimed */
function reopenedHead(office: OpenOffice): LedgerHead {
  try {
    office.reopen();
    return readHead(office.db);
  } catch (error) {
    return refuse('COMMIT_UNKNOWN', { reference: office.logFault(error) });
  }
}

/** What the clerk is told of a disk that failed while the act was not committed; null for any other error. */
function diskRefusal(error: unknown): Refusal | null {
  if (!isSqliteError(error)) return null;
  if (error.code === 'SQLITE_FULL') return refusal('DISK_FULL');
  if (/^SQLITE_(?:READONLY|CANTOPEN|PERM)/.test(error.code)) return refusal('LEDGER_NOT_WRITABLE', {}, { cause: error.message });
  return error.code.startsWith('SQLITE_IOERR') ? refusal('COMMIT_FAILED', {}, { cause: error.message }) : null;
}

/** Whether writing has stopped, by a fault, a medium that takes nothing, or because the ledger came from a backup. */
export function isReadOnly(office: OpenOffice): boolean {
  return office.fault !== null || office.unwritable || office.restored !== null;
}

/** @param whileStill the act opens channels anew: it is done also by an older ledger, never by a faulty one */
function requireWritable(office: OpenOffice, whileStill: boolean): void {
  if (office.fault !== null) refuse('LEDGER_READ_ONLY', { fault: office.fault });
  if (office.unwritable) refuse('LEDGER_NOT_WRITABLE');
  if (!whileStill && office.restored !== null) refuse('RESTORED_READ_ONLY', { origin: office.restored });
}

/** Practice offices move their clock as they like; only what lies behind stops them. */
function requireClock({ now, office: { practice } }: Context, office: OpenOffice): void {
  const floor = office.clockFloor.at(office.db);
  const standing = clockStanding(now, floor);
  if (floor === null || standing.kind === 'usual') return;
  if (standing.kind === 'behind') refuse('CLOCK_WENT_BACK', { by: standing.by, newest: shanghaiDateTime(floor) });
  if (!practice) refuse('DATE_UNCONFIRMED', { by: standing.by, today: shanghaiDate(now), newest: shanghaiDate(floor) });
}

/** The view of one act: who, when, and the journal that its entries go to. The caller decides whether it may write. */
function contextOf(office: OpenOffice, { username, terms }: Caller): Context {
  const { db, random } = office;
  const found = readOffice(db);
  assert(found !== null, 'an open office has its identity');
  const now = instantOf(office.clock());
  const actor = username === null ? systemActor : actorOf(db, username);
  const journal = journalFor({ db, kinds: office.form.kinds, at: now, maker: actor.username, random });
  return { ...office, ...terms, office: found.identity, profile: found.profile, actor, now, today: shanghaiDate(now), lockedThrough: lockedThrough(db), writable: !isReadOnly(office), journal };
}

function actorOf(db: Database, username: string): Actor {
  const operator = readOperator(db, username);
  if (operator === null || !operator.active) return refuse('UNKNOWN_OPERATOR', { username });
  return { username: operator.username, name: operator.name, duties: operator.duties };
}

function permit(operation: Operation, ctx: Context): void {
  const refused = permission(operation, ctx.office.agency, ctx.actor === systemActor ? null : ctx.actor);
  if (refused !== null) throw refused;
  if (operation.may !== 'anyone' && !operation.beforeOwnPassword) refuseUnsettledPassword(ctx, operation.title);
}
