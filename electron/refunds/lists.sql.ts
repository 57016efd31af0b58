/** SQL of lists and sums: the windowed list with totals of the filtered set, the funnel. Reads only; the month is month.sql.ts. */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { refundSortKeys } from '../../shared/refunds/contract.ts';
import type { RefundState } from '../../shared/refunds/cases.ts';
import type { RefundRoute, RefundSize } from '../../shared/refunds/model.ts';
import type { Database, Row, SqlParams } from '../platform/database.ts';
import type { RefundRecord } from './refund-record.ts';
import { fenOf } from '../platform/record-table.ts';
import { refunds } from './refunds.tables.ts';
import type { Counted } from './month.sql.ts';

export type RefundFilter = {
  readonly period?: TaxPeriod | undefined;
  readonly states?: readonly RefundState[] | undefined;
  readonly size?: RefundSize | undefined;
  readonly route?: RefundRoute | undefined;
  readonly batch?: string | undefined;
  readonly text?: string | undefined;
  readonly dueBy?: CivilDate | undefined;
  /** These refunds and no others. */
  readonly only?: readonly string[] | undefined;
};
export type RefundWindow = {
  readonly offset: number; readonly limit: number; readonly sort: (typeof refundSortKeys)[number]; readonly descending: boolean;
};

export type Tally = { readonly count: number; readonly determined: Fen; readonly asked: Fen; readonly approved: Fen; readonly paid: Fen };

const filterSql = `(@period IS NULL OR period = @period)
  AND (@states IS NULL OR state IN (SELECT value FROM json_each(@states)))
  AND (@size IS NULL OR size = @size)
  AND (@route IS NULL OR route = @route)
  AND (@batch IS NULL OR batch_no = @batch)
  AND (@dueBy IS NULL OR due_on <= @dueBy)
  AND (@only IS NULL OR refund IN (SELECT value FROM json_each(@only)))
  AND (@text = '' OR instr(look_alike(name), look_alike(@text)) > 0 OR instr(uscc, upper(@text)) > 0 OR instr(coalesce(application_no, ''), upper(@text)) > 0
    OR instr(coalesce(voucher_no, ''), @text) > 0)`;

const tallySql = `count(*) AS count,
  coalesce(sum(determined_existing_fen + determined_incremental_fen), 0) AS determined,
  coalesce(sum(asked_existing_fen + asked_incremental_fen), 0) AS asked,
  coalesce(sum(approved_existing_fen + approved_incremental_fen), 0) AS approved,
  coalesce(sum(paid_existing_fen + paid_incremental_fen), 0) AS paid`;

/** Sort keys are a closed table: no text of a caller reaches ORDER BY. */
const orderSql: Readonly<Record<(typeof refundSortKeys)[number], string>> = {
  refund: 'refund',
  name: 'name',
  applicationNo: 'application_no',
  determined: 'determined_existing_fen + determined_incremental_fen',
  asked: 'asked_existing_fen + asked_incremental_fen',
  approved: 'approved_existing_fen + approved_incremental_fen',
  paid: 'paid_existing_fen + paid_incremental_fen',
  dueOn: 'due_on',
  changedAt: 'changed_at',
};

export function listRefunds(db: Database, filter: RefundFilter, window: RefundWindow): { readonly rows: readonly RefundRecord[]; readonly totals: Tally } {
  const params = paramsOf(filter);
  const totals = db.prepare(`SELECT ${tallySql} FROM refund WHERE ${filterSql}`).get(params) ?? {};
  const direction = window.descending ? 'DESC' : 'ASC';
  const rows = db
    .prepare(`SELECT * FROM refund WHERE ${filterSql} ORDER BY ${orderSql[window.sort]} ${direction} NULLS LAST, refund LIMIT @limit OFFSET @offset`)
    .all({ ...params, limit: BigInt(window.limit), offset: BigInt(window.offset) });
  return { rows: rows.map(refunds.read), totals: tallyOf(totals) };
}

