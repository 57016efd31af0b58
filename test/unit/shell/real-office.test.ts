/** The session of a real office: passwords, locking by idleness, asking again before an approval, keys that leave with the person. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract, type OperationName } from '../../../shared/contract.ts';
import { confirmationMs } from '../../../electron/shell/window-session.ts';
import { testSession } from '../../support/shell-session.ts';

const folder = mkdtempSync(join(tmpdir(), 'liudi-real-'));
const session = testSession(join(folder, 'recent.json'), true);
const password = '凌源市税务局的管理员口令';
const passphrase = '密钥口令要另外写下来保管';
const minutes = (count: number): number => count * 60_000;

beforeAll(async () => {
  await session.done('shell.foundOffice', {
    practice: false, folder: await session.token(join(folder, 'tax')), agency: 'tax', county: '211382', name: '凌源市税务局',
    administrator: { username: 'admin', name: '王芳', password }, keyPassphrase: passphrase,
  });
});

afterAll(async () => {
  await session.end();
  rmSync(folder, { recursive: true, force: true });
});

test('a real office asks for the password and shows no list of its people', async () => {
  expect(session.status().office?.keysUnlocked).toBe(true); // the founder has just sealed them
  expect((await session.done('shell.practiceOperators', {})).operators).toEqual([]);
  expect(await session.code('shell.signIn', { username: 'admin', password: null })).toBe('SECRET_NEEDED');
  expect(await session.code('shell.signIn', { username: 'admin', password: '不是这个口令，绝对不是' })).toBe('PASSWORD_WRONG');
  expect(session.status().person).toBeNull();
  const status = await session.changed('shell.signIn', { username: 'admin', password });
  expect(status.person).toEqual({ username: 'admin', name: '王芳', duties: ['system'], password: null });
  expect(status.office?.identity.practice).toBe(false);
});

test('after fifteen idle minutes everything but unlocking and leaving is refused', async () => {
  session.clock.now += minutes(14);
  session.tick();
  expect(session.status().locked).toBe(false);
  session.touched();
  session.clock.now += minutes(14);
  session.tick();
  expect(session.status().locked).toBe(false);
  session.clock.now += minutes(1);
  session.tick();
  expect(session.status().locked).toBe(true);
  expect(session.notices.at(-1)).toMatchObject({ topic: 'status', notice: { locked: true, person: { username: 'admin' } } });
  expect(await session.code('administration.operators', {})).toBe('SESSION_LOCKED');
  expect(await session.code('administration.status', {})).toBe('SESSION_LOCKED');
  expect(await session.code('shell.pickFile', { kind: 'roster' })).toBe('SESSION_LOCKED');
  expect(await session.code('shell.signIn', { username: 'admin', password })).toBe('SESSION_LOCKED');
  expect(await session.code('shell.status', {})).toBe('done');
  expect(await session.code('shell.unlock', { password: '不是这个口令，绝对不是' })).toBe('PASSWORD_WRONG');
  expect(session.status().locked).toBe(true);
  expect((await session.changed('shell.unlock', { password })).locked).toBe(false);
  expect(await session.code('administration.operators', {})).toBe('done');
});

test('a clock set back locks too', () => {
  session.touched();
  session.clock.now -= minutes(16);
  session.tick();
  expect(session.status().locked).toBe(true);
});

test('an approval needs the person to have been asked again lately; other acts do not', async () => {
  await session.done('shell.unlock', { password });
  const approvals = (Object.keys(contract) as OperationName[]).filter((name) => contract[name].kind === 'command' && JSON.stringify(contract[name].may) === '["approver"]');
  expect(approvals).toContain('refunds.approve');
  session.clock.now += confirmationMs + 1;
  session.touched();
  for (const name of approvals) expect(await session.code(name, {})).toBe('CONFIRMATION_NEEDED');
  expect(await session.code('shell.confirmPerson', { password: '不是这个口令，绝对不是' })).toBe('PASSWORD_WRONG');
  expect(await session.code('refunds.approve', {})).toBe('CONFIRMATION_NEEDED');
  await session.done('shell.confirmPerson', { password });
  expect(await session.code('refunds.approve', {})).toBe('INPUT_INVALID');
});

test('a person who is deactivated is signed out at once', async () => {
  const [first, other] = ['当面交给李伟的第一个口令', '安全管理员自己的口令也够长'];
  await session.operation('administration.addOperator', { username: 'safety', name: '李伟', duties: ['security'], password: first });
  await session.operation('administration.addOperator', { username: 'clerk', name: '赵静', duties: [] });
  await session.done('shell.signOut', {});
  await session.done('shell.signIn', { username: 'safety', password: first });
  expect(session.status().person).toMatchObject({ username: 'safety', password: { state: 'to-change', by: '王芳' } });
  await session.operation('administration.setPassword', { username: 'safety', current: first, password: other });
  expect(session.status().person).toEqual({ username: 'safety', name: '李伟', duties: ['security'], password: null });
  await session.operation('administration.setDuties', { username: 'clerk', duties: ['security'] });
  await session.operation('administration.setActive', { username: 'safety', active: false, reason: '调离' });
  expect(session.status().person).toBeNull();
  expect(session.notices.at(-1)).toMatchObject({ topic: 'status', notice: { person: null } });
});

test('private keys leave the memory with the person', async () => {
  await session.done('shell.signIn', { username: 'admin', password });
  expect(session.status().office?.keysUnlocked).toBe(false);
  expect(await session.code('shell.unlockKeys', { passphrase: '不是密钥口令，绝对不是的' })).toBe('KEY_PASSPHRASE_WRONG');
  expect((await session.changed('shell.unlockKeys', { passphrase })).office?.keysUnlocked).toBe(true);
  session.clock.now += minutes(16);
  session.tick();
  expect((await session.changed('shell.unlock', { password })).office?.keysUnlocked).toBe(false); // idleness closed them
  await session.done('shell.unlockKeys', { passphrase });
  await session.done('shell.lock', {});
  expect((await session.changed('shell.unlock', { password })).office?.keysUnlocked).toBe(false);
  await session.done('shell.unlockKeys', { passphrase });
  const status = await session.changed('shell.signOut', {});
  expect(status).toMatchObject({ person: null, office: { keysUnlocked: false, fault: null, identity: { name: '凌源市税务局' } } });
  expect((await session.changed('shell.signIn', { username: 'admin', password })).person?.username).toBe('admin');
});

test('five wrong passwords lock the account, also for unlocking', async () => {
  for (let count = 1; count < 5; count += 1) expect(await session.code('shell.confirmPerson', { password: '不是这个口令，绝对不是' })).toBe('PASSWORD_WRONG');
  expect(await session.code('shell.confirmPerson', { password: '不是这个口令，绝对不是' })).toBe('ACCOUNT_LOCKED');
  expect(await session.code('shell.confirmPerson', { password })).toBe('ACCOUNT_LOCKED');
});

test('no fault of the program happened on the way', () => {
  expect(session.faults).toEqual([]);
});
