/** SQL of single refunds: opening one, reading it. It is moved by the case engine. Lists and sums are lists.sql.ts. */
import { assert, present } from '../../shared/kernel/assert.ts';
import type { CivilDate, Instant } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RefundState } from '../../shared/refunds/cases.ts';
import type { Clock, RefundRoute, RefundSize } from '../../shared/refunds/model.ts';
import type { Database, Row, SqlValue } from '../platform/database.ts';
import type { RefundRecord } from './refund-record.ts';

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

/** Every refund of one taxpayer, in order of filing period. */
export function readRefundsOfTaxpayer(db: Database, uscc: string): RefundRecord[] {
  return db.prepare('SELECT * FROM refund WHERE uscc = @uscc ORDER BY period').all({ uscc }).map(recordOf);
}

/** Every refund with an approved amount, paid or on its way. */
export function readApprovedRefunds(db: Database): RefundRecord[] {
  return db.prepare('SELECT * FROM refund WHERE approved_existing_fen + approved_incremental_fen > 0 ORDER BY period, refund').all().map(recordOf);
}

/** Opens a refund as a candidate; its first event is the engine's. */
export function insertRefund(
  db: Database,
  at: Instant,
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
  ).run({ ...of, at });
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
    kept: row['kept_existing_fen'] === null ? null : { existing: fen(row['kept_existing_fen']), incremental: fen(row['kept_incremental_fen']) },
    reducedOn: nullableDate(row['reduced_on']),
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
