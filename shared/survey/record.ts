/**
 * A line of a snapshot as it is kept in the journal's blob and carried in a SURVEY package: amounts are integer fen as text there and bigint
 * here. The same schema on both sides, so that what finance reads is what the tax office froze.
 * @source shared spec decisions 3, 17
 */
import { z } from 'zod';
import { fenNotNegative, periodSchema, requiredText, textSchema } from '../kernel/schema.ts';
import { routeIds, sizeClasses, verdicts } from '../eligibility/model.ts';
import { surveyLists, surveyVerdicts } from './model.ts';

const windowSchema = z.union([periodSchema, z.enum(['always', 'undetermined'])]);

/** Fields of a line beside its amounts; `uscc` is checked again where it comes from another office. */
export const surveyLineFields = {
  uscc: z.string().max(20),
  name: requiredText(200),
  industry: textSchema(10).nullable(),
  size: z.enum([...sizeClasses, 'undetermined']),
  route: z.enum(routeIds).nullable(),
  verdict: z.enum([...verdicts, 'absent']),
  list: z.enum(surveyLists).nullable(),
  counted: z.boolean(),
  existingWindow: windowSchema,
  incrementalWindow: windowSchema,
  existingOpen: z.boolean(),
  incrementalOpen: z.boolean(),
};

/** Whether a line's own figures fit together: who counts has an amount and a verdict that counts, who does not brings none. */
export function surveyLineFits(line: { readonly counted: boolean; readonly verdict: string; readonly existing: bigint; readonly incremental: bigint }): boolean {
  return line.counted === line.existing + line.incremental > 0n && (!line.counted || surveyVerdicts.some((verdict) => verdict === line.verdict));
}

export const surveyLineRecord = z.strictObject({ ...surveyLineFields, existing: fenNotNegative, incremental: fenNotNegative }).refine(surveyLineFits, '结论与金额不符');

/** Counts of the assessment by verdict, the 底数 and the others: what the snapshot was taken from. */
export const verdictCounts = z.record(z.enum(verdicts), z.number().int().min(0));

export const snapshotNumberSchema = z.string().regex(/^DS-[0-9]{4}-[0-9]{4}$/, '不是底数快照编号（DS-年度-四位序号）');
