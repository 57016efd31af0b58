/**
 * Restoring an office 恢复单位 from a backup file, into an empty or missing folder only: decrypt, compare with the header, bring to the present schema,
 * verify in full, write down where it came from, and only then give the ledger its name. The restored office is read-only until its channels are opened
 * anew. No existing office is ever touched, and a restore that fails leaves the folder as it was.
 * @source shared spec decisions 8, 16; ledger.md (Restore)
 */
import { backupFormat, backupHeaderSchema, type BackupHeader, type RestoredRecord } from '../../shared/administration/backup-model.ts';
import { refuse } from '../../shared/errors.ts';
import { instantOf } from '../../shared/kernel/civil-date.ts';
import { backupMark, driveReasonNames, ledgerRestored, officeIdentity, phraseOf, practicePhraseBytes, readOffice, readPrivateKeys, readRestored, recoveryIdentity } from '../administration/index.ts';
import { bringUpToDate, journalFor, verifySchema } from '../journal/index.ts';
import { examineLedger } from './ledger-examination.ts';
import { refusingLedgerFaults } from './ledger-refusals.ts';
import type { Surroundings } from '../journal/index.ts';
import { BackupFault, readBackup, type ReadBackup } from '../platform/backup-file.ts';
import { DatabaseFault, isSqliteError, openLedgerFile, readLedgerStamp, type Database } from '../platform/database.ts';
import { DriveFault, driveFaultOf } from '../platform/drive.ts';
import { isEmptyFolder, ledgerExists, makeRoot, officeFolders, removeFile, removeMadeFolder } from '../platform/folders.ts';
import { openSecret } from '../platform/keystore.ts';
import { ledgerApplicationId } from '../platform/ledger-companions.ts';
import { nameLedgerFile } from '../platform/ledger-file.ts';
import { fileNameOf } from '../platform/text-file.ts';

/** What may open a backup, asked for in this order; a practice backup needs neither. */
export type RestoreKeys = {
  /** The recovery phrase as typed; asked only when nothing else opens the file. */
  readonly phrase: () => string | null;
  /** Identities of an office that still has its keys; see `identitiesOf`. */
  readonly identities: readonly string[];
};

export type Restored = { readonly office: BackupHeader['office']; readonly record: RestoredRecord; readonly entries: number; readonly blobs: number; readonly stateRows: number };

/**
 * Restores a backup. @returns what was restored; open it with openOffice
 * @throws Refusal RESTORE_FOLDER_TAKEN, BACKUP_UNREADABLE, BACKUP_DAMAGED, BACKUP_OTHER_FORMAT, BACKUP_NOT_OPENED, DATABASE_NEWER, RESTORE_FAULTY
 */
export async function restoreOffice(file: string, dir: string, keys: RestoreKeys, env: Surroundings): Promise<Restored> {
  const folders = officeFolders(dir);
  const name = fileNameOf(file);
  if (!refusingFolder(dir, () => isEmptyFolder(dir))) refuse('RESTORE_FOLDER_TAKEN', { dir });
  const half = `${folders.ledger}.restoring`;
  const made = refusingFolder(dir, () => makeRoot(folders));
  try {
    const { header, read } = await openWithAnyKey({ file, into: half, keys, env });
    const counts = adoptLedger(half, { header, read, name }, env);
    nameLedgerFile(half, folders.ledger);
    return { office: header.office, ...counts };
  } catch (error) {
    removeFile(half);
    if (made && !ledgerExists(folders)) removeMadeFolder(dir);
    if (error instanceof BackupFault) return error.reason === 'key' ? refuse('BACKUP_NOT_OPENED', { file: name }) : refuse('BACKUP_DAMAGED', { file: name, reason: '内容被截断、改动，或不是备份' });
    if (error instanceof DriveFault) return refuse('BACKUP_UNREADABLE', { file: name, reason: driveReasonNames[error.reason] });
    if (error instanceof DatabaseFault || isSqliteError(error)) return refuse('RESTORE_FAULTY', { fault: '其中的数据库无法读取' });
    throw error;
  }
}

/** Identities of an office whose folder still stands: its encryption keys, opened by the key passphrase. Nothing is written there. */
export async function identitiesOf(dir: string, passphrase: () => string): Promise<string[]> {
  const folders = officeFolders(dir);
  if (!ledgerExists(folders)) refuse('NOT_AN_OFFICE', { dir });
  const keys = readingKeys(folders.ledger).filter((key) => key.purpose === 'encryption');
  const given = keys.some((key) => key.sealing !== 'none') ? passphrase() : '';
  const identities: string[] = [];
  for (const key of keys) {
    const secret = key.sealing === 'none' ? key.sealed : await openSecret(key.sealed, given);
    identities.push(officeIdentity(secret ?? refuse('KEY_PASSPHRASE_WRONG')));
  }
  return identities;
}

function readingKeys(ledger: string): ReturnType<typeof readPrivateKeys> {
  const db = refusingLedgerFaults(ledger, () => openLedgerFile(ledger, { mustExist: true, readOnly: true }));
  try {
    return readPrivateKeys(db);
  } catch (error) {
    if (isSqliteError(error)) return refuse('NOT_A_LEDGER', { file: ledger });
    throw error;
  } finally {
    db.close();
  }
}

