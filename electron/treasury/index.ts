/** The door of 退库. */
export {
  batchConflicts, markReceiptSent, receiveBatch, receiveSuspensions, suspensionNumberReceived, unsentOutcomes, untellReceipt, type IncomingSuspension, type OutcomeForExport,
} from './doors.ts';
export { receiveList, type ListLine } from './listed.ts';
export { treasuryReconLines } from './recon-lines.sql.ts';
export { tellBatch, tellReceipt, toldAlready } from './told.ts';
export type { ReceiptReader } from './outcomes.sql.ts';
