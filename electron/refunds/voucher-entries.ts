/**
 * Entry kinds of 退库批次 with what each writes, and of the tables that vouchers need 号段、工作日历. Numbers are used up here, so that a gap
 * or a repeated number cannot be folded.
 */
import { z } from 'zod';
import { assert, present } from '../../shared/kernel/assert.ts';
import { civilDateSchema, fenTotal, requiredText } from '../../shared/kernel/schema.ts';
import { calendarYearSchema } from '../../shared/kernel/working-days.ts';
import { batchNoSchema, refundKeySchema } from '../../shared/refunds/model.ts';
import { blobRefSchema, defineEntry } from '../journal/index.ts';
import { refundCases } from '../../shared/refunds/cases.ts';
import { moveRefund, requireRefund } from './refund-book.ts';
import { refundBatches, voucherRanges } from './refunds.tables.ts';
import { readVouchersOfBatch, requireVoucher, setVoucherBatch, setVoucherSent, setVoucherUnsent, useNumber } from './vouchers.sql.ts';

export const rangeAdded = defineEntry({
  kind: 'refunds.addVoucherRange',
  stream: 'business',
  version: 1,
  title: '登记收入退还书号段',
  facts: z.strictObject({ first: z.number().int(), last: z.number().int(), on: civilDateSchema }),
  fold({ db }, { facts, maker }) {
    voucherRanges.insert(db, { first: facts.first, last: facts.last, next: facts.first, addedOn: facts.on, addedBy: maker });
  },
});

export const calendarImported = defineEntry({
  kind: 'refunds.importCalendar',
  stream: 'business',
  version: 1,
  title: '导入工作日历',
  facts: z.strictObject({ year: calendarYearSchema, on: civilDateSchema }),
  fold({ db }, { facts }) {
    db.prepare(
      'INSERT INTO calendar_year (year, content, imported_on) VALUES (@year, @content, @on) ON CONFLICT (year) DO UPDATE SET content = @content, imported_on = @on',
    ).run({ year: BigInt(facts.year.year), content: JSON.stringify(facts.year), on: facts.on });
  },
});

/** Names one refund of a batch. */
export const batchLine = z.strictObject({ refund: refundKeySchema });
const batchTerms = { batchNo: batchNoSchema, on: civilDateSchema };

export const batchFormed = defineEntry({
  kind: 'refunds.formBatch',
  stream: 'business',
  version: 2,
  title: '组成退库批次',
  facts: z.strictObject({ ...batchTerms, count: z.number().int().min(1), total: fenTotal, lines: blobRefSchema }),
  upcast: { 1: (facts) => facts }, // a total of more digits
  fold({ db, lines }, entry) {
    const { batchNo, on, count, total } = entry.facts;
    useNumber(db, batchNo);
    refundBatches.insert(db, { batchNo, state: 'sealed', formedOn: on, formedBy: entry.maker, vouchers: count, total });
    let seen = 0;
    let sum = 0n;
    for (const value of lines(entry.facts.lines)) {
      const before = requireRefund(db, batchLine.parse(value).refund);
      const voucher = requireVoucher(db, before.voucherNo);
      setVoucherBatch(db, voucher.voucherNo, batchNo);
      moveRefund(db, entry, 'formBatch', before, null, { set: { batch_no: batchNo }, facts: { batchNo } });
      seen += 1;
      sum += voucher.amount;
    }
    assert(seen === count && sum === total, `batch ${batchNo} holds what it says`);
  },
});

export const batchCancelled = defineEntry({
  kind: 'refunds.cancelBatch',
  stream: 'business',
  version: 1,
  title: '撤销退库批次',
  facts: z.strictObject({ ...batchTerms, reason: requiredText(500) }),
  fold({ db }, entry) {
    const { batchNo, reason } = entry.facts;
    db.prepare("UPDATE refund_batch SET state = 'cancelled', reason = @reason WHERE batch_no = @batchNo").run({ batchNo, reason });
    for (const voucher of readVouchersOfBatch(db, batchNo)) {
      setVoucherBatch(db, voucher.voucherNo, null);
      moveRefund(db, entry, 'cancelBatch', requireRefund(db, voucher.refund), reason, { set: { batch_no: null }, facts: { batchNo } });
    }
  },
});

export const batchSent = defineEntry({
  kind: 'refunds.send',
  stream: 'business',
  version: 1,
  title: '退库批次送达国库',
  facts: z.strictObject(batchTerms),
  fold({ db }, entry) {
    const { batchNo, on } = entry.facts;
    db.prepare("UPDATE refund_batch SET state = 'sent', sent_on = @on, package = @package WHERE batch_no = @batchNo").run({ batchNo, on, package: present(entry.package, 'package') });
    for (const voucher of readVouchersOfBatch(db, batchNo)) {
      setVoucherSent(db, voucher.voucherNo);
      moveRefund(db, entry, 'send', requireRefund(db, voucher.refund), null, { set: { sent_on: on }, facts: { batchNo } });
    }
  },
});

/** The treasury took nothing of the package: the batch stands as before it left, to be sent anew or cancelled. */
export const batchRejected = defineEntry({
  kind: 'refunds.receiveRejection',
  stream: 'business',
  version: 1,
  title: refundCases.acts.receiveRejection.title,
  facts: z.strictObject(batchTerms),
  fold({ db }, entry) {
    const { batchNo } = entry.facts;
    db.prepare("UPDATE refund_batch SET state = 'sealed', sent_on = NULL, package = NULL WHERE batch_no = @batchNo").run({ batchNo });
    for (const voucher of readVouchersOfBatch(db, batchNo)) {
      setVoucherUnsent(db, voucher.voucherNo);
      moveRefund(db, entry, 'receiveRejection', requireRefund(db, voucher.refund), null, { set: { sent_on: null, noticed_on: null }, facts: { batchNo } });
    }
  },
});

export const voucherEntries = [rangeAdded, calendarImported, batchFormed, batchCancelled, batchSent, batchRejected];
