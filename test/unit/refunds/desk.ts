/**
 * A desk for tests of refunds and treasury: a real ledger file with the real tables, entries and handlers, a clock that only the test
 * moves, and people who hold the duties the test gives them. It serves a call as the operation loop does: parse, duty, one transaction.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { countyProfileSchema, type CountyProfile } from '../../../shared/administration/model.ts';
import { shanghaiDate, instantOf } from '../../../shared/kernel/civil-date.ts';
import { Refusal } from '../../../shared/kernel/errors.ts';
import { businessDuties, type Agency, type Duty } from '../../../shared/kernel/office.ts';
import type { Operation } from '../../../shared/kernel/operation.ts';
import { refundsContract } from '../../../shared/refunds/contract.ts';
import { treasuryContract } from '../../../shared/treasury/contract.ts';
import { officeOpened, operatorSetEntry } from '../../../electron/administration/index.ts';
import { type AnyHandler, type Context, foundLedger, journalFor, type Verification, verifyDeep } from '../../../electron/journal/index.ts';
import { entryKinds, ledgerForm } from '../../../electron/office/joined.ts';
import { openLedgerFile, type Database } from '../../../electron/platform/database.ts';
import { signedNumbers } from '../../../electron/platform/signed-numbers.ts';
import { officeFolders } from '../../../electron/platform/folders.ts';
import { seededRandom } from '../../../electron/platform/hash.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { refunds, refundsHandlers } from '../../../electron/refunds/capability.ts';
import type { RefundableDetermination } from '../../../electron/refunds/index.ts';
import { treasury } from '../../../electron/treasury/capability.ts';

const contract = { ...refundsContract, ...treasuryContract };
export type DeskOperation = keyof typeof contract;
type Input<N extends DeskOperation> = z.input<(typeof contract)[N]['input']>;
type Output<N extends DeskOperation> = z.input<(typeof contract)[N]['output']>;


export type Refused = { readonly code: string; readonly details: unknown };

export type Desk = {
  readonly db: Database;
  /** Determinations that the next `openCandidates` finds; the test changes them as a new assessment would. */
  determinations: RefundableDetermination[];
  /** Shanghai wall clock, `2022-04-11T09:00`. */
  at(moment: string): void;
  /** Gives a person exactly these duties. */
  person(username: string, duties: readonly Duty[]): void;
  /** Runs an operation that must succeed. */
  done<N extends DeskOperation>(name: N, input: Input<N>, as: string): Output<N>;
  /** Runs an operation that must be refused, and asserts that it left nothing behind. */
  refused(name: DeskOperation, input: unknown, as: string): Refused;
  /** Runs an operation and answers either way. */
  tried<N extends DeskOperation>(name: N, input: Input<N>, as: string): { readonly ok: true; readonly value: Output<N> } | { readonly ok: false; readonly error: Refused };
  /** Calls a door inside one transaction, as exchange does. */
  within<T>(as: string, work: (ctx: Context) => T): T;
  /** The whole ledger: chain, blobs, schema, rebuild, and the rules of both capabilities. */
  verify(): Verification;
};

/** People who hold one duty each, named after it, and `all1` … `all5` who hold every business duty. */
export const everyDuty = ['all1', 'all2', 'all3', 'all4', 'all5'] as const;

