/** Handlers of questions about 风险: the list of hits, one hit with its facts, the runs, and what each indicator has been worth. */
import { z } from 'zod';
import { refuse } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { DeskLine } from '../../shared/kernel/case.ts';
import { groupedText, sumFen } from '../../shared/kernel/money.ts';
import { ratioOf, ratioText } from '../../shared/kernel/ratio.ts';
import { riskRoleNames, riskStateNames, type RiskState } from '../../shared/risk/cases.ts';
import type { riskContract } from '../../shared/risk/contract.ts';
import { indicatorIds, indicators, type RiskFacts } from '../../shared/risk/indicators.ts';
import { riskSentence } from '../../shared/risk/sentences.ts';
import { riskSettingsSchema } from '../../shared/risk/settings.ts';
import { hitName, riskFactName } from '../../shared/risk/words.ts';
import { personName } from '../administration/index.ts';
import { deskLines, plain, possibleActs, readHistory, type Context, type HandlersOf } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { hitsOfFirm, listHits, listRuns, tallyIndicators } from './hits.sql.ts';
import { riskBook } from './risk-book.ts';
import { standingSettings } from './risk.service.ts';
import { riskHits, riskRuns, type RiskHit } from './risk.tables.ts';

type Asking = Pick<typeof riskContract, 'risk.list' | 'risk.get' | 'risk.runs' | 'risk.indicators'>;

export const riskViewHandlers: HandlersOf<Asking> = {
  'risk.list': plain((ctx, { offset, limit, sort, descending, ...filter }) => {
    const { rows, totals, states } = listHits(ctx.db, filter, { offset, limit, sort, descending });
    return { rows: rows.map((hit) => rowOf(ctx.db, hit)), totals, states };
  }),
  'risk.get': plain((ctx, { hit }) => {
    const record = riskHits.find(ctx.db, { hit }) ?? refuse('HIT_UNKNOWN', { hit: hitName(hit) });
    return {
      hit: rowOf(ctx.db, record), basis: indicators[record.indicator].basis, facts: pairsOf(record.facts), threshold: pairsOf(record.threshold), run: record.run,
      people: record.verifier === null ? {} : { [riskRoleNames.verifier]: personName(ctx.db, record.verifier) },
      others: hitsOfFirm(ctx.db, record).map((other) => rowOf(ctx.db, other)),
      history: readHistory(ctx.db, riskBook, hit), acts: possibleActs(ctx, riskBook, record),
    };
  }),
  'risk.runs': plain((ctx) => ({
    settings: standingSettings(ctx.db),
    runs: listRuns(ctx.db).map(({ period, number, onDate, maker, firms, counts, previousHash }) => ({
      period, number, on: onDate, maker: personName(ctx.db, maker), firms,
      hits: Object.values(countsSchema.parse(JSON.parse(counts))).reduce((sum, { hit }) => sum + hit, 0),
      compared: previousHash !== null,
    })),
  })),
  'risk.indicators': plain((ctx, { period }) => {
    const cells = tallyIndicators(ctx.db, period ?? null);
    return {
      indicators: indicatorIds.map((indicator) => {
        const own = cells.filter((cell) => cell.indicator === indicator);
        const count = (state: RiskState): number => own.find((cell) => cell.state === state)?.count ?? 0;
        const [proved, cleared] = [count('proved'), count('cleared')];
        const share = (part: number): string | null => (proved + cleared === 0 ? null : ratioText(ratioOf(BigInt(part) * 100n, BigInt(proved + cleared)), 2));
        return {
          indicator, name: indicators[indicator].zh, hits: own.reduce((sum, cell) => sum + cell.count, 0), open: count('open'), proved, cleared, referred: count('referred'),
          superseded: count('superseded'), provedShare: share(proved), falsePositiveRate: share(cleared),
          stake: sumFen(own.map(({ stake }) => stake)), provedStake: own.find((cell) => cell.state === 'proved')?.stake ?? 0n,
        };
      }),
    };
  }),
};

const countsSchema = z.record(z.string(), z.object({ hit: z.number() }));
const factsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));

/** A line a state that waits for somebody. */
export function riskDesk(ctx: Context): readonly DeskLine[] {
  return deskLines(ctx.db, riskBook, ctx.today);
}

function rowOf(db: Database, record: RiskHit) {
  const { hit, period, uscc, name, indicator, state, stakeFen, foundOn, reason } = record;
  const run = present(riskRuns.find(db, { period, number: record.run }), 'the run of a hit');
  const facts: RiskFacts = factsSchema.parse(JSON.parse(record.facts));
  return {
    hit, period, uscc, name, indicator, indicatorName: indicators[indicator].zh, state, stateName: riskStateNames[state],
    text: riskSentence(indicator, facts, riskSettingsSchema.parse(JSON.parse(run.settings))), stake: stakeFen, foundOn, reason,
  };
}

function pairsOf(json: string): { key: string; text: string }[] {
  const shown = (value: string | number | readonly string[]): string => {
    if (typeof value === 'object') return value.join('、');
    return typeof value === 'string' && /^-?[0-9]+\.[0-9]{2}$/.test(value) ? groupedText(value) : String(value);
  };
  return Object.entries(factsSchema.parse(JSON.parse(json))).map(([key, value]) => ({ key: riskFactName(key), text: shown(value) }));
}
