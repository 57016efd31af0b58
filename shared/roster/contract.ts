/** Operations of 企业名册: import with preview and difference, windowed list, one taxpayer, export, history of imports. Periods are filing periods 申报期. */
import { z } from 'zod';
import { businessDuties } from '../kernel/office.ts';
import { command, query } from '../kernel/operation.ts';
import { instantSchema, periodSchema, textSchema, windowSchema, yuanDifference } from '../kernel/schema.ts';
import { industrySections } from './industry-sections.ts';
import { typedCodeSchema } from './typed-code.ts';

const finding = z.strictObject({ row: z.number().int(), column: z.string(), value: z.string(), code: z.string(), message: z.string() });
const taxpayerRef = z.strictObject({ uscc: z.string(), name: z.string() });
const taxpayerChange = z.strictObject({
  uscc: z.string(),
  name: z.string(),
  fields: z.array(z.strictObject({ field: z.string(), header: z.string(), before: z.string(), after: z.string() })).readonly(),
});

/** How many taxpayers a difference lists in each group; the counts are always complete. */
export const diffListedMax = 1000;

export const rosterImportResult = z.strictObject({
  period: periodSchema,
  file: z.string(),
  /** SHA-256 of the file as received. */
  fileHash: z.string(),
  encoding: z.string(),
  /** False when the roster of the period stays as it is, also for a preview. */
  changed: z.boolean(),
  dryRun: z.boolean(),
  rows: z.number().int(),
  accepted: z.number().int(),
  rejected: z.number().int(),
  blankRows: z.number().int(),
  header: z.strictObject({
    /** The headers of the file in their order, and the column of the roster that each is read as; null is kept as a remark. */
    columns: z.array(z.strictObject({ position: z.number().int(), header: z.string(), column: z.string().nullable() })).readonly(),
    /** Headers nobody knows: kept as remarks. */
    remarks: z.array(z.string()).readonly(),
    /** Columns the file lacks: they read as blank. */
    lacking: z.array(z.string()).readonly(),
    /** Those of them whose blank counts as something (0, 否, 正常, 月): the import asks for each by name. */
    counted: z.array(z.strictObject({ column: z.string(), blank: z.string() })).readonly(),
    /** Those of them without which no taxpayer can be judged refundable. */
    deciding: z.array(z.string()).readonly(),
    /** Headers that a person assigned, and of whom and when the assignment is, where an earlier import of the same source is followed. */
    assigned: z.array(z.strictObject({ header: z.string(), column: z.string().nullable() })).readonly(),
    kept: z.strictObject({ by: z.string(), at: instantSchema }).nullable(),
  }),
  added: z.number().int(),
  changedTaxpayers: z.number().int(),
  gone: z.number().int(),
  unchanged: z.number().int(),
  /** At most diffListedMax of each. */
  diff: z.strictObject({ added: z.array(taxpayerRef).readonly(), changed: z.array(taxpayerChange).readonly(), gone: z.array(taxpayerRef).readonly() }),
  faults: z.array(finding).readonly(),
  faultCount: z.number().int(),
  warnings: z.array(finding).readonly(),
  warningCount: z.number().int(),
  /** How many of the warnings a person must have seen before the import. */
  askingCount: z.number().int(),
  /** How many whole names damaged ones would replace: then nothing can be imported. */
  damagedCount: z.number().int(),
  /** A sentence for the clerk. */
  text: z.string(),
});
export type RosterImportResult = z.output<typeof rosterImportResult>;

export const rosterSortKeys = ['row', 'uscc', 'name', 'industry', 'rating', 'status', 'office', 'sales', 'baseCredit', 'endingCredit'] as const;
export type RosterSortKey = (typeof rosterSortKeys)[number];

const kinds = z.enum(['general', 'small-scale']);
const statuses = z.enum(['normal', 'suspended-business', 'abnormal', 'bankrupt', 'deregistered']);
const ratings = z.enum(['A', 'B', 'M', 'C', 'D', 'unrated']);
const sectionLetters = z.enum(industrySections.map((section) => section.letter) as [string, ...string[]]); // the table is not empty

export const rosterFilter = z.strictObject({
  period: periodSchema,
  /** Part of a code or a name. */
  search: textSchema(60).optional(),
  kind: kinds.optional(),
  status: statuses.optional(),
  rating: ratings.optional(),
  /** Letter of the industry section 门类. */
  section: sectionLetters.optional(),
  office: textSchema(100).optional(),
});
export type RosterFilter = z.output<typeof rosterFilter>;

const listedTaxpayer = z.strictObject({
  row: z.number().int(),
  uscc: z.string(),
  name: z.string(),
  kind: kinds.nullable(),
  status: statuses,
  industryCode: z.string().nullable(),
  rating: ratings.nullable(),
  office: z.string().nullable(),
  prevYearSales: yuanDifference.nullable(),
  baseCredit: yuanDifference.nullable(),
  endingCredit: yuanDifference.nullable(),
});
export type ListedTaxpayer = z.output<typeof listedTaxpayer>;

