/**
 * Handlers of 国库回单、销号 and 追回: receipts are posted, refunds are crossed off against a receipt line and nothing else, and undoing a
 * cross-off is a reversing entry.
 */
import { z } from 'zod';
import { refusal } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { refundsContract } from '../../shared/refunds/contract.ts';
import { canonicalText, type Context, type HandlersOf, plain } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { appendAct, requireRefund } from './act-entry.ts';
import { requireNotFuture, runAct } from './act-frame.ts';
import { judgeClawback, nameOf } from './amounts.ts';
import { readClawback } from './clawbacks.sql.ts';
import { judgeOutcome, receiptFaults, type IncomingOutcome, type ReceiptFault, type ReceiptVerdict, type VoucherInLedger } from './receipts.ts';
import { readOpenReceiptLines } from './receipts.sql.ts';
import { lineTotal, type RefundRecord } from './refund-record.ts';
import { findRefund, lastEntryOf } from './refunds.sql.ts';
import { clawbackUndone, clawedBackPart, clawedBackWhole, crossedOff, crossOffUndone, receiptLineSchema, receiptPosted, receiptsMatched, type ReceiptLine } from './cross-off-entries.ts';
import { readVoucher } from './vouchers.sql.ts';

type Names = 'crossOff' | 'undoCrossOff' | 'matchReceipts' | 'receiptExceptions' | 'clawBack' | 'undoClawBack';
export type CrossOffOperations = Pick<typeof refundsContract, `refunds.${Names}`>;

export const crossOffHandlers: HandlersOf<CrossOffOperations> = {
  'refunds.crossOff': plain((ctx, input) => {
    const on = requireNotFuture(ctx, input.on ?? ctx.today);
    return runAct(ctx, crossedOff, { ...input, on, reason: null }, (record) => {
      if (record.receipt === null) return refusal('RECEIPT_LINE_MISSING', nameOf(record));
      const paidOn = present(record.paidOn, 'payment date');
      if (on < paidOn) return refusal('DATE_TOO_EARLY', { ...nameOf(record), date: on, before: '退库日期', earliest: paidOn });
      return { refund: record.refund };
    });
  }),
  'refunds.undoCrossOff': plain((ctx, input) => runAct(ctx, crossOffUndone, { ...input, on: ctx.today }, (record) => undoLine(ctx.db, record))),
  'refunds.matchReceipts': plain(matchReceipts),
  'refunds.receiptExceptions': plain((ctx) => ({
    lines: readOpenReceiptLines(ctx.db).map((row) => ({
      package: row.package, line: row.line, voucherNo: row.voucherNo, outcome: row.outcome, amount: row.amount, on: row.on, reason: row.reason, batchNo: row.batchNo, uscc: row.uscc,
      verdict: row.verdict, why: row.why === null ? null : receiptFaults[row.why as ReceiptFault], // written from the table
    })),
  })),
  'refunds.clawBack': plain((ctx, { refund, on, reason, document, existing, incremental }) => {
    const received = requireNotFuture(ctx, on ?? ctx.today);
    const record = findRefund(ctx.db, refund);
    const whole = record !== null && lineTotal(record.clawedBack) + existing + incremental === lineTotal(record.paid);
    return runAct(ctx, whole ? clawedBackWhole : clawedBackPart, { refunds: [refund], on: received, reason }, (standing) =>
      judgeClawback(standing, { existing, incremental }) ?? { refund: standing.refund, existing, incremental, document },
    );
  }),
  'refunds.undoClawBack': plain((ctx, { refund, no, reason }) =>
    runAct(ctx, clawbackUndone, { refunds: [refund], on: ctx.today, reason }, (record) => {
      const standing = readClawback(ctx.db, record.refund, no);
      return standing === null || standing.reversed ? refusal('NO_SUCH_CLAWBACK', { ...nameOf(record), no }) : { refund: record.refund, no };
    }),
  ),
};

export type PostedReceipt = { readonly posted: number; readonly held: number; readonly conflicts: number };

/**
 * Posts the lines of one REFUND_RECEIPT package; called by exchange inside its import. Every line is stored; none makes it fail.
 * @param receipt lines in the order of the package
 */
