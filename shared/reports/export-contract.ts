/**
 * The operation behind “导出 xlsx” of every table of the window: the rows that the window has fetched, in its order and under its filters, become
 * a workbook. It reads nothing of the ledger, so it shows a person nothing that the lists did not show.
 */
import { z } from 'zod';
import { duties } from '../kernel/office.ts';
import { query } from '../kernel/operation.ts';
import { requiredText, textSchema } from '../kernel/schema.ts';

/** Of a table's columns; `money` is yuan text and becomes a number, `count` a whole number, everything else stays text. */
export const exportedKinds = ['text', 'code', 'money', 'date', 'period', 'state', 'count'] as const;

/** The file is made in memory: 50,000 rows of 22 columns took 10 s and 0.8 GB. More rows have to be filtered first. */
export const exportedRowsMax = 50_000;
export const exportedColumnsMax = 100;
/** Of the request as JSON: 50,000 rows of the widest list are 20 MB. */
export const exportedBytesMax = 33_554_432;

const cells = z.array(z.string().max(4000)).max(exportedColumnsMax).readonly();

export const tableExportContract = {
  'reports.exportTable': query(
    z
      .strictObject({
        /** Token of the file a person chose; a file that stands is replaced only where the dialog asked and the person said yes. */
        file: z.string().min(1).max(4000),
        /** What the rows are: 退税办理清单. */
        title: requiredText(100),
        /** Lines below the title: filing period, filters, 单位：元. */
        notes: z.array(textSchema(300)).max(5).default([]),
        /** `width` in pixels as the table has it. */
        columns: z.array(z.strictObject({ title: requiredText(100), kind: z.enum(exportedKinds), width: z.number().min(20).max(2000) })).min(1).max(exportedColumnsMax),
        /** Every row of the filtered set, words already Chinese, amounts in yuan; '' is blank. */
        rows: z.array(cells).max(exportedRowsMax).readonly(),
        /** One text a column; the first cell says what they count. Null without totals. */
        totals: cells.nullable(),
      })
      .refine(({ columns, rows, totals }) => rows.every((row) => row.length === columns.length) && (totals === null || totals.length === columns.length), '每行的格数须与列数相同'),
    z.strictObject({ file: z.string(), rows: z.number().int(), bytes: z.number().int(), hash: z.string() }),
    { title: '导出表格', may: duties, errors: ['REPORT_FILE_REFUSED'] },
  ),
};
