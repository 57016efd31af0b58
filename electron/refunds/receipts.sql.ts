/** SQL of the treasury's receipt lines 国库回单: as they came, with what became of each. */
import { assert } from '../../shared/kernel/assert.ts';
import type { Database, Row } from '../platform/database.ts';
import { fen, nullableText, requiredDate } from './refunds.sql.ts';
import type { ReceiptLine } from './receipt-entries.ts';

export type StoredReceiptLine = ReceiptLine & { readonly package: string };

export function insertReceiptLine(db: Database, source: string, line: ReceiptLine): void {
  db.prepare(
    `INSERT INTO refund_receipt_line (package, line, voucher_no, outcome, amount_fen, on_date, reason_code, reason, batch_no, uscc, verdict, why, refund)
     VALUES (@source, @line, @voucherNo, @outcome, @amount, @on, @reasonCode, @reason, @batchNo, @uscc, @verdict, @why, @refund)`,
  ).run({ ...line, line: BigInt(line.line), source });
}

export function readReceiptLine(db: Database, source: string, line: number): StoredReceiptLine | null {
  const row = db.prepare('SELECT * FROM refund_receipt_line WHERE package = @source AND line = @line').get({ source, line: BigInt(line) });
  return row === undefined ? null : receiptLineOf(row);
}

/** Lines that are not posted, in order of arrival. */
export function readOpenReceiptLines(db: Database): StoredReceiptLine[] {
  return db.prepare("SELECT * FROM refund_receipt_line WHERE verdict <> 'posted' ORDER BY rowid").all().map(receiptLineOf);
}

export function postReceiptLine(db: Database, source: string, line: number, refund: string): void {
  const { changes } = db
    .prepare("UPDATE refund_receipt_line SET verdict = 'posted', why = NULL, refund = @refund WHERE package = @source AND line = @line AND verdict = 'held'")
    .run({ source, line: BigInt(line), refund });
  assert(changes === 1, 'a held receipt line is posted once');
}

function receiptLineOf(row: Row): StoredReceiptLine {
  return {
    package: String(row['package']),
    line: Number(row['line']),
    voucherNo: String(row['voucher_no']),
    outcome: String(row['outcome']) as ReceiptLine['outcome'], // CHECK of the table, as verdict
    amount: fen(row['amount_fen']),
    on: requiredDate(row['on_date']),
    reasonCode: nullableText(row['reason_code']),
    reason: nullableText(row['reason']),
    batchNo: String(row['batch_no']),
    uscc: String(row['uscc']),
    verdict: String(row['verdict']) as ReceiptLine['verdict'],
    why: nullableText(row['why']),
    refund: nullableText(row['refund']),
  };
}