export function postReceipt(ctx: Context, receipt: { readonly packageId: string; readonly lines: readonly IncomingOutcome[] }): PostedReceipt {
  if (receipt.lines.length === 0) return { posted: 0, held: 0, conflicts: 0 };
  const named = new Set<string>();
  const lines = receipt.lines.map((line, index) => {
    const again = named.has(line.voucherNo);
    named.add(line.voucherNo);
    const verdict: ReceiptVerdict = again ? { kind: 'held', why: 'earlier-line-first' } : judgeOutcome(line, voucherInLedger(ctx.db, line.voucherNo));
    return storedLine(line, index + 1, verdict);
  });
  undoCrossOffs(ctx, lines);
  ctx.journal.append(receiptPosted, {
    key: `refunds.postReceipt/${receipt.packageId}`,
    subject: receipt.packageId,
    origin: 'treasury',
    package: receipt.packageId,
    facts: { on: ctx.today, count: lines.length, lines: ctx.journal.putLines(lines.map((line) => canonicalText(z.encode(receiptLineSchema, line)))) },
  });
  const count = (verdict: ReceiptLine['verdict']): number => lines.filter((line) => line.verdict === verdict).length;
  return { posted: count('posted'), held: count('held'), conflicts: count('conflict') };
}

/** Tries held lines again: their voucher may have become known or been marked as sent since. */
function matchReceipts(ctx: Context) {
  const open = readOpenReceiptLines(ctx.db);
  const matched = open.flatMap((line) => {
    const verdict = line.verdict === 'held' ? judgeOutcome({ ...line, amountFen: line.amount }, voucherInLedger(ctx.db, line.voucherNo)) : null;
    return verdict?.kind === 'posted' ? [{ ...line, refund: verdict.refund }] : [];
  });
  // One voucher at a time: a payment and its bank return both held are posted in two rounds, in that order.
  const first = [...new Map([...matched].reverse().map((line) => [line.voucherNo, line])).values()].reverse();
  if (first.length === 0) return { changed: false, matched: 0, open: open.length };
  undoCrossOffs(ctx, first);
  ctx.journal.append(receiptsMatched, {
    key: `refunds.matchReceipts/${String(ctx.journal.head().seq + 1)}`,
    subject: 'refunds.matchReceipts',
    facts: { on: ctx.today, lines: ctx.journal.putLines(first.map((line) => canonicalText({ package: line.package, line: line.line, refund: line.refund }))) },
  });
  return { changed: true, matched: first.length, open: open.length - first.length };
}

function storedLine(line: IncomingOutcome, number: number, verdict: ReceiptVerdict): ReceiptLine {
  const { amountFen, voucherNo, outcome, on, reasonCode, reason, batchNo, uscc } = line;
  return {
    line: number, voucherNo, outcome, amount: amountFen, on, reasonCode, reason, batchNo, uscc,
    verdict: verdict.kind,
    why: verdict.kind === 'posted' ? null : verdict.why,
    refund: verdict.kind === 'posted' ? verdict.refund : null,
  };
}

/** A bank return of refunds already crossed off first reverses their cross-off, in an entry of its own. */
function undoCrossOffs(ctx: Context, lines: readonly { readonly verdict: string; readonly outcome: string; readonly refund: string | null }[]): void {
  const crossed: RefundRecord[] = lines
    .filter((line) => line.outcome === 'bank-returned' && line.refund !== null)
    .map((line) => requireRefund(ctx.db, present(line.refund, 'refund')))
    .filter((record) => record.state === 'crossed-off');
  const first = crossed[0];
  if (first === undefined) return;
  appendAct(ctx, crossOffUndone, { on: ctx.today, reason: '银行退汇，自动撤销销号', first, lines: crossed.map((record) => undoLine(ctx.db, record)) });
}

/** Names the entry that it reverses: a bulk cross-off is one entry, of which single lines can be undone. */
function undoLine(db: Database, record: RefundRecord): { readonly refund: string; readonly reverses: number } {
  return { refund: record.refund, reverses: lastEntryOf(db, record.refund, 'crossOff') };
}

function voucherInLedger(db: Database, voucherNo: string): VoucherInLedger | null {
  const voucher = readVoucher(db, voucherNo);
  if (voucher === null) return null;
  const { uscc, state } = requireRefund(db, voucher.refund);
  return { ...voucher, uscc, refundState: state };
}
