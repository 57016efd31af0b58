/** The door of the roster for threads and commands that hold no ledger 不用账本的门: files in batches and their rows. It reaches no database. */
export { batchReader, type RosterBatch } from './batch-rows.ts';
export { openRosterBatches, passedFileBytesMax, readingRefusal, type RosterBatches } from './roster-batches.ts';
export { countedColumns, decidingLacking } from './lacking-columns.ts';
export { fileRefusal } from './file-refusal.ts';
export { rosterRowOfLine } from './normal-form.ts';
export { csvCell } from './roster-csv.ts';
export { shieldedText } from './cell-text.ts';
export type { PlainColumn, PlainRow } from './plain-table.ts';
export { readPlainFile, type ListFound } from './plain-file.ts';
export { readJsonFile, readSettings } from './json-file.ts';
export { readRoster, rosterFileBytesMax } from './roster-reader.ts';
export type { RosterHeader } from './roster-header.ts';
