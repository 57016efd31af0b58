/** The door of 报表. */
export type { ReportSources } from './paper.ts';
export { reportsHandlersOver } from './reports.service.ts';
export { tableWorkbook } from './table-workbook.ts';
export { tableExportHandlers } from './table-export.ts';
