/**
 * A determination as it is kept: the schema of one line of the journal's blob. Amounts are fen text there and bigint here; the texts
 * of findings are kept as they were judged, so that an explanation never changes with a later program.
 */
import { z } from 'zod';
import { fenAmount, fenNotNegative, periodSchema } from '../kernel/schema.ts';
import { outcomes, packIds, routeIds, sizeClasses, verdicts } from './model.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const findingSchema = z.strictObject({
  rule: z.string(),
  cites: z.array(z.string()).readonly(),
  outcome: z.enum(outcomes),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  text: z.string(),
});

export const determinationRecord = z.strictObject({
  row: z.number().int(),
  uscc: z.string(),
  name: z.string(),
  period: periodSchema,
  pack: z.enum(packIds),
  sources: z.array(z.strictObject({ pack: z.enum(packIds), hash })).readonly(),
  route: z.enum(routeIds).nullable(),
  size: z.enum([...sizeClasses, 'undetermined']),
  sizeBasis: z.string(),
  sizeMargins: z.array(
    z.strictObject({ indicator: z.enum(['annualSales', 'totalAssets']), valueFen: fenAmount, fromFen: fenAmount.nullable(), belowFen: fenAmount.nullable() }),
  ).readonly(),
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
  refundableTotal: fenNotNegative,
  existingOpenFrom: periodSchema.nullable(),
  incrementalOpenFrom: periodSchema.nullable(),
  warnings: z.array(z.string()).readonly(),
  findings: z.array(findingSchema).readonly(),
});
export type DeterminationRecord = z.output<typeof determinationRecord>;