export function openDesk(agency: Agency, moment: string): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'liudi-desk-'));
  const db = openLedgerFile(join(folder, 'ledger.db'), { mustExist: false });
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  foundLedger(db, ledgerForm, '2022-01-01T00:00:00.000Z');
  const random = seededRandom(`desk-${agency}`);
  let now = Date.parse(`${moment}:00+08:00`);
  const people = new Map<string, readonly Duty[]>();
  const profile = readProfile();
  const office = { agency, county: profile.code, name: agency === 'tax' ? '国家税务总局凌源市税务局' : '国家金库凌源市支库', practice: true, openedAt: instantOf(now) };

  const contextFor = (username: string): Context => {
    const at = instantOf(now);
    return {
      office, profile, actor: { username, name: nameOf(username), duties: people.get(username) ?? [] }, now: at, today: shanghaiDate(at), random,
      keys: { secret: () => new Uint8Array(), has: () => false, idsOf: () => [] }, folders: officeFolders(folder), resources: checkoutResources, progress: () => undefined, writable: true, lockedThrough: null,
      signed: signedNumbers(officeFolders(folder).signedNumbers),
      logFault: (error) => { throw error; },
      db, journal: journalFor({ db, kinds: entryKinds, at, maker: username, random }),
    };
  };

  const transaction = <T>(work: () => T): T => {
    db.exec('BEGIN IMMEDIATE');
    try {
      const value = work();
      db.exec('COMMIT');
      return value;
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  };

  const engage = (username: string, duties: readonly Duty[]): void => {
    people.set(username, duties);
    const { journal } = contextFor('system');
    journal.append(operatorSetEntry, {
      key: `test.operator/${username}/${String(journal.head().seq)}`, subject: username,
      facts: { operator: { username, name: nameOf(username), duties: [...duties], active: true }, reason: null },
    });
  };

  const desk: Desk = {
    db,
    determinations: [],
    at: (next) => {
      now = Date.parse(`${next}:00+08:00`);
    },
    person: (username, duties) => {
      transaction(() => {
        engage(username, duties);
      });
    },
    tried: (name, input, as) => {
      const operation: Operation = contract[name];
      try {
        const parsed: unknown = z.decode(operation.input, input);
        const ctx = contextFor(as);
        if (Array.isArray(operation.may) && !operation.may.some((duty: Duty) => ctx.actor.duties.includes(duty))) throw new Refusal('DUTY_NOT_HELD', {}, null);
        const handler = handlersOf(desk)[name] as AnyHandler<unknown, unknown>;
        if (handler.kind !== 'plain') throw new Error(`${name} needs preparation`);
        const value = transaction(() => z.encode(operation.output, handler.run(ctx, parsed) as never));
        return { ok: true, value: value as never };
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, error: { code: error.code, details: error.details } };
        throw error;
      }
    },
    done: (name, input, as) => {
      const reply = desk.tried(name, input, as);
      if (!reply.ok) throw new Error(`${name} by ${as}: ${reply.error.code} ${JSON.stringify(reply.error.details)}`);
      return reply.value;
    },
    refused: (name, input, as) => {
      const before = fingerprint(db);
      const reply = desk.tried(name, input as never, as);
      if (reply.ok) throw new Error(`${name} by ${as} should have been refused`);
      if (fingerprint(db) !== before) throw new Error(`${name}: a refusal left something behind`);
      return reply.error;
    },
    within: (as, work) => transaction(() => work(contextFor(as))),
    verify: () => {
      const verification = verifyDeep({ db, form: ledgerForm });
      return { ...verification, faults: [...verification.faults, ...[...refunds.rules, ...treasury.rules].flatMap((rule) => rule.check(db))] };
    },
  };

  transaction(() => {
    contextFor('system').journal.append(officeOpened, { key: 'test.office', subject: profile.code, facts: { office, profile } });
    for (const duty of businessDuties) engage(duty, [duty]);
    for (const username of everyDuty) engage(username, businessDuties);
  });
  return desk;
}

export function nameOf(username: string): string {
  return `${username}同志`;
}

export function readProfile(): CountyProfile {
  return countyProfileSchema.parse(JSON.parse(checkoutResources('county/211382.json') ?? '{}'));
}

function handlersOf(desk: Desk): Readonly<Record<string, unknown>> {
  return { ...refundsHandlers((_db, period) => desk.determinations.filter((row) => row.period === period)), ...treasury.handlers({ unanswerable: () => null }) };
}

function fingerprint(db: Database): string {
  const head = db.prepare('SELECT max(seq) AS seq FROM journal').get()?.['seq'];
  const changes = ['refund', 'refund_event', 'refund_voucher', 'refund_batch', 'payment', 'payment_event'].map((table) => String(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']));
  return `${String(head)}:${changes.join(',')}`;
}
