/**
 * The one loop that serves the operations table: known name → office → parse → duty → transaction → handler → output → reply. A query
 * runs with query_only=ON; a command is one transaction with its entries. It knows no capability.
 */
import { z } from 'zod';
import { contract, isOperationName, type Reply } from '../../shared/contract.ts';
import { errorMessage, refusal, refuse } from '../../shared/errors.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { epochMsOf, instantOf, shanghaiDate, type Instant } from '../../shared/kernel/civil-date.ts';
import { Refusal } from '../../shared/kernel/errors.ts';
import { agencyNames, dutyNames } from '../../shared/kernel/office.ts';
import type { Operation } from '../../shared/kernel/operation.ts';
import { actRefused, insertPrivateKey, readOffice, readOperator } from '../administration/index.ts';
import { type Actor, type AnyHandler, type Context, type EntryKind, type Journal, journalFor, type KeyAccess, type LedgerHead, type PrepareEnv, type Progress, readHead, type SealedKey } from '../journal/index.ts';
import { isSqliteError, type Database } from '../platform/database.ts';
import type { OfficeFolders } from '../platform/folders.ts';
import type { ResourceReader } from '../platform/resources.ts';

/** What the loop needs of an open office; `db` is a getter because a failed COMMIT reopens the file. */
export type LoopSeat = {
  readonly db: Database;
  readonly folders: OfficeFolders;
  readonly kinds: ReadonlyMap<string, EntryKind>;
  readonly handlers: Readonly<Record<string, AnyHandler<never, unknown>>>;
  readonly clock: () => number;
  readonly random: (count: number) => Uint8Array;
  readonly keys: KeyAccess;
  readonly resources: ResourceReader;
  readonly progress: Progress;
  /** The sentence of the fault that made the office read-only, or null. */
  readonly fault: string | null;
  /** How a ledger put back from a backup came here; it is read-only until its channels are opened anew. */
  readonly restored: string | null;
  /** Writing stops from here on, because a verification found this fault. */
  turnReadOnly(fault: string): void;
  sealKey: PrepareEnv['sealKey'];
  resolveFile: PrepareEnv['resolveFile'];
  mayReplace: PrepareEnv['mayReplace'];
  /** Closes and opens the ledger file anew after a failed COMMIT. */
  reopen(): void;
  /** Writes a program fault to the log. @returns its reference number */
  logFault(error: unknown): string;
};

/** The program itself, before sign-in; `#` cannot start a username. */
const systemActor: Actor = { username: '#program', name: '程序', duties: [] };
/** How far the clock may lie behind the newest entry before signing stops (exchange.md 2.5, E209). */
const clockToleranceMs = 10 * 60_000;

/** Serves one call. @param username who acts, already authenticated; null before sign-in */
export async function serve(seat: LoopSeat, name: string, input: unknown, username: string | null): Promise<Reply> {
  try {
    if (!isOperationName(name)) refuse('UNKNOWN_OPERATION', { name });
    const operation: Operation = contract[name];
    const parsed = parseInput(operation, input);
    const handler = seat.handlers[name] as AnyHandler<unknown, unknown> | undefined;
    assert(handler !== undefined, `operation without a handler: ${name}`);
    const run = handler.kind === 'plain' ? (ctx: Context) => handler.run(ctx, parsed) : await prepare(seat, operation, handler.prepare, parsed, username);
    const value = operation.kind === 'query' || (operation.whileReadOnly && isReadOnly(seat)) ? runQuery(seat, operation, run, username) : runCommand(seat, name, operation, run, username);
    return { ok: true, value };
  } catch (error) {
    return replyOf(seat, error);
  }
}

/** The reply to an error: a refusal as it is, anything else as a program fault with a reference number. */
function replyOf(seat: LoopSeat, error: unknown): Reply<never> {
  if (error instanceof Refusal) return { ok: false, error: { code: error.code, message: errorMessage(error.code, error.params), details: error.details } };
  const reference = seat.logFault(error);
  return { ok: false, error: { code: 'PROGRAM_FAULT', message: errorMessage('PROGRAM_FAULT', { reference }), details: { reference } } };
}

function parseInput(operation: Operation, input: unknown): unknown {
  const parsed = operation.input.safeDecode(input);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message, code: issue.code }));
  const first = faults[0];
  return refuse('INPUT_INVALID', { count: faults.length, first: first === undefined ? '' : `${first.field === '' ? '输入' : first.field}：${first.message}` }, { faults });
}

