/** SQL of single refunds: reading a record, moving it through the lifecycle, its events. Lists and sums are lists.sql.ts. */
import type { RefundRole } from '../../shared/administration/duties.ts';
import { assert, present } from '../../shared/kernel/assert.ts';
import type { CivilDate, Instant } from '../../shared/kernel/civil-date.ts';
import { yuanText, type Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { stateAfter, transitionOf, type RefundAct, type RefundState } from '../../shared/refunds/lifecycle.ts';
import type { Clock, RefundEvent, RefundRoute, RefundSize } from '../../shared/refunds/model.ts';
import type { Database, Row, SqlValue } from '../platform/database.ts';
import type { RefundRecord } from './refund-record.ts';

/** Columns of `refund` that an act may set beside state, role, reason and counters. */
export type RefundColumn =
  | 'name' | 'route' | 'size' | 'determination' | 'lapsed' | 'application_no' | 'applied_on' | 'bank' | 'bank_account' | 'account_name' | 'bank_code'
  | 'determined_existing_fen' | 'determined_incremental_fen' | 'asked_existing_fen' | 'asked_incremental_fen' | 'approved_existing_fen'
  | 'approved_incremental_fen' | 'paid_existing_fen' | 'paid_incremental_fen' | 'clawed_existing_fen' | 'clawed_incremental_fen' | 'clock' | 'due_on'
  | 'first_accepted_on' | 'accepted_on' | 'decided_on' | 'voucher_no' | 'batch_no' | 'sent_on' | 'paid_on' | 'receipt_package' | 'receipt_line'
  | 'crossed_off_on' | 'ground' | 'noticed_on';

/** What an act changes, and what its line in the history says: Chinese label → text. */
export type Change = { readonly set: Readonly<Partial<Record<RefundColumn, SqlValue>>>; readonly details: Readonly<Record<string, string>> };

/** The part of an entry that a move needs. */
export type MoveEntry = { readonly seq: number; readonly at: Instant; readonly maker: string };

const roleColumns: Readonly<Record<RefundRole, string>> = {
  handler: 'handler', reviewer: 'reviewer', approver: 'approver', issuer: 'issuer', voucherChecker: 'voucher_checker',
};

export function readRefund(db: Database, refund: string): RefundRecord | null {
  const row = db.prepare('SELECT * FROM refund WHERE refund = @refund').get({ refund });
  return row === undefined ? null : recordOf(row);
}

/** By refund key or application number. */
export function findRefund(db: Database, ref: string): RefundRecord | null {
  if (!ref.startsWith('SQ-')) return readRefund(db, ref);
  const row = db.prepare('SELECT * FROM refund WHERE application_no = @ref').get({ ref });
  return row === undefined ? null : recordOf(row);
}

/** Every refund of one filing period, by key. */
export function readRefundsOfPeriod(db: Database, period: TaxPeriod): RefundRecord[] {
  return db.prepare('SELECT * FROM refund WHERE period = @period ORDER BY refund').all({ period }).map(recordOf);
}

/** Keys of the refunds in any of the states, of one filing period or of all, in order of key. */
export function refundsInStates(db: Database, states: readonly RefundState[], period: TaxPeriod | null): string[] {
  const keys = states.flatMap((state) =>
    db.prepare('SELECT refund FROM refund WHERE state = @state AND (@period IS NULL OR period = @period)').all({ state, period }).map((row) => String(row['refund'])),
  );
  return keys.sort();
}

/** Roles that a person has filled on a refund, in all its rounds. */
export function rolesHeld(db: Database, refund: string, person: string): RefundRole[] {
  return db
    .prepare('SELECT DISTINCT role FROM refund_event WHERE refund = @refund AND maker = @person AND role IS NOT NULL')
    .all({ refund, person })
    .map((row) => String(row['role']) as RefundRole); // CHECK of the table
}

/** Opens a refund as a candidate; its first event. */
export function insertRefund(
  db: Database,
  entry: MoveEntry,
  of: {
    readonly refund: string; readonly period: TaxPeriod; readonly uscc: string; readonly name: string; readonly route: string; readonly size: string;
    readonly determination: string; readonly existing: Fen; readonly incremental: Fen; readonly bank: string; readonly account: string; readonly accountName: string;
    readonly bankCode: string | null;
  },
): void {
  db.prepare(
    `INSERT INTO refund (refund, period, uscc, name, route, size, determination, state, determined_existing_fen, determined_incremental_fen,
       bank, bank_account, account_name, bank_code, events, changed_at)
     VALUES (@refund, @period, @uscc, @name, @route, @size, @determination, 'candidate', @existing, @incremental, @bank, @account, @accountName, @bankCode, 1, @at)`,
  ).run({ ...of, at: entry.at });
  insertEvent(db, entry, { refund: of.refund, no: 1, act: 'open', from: null, to: 'candidate', reason: null, details: determinedDetails(of) });
}

export function determinedDetails(amounts: { readonly existing: Fen; readonly incremental: Fen }): Record<string, string> {
  return { 应退存量: yuanText(amounts.existing), 应退增量: yuanText(amounts.incremental) };
}

/**
 * Moves one refund: the new state from the lifecycle table, the role column from the entry's maker, the act's own columns, one event.
 * @throws AssertionFault when the act does not fit; a constraint error when a trigger or CHECK refuses
 */
export function moveRefund(db: Database, entry: MoveEntry, act: RefundAct, before: RefundRecord, reason: string | null, change: Change): void {
  const to = stateAfter(act, before.state, before.suspendedFrom);
  assert(to !== null, `${act} does not fit ${before.refund} in ${before.state}`);
  const { role } = transitionOf(act);
  const set: Record<string, SqlValue> = {
    ...change.set,
    state: to,
    suspended_from: to !== 'suspended' ? null : before.state === 'suspended' ? before.suspendedFrom : before.state,
    events: BigInt(before.events + 1),
    changed_at: entry.at,
  };
  // A re-assessment leaves the reason of the last side step readable.
  if (act !== 'refresh') set['reason'] = reason;
  if (role !== null) set[roleColumns[role]] = entry.maker;
  const assignments = Object.keys(set).map((column) => `${column} = @${column}`).join(', ');
  const { changes } = db.prepare(`UPDATE refund SET ${assignments} WHERE refund = @key`).run({ ...set, key: before.refund });
  assert(changes === 1, `one refund moves: ${before.refund}`);
  insertEvent(db, entry, { refund: before.refund, no: before.events + 1, act, from: before.state, to, reason, details: change.details });
}

type EventRow = {
  readonly refund: string; readonly no: number; readonly act: RefundAct; readonly from: RefundState | null; readonly to: RefundState;
  readonly reason: string | null; readonly details: Readonly<Record<string, string>>;
};

function insertEvent(db: Database, entry: MoveEntry, event: EventRow): void {
  db.prepare(
    `INSERT INTO refund_event (refund, no, entry, act, from_state, to_state, at, maker, role, reason, details)
     VALUES (@refund, @no, @entry, @act, @from, @to, @at, @maker, @role, @reason, @details)`,
  ).run({
    ...event,
    no: BigInt(event.no),
    entry: BigInt(entry.seq),
    at: entry.at,
    maker: entry.maker,
    role: transitionOf(event.act).role,
    details: JSON.stringify(event.details),
  });
}

/** Sequence number of the newest entry by which an act was done on a refund. */
export function lastEntryOf(db: Database, refund: string, act: RefundAct): number {
  const row = db.prepare('SELECT max(entry) AS entry FROM refund_event WHERE refund = @refund AND act = @act').get({ refund, act });
  assert(typeof row?.['entry'] === 'bigint', `${refund} has no ${act}`);
  return Number(row['entry']);
}

/** The whole history of a refund, oldest first. */
export function readEvents(db: Database, refund: string): RefundEvent[] {
  return db.prepare('SELECT * FROM refund_event WHERE refund = @refund ORDER BY no').all({ refund }).map((row) => {
    const act = String(row['act']) as RefundAct; // CHECK of the table, as from_state, to_state and role
    return {
      no: Number(row['no']),
      entry: Number(row['entry']),
      act,
      title: transitionOf(act).title,
      from: row['from_state'] as RefundState | null,
      to: String(row['to_state']) as RefundState,
      at: String(row['at']) as Instant,
      maker: String(row['maker']),
      role: row['role'] as RefundRole | null,
      reason: nullableText(row['reason']),
      details: JSON.parse(String(row['details'])) as Record<string, string>,
    };
  });
}

export function recordOf(row: Row): RefundRecord {
  return {
    refund: String(row['refund']),
    period: String(row['period']) as TaxPeriod, // written from a checked month
    uscc: String(row['uscc']),
    name: String(row['name']),
    route: String(row['route']) as RefundRoute, // CHECK of the table, as size, state and clock
    size: String(row['size']) as RefundSize,
    determination: String(row['determination']),
    state: String(row['state']) as RefundState,
    suspendedFrom: row['suspended_from'] as RefundState | null,
    lapsed: row['lapsed'] === 1n,
    applicationNo: nullableText(row['application_no']),
    appliedOn: nullableDate(row['applied_on']),
    account: { bank: String(row['bank']), account: String(row['bank_account']), accountName: String(row['account_name']), bankCode: nullableText(row['bank_code']) },
    determined: { existing: fen(row['determined_existing_fen']), incremental: fen(row['determined_incremental_fen']) },
    asked: { existing: fen(row['asked_existing_fen']), incremental: fen(row['asked_incremental_fen']) },
    approved: { existing: fen(row['approved_existing_fen']), incremental: fen(row['approved_incremental_fen']) },
    paid: { existing: fen(row['paid_existing_fen']), incremental: fen(row['paid_incremental_fen']) },
    clawedBack: { existing: fen(row['clawed_existing_fen']), incremental: fen(row['clawed_incremental_fen']) },
    clock: String(row['clock']) as Clock,
    dueOn: nullableDate(row['due_on']),
    firstAcceptedOn: nullableDate(row['first_accepted_on']),
    acceptedOn: nullableDate(row['accepted_on']),
    decidedOn: nullableDate(row['decided_on']),
    people: {
      handler: nullableText(row['handler']),
      reviewer: nullableText(row['reviewer']),
      approver: nullableText(row['approver']),
      issuer: nullableText(row['issuer']),
      voucherChecker: nullableText(row['voucher_checker']),
    },
    voucherNo: nullableText(row['voucher_no']),
    batchNo: nullableText(row['batch_no']),
    sentOn: nullableDate(row['sent_on']),
    paidOn: nullableDate(row['paid_on']),
    receipt: row['receipt_package'] === null ? null : { package: String(row['receipt_package']), line: Number(row['receipt_line']) },
    crossedOffOn: nullableDate(row['crossed_off_on']),
    reason: nullableText(row['reason']),
    ground: nullableText(row['ground']),
    noticedOn: nullableDate(row['noticed_on']),
    events: Number(row['events']),
    changedAt: String(row['changed_at']) as Instant,
  };
}

export function fen(value: SqlValue | undefined): Fen {
  assert(typeof value === 'bigint', 'an amount column holds an integer');
  return value;
}

export function nullableText(value: SqlValue | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

export function nullableDate(value: SqlValue | undefined): CivilDate | null {
  return nullableText(value) as CivilDate | null; // written from a checked date
}

export function requiredDate(value: SqlValue | undefined): CivilDate {
  return present(nullableDate(value), 'date');
}
