/**
 * Operations of 报表: which reports this office prints, one report as a finished page, and its table as rows. PDF is made from the page by
 * whoever has a Chromium (the window, the command line), outside the ledger.
 */
import { z } from 'zod';
import { duties } from '../kernel/office.ts';
import { query } from '../kernel/operation.ts';
import { periodSchema, textSchema } from '../kernel/schema.ts';
import { typedCodeSchema } from '../roster/typed-code.ts';
import { orientations, reportFormats, reportIds, reportParameterNames, type ReportId, type ReportParameter } from './table.ts';

const idSchema = z.enum(reportIds as readonly [ReportId, ...ReportId[]]);
const parameterSchema = z.enum(Object.keys(reportParameterNames) as [ReportParameter, ...ReportParameter[]]); // the keys of a closed table

export const reportParamsSchema = z.strictObject({
  period: periodSchema.optional(),
  uscc: typedCodeSchema.optional(),
  batch: textSchema(20).optional(),
  voucher: textSchema(20).optional(),
  package: textSchema(40).optional(),
  amendment: textSchema(20).optional(),
});
export type ReportParams = z.output<typeof reportParamsSchema>;

const asked = z.strictObject({ id: idSchema, params: reportParamsSchema.default({}) });
const errors = [
  'REPORT_NOT_HERE', 'DUTY_NOT_HELD', 'REPORT_PARAMETER_MISSING', 'REPORT_PARAMETER_UNUSED', 'REPORT_NOTHING_FOUND', 'REPORT_FORMAT_UNFIT', 'DETERMINATION_MISSING', 'VOUCHER_UNKNOWN',
];

export const reportsContract = {
  'reports.list': query(
    z.strictObject({}),
    z.strictObject({
      reports: z.array(
        z.strictObject({
          id: idSchema, title: z.string(), says: z.string(), orientation: z.enum(orientations), formats: z.array(z.enum(reportFormats)),
          parameters: z.array(z.strictObject({ name: parameterSchema, title: z.string(), required: z.boolean() })),
        }),
      ),
    }),
    { title: '本单位的报表', may: duties },
  ),
  'reports.render': query(
    asked,
    z.strictObject({
      id: idSchema,
      title: z.string(),
      /** A file name for people, without its ending. */
      fileName: z.string(),
      orientation: z.enum(orientations),
      /** Sixteen hex digits in groups of four, as in the foot of every page: report, data and program version. */
      digest: z.string(),
      /** True when the ledger has nothing for it yet; the page then says what to do. */
      empty: z.boolean(),
      /** One self-contained page except for the fonts, which printing adds (platform/paper-fonts.ts). */
      html: z.string(),
    }),
    { title: '生成报表', may: duties, errors },
  ),
  'reports.table': query(
    asked,
    z.strictObject({
      id: idSchema, title: z.string(), fileName: z.string(), rows: z.number().int(), /** Without byte order mark. */ csv: z.string(),
      /** Head, lines and totals as they stand in the CSV. */
      cells: z.array(z.array(z.string()).readonly()).readonly(),
    }),
    { title: '导出报表数据', may: duties, errors },
  ),
};
