/** `backup` and `restore` of the command line: exit codes, one JSON document, secrets from standard input only, and a disk limit that really bites. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn } from '../../support/backups.ts';
import { errorOf, jsonOf, liudi } from '../../support/command-line.ts';
import { temporaryFolder } from '../../support/practice.ts';
import { root } from '../../support/source-tree.ts';

const init = (dir: string, ...more: string[]): string[] => ['office', 'init', dir, '--agency', 'tax', '--county', '211382', '--name', '凌源市税务局', ...more];

test('a practice office is backed up and restored without any secret; the restored one, which knew no peer, works on and says where it came from', () => {
  const folder = temporaryFolder();
  const [dir, file, place] = [join(folder, 'tax'), join(folder, 'a.age'), join(folder, 'restored')];
  expect(liudi(init(dir, '--unattended')).exit).toBe(0);
  const made = liudi(['backup', file, '--office', dir, '--json']);
  expect(made.exit).toBe(0);
  expect(jsonOf(made)).toMatchObject({ fileName: 'a.age', recovery: 'practice', bytes: readFileSync(file).length });
  expect(jsonOf(liudi(['office', 'status', '--office', dir, '--json']))).toMatchObject({ lastBackup: { fileName: 'a.age' }, lastVerification: null, restored: null, readOnly: null });
  expect(errorOf(liudi(['backup', file, '--office', dir, '--json'])).code).toBe('BACKUP_FILE_EXISTS');

  const back = liudi(['restore', file, place, '--json']);
  expect(back.exit).toBe(0);
  expect(jsonOf(back)).toMatchObject({ office: { name: '凌源市税务局', practice: true }, readOnly: false, restored: { head: (jsonOf(made)['head']) } });
  expect(errorOf(liudi(['restore', file, place, '--json'])).code).toBe('RESTORE_FOLDER_TAKEN');
  expect(liudi(['restore', file]).exit).toBe(2);
  expect(liudi(['ledger', 'verify', '--deep', '--office', place]).exit).toBe(0);
  const status = liudi(['office', 'status', '--office', place]);
  expect(status.stdout).toContain('本账本由备份恢复');
  expect(status.stdout).not.toContain('账本只读');
  expect(liudi(['key', 'rotate', '--office', place, '--json']).exit).toBe(0);
});

test('a real office needs its phrase: made once, shown once, read from standard input', () => {
  const folder = temporaryFolder();
  const [dir, file] = [join(folder, 'tax'), join(folder, 'b.age')];
  const password = 'administrator-1\n';
  expect(liudi(init(dir), `${password}key-passphrase-1\n`).exit).toBe(0);
  expect(errorOf(liudi(['backup', file, '--office', dir, '--as', 'admin', '--json'], password)).code).toBe('RECOVERY_NOT_SET');
  const made = liudi(['backup', file, '--new-phrase', '--office', dir, '--as', 'admin', '--json'], password);
  expect(made.exit).toBe(0);
  const phrase = String(jsonOf(made)['recoveryPhrase']);
  expect(made.stderr).toContain(phrase);
  const second = liudi(['backup', join(folder, 'c.age'), '--office', dir, '--as', 'admin', '--json'], password);
  expect([second.exit, jsonOf(second)['recoveryPhrase']]).toEqual([0, undefined]);

  const place = join(folder, 'place');
  const noSecret = liudi(['restore', file, place, '--json']);
  expect([noSecret.exit, errorOf(noSecret).code]).toEqual([1, 'SECRET_NEEDED']);
  expect(errorOf(liudi(['restore', file, place, '--json'], 'AAAAA-BBBBB\n')).code).toBe('RECOVERY_PHRASE_LENGTH');
  expect(errorOf(liudi(['restore', file, place, '--office', dir, '--json'], 'wrong-passphrase\n')).code).toBe('KEY_PASSPHRASE_WRONG');
  expect(liudi(['restore', file, join(folder, 'by-key'), '--office', dir], 'key-passphrase-1\n').exit).toBe(0);
  expect(liudi(['restore', join(folder, 'c.age'), place], `${phrase}\n`).exit).toBe(0);
  // Signing in stays possible, so that people can look; nothing of it is recorded.
  const looked = liudi(['operation', 'administration.backups', '--office', place, '--as', 'admin', '--json'], password);
  expect([looked.exit, (jsonOf(looked)['backups'] as unknown[]).length]).toEqual([0, 1]);
  expect(errorOf(liudi(['operation', 'administration.backups', '--office', place, '--as', 'admin', '--json'], 'wrong-password-1\n')).code).toBe('PASSWORD_WRONG');
});

test('a disk without room for the encrypted file gives a refusal, no file, and a ledger as it was', () => {
  const folder = temporaryFolder();
  const dir = join(folder, 'tax');
  expect(liudi(init(dir, '--unattended')).exit).toBe(0);
  // The limit admits what the ledger writes and ends within the encrypted file, whose size a first one tells.
  const first = jsonOf(liudi(['backup', join(temporaryFolder(), 'first.age'), '--office', dir, '--json']));
  const head = jsonOf(liudi(['office', 'status', '--office', dir, '--json']))['head'];
  const kib = Math.floor(Number(first['bytes']) / 1024) - 1;
  const words = ['--require', join(root, 'electron/need-node.cjs'), join(root, 'electron/cli.ts'), 'backup', join(folder, 'd.age'), '--office', dir, '--json'];
  const limited = spawnSync('bash', ['-c', `ulimit -f ${String(kib)} && exec "$@"`, 'bash', process.execPath, ...words], { encoding: 'utf8' });
  expect([limited.status, (JSON.parse(limited.stdout) as { error: { code: string; message: string } }).error]).toMatchObject([1, { code: 'BACKUP_NOT_WRITTEN' }]);
  expect(filesIn(folder).filter((name) => name.includes('.age'))).toEqual([]);
  expect(jsonOf(liudi(['office', 'status', '--office', dir, '--json']))['head']).toEqual(head);
});
