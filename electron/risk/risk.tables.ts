/** 风险: runs of the indicators over a filing period, the hits they found, and what people made of them. Sentences are made from the facts when shown. */
import { indicatorIds } from '../../shared/risk/indicators.ts';
import { riskCases, riskStates } from '../../shared/risk/cases.ts';
import { eventsDdl, type StateTables } from '../journal/index.ts';
import { column, recordTable, type RowOf } from '../platform/record-table.ts';

const { text, maybe } = column;

/** Settings and counts are JSON as the run kept them. */
const runColumns = {
  period: column.period, number: column.number, entry: column.number, onDate: column.date, maker: text, rosterHash: text, previousHash: maybe(text), settings: text, counts: text,
  firms: column.count,
};
export const riskRuns = recordTable('risk_run', runColumns, ['PRIMARY KEY (period, number)', 'CHECK (json_valid(settings) AND json_valid(counts))']);
export type RiskRun = RowOf<typeof runColumns>;

/** Facts and threshold of the newest run that found the hit; `reason` and `evidence` of the person who judged it. */
const hitColumns = {
  hit: text, period: column.period, uscc: text, name: text, indicator: column.oneOf(indicatorIds), state: column.oneOf(riskStates), facts: text, threshold: text,
  stakeFen: maybe(column.fen), run: column.number, foundOn: column.date, verifier: maybe(text), reason: maybe(text), events: column.number,
};
export const riskHits = recordTable('risk_hit', hitColumns, [
  'PRIMARY KEY (hit)', 'UNIQUE (period, uscc, indicator)', 'FOREIGN KEY (period, run) REFERENCES risk_run (period, number)',
  "CHECK (hit = period || '/' || uscc || '/' || indicator)", 'CHECK (json_valid(facts) AND json_valid(threshold))',
  "CHECK (state NOT IN ('proved', 'cleared', 'referred') OR (verifier IS NOT NULL))",
]);
export type RiskHit = RowOf<typeof hitColumns>;

export const riskTables: StateTables = {
  capability: 'risk',
  version: 1,
  tables: ['risk_run', 'risk_hit', 'risk_hit_event'],
  ddl: `
${riskRuns.create}
${riskHits.create}
CREATE INDEX risk_hit_state ON risk_hit (state);
CREATE INDEX risk_hit_uscc ON risk_hit (uscc);
${eventsDdl(riskCases, { rows: 'risk_hit', events: 'risk_hit_event', key: 'hit' })}
`,
};
