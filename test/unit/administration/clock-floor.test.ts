/** D6: the clock is held against the greatest time of the journal at every act; a jump is asked about, and there is a way back. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foundOffice } from '../../../electron/office/found-office.ts';
import { openOffice } from '../../../electron/office/office.ts';
import { clockStanding, spanText } from '../../../electron/administration/clock-floor.ts';
import { civilDate, instantOf } from '../../../shared/kernel/civil-date.ts';
import { done, refused, temporaryFolder, testClock, testEnv } from '../../support/practice.ts';
import { keyPassphrase, passwordOf } from '../../support/real-office.ts';

const day = 24 * 3_600_000;

async function office() {
  const clock = testClock('2022-04-11T09:00');
  const dir = join(temporaryFolder(), 'tax');
  const administrator = { username: 'admin', name: '周系统', password: passwordOf('admin') };
  const made = await foundOffice(dir, { agency: 'tax', county: '211382', name: '凌源市税务局', practice: false, administrator, keyPassphrase }, testEnv(clock, 'clock'));
  let people = 0;
  const act = () => made.call('administration.addOperator', { username: `person${String(people += 1)}`, name: '某人' }, 'admin');
  const security = { username: 'anquan', name: '李安全', duties: ['security' as const] };
  await done(made, 'administration.addOperator', security, 'admin');
  return { clock, dir, made, act };
}

async function codeOf(reply: Promise<{ ok: boolean; error?: { code: string } }>): Promise<string> {
  return (await reply).error?.code ?? 'done';
}

test('D6 登录不抬高也不放低账本的时间：时钟在后，登录以后照样拒绝', async () => {
  const { clock, made, act } = await office();
  clock.now -= 3 * day;
  expect(await codeOf(act())).toBe('CLOCK_WENT_BACK');
  expect(await made.signIn('admin', passwordOf('admin'))).toMatchObject({ ok: true });
  expect(await codeOf(act())).toBe('CLOCK_WENT_BACK');
  const { message } = await refused(made, 'administration.addOperator', { username: 'person90', name: '某人' }, 'admin');
  expect(message).toContain('3 天');
  clock.now += 3 * day + 60_000;
  expect(await codeOf(act())).toBe('done');
  made.close();
});

test('D6 日期一下子跳后许多天：先确认日期，再办理；登录不等于确认', async () => {
  const { clock, made, act } = await office();
  clock.now += 30 * day;
  expect(await made.signIn('admin', passwordOf('admin'))).toMatchObject({ ok: true });
  expect(await codeOf(act())).toBe('DATE_UNCONFIRMED');
  expect((await refused(made, 'administration.confirmDate', { date: civilDate('2022-05-12'), reason: '长假后上班' }, 'admin')).code).toBe('DATE_DIFFERS');
  await done(made, 'administration.confirmDate', { date: civilDate('2022-05-11'), reason: '长假后上班' }, 'admin');
  expect(await codeOf(act())).toBe('done');
  made.close();
});

test('D6 日期错着确认并办了事：校正以后由安全管理员改回，此后照常，别的人改不回；重新打开仍是如此', async () => {
  const { clock, dir, made, act } = await office();
  clock.now += 400 * day;
  await done(made, 'administration.confirmDate', { date: civilDate('2023-05-16'), reason: '没有看日历' }, 'admin');
  expect(await codeOf(act())).toBe('done');
  clock.now -= 399 * day;
  expect(await codeOf(act())).toBe('CLOCK_WENT_BACK');
  const back = { date: civilDate('2022-04-12'), reason: '昨天主板电池没电，日期跳到明年' };
  expect((await refused(made, 'administration.confirmDate', back, 'admin')).code).toBe('DUTY_NOT_HELD');
  made.close();
  const again = openOffice(dir, testEnv(clock, 'again'));
  expect((await refused(again, 'administration.addOperator', { username: 'person91', name: '某人' }, 'admin')).code).toBe('CLOCK_WENT_BACK');
  await done(again, 'administration.confirmDate', back, 'anquan');
  await done(again, 'administration.addOperator', { username: 'person91', name: '某人' }, 'admin');
  expect(again.verify('deep').faults).toEqual([]);
  clock.now -= 11 * 60_000;
  expect((await refused(again, 'administration.addOperator', { username: 'person92', name: '某人' }, 'admin')).code).toBe('CLOCK_WENT_BACK');
  again.close();
});

test('D6 相差多少以天、小时、分钟说', () => {
  expect([11 * 60_000, 3 * 3_600_000 + 60_000, 45 * day].map(spanText)).toEqual(['11 分钟', '3 小时 1 分钟', '45 天']);
  const at = (ms: number) => clockStanding(instantOf(100 * day + ms), instantOf(100 * day)).kind;
  expect([-11 * 60_000, -10 * 60_000, 0, 10 * day, 10 * day + 60_000].map(at)).toEqual(['behind', 'usual', 'usual', 'usual', 'ahead']);
});
