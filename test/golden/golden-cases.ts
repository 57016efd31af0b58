/**
 * Golden cases 验收用例: files of test/golden/cases, each a table an expert can read: what the row differs in, the filing periods it is
 * judged for, and what must come out. Figures are worked out by hand or published; a published one names where.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { verdicts, outcomes } from '../../shared/eligibility/model.ts';

const caseSchema = z.strictObject({
  id: z.string().min(1),
  /** What the case shows, one sentence. */
  says: z.string().min(1),
  /** Where the answer was published; absent = worked out by hand. */
  source: z.string().optional(),
  filings: z.array(z.string()).min(1),
  pack: z.enum(['mof-sta-gac-2019-39', 'mof-sta-2022-14', 'mof-sta-2025-07']).optional(),
  row: z.record(z.string(), z.string()),
  verdict: z.enum(verdicts),
  /** Other fields of the line, exactly. */
  line: z.record(z.string(), z.union([z.string(), z.boolean(), z.null()])).default({}),
  findings: z.record(z.string(), z.enum(outcomes)).default({}),
  /** Each must occur in one of the warnings. */
  warnings: z.array(z.string()).default([]),
  /** None may occur in any of the warnings. */
  unwarned: z.array(z.string()).default([]),
  /** Rules at whose edge the case lies. */
  boundary: z.array(z.string()).default([]),
});
export type GoldenCase = z.output<typeof caseSchema>;

const fileSchema = z.strictObject({ about: z.string().min(1), cases: z.array(caseSchema).min(1) });

export type GoldenFile = { readonly file: string; readonly about: string; readonly cases: readonly GoldenCase[] };

const folder = new URL('./cases/', import.meta.url);

export const goldenFiles: readonly GoldenFile[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .toSorted()
  .map((file) => ({ file, ...fileSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))) }));
