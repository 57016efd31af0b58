/** SQL of runs and hits: the windowed list with totals, what stands of a filing period, and each indicator's outcome. Reads only. */
import type { RiskState } from '../../shared/risk/cases.ts';
import type { riskSortKeys } from '../../shared/risk/contract.ts';
import type { IndicatorId } from '../../shared/risk/indicators.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Database } from '../platform/database.ts';
import { fenOf } from '../platform/record-table.ts';
import { riskHits, riskRuns, type RiskHit, type RiskRun } from './risk.tables.ts';

export function hitsOfPeriod(db: Database, period: TaxPeriod): ReadonlyMap<string, RiskHit> {
  return new Map(riskHits.all(db, 'WHERE period = @period ORDER BY hit', { period }).map((hit) => [hit.hit, hit]));
}

/** The newest run of a filing period; of any where none is named. */
export function newestRun(db: Database, period: TaxPeriod | null): RiskRun | null {
  return riskRuns.all(db, 'WHERE @period IS NULL OR period = @period ORDER BY entry DESC LIMIT 1', { period })[0] ?? null;
}

/** Every run, newest first, with the hits that it counted. */
export function listRuns(db: Database): readonly RiskRun[] {
  return riskRuns.all(db, 'ORDER BY entry DESC');
}

export type HitFilter = {
  readonly period?: TaxPeriod | undefined; readonly states?: readonly RiskState[] | undefined; readonly indicator?: IndicatorId | undefined; readonly text?: string | undefined;
};
export type HitWindow = { readonly offset: number; readonly limit: number; readonly sort: (typeof riskSortKeys)[number]; readonly descending: boolean };

const filterSql = `(@period IS NULL OR period = @period) AND (@states IS NULL OR state IN (SELECT value FROM json_each(@states)))
  AND (@indicator IS NULL OR indicator = @indicator) AND (@text = '' OR instr(look_alike(name), look_alike(@text)) > 0 OR instr(uscc, upper(@text)) > 0)`;
/** Sort keys are a closed table: no text of a caller reaches ORDER BY. */
const orderSql: Readonly<Record<HitWindow['sort'], string>> = { hit: 'hit', name: 'name', stake: 'stake_fen', foundOn: 'found_on' };

export function listHits(db: Database, filter: HitFilter, window: HitWindow) {
  const params = {
    period: filter.period ?? null, states: filter.states === undefined ? null : JSON.stringify(filter.states), indicator: filter.indicator ?? null, text: filter.text ?? '',
  };
  const totals = db.prepare(`SELECT count(*) AS count, coalesce(sum(stake_fen), 0) AS stake FROM risk_hit WHERE ${filterSql}`).get(params);
  const states = db.prepare(`SELECT state, count(*) AS count FROM risk_hit WHERE @period IS NULL OR period = @period GROUP BY state ORDER BY state`).all({ period: params.period });
  const order = `${orderSql[window.sort]} ${window.descending ? 'DESC' : 'ASC'} NULLS LAST, hit`;
  return {
    rows: riskHits.all(db, `WHERE ${filterSql} ORDER BY ${order} LIMIT @limit OFFSET @offset`, { ...params, limit: BigInt(window.limit), offset: BigInt(window.offset) }),
    totals: { count: Number(totals?.['count']), stake: fenOf(totals, 'stake') },
    // CHECK of the table.
    states: states.map((row) => ({ state: String(row['state']) as RiskState, count: Number(row['count']) })),
  };
}

export function hitsOfFirm(db: Database, { period, uscc, hit }: RiskHit): readonly RiskHit[] {
  return riskHits.all(db, 'WHERE period = @period AND uscc = @uscc AND hit <> @hit ORDER BY hit', { period, uscc, hit });
}

export type IndicatorTally = { readonly indicator: IndicatorId; readonly state: RiskState; readonly count: number; readonly stake: Fen };

/** Cases by indicator and state. */
export function tallyIndicators(db: Database, period: TaxPeriod | null): readonly IndicatorTally[] {
  return db.prepare(
    'SELECT indicator, state, count(*) AS count, coalesce(sum(stake_fen), 0) AS stake FROM risk_hit WHERE @period IS NULL OR period = @period GROUP BY indicator, state',
  ).all({ period }).map((row) => ({
    // CHECKs of the table.
    indicator: String(row['indicator']) as IndicatorId, state: String(row['state']) as RiskState, count: Number(row['count']), stake: fenOf(row, 'stake'),
  }));
}

/** Entries that moved a hit of this taxpayer, or this hit. */
export function riskTrail(db: Database, about: string): readonly number[] {
  return db.prepare('SELECT DISTINCT e.entry AS entry FROM risk_hit_event AS e JOIN risk_hit AS h ON h.hit = e.hit WHERE h.uscc = @about OR h.hit = @about')
    .all({ about }).map((row) => Number(row['entry']));
}
