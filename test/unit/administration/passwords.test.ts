/** E2 Passwords set by another open nothing: for the person who set them, and until the owner has changed them and a third person has vouched. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract, isOperationName, type OperationName } from '../../../shared/contract.ts';
import { passwordFault } from '../../../shared/administration/password.ts';
import type { Office } from '../../../electron/office/office.ts';
import { firstPassword, keyPassphrase, passwordOf, realOffice } from '../../support/real-office.ts';

const folder = mkdtempSync(join(tmpdir(), 'liudi-passwords-'));
const wrong = '不是这个口令，绝对不是';

let office: Office;

beforeAll(async () => {
  const dir = join(folder, 'tax');
  mkdirSync(dir);
  ({ office } = await realOffice('tax', dir, 6));
}, 120_000);

afterAll(() => {
  office.close();
  rmSync(folder, { recursive: true, force: true });
});

async function code(name: string, input: unknown, username: string): Promise<string> {
  const reply = await office.call(name, input, username);
  return reply.ok ? 'done' : reply.error.code;
}

describe('E2 which passwords are refused as too simple', () => {
  const rows: readonly (readonly [string, string, 'short' | 'trivial' | null])[] = [
    ['eleven signs', '只有十一个字的一句话啊', 'short'],
    ['one sign twelve times', '111111111111', 'trivial'],
    ['two signs in turn', 'abababababab', 'trivial'],
    ['a word twice', '凌源市局留凌源市局留', 'short'],
    ['a word of six twice', '凌源市税务局凌源市税务局', 'trivial'],
    ['digits in order', '123456789012', 'trivial'],
    ['letters in order', 'abcdefghijklm', 'trivial'],
    ['digits backwards', '987654321098', 'trivial'],
    ['a row of the keyboard', 'qwertyuiopas', 'trivial'],
    ['the word for it with digits', 'Password1234', 'trivial'],
    ['the user name and digits', 'jingban123456', 'trivial'],
    ['the name of the person and digits', '王经办12345678901', 'trivial'],
    ['a sentence', '院子里的枣树今年结了很多', null],
    ['a sentence with the user name in it', 'jingban-本人的口令-2026', null],
    ['words of letters', 'battery staple horse', null],
  ];
  test.each(rows)('%s', (_name, password, expected) => {
    expect(passwordFault(password, ['jingban', '王经办'])?.kind ?? null).toBe(expected);
  });
});

test('E2 after a reset neither the security administrator nor the owner can do or read anything with the password, until it is changed and vouched for', async () => {
  const given = '由安全管理员设的另一句话';
  expect(await code('administration.setPassword', { username: 'shenpi', password: given }, 'anquan')).toBe('done');
  expect((await office.signIn('shenpi', given)).ok).toBe(true);
  const open: string[] = [];
  for (const name of Object.keys(contract).filter(isOperationName)) {
    const outcome = await code(name, validless(name), 'shenpi');
    if (outcome !== 'PASSWORD_TO_CHANGE') open.push(`${name} ${outcome}`);
  }
  // Only what anyone may ask before sign-in, the list of people with its standing, and the change of one's own password; malformed input, another office and a duty not held are refused before the password is looked at.
  const served = open.filter((line) => !/ (?:INPUT_INVALID|NOT_IN_THIS_OFFICE|DUTY_NOT_HELD)$/.test(line)).map((line) => line.split(' ')[0] as OperationName);
  expect(served.filter((name) => contract[name].may !== 'anyone')).toEqual(['administration.operators']);
  expect(await code('administration.setPassword', { username: 'fuhe', password: given }, 'shenpi')).toBe('DUTY_NOT_HELD');
  // The security administrator signs in with it, changes it and wants to act: nobody has seen the owner.
  expect(await code('administration.setPassword', { username: 'shenpi', current: given, password: '由安全管理员换成的第二句' }, 'shenpi')).toBe('done');
  expect(await code('refunds.approve', { all: {} }, 'shenpi')).toBe('PASSWORD_TO_VOUCH');
  expect(await code('administration.vouchPassword', { username: 'shenpi' }, 'anquan')).toBe('PASSWORD_VOUCH_SAME');
  expect(await code('administration.vouchPassword', { username: 'shenpi' }, 'shenpi')).toBe('DUTY_NOT_HELD');
  expect(await code('administration.vouchPassword', { username: 'shenpi' }, 'fuhe')).toBe('DUTY_NOT_HELD');
  expect(await code('administration.vouchPassword', { username: 'shenpi' }, 'admin')).toBe('done');
  expect(await code('administration.vouchPassword', { username: 'shenpi' }, 'admin')).toBe('PASSWORD_NOT_TO_VOUCH');
  expect(await code('refunds.approve', { all: {} }, 'shenpi')).not.toMatch(/^PASSWORD/);
});

test('E2 the only other administrator cannot be reset into a helper: nobody would be left to vouch', async () => {
  expect(await code('administration.setPassword', { username: 'admin', password: firstPassword }, 'anquan')).toBe('PASSWORD_NO_VOUCHER');
  expect((await office.signIn('admin', passwordOf('admin'))).ok).toBe(true);
});

test('E2 changing the own password asks the old one; wrong ones are counted, and the same one again is no change', async () => {
  const change = (current: string | undefined, password: string): Promise<string> => code('administration.setPassword', { username: 'fuhe', password, ...(current === undefined ? {} : { current }) }, 'fuhe');
  const next = '复核人自己想的另一句口令';
  expect(await change(undefined, next)).toBe('SECRET_NEEDED');
  expect(await change(passwordOf('fuhe'), passwordOf('fuhe'))).toBe('PASSWORD_SAME');
  expect(await change(passwordOf('fuhe'), '111111111111')).toBe('PASSWORD_TRIVIAL');
  expect(await change(passwordOf('fuhe'), '短口令')).toBe('PASSWORD_TOO_SHORT');
  const wrongs: string[] = [];
  for (let count = 1; count <= 6; count += 1) wrongs.push(await change(wrong, next));
  expect(wrongs).toEqual(['PASSWORD_WRONG', 'PASSWORD_WRONG', 'PASSWORD_WRONG', 'PASSWORD_WRONG', 'ACCOUNT_LOCKED', 'ACCOUNT_LOCKED']);
  expect(await office.signIn('fuhe', passwordOf('fuhe'))).toMatchObject({ ok: false, error: { code: 'ACCOUNT_LOCKED' } });
  expect(await code('administration.unlock', { username: 'fuhe' }, 'anquan')).toBe('done');
  expect(await change(passwordOf('fuhe'), next)).toBe('done');
  expect((await office.signIn('fuhe', next)).ok).toBe(true);
});

test('E2 wrong key passphrases are counted by person, slowed and noted; the account itself is not locked by them', async () => {
  office.lockKeys();
  const wrongs: string[] = [];
  for (let count = 1; count <= 6; count += 1) {
    const reply = await office.unlockKeys('jingban', wrong);
    wrongs.push(reply.ok ? 'done' : reply.error.code);
  }
  expect(wrongs).toEqual(['KEY_PASSPHRASE_WRONG', 'KEY_PASSPHRASE_WRONG', 'KEY_PASSPHRASE_WRONG', 'KEY_PASSPHRASE_WRONG', 'KEY_PASSPHRASE_LOCKED', 'KEY_PASSPHRASE_LOCKED']);
  expect(await office.unlockKeys('jingban', keyPassphrase)).toMatchObject({ ok: false, error: { code: 'KEY_PASSPHRASE_LOCKED' } });
  expect((await office.signIn('jingban', passwordOf('jingban'))).ok).toBe(true);
  expect((await office.unlockKeys('fuhe', keyPassphrase)).ok).toBe(true);
  expect(await code('administration.unlock', { username: 'jingban' }, 'anquan')).toBe('done');
  expect((await office.unlockKeys('jingban', keyPassphrase)).ok).toBe(true);
});

test('E2 the list of people tells who set whose password, and when', async () => {
  expect(await code('administration.setPassword', { username: 'fuhe', password: firstPassword }, 'anquan')).toBe('done');
  const reply = await office.call('administration.operators', {}, 'fuhe');
  const { operators } = (reply.ok ? reply.value : { operators: [] }) as { readonly operators: readonly { readonly username: string; readonly password: unknown }[] };
  expect(operators.find(({ username }) => username === 'fuhe')?.password).toMatchObject({ state: 'to-change', by: '李安全' });
  expect(operators.filter(({ password }) => password !== null)).toHaveLength(1);
  expect(office.verify('deep').faults).toEqual([]);
});

/** An input that passes where the schema asks for nothing; others are refused as INPUT_INVALID before the person is looked at. */
function validless(name: OperationName): unknown {
  return contract[name].input.safeDecode({} as never).success ? {} : { period: '2022-04', all: {}, kind: 'SURVEY', id: 'key-sheet' };
}
