/** The operation behind 进度安排: windows, targets, the months of a year, the county plan beside the national rules. Reads only. */
import { z } from 'zod';
import { duties } from '../kernel/office.ts';
import { query } from '../kernel/operation.ts';
import { civilDateSchema, periodSchema } from '../kernel/schema.ts';
import { packIds } from '../eligibility/model.ts';
import { certainties, creditKinds, deadlineBases, differenceKinds, scheduleGroups, windowStandings } from './schedule.ts';

const group = z.enum(scheduleGroups);
const credit = z.enum(creditKinds);
const certainty = z.enum(certainties);
const cites = z.array(z.string()).readonly();

/** A value as one document set it; of several the last one stands. */
function dated<T extends z.ZodType>(value: T) {
  return z.strictObject({ value, issuedOn: civilDateSchema, cites, certainty, note: z.string().nullable() });
}

const datedPeriods = z.array(dated(periodSchema)).readonly();
const datedDays = z.array(dated(civilDateSchema)).readonly();

const windowLine = z.strictObject({
  group,
  credit,
  /** Oldest first, the last one stands; empty where No. 14 gives the group no such refund. */
  openFrom: datedPeriods,
  /** Last filing period of this article; null where it ends with the regime. */
  until: dated(periodSchema).nullable(),
  /** Days of 集中退还, oldest first; empty where none was set. */
  targets: datedDays,
  /** Sections of the county plan that name this group and credit. */
  planned: z.array(z.string()).readonly(),
  standing: z.enum(windowStandings),
  /** What else must be known, one sentence without the final 。, or ''. */
  says: z.string(),
  saysCites: cites,
});

const planWindow = z.strictObject({ id: z.string(), place: z.string(), from: periodSchema, until: periodSchema.nullable(), credit, groups: z.array(group).readonly(), quote: z.string() });

const articleText = z.strictObject({ cite: z.string(), title: z.string(), certainty, text: z.string() });

const difference = z.strictObject({
  id: z.string(),
  kind: z.enum(differenceKinds),
  title: z.string(),
  /** Where the sentence stands in the plan. */
  place: z.string(),
  /** The plan's own words. */
  plan: z.string(),
  /** `quote` = words of the announcement; null = only told in our words, which `article` holds. */
  national: z.array(z.strictObject({ quote: z.string().nullable(), article: articleText })).readonly(),
  /** What the national rule comes to. */
  says: z.string(),
  /** What the program does. */
  consequence: z.string(),
  certainty,
});

const monthLine = z.strictObject({
  month: periodSchema,
  pack: z.enum(packIds).nullable(),
  filingDeadline: z.strictObject({ date: civilDateSchema, basis: z.enum(deadlineBases) }),
  /** Last day for applying; `extended` = the last working day of the month instead of the last day of filing. */
  applicationUntil: z.strictObject({ date: civilDateSchema, extended: z.boolean() }),
  opens: z.array(z.strictObject({ group, credit })).readonly(),
  /** Sections of the plan whose concentrated window covers the month. */
  planned: z.array(z.string()).readonly(),
  /** `standing` false: the day was moved forward by a later announcement. */
  targets: z.array(z.strictObject({ group, date: civilDateSchema, standing: z.boolean() })).readonly(),
  /** Report on the month before; `remindOn` is earlier where `date` is no working day. */
  report: z.strictObject({ date: civilDateSchema, remindOn: civilDateSchema }),
});
export type ScheduleMonth = z.output<typeof monthLine>;

export const scheduleSchema = z.strictObject({
  period: periodSchema,
  regimes: z.array(z.strictObject({ pack: z.enum(packIds), title: z.string(), from: periodSchema, until: periodSchema.nullable(), inForce: z.boolean() })).readonly(),
  windows: z.array(windowLine).readonly(),
  months: z.array(monthLine).readonly(),
  reportDay: z.number().int(),
  /** Null where no plan of the county is kept; then only the national rules are shown. */
  plan: z
    .strictObject({
      title: z.string(), note: z.string(), sources: z.array(z.string()).readonly(), windows: z.array(planWindow).readonly(), differences: z.array(difference).readonly(),
      monthlyReport: z.strictObject({ place: z.string(), day: z.number().int(), quote: z.string() }),
    })
    .nullable(),
});
export type Schedule = z.output<typeof scheduleSchema>;
export type ScheduleWindow = Schedule['windows'][number];

export const scheduleContract = {
  'policy.schedule': query(z.strictObject({ period: periodSchema }), scheduleSchema, { title: '进度安排', may: duties, errors: ['POLICY_PACK_BROKEN'] }),
};
