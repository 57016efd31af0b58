/** Operations of 退税资格: determinations into the ledger, their list, the whole trace of one, and counts by verdict, size and route. */
import { z } from 'zod';
import { businessDuties } from '../kernel/office.ts';
import { command, query } from '../kernel/operation.ts';
import { periodSchema, textSchema, windowSchema, yuanDifference, yuanTotal } from '../kernel/schema.ts';
import { packIds, routeIds, sizeClasses, verdicts } from './model.ts';
import { findingSchema } from './record.ts';
import { typedCodeSchema } from '../roster/typed-code.ts';

const sizeSchema = z.enum([...sizeClasses, 'undetermined']);
const nullableYuan = yuanDifference.nullable();

/** One determination towards people; amounts are yuan text. */
export const determinationView = z.strictObject({
  row: z.number().int(),
  uscc: z.string(),
  name: z.string(),
  period: periodSchema,
  pack: z.enum(packIds),
  sources: z.array(z.strictObject({ pack: z.enum(packIds), hash: z.string() })).readonly(),
  route: z.enum(routeIds).nullable(),
  size: sizeSchema,
  sizeBasis: z.string(),
  sizeMargins: z.array(z.strictObject({ indicator: z.enum(['annualSales', 'totalAssets']), valueFen: yuanDifference, fromFen: nullableYuan, belowFen: nullableYuan })).readonly(),
  listedIndustry: z.boolean().nullable(),
  listedShare: z.string().nullable(),
  verdict: z.enum(verdicts),
  endingCredit: nullableYuan,
  existingCredit: nullableYuan,
  incrementalCredit: nullableYuan,
  ratio: z.string().nullable(),
  refundRate: z.string().nullable(),
  refundableExisting: nullableYuan,
  refundableIncremental: nullableYuan,
  refundableTotal: yuanTotal,
  existingOpenFrom: periodSchema.nullable(),
  incrementalOpenFrom: periodSchema.nullable(),
  warnings: z.array(z.string()).readonly(),
  findings: z.array(findingSchema).readonly(),
});

export const determinationSortKeys = ['uscc', 'name', 'verdict', 'size', 'route', 'existing', 'incremental', 'total'] as const;

const listedDetermination = z.strictObject({
  uscc: z.string(),
  name: z.string(),
  industry: z.string().nullable(),
  verdict: z.enum(verdicts),
  route: z.enum(routeIds).nullable(),
  size: sizeSchema,
  existing: nullableYuan,
  incremental: nullableYuan,
  total: yuanTotal,
});

const surveyLine = z.strictObject({
  key: z.string(),
  count: z.number().int(),
  existing: yuanTotal,
  incremental: yuanTotal,
  total: yuanTotal,
});

export const eligibilityContract = {
  'eligibility.assess': command(
    z.strictObject({ period: periodSchema }),
    z.strictObject({
      period: periodSchema,
      changed: z.boolean(),
      rows: z.number().int(),
      counts: z.record(z.enum(verdicts), z.number().int()),
      refundableTotal: yuanTotal,
      packs: z.array(z.strictObject({ pack: z.enum(packIds), hash: z.string() })),
    }),
    { title: '资格测算', may: ['handler'], agencies: ['tax'], errors: ['ROSTER_MISSING', 'ROSTER_CHANGED_MEANWHILE', 'POLICY_CHANGED_MEANWHILE', 'POLICY_PACK_BROKEN', 'PERIOD_BEFORE_POLICY'] },
  ),
  'eligibility.list': query(
    z.strictObject({
      period: periodSchema,
      verdict: z.enum(verdicts).optional(),
      size: sizeSchema.optional(),
      route: z.enum(routeIds).optional(),
      search: textSchema(60).optional(),
      sort: z.enum(determinationSortKeys).default('uscc'),
      descending: z.boolean().default(false),
      ...windowSchema,
    }),
    z.strictObject({
      rows: z.array(listedDetermination),
      count: z.number().int(),
      totals: z.strictObject({ existing: yuanTotal, incremental: yuanTotal, total: yuanTotal }),
    }),
    { title: '资格测算清单', may: businessDuties, agencies: ['tax'] },
  ),
  'eligibility.explain': query(z.strictObject({ uscc: typedCodeSchema, period: periodSchema }), determinationView, {
    title: '审核说明',
    may: businessDuties,
    agencies: ['tax'],
    errors: ['DETERMINATION_MISSING'],
  }),
  'eligibility.survey': query(
    z.strictObject({ period: periodSchema }),
    z.strictObject({
      period: periodSchema,
      rows: z.number().int(),
      byVerdict: z.array(surveyLine),
      bySize: z.array(surveyLine),
      byIndustry: z.array(surveyLine),
      byRoute: z.array(surveyLine),
      total: surveyLine,
    }),
    { title: '退税底数', may: businessDuties, agencies: ['tax'], errors: ['ROSTER_MISSING'] },
  ),
  'eligibility.periods': query(
    z.strictObject({}),
    z.strictObject({ periods: z.array(z.strictObject({ period: periodSchema, rows: z.number().int(), refundableTotal: yuanTotal })) }),
    { title: '已测算的申报期', may: businessDuties, agencies: ['tax'] },
  ),
};
