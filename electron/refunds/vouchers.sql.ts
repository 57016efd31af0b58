/** SQL of vouchers, number ranges, running numbers, batches and receipt lines. */
import { assert, present } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Database } from '../platform/database.ts';
import { numberParts, type VoucherRange } from './numbers.ts';
import { refundBatches, refundVouchers, voucherRanges, type BatchRecord, type VoucherRecord } from './refunds.tables.ts';

export function readVoucher(db: Database, voucherNo: string): VoucherRecord | null {
  return refundVouchers.find(db, { voucherNo });
}

/** Every voucher ever issued for a refund, by number. */
export function readVouchersOf(db: Database, refund: string): VoucherRecord[] {
  return refundVouchers.all(db, 'WHERE refund = @refund ORDER BY issued_on, voucher_no', { refund });
}

export function readVouchersOfBatch(db: Database, batchNo: string): VoucherRecord[] {
  return refundVouchers.all(db, 'WHERE batch_no = @batchNo ORDER BY voucher_no', { batchNo });
}

export function setVoucherChecked(db: Database, voucherNo: string, checker: string): void {
  expectOne(db.prepare("UPDATE refund_voucher SET state = 'checked', voucher_checker = @checker WHERE voucher_no = @voucherNo").run({ voucherNo, checker }).changes);
}

export function setVoucherVoid(db: Database, voucherNo: string): void {
  expectOne(db.prepare("UPDATE refund_voucher SET state = 'void' WHERE voucher_no = @voucherNo").run({ voucherNo }).changes);
}

/** Voids the refund's voucher that has not been sent, if there is one. */
export function voidUnsentVoucher(db: Database, refund: string): void {
  db.prepare("UPDATE refund_voucher SET state = 'void' WHERE refund = @refund AND state IN ('issued', 'checked')").run({ refund });
}

export function setVoucherBatch(db: Database, voucherNo: string, batchNo: string | null): void {
  expectOne(db.prepare('UPDATE refund_voucher SET batch_no = @batchNo WHERE voucher_no = @voucherNo').run({ voucherNo, batchNo }).changes);
}

export function setVoucherSent(db: Database, voucherNo: string): void {
  expectOne(db.prepare("UPDATE refund_voucher SET state = 'sent' WHERE voucher_no = @voucherNo").run({ voucherNo }).changes);
}

/** The package that carried it was rejected whole. */
export function setVoucherUnsent(db: Database, voucherNo: string): void {
  expectOne(db.prepare("UPDATE refund_voucher SET state = 'checked' WHERE voucher_no = @voucherNo AND state = 'sent'").run({ voucherNo }).changes);
}

export function setVoucherPaid(db: Database, voucherNo: string, on: CivilDate): void {
  expectOne(db.prepare("UPDATE refund_voucher SET state = 'paid', paid_on = @on WHERE voucher_no = @voucherNo").run({ voucherNo, on }).changes);
}

export function setVoucherReturned(db: Database, voucherNo: string, by: 'treasury-returned' | 'bank-returned', on: CivilDate): void {
  expectOne(db.prepare('UPDATE refund_voucher SET state = @by, returned_on = @on, crossed_off_on = NULL WHERE voucher_no = @voucherNo').run({ voucherNo, by, on }).changes);
}

export function setVoucherCrossedOff(db: Database, voucherNo: string, on: CivilDate | null): void {
  expectOne(db.prepare('UPDATE refund_voucher SET crossed_off_on = @on WHERE voucher_no = @voucherNo').run({ voucherNo, on }).changes);
}

export function readRanges(db: Database): (VoucherRange & { readonly addedOn: CivilDate; readonly addedBy: string })[] {
  return voucherRanges.all(db, 'ORDER BY first');
}

/** Uses up one voucher number: it must be the next one of its range. */
export function useVoucherNumber(db: Database, voucherNo: string): void {
  expectOne(db.prepare('UPDATE voucher_range SET next = next + 1 WHERE next = @number AND next <= last').run({ number: BigInt(voucherNo) }).changes);
}

/** The last running number of a series in a year, e.g. `SQ-2022`; 0 when none was given. */
export function lastNumber(db: Database, series: string): number {
  return Number(db.prepare('SELECT last FROM refund_number WHERE series = @series').get({ series })?.['last'] ?? 0n);
}

/** Uses up one running number: it must be the next one of its series. */
export function useNumber(db: Database, number: string): void {
  const { series, running } = numberParts(number);
  assert(running === lastNumber(db, series) + 1, `${number} does not follow`);
  if (running === 1) db.prepare('INSERT INTO refund_number (series, last) VALUES (@series, 1)').run({ series });
  else db.prepare('UPDATE refund_number SET last = last + 1 WHERE series = @series').run({ series });
}

export function readBatch(db: Database, batchNo: string): BatchRecord | null {
  return refundBatches.find(db, { batchNo });
}

export function readBatches(db: Database): BatchRecord[] {
  return refundBatches.all(db, 'ORDER BY batch_no');
}

function expectOne(changes: number): void {
  assert(changes === 1, 'exactly one row changes');
}

/** The voucher that is or was the refund's newest. */
export function requireVoucher(db: Database, voucherNo: string | null): VoucherRecord {
  return present(readVoucher(db, present(voucherNo, 'voucher number')), `voucher ${String(voucherNo)}`);
}
