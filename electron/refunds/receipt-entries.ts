/** Entry kinds of 国库回单 with what each writes. The service has judged every line; the fold repeats it. */
import { z } from 'zod';
import { present } from '../../shared/kernel/assert.ts';
import { parseCivilDate, type CivilDate } from '../../shared/kernel/civil-date.ts';
import { civilDateSchema, fenTotal } from '../../shared/kernel/schema.ts';
import { refundKeySchema, voucherNoSchema } from '../../shared/refunds/model.ts';
import { blobRefSchema, defineEntry, type FoldEntry } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { moveRefund, requireRefund } from './refund-book.ts';
import { postReceiptLine } from './receipts.sql.ts';
import { receiptLines } from './refunds.tables.ts';
import { setVoucherPaid, setVoucherReturned } from './vouchers.sql.ts';

/** A line of a receipt as it came, and what became of it. `why` is null when posted. */
export const receiptLineSchema = z.strictObject({
  line: z.number().int().min(1),
  voucherNo: voucherNoSchema,
  outcome: z.enum(['paid', 'returned', 'bank-returned']),
  amount: fenTotal,
  on: civilDateSchema,
  reasonCode: z.string().nullable(),
  reason: z.string().nullable(),
  batchNo: z.string(),
  uscc: z.string(),
  verdict: z.enum(['posted', 'held', 'conflict']),
  why: z.string().nullable(),
  refund: refundKeySchema.nullable(),
});
export type ReceiptLine = z.output<typeof receiptLineSchema>;

export const receiptPosted = defineEntry({
  kind: 'refunds.postReceipt',
  stream: 'business',
  version: 1,
  title: '登记国库回单',
  facts: z.strictObject({ on: civilDateSchema, count: z.number().int().min(1), lines: blobRefSchema }),
  fold({ db, lines }, entry) {
    const source = present(entry.package, 'package');
    for (const value of lines(entry.facts.lines)) {
      const line = z.decode(receiptLineSchema, value as z.input<typeof receiptLineSchema>);
      receiptLines.insert(db, { ...line, package: source });
      if (line.verdict === 'posted') moveByReceipt(db, entry, source, line);
    }
  },
});

const heldLineSchema = z.strictObject({ package: z.string(), line: z.number().int().min(1), refund: refundKeySchema });

export const receiptsMatched = defineEntry({
  kind: 'refunds.matchReceipts',
  stream: 'business',
  version: 1,
  title: '核对待核回单',
  facts: z.strictObject({ on: civilDateSchema, lines: blobRefSchema }),
  fold({ db, lines }, entry) {
    for (const value of lines(entry.facts.lines)) {
      const named = heldLineSchema.parse(value);
      const line = present(receiptLines.find(db, { package: named.package, line: named.line }), `receipt line ${named.package}/${String(named.line)}`);
      postReceiptLine(db, named.package, named.line, named.refund);
      moveByReceipt(db, entry, named.package, { ...line, refund: named.refund });
    }
  },
});

export const receiptEntries = [receiptPosted, receiptsMatched];

/** What the treasury did, on the refund and its voucher. */
function moveByReceipt(db: Database, entry: FoldEntry<{ readonly on: CivilDate }>, source: string, line: ReceiptLine): void {
  const before = requireRefund(db, present(line.refund, 'refund of a posted line'));
  const on = present(parseCivilDate(line.on), 'date of a receipt line');
  const facts = { voucherNo: line.voucherNo, amount: line.amount, happenedOn: on, ...(line.reasonCode === null ? {} : { [line.outcome === 'returned' ? 'returnCode' : 'bankReturnCode']: line.reasonCode }) };
  const reason = line.reason === '' ? null : line.reason;
  if (line.outcome === 'paid') {
    setVoucherPaid(db, line.voucherNo, on);
    const set = {
      paid_existing_fen: before.approved.existing, paid_incremental_fen: before.approved.incremental, paid_on: on, receipt_package: source,
      receipt_line: BigInt(line.line), noticed_on: null,
    };
    moveRefund(db, entry, 'receivePaid', before, null, { set, facts });
  } else if (line.outcome === 'returned') {
    setVoucherReturned(db, line.voucherNo, 'treasury-returned', on);
    moveRefund(db, entry, 'receiveReturn', before, reason, { facts });
  } else {
    setVoucherReturned(db, line.voucherNo, 'bank-returned', on);
    const set = { paid_existing_fen: 0n, paid_incremental_fen: 0n, paid_on: null, receipt_package: null, receipt_line: null, reduced_on: null };
    moveRefund(db, entry, 'receiveBankReturn', before, reason, { set, facts });
  }
}
