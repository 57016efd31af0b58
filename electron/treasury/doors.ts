/**
 * What exchange calls: receiving a batch or a suspension notice from the tax office, and giving the outcomes that a receipt carries. Each
 * runs inside the caller's transaction.
 */
import { refusal, refuse } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { onlyFields, type RecordOf } from '../../shared/kernel/record.ts';
import { batchFields, voucherElementsSchema, voucherFields, type BatchHead, type VoucherElements } from '../../shared/refunds/voucher-fields.ts';
import type { outcomeFields } from '../../shared/treasury/outcome-fields.ts';
import { z } from 'zod';
import { personName } from '../administration/index.ts';
import { canonicalText, readNewest, type Context } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { asReceived } from './as-received.ts';
import { countToldIn, readSuspensions, readUnsentOutcomes, suspensionsOf, type ReceiptReader } from './outcomes.sql.ts';
import { batchReceived, noticeReceived, receiptRejected, receiptSent } from './payment-entries.ts';
import { readPayment } from './payments.sql.ts';
import { treasuryBatches } from './treasury.tables.ts';

/** Business duplicates of a batch (E207), one a voucher; a new batch number with an old voucher counts. Exchange rejects the package for any. */
export function batchConflicts(db: Database, batch: Pick<BatchHead, 'batchNo'>, vouchers: readonly Pick<VoucherElements, 'voucherNo'>[]): Refusal[] {
  const conflicts = treasuryBatches.find(db, { batchNo: batch.batchNo }) === null ? [] : [refusal('BATCH_ALREADY_RECEIVED', { batch: batch.batchNo })];
  const seen = new Set<string>();
  for (const { voucherNo } of vouchers) {
    const standing = readPayment(db, voucherNo);
    if (standing !== null) conflicts.push(refusal('VOUCHER_ALREADY_RECEIVED', { voucher: voucherNo, batch: standing.batchNo }));
    else if (seen.has(voucherNo)) conflicts.push(refusal('VOUCHER_ALREADY_RECEIVED', { voucher: voucherNo, batch: batch.batchNo }));
    seen.add(voucherNo);
  }
  return conflicts;
}

/**
 * Receives one REFUND_BATCH. Faults of single vouchers are no import error: they are found by the checks and returned to the tax office.
 * @throws Refusal BATCH_ALREADY_RECEIVED, VOUCHER_ALREADY_RECEIVED
 */
export function receiveBatch(ctx: Context, received: { readonly packageId: string; readonly batch: BatchHead; readonly vouchers: readonly VoucherElements[] }): void {
  const { packageId, batch, vouchers } = received;
  const [conflict] = batchConflicts(ctx.db, batch, vouchers);
  if (conflict !== undefined) throw conflict;
  ctx.journal.append(batchReceived, {
    key: `treasury.receiveBatch/${batch.batchNo}`,
    subject: batch.batchNo,
    origin: 'tax',
    package: packageId,
    facts: {
      on: ctx.today,
      batch: onlyFields(batchFields, batch),
      lines: ctx.journal.putLines(vouchers.map((voucher) => canonicalText(z.encode(voucherElementsSchema, onlyFields(voucherFields, voucher))))),
    },
  });
}

/** A taxpayer under suspension, as the tax office's notice says it. */
export type IncomingSuspension = { readonly uscc: string; readonly name: string; readonly reason: string; readonly since: CivilDate };

/** Receives the whole list of one SUSPENSION_NOTICE: new ones are added, those no longer on it are released. */
export function receiveSuspensions(
  ctx: Context, notice: { readonly packageId: string; readonly number: number; readonly suspensions: readonly IncomingSuspension[] },
): { readonly added: number; readonly released: number } {
  const standing = new Set(readSuspensions(ctx.db).filter((row) => row.source === 'notice' && row.liftedOn === null).map((row) => row.uscc));
  const named = new Map(notice.suspensions.map((row) => [row.uscc, row]));
  const added = [...named.values()].filter((row) => !standing.has(row.uscc)).map(({ uscc, name, reason, since }) => ({ uscc, name, reason, since }));
  const released = [...standing].filter((uscc) => !named.has(uscc));
  ctx.journal.append(noticeReceived, {
    key: `treasury.receiveSuspensions/${notice.packageId}`, subject: notice.packageId, origin: 'tax', package: notice.packageId, facts: { on: ctx.today, number: notice.number, added, released },
  });
  return { added: added.length, released: released.length };
}

/** The number of the newest notice that stands here 变动次序; 0 when none came. */
export function suspensionNumberReceived(db: Database): number {
  return readNewest(db, noticeReceived, 1)[0]?.facts.number ?? 0;
}

/** One outcome for a receipt; `no` names it when it is marked as sent. */
export type OutcomeForExport = RecordOf<typeof outcomeFields> & { readonly no: number };

/** Outcomes that an agency has not been told, by voucher number, each voucher at most once (a later one follows in the next receipt). @throws Refusal VOUCHER_ALTERED */
export function unsentOutcomes(db: Database, to: ReceiptReader): OutcomeForExport[] {
  const unsent = readUnsentOutcomes(db, to);
  const altered = asReceived(db);
  for (const { voucherNo } of unsent) {
    const fault = altered(present(readPayment(db, voucherNo), 'voucher of an outcome'));
    if (fault !== null) throw fault;
  }
  return unsent.map((row) => ({
    voucherNo: row.voucherNo, no: row.no, refundNo: row.refundNo, batchNo: row.batchNo, uscc: row.uscc, outcome: row.outcome, amountFen: row.amountFen, on: row.on,
    reasonCode: row.reasonCode, reason: row.reason, checkedBy: personName(db, row.checker), paidBy: personName(db, row.payer),
  }));
}

/** The outcomes stand in a package to that agency from now on and can no longer be undone here. */
export function markReceiptSent(ctx: Context, sent: { readonly to: ReceiptReader; readonly packageId: string; readonly outcomes: readonly { readonly voucherNo: string; readonly no: number }[] }): void {
  if (sent.outcomes.length === 0) return;
  ctx.journal.append(receiptSent, {
    key: `treasury.sendReceipt/${sent.packageId}`,
    subject: sent.packageId,
    package: sent.packageId,
    facts: { to: sent.to, on: ctx.today, lines: ctx.journal.putLines(sent.outcomes.map(({ voucherNo, no }) => canonicalText({ voucherNo, no }))) },
  });
}

/** The reader rejected the receipt: what it told is to be told again. @returns how many outcomes */
export function untellReceipt(ctx: Context, { to, packageId }: { readonly to: ReceiptReader; readonly packageId: string }): number {
  const told = countToldIn(ctx.db, to, packageId);
  if (told > 0) {
    ctx.journal.append(receiptRejected, {
      key: `treasury.receiveRejection/${packageId}`, subject: packageId, origin: to, package: packageId, facts: { to, on: ctx.today },
    });
  }
  return told;
}

/** Refuses a taxpayer who is already on the list. */
export function requireNotSuspended(db: Database, uscc: string, name: string): void {
  if (suspensionsOf(db, uscc).some((row) => row.source === 'manual')) refuse('SUSPENSION_STANDS', { uscc, name });
}
