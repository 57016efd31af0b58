/**
 * Handlers of backup 备份 and verification 校验. A backup is made of a consistent copy, read back, opened and verified in full before it is recorded and
 * named; whatever fails on the way leaves neither a file nor an entry. How a ledger is examined and which key is the office's own is passed in.
 * @source shared spec decisions 7, 16, 22; ledger.md (Backup)
 */
import { z } from 'zod';
import type { backupContract } from '../../shared/administration/backup-contract.ts';
import { backupFormat, backupHeaderSchema, type BackupHeader, type BackupMade } from '../../shared/administration/backup-model.ts';
import { phraseBytes, phraseText, readPhrase } from '../../shared/administration/recovery-phrase.ts';
import { refuse } from '../../shared/errors.ts';
import { programVersion } from '../../shared/kernel/program-version.ts';
import { canonicalText, type Context, type HandlersOf, type LedgerForm, type LedgerHead, plain, prepared, type PrepareEnv, type Verification, writeCheckpoint } from '../journal/index.ts';
import { dropHalfBackup, halfBackup, nameBackup, readBackup, writeHalfBackup, type WrittenBackup } from '../platform/backup-file.ts';
import { isSqliteError, openLedgerFile, type Database } from '../platform/database.ts';
import { DriveFault, type DriveReason } from '../platform/drive.ts';
import { joinPath, removeFile, spoolPrefix } from '../platform/folders.ts';
import { outputHindrance, writeFaultNames } from '../platform/output-file.ts';
import { fileDigest } from '../platform/file-digest.ts';
import { hexOf } from '../platform/hash.ts';
import { logVersion } from '../platform/ledger-file.ts';
import { fileNameOf } from '../platform/text-file.ts';
import { backupMade, ledgerVerified, recoverySet } from './backup-entries.ts';
import { hasBusinessSince, privateKeyCount, readBackups, readLastVerification, readRecovery, readRestored } from './backup.sql.ts';
import { careDue } from './care.ts';
import { practicePhraseBytes, recoveryRecipient } from './recovery-key.ts';

/** What backups need of capabilities above and of the office. */
export type BackupNeeds = {
  examine(terms: { db: Database; form: LedgerForm; depth: 'chain' | 'deep'; progress: (done: number, total: number) => void }): Verification;
  /** `age1…` of the office's present encryption key, or null before it has keys. */
  ownRecipient(db: Database): string | null;
  /** Rows of the largest import after an entry. */
  largestImportSince(db: Database, seq: number): number;
};

const backupsListed = 200;
const faultsListed = 100;

/** Why a disk did not take or give a file, as the middle of a Chinese sentence. */
export const driveReasonNames: Readonly<Record<DriveReason, string>> = {
  'missing': '找不到文件或目录，或磁盘已拔出', 'not-a-file': '不是普通文件', 'empty': '文件是空的', 'too-large': '文件过大', 'unreadable': '磁盘读写出错',
  'reads-differ': '两次读出的内容不同', 'full': '磁盘空间不足', 'read-only': '没有写入权限', 'written-differs': '写入后读回的内容不同', 'name-taken': '已有同名而内容不同的文件',
  'spool-full': '本机磁盘空间不足', 'spool-unusable': '数据目录中的暂存文件夹不能写入',
};

