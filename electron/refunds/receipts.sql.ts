/** SQL of the treasury's receipt lines 国库回单: as they came, with what became of each. */
import { assert } from '../../shared/kernel/assert.ts';
import type { Database } from '../platform/database.ts';
import { receiptLines, type StoredReceiptLine } from './refunds.tables.ts';

/** Lines that are not posted, in order of arrival. */
export function readOpenReceiptLines(db: Database): StoredReceiptLine[] {
  return receiptLines.all(db, "WHERE verdict <> 'posted' ORDER BY rowid");
}

export function postReceiptLine(db: Database, source: string, line: number, refund: string): void {
  const { changes } = db
    .prepare("UPDATE refund_receipt_line SET verdict = 'posted', why = NULL, refund = @refund WHERE package = @source AND line = @line AND verdict = 'held'")
    .run({ source, line: BigInt(line), refund });
  assert(changes === 1, 'a held receipt line is posted once');
}
