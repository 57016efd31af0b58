/** SQL of lists: the windowed list with totals of the filtered set, and batches with what is left of each. Reads only. */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { paymentSortKeys } from '../../shared/treasury/contract.ts';
import type { PaymentState } from '../../shared/treasury/cases.ts';
import type { Database } from '../platform/database.ts';
import { fenOf } from '../platform/record-table.ts';
import { payments, treasuryBatches, type PaymentRecord, type TreasuryBatch } from './treasury.tables.ts';

export type PaymentFilter = {
  readonly states?: readonly PaymentState[] | undefined;
  readonly batch?: string | undefined;
  readonly text?: string | undefined;
  readonly paidFrom?: CivilDate | undefined;
  readonly paidTo?: CivilDate | undefined;
};
export type PaymentWindow = { readonly offset: number; readonly limit: number; readonly sort: (typeof paymentSortKeys)[number]; readonly descending: boolean };

const filterSql = `(@states IS NULL OR state IN (SELECT value FROM json_each(@states)))
  AND (@batch IS NULL OR batch_no = @batch)
  AND (@paidFrom IS NULL OR paid_on >= @paidFrom)
  AND (@paidTo IS NULL OR paid_on <= @paidTo)
  AND (@text = '' OR instr(look_alike(name), look_alike(@text)) > 0 OR instr(uscc, upper(@text)) > 0 OR instr(voucher_no, @text) > 0 OR instr(refund_no, upper(@text)) > 0)`;

/** Sort keys are a closed table: no text of a caller reaches ORDER BY. */
const orderSql: Readonly<Record<(typeof paymentSortKeys)[number], string>> = {
  voucherNo: 'voucher_no', name: 'name', amount: 'amount_fen', receivedOn: 'received_on', paidOn: 'paid_on',
};

export function listPayments(db: Database, filter: PaymentFilter, window: PaymentWindow): { readonly rows: readonly PaymentRecord[]; readonly totals: { readonly count: number; readonly amount: Fen } } {
  const params = {
    states: filter.states === undefined ? null : JSON.stringify(filter.states),
    batch: filter.batch ?? null,
    paidFrom: filter.paidFrom ?? null,
    paidTo: filter.paidTo ?? null,
    text: filter.text ?? '',
  };
  const totals = db.prepare(`SELECT count(*) AS count, coalesce(sum(amount_fen), 0) AS amount FROM payment WHERE ${filterSql}`).get(params);
  const rows = db
    .prepare(`SELECT * FROM payment WHERE ${filterSql} ORDER BY ${orderSql[window.sort]} ${window.descending ? 'DESC' : 'ASC'} NULLS LAST, voucher_no LIMIT @limit OFFSET @offset`)
    .all({ ...params, limit: BigInt(window.limit), offset: BigInt(window.offset) });
  return { rows: rows.map(payments.read), totals: { count: Number(totals?.['count']), amount: fenOf(totals, 'amount') } };
}

/** Every batch received, newest first, with how many vouchers wait, are paid, were returned. */
export function listBatches(db: Database): (TreasuryBatch & { readonly waiting: number; readonly paid: number; readonly returned: number })[] {
  const rows = db.prepare(
    `SELECT b.*, sum(p.state IN ('received', 'checked')) AS waiting, sum(p.state = 'paid') AS paid, sum(p.state IN ('returned', 'bank-returned')) AS returned
     FROM treasury_batch AS b JOIN payment AS p ON p.batch_no = b.batch_no GROUP BY b.batch_no ORDER BY b.received_on DESC, b.batch_no DESC`,
  );
  return rows.all().map((row) => ({ ...treasuryBatches.read(row), waiting: Number(row['waiting']), paid: Number(row['paid']), returned: Number(row['returned']) }));
}
