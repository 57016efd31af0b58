/** The door of 报表. */
export type { ReportSources } from './paper.ts';
export { tableWorkbook } from './table-workbook.ts';
