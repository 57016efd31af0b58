/**
 * A line of a snapshot as it is kept in the journal's blob and carried in a SURVEY package: amounts are integer fen as text there and bigint
 * here. The same schema on both sides, so that what finance reads is what the tax office froze.
 * @source shared spec decisions 3, 17
 */
import { z } from 'zod';
import { taxpayerFields } from '../eligibility/fields.ts';
import { verdicts } from '../eligibility/model.ts';
import { verdictNames } from '../eligibility/terms.ts';
import { field, schemaOf } from '../kernel/record.ts';
import { periodSchema } from '../kernel/schema.ts';
import { surveyListNames, surveyVerdicts } from './model.ts';

const windowSchema = z.union([periodSchema, z.enum(['always', 'undetermined'])]);

/** Fields of a line beside its amounts; `uscc` is checked again where it comes from another office. */
export const surveyLineFields = {
  uscc: field.own(taxpayerFields.uscc.label, z.string().max(20)),
  name: taxpayerFields.name,
  industry: field.optional(field.note('行业代码', 10)),
  size: taxpayerFields.size,
  route: field.optional(taxpayerFields.route),
  verdict: field.oneOf('结论', { ...verdictNames, absent: '已不在名册' }),
  list: field.optional(field.oneOf('清单类别', surveyListNames)),
  counted: field.flag('是否计入底数'),
  existingWindow: field.own('存量起始月', windowSchema),
  incrementalWindow: field.own('增量起始月', windowSchema),
  existingOpen: field.flag('存量是否可办'),
  incrementalOpen: field.flag('增量是否可办'),
};

/** Whether a line's own figures fit together: who counts has an amount and a verdict that counts, who does not brings none. */
export function surveyLineFits(line: { readonly counted: boolean; readonly verdict: string; readonly existing: bigint; readonly incremental: bigint }): boolean {
  return line.counted === line.existing + line.incremental > 0n && (!line.counted || surveyVerdicts.some((verdict) => verdict === line.verdict));
}

export const surveyLineRecord = schemaOf({ ...surveyLineFields, existing: field.fen('可退存量'), incremental: field.fen('可退增量') }).refine(surveyLineFits, '结论与金额不符');

/** Counts of the assessment by verdict, the 底数 and the others: what the snapshot was taken from. */
export const verdictCounts = z.record(z.enum(verdicts), z.number().int().min(0));

export const snapshotNumberSchema = z.string().regex(/^DS-[0-9]{4}-[0-9]{4}$/, '不是底数快照编号（DS-年度-四位序号）');
