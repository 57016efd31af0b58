/**
 * Vouchers against the log 凭证与开具时的记载核对: before a voucher leaves the office or stands on a paper, every element of it is compared with what was entered
 * when it was issued. The state table is only its shadow: an account or amount changed there while the office was closed goes nowhere.
 */
import { z } from 'zod';
import { refusal } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import { voucherFields } from '../../shared/refunds/voucher-fields.ts';
import { canonicalText, readLines, readNewest, type EntryKind, type JsonValue } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { voucherActs } from './voucher-acts.ts';
import type { VoucherRecord } from './refunds.tables.ts';

const issued = present(voucherActs.find(({ act }) => act === 'issueVoucher'), 'the act that issues');
const entriesRead = 100_000;

/** What stands on the voucher from its issue on, and the word for it. */
const elements: Readonly<Record<string, string>> = {
  refund: '申请', name: voucherFields.name.label, existing: voucherFields.existingFen.label, incremental: voucherFields.incrementalFen.label, amount: voucherFields.amountFen.label,
  central: voucherFields.centralFen.label, province: voucherFields.provinceFen.label, county: voucherFields.countyFen.label, subjectCode: voucherFields.subjectCode.label,
  payee: '收款账户', reason: voucherFields.reason.label, basis: voucherFields.basis.label, appliedOn: voucherFields.appliedOn.label, approvedOn: voucherFields.approvedOn.label,
  approvalNo: '申请编号', approver: '核准人', replaces: voucherFields.replaces.label,
};

type IssuedLine = Readonly<Record<string, JsonValue>>;

/** @throws Refusal ISSUED_VOUCHER_ALTERED of the first that says something else than the log */
export function requireAsIssued(db: Database, vouchers: readonly VoucherRecord[]): void {
  const lines = linesOf(db, new Set(vouchers.map(({ voucherNo }) => voucherNo)));
  for (const voucher of vouchers) {
    const line = lines.get(voucher.voucherNo);
    const standing = z.encode(issued.lineSchema, Object.fromEntries(Object.keys(issued.lineSchema.shape).map((key) => [key, voucher[key as keyof VoucherRecord]]))) as IssuedLine; // fields of both
    const altered = line === undefined ? ['号码'] : Object.keys(elements).filter((key) => canonicalText(line[key]) !== canonicalText(standing[key])).map((key) => elements[key]);
    if (altered.length > 0) throw refusal('ISSUED_VOUCHER_ALTERED', { name: voucher.name, voucher: voucher.voucherNo, fields: altered.join('、') });
  }
}

/** The lines of issue of some vouchers, newest entries first until all are found. */
function linesOf(db: Database, wanted: ReadonlySet<string>): ReadonlyMap<string, IssuedLine> {
  const found = new Map<string, IssuedLine>();
  for (const { facts } of readNewest(db, issued.kind as EntryKind<z.ZodType<{ readonly lines: Parameters<typeof readLines>[1] }>>, entriesRead)) { // facts of every act
    if (found.size === wanted.size) break;
    for (const value of readLines(db, facts.lines)) {
      const line = value as IssuedLine; // a line of JSON
      const { voucherNo } = line;
      if (typeof voucherNo === 'string' && wanted.has(voucherNo)) found.set(voucherNo, line);
    }
  }
  return found;
}
