/**
 * The cases of one case table in SQL: their rows, their events 办理经过, who filled which role, how many are in each state. A capability says in its book
 * how its cases are stored and named; nothing here knows one. What may be done and why not is cases.ts.
 */
import { z } from 'zod';
import { assert } from '../../shared/kernel/assert.ts';
import { actOf, ownersOf, queueName, stateAfter, statesOf, type CaseTable, type DeskLine } from '../../shared/kernel/case.ts';
import type { CivilDate, Instant } from '../../shared/kernel/civil-date.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { columnOf, fieldTexts, type Fields } from '../../shared/kernel/record.ts';
import type { Database, SqlValue } from '../platform/database.ts';
import { fenOf, sqlTexts } from '../platform/record-table.ts';
import type { Context } from './context.ts';
import type { FoldEntry } from './entry.ts';

/** What every case record tells. */
export type CaseRecord<S extends string = string> = {
  readonly name: string;
  readonly state: S;
  /** Acts so far, the opening included. */
  readonly events: number;
  /** Where a suspended case returns to, in tables with an act that resumes. */
  readonly suspendedFrom?: S | null;
};

export type CaseBook<S extends string, A extends string, R extends string, C extends CaseRecord<S>> = {
  readonly table: CaseTable<S, A, R>;
  /** The table of the cases and that of their events. */
  readonly rows: string;
  readonly events: string;
  /** Names a case in the lines of an entry; its column is named after it. */
  readonly key: string;
  readonly keySchema: z.ZodType<string, string>;
  readonly keyOf: (record: C) => string;
  readonly read: (db: Database, key: string) => C | null;
  /** By anything that names one, where people name cases in other ways too. */
  readonly find?: (db: Database, ref: string) => C | null;
  /** Limits of a selection of all beside the state → the column each compares. */
  readonly limits: Readonly<Record<string, string>>;
  /** The money of a case in hand, for sums; null where cases move none. `sql` says the same of a row. */
  readonly amount: { readonly of: (record: C) => Fen; readonly sql: string } | null;
  /** The column of the legal deadline. */
  readonly dueOn?: string;
  /** The column that takes the time of the newest act, and the acts that leave the reason of the last side step readable. */
  readonly changedAt?: string;
  readonly keepReason?: readonly A[];
  /** How long a reason may be in an entry, where it is not 500 characters. */
  readonly reason?: z.ZodType<string, string>;
  /** Facts that events carry, with their labels. */
  readonly facts: Fields;
  readonly periodOf?: (record: C) => TaxPeriod;
  /** A business date that no act of this table may have. */
  readonly requireDate?: (ctx: Context, on: CivilDate) => void;
  /** A refusal in Chinese; the table of sentences is no part of the journal, which workers load too. */
  readonly sentence: (refused: Refusal) => string;
  readonly refuse: {
    readonly unknown: (ref: string) => Refusal;
    readonly unfit: (record: C, says: { readonly state: string; readonly act: string }) => Refusal;
    readonly samePerson: (record: C, says: { readonly person: string; readonly held: string; readonly role: string }) => Refusal;
  };
};
/** A book, whatever its cases are. */
export type AnyBook = CaseBook<string, string, string, never>;

export type MoveEntry = Pick<FoldEntry<unknown>, 'seq' | 'at' | 'maker'>;
/** What an act changes: columns of the case, and facts of the event by the names of the book. */
export type Change = { readonly set?: Readonly<Record<string, SqlValue>>; readonly facts?: Readonly<Record<string, unknown>> };

