/**
 * What finance was told, read for the window 收到的批次、回单和清单: batches, months, lists, and vouchers beside the outcomes of the receipts. A payment that the bank
 * returned later counts as returned. Reads only; what does not agree is judged by told.ts.
 */
import { civilDate } from '../../shared/kernel/civil-date.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { toldAnswers, type ToldAnswer } from '../../shared/treasury/received.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { Database } from '../platform/database.ts';
import { fenOf, fenOrNull } from '../platform/record-table.ts';
import { toldVouchers, type ToldVoucher } from './treasury.tables.ts';

/** A voucher with what the receipts say of it by now. */
const told = `SELECT v.*, o.paid_on, o.paid_fen, o.returned_on,
    CASE WHEN o.voucher_no IS NULL THEN 'waiting' WHEN o.undone = 1 THEN 'bank-returned' WHEN o.paid_on IS NOT NULL THEN 'paid' ELSE 'returned' END AS answer
  FROM told_voucher AS v LEFT JOIN (
    SELECT voucher_no, max(CASE WHEN outcome = 'paid' THEN on_date END) AS paid_on, sum(CASE WHEN outcome = 'paid' THEN amount_fen END) AS paid_fen,
      max(CASE WHEN outcome <> 'paid' THEN on_date END) AS returned_on, max(outcome = 'bank-returned') AS undone
    FROM told_outcome GROUP BY voucher_no) AS o ON o.voucher_no = v.voucher_no`;

/** Every batch, newest first. Amounts in fen; shares null unless every voucher of the batch has them. */
export function receivedBatches(db: Database) {
  const rows = db.prepare(
    `SELECT batch_no, max(received_on) AS received_on, max(package) AS package, count(*) AS vouchers, sum(amount_fen) AS amount, count(central_fen) AS split,
       sum(central_fen) AS central, sum(province_fen) AS province, sum(county_fen) AS county, sum(answer = 'paid') AS paid,
       coalesce(sum(CASE WHEN answer = 'paid' THEN paid_fen END), 0) AS paid_amount, sum(answer IN ('returned', 'bank-returned')) AS returned, sum(answer = 'waiting') AS waiting
     FROM (${told}) GROUP BY batch_no ORDER BY received_on DESC, batch_no DESC`,
  ).all();
  return rows.map((row) => {
    const share = (column: string) => (row['split'] === row['vouchers'] ? fenOf(row, column) : null);
    return {
      batchNo: String(row['batch_no']), receivedOn: civilDate(String(row['received_on'])), package: String(row['package']), vouchers: Number(row['vouchers']), amount: fenOf(row, 'amount'),
      central: share('central'), province: share('province'), county: share('county'), paid: Number(row['paid']), paidAmount: fenOf(row, 'paid_amount'),
      returned: Number(row['returned']), waiting: Number(row['waiting']),
    };
  });
}

/** Payments and bank returns by month of the day that the receipts name, oldest first. A payment is split only by a voucher of the same amount. */
export function receivedMonths(db: Database) {
  const rows = db.prepare(
    `SELECT substr(o.on_date, 1, 7) AS month, sum(o.outcome = 'paid') AS paid, sum(CASE WHEN o.outcome = 'paid' THEN o.amount_fen ELSE 0 END) AS paid_amount,
       coalesce(sum(CASE WHEN o.outcome = 'paid' THEN v.central_fen END), 0) AS central, coalesce(sum(CASE WHEN o.outcome = 'paid' THEN v.province_fen END), 0) AS province,
       coalesce(sum(CASE WHEN o.outcome = 'paid' THEN v.county_fen END), 0) AS county,
       sum(CASE WHEN o.outcome = 'paid' AND v.central_fen IS NULL THEN o.amount_fen ELSE 0 END) AS unsplit,
       sum(o.outcome = 'bank-returned') AS bank_returned, sum(CASE WHEN o.outcome = 'bank-returned' THEN o.amount_fen ELSE 0 END) AS bank_returned_amount
     FROM told_outcome AS o LEFT JOIN told_voucher AS v ON v.voucher_no = o.voucher_no AND v.amount_fen = o.amount_fen
     WHERE o.outcome IN ('paid', 'bank-returned') GROUP BY month ORDER BY month`,
  ).all();
  return rows.map((row) => ({
    month: taxPeriod(String(row['month'])), paid: Number(row['paid']), paidAmount: fenOf(row, 'paid_amount'), central: fenOf(row, 'central'), province: fenOf(row, 'province'),
    county: fenOf(row, 'county'), unsplit: fenOf(row, 'unsplit'), bankReturned: Number(row['bank_returned']), bankReturnedAmount: fenOf(row, 'bank_returned_amount'),
  }));
}

