/** The door of 三方对账. */
export { reconcileFiles, statementHash, type ReconFiles, type ReconRun } from './reconcile-files.ts';
export { receiveStatement, statementFaults, statementToSend } from './doors.ts';
