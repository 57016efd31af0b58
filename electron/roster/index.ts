/** The door of the roster 企业名册: reading files into rows, what stands for a filing period, and the parts the tables join. Without a ledger: without-ledger.ts. */
export { readRoster, readRosterCsv, rosterFileBytesMax, type RosterReading } from './roster-reader.ts';
export { rosterRowsMax, type ReadTerms, type RosterEnd } from './roster-rows.ts';
export { WorkbookEnded, type ReadRefusal, type RosterHeader } from './roster-header.ts';
export { readRosterFile, type RosterFile } from './roster-file.ts';
export { faultsWorkbook } from './roster-workbook.ts';
export type { PaidWatch } from './paid-watch.ts';
export { rosterTemplate } from './roster-template.ts';
export { csvCell, csvLine, rosterCsv } from './roster-csv.ts';
export { shieldedCell, shieldedText, unshieldedText } from './cell-text.ts';
export { findRosterRow, rosterChunks, rosterRows, rosterRowsOf, standingImport, type ImportRecord } from './roster.sql.ts';
