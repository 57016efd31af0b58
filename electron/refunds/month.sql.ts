/**
 * A month 月报 from dated events: each payment, bank return, cross-off, undone cross-off and clawback counts in the month of its own day and is never moved
 * by what came later. So the months add up to each other, and a month printed again differs by nothing but what was registered since.
 * @source county plan 二(五); shared spec product.md P5
 */
import { type CivilDate } from '../../shared/kernel/civil-date.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { sumFen, type Fen } from '../../shared/kernel/money.ts';
import { movementKinds, type LineKind, type Movement, type RefundRoute, type RefundSize } from '../../shared/refunds/model.ts';
import type { Database, Row, SqlValue } from '../platform/database.ts';
import { fenOf } from '../platform/record-table.ts';

/** The first and the last day of a month. */
export type Month = { readonly from: CivilDate; readonly to: CivilDate };
export type Counted = { readonly count: number; readonly amount: Fen };
export type MonthlyCell = {
  readonly size: RefundSize; readonly route: RefundRoute; readonly creditKind: LineKind; readonly refunds: number; readonly amount: Fen; readonly cumulativeRefunds: number;
  readonly cumulative: Fen;
};

/** What happened to money, and the sign with which it enters what is paid and not crossed off. */
const movements: Readonly<Record<Movement, 1 | -1 | 0>> = { paid: 1, returned: -1, 'crossed-off': -1, undone: 1, 'clawed-back': 0, 'clawback-undone': 0 };

/** Days in Shanghai of what a person registers without a date of its own. */
const dayOf = (at: string): string => `date(${at}, '+8 hours')`;
const receiptVoucher = (event: string): string => `(SELECT l.voucher_no FROM refund_receipt_line AS l
  WHERE l.package = json_extract(${event}.facts, '$.receiptPackage') AND l.line = json_extract(${event}.facts, '$.receiptLine'))`;

/** Every movement with its voucher, its day, its amount, and the day on which it was registered. A bank's return undoes a cross-off on its own day. */
const dated = `WITH dated AS (
  SELECT 'paid' AS kind, v.voucher_no, v.paid_on AS on_date, v.amount_fen AS fen, ${dayOf('e.at')} AS registered
    FROM refund_event AS e JOIN refund_voucher AS v ON v.voucher_no = json_extract(e.facts, '$.voucherNo') WHERE e.act = 'receivePaid'
  UNION ALL
  SELECT 'returned', v.voucher_no, v.returned_on, v.amount_fen, ${dayOf('e.at')}
    FROM refund_event AS e JOIN refund_voucher AS v ON v.voucher_no = json_extract(e.facts, '$.voucherNo') WHERE e.act = 'receiveBankReturn'
  UNION ALL
  SELECT 'crossed-off', v.voucher_no, json_extract(e.facts, '$.crossedOffOn'), v.amount_fen, ${dayOf('e.at')}
    FROM refund_event AS e JOIN refund_voucher AS v ON v.voucher_no = ${receiptVoucher('e')} WHERE e.act = 'crossOff'
  UNION ALL
  SELECT 'undone', v.voucher_no, CASE WHEN json_extract(u.facts, '$.cause') = 'bank-return' THEN v.returned_on ELSE ${dayOf('u.at')} END, v.amount_fen, ${dayOf('u.at')}
    FROM refund_event AS u JOIN refund_event AS e ON e.refund = u.refund AND e.act = 'crossOff' AND e.entry = json_extract(u.facts, '$.reverses')
    JOIN refund_voucher AS v ON v.voucher_no = ${receiptVoucher('e')} WHERE u.act = 'undoCrossOff'
  UNION ALL
  SELECT 'clawed-back', r.voucher_no, c.received_on, c.existing_fen + c.incremental_fen, ${dayOf('e.at')}
    FROM refund_event AS e JOIN refund AS r ON r.refund = e.refund JOIN refund_clawback AS c ON c.refund = e.refund AND c.no = json_extract(e.facts, '$.clawbackNo')
    WHERE e.act IN ('clawBackPart', 'clawBackWhole')
  UNION ALL
  SELECT 'clawback-undone', r.voucher_no, ${dayOf('u.at')}, c.existing_fen + c.incremental_fen, ${dayOf('u.at')}
    FROM refund_event AS u JOIN refund AS r ON r.refund = u.refund JOIN refund_clawback AS c ON c.refund = u.refund AND c.no = json_extract(u.facts, '$.undoneClawbackNo')
    WHERE u.act = 'undoClawBack')`;

/** Paid by the end of the month and not returned by the bank by then. */
const standing = "v.paid_on <= @to AND (v.returned_on IS NULL OR v.returned_on > @to)";

