/** The door of the journal 留痕: entries, blobs, heads and verification. */
export {
  blobRefSchema, canonicalText, chainHash, defineEntry, emptyHead, extendHead, foldEntryOf, kindsByName, leafHash, parseBody,
  type BlobRef, type EntryBody, type EntryDraft, type EntryKind, type EntryKinds, type FoldEntry, type FoldState, type JsonValue, type LedgerHead,
} from './entry.ts';
export { readBytes, readCheckpoint, readChunk, readEntries, readEntryAt, readEntryByKey, readHead, readLineAt, readLines, readNewest, writeCheckpoint } from './journal.sql.ts';
export { defineCapability, type AnyCapability, type AnyHandlers, type Capability, type DeskSource, type LedgerRule, type TrailSource } from './capability.ts';
export {
  bringUpToDate, foundLedger, logTableNames, makeTables, stateTableNames, stateVersionOf, type EntryQuestion, type EntryQuestions, type LedgerForm, type RebuildTerms, type StateOrigin, type StateTables,
} from './state.ts';
export { LinesInMaking, packedChunk, type PackedChunk, type PackedLines } from './packed-lines.ts';
export { journalFor, type Journal } from './writer.ts';
export { verifyDeciding, verifyDeep, verifyLedger, verifySchema, verifyTail, type LedgerFault, type Verification } from './verify.ts';
export {
  plain, prepared, type Actor, type AnyHandler, type Context, type HandlersOf, type KeyAccess, type KeyPurpose, type OpenOffice, type PrepareEnv, type Prepared, type Progress,
  type SealedKey, type Surroundings,
} from './context.ts';
export { actsOf, appendAct, caseHandlers, chosenCases, decideLines, possibleActs, runAct, withFacts, type BookAct, type LineScene } from './cases.ts';
export {
  deskLines, eventsDdl, keysInStates, lastEntryOf, moveCase, openCase, readHistory, rolesHeld, type CaseBook, type CaseRecord, type Change, type MoveEntry,
} from './case-book.ts';
export { judgeLockedDay, refuseLockedDay } from './locked-days.ts';
