/**
 * Operations of the survey 退税底数: freezing and confirming a snapshot, its tables and lines, what changed between versions, and the funnel
 * from 底数 to 销号. Finance and treasury ask the same questions of the snapshots they have received; the funnel is the tax office's.
 */
import { z } from 'zod';
import { businessDuties } from '../kernel/office.ts';
import { command, query } from '../kernel/operation.ts';
import { civilDateSchema, periodSchema, textSchema, windowSchema, yuanDifference, yuanTotal } from '../kernel/schema.ts';
import { routeIds, sizeClasses, verdicts } from '../eligibility/model.ts';
import { creditKinds, surveyChangeKinds, surveyDifferences, surveyLists, surveyPlaceIds, surveyStages, type SurveyPlace } from './model.ts';
import { snapshotNumberSchema, verdictCounts } from './record.ts';

const sizeSchema = z.enum([...sizeClasses, 'undetermined']);
const windowKey = z.union([periodSchema, z.enum(['always', 'undetermined'])]);
const versionSchema = z.number().int().min(1).max(10_000);
const placeSchema = z.enum(surveyPlaceIds as readonly [SurveyPlace, ...SurveyPlace[]]);
const sectionKey = z.string().regex(/^[A-T]?$/, '行业门类是一个大写字母');
const anyVerdict = z.enum([...verdicts, 'absent']);

const amounts = { existing: yuanTotal, incremental: yuanTotal, total: yuanTotal };

export const snapshotView = z.strictObject({
  number: snapshotNumberSchema,
  period: periodSchema,
  version: versionSchema,
  /** The newest version of its period. */
  newest: z.boolean(),
  reason: z.string(),
  frozenOn: civilDateSchema,
  frozenBy: z.string(),
  confirmedOn: civilDateSchema.nullable(),
  confirmedBy: z.string().nullable(),
  /** Package that brought it; null where it was frozen here. */
  package: z.string().nullable(),
  /** Taxpayers judged, and how; the 底数 are three of the verdicts. */
  assessed: z.number().int(),
  verdicts: verdictCounts,
  taxpayers: z.number().int(),
  ...amounts,
  /** Part of the total whose window had opened. */
  open: yuanTotal,
});
export type SnapshotView = z.input<typeof snapshotView>;

/** Taxpayers are counted once a line; an item 项 is one kind of credit of one taxpayer with an amount. */
const margin = { taxpayers: z.number().int(), items: z.number().int(), ...amounts };
const marginOf = <K extends z.ZodType>(key: K) => z.array(z.strictObject({ key, ...margin }));

const lineView = z.strictObject({
  uscc: z.string(),
  name: z.string(),
  industry: z.string().nullable(),
  size: sizeSchema,
  route: z.enum(routeIds).nullable(),
  verdict: anyVerdict,
  list: z.enum(surveyLists).nullable(),
  ...amounts,
  existingWindow: windowKey,
  incrementalWindow: windowKey,
  open: yuanTotal,
});

const which = { period: periodSchema, version: versionSchema.optional() };
export const surveyLineSortKeys = ['uscc', 'name', 'industry', 'size', 'existing', 'incremental', 'total'] as const;

const differences = z.strictObject(Object.fromEntries(surveyDifferences.map((name) => [name, yuanDifference])) as Record<(typeof surveyDifferences)[number], typeof yuanDifference>); // every name is a key
const tally = { count: z.number().int(), frozen: yuanTotal, actual: yuanTotal, differences };
const check = z.strictObject({ says: z.string(), left: z.string(), right: z.string(), difference: z.string(), holds: z.boolean() });

const notFound = ['SURVEY_NOT_FROZEN', 'SURVEY_VERSION_UNKNOWN'];

