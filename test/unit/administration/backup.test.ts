/** Backup and restore of whole offices: what is written can be put back cell by cell, and whatever goes wrong leaves neither a file nor an office. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { phraseText } from '../../../shared/administration/recovery-phrase.ts';
import { practicePhraseBytes, recoveryIdentity, recoveryRecipient } from '../../../electron/administration/recovery-key.ts';
import { openOffice } from '../../../electron/office/office.ts';
import { halfBackup, readBackup, writeHalfBackup } from '../../../electron/platform/backup-file.ts';
import { openLedgerFile } from '../../../electron/platform/database.ts';
import { sha256Hex } from '../../../electron/platform/hash.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { identitiesOf } from '../../../electron/office/restore-office.ts';
import { Refusal } from '../../../shared/kernel/errors.ts';
import { backUp, everyCell, filesIn, noKeys, restored, workedOffice } from '../../support/backups.ts';
import { done, refused, temporaryFolder, testClock, testEnv } from '../../support/practice.ts';

async function refusalOf(act: Promise<unknown>): Promise<string> {
  try {
    await act;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'done';
}

test('a backup put back is the same ledger in every cell, verifies in full and tells its origin', async () => {
  const { office, dir } = await workedOffice();
  const target = temporaryFolder();
  const file = join(target, '备份.age');
  const before = (await done(office, 'administration.status', {}, 'handler')).head;
  const made = await backUp(office, file);
  expect(made).toMatchObject({ fileName: '备份.age', head: before, recovery: 'practice', sha256: sha256Hex(readFileSync(file)), bytes: readFileSync(file).length, counts: { entries: before.seq, privateKeys: 3 } });
  expect(filesIn(target)).toEqual(['备份.age']);
  expect(filesIn(join(dir, 'spool'))).toEqual([]);
  office.close();

  const place = join(temporaryFolder(), '新', '单位');
  const outcome = await restored(file, place);
  expect(outcome.record).toMatchObject({ head: before, backupMadeAt: made.madeAt, backupSha256: made.sha256, backupFileName: '备份.age' });
  expect(everyCell(place, before.seq)).toEqual(everyCell(dir, before.seq));

  const again = openOffice(place, testEnv(testClock('2022-05-02T09:00')));
  try {
    expect(again.verify('deep')).toMatchObject({ faults: [], entries: before.seq + 1 });
    expect(again.fault).toBeNull();
    // It knew no peer, so no channel is left to open anew; an office that did stands still (C3 in exchange/epochs.test.ts).
    expect(again.restored).toBeNull();
    expect((await done(again, 'roster.list', { period: taxPeriod('2022-04') }, 'handler')).count).toBe(30);
    expect((await done(again, 'reports.render', { id: 'key-sheet' }, 'handler')).html).toContain('指纹');
    expect(await done(again, 'administration.verify', { depth: 'deep' }, 'audit')).toMatchObject({ ok: true, recorded: true });
    expect(await done(again, 'administration.care', {}, 'handler')).toMatchObject({ restored: { head: before } });
    expect((await again.signIn('handler', null)).ok).toBe(true);
  } finally {
    again.close();
  }
});

test('the office records what it backed up and verified, and says what is due', async () => {
  const { office, clock } = await workedOffice();
  clock.now += 8 * 86_400_000;
  expect((await done(office, 'administration.care', {}, 'handler')).due.map(({ what }) => what)).toEqual(['backup', 'verification']);
  const made = await backUp(office, join(temporaryFolder(), 'a.age'));
  expect(await done(office, 'administration.verify', { depth: 'deep' }, 'audit')).toMatchObject({
    ok: true, depth: 'deep', recorded: true, faultCount: 0, state: { program: '0.1.0', headSeq: 0, current: true },
  });
  const care = await done(office, 'administration.care', {}, 'handler');
  expect(care).toMatchObject({ due: [], lastBackup: { sha256: made.sha256, madeBy: 'system' }, lastVerification: { depth: 'deep', by: 'audit' }, restored: null });
  expect((await done(office, 'administration.backups', {}, 'audit')).backups.map(({ sha256 }) => sha256)).toEqual([made.sha256]);
  expect((await done(office, 'administration.status', {}, 'audit')).lastBackupAt).toBe(made.madeAt);
  expect(office.verify('deep').faults).toEqual([]);
  expect((await refused(office, 'administration.backup', { file: 'x.age' }, 'handler')).code).toBe('DUTY_NOT_HELD');
});

test('a phrase of the office replaces the open one of practice: it opens the backup, another does not, and the ledger holds only its public half', async () => {
  const { office, dir } = await workedOffice(3);
  const { phrase } = await done(office, 'administration.proposeRecovery', {}, 'system');
  const groups = phrase.split('-');
  const typed = (group: number, text = groups[group - 1] ?? ''): { group: number; text: string } => ({ group, text });
  expect((await refused(office, 'administration.setRecovery', { phrase, typedBack: [typed(2), typed(5, 'AAAAA')] }, 'system')).message).toContain('第 5 组');
  expect((await refused(office, 'administration.setRecovery', { phrase, typedBack: [typed(2), typed(2)] }, 'system')).code).toBe('RECOVERY_NOT_WRITTEN_DOWN');
  expect((await refused(office, 'administration.setRecovery', { phrase: phrase.slice(1), typedBack: [typed(2), typed(5)] }, 'system')).code).toBe('RECOVERY_PHRASE_LENGTH');
  expect(await done(office, 'administration.setRecovery', { phrase, typedBack: [typed(2), typed(5)] }, 'system')).toEqual({ replaced: false });
  const file = join(temporaryFolder(), 'b.age');
  expect((await backUp(office, file)).recovery).toBe('phrase');
  office.close();
  const bytes = readFileSync(join(dir, 'ledger.db'));
  for (const secret of [phrase, phrase.replaceAll('-', ''), groups[0] ?? '']) expect(bytes.includes(Buffer.from(secret))).toBe(false);

  const place = temporaryFolder();
  const other = phraseText(new Uint8Array(20).fill(9));
  expect(await refusalOf(restored(file, join(place, 'none')))).toBe('BACKUP_NOT_OPENED');
  expect(await refusalOf(restored(file, join(place, 'wrong'), undefined, { ...noKeys, phrase: () => other }))).toBe('BACKUP_NOT_OPENED');
  expect(await refusalOf(restored(file, join(place, 'slip'), undefined, { ...noKeys, phrase: () => phrase.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')) }))).toBe('RECOVERY_PHRASE_GROUPS');
  expect(filesIn(place)).toEqual([]);
  await restored(file, join(place, 'by-phrase'), undefined, { ...noKeys, phrase: () => phrase.toLowerCase() });
  await restored(file, join(place, 'by-key'), undefined, { ...noKeys, identities: await identitiesOf(dir, () => '') });
});

test('an existing file is not overwritten, and an occupied folder is not restored into', async () => {
  const { office, dir } = await workedOffice(2);
  const target = temporaryFolder();
  const file = join(target, 'c.age');
  writeFileSync(file, '别的文件');
  expect((await refused(office, 'administration.backup', { file }, 'system')).code).toBe('BACKUP_FILE_EXISTS');
  expect(readFileSync(file, 'utf8')).toBe('别的文件');
  const good = join(target, 'd.age');
  await backUp(office, good);
  office.close();
  const standing = sha256Hex(readFileSync(join(dir, 'ledger.db')));
  expect(await refusalOf(restored(good, dir))).toBe('RESTORE_FOLDER_TAKEN');
  expect(await refusalOf(restored(good, target))).toBe('RESTORE_FOLDER_TAKEN');
  expect(await refusalOf(restored(good, file))).toBe('RESTORE_FOLDER_REFUSED');
  expect(sha256Hex(readFileSync(join(dir, 'ledger.db')))).toBe(standing);
  expect(filesIn(target)).toEqual(['c.age', 'd.age']);
});

test('a missing folder, a folder in place of the file and a pulled disk are refused without an entry or a half file', async () => {
  const { office } = await workedOffice(2);
  const before = (await done(office, 'administration.status', {}, 'handler')).head;
  const target = temporaryFolder();
  mkdirSync(join(target, 'e.age.part'));
  for (const file of [join(target, 'gone', 'e.age'), join(target, 'e.age')]) expect((await refused(office, 'administration.backup', { file }, 'system')).code, file).toBe('BACKUP_NOT_WRITTEN');
  expect(filesIn(target)).toEqual(['e.age.part']);
  expect((await done(office, 'administration.status', {}, 'handler')).head).toEqual(before);
  expect(filesIn(office.folders.spool)).toEqual([]);
});

test('a disk that fills up leaves no half file, and a disk that lies is found out when the file is read back', async () => {
  const folder = temporaryFolder();
  const ledger = join(folder, 'ledger');
  writeFileSync(ledger, new Uint8Array(300_000).fill(5));
  const terms = { path: join(folder, 'f.age'), head: 'liudi-backup/1\n{}\n', ledger, recipients: [recoveryRecipient(practicePhraseBytes)], told: () => undefined };
  let left = 3;
  const full = { write: (_fd: number, bytes: Uint8Array) => { left -= 1; if (left < 0) throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' }); return bytes.length; }, sync: () => undefined };
  await expect(writeHalfBackup(terms, full)).rejects.toMatchObject({ name: 'DriveFault', reason: 'full' });
  expect(filesIn(folder)).toEqual(['ledger']);

  const written = await writeHalfBackup(terms);
  const half = halfBackup(terms.path);
  const bytes = readFileSync(half);
  bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 1;
  writeFileSync(half, bytes);
  await expect(readBackup({ path: half, into: join(folder, 'back'), key: { fileKey: written.fileKey }, told: () => undefined, headTaken: () => undefined })).rejects.toMatchObject({ name: 'BackupFault', reason: 'damaged' });
});

test('a backup cut short, lengthened or with any bit turned over is refused, and no office comes of it', async () => {
  const { office } = await workedOffice(2);
  const good = join(temporaryFolder(), 'g.age');
  await backUp(office, good);
  const bytes = readFileSync(good);
  const place = temporaryFolder();
  const faulty = join(temporaryFolder(), 'faulty.age');
  const pieces = [new Uint8Array(0), bytes.subarray(0, 100), bytes.subarray(0, bytes.length - 1), bytes.subarray(0, bytes.length - 65_552), Buffer.concat([bytes, Buffer.from([0])])];
  const flips = [0, 30, 60, 150, 260, 330, 400, 470, 5000, Math.floor(bytes.length / 2), bytes.length - 1].map((at) => {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    return flipped;
  });
  for (const content of [...pieces, ...flips]) {
    writeFileSync(faulty, content);
    expect(['BACKUP_DAMAGED', 'BACKUP_NOT_OPENED']).toContain(await refusalOf(restored(faulty, join(place, 'x'))));
  }
  expect(await refusalOf(restored(join(place, 'missing.age'), join(place, 'x')))).toBe('BACKUP_UNREADABLE');
  expect(filesIn(place)).toEqual([]);
});

test('another format, an altered ledger under a sound envelope and another office’s header are refused', async () => {
  const { office } = await workedOffice(2);
  const good = join(temporaryFolder(), 'h.age');
  await backUp(office, good);
  const folder = temporaryFolder();
  const ledger = join(folder, 'ledger');
  const { head } = await readBackup({ path: good, into: ledger, key: { identities: [recoveryIdentity(practicePhraseBytes)] }, told: () => undefined, headTaken: () => undefined });
  const forged = async (name: string, lines: string, content = ledger): Promise<string> => {
    const path = join(folder, name);
    await writeHalfBackup({ path, head: lines, ledger: content, recipients: [recoveryRecipient(practicePhraseBytes)], told: () => undefined });
    renameSync(halfBackup(path), path);
    return refusalOf(restored(path, join(folder, 'place')));
  };
  expect(await forged('version.age', `${head}\n`.replace('liudi-backup/1', 'liudi-backup/2'))).toBe('BACKUP_OTHER_FORMAT');
  expect(await forged('word.age', 'other/1\n{}\n')).toBe('BACKUP_DAMAGED');
  expect(await forged('office.age', `${head}\n`.replace('凌源市', '别的市'))).toBe('RESTORE_FAULTY');
  const altered = join(folder, 'altered');
  copyFileSync(ledger, altered);
  const bytes = readFileSync(altered);
  const at = bytes.indexOf(Buffer.from('凌源市税务局'));
  bytes.set(Buffer.from('赤'), at);
  writeFileSync(altered, bytes);
  const headOf = (content: Uint8Array): string => `${head}\n`.replace(/"sha256":"[0-9a-f]{64}"/, `"sha256":"${sha256Hex(content)}"`);
  expect(await forged('altered.age', headOf(bytes), altered)).toBe('RESTORE_FAULTY');
  expect(await forged('unaltered.age', `${head}\n`, altered)).toBe('BACKUP_DAMAGED');
  expect(existsSync(join(folder, 'place'))).toBe(false);
});

test('a verification that finds a fault names it, records nothing and stops all writing', async () => {
  const { office, dir } = await workedOffice(2);
  office.close();
  const db = openLedgerFile(join(dir, 'ledger.db'), { mustExist: true });
  db.exec("UPDATE operator SET name = '旁人' WHERE username = 'handler'");
  db.close();
  const again = openOffice(dir, testEnv(testClock('2022-04-12T09:00')));
  try {
    const before = (await done(again, 'administration.status', {}, 'handler')).head;
    expect(await done(again, 'administration.verify', { depth: 'deep' }, 'audit')).toMatchObject({ ok: false, recorded: false, faults: [{ where: 'state', table: 'operator', key: 'handler', column: 'name' }] });
    expect(again.fault).toContain('operator');
    expect((await refused(again, 'roster.import', { file: 'x', period: '2022-04', dryRun: false, acceptValid: false }, 'handler')).code).toBe('LEDGER_READ_ONLY');
    expect((await done(again, 'administration.status', {}, 'handler')).head).toEqual(before);
  } finally {
    again.close();
  }
});