/** One tally a state, for one filing period or all. */
export function tallyStates(db: Database, period: TaxPeriod | null): { readonly state: RefundState; readonly tally: Tally }[] {
  const rows = db.prepare(`SELECT state, ${tallySql} FROM refund WHERE @period IS NULL OR period = @period GROUP BY state`).all({ period });
  return rows.map((row) => ({ state: String(row['state']) as RefundState, tally: tallyOf(row) })); // CHECK of the table
}

/** Accounts of the applications of a filing period, by taxpayer code. */
export function accountsApplied(db: Database, period: TaxPeriod): ReadonlyMap<string, { readonly accountName: string; readonly bankAccount: string }> {
  const rows = db.prepare('SELECT uscc, account_name, bank_account FROM refund WHERE period = @period AND application_no IS NOT NULL').all({ period });
  return new Map(rows.map((row) => [String(row['uscc']), { accountName: String(row['account_name']), bankAccount: String(row['bank_account']) }]));
}

export type Reached = Readonly<Record<'listed' | 'applied' | 'accepted' | 'approved' | 'sent' | 'paid' | 'crossed-off', { readonly count: number; readonly amount: Fen }>>;

/** How far refunds have come by now; a refund that was paid counts in every earlier step. */
export function readReached(db: Database, period: TaxPeriod | null): Reached {
  const determined = 'determined_existing_fen + determined_incremental_fen';
  const asked = 'asked_existing_fen + asked_incremental_fen';
  const approved = 'approved_existing_fen + approved_incremental_fen';
  const paid = 'paid_existing_fen + paid_incremental_fen';
  const steps = {
    listed: ['1', determined],
    applied: ['application_no IS NOT NULL', asked],
    accepted: ['accepted_on IS NOT NULL', asked],
    approved: [`${approved} > 0`, approved],
    sent: ['sent_on IS NOT NULL', approved],
    paid: ['paid_on IS NOT NULL', paid],
    'crossed-off': ['crossed_off_on IS NOT NULL', paid],
  } as const;
  const read = ([condition, amount]: readonly [string, string]): { readonly count: number; readonly amount: Fen } => {
    const row = db.prepare(`SELECT count(*) AS count, coalesce(sum(${amount}), 0) AS amount FROM refund WHERE (@period IS NULL OR period = @period) AND (${condition})`).get({ period });
    return countOf(row ?? {});
  };
  return {
    listed: read(steps.listed), applied: read(steps.applied), accepted: read(steps.accepted), approved: read(steps.approved), sent: read(steps.sent), paid: read(steps.paid),
    'crossed-off': read(steps['crossed-off']),
  };
}

function paramsOf(filter: RefundFilter): SqlParams {
  return {
    period: filter.period ?? null,
    states: filter.states === undefined ? null : JSON.stringify(filter.states),
    size: filter.size ?? null,
    route: filter.route ?? null,
    batch: filter.batch ?? null,
    text: filter.text ?? '',
    dueBy: filter.dueBy ?? null,
    only: filter.only === undefined ? null : JSON.stringify(filter.only),
  };
}

function tallyOf(row: Row): Tally {
  return { count: Number(row['count']), determined: fenOf(row, 'determined'), asked: fenOf(row, 'asked'), approved: fenOf(row, 'approved'), paid: fenOf(row, 'paid') };
}

function countOf(row: Row): Counted {
  return { count: Number(row['count']), amount: fenOf(row, 'amount') };
}

/** Entries that moved a refund of this taxpayer, or the refund of this application, voucher or batch. */
export function refundTrail(db: Database, about: string): readonly number[] {
  const found = db.prepare(
    `SELECT DISTINCT e.entry AS entry FROM refund_event AS e JOIN refund AS r ON r.refund = e.refund LEFT JOIN refund_voucher AS v ON v.refund = r.refund
     WHERE r.uscc = @about OR r.refund = @about OR r.application_no = @about OR v.voucher_no = @about OR v.batch_no = @about`,
  ).all({ about });
  return found.map((row) => Number(row['entry']));
}
