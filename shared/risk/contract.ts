/**
 * Operations of 风险: judging the roster that stands in the ledger, keeping what was found as cases, judging the cases, and what each indicator is worth. A hit
 * is a 疑点, never a conclusion. The acts are rows of the case table.
 */
import { z } from 'zod';
import { actedSchema, caseOperations, caseTold } from '../kernel/case-operations.ts';
import { businessDuties } from '../kernel/office.ts';
import { command, query } from '../kernel/operation.ts';
import { civilDateSchema, periodSchema, textSchema, windowSchema, yuanTotal } from '../kernel/schema.ts';
import { riskActs, riskCases, riskRoles, riskStates } from './cases.ts';
import { indicatorIds } from './indicators.ts';
import { hitKeySchema } from './model.ts';
import { riskSettingsSchema, someRiskSettingsSchema } from './settings.ts';

const count = z.number().int();
const tally = z.strictObject({ hit: count, needsEvidence: count, clear: count });
/** What a judgement of one filing period comes to. */
const summary = { period: periodSchema, firms: count, rejected: count, settings: riskSettingsSchema, counts: z.record(z.enum(indicatorIds), tally) };
const tax = { agencies: ['tax'], may: businessDuties } as const;
const judging = ['RISK_ROSTER_MISSING', 'PERIOD_BEFORE_POLICY'] as const;

const acted = actedSchema('hits', z.strictObject({ hit: z.string(), uscc: z.string(), name: z.string(), state: z.enum(riskStates) }));
export const riskSortKeys = ['hit', 'name', 'stake', 'foundOn'] as const;
const hitRow = z.strictObject({
  hit: z.string(), period: periodSchema, uscc: z.string(), name: z.string(), indicator: z.enum(indicatorIds), indicatorName: z.string(), state: z.enum(riskStates), stateName: z.string(),
  /** The hit in a sentence: its arithmetic with the firm's own numbers. */
  text: z.string(),
  /** Refund at stake; null where it is not known. */
  stake: yuanTotal.nullable(),
  foundOn: civilDateSchema, reason: z.string().nullable(),
});
const pairs = z.array(z.strictObject({ key: z.string(), text: z.string() }));

export const riskContract = {
  ...caseOperations(riskCases, { agencies: ['tax'], ref: hitKeySchema, all: { period: periodSchema.optional() }, errors: ['HIT_UNKNOWN', 'HIT_STATE_UNFIT'] }, acted),
  'risk.export': query(
    z.strictObject({
      period: periodSchema,
      /** Token of the file to write. */
      file: z.string().min(1).max(4000),
      /** Those left out count as usual. */
      settings: someRiskSettingsSchema.optional(),
    }),
    z.strictObject({
      ...summary,
      file: z.string(),
      /** The filing period twelve months earlier, where the ledger holds its roster. */
      previous: periodSchema.nullable(),
    }),
    { ...tax, title: '判断风险指标并写出', errors: [...judging, 'RISK_NOT_WRITTEN'] },
  ),
  'risk.run': command(
    z.strictObject({
      period: periodSchema,
      /** Those left out count as in the newest run of the office, else as usual. */
      settings: someRiskSettingsSchema.optional(),
    }),
    z.strictObject({
      ...summary, changed: z.boolean(), previous: periodSchema.nullable(),
      /** Number of the run in its filing period. */
      number: count,
      /** What became of the cases; `kept` are those about which nothing is new. */
      opened: count, refreshed: count, recurred: count, superseded: count, kept: count,
    }),
    { title: '排查风险疑点', may: ['handler', 'reviewer'], agencies: ['tax'], errors: [...judging, 'ROSTER_CHANGED_MEANWHILE'] },
  ),
  'risk.runs': query(
    z.strictObject({}),
    z.strictObject({
      /** Settings that the next run takes. */
      settings: riskSettingsSchema,
      runs: z.array(z.strictObject({ period: periodSchema, number: count, on: civilDateSchema, maker: z.string(), firms: count, hits: count,
      /** Whether a roster of twelve months earlier stood beside it. */
      compared: z.boolean(),
    })),
    }),
    { ...tax, title: '风险排查记录' },
  ),
  'risk.list': query(
    z.strictObject({
      ...windowSchema,
      period: periodSchema.optional(),
      states: z.array(z.enum(riskStates)).max(riskStates.length).optional(),
      indicator: z.enum(indicatorIds).optional(),
      /** Part of the name or the code. */
      text: textSchema(60).optional(),
      sort: z.enum(riskSortKeys).default('hit'),
      descending: z.boolean().default(false),
    }),
    z.strictObject({
      rows: z.array(hitRow),
      totals: z.strictObject({ count, /** Each firm's refund once for each of its hits. */ stake: yuanTotal }),
      states: z.array(z.strictObject({ state: z.enum(riskStates), count })),
    }),
    { ...tax, title: '疑点清单' },
  ),
  'risk.get': query(
    z.strictObject({ hit: hitKeySchema }),
    z.strictObject({
      hit: hitRow, basis: z.string(), facts: pairs, threshold: pairs, run: count, people: z.record(z.string(), z.string()),
      /** The firm's other hits of the same filing period. */
      others: z.array(hitRow),
      ...caseTold({ acts: riskActs, states: riskStates, roles: riskRoles }),
    }),
    { ...tax, title: '疑点详情', errors: ['HIT_UNKNOWN'] },
  ),
  'risk.indicators': query(
    z.strictObject({ period: periodSchema.optional() }),
    z.strictObject({
      indicators: z.array(z.strictObject({
        indicator: z.enum(indicatorIds), name: z.string(), hits: count, open: count, proved: count, cleared: count, referred: count, superseded: count,
        /** Of those judged by a person (proved or cleared), in per cent with two decimals, rounded half up; null while none is. */
        provedShare: z.string().nullable(), falsePositiveRate: z.string().nullable(),
        /** Refund at stake of the firms hit, and of those proved. */
        stake: yuanTotal, provedStake: yuanTotal,
      })),
    }),
    { ...tax, title: '各指标的命中与误报' },
  ),
  'risk.tryThresholds': query(
    z.strictObject({ period: periodSchema, settings: someRiskSettingsSchema }),
    z.strictObject({
      ...summary,
      /** Indicators that come out otherwise than the cases that stand. */
      indicators: z.array(z.strictObject({
        indicator: z.enum(indicatorIds), name: z.string(),
        /** Standing cases that these thresholds find again, and not; how many of each a person has found proved or cleared. */
        caught: count, missed: count, provedCaught: count, provedMissed: count, clearedCaught: count, clearedMissed: count,
        /** Hits that are no case yet. */
        fresh: count, freshStake: yuanTotal, missedStake: yuanTotal,
      })),
    }),
    { ...tax, title: '试算门槛', errors: judging },
  ),
};
