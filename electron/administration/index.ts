/** The door of 系统管理: the office, its people, its secrets. */
export { administrationHandlers, recordAccess, setOperator } from './administration.service.ts';
export { accessRecorded, actRefused, administrationEntries, officeOpened, officeOpenedKey, operatorSet as operatorSetEntry } from './entries.ts';
export {
  insertPrivateKey, readFailures, readOffice, readOperator, readOperators, readPasswordHash, readPrivateKeys,
  writeFailures, writePasswordHash,
} from './administration.sql.ts';
export { afterFailure, failuresBeforeLock, isLocked } from './sign-in.ts';
export { backupHandlersOver, backupMark, driveReasonNames, phraseOf, type BackupTerms } from './backup.service.ts';
export { backupEntries, ledgerRestored } from './backup-entries.ts';
export { readRestored } from './backup.sql.ts';
export { restoredOrigin } from './restored-origin.ts';
export { officeIdentity, practicePhraseBytes, recoveryIdentity } from './recovery-key.ts';
export { administrationTables } from './administration.tables.ts';
