/**
 * Rows of a SURVEY package 退税底数: its head, every taxpayer of the snapshot with the list it stands on, and the cross table. Money is
 * integer fen as text on the wire. The head's totals and the cells must be those of the lines; that is judged across rows.
 * @source shared spec product.md P1; decisions 15, 17
 */
import { z } from 'zod';
import { civilDateSchema, fenNotNegative, periodSchema, requiredText, textSchema } from '../kernel/schema.ts';
import { sizeClasses } from '../eligibility/model.ts';
import { creditKinds } from '../survey/model.ts';
import { snapshotNumberSchema, surveyLineFields, surveyLineFits, verdictCounts } from '../survey/record.ts';
import { fenTotal, taxpayerCodeSchema } from './rows.ts';

const count = z.int().min(0).max(10_000_000);

/** SURVEY, exactly one row: which snapshot, who froze and confirmed it, and what it comes to. */
export const surveyHeadRow = z.strictObject({
  number: snapshotNumberSchema,
  filingPeriod: periodSchema,
  version: z.int().min(1).max(10_000),
  reason: textSchema(300),
  frozenOn: civilDateSchema,
  frozenBy: requiredText(30),
  confirmedOn: civilDateSchema,
  confirmedBy: requiredText(30),
  /** Taxpayers judged, by verdict. */
  verdicts: verdictCounts,
  taxpayers: count,
  existingFen: fenTotal,
  incrementalFen: fenTotal,
  totalFen: fenTotal,
  /** Part of the total whose window had opened by the filing period. */
  openFen: fenTotal,
});

/** SURVEY, one row a taxpayer; who left the 底数 since the version before stands with `counted` false and no amount. */
export const surveyLineRow = z
  .strictObject({ ...surveyLineFields, uscc: taxpayerCodeSchema, existingFen: fenNotNegative, incrementalFen: fenNotNegative, totalFen: fenNotNegative })
  .refine((row) => row.existingFen + row.incrementalFen === row.totalFen, { path: ['totalFen'], message: '与存量、增量之和不符' })
  .refine((row) => surveyLineFits({ ...row, existing: row.existingFen, incremental: row.incrementalFen }), { path: ['verdict'], message: '结论与金额不符' });

/** SURVEY, one row a cell of size × industry section × kind of credit × opening month. */
export const surveyCellRow = z.strictObject({
  size: z.enum([...sizeClasses, 'undetermined']),
  section: z.string().regex(/^[A-T]?$/, '行业门类是一个大写字母'),
  creditKind: z.enum(creditKinds),
  window: surveyLineFields.existingWindow,
  items: count,
  amountFen: fenTotal,
});

export type SurveyHeadRow = z.output<typeof surveyHeadRow>;
export type SurveyLineRow = z.output<typeof surveyLineRow>;
export type SurveyCellRow = z.output<typeof surveyCellRow>;