async function prepare(
  seat: LoopSeat,
  operation: Operation,
  work: (env: PrepareEnv, input: unknown) => Promise<(ctx: Context) => unknown>,
  input: unknown,
  username: string | null,
): Promise<(ctx: Context) => unknown> {
  if (operation.kind === 'command' && !operation.whileReadOnly) requireWritable(seat);
  // The duty is checked before slow work, and again inside the transaction.
  const { ctx } = readingContext(seat, username);
  permit(operation, ctx);
  const env: PrepareEnv = {
    office: ctx.office, profile: ctx.profile, actor: ctx.actor, now: ctx.now, today: ctx.today, random: seat.random, keys: seat.keys,
    folders: seat.folders, resources: seat.resources, progress: seat.progress, writable: ctx.writable, head: readHead(seat.db),
    sealKey: (purpose, keyId, secret) => seat.sealKey(purpose, keyId, secret),
    resolveFile: (token) => seat.resolveFile(token),
    mayReplace: (token) => seat.mayReplace(token),
    copyLedger(path) {
      seat.db.prepare('VACUUM INTO @path').run({ path });
    },
    turnReadOnly: (fault) => {
      seat.turnReadOnly(fault);
    },
    read: (ask) => readOnly(seat.db, () => ask(readingContext(seat, username).ctx)),
  };
  return work(env, input);
}