type Opening = { readonly file: string; readonly into: string; readonly keys: RestoreKeys; readonly env: Surroundings };
type Opened = { readonly header: BackupHeader; readonly read: ReadBackup };

/** The open phrase of practice offices and the office's own keys first; the typed phrase only when they do not fit. */
async function openWithAnyKey(terms: Opening): Promise<Opened> {
  try {
    return await openWith(terms, [recoveryIdentity(practicePhraseBytes), ...terms.keys.identities]);
  } catch (error) {
    const phrase = error instanceof BackupFault && error.reason === 'key' ? terms.keys.phrase() : null;
    if (phrase === null) throw error;
    return openWith(terms, [recoveryIdentity(phraseOf(phrase))]);
  }
}

async function openWith({ file, into, env }: Opening, identities: readonly string[]): Promise<Opened> {
  const headers: BackupHeader[] = [];
  const read = await readBackup({
    path: file, into, key: { identities },
    told: (bytes) => { env.progress(Math.ceil(bytes / 1_048_576), 0, '解密备份（MB）'); },
    headTaken: (head) => { headers.push(headerOf(head, fileNameOf(file))); },
  });
  const [header] = headers;
  if (header === undefined) throw new BackupFault('head');
  return { header, read };
}

/** @throws BackupFault for anything but the two lines of a backup; Refusal BACKUP_OTHER_FORMAT */
function headerOf(head: string, file: string): BackupHeader {
  const [mark = '', body = ''] = head.split('\n');
  const [word, version] = mark.split('/');
  if (word !== backupMark) throw new BackupFault('head');
  if (version !== String(backupFormat)) refuse('BACKUP_OTHER_FORMAT', { file, found: version ?? '?', known: backupFormat });
  const parsed = backupHeaderSchema.safeParse(jsonOf(body));
  if (!parsed.success) throw new BackupFault('head', parsed.error);
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BackupFault('head', error);
  }
}

/** Compares with the header, brings the state to today's form, verifies in full and writes the entry of the restore. The file is still under its half name. */
function adoptLedger(half: string, given: Opened & { readonly name: string }, env: Surroundings): Omit<Restored, 'office'> {
  const { header, read, name } = given;
  if (read.ledger.sha256 !== header.ledger.sha256 || read.ledger.bytes !== header.ledger.bytes) throw new BackupFault('damaged');
  const stamp = readLedgerStamp(half);
  if (stamp.applicationId !== ledgerApplicationId || stamp.version !== header.schemaVersion) refuse('RESTORE_FAULTY', { fault: '不是留抵直达的账本文件' });
  rebuildIfOther(half, env);
  const db = openLedgerFile(half, { mustExist: true });
  try {
    const result = examineLedger({ db, form: env.form, depth: 'deep', progress: (done, total) => { env.progress(done, total, '完整校验'); } });
    const fault = result.faults[0]?.message ?? (result.head.hash === header.head.hash && result.head.seq === header.head.seq ? null : '账本头与备份所记不同');
    if (fault !== null) refuse('RESTORE_FAULTY', { fault });
    if (JSON.stringify(readOffice(db)?.identity) !== JSON.stringify(header.office)) refuse('RESTORE_FAULTY', { fault: '单位与备份所记不同' });
    const record = recordRestore(db, { header, read, name }, env);
    return { record, entries: result.entries, blobs: result.blobs, stateRows: result.stateRows };
  } finally {
    db.close();
  }
}

/** The schema is compared before anything else is asked of a file that came from outside; a state of another version is then made anew. */
function rebuildIfOther(half: string, env: Surroundings): void {
  const db = openLedgerFile(half, { mustExist: true });
  const shape = verifySchema(db, env.form)[0];
  db.close();
  const outcome = bringUpToDate(half, env.form, {
    at: instantOf(env.clock()), progress: (done, total) => { env.progress(done, total, '按账本重建状态'); }, verify: () => shape?.message ?? null,
  });
  if (outcome.kind === 'newer') refuse('DATABASE_NEWER', { found: outcome.found });
  if (outcome.kind === 'refused') refuse('RESTORE_FAULTY', { fault: outcome.fault });
  if (shape !== undefined) refuse('RESTORE_FAULTY', { fault: shape.message });
  if (outcome.kind === 'rebuilt') removeFile(outcome.oldFile);
}

function recordRestore(db: Database, { header, read, name }: Opened & { readonly name: string }, env: Surroundings): RestoredRecord {
  db.exec('BEGIN IMMEDIATE');
  const journal = journalFor({ db, kinds: env.form.kinds, at: instantOf(env.clock()), maker: '#program', random: env.random });
  journal.append(ledgerRestored, {
    key: `administration.restored/${String(header.head.seq + 1)}`, subject: header.office.county,
    facts: { head: header.head, backupMadeAt: header.madeAt, backupSha256: read.sha256, backupFileName: name },
  });
  db.exec('COMMIT');
  return readRestored(db) ?? refuse('RESTORE_FAULTY', { fault: '恢复记录没有写成' });
}

function refusingFolder<T>(dir: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const fault = driveFaultOf(error);
    if (fault === null) throw error;
    return refuse('RESTORE_FOLDER_REFUSED', { dir, reason: driveReasonNames[fault.reason] });
  }
}
