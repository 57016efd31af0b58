/** SQL of vouchers, number ranges, running numbers, batches and receipt lines. */
import { assert, present } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { Database, Row } from '../platform/database.ts';
import type { RefundRoute, RefundSize, Voucher } from '../../shared/refunds/model.ts';
import { numberParts, type VoucherRange } from './numbers.ts';
import { fen, nullableDate, nullableText, requiredDate } from './refunds.sql.ts';
import type { VoucherElements } from './voucher.ts';

/** What the refund said when the voucher was issued; packages and months are told from it, whatever became of the refund since. */
export type VoucherSnapshot = {
  readonly name: string; readonly route: RefundRoute; readonly size: RefundSize; readonly appliedOn: CivilDate; readonly approvedOn: CivilDate; readonly approver: string;
};

export type VoucherState = Voucher['state'];
export type VoucherRecord = Voucher & VoucherSnapshot & {
  readonly refund: string; readonly paidOn: CivilDate | null; readonly returnedOn: CivilDate | null; readonly crossedOffOn: CivilDate | null;
};

export function readVoucher(db: Database, voucherNo: string): VoucherRecord | null {
  const row = db.prepare('SELECT * FROM refund_voucher WHERE voucher_no = @voucherNo').get({ voucherNo });
  return row === undefined ? null : voucherOf(row);
}

/** Every voucher ever issued for a refund, by number. */
export function readVouchersOf(db: Database, refund: string): VoucherRecord[] {
  return db.prepare('SELECT * FROM refund_voucher WHERE refund = @refund ORDER BY issued_on, voucher_no').all({ refund }).map(voucherOf);
}

export function readVouchersOfBatch(db: Database, batchNo: string): VoucherRecord[] {
  return db.prepare('SELECT * FROM refund_voucher WHERE batch_no = @batchNo ORDER BY voucher_no').all({ batchNo }).map(voucherOf);
}

export function insertVoucher(
  db: Database,
  voucher: VoucherElements & VoucherSnapshot & { readonly voucherNo: string; readonly refund: string; readonly issuedOn: CivilDate; readonly issuer: string; readonly replaces: string | null },
): void {
  const { payee, ...rest } = voucher;
  db.prepare(
    `INSERT INTO refund_voucher (voucher_no, refund, state, name, route, size, applied_on, approved_on, approver, issued_on, existing_fen, incremental_fen, amount_fen, central_fen, province_fen, county_fen, capital,
       level_text, subject_code, subject_name, bank, bank_account, account_name, bank_code, reason, basis, authority, approval_no, replaces, issuer)
     VALUES (@voucherNo, @refund, 'issued', @name, @route, @size, @appliedOn, @approvedOn, @approver, @issuedOn, @existing, @incremental, @amount, @central, @province, @county, @capital,
       @levelText, @subjectCode, @subjectName, @bank, @account, @accountName, @bankCode, @reason, @basis, @authority, @approvalNo, @replaces, @issuer)`,
  ).run({ ...rest, ...payee });
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

export function setVoucherPaid(db: Database, voucherNo: string, on: CivilDate): void {
  expectOne(db.prepare("UPDATE refund_voucher SET state = 'paid', paid_on = @on WHERE voucher_no = @voucherNo").run({ voucherNo, on }).changes);
}

export function setVoucherReturned(db: Database, voucherNo: string, by: 'treasury-returned' | 'bank-returned', on: CivilDate): void {
  expectOne(db.prepare('UPDATE refund_voucher SET state = @by, returned_on = @on, crossed_off_on = NULL WHERE voucher_no = @voucherNo').run({ voucherNo, by, on }).changes);
}

export function setVoucherCrossedOff(db: Database, voucherNo: string, on: CivilDate | null): void {
  expectOne(db.prepare('UPDATE refund_voucher SET crossed_off_on = @on WHERE voucher_no = @voucherNo').run({ voucherNo, on }).changes);
}

export function voucherOf(row: Row): VoucherRecord {
  return {
    voucherNo: String(row['voucher_no']),
    refund: String(row['refund']),
    state: String(row['state']) as VoucherState, // CHECK of the table
    name: String(row['name']),
    route: String(row['route']) as RefundRoute, // CHECK of the table, as the size
    size: String(row['size']) as RefundSize,
    appliedOn: requiredDate(row['applied_on']),
    approvedOn: requiredDate(row['approved_on']),
    approver: String(row['approver']),
    issuedOn: requiredDate(row['issued_on']),
    amount: fen(row['amount_fen']),
    capital: String(row['capital']),
    existing: fen(row['existing_fen']),
    incremental: fen(row['incremental_fen']),
    central: fen(row['central_fen']),
    province: fen(row['province_fen']),
    county: fen(row['county_fen']),
    subjectCode: String(row['subject_code']),
    subjectName: String(row['subject_name']),
    levelText: String(row['level_text']),
    payee: { bank: String(row['bank']), account: String(row['bank_account']), accountName: String(row['account_name']), bankCode: nullableText(row['bank_code']) },
    reason: String(row['reason']),
    basis: String(row['basis']),
    authority: String(row['authority']),
    approvalNo: String(row['approval_no']),
    replaces: nullableText(row['replaces']),
    batchNo: nullableText(row['batch_no']),
    issuer: String(row['issuer']),
    voucherChecker: nullableText(row['voucher_checker']),
    paidOn: nullableDate(row['paid_on']),
    returnedOn: nullableDate(row['returned_on']),
    crossedOffOn: nullableDate(row['crossed_off_on']),
  };
}

export function readRanges(db: Database): (VoucherRange & { readonly addedOn: CivilDate; readonly addedBy: string })[] {
  return db.prepare('SELECT * FROM voucher_range ORDER BY first').all().map((row) => ({
    first: Number(row['first']), last: Number(row['last']), next: Number(row['next']), addedOn: requiredDate(row['added_on']), addedBy: String(row['added_by']),
  }));
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

export type BatchRecord = {
  readonly batchNo: string; readonly state: 'sealed' | 'sent' | 'cancelled'; readonly formedOn: CivilDate; readonly formedBy: string; readonly vouchers: number;
  readonly total: Fen; readonly sentOn: CivilDate | null; readonly package: string | null; readonly reason: string | null;
};

export function readBatch(db: Database, batchNo: string): BatchRecord | null {
  const row = db.prepare('SELECT * FROM refund_batch WHERE batch_no = @batchNo').get({ batchNo });
  return row === undefined ? null : batchOf(row);
}

export function readBatches(db: Database): BatchRecord[] {
  return db.prepare('SELECT * FROM refund_batch ORDER BY batch_no').all().map(batchOf);
}

function batchOf(row: Row): BatchRecord {
  return {
    batchNo: String(row['batch_no']),
    state: String(row['state']) as BatchRecord['state'], // CHECK of the table
    formedOn: requiredDate(row['formed_on']),
    formedBy: String(row['formed_by']),
    vouchers: Number(row['vouchers']),
    total: fen(row['total_fen']),
    sentOn: nullableDate(row['sent_on']),
    package: nullableText(row['package']),
    reason: nullableText(row['reason']),
  };
}

function expectOne(changes: number): void {
  assert(changes === 1, 'exactly one row changes');
}

/** The voucher that is or was the refund's newest. */
export function requireVoucher(db: Database, voucherNo: string | null): VoucherRecord {
  return present(readVoucher(db, present(voucherNo, 'voucher number')), `voucher ${String(voucherNo)}`);
}
