/**
 * The forms that parameter values of every pack take, and the keys that every pack has. Text in the file becomes fen, exact ratios
 * and branded months here; which keys a pack has beyond these is its own schema.
 */
import { z } from 'zod';
import { parseRatio, type Ratio } from '../../shared/kernel/ratio.ts';
import { parseYuan, type Fen } from '../../shared/kernel/money.ts';
import { civilDateSchema, periodSchema } from '../../shared/kernel/schema.ts';
import { deductedColumns } from './composition-ratio.ts';

export const yuanValue: z.ZodType<Fen, string> = z.string().transform((text, context) => {
  const fen = parseYuan(text);
  if (fen !== null && fen >= 0n) return fen;
  context.addIssue({ code: 'custom', message: 'not an amount in yuan' });
  return z.NEVER;
});

export const ratioValue: z.ZodType<Ratio, string> = z.string().transform((text, context) => {
  const ratio = parseRatio(text);
  if (ratio !== null) return ratio;
  context.addIssue({ code: 'custom', message: 'not a decimal ratio' });
  return z.NEVER;
});

/** A rate that is multiplied by and also shown as it is written. */
export const rateValue: z.ZodType<{ text: string; ratio: Ratio }, string> = z.string().transform((text, context) => {
  const ratio = parseRatio(text);
  if (ratio !== null) return { text, ratio };
  context.addIssue({ code: 'custom', message: 'not a rate' });
  return z.NEVER;
});

export const monthCount = z.number().int().min(1).max(120);

export const industryListValue = z.strictObject({
  /** First filing period of the list. */
  from: periodSchema,
  industries: z.array(z.strictObject({ name: z.string().min(1), codes: z.array(z.string().regex(/^[A-T](?:[0-9]{2,3})?$/)).min(1) })).min(1),
});
export type IndustryList = z.infer<typeof industryListValue>;

export function codesOf(list: IndustryList): readonly string[] {
  return list.industries.flatMap((industry) => industry.codes);
}

/** Keys that every pack has. */
export const sharedValues = {
  acceptedRatings: z.array(z.enum(['A', 'B', 'M', 'C', 'D'])).min(1),
  fraudMonths: monthCount,
  evasionMonths: monthCount,
  evasionPenaltiesBarring: z.number().int().min(1).max(99),
  immediateRefundSince: civilDateSchema,
  baseDate: civilDateSchema,
  ratioFrom: periodSchema,
  ratioNumerator: z.array(z.enum(deductedColumns)).min(1),
  ratioDisplayScale: z.number().int().min(0).max(20),
  ratioRoundedBeforeUse: z.boolean(),
  shareDisplayScale: z.number().int().min(0).max(20),
};
export type SharedParameters = z.output<z.ZodObject<typeof sharedValues>>;
