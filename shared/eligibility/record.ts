/**
 * A determination as it is kept: the schema of its lines in the journal's blobs. Today's keep rule, outcome and facts, and no sentence, no citation and
 * nothing that holds for the whole entry: one line of figures, which lists are made of, and one of findings, read when one taxpayer is asked for. In the
 * second version both were one line; lines of the first were written with their sentences and are shown as they were said.
 * Amounts are fen text there and bigint here.
 */
import { z } from 'zod';
import { fenAmount, fenNotNegative, fenTotal, periodSchema } from '../kernel/schema.ts';
import { keptOutcomes, outcomes, packIds, routeIds, sizeClasses, verdicts } from './model.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export const findingSchema = z.strictObject({
  rule: z.string(),
  cites: z.array(z.string()).readonly(),
  outcome: z.enum(outcomes),
  facts,
  text: z.string(),
});

/** The figures of a determination, in either version. */
const figures = {
  row: z.number().int(),
  uscc: z.string(),
  name: z.string(),
  size: z.enum([...sizeClasses, 'undetermined']),
  listedIndustry: z.boolean().nullable(),
  listedShare: z.string().nullable(),
  verdict: z.enum(verdicts),
  endingCredit: fenNotNegative.nullable(),
  existingCredit: fenNotNegative.nullable(),
  incrementalCredit: fenAmount.nullable(),
  ratio: z.string().nullable(),
  refundRate: z.string().nullable(),
  refundableExisting: fenNotNegative.nullable(),
  refundableIncremental: fenNotNegative.nullable(),
  refundableTotal: fenTotal,
  existingOpenFrom: periodSchema.nullable(),
  incrementalOpenFrom: periodSchema.nullable(),
};

/** What is read of a determination where no finding is: in lists, snapshots and packages. */
export const judgedRecord = z.strictObject({
  ...figures,
  period: periodSchema,
  pack: z.enum(packIds),
  sources: z.array(z.strictObject({ pack: z.enum(packIds), hash })).readonly(),
  route: z.enum(routeIds).nullable(),
});
export type DeterminationRecord = z.output<typeof judgedRecord>;

/** `answering`: the route by which findings are told, also of who is out of scope. */
const figuresKept = { ...figures, industry: z.string().nullable(), answering: z.enum(routeIds).nullable() };
/** Warnings: code, facts. Findings: rule, outcome, facts. */
const findingsKept = {
  warnings: z.array(z.tuple([z.string(), facts])).readonly(),
  findings: z.array(z.tuple([z.string(), z.enum(keptOutcomes), facts])).readonly(),
};

/** The two lines of a determination of today; `row` says that they belong together. */
export const figuresLine = z.strictObject(figuresKept);
export const findingsLine = z.strictObject({ row: figures.row, ...findingsKept });

/** A line of the second version: both in one. */
export const wholeLine = z.strictObject({ ...figuresKept, ...findingsKept });

/** A line of the first version, as it stands in ledgers written until November 2026. */
export const toldLine = z.strictObject({
  industry: z.string().nullable(),
  record: judgedRecord.extend({
    sizeBasis: z.string(),
    sizeMargins: z.array(
      z.strictObject({ indicator: z.enum(['annualSales', 'totalAssets']), valueFen: fenAmount, fromFen: fenAmount.nullable(), belowFen: fenAmount.nullable() }),
    ).readonly(),
    warnings: z.array(z.string()).readonly(),
    findings: z.array(findingSchema).readonly(),
  }),
});
