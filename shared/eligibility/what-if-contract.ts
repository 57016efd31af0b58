/**
 * Operations of 差多少就符合 (what-if) and 各时期对照 (time machine): what would turn an answer, proved by judging the changed row again, and the same
 * row judged in every filing period. Both only read; nothing here changes a fact. Amounts are fen inside, yuan text outside.
 * @source shared spec features.md A6, B3, B4
 */
import { z } from 'zod';
import { businessDuties } from '../kernel/office.ts';
import { query } from '../kernel/operation.ts';
import { periodSchema, yuanDifference, yuanTotal } from '../kernel/schema.ts';
import { rosterColumns, type ColumnKey } from '../roster/columns.ts';
import { outcomes, packIds, routeIds, sizeClasses, verdicts } from './model.ts';
import { typedCodeSchema } from '../roster/typed-code.ts';

/**
 * What a proposal asks: `time` nothing but waiting, `supply` a blank to fill, `act` something the taxpayer or the office may do, `distance` an
 * amount on the other side of a bound, `registered` a fact as published or registered, which a refund desk does not change.
 */
export const proposalKinds = ['time', 'supply', 'act', 'distance', 'registered'] as const;
export type ProposalKind = (typeof proposalKinds)[number];

export const proposalKindNames: Readonly<Record<ProposalKind, string>> = {
  time: '时间届至',
  supply: '补齐资料',
  act: '依法办理',
  distance: '差额',
  registered: '登记或公布的事实',
};

/** The last filing period that the comparison of periods reaches unless another is asked for. */
export const lastComparedPeriod = '2027-12';

const columnKey = z.enum(rosterColumns.map((column) => column.key) as [ColumnKey, ...ColumnKey[]]); // the keys of a closed table
const nullableYuan = yuanDifference.nullable();

export const changeView = z.strictObject({
  fact: columnKey,
  kind: z.enum(proposalKinds),
  header: z.string(),
  /** As the roster has it; null = blank. */
  from: z.string().nullable(),
  to: z.string(),
  /** How far the amount is from the bound; null where the fact is no amount or blank. */
  distance: yuanTotal.nullable(),
  says: z.string(),
});
export type ProposedChange = z.output<typeof changeView>;

export const proposalView = z.strictObject({
  kind: z.enum(proposalKinds),
  /** One sentence for each fact, and what the engine answers then. */
  says: z.string(),
  changes: z.array(changeView).readonly(),
  /** The filing period that was judged: another than asked only for `time`. */
  period: periodSchema,
  verdict: z.enum(verdicts),
  route: z.enum(routeIds).nullable(),
  refundableExisting: nullableYuan,
  refundableIncremental: nullableYuan,
  refundableTotal: yuanTotal,
  cites: z.array(z.string()).readonly(),
});
export type Proposal = z.output<typeof proposalView>;

export const whatIfView = z.strictObject({
  uscc: z.string(),
  name: z.string(),
  period: periodSchema,
  verdict: z.enum(verdicts),
  route: z.enum(routeIds).nullable(),
  refundableTotal: yuanTotal,
  /** `refundable` for every verdict but this one; then `more`: a larger amount. */
  goal: z.enum(['refundable', 'more']),
  proposals: z.array(proposalView).readonly(),
  /** What is said before the proposals: found, found nothing, or only several facts together. */
  says: z.string(),
  notes: z.array(z.string()).readonly(),
});
export type WhatIf = z.output<typeof whatIfView>;

export const periodRunView = z.strictObject({
  from: periodSchema,
  until: periodSchema,
  pack: z.enum(packIds),
  /** The filing period whose roster row was judged. */
  rowOf: periodSchema,
  verdict: z.enum(verdicts),
  route: z.enum(routeIds).nullable(),
  size: z.enum([...sizeClasses, 'undetermined']),
  ratio: z.string().nullable(),
  refundRate: z.string().nullable(),
  existingCredit: nullableYuan,
  incrementalCredit: nullableYuan,
  refundableExisting: nullableYuan,
  refundableIncremental: nullableYuan,
  refundableTotal: yuanTotal,
  existingOpenFrom: periodSchema.nullable(),
  incrementalOpenFrom: periodSchema.nullable(),
  /** The finding that decides, in its words, with its articles. */
  deciding: z.strictObject({ rule: z.string(), outcome: z.enum(outcomes), text: z.string(), cites: z.array(z.string()).readonly() }),
});
export type PeriodRun = z.output<typeof periodRunView>;

export const timeMachineView = z.strictObject({
  uscc: z.string(),
  name: z.string(),
  /** The filing period whose figures stand in for months without a roster. */
  period: periodSchema,
  from: periodSchema,
  until: periodSchema,
  /** Other filing periods whose own roster row was used. */
  ownRows: z.array(periodSchema).readonly(),
  runs: z.array(periodRunView).readonly(),
  /** What this comparison is not. */
  says: z.string(),
});
export type TimeMachine = z.output<typeof timeMachineView>;

const reads = { may: businessDuties, agencies: ['tax'] } as const;

export const whatIfContract = {
  'eligibility.whatIf': query(
    z.strictObject({ uscc: typedCodeSchema, period: periodSchema }),
    whatIfView.extend({ /** True when the roster or the policy has changed since the period was assessed. */ changedSince: z.boolean() }),
    { title: '差多少就符合', ...reads, errors: ['ROSTER_TAXPAYER_UNKNOWN', 'PERIOD_BEFORE_POLICY', 'POLICY_PACK_BROKEN'] },
  ),
  'eligibility.timeMachine': query(
    z.strictObject({ uscc: typedCodeSchema, period: periodSchema, from: periodSchema.optional(), until: periodSchema.optional() }),
    timeMachineView,
    { title: '各时期对照', ...reads, errors: ['ROSTER_TAXPAYER_UNKNOWN', 'PERIOD_BEFORE_POLICY', 'PERIODS_REVERSED', 'POLICY_PACK_BROKEN'] },
  ),
};
