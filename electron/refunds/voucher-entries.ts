/**
 * Entry kinds from the voucher to the cross-off 退还书、批次、回单、销号、追回, with what each writes. Numbers are used up here, so that a
 * gap or a repeated number cannot be folded.
 */
import { z } from 'zod';
import { assert, present } from '../../shared/kernel/assert.ts';
import { parseCivilDate, type CivilDate } from '../../shared/kernel/civil-date.ts';
import { groupedYuan, yuanText } from '../../shared/kernel/money.ts';
import { civilDateSchema, fenAmount, fenNotNegative, requiredText } from '../../shared/kernel/schema.ts';
import { calendarYearSchema } from '../../shared/kernel/working-days.ts';
import { suspensionGrounds, type SuspensionGround } from '../../shared/refunds/lifecycle.ts';
import { accountSchema, batchNoSchema, refundKeySchema, routes, sizes, voucherNoSchema } from '../../shared/refunds/model.ts';
import { blobRefSchema, defineEntry, type FoldEntry } from '../journal/index.ts';
import type { Database, SqlValue } from '../platform/database.ts';
import { actEntry, plainLine, requireRefund } from './act-entry.ts';
import { accountColumns } from './application-entries.ts';
import { readClawback, insertClawback, reverseClawback } from './clawbacks.sql.ts';
import { insertReceiptLine, postReceiptLine, readReceiptLine } from './receipts.sql.ts';
import type { RefundRecord } from './refund-record.ts';
import { moveRefund, type RefundColumn } from './refunds.sql.ts';
import {
  insertVoucher, readVouchersOfBatch, requireVoucher, setVoucherBatch, setVoucherChecked, setVoucherCrossedOff, setVoucherPaid, setVoucherReturned,
  setVoucherSent, setVoucherVoid, useNumber, useVoucherNumber,
} from './vouchers.sql.ts';