export const surveyContract = {
  'survey.freeze': command(
    z.strictObject({ period: periodSchema, reason: textSchema(300).default('') }),
    z.strictObject({ changed: z.boolean(), snapshot: snapshotView }),
    { title: '冻结底数', may: ['handler'], agencies: ['tax'], errors: ['ROSTER_MISSING', 'SURVEY_NOT_ASSESSED', 'SURVEY_ROSTER_NEWER', 'SURVEY_REASON_MISSING', 'STALE_STATE'] },
  ),
  'survey.confirm': command(z.strictObject({ period: periodSchema, version: versionSchema.optional() }), z.strictObject({ changed: z.boolean(), snapshot: snapshotView }), {
    title: '复核底数', may: ['reviewer'], agencies: ['tax'], errors: [...notFound, 'SURVEY_SAME_PERSON', 'SURVEY_REPLACED'],
  }),
  'survey.snapshots': query(z.strictObject({ period: periodSchema.optional() }), z.strictObject({ snapshots: z.array(snapshotView) }), {
    title: '底数快照', may: businessDuties,
  }),
  'survey.current': query(
    z.strictObject({ period: periodSchema }),
    z.strictObject({ byKind: marginOf(z.enum(creditKinds)), byWindow: marginOf(windowKey), total: z.strictObject(margin) }),
    { title: '现行测算的底数', may: businessDuties, agencies: ['tax'], errors: ['ROSTER_MISSING', 'SURVEY_NOT_ASSESSED', 'SURVEY_ROSTER_NEWER'] },
  ),
  'survey.table': query(
    z.strictObject(which),
    z.strictObject({
      snapshot: snapshotView,
      /** Every cell with an amount: size × industry section × kind × opening month. */
      cells: z.array(z.strictObject({ size: sizeSchema, section: sectionKey, kind: z.enum(creditKinds), window: windowKey, items: z.number().int(), amount: yuanTotal })),
      bySize: marginOf(sizeSchema),
      bySection: marginOf(sectionKey),
      byKind: marginOf(z.enum(creditKinds)),
      byWindow: marginOf(windowKey),
      byList: marginOf(z.enum(surveyLists).nullable()),
      total: z.strictObject(margin),
    }),
    { title: '退税底数表', may: businessDuties, errors: notFound },
  ),
  'survey.lines': query(
    z.strictObject({
      ...which,
      size: sizeSchema.optional(),
      section: sectionKey.optional(),
      kind: z.enum(creditKinds).optional(),
      window: windowKey.optional(),
      list: z.enum([...surveyLists, 'none']).optional(),
      verdict: anyVerdict.optional(),
      search: textSchema(60).optional(),
      sort: z.enum(surveyLineSortKeys).default('uscc'),
      descending: z.boolean().default(false),
      ...windowSchema,
    }),
    z.strictObject({ rows: z.array(lineView), totals: z.strictObject({ count: z.number().int(), ...amounts, open: yuanTotal }) }),
    { title: '退税底数明细', may: businessDuties, errors: notFound },
  ),
  'survey.changes': query(
    z.strictObject({ ...which, against: versionSchema.optional(), kind: z.enum(surveyChangeKinds).optional(), ...windowSchema }),
    z.strictObject({
      before: snapshotView,
      after: snapshotView,
      sums: z.array(z.strictObject({ kind: z.enum(surveyChangeKinds), count: z.number().int(), before: yuanTotal, after: yuanTotal, difference: yuanDifference })),
      rows: z.array(
        z.strictObject({
          uscc: z.string(), name: z.string(), kind: z.enum(surveyChangeKinds), before: yuanTotal, after: yuanTotal, difference: yuanDifference, verdict: anyVerdict,
          /** Which columns differ, in Chinese. */
          changed: z.array(z.string()),
        }),
      ),
      count: z.number().int(),
      checks: z.array(check),
    }),
    { title: '底数版本对比', may: businessDuties, errors: [...notFound, 'SURVEY_NOTHING_BEFORE'] },
  ),
  'survey.funnel': query(
    z.strictObject(which),
    z.strictObject({
      snapshot: snapshotView,
      stages: z.array(z.strictObject({ stage: z.enum(surveyStages), title: z.string(), ...tally })),
      /** Every taxpayer of the 底数 stands in exactly one of these. */
      places: z.array(z.strictObject({ stage: z.enum(surveyStages), place: placeSchema, title: z.string(), standing: z.enum(['done', 'working', 'waiting', 'ended']), cause: z.string(), ...tally })),
      total: z.strictObject(tally),
      /** Refunds of the filing period whose taxpayers are not in the 底数 of this snapshot. */
      outside: z.strictObject({ count: z.number().int(), determined: yuanTotal, paid: yuanTotal }),
      clawedBack: yuanTotal,
      checks: z.array(check),
    }),
    { title: '底数漏斗', may: businessDuties, agencies: ['tax'], errors: notFound },
  ),
  'survey.place': query(
    z.strictObject({ ...which, stage: z.enum(surveyStages).optional(), place: placeSchema.optional(), ...windowSchema }),
    z.strictObject({
      rows: z.array(
        z.strictObject({
          uscc: z.string(), name: z.string(), stage: z.enum(surveyStages), place: placeSchema, frozen: yuanTotal, actual: yuanTotal, differences,
          /** The refund, or the later filing period, or the present verdict: what to open next. */
          refund: z.string().nullable(), laterPeriod: periodSchema.nullable(), verdict: anyVerdict,
        }),
      ),
      totals: z.strictObject(tally),
    }),
    { title: '漏斗明细', may: businessDuties, agencies: ['tax'], errors: notFound },
  ),
};
