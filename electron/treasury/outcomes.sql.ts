/** SQL of outcomes 处理结果 that the receipts carry, and of the suspension list 暂缓退库名单. */
import type { Agency } from '../../shared/kernel/office.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { OutcomeKind } from '../../shared/treasury/model.ts';
import type { Database } from '../platform/database.ts';
import { fenOf } from '../platform/record-table.ts';
import { paymentOutcomes, treasurySuspensions, type OutcomeRecord, type SuspensionRecord } from './treasury.tables.ts';

/** Agencies that receive the treasury's receipts. */
export type ReceiptReader = Extract<Agency, 'tax' | 'finance'>;
const packageColumns: Readonly<Record<ReceiptReader, string>> = { tax: 'tax_package', finance: 'finance_package' };

export function insertOutcome(
  db: Database,
  outcome: Pick<OutcomeRecord, 'voucherNo' | 'outcome' | 'on' | 'reasonCode' | 'reason' | 'checker' | 'payer'>,
): void {
  paymentOutcomes.insert(db, { ...outcome, no: readOutcomes(db, outcome.voucherNo).length + 1 });
}

export function readOutcomes(db: Database, voucherNo: string): OutcomeRecord[] {
  return paymentOutcomes.all(db, 'WHERE voucher_no = @voucherNo ORDER BY no', { voucherNo });
}

/** The outcome that stands for a kind, if there is one. */
export function standingOutcome(db: Database, voucherNo: string, kind: OutcomeKind): OutcomeRecord | null {
  return readOutcomes(db, voucherNo).find((outcome) => outcome.outcome === kind && !outcome.cancelled) ?? null;
}

export function cancelOutcome(db: Database, voucherNo: string, no: number): void {
  const { changes } = db.prepare('UPDATE payment_outcome SET cancelled = 1 WHERE voucher_no = @voucherNo AND no = @no AND cancelled = 0').run({ voucherNo, no: BigInt(no) });
  assert(changes === 1, 'an outcome is cancelled once');
}

export type UnsentOutcome = OutcomeRecord & { readonly refundNo: string; readonly batchNo: string; readonly uscc: string; readonly amountFen: Fen };

/**
 * Outcomes that an agency has not been told, by voucher number; of each voucher the oldest only, because a receipt names a voucher once.
 */
export function readUnsentOutcomes(db: Database, to: ReceiptReader): UnsentOutcome[] {
  const column = packageColumns[to];
  const rows = db.prepare(
    `SELECT o.*, p.refund_no, p.batch_no, p.uscc, p.amount_fen FROM payment_outcome AS o JOIN payment AS p ON p.voucher_no = o.voucher_no
     WHERE o.cancelled = 0 AND o.${column} IS NULL
       AND NOT EXISTS (SELECT 1 FROM payment_outcome AS e WHERE e.voucher_no = o.voucher_no AND e.no < o.no AND e.cancelled = 0 AND e.${column} IS NULL)
     ORDER BY o.voucher_no`,
  );
  return rows.all().map((row) => ({
    ...paymentOutcomes.read(row), refundNo: String(row['refund_no']), batchNo: String(row['batch_no']), uscc: String(row['uscc']), amountFen: fenOf(row, 'amount_fen'),
  }));
}

/** Outcomes that some agency has not been told: how many, of how much, and since when. */
export function sumUnsentOutcomes(db: Database): { readonly count: number; readonly total: Fen; readonly since: string | null } {
  const row = db.prepare(
    `SELECT count(*) AS count, coalesce(sum(p.amount_fen), 0) AS total, min(o.on_date) AS since FROM payment_outcome AS o JOIN payment AS p ON p.voucher_no = o.voucher_no
     WHERE o.cancelled = 0 AND (o.tax_package IS NULL OR o.finance_package IS NULL)`,
  ).get() ?? {};
  return { count: Number(row['count']), total: fenOf(row, 'total'), since: typeof row['since'] === 'string' ? row['since'] : null };
}

export function setOutcomeSent(db: Database, to: ReceiptReader, packageId: string, outcome: { readonly voucherNo: string; readonly no: number }): void {
  const column = packageColumns[to];
  const { changes } = db
    .prepare(`UPDATE payment_outcome SET ${column} = @packageId WHERE voucher_no = @voucherNo AND no = @no AND cancelled = 0 AND ${column} IS NULL`)
    .run({ packageId, voucherNo: outcome.voucherNo, no: BigInt(outcome.no) });
  assert(changes === 1, 'an outcome is sent once to each agency');
}

/** Outcomes told in a package that its reader rejected are untold. */
export function setOutcomesUntold(db: Database, to: ReceiptReader, packageId: string): void {
  const column = packageColumns[to];
  db.prepare(`UPDATE payment_outcome SET ${column} = NULL WHERE ${column} = @packageId`).run({ packageId });
}

export function countToldIn(db: Database, to: ReceiptReader, packageId: string): number {
  return Number(db.prepare(`SELECT count(*) AS n FROM payment_outcome WHERE ${packageColumns[to]} = @packageId`).get({ packageId })?.['n']);
}

export type SuspensionSource = SuspensionRecord['source'];

export function insertSuspension(db: Database, of: Omit<SuspensionRecord, 'no' | 'liftedOn' | 'liftReason'>): void {
  const no = Number(db.prepare('SELECT count(*) + 1 AS no FROM treasury_suspension WHERE uscc = @uscc').get({ uscc: of.uscc })?.['no']);
  treasurySuspensions.insert(db, { ...of, no });
}

/** Lifts what stands for the taxpayer from one source, or from both. Without a reason, the tax office's notice no longer names it. */
export function liftSuspensions(db: Database, of: { readonly uscc: string; readonly source: SuspensionSource | null; readonly on: CivilDate; readonly reason: string | null }): void {
  const { changes } = db
    .prepare('UPDATE treasury_suspension SET lifted_on = @on, lift_reason = @reason WHERE uscc = @uscc AND lifted_on IS NULL AND (@source IS NULL OR source = @source)')
    .run(of);
  assert(changes > 0, 'a standing suspension is lifted');
}

export function suspensionsOf(db: Database, uscc: string): SuspensionRecord[] {
  return treasurySuspensions.all(db, 'WHERE uscc = @uscc AND lifted_on IS NULL ORDER BY no', { uscc });
}

/** Every suspension ever, those in force first. */
export function readSuspensions(db: Database): SuspensionRecord[] {
  return treasurySuspensions.all(db, 'ORDER BY lifted_on IS NOT NULL, uscc, no');
}
