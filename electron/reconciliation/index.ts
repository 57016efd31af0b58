/** The door of 三方对账. */
export { reconcileFiles, statementHash, type ReconFiles, type ReconRun } from './reconcile-files.ts';
export { receiveSignature, receiveStatement, signatureStands, signatureToSend, statementFaults, statementToSend } from './doors.ts';
export { lockedThrough } from './locks.sql.ts';