export function backupHandlers(terms: BackupNeeds): HandlersOf<typeof backupContract> {
  return {
    'administration.care': plain((ctx) => {
      const [lastBackup = null] = readBackups(ctx.db, 1);
      const lastVerification = readLastVerification(ctx.db);
      const recovery = readRecovery(ctx.db);
      const rowsEver = terms.largestImportSince(ctx.db, 0);
      const facts = {
        now: ctx.now, openedAt: ctx.office.openedAt, rowsEver,
        lastBackup: lastBackup === null ? null : { at: lastBackup.madeAt, workSince: hasBusinessSince(ctx.db, lastBackup.head.seq), rowsSince: terms.largestImportSince(ctx.db, lastBackup.head.seq) },
        lastVerification: lastVerification === null ? null : { at: lastVerification.at, rowsSince: terms.largestImportSince(ctx.db, lastVerification.head.seq) },
      };
      return {
        recovery: recovery === null ? null : { setAt: recovery.setAt, setBy: recovery.setBy },
        lastBackup, lastVerification, restored: readRestored(ctx.db), due: ctx.writable ? careDue(facts) : [],
      };
    }),
    'administration.backups': plain((ctx) => ({ backups: readBackups(ctx.db, backupsListed) })),
    'administration.proposeRecovery': plain((ctx) => ({ phrase: phraseText(ctx.random(phraseBytes)) })),
    'administration.setRecovery': plain((ctx, { phrase, typedBack }) => {
      const bytes = phraseOf(phrase);
      const groups = phraseText(bytes).split('-');
      const wrong = typedBack.filter(({ group, text }) => groups[group - 1] !== text.trim().toUpperCase()).map(({ group }) => group);
      const distinct = new Set(typedBack.map(({ group }) => group)).size;
      if (wrong.length > 0 || distinct < typedBack.length) refuse('RECOVERY_NOT_WRITTEN_DOWN', { groups: wrong.length > 0 ? wrong.join('、') : typedBack.map(({ group }) => group).join('、') });
      const replaced = readRecovery(ctx.db) !== null;
      ctx.journal.append(recoverySet, { key: nextKey(ctx, 'recovery-set'), subject: ctx.office.county, facts: { recipient: recoveryRecipient(bytes) } });
      return { replaced };
    }),
    'administration.backup': prepared({
      prepare: (env, { file }) => prepareBackup(env, { path: env.resolveFile(file), replace: env.mayReplace(file) }, terms),
      apply: (ctx, _input, proven) => nameAndRecord(ctx, proven),
    }),
    'administration.verify': prepared({
      prepare: (env, { depth }) => {
        const label = depth === 'deep' ? '重建并逐格比较' : '校验摘要链';
        const result = env.read((ctx) => terms.examine({ db: ctx.db, form: env.form, depth, progress: (done, total) => { env.progress(done, total, label); } }));
        const first = result.faults[0];
        if (first !== undefined) env.turnReadOnly(first.message);
        return Promise.resolve(result);
      },
      apply: (ctx, { depth }, result) => {
        const { head, entries, blobs, stateRows, state, faults } = result;
        const recorded = ctx.writable && faults.length === 0;
        if (recorded) {
          writeCheckpoint(ctx.db, head, ctx.now);
          ctx.journal.append(ledgerVerified, { key: nextKey(ctx, 'ledger-verified'), subject: ctx.office.county, facts: { depth, head, entries, blobs, stateRows } });
        }
        return { ok: faults.length === 0, depth, head, entries, blobs, stateRows, state, faults: faults.slice(0, faultsListed), faultCount: faults.length, recorded };
      },
    }),
  };
}

/** The bytes of a typed phrase. @throws Refusal RECOVERY_PHRASE_LENGTH, RECOVERY_PHRASE_GROUPS */
export function phraseOf(text: string): Uint8Array {
  const reading = readPhrase(text);
  switch (reading.kind) {
    case 'read':
      return reading.bytes;
    case 'length':
      return refuse('RECOVERY_PHRASE_LENGTH', { count: reading.characters });
    case 'groups':
      return refuse('RECOVERY_PHRASE_GROUPS', { groups: reading.wrong.join('、') });
  }
}

type Target = { readonly path: string; /** The person agreed that a file of this name is replaced. */ readonly replace: boolean };
type Proven = Target & { readonly made: BackupMade };

async function prepareBackup(env: PrepareEnv, target: Target, terms: BackupNeeds): Promise<Proven> {
  const { path, replace } = target;
  const fileName = fileNameOf(path);
  const hindrance = outputHindrance(path, replace);
  if (hindrance === 'exists') refuse('BACKUP_FILE_EXISTS', { file: fileName });
  if (hindrance !== null) refuse('BACKUP_NOT_WRITTEN', { reason: writeFaultNames[hindrance] });
  const { own, recovery } = env.read((ctx) => ({ own: terms.ownRecipient(ctx.db), recovery: readRecovery(ctx.db) }));
  if (own === null || (recovery === null && !env.office.practice)) return refuse('RECOVERY_NOT_SET');
  const copies = { made: passingCopy(env), readBack: passingCopy(env) };
  try {
    const { head, header } = copyWithHeader(env, copies.made);
    const steps = stepsOf(env, header.ledger.bytes);
    const written = await writeHalfBackup({
      path, head: headLines(header), ledger: copies.made, recipients: [own, recovery?.recipient ?? recoveryRecipient(practicePhraseBytes)], told: (bytes) => { steps(bytes, '加密写入'); },
    });
    removeFile(copies.made);
    const counts = await rehearse({ env, path, into: copies.readBack, header, written, terms, steps });
    return { ...target, made: { fileName, sha256: written.sha256, bytes: written.bytes, head, counts, recovery: recovery === null ? 'practice' : 'phrase' } };
  } catch (error) {
    dropHalfBackup(path);
    if (error instanceof DriveFault) return refuse('BACKUP_NOT_WRITTEN', { reason: driveReasonNames[error.reason] });
    if (isSqliteError(error) && error.code === 'SQLITE_FULL') return refuse('DISK_FULL');
    // A limit on the size of files, or a disk that fails: the ledger itself was only read.
    if (isSqliteError(error) && error.code.startsWith('SQLITE_IOERR')) return refuse('BACKUP_NOT_WRITTEN', { reason: driveReasonNames.unreadable });
    throw error;
  } finally {
    removeFile(copies.made);
    removeFile(copies.readBack);
  }
}