/** The newest 企业清单 of every filing period, newest first. Fen. */
export function receivedLists(db: Database) {
  const rows = db.prepare(
    `SELECT filing_period, max(package) AS package, count(*) AS taxpayers, sum(existing_fen) AS existing, sum(incremental_fen) AS incremental
     FROM listed_taxpayer GROUP BY filing_period ORDER BY filing_period DESC`,
  ).all();
  return rows.map((row) => ({
    filingPeriod: taxPeriod(String(row['filing_period'])), package: String(row['package']), taxpayers: Number(row['taxpayers']), existing: fenOf(row, 'existing'),
    incremental: fenOf(row, 'incremental'),
  }));
}

type Asked = {
  readonly batch?: string | undefined; readonly text?: string | undefined; readonly answer?: ToldAnswer | undefined;
  readonly sort: keyof typeof orderSql; readonly descending: boolean; readonly offset: number; readonly limit: number;
};
const orderSql = { voucherNo: 'voucher_no', name: 'name', amount: 'amount_fen', paidOn: 'paid_on' } as const;

export type ReceivedLine = ToldVoucher & {
  readonly answer: ToldAnswer; readonly paidOn: ReturnType<typeof civilDate> | null; readonly paidFen: bigint | null; readonly returnedOn: ReturnType<typeof civilDate> | null;
};

/** A window of the vouchers that fit, and the totals of all that fit: `paid` is what receipts paid and no bank returned. Fen. */
export function receivedLines(db: Database, { sort, descending, offset, limit, ...filter }: Asked) {
  const where = `(@batch IS NULL OR batch_no = @batch) AND (@answer IS NULL OR answer = @answer)
    AND (@text = '' OR instr(name, @text) > 0 OR instr(uscc, @text) > 0 OR instr(voucher_no, @text) > 0 OR instr(refund_no, @text) > 0)`;
  const params = { batch: filter.batch ?? null, answer: filter.answer ?? null, text: filter.text ?? '' };
  const totals = db.prepare(
    `SELECT count(*) AS count, coalesce(sum(amount_fen), 0) AS amount, coalesce(sum(CASE WHEN answer = 'paid' THEN paid_fen END), 0) AS paid FROM (${told}) WHERE ${where}`,
  ).get(params);
  const rows = db.prepare(
    `SELECT * FROM (${told}) WHERE ${where} ORDER BY ${orderSql[sort]} ${descending ? 'DESC' : 'ASC'} NULLS LAST, voucher_no LIMIT @limit OFFSET @offset`,
  ).all({ ...params, limit: BigInt(limit), offset: BigInt(offset) });
  const day = (value: unknown) => (typeof value === 'string' ? civilDate(value) : null);
  return {
    rows: rows.map((row): ReceivedLine => ({
      ...toldVouchers.read(row), answer: present(toldAnswers.find((answer) => answer === row['answer']), 'answer of the CASE above'),
      paidOn: day(row['paid_on']), paidFen: fenOrNull(row, 'paid_fen'), returnedOn: day(row['returned_on']),
    })),
    totals: { count: Number(totals?.['count']), amount: fenOf(totals, 'amount'), paid: fenOf(totals, 'paid') },
  };
}
