/**
 * The county plan 工作方案 as data: its concentrated windows, its monthly report, and each sentence that differs from a national rule. Checks the
 * form and that every quotation stands in the plan's own text; decides nothing, and no rule of a pack reads it.
 * @source policy-facts 9; county plan 二, 三
 */
import { z } from 'zod';
import { certainties, creditKinds, differenceKinds, scheduleGroups } from '../../shared/policy/schedule.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { periodSchema } from '../../shared/kernel/schema.ts';

const planWindow = z.strictObject({
  id: z.string().min(1), place: z.string().min(1), from: periodSchema, until: periodSchema.nullable(), credit: z.enum(creditKinds), groups: z.array(z.enum(scheduleGroups)).min(1), quote: z.string().min(1),
});

const difference = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(differenceKinds),
  title: z.string().min(1),
  place: z.string().min(1),
  plan: z.string().min(1),
  /** `quote` null: the announcement is told in our words, in its article. */
  national: z.array(z.strictObject({ cite: z.string().min(1), quote: z.string().min(1).nullable() })),
  says: z.string().min(1),
  consequence: z.string().min(1),
  /** What holds the consequence: keys of parameters, `rule:<id>`, `profile:<key>`. */
  held: z.array(z.string().min(1)),
  certainty: z.enum(certainties),
});

const planSchema = z.strictObject({
  version: z.literal(1),
  county: z.string().regex(/^[0-9]{6}$/),
  title: z.string().min(1),
  /** Resource with the plan's own text. */
  text: z.string().min(1),
  note: z.string().min(1),
  windows: z.array(planWindow),
  monthlyReport: z.strictObject({ place: z.string().min(1), day: z.number().int().min(1).max(31), quote: z.string().min(1) }),
  differences: z.array(difference),
  sources: z.array(z.string().min(1)),
});
export type CountyPlan = z.output<typeof planSchema>;

/**
 * The plan of a county; null where none is shipped.
 * @param readText text of a file below `resources/`, null when there is none
 * @throws ZodError for another form, AssertionFault for a quotation that the plan's text does not hold
 */
export function loadCountyPlan(county: string, readText: (path: string) => string | null): CountyPlan | null {
  const file = readText(`plan/${county}.json`);
  if (file === null) return null;
  const plan = planSchema.parse(JSON.parse(file));
  assert(plan.county === county, 'a plan belongs to its county');
  const text = readText(plan.text);
  assert(text !== null, 'the text of the plan is shipped with it');
  const quotes = [...plan.windows.map(({ quote }) => quote), plan.monthlyReport.quote, ...plan.differences.map((row) => row.plan)];
  for (const quote of quotes) assert(text.includes(quote), `not a sentence of the plan: ${quote}`);
  return plan;
}
