/**
 * What is seen before the work 进门各页: no office open, the first-run form empty and with faults, a folder without a ledger, signing in to a practice and to a real
 * office, a wrong password, the locked window, a ledger changed from outside, read-only. Each is kept as a picture where LIUDI_SEEN is set.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seriousFaults } from '../support/axe-page.ts';
import { goTo } from '../support/clerk.ts';
import { answerOpenDialogs, fileFolder, openProgram, practiceOffice, shellDone, type Program } from '../support/program.ts';

const folder = fileFolder();
const empty = join(folder, '空文件夹');
const practice = join(folder, '演练税务局');
let program: Program;
let page: Page;

beforeAll(async () => {
  mkdirSync(empty);
  program = await openProgram({ folder });
  page = program.page;
  await page.setViewportSize({ width: 1366, height: 768 });
});
afterAll(() => program.app.close());

async function seen(name: string, words: string | RegExp): Promise<void> {
  await page.getByText(words).first().waitFor();
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running'));
  if (process.env['LIUDI_SEEN'] !== undefined) await page.screenshot({ path: join(import.meta.dirname, 'seen', `进门-${name}.png`) });
  expect(await seriousFaults(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
}

test('no office is open: found one or open one', async () => {
  await seen('首次启动', '建立新单位…');
});

test('a folder without a ledger is refused by name and says what to choose', async () => {
  await answerOpenDialogs(program.app, empty);
  await page.getByRole('button', { name: '打开已有单位的文件夹…' }).click();
  await seen('没有账本的文件夹', '是空文件夹，里面没有单位账本');
});

test('the form of a new office says at each field what is missing', async () => {
  await page.getByRole('button', { name: '建立新单位…' }).click();
  await seen('建立单位', '首位系统管理员');
  await page.getByRole('button', { name: '建立单位', exact: true }).click();
  await page.getByText(/还有 \d+ 项需要填写或改正/).scrollIntoViewIfNeeded();
  await seen('建立单位-未填', /还有 \d+ 项需要填写或改正/);
  await page.getByRole('button', { name: '返回' }).click();
});

test('a practice office lists its duties', async () => {
  await practiceOffice(program, { agency: 'tax', dir: practice, as: 'handler' });
  await shellDone(page, 'shell.signOut', {});
  await seen('演练登录', '演练单位无须口令');
});

test('a ledger that was changed from outside is signed in to for looking and printing; every page says what was found and what to do next', async () => {
  await shellDone(page, 'shell.closeOffice', {});
  const ledger = new Database(join(practice, 'ledger.db'));
  const triggers = ledger.prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal'").all();
  for (const { name } of triggers) ledger.exec(`DROP TRIGGER ${name}`);
  const seq = ledger.prepare<[], number>('SELECT max(seq) FROM journal').pluck().get() ?? 0;
  ledger.prepare(`UPDATE journal SET body = replace(body, '"at":"20', '"at":"19') WHERE seq = ?`).run(seq);
  for (const { sql } of triggers) ledger.exec(sql);
  ledger.close();
  await answerOpenDialogs(program.app, practice);
  const picked = await shellDone(page, 'shell.chooseFolder', { purpose: 'open' });
  await shellDone(page, 'shell.openOffice', { folder: picked?.token ?? '' });
  await page.getByRole('button', { name: '（handler）' }).click();
  const found = `账本第 ${String(seq)} 条：内容与摘要不符`;
  await seen('账本只读', `账本只读：${found}。可以查询和打印，不能办理。`);
  for (const title of ['退税办理', '系统管理']) {
    await goTo(page, title);
    const band = page.getByRole('alert').filter({ hasText: '账本只读' });
    await expect.poll(() => band.innerText()).toContain(found);
    await expect.poll(() => band.innerText()).toMatch(/整个数据文件夹另行复制一份留作证据，并联系维护人员/);
  }
  await seen('账本只读-系统管理', '操作员与岗位');
  await shellDone(page, 'shell.closeOffice', {});
});

test('a real office asks for name and password, and tells nothing about which was wrong; locked, it asks for the password again', async () => {
  const real = join(folder, '正式税务局');
  mkdirSync(real);
  await answerOpenDialogs(program.app, real);
  const picked = await shellDone(page, 'shell.chooseFolder', { purpose: 'found' });
  await shellDone(page, 'shell.foundOffice', {
    practice: false, folder: picked?.token ?? '', agency: 'tax', county: '211382', name: '国家税务总局凌源市税务局',
    administrator: { username: 'wangxm', name: '王小明', password: '春风又绿江南岸明月何时照我还' }, keyPassphrase: '两岸猿声啼不住轻舟已过万重山',
  });
  await seen('登录', '连续 5 次错误将锁定账户');
  await page.getByLabel('用户名').fill('wangxm');
  await page.getByRole('textbox', { name: '口令' }).fill('不是这个口令');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await seen('登录-口令不对', '连续 5 次错误将锁定账户');
  await shellDone(page, 'shell.signIn', { username: 'wangxm', password: '春风又绿江南岸明月何时照我还' });
  await seen('正式单位', '工作台');
  await shellDone(page, 'shell.lock', {});
  await seen('已锁定', '已锁定');
});
