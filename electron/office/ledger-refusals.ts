/**
 * What a clerk is told when a ledger file cannot be opened 账本打不开. A sentence says "未改动" only where nothing was changed: what an undone act would make of
 * the ledger is tried on a copy first.
 */
import { refuse } from '../../shared/errors.ts';
import { driveReasonNames } from '../administration/index.ts';
import { DatabaseFault, isDiskFull, isSqliteError } from '../platform/database.ts';
import { driveFaultOf } from '../platform/drive.ts';
import { CompanionFault } from '../platform/ledger-companions.ts';
import { writeFaultNames, writeFaultOf } from '../platform/output-file.ts';

/**
 * Runs what opens a ledger and turns the faults of the file into refusals.
 * @throws Refusal OFFICE_IN_USE, NOT_A_LEDGER, COMPANION_FOREIGN, LEDGER_NOT_OPENED, DISK_FULL
 */
export function refusingLedgerFaults<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof CompanionFault) return refuseCompanion(error);
    if (error instanceof DatabaseFault) return error.reason === 'locked' ? refuse('OFFICE_IN_USE') : refuse('NOT_A_LEDGER', { file }, { cause: error.message });
    if (isDiskFull(error)) return refuse('DISK_FULL');
    const fault = driveFaultOf(error);
    if (fault !== null) return fault.reason === 'full' ? refuse('DISK_FULL') : refuse('LEDGER_NOT_OPENED', { file, reason: driveReasonNames[fault.reason] });
    if (isSqliteError(error) && /^SQLITE_(?:CANTOPEN|READONLY|IOERR|PERM)/.test(error.code)) {
      return refuse('LEDGER_NOT_OPENED', { file, reason: error.code.startsWith('SQLITE_IOERR') ? driveReasonNames.unreadable : '没有读写权限、磁盘是只读的，或它不是普通文件' }, { cause: error.message });
    }
    throw error;
  }
}

/**
 * Runs what makes folders and files of an office.
 * @throws Refusal FOLDER_UNUSABLE
 */
export function refusingFolderFaults<T>(dir: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const reason = writeFaultNames[writeFaultOf(error)];
    return refuse('FOLDER_UNUSABLE', { dir, reason });
  }
}

function refuseCompanion({ file, why, evidence }: CompanionFault): never {
  const kept = typeof evidence === 'string' ? `账本和它已原样另存到“${evidence}”` : `${driveReasonNames[evidence.notKept]}，未能另存副本`;
  return refuse('COMPANION_FOREIGN', { file, why, kept });
}