/** Refunds paid in the month and from the first month on, by size, route and kind of credit; each stands at the end of the month. */
export function tallyMonth(db: Database, month: Month): MonthlyCell[] {
  const rows = db.prepare(
    `SELECT v.size, v.route, k.kind,
       coalesce(sum(v.paid_on >= @from), 0) AS refunds, coalesce(sum(CASE WHEN v.paid_on >= @from THEN k.fen ELSE 0 END), 0) AS amount,
       count(*) AS cumulative_refunds, sum(k.fen) AS cumulative
     FROM (
       SELECT voucher_no, 'existing' AS kind, existing_fen AS fen FROM refund_voucher WHERE paid_on IS NOT NULL AND existing_fen > 0
       UNION ALL
       SELECT voucher_no, 'incremental', incremental_fen FROM refund_voucher WHERE paid_on IS NOT NULL AND incremental_fen > 0) AS k
     JOIN refund_voucher AS v ON v.voucher_no = k.voucher_no
     WHERE ${standing}
     GROUP BY v.size, v.route, k.kind ORDER BY v.size, v.route, k.kind`,
  );
  return rows.all({ ...month }).map((row) => ({
    size: String(row['size']) as RefundSize, // CHECK of the table, as route; the kind is one of the two above
    route: String(row['route']) as RefundRoute,
    creditKind: String(row['kind']) as LineKind,
    refunds: Number(row['refunds']),
    amount: fenOf(row, 'amount'),
    cumulativeRefunds: Number(row['cumulative_refunds']),
    cumulative: fenOf(row, 'cumulative'),
  }));
}

export type MonthSums = Readonly<Record<'paid' | 'returned' | 'crossedOff' | 'undone' | 'clawedBack' | 'clawbackUndone' | 'opening' | 'outstanding' | 'standing' | 'cumulative', Counted>> & {
  /** Movements dated in the month and registered after the day by which it is reported: what a print made by that day did not have. */
  readonly late: readonly (Counted & { readonly kind: Movement })[];
};

/** The month's sums over dated events, and the bridge: opening + paid − returned − crossed off + undone = outstanding. @param dueOn day by which the month is reported */
export function sumMonth(db: Database, month: Month, dueOn: CivilDate): MonthSums {
  const rows = db.prepare(
    `${dated} SELECT kind, on_date < @from AS before, on_date >= @from AND registered > @dueOn AS late, count(*) AS count, sum(fen) AS amount
     FROM dated WHERE on_date <= @to GROUP BY kind, before, late`,
  ).all({ ...month, dueOn });
  const counted = (wanted: (row: Row) => boolean): Counted => addUp(rows.filter(wanted).map(countedOf));
  const within = (kind: Movement): Counted => counted((row) => row['kind'] === kind && row['before'] === 0n);
  const signed = (before: boolean): Counted => addUp(movementKinds.flatMap((kind) => {
    const of = counted((row) => row['kind'] === kind && (!before || row['before'] === 1n));
    return movements[kind] === 0 ? [] : [{ count: movements[kind] * of.count, amount: BigInt(movements[kind]) * of.amount }];
  }));
  const sums = {
    paid: within('paid'), returned: within('returned'), crossedOff: within('crossed-off'), undone: within('undone'), clawedBack: within('clawed-back'),
    clawbackUndone: within('clawback-undone'), opening: signed(true), outstanding: signed(false),
    standing: sumStanding(db, month, 'AND v.paid_on >= @from'), cumulative: sumStanding(db, month, 'AND @from <= @to'),
    late: movementKinds.map((kind) => ({ kind, ...counted((row) => row['kind'] === kind && row['late'] === 1n) })).filter(({ count }) => count > 0),
  };
  const { opening, paid, returned, crossedOff, undone, outstanding } = sums;
  assert(opening.amount + paid.amount - returned.amount - crossedOff.amount + undone.amount === outstanding.amount, 'the bridge of a month adds up');
  return sums;
}

function sumStanding(db: Database, month: Month, also: string): Counted {
  return countedOf(db.prepare(`SELECT count(*) AS count, coalesce(sum(v.amount_fen), 0) AS amount FROM refund_voucher AS v WHERE ${standing} ${also}`).get({ ...month }) ?? {});
}

/** Vouchers paid in the month and standing at its end, with their refund and their cross-off as it stood then, by voucher number. */
export function readPaidInMonth(db: Database, month: Month): Row[] {
  return db
    .prepare(
      `${dated} SELECT v.*, r.uscc, r.period, (
         SELECT c.on_date FROM dated AS c WHERE c.kind = 'crossed-off' AND c.voucher_no = v.voucher_no AND c.on_date <= @to
           AND (SELECT count(*) FROM dated AS x WHERE x.voucher_no = v.voucher_no AND x.kind = 'crossed-off' AND x.on_date <= @to)
             > (SELECT count(*) FROM dated AS u WHERE u.voucher_no = v.voucher_no AND u.kind = 'undone' AND u.on_date <= @to)
         ORDER BY c.registered DESC LIMIT 1) AS crossed_off_then
       FROM refund_voucher AS v JOIN refund AS r ON r.refund = v.refund
       WHERE ${standing} AND v.paid_on >= @from ORDER BY v.voucher_no`,
    )
    .all({ ...month });
}

/** The day of the cross-off as the month knew it. */
export function crossedOffThen(row: Row): CivilDate | null {
  return dateOrNull(row['crossed_off_then']);
}

/** The newest month with a payment; null before the first. */
export function lastPaidOn(db: Database): CivilDate | null {
  return dateOrNull(db.prepare('SELECT max(paid_on) AS day FROM refund_voucher WHERE paid_on IS NOT NULL').get()?.['day']);
}

function dateOrNull(value: SqlValue | undefined): CivilDate | null {
  return (value ?? null) as CivilDate | null; // written from a checked date
}

function addUp(all: readonly Counted[]): Counted {
  return { count: all.reduce((sum, { count }) => sum + count, 0), amount: sumFen(all.map(({ amount }) => amount)) };
}

function countedOf(row: Row): Counted {
  return { count: Number(row['count']), amount: fenOf(row, 'amount') };
}
