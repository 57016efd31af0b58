/**
 * 国库回单、销号 and 追回: receipts are posted, refunds are crossed off against a receipt line and nothing else, and undoing a cross-off is a reversing
 * entry.
 */
import { z } from 'zod';
import { refusal } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import { fenNotNegative } from '../../shared/kernel/schema.ts';
import type { refundsContract } from '../../shared/refunds/contract.ts';
import { appendAct, canonicalText, type Context, type HandlersOf, lastEntryOf, type LineScene, plain, runAct } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { judgeClawback } from './amounts.ts';
import { insertClawback, readClawback, reverseClawback } from './clawbacks.sql.ts';
import { receiptLineSchema, receiptPosted, receiptsMatched, type ReceiptLine } from './receipt-entries.ts';
import { judgeOutcome, receiptFaults, type IncomingOutcome, type ReceiptFault, type ReceiptVerdict, type VoucherInLedger } from './receipts.ts';
import { readOpenReceiptLines } from './receipts.sql.ts';
import { amountColumns, amountFacts, liveVoucherNo, refundAct, refundBook, refundTold, requireRefund } from './refund-book.ts';
import { lineTotal, nameOf, type RefundRecord } from './refund-record.ts';
import { findRefund } from './refunds.sql.ts';
import { readVoucher, setVoucherCrossedOff } from './vouchers.sql.ts';

const crossedOff = refundAct('crossOff', {
  decide: (_ctx, _input, { on }) => (record) => {
    if (record.receipt === null) return refusal('RECEIPT_LINE_MISSING', nameOf(record));
    const paidOn = present(record.paidOn, 'payment date');
    return on < paidOn ? refusal('DATE_TOO_EARLY', { ...nameOf(record), date: on, before: '退库日期', earliest: paidOn }) : {};
  },
  write: ({ db, entry, before }) => {
    const receipt = present(before.receipt, 'receipt line of a cross-off');
    setVoucherCrossedOff(db, liveVoucherNo(before), entry.facts.on);
    return { set: { crossed_off_on: entry.facts.on }, facts: { crossedOffOn: entry.facts.on, receiptPackage: receipt.package, receiptLine: receipt.line } };
  },
});

/** The first entries of this kind said why in a sentence of the program's own. */
const undoneByBank = '银行退汇，自动撤销销号';

const crossOffUndone = refundAct('undoCrossOff', {
  line: { reverses: z.number().int().min(1) },
  more: {
    facts: { cause: z.enum(['bank-return']).nullable() },
    of: () => ({ cause: null }),
    upcast: {
      1: (facts) => {
        const old = facts as { readonly reason: string | null }; // the facts of version 1
        return old.reason === undoneByBank ? { ...old, reason: null, cause: 'bank-return' } : { ...old, cause: null };
      },
    },
  },
  decide: (ctx) => (record) => undoLine(ctx.db, record),
  write: ({ db, entry, before, line }) => {
    setVoucherCrossedOff(db, liveVoucherNo(before), null);
    return { set: { crossed_off_on: null }, facts: { formerCrossedOffOn: before.crossedOffOn, reverses: line.reverses, cause: entry.facts.cause } };
  },
});

/** A reviewer saw in a return that the credit was reduced by what was paid; a later judgement asks no more. */
const reductionConfirmed = refundAct('confirmReduced', {
  decide: () => (record) => (record.reducedOn === null ? {} : refusal('REDUCTION_CONFIRMED', nameOf(record))),
  write: ({ entry }) => ({ set: { reduced_on: entry.facts.on }, facts: { reducedOn: entry.facts.on } }),
});

const clawback = { line: { existing: fenNotNegative, incremental: fenNotNegative, document: z.string() } };
type ClawbackLine = z.output<z.ZodObject<(typeof clawback)['line']>>;
function writeClawback({ db, entry, before, line }: LineScene<RefundRecord, ClawbackLine, object>) {
  const no = insertClawback(db, { ...line, refund: before.refund, receivedOn: entry.facts.on, reason: present(entry.facts.reason, 'reason'), entry: entry.seq });
  return { set: clawedColumns(before, line, 1n), facts: { clawbackNo: no, ...amountFacts('clawedBack', line), document: line.document } };
}
const clawedBackPart = refundAct('clawBackPart', {
  ...clawback,
  decide: (_ctx, { existing, incremental, document }) => (record) => judgeClawback(record, { existing, incremental }) ?? { existing, incremental, document },
  write: writeClawback,
});
const clawedBackWhole = refundAct('clawBackWhole', { ...clawback, decide: clawedBackPart.terms.decide as never, write: writeClawback }); // the same conditions

const clawbackUndone = refundAct('undoClawBack', {
  line: { no: z.number().int().min(1) },
  decide: (ctx, { no }) => (record) => {
    const found = readClawback(ctx.db, record.refund, no);
    return found === null || found.reversedBy !== null ? refusal('NO_SUCH_CLAWBACK', { ...nameOf(record), no }) : { no };
  },
  write: ({ db, entry, before, line }) => {
    const found = present(readClawback(db, before.refund, line.no), 'clawback');
    reverseClawback(db, before.refund, line.no, entry.seq);
    return { set: clawedColumns(before, found, -1n), facts: { undoneClawbackNo: line.no, amount: found.existing + found.incremental } };
  },
});

export const crossOffActs = [crossedOff, crossOffUndone, reductionConfirmed, clawedBackPart, clawedBackWhole, clawbackUndone];

export const crossOffHandlers: HandlersOf<Pick<typeof refundsContract, `refunds.${'clawBack' | 'matchReceipts' | 'receiptExceptions'}`>> = {
  'refunds.clawBack': plain((ctx, input) => {
    const record = findRefund(ctx.db, input.refund);
    const whole = record !== null && lineTotal(record.clawedBack) + input.existing + input.incremental === lineTotal(record.paid);
    return runAct(ctx, whole ? clawedBackWhole : clawedBackPart, input, refundTold) as never; // told of each as the contract says
  }),
  'refunds.matchReceipts': plain(matchReceipts),
  'refunds.receiptExceptions': plain((ctx) => ({
    lines: readOpenReceiptLines(ctx.db).map((row) => ({
      package: row.package, line: row.line, voucherNo: row.voucherNo, outcome: row.outcome, amount: row.amount, on: row.on, reason: row.reason, batchNo: row.batchNo, uscc: row.uscc,
      verdict: row.verdict, why: row.why === null ? null : receiptFaults[row.why as ReceiptFault], // written from the table
    })),
  })),
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
  if (crossed.length === 0) return;
  appendAct(ctx, crossOffUndone, { on: ctx.today, reason: null, more: { cause: 'bank-return' }, records: crossed, lines: crossed.map((record) => undoLine(ctx.db, record)) });
}

/** Names the entry that it reverses: a bulk cross-off is one entry, of which single lines can be undone. */
function undoLine(db: Database, record: RefundRecord): { readonly reverses: number } {
  return { reverses: lastEntryOf(db, refundBook, record.refund, 'crossOff') };
}

function voucherInLedger(db: Database, voucherNo: string): VoucherInLedger | null {
  const voucher = readVoucher(db, voucherNo);
  if (voucher === null) return null;
  const { uscc, state } = requireRefund(db, voucher.refund);
  return { ...voucher, uscc, refundState: state };
}

function clawedColumns(before: RefundRecord, { existing, incremental }: { readonly existing: bigint; readonly incremental: bigint }, sign: 1n | -1n) {
  return amountColumns('clawed', { existing: before.clawedBack.existing + sign * existing, incremental: before.clawedBack.incremental + sign * incremental });
}