export const rangeAdded = defineEntry({
  kind: 'refunds.addVoucherRange',
  stream: 'business',
  version: 1,
  title: '登记收入退还书号段',
  facts: z.strictObject({ first: z.number().int(), last: z.number().int(), on: civilDateSchema }),
  fold({ db }, { facts, maker }) {
    db.prepare('INSERT INTO voucher_range (first, last, next, added_on, added_by) VALUES (@first, @last, @first, @on, @maker)').run({
      first: BigInt(facts.first), last: BigInt(facts.last), on: facts.on, maker,
    });
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

const issueLine = z.strictObject({
  refund: refundKeySchema,
  voucherNo: voucherNoSchema,
  name: z.string(),
  route: z.enum(routes),
  size: z.enum(sizes),
  appliedOn: civilDateSchema,
  approvedOn: civilDateSchema,
  approver: z.string(),
  existing: fenNotNegative,
  incremental: fenNotNegative,
  amount: fenNotNegative,
  capital: z.string(),
  central: fenNotNegative,
  province: fenNotNegative,
  county: fenNotNegative,
  levelText: z.string(),
  subjectCode: z.string(),
  subjectName: z.string(),
  payee: accountSchema,
  reason: z.string(),
  basis: z.string(),
  authority: z.string(),
  approvalNo: z.string(),
  replaces: voucherNoSchema.nullable(),
});

export const issued = actEntry({
  act: 'issueVoucher',
  line: issueLine,
  write: ({ db, entry, line }) => {
    useVoucherNumber(db, line.voucherNo);
    insertVoucher(db, { ...line, issuedOn: entry.facts.on, issuer: entry.maker });
    return {
      set: { voucher_no: line.voucherNo, batch_no: null, sent_on: null },
      details: { 收入退还书号: line.voucherNo, 金额: yuanText(line.amount), 预算科目: `${line.subjectCode} ${line.subjectName}` },
    };
  },
});

export const voucherChecked = actEntry({
  act: 'checkVoucher',
  line: plainLine,
  write: ({ db, entry, before }) => {
    setVoucherChecked(db, liveVoucherNo(before), entry.maker);
    return { set: {}, details: { 收入退还书号: liveVoucherNo(before) } };
  },
});

export const voucherVoided = actEntry({
  act: 'voidVoucher',
  line: plainLine,
  write: ({ db, before }) => {
    setVoucherVoid(db, liveVoucherNo(before));
    return { set: {}, details: { 作废退还书号: liveVoucherNo(before) } };
  },
});

export const returnCorrected = actEntry({
  act: 'correctReturned',
  line: z.strictObject({ refund: refundKeySchema, account: accountSchema }),
  write: ({ before, line }) => ({
    set: { ...accountColumns(line.account), batch_no: null, sent_on: null, noticed_on: null },
    details: { 退回的退还书号: liveVoucherNo(before), 收款账号: line.account.account },
  }),
});

const batchTerms = { batchNo: batchNoSchema, on: civilDateSchema };

export const batchFormed = defineEntry({
  kind: 'refunds.formBatch',
  stream: 'business',
  version: 1,
  title: '组成退库批次',
  facts: z.strictObject({ ...batchTerms, count: z.number().int().min(1), total: fenNotNegative, lines: blobRefSchema }),
  fold({ db, lines }, entry) {
    const { batchNo, on, count, total } = entry.facts;
    useNumber(db, batchNo);
    db.prepare("INSERT INTO refund_batch (batch_no, state, formed_on, formed_by, vouchers, total_fen) VALUES (@batchNo, 'sealed', @on, @maker, @count, @total)").run({
      batchNo, on, maker: entry.maker, count: BigInt(count), total,
    });
    let seen = 0;
    let sum = 0n;
    for (const value of lines(entry.facts.lines)) {
      const before = requireRefund(db, plainLine.parse(value).refund);
      const voucher = requireVoucher(db, before.voucherNo);
      setVoucherBatch(db, voucher.voucherNo, batchNo);
      moveRefund(db, entry, 'formBatch', before, null, { set: { batch_no: batchNo }, details: { 批次: batchNo } });
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
      moveRefund(db, entry, 'cancelBatch', requireRefund(db, voucher.refund), reason, { set: { batch_no: null }, details: { 批次: batchNo } });
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
      moveRefund(db, entry, 'send', requireRefund(db, voucher.refund), null, { set: { sent_on: on }, details: { 批次: batchNo } });
    }
  },
});

/** A line of a receipt as it came, and what became of it. `why` is null when posted. */
export const receiptLineSchema = z.strictObject({
  line: z.number().int().min(1),
  voucherNo: voucherNoSchema,
  outcome: z.enum(['paid', 'returned', 'bank-returned']),
  amount: fenAmount,
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
      insertReceiptLine(db, source, line);
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
      const line = present(readReceiptLine(db, named.package, named.line), `receipt line ${named.package}/${String(named.line)}`);
      postReceiptLine(db, named.package, named.line, named.refund);
      moveByReceipt(db, entry, named.package, { ...line, refund: named.refund });
    }
  },
});

export const crossedOff = actEntry({
  act: 'crossOff',
  line: plainLine,
  write: ({ db, entry, before }) => {
    const receipt = present(before.receipt, 'receipt line of a cross-off');
    setVoucherCrossedOff(db, liveVoucherNo(before), entry.facts.on);
    return {
      set: { crossed_off_on: entry.facts.on },
      details: { 销号日期: entry.facts.on, 销号依据: `国库回单 ${receipt.package} 第 ${String(receipt.line)} 行` },
    };
  },
});

export const crossOffUndone = actEntry({
  act: 'undoCrossOff',
  line: z.strictObject({ refund: refundKeySchema, reverses: z.number().int().min(1) }),
  write: ({ db, before, line }) => {
    setVoucherCrossedOff(db, liveVoucherNo(before), null);
    return { set: { crossed_off_on: null }, details: { 原销号日期: before.crossedOffOn ?? '', 冲销账本条目: String(line.reverses) } };
  },
});

export const suspensionNoticed = actEntry({
  act: 'noticeSuspension',
  line: z.strictObject({ refund: refundKeySchema, ground: z.string() }),
  write: ({ entry, line }) => ({
    set: { noticed_on: entry.facts.on, ground: line.ground },
    details: { 暂缓情形: suspensionGrounds[line.ground as SuspensionGround] }, // the service's schema allows no other
  }),
});

export const noticeLifted = actEntry({
  act: 'liftNotice',
  line: plainLine,
  write: () => ({ set: { noticed_on: null, ground: null }, details: {} }),
});

const clawbackLine = z.strictObject({ refund: refundKeySchema, existing: fenNotNegative, incremental: fenNotNegative, document: z.string() });
const clawback = {
  line: clawbackLine,
  write: (scene: { readonly db: Database; readonly entry: FoldEntry<{ readonly on: CivilDate; readonly reason: string | null }>; readonly before: RefundRecord; readonly line: z.output<typeof clawbackLine> }) => {
    const { db, entry, before, line } = scene;
    const no = insertClawback(db, { ...line, receivedOn: entry.facts.on, reason: present(entry.facts.reason, 'reason'), entry: entry.seq });
    return {
      set: clawedColumns(before, line, 1n),
      details: { 追回次序: String(no), 追回存量: yuanText(line.existing), 追回增量: yuanText(line.incremental), 缴款凭证: line.document },
    };
  },
};
export const clawedBackPart = actEntry({ act: 'clawBackPart', ...clawback });
export const clawedBackWhole = actEntry({ act: 'clawBackWhole', ...clawback });

export const clawbackUndone = actEntry({
  act: 'undoClawBack',
  line: z.strictObject({ refund: refundKeySchema, no: z.number().int().min(1) }),
  write: ({ db, entry, before, line }) => {
    const standing = present(readClawback(db, line.refund, line.no), 'clawback');
    reverseClawback(db, line.refund, line.no, entry.seq);
    return {
      set: clawedColumns(before, standing, -1n),
      details: { 撤销追回次序: String(line.no), 金额: groupedYuan(standing.existing + standing.incremental) },
    };
  },
});

export const voucherEntries = [
  rangeAdded, calendarImported, batchFormed, batchCancelled, batchSent, receiptPosted, receiptsMatched,
  ...[issued, voucherChecked, voucherVoided, returnCorrected, crossedOff, crossOffUndone, suspensionNoticed, noticeLifted, clawedBackPart, clawedBackWhole, clawbackUndone].map(
    (row) => row.kind,
  ),
];

/** What the treasury did, on the refund and its voucher. */
function moveByReceipt(db: Database, entry: FoldEntry<{ readonly on: CivilDate }>, source: string, line: ReceiptLine): void {
  const before = requireRefund(db, present(line.refund, 'refund of a posted line'));
  const on = present(parseCivilDate(line.on), 'date of a receipt line');
  const details = { 收入退还书号: line.voucherNo, 金额: yuanText(line.amount), 日期: on };
  const reason = [line.reasonCode, line.reason].filter((part) => part !== null && part !== '').join('：');
  if (line.outcome === 'paid') {
    setVoucherPaid(db, line.voucherNo, on);
    const set = {
      paid_existing_fen: before.approved.existing, paid_incremental_fen: before.approved.incremental, paid_on: on, receipt_package: source,
      receipt_line: BigInt(line.line), noticed_on: null,
    };
    moveRefund(db, entry, 'receivePaid', before, null, { set, details });
  } else if (line.outcome === 'returned') {
    setVoucherReturned(db, line.voucherNo, 'treasury-returned', on);
    moveRefund(db, entry, 'receiveReturn', before, reason, { set: {}, details });
  } else {
    setVoucherReturned(db, line.voucherNo, 'bank-returned', on);
    const set = { paid_existing_fen: 0n, paid_incremental_fen: 0n, paid_on: null, receipt_package: null, receipt_line: null };
    moveRefund(db, entry, 'receiveBankReturn', before, reason, { set, details });
  }
}

function clawedColumns(before: RefundRecord, amounts: { readonly existing: bigint; readonly incremental: bigint }, sign: 1n | -1n): Partial<Record<RefundColumn, SqlValue>> {
  return {
    clawed_existing_fen: before.clawedBack.existing + sign * amounts.existing,
    clawed_incremental_fen: before.clawedBack.incremental + sign * amounts.incremental,
  };
}

function liveVoucherNo(record: RefundRecord): string {
  return present(record.voucherNo, 'voucher number');
}