/** The DDL of the events of a case table; who may not join two roles in one case is refused here too. */
export function eventsDdl<S extends string, A extends string, R extends string>(table: CaseTable<S, A, R>, of: { readonly rows: string; readonly events: string; readonly key: string }): string {
  const { rows, events } = of;
  const key = columnOf(of.key);
  const state = sqlTexts(statesOf(table));
  const pairs = table.forbidden.flatMap(([a, b]) => [[a, b], [b, a]]).map(([a, b]) => `(NEW.role = '${String(a)}' AND e.role = '${String(b)}')`);
  const stop = (name: string, when: string, says: string): string => `CREATE TRIGGER ${events}_${name} BEFORE ${when}\nBEGIN SELECT RAISE(ABORT, '${rows}: ${says}'); END;`;
  const twice = `INSERT ON ${events}\nWHEN NEW.role IS NOT NULL AND EXISTS (SELECT 1 FROM ${events} AS e WHERE e.${key} = NEW.${key} AND e.maker = NEW.maker AND (${pairs.join(' OR ')}))`;
  const separates = pairs.length === 0 ? '' : stop('separates', twice, 'separation of duties');
  return `
CREATE TABLE ${events} (
  ${key} TEXT NOT NULL REFERENCES ${rows} (${key}),
  no INTEGER NOT NULL CHECK (no >= 1),
  entry INTEGER NOT NULL CHECK (entry >= 1),
  act TEXT NOT NULL CHECK (act IN (${sqlTexts(Object.keys(table.acts))})),
  from_state TEXT CHECK (from_state IS NULL OR from_state IN (${state})),
  to_state TEXT NOT NULL CHECK (to_state IN (${state})),
  at TEXT NOT NULL,
  maker TEXT NOT NULL,
  role TEXT,
  reason TEXT,
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  PRIMARY KEY (${key}, no)
) STRICT;
CREATE INDEX ${events}_entry ON ${events} (entry);
${separates}
${stop('no_gap', `INSERT ON ${events}\nWHEN NEW.no <> (SELECT count(*) + 1 FROM ${events} WHERE ${key} = NEW.${key})`, 'events are numbered without gaps')}
${stop('no_update', `UPDATE ON ${events}`, 'events are append only')}
${stop('no_delete', `DELETE ON ${events}`, 'events are append only')}`;
}

/**
 * Moves one case: the new state out of the table, the role's column from who acted, the act's own columns, one event.
 * @throws AssertionFault when the act does not fit; a constraint error when a trigger or CHECK refuses
 */
export function moveCase<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(
  db: Database, book: CaseBook<S, A, R, C>, entry: MoveEntry, act: A, before: C, reason: string | null, change: Change = {},
): void {
  const { table } = book;
  const key = book.keyOf(before);
  const to = stateAfter(table, act, before.state, before.suspendedFrom ?? null);
  assert(to !== null, `${act} does not fit ${key} in ${before.state}`);
  const { role } = actOf(table, act);
  const set: Record<string, SqlValue> = { ...change.set, state: to, events: BigInt(before.events + 1) };
  if (book.keepReason?.includes(act) !== true) set['reason'] = reason;
  if (book.changedAt !== undefined) set[book.changedAt] = entry.at;
  if (role !== null) set[columnOf(role)] = entry.maker;
  const resumable = statesOf(table).some((state) => state === to && Object.values<{ to: string; from: readonly S[] }>(table.acts).some((row) => row.to === 'resume' && row.from.includes(state)));
  if (before.suspendedFrom !== undefined) set['suspended_from'] = resumable ? (before.suspendedFrom ?? before.state) : null;
  const { changes } = db.prepare(`UPDATE ${book.rows} SET ${Object.keys(set).map((column) => `${column} = @${column}`).join(', ')} WHERE ${columnOf(book.key)} = @key`).run({ ...set, key });
  assert(changes === 1, `one case moves: ${key}`);
  insertEvent(db, book, entry, { key, no: before.events + 1, act, from: before.state, to, reason, facts: change.facts ?? {} });
}

/** The first event of a case that its capability has just inserted. */
export function openCase<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(
  db: Database, book: CaseBook<S, A, R, C>, entry: MoveEntry, act: A, key: string, facts: Change['facts'] = {},
): void {
  const to = stateAfter(book.table, act, null);
  assert(to !== null, `${act} opens a case`);
  insertEvent(db, book, entry, { key, no: 1, act, from: null, to, reason: null, facts });
}

type EventRow = { readonly key: string; readonly no: number; readonly act: string; readonly from: string | null; readonly to: string; readonly reason: string | null; readonly facts: Readonly<Record<string, unknown>> };

function insertEvent<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(db: Database, book: CaseBook<S, A, R, C>, entry: MoveEntry, event: EventRow): void {
  const facts = Object.fromEntries(Object.entries(event.facts).filter(([, value]) => value !== null).map(([name, value]) => {
    const of = book.facts[name];
    assert(of !== undefined, `${name} is a fact of ${book.table.name}`);
    return [name, z.encode(of.schema, value)];
  }));
  db.prepare(
    `INSERT INTO ${book.events} (${columnOf(book.key)}, no, entry, act, from_state, to_state, at, maker, role, reason, facts)
     VALUES (@key, @no, @entry, @act, @from, @to, @at, @maker, @role, @reason, @facts)`,
  ).run({
    ...event, no: BigInt(event.no), entry: BigInt(entry.seq), at: entry.at, maker: entry.maker, role: actOf(book.table, event.act as A).role, // an act of the table
    facts: JSON.stringify(facts),
  });
}

