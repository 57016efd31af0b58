/**
 * Entry kinds of 国库回单、销号、暂缓通知 and 追回, with what each writes. The services have judged every line; the fold repeats it.
 */
import { z } from 'zod';
import { present } from '../../shared/kernel/assert.ts';
import { parseCivilDate, type CivilDate } from '../../shared/kernel/civil-date.ts';
import { groupedYuan, yuanText } from '../../shared/kernel/money.ts';
import { civilDateSchema, fenAmount, fenNotNegative } from '../../shared/kernel/schema.ts';
import { suspensionGrounds, type SuspensionGround } from '../../shared/refunds/lifecycle.ts';
import { refundKeySchema, voucherNoSchema } from '../../shared/refunds/model.ts';
import { blobRefSchema, defineEntry, type FoldEntry } from '../journal/index.ts';
import type { Database, SqlValue } from '../platform/database.ts';
import { actEntry, plainLine, requireRefund } from './act-entry.ts';
import { insertClawback, readClawback, reverseClawback } from './clawbacks.sql.ts';
import { insertReceiptLine, postReceiptLine, readReceiptLine } from './receipts.sql.ts';
import type { RefundRecord } from './refund-record.ts';
import { moveRefund, type RefundColumn } from './refunds.sql.ts';
import { liveVoucherNo } from './voucher-entries.ts';
import { setVoucherCrossedOff, setVoucherPaid, setVoucherReturned } from './vouchers.sql.ts';

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

export const crossOffEntries = [
  receiptPosted, receiptsMatched,
  ...[crossedOff, crossOffUndone, suspensionNoticed, noticeLifted, clawedBackPart, clawedBackWhole, clawbackUndone].map((row) => row.kind),
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
