/** The door of 系统管理: the office, its people, its secrets. */
export { setOperator } from './administration.service.ts';
export { recordAccess, writeSecret } from './access.ts';
export { clockFloor, clockStanding, type ClockFloor } from './clock-floor.ts';
export { alteredSecrets } from './secret-check.ts';
export { countRight, countWrong, notesInLedger, notesInMemory, refuseWhileLocked, type AttemptNotes } from './attempts.ts';
export { refuseUnsettledPassword } from './password-standing.ts';
export { refuseWeak } from './passwords.service.ts';
export { accessRecorded, actRefused, firstOperatorKey, officeOpened, officeOpenedKey, operatorSet as operatorSetEntry } from './entries.ts';
export {
  insertPrivateKey, personName, readFailures, readOffice, readOperator, readOperators, readPasswordHash, readPrivateKeys,
  writeFailures,
} from './administration.sql.ts';
export { afterFailure, failuresBeforeLock, isLocked } from './sign-in.ts';
export { backupMark, driveReasonNames, phraseOf } from './backup.service.ts';
export { ledgerRestored } from './backup-entries.ts';
export { readRestored, restoredAt, restoredOrigin } from './backup.sql.ts';
export { officeIdentity, practicePhraseBytes, recoveryIdentity } from './recovery-key.ts';
