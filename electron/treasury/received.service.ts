/** Handlers by which finance opens what it received 收到的: batches, months, lists, and line by line what does not agree. Nothing is changed here. */
import type { treasuryContract } from '../../shared/treasury/contract.ts';
import { plain, type HandlersOf } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { toldDifferences } from './told.ts';
import { receivedBatches, receivedLines, receivedLists, receivedMonths, type ReceivedLine } from './told-lists.sql.ts';

export const receivedHandlers: HandlersOf<Pick<typeof treasuryContract, 'treasury.received' | 'treasury.receivedLines'>> = {
  'treasury.received': plain(({ db }) => {
    const differing = differencesOf(db);
    const inBatch = new Map<string, number>();
    if (differing.size > 0) {
      for (const row of db.prepare('SELECT voucher_no, batch_no FROM told_voucher').all()) {
        const batchNo = String(row['batch_no']);
        if (differing.has(String(row['voucher_no']))) inBatch.set(batchNo, (inBatch.get(batchNo) ?? 0) + 1);
      }
    }
    return {
      batches: receivedBatches(db).map((batch) => ({ ...batch, differing: inBatch.get(batch.batchNo) ?? 0 })), months: receivedMonths(db), lists: receivedLists(db),
    };
  }),
  'treasury.receivedLines': plain(({ db }, asked) => {
    const { rows, totals } = receivedLines(db, asked);
    const differing = differencesOf(db);
    return { rows: rows.map((row) => ({ ...shown(row), differs: differing.get(row.voucherNo)?.join('；') ?? null })), totals };
  }),
};

/** What does not agree, by voucher. */
function differencesOf(db: Database): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { voucherNo, what } of toldDifferences(db)) found.set(voucherNo, [...(found.get(voucherNo) ?? []), what]);
  return found;
}

function shown({ voucherNo, refundNo, batchNo, uscc, name, filingPeriod, existingFen, incrementalFen, amountFen, centralFen, provinceFen, countyFen, ...row }: ReceivedLine) {
  return {
    voucherNo, refundNo, batchNo, uscc, name, filingPeriod, existing: existingFen, incremental: incrementalFen, amount: amountFen,
    central: centralFen, province: provinceFen, county: countyFen, answer: row.answer, paidOn: row.paidOn, paidAmount: row.paidFen, returnedOn: row.returnedOn,
  };
}