function runQuery(seat: LoopSeat, operation: Operation, run: (ctx: Context) => unknown, username: string | null): unknown {
  return readOnly(seat.db, () => {
    const { ctx } = readingContext(seat, username);
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

function runCommand(seat: LoopSeat, name: string, operation: Operation, run: (ctx: Context) => unknown, username: string | null): unknown {
  try {
    return inTransaction(seat, username, (ctx) => {
      requireClock(ctx.now, seat);
      permit(operation, ctx);
      return { output: run(ctx), encode: (output) => z.encode(operation.output, output) };
    });
  } catch (error) {
    const code = auditedCode(error);
    if (code !== null && username !== null) recordRefusedAct(seat, name, code, username);
    throw error;
  }
}

/** One transaction outside the table (sign-in): same context, commit and reply as a command. */
export function writeAct<T>(seat: LoopSeat, username: string | null, act: (ctx: Context) => T): Promise<Reply<T>> {
  try {
    const value = inTransaction(seat, username, (ctx) => ({ output: act(ctx), encode: (output: T): T => output }));
    return Promise.resolve({ ok: true, value });
  } catch (error) {
    return Promise.resolve(replyOf(seat, error));
  }
}

/** The same while writing has stopped: nothing is written, a recorded refusal is only a refusal. */
export function readAct<T>(seat: LoopSeat, username: string | null, act: (ctx: Context) => T): Promise<Reply<T>> {
  try {
    return Promise.resolve({
      ok: true,
      value: readOnly(seat.db, () => {
        const opened = readingContext(seat, username);
        const value = act(opened.ctx);
        const recorded = opened.recordedRefusal();
        if (recorded !== null) throw recorded;
        return value;
      }),
    });
  } catch (error) {
    return Promise.resolve(replyOf(seat, error));
  }
}

/** BEGIN, act, encode, COMMIT; any throw rolls back. A recorded refusal commits its audit entries, then refuses. */
function inTransaction<T, E>(seat: LoopSeat, username: string | null, act: (ctx: Context) => { output: T; encode: (output: T) => E }): E {
  requireWritable(seat);
  seat.db.exec('BEGIN IMMEDIATE');
  let encoded: E | null = null;
  let recorded: Refusal | null;
  let entries: number;
  try {
    const opened = readingContext(seat, username);
    const { output, encode } = act(opened.ctx);
    recorded = opened.recordedRefusal();
    if (recorded === null) encoded = encode(output);
    else assert(opened.ctx.journal.appended.every((entry) => entry.stream === 'audit'), 'a refused act left business entries');
    entries = opened.ctx.journal.appended.length;
  } catch (error) {
    rollBack(seat);
    throw diskRefusal(error) ?? error;
  }
  commit(seat, entries);
  if (recorded !== null) throw recorded;
  return encoded as E; // set whenever nothing was refused
}

/** Refusals that are themselves worth a line in the audit stream (faults.md H02, H07). */
const auditedRefusals: ReadonlySet<unknown> = new Set(['DUTY_NOT_HELD', 'SAME_PERSON_TWO_DUTIES', 'SAME_PERSON_TWO_PAYMENT_DUTIES', 'AMENDMENT_SAME_PERSON']);

/** The audited code of a refusal; a bulk act carries its own refusals in its details. */
function auditedCode(error: unknown): string | null {
  if (!(error instanceof Refusal)) return null;
  if (auditedRefusals.has(error.code)) return error.code;
  const { details } = error;
  const listed: unknown = typeof details === 'object' && details !== null && 'refused' in details ? details.refused : null;
  const items: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const found = items.find((item): item is { readonly code: string } => typeof item === 'object' && item !== null && 'code' in item && auditedRefusals.has(item.code));
  return found?.code ?? null;
}

function recordRefusedAct(seat: LoopSeat, name: string, code: string, username: string): void {
  inTransaction(seat, username, (ctx) => {
    const key = `administration.act-refused/${String(ctx.journal.head().seq + 1)}`;
    return { output: ctx.journal.append(actRefused, { key, subject: username, facts: { operation: name, code } }), encode: (seq) => seq };
  });
}

/** After a full disk or an I/O error SQLite has rolled back by itself and ROLLBACK fails: a new connection has no transaction for sure. */
function rollBack(seat: LoopSeat): void {
  try {
    seat.db.exec('ROLLBACK');
  } catch (error) {
    if (!isSqliteError(error)) throw error;
    seat.reopen();
  }
}

/**
 * COMMIT, and after an error the truth: an error from COMMIT does not mean "not committed", so the file is reopened and the head is
 * looked up before anyone is told (exchange.md, fact 2).
 * @param entries appended by the act; without any the head cannot tell, and nothing of the ledger was to change
 */
function commit(seat: LoopSeat, entries: number): void {
  const wanted = readHead(seat.db);
  try {
    seat.db.exec('COMMIT');
  } catch (error) {
    const found = reopenedHead(seat);
    if (entries > 0 && found.hash === wanted.hash) return;
    throw diskRefusal(error) ?? refusal('COMMIT_FAILED', {}, { cause: error instanceof Error ? error.message : String(error) });
  }
}

/** @throws Refusal COMMIT_UNKNOWN when the file cannot be opened: then nothing may be claimed */
function reopenedHead(seat: LoopSeat): LedgerHead {
  try {
    seat.reopen();
    return readHead(seat.db);
  } catch (error) {
    return refuse('COMMIT_UNKNOWN', { reference: seat.logFault(error) });
  }
}

/** What the clerk is told of a disk that failed while the act was not committed; null for any other error. */
function diskRefusal(error: unknown): Refusal | null {
  if (!isSqliteError(error)) return null;
  if (error.code === 'SQLITE_FULL') return refusal('DISK_FULL');
  return error.code.startsWith('SQLITE_IOERR') ? refusal('COMMIT_FAILED', {}, { cause: error.message }) : null;
}

/** Whether writing has stopped, by a fault or because the ledger came from a backup. */
export function isReadOnly(seat: LoopSeat): boolean {
  return seat.fault !== null || seat.restored !== null;
}

function requireWritable(seat: LoopSeat): void {
  if (seat.fault !== null) refuse('LEDGER_READ_ONLY', { fault: seat.fault });
  if (seat.restored !== null) refuse('RESTORED_READ_ONLY', { origin: seat.restored });
}

function requireClock(now: Instant, seat: LoopSeat): void {
  const newest = seat.db.prepare("SELECT json_extract(body, '$.at') AS at FROM journal ORDER BY seq DESC LIMIT 1").get()?.['at'];
  if (newest === undefined || newest === null) return;
  const behind = epochMsOf(String(newest) as Instant) - epochMsOf(now); // written from a checked instant
  if (behind > clockToleranceMs) refuse('CLOCK_WENT_BACK', { minutes: Math.floor(behind / 60_000) });
}

type OpenedContext = { readonly ctx: Context; recordedRefusal(): Refusal | null };

function readingContext(seat: LoopSeat, username: string | null): OpenedContext {
  const { db } = seat;
  const standing = readOffice(db);
  assert(standing !== null, 'an open office has its identity');
  const now = instantOf(seat.clock());
  const actor = username === null ? systemActor : actorOf(db, username);
  let recorded: Refusal | null = null;
  const journal: Journal = journalFor({ db, kinds: seat.kinds, at: now, maker: actor.username, random: seat.random });
  const ctx: Context = {
    office: standing.identity, profile: standing.profile, actor, now, today: shanghaiDate(now), db, journal, random: seat.random,
    keys: seat.keys, folders: seat.folders, resources: seat.resources, progress: seat.progress, writable: !isReadOnly(seat),
    storeKey: (key: SealedKey) => {
      insertPrivateKey(db, key);
    },
    refuseButRecord: (code, params, details) => {
      recorded = refusal(code, params, details);
    },
  };
  return { ctx, recordedRefusal: () => recorded };
}

function actorOf(db: Database, username: string): Actor {
  const operator = readOperator(db, username);
  if (operator === null || !operator.active) return refuse('UNKNOWN_OPERATOR', { username });
  return { username: operator.username, name: operator.name, duties: operator.duties };
}

function permit(operation: Operation, ctx: Context): void {
  if (!operation.agencies.includes(ctx.office.agency)) {
    refuse('NOT_IN_THIS_OFFICE', { title: operation.title, agency: agencyNames[ctx.office.agency], agencies: operation.agencies.map((agency) => agencyNames[agency]).join('、') });
  }
  if (operation.may === 'anyone') return;
  if (ctx.actor === systemActor) refuse('SIGN_IN_NEEDED', { title: operation.title });
  if (operation.may === 'signed-in') return;
  const needed = operation.may;
  if (!ctx.actor.duties.some((duty) => needed.includes(duty))) {
    refuse('DUTY_NOT_HELD', { person: ctx.actor.name, title: operation.title, needed: needed.map((duty) => dutyNames[duty]).join('、') });
  }
}
