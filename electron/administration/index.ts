/** The door of 系统管理: the office, its people, its secrets. */
export { administrationHandlers, recordAccess, setOperator } from './administration.service.ts';
export { accessRecorded, actRefused, administrationEntries, officeOpened, officeOpenedKey, operatorSet as operatorSetEntry } from './entries.ts';
export {
  insertPrivateKey, readFailures, readLastBackup, readOffice, readOperator, readOperators, readPasswordHash, readPrivateKeys,
  writeFailures, writePasswordHash,
} from './administration.sql.ts';
export { afterFailure, failuresBeforeLock, isLocked } from './sign-in.ts';