/** Copy, head and what the header says are of one moment: nothing can be written between them. */
function copyWithHeader(env: PrepareEnv, copy: string): { readonly head: LedgerHead; readonly header: BackupHeader } {
  const { head, version } = env.read((ctx) => ({ head: ctx.journal.head(), version: logVersion(ctx.db) }));
  env.copyLedger(copy);
  return { head, header: { format: backupFormat, office: env.office, head, schemaVersion: version, madeAt: env.now, program: programVersion, ledger: fileDigest(copy) } };
}

/** The two lines before the ledger: what the file is, and its header. */
function headLines(header: BackupHeader): string {
  return `${backupMark}/${String(backupFormat)}\n${canonicalText(z.encode(backupHeaderSchema, header))}\n`;
}

/** First word of the plaintext of every backup, followed by `/` and the format version. */
export const backupMark = 'liudi-backup';

type Rehearsal = {
  readonly env: PrepareEnv; readonly path: string; readonly into: string; readonly header: BackupHeader; readonly written: WrittenBackup; readonly terms: BackupNeeds;
  readonly steps: (bytes: number, label: string) => void;
};

/** The file as it lies there is read, decrypted, opened and verified in full 演练恢复. @returns what was counted in it */
async function rehearse({ env, path, into, header, written, terms, steps }: Rehearsal): Promise<BackupMade['counts']> {
  const found = await readBackup({ path: halfBackup(path), into, key: { fileKey: written.fileKey }, told: (bytes) => { steps(bytes, '读回解密'); }, headTaken: () => undefined });
  if (found.sha256 !== written.sha256 || `${found.head}\n` !== headLines(header) || found.ledger.sha256 !== header.ledger.sha256) refuse('BACKUP_REHEARSAL_FAILED', { reason: '读回的内容与写入的不同' });
  const db = openLedgerFile(into, { mustExist: true, readOnly: true });
  try {
    const result = terms.examine({ db, form: env.form, depth: 'deep', progress: (done, total) => { env.progress(done, total, '打开并完整校验'); } });
    const fault = result.faults[0]?.message ?? (result.head.hash === header.head.hash ? null : '账本头与备份时不同');
    if (fault !== null) refuse('BACKUP_REHEARSAL_FAILED', { reason: fault });
    return { entries: result.entries, blobs: result.blobs, stateRows: result.stateRows, privateKeys: privateKeyCount(db) };
  } finally {
    db.close();
  }
}

/** Recorded and named in one transaction: the name is given last, so that a recorded backup has its file. */
function nameAndRecord(ctx: Context, { path, replace, made }: Proven): BackupMade & { madeAt: Context['now']; madeBy: string } {
  try {
    ctx.journal.append(backupMade, { key: nextKey(ctx, 'backup-made'), subject: ctx.office.county, facts: made });
    if (!nameBackup(path, replace)) refuse('BACKUP_FILE_EXISTS', { file: made.fileName });
  } catch (error) {
    dropHalfBackup(path);
    if (error instanceof DriveFault) return refuse('BACKUP_NOT_WRITTEN', { reason: driveReasonNames[error.reason] });
    throw error;
  }
  return { ...made, madeAt: ctx.now, madeBy: ctx.actor.username };
}

function nextKey(ctx: Context, what: string): string {
  return `administration.${what}/${String(ctx.journal.head().seq + 1)}`;
}

function passingCopy(env: PrepareEnv): string {
  return joinPath(env.folders.spool, `${spoolPrefix}${hexOf(env.random(8))}.db`);
}

/** Progress in mebibytes, so that large ledgers stay readable. */
function stepsOf(env: PrepareEnv, ledgerBytes: number): (bytes: number, label: string) => void {
  const mebibyte = 1_048_576;
  const total = Math.max(1, Math.ceil(ledgerBytes / mebibyte));
  return (bytes, label) => { env.progress(Math.min(total, Math.ceil(bytes / mebibyte)), total, `${label}（MB）`); };
}