const importErrors = [
  'ROSTER_FILE_UNREADABLE', 'ROSTER_FILE_TOO_LARGE', 'ROSTER_FILE_EMPTY', 'ROSTER_FILE_IS_WORKBOOK', 'ROSTER_FILE_NOT_TABLE', 'ROSTER_WORKBOOK_UNSAFE', 'ROSTER_WORKBOOK_SHEETS',
  'ROSTER_ENCODING_UNKNOWN', 'ROSTER_SEPARATOR', 'ROSTER_COLUMNS_LACKING', 'ROSTER_COLUMN_UNKNOWN', 'ROSTER_NAMES_DAMAGED', 'ROSTER_WARNINGS_UNSEEN',
  'ROSTER_HEADER_INVALID', 'ROSTER_ROWS_TOO_MANY', 'ROSTER_COLUMNS_TOO_MANY', 'ROSTER_LINE_ENDS', 'ROSTER_READING_STOPPED', 'ROSTER_ROWS_FAULTY',
  'ROSTER_NO_ROWS', 'ROSTER_PERIOD_NEEDED', 'ROSTER_PERIOD_AHEAD',
];

export const rosterContract = {
  'roster.import': command(
    z.strictObject({
      /** Token of a file the operator chose. */
      file: z.string().min(1).max(4000),
      period: periodSchema.optional(),
      /** Only look: what would change, and every fault. */
      dryRun: z.boolean().default(false),
      /** Import the good rows of a file that has faulty ones. */
      acceptValid: z.boolean().default(false),
      /** Headers of columns that the file lacks and whose blank is confirmed to count as it does. */
      without: z.array(textSchema(100)).max(100).default([]),
      /** How headers of the file are read; null = as a remark. Left out: as for the last file with the same headers. */
      assigned: z.array(z.strictObject({ header: textSchema(200), column: textSchema(100).nullable() })).max(256).optional(),
      /** The warnings that ask for a person's eye have been seen. */
      acceptWarnings: z.boolean().default(false),
    }),
    rosterImportResult,
    { title: '导入名册', may: ['handler'], agencies: ['tax'], errors: importErrors },
  ),
  'roster.list': query(
    rosterFilter.extend({ sort: z.enum(rosterSortKeys).default('row'), descending: z.boolean().default(false), ...windowSchema }),
    z.strictObject({
      rows: z.array(listedTaxpayer).readonly(),
      count: z.number().int(),
      /** Yuan of the whole filtered set; blanks count as nothing, `blank…` says how many there are. */
      totals: z.strictObject({ prevYearSales: z.string(), baseCredit: z.string(), endingCredit: z.string(), blankEndingCredit: z.number().int() }),
    }),
    { title: '名册清单', may: businessDuties, agencies: ['tax'] },
  ),
  'roster.get': query(
    z.strictObject({ uscc: typedCodeSchema, period: periodSchema }),
    z.strictObject({
      period: periodSchema,
      uscc: z.string(),
      name: z.string(),
      row: z.number().int(),
      /** Every column in the order of the table, as a person reads it; '' = blank. */
      fields: z.array(z.strictObject({ key: z.string(), header: z.string(), text: z.string() })).readonly(),
      remarks: z.record(z.string(), z.string()),
    }),
    { title: '名册中的一户', may: businessDuties, agencies: ['tax'], errors: ['ROSTER_TAXPAYER_UNKNOWN'] },
  ),
  'roster.export': query(
    z.strictObject({ period: periodSchema, file: z.string().min(1).max(4000) }),
    z.strictObject({ period: periodSchema, file: z.string(), rows: z.number().int(), bytes: z.number().int(), hash: z.string() }),
    { title: '导出名册', may: businessDuties, agencies: ['tax'], errors: ['ROSTER_PERIOD_EMPTY', 'ROSTER_EXPORT_FAILED'] },
  ),
  'roster.template': query(
    z.strictObject({ file: z.string().min(1).max(4000) }),
    z.strictObject({ file: z.string(), bytes: z.number().int() }),
    { title: '下载名册模板', may: businessDuties, agencies: ['tax'], errors: ['ROSTER_EXPORT_FAILED'] },
  ),
  'roster.imports': query(
    z.strictObject({ period: periodSchema.optional(), ...windowSchema }),
    z.strictObject({
      imports: z.array(
        z.strictObject({
          period: periodSchema,
          number: z.number().int(),
          /** Whether this import is what stands for its period. */
          stands: z.boolean(),
          file: z.string(),
          fileHash: z.string(),
          rows: z.number().int(),
          rejected: z.number().int(),
          added: z.number().int(),
          changed: z.number().int(),
          gone: z.number().int(),
          at: z.string(),
          maker: z.string(),
        }),
      ).readonly(),
      count: z.number().int(),
    }),
    { title: '名册导入记录', may: businessDuties, agencies: ['tax'] },
  ),
};