export type CaseEvent<S extends string, A extends string, R extends string> = {
  readonly no: number; readonly entry: number; readonly act: A; readonly title: string; readonly from: S | null; readonly to: S; readonly at: Instant; readonly maker: string;
  readonly role: R | null; readonly reason: string | null; readonly details: Readonly<Record<string, string>>;
};

/** The whole history of a case, oldest first; the facts of each event under their labels. */
export function readHistory<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(db: Database, book: CaseBook<S, A, R, C>, key: string): CaseEvent<S, A, R>[] {
  return db.prepare(`SELECT * FROM ${book.events} WHERE ${columnOf(book.key)} = @key ORDER BY no`).all({ key }).map((row) => {
    const act = String(row['act']) as A; // CHECK of the table, as from_state and to_state
    return {
      no: Number(row['no']), entry: Number(row['entry']), act, title: actOf(book.table, act).title, from: row['from_state'] as S | null, to: String(row['to_state']) as S,
      at: String(row['at']) as Instant, maker: String(row['maker']), role: row['role'] as R | null, reason: row['reason'] === null ? null : String(row['reason']),
      details: fieldTexts(book.facts, JSON.parse(String(row['facts'])) as Readonly<Record<string, unknown>>),
    };
  });
}

/** Roles that a person has filled in a case, in all its rounds. */
export function rolesHeld<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(db: Database, book: CaseBook<S, A, R, C>, key: string, person: string): R[] {
  return db
    .prepare(`SELECT DISTINCT role FROM ${book.events} WHERE ${columnOf(book.key)} = @key AND maker = @person AND role IS NOT NULL`)
    .all({ key, person })
    .map((row) => String(row['role']) as R); // written from the table
}

/** Sequence number of the newest entry by which an act was done in a case. */
export function lastEntryOf<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(db: Database, book: CaseBook<S, A, R, C>, key: string, act: A): number {
  const row = db.prepare(`SELECT max(entry) AS entry FROM ${book.events} WHERE ${columnOf(book.key)} = @key AND act = @act`).get({ key, act });
  assert(typeof row?.['entry'] === 'bigint', `${key} has no ${act}`);
  return Number(row['entry']);
}

/** Keys of the cases in any of the states, within the limits given, in order. */
export function keysInStates<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(
  db: Database, book: CaseBook<S, A, R, C>, states: readonly S[], limits: Readonly<Record<string, unknown>>,
): string[] {
  const given = Object.entries(book.limits).flatMap(([name, column]) => (typeof limits[name] === 'string' ? [[name, column, limits[name]] as const] : []));
  const where = ['state IN (SELECT value FROM json_each(@states))', ...given.map(([name, column]) => `${column} = @${name}`)];
  const key = columnOf(book.key);
  return db.prepare(`SELECT ${key} AS key FROM ${book.rows} WHERE ${where.join(' AND ')} ORDER BY ${key}`)
    .all({ states: JSON.stringify(states), ...Object.fromEntries(given.map(([name, , value]) => [name, value])) }).map((row) => String(row['key']));
}

/** The lines of the desk: one a state with cases in it, in the order of the table. Where nothing is due, nobody owns it. */
export function deskLines<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(db: Database, book: CaseBook<S, A, R, C>, today: CivilDate): DeskLine[] {
  const { table, rows, events, dueOn } = book;
  const key = columnOf(book.key);
  const since = `(SELECT e.at FROM ${events} AS e WHERE e.${key} = c.${key} AND e.no = c.events)`;
  const found = new Map(db.prepare(
    `SELECT c.state, count(*) AS count, coalesce(sum(${book.amount?.sql ?? '0'}), 0) AS total, min(${since}) AS oldest, min(${dueOn ?? 'NULL'}) AS due, coalesce(sum(${dueOn ?? 'NULL'} < @today), 0) AS late
     FROM ${rows} AS c GROUP BY c.state`,
  ).all({ today }).map((row) => [String(row['state']), row]));
  return statesOf(table).flatMap((state) => {
    const row = found.get(state);
    const may = ownersOf(table, state);
    if (row === undefined) return [];
    return [{
      table: table.name, state, title: queueName(table, state), may, count: Number(row['count']), total: book.amount === null ? null : fenOf(row, 'total'),
      oldest: row['oldest'] === null ? null : String(row['oldest']), dueOn: row['due'] as CivilDate | null, daysLeft: null, overdue: Number(row['late']),
    }];
  });
}
