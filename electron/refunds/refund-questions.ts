/**
 * What deep verification asks of entries about refunds beside what their folds and the CHECKs hold: whether the amounts of the candidate list are those of the
 * determinations, whether a voucher says that it was reduced exactly when it was, and whether a receipt's amount was judged against the voucher as issued.
 * A cell changed, used and put back has left its trace in such an entry and nowhere else.
 */
import { z } from 'zod';
import { lineKindNames, lineKinds } from '../../shared/refunds/model.ts';
import { reducedReason } from '../../shared/refunds/voucher-fields.ts';
import type { BlobRef, EntryQuestion } from '../journal/index.ts';
import { candidateLine, candidatesOpened } from './candidates.service.ts';
import { determinedNow } from './newest-determination.ts';
import { receiptLineSchema, receiptPosted } from './receipt-entries.ts';
import { refundBook } from './refund-book.ts';
import type { ReceiptFault } from './receipts.ts';
import { voucherActs } from './voucher-acts.ts';
import { readVoucher } from './vouchers.sql.ts';

const issueVoucher = voucherActs.find(({ act }) => act === 'issueVoucher')?.kind.kind;

/** Each kind is what was determined, or nothing where another refund of the taxpayer holds it. */
const candidatesAsDetermined: EntryQuestion = ({ db, lines }, entry) => {
  if (entry.kind !== candidatesOpened.kind) return null;
  for (const value of lines(linesOf(entry.facts))) {
    const line = z.decode(candidateLine, value as z.input<typeof candidateLine>);
    if (line.kind === 'lapse' || line.kind === 'fall' || entry.period === null) continue;
    const now = determinedNow(db, { period: entry.period, uscc: line.uscc });
    const wrong = now === null ? undefined : lineKinds.find((kind) => line[kind] !== 0n && line[kind] !== now[kind]);
    if (wrong !== undefined) return `${line.name}列入名单的${lineKindNames[wrong]}不是测算结果`;
  }
  return null;
};

const reducedAsIssued: EntryQuestion = ({ db, lines }, entry) => {
  if (entry.kind !== issueVoucher) return null;
  for (const value of lines(linesOf(entry.facts))) {
    const { refund, reason } = issuedLine.parse(value);
    const record = refundBook.read(db, refund);
    if (record === null) continue; // the fold says so
    const determined = determinedNow(db, record) ?? record.determined;
    const reduced = lineKinds.some((kind) => record.approved[kind] < determined[kind]);
    if (reduced !== (reason === reducedReason)) return `${record.name}的收入退还书所写退库原因与核准、测算金额不符`;
  }
  return null;
};

const amountDiffers: ReceiptFault = 'amount-differs';

const receiptAgainstVoucher: EntryQuestion = ({ db, lines }, entry) => {
  if (entry.kind !== receiptPosted.kind) return null;
  for (const value of lines(linesOf(entry.facts))) {
    const line = z.decode(receiptLineSchema, value as z.input<typeof receiptLineSchema>);
    const voucher = readVoucher(db, line.voucherNo);
    if (voucher === null) continue;
    const agrees = voucher.amount === line.amount;
    if (line.verdict === 'posted' ? !agrees : line.why === amountDiffers && agrees) return `国库回单第 ${String(line.line)} 行的金额与收入退还书 ${line.voucherNo} 的比较结果不实`;
  }
  return null;
};

const issuedLine = z.object({ refund: z.string(), reason: z.string() });

/** Facts of kinds that name their lines. */
function linesOf(facts: unknown): BlobRef {
  return (facts as { readonly lines: BlobRef }).lines; // the three kinds above
}

/** Rows of the table of questions. */
export const refundQuestions = [(): readonly EntryQuestion[] => [candidatesAsDetermined, reducedAsIssued, receiptAgainstVoucher]];
