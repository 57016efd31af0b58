/**
 * Backup, verification and restore as people do them in the window: the phrase is shown once and typed back, the backup is listed only after it was read back,
 * and the office put back from it works on, for it knew no peer. With LIUDI_SEEN set, pictures are kept in test/e2e/seen.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Page } from 'playwright-core';
import { seriousFaults } from '../support/axe-page.ts';
import { chain } from '../support/chain.ts';
import { askedGroups, goTo, openTab, settled, shownPhrase } from '../support/clerk.ts';
import { answerOpenDialogs, answerSaveDialogs, fileFolder, invoke, openProgram, practiceOffice, shellDone, type Program } from '../support/program.ts';

const folder = fileFolder();
const file = join(folder, '第一份.age');
let program: Program;
let page: Page;
let phrase = '';

async function looks(name: string): Promise<void> {
  await settled(page);
  if (process.env['LIUDI_SEEN'] !== undefined) await page.screenshot({ path: join(import.meta.dirname, 'seen', `${name}.png`) });
  expect(await seriousFaults(page)).toEqual([]);
}

beforeAll(async () => {
  program = await openProgram({ folder });
  page = program.page;
  await practiceOffice(program, { agency: 'tax', dir: join(folder, 'tax'), as: 'system' });
  await page.locator('.page-head').waitFor();
});

afterAll(async () => {
  await program.app.close();
});

const step = chain('an office is backed up, verified, and put back');

step('the phrase is shown once, typed back, and refused when it was written down wrongly', async () => {
  await goTo(page, '系统管理');
  await openTab(page, '备份');
  await page.getByText('还没有备份').waitFor();
  await looks('备份-空');
  await page.getByRole('button', { name: '制作恢复口令…' }).click();
  const dialog = page.getByRole('dialog', { name: '制作恢复口令' });
  const groups = await shownPhrase(dialog);
  phrase = groups.join('-');
  await looks('恢复口令');
  await dialog.getByRole('button', { name: '已抄好，去回填' }).click();
  await expect.poll(() => dialog.locator('.letters').count()).toBe(0);
  const fields = dialog.getByRole('textbox');
  const places = await askedGroups(dialog);
  expect(new Set(places).size).toBe(2);
  await fields.nth(0).fill('AAAAA');
  await fields.nth(1).fill(groups[(places[1] ?? 1) - 1] ?? '');
  await dialog.getByRole('button', { name: '启用恢复口令' }).click();
  await dialog.getByText(`回填的第 ${String(places[0])} 组与显示的恢复口令不同`).waitFor();
  await looks('恢复口令-回填有误');
  await fields.nth(0).fill(groups[(places[0] ?? 1) - 1] ?? '');
  await dialog.getByRole('button', { name: '启用恢复口令' }).click();
  await page.getByText('恢复口令已启用').waitFor();
});

step('a backup is made, read back, counted and listed', async () => {
  await answerSaveDialogs(program.app, file);
  await page.getByRole('button', { name: '备份…', exact: true }).click();
  await page.getByText('已备份并读回校验：第一份.age').waitFor({ timeout: 30_000 });
  await page.getByRole('cell', { name: '第一份.age' }).waitFor();
  expect(existsSync(file)).toBe(true);
  await looks('备份');
});

step('a full verification says what was counted and is remembered', async () => {
  await openTab(page, '账本校验');
  await page.getByRole('button', { name: '完整校验', exact: true }).click();
  await page.getByText(/校验通过：\d+ 条，附件 \d+ 个，状态 \d+ 行/).waitFor({ timeout: 30_000 });
  await page.locator('.fact', { hasText: '校验人' }).getByText('system').waitFor();
  await looks('账本校验');
});

step('the office is put back into an empty folder by phrase, and works on', async () => {
  await shellDone(page, 'shell.closeOffice', {});
  await page.getByRole('button', { name: '从备份恢复…' }).click();
  await answerOpenDialogs(program.app, file);
  await page.getByRole('button', { name: '选择备份文件…' }).click();
  await page.getByText('第一份.age').waitFor();
  await answerOpenDialogs(program.app, join(folder, 'tax'));
  await page.getByRole('button', { name: '选择空文件夹…' }).click();
  await page.getByText('“tax”不是空文件夹').waitFor();
  await answerOpenDialogs(program.app, join(folder, '恢复'));
  await page.getByRole('button', { name: '选择空文件夹…' }).click();
  await page.getByLabel('恢复口令').fill(`${phrase.slice(0, -1)}${phrase.endsWith('0') ? '1' : '0'}`);
  await page.getByText('第 8 组与校验位不符').waitFor();
  await looks('从备份恢复');
  await page.getByLabel('恢复口令').fill(phrase.toLowerCase());
  await page.getByRole('button', { name: '恢复', exact: true }).click();
  await page.getByRole('heading', { name: '登录' }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: '（system）' }).click();
  await goTo(page, '系统管理');
  await openTab(page, '备份');
  // It knew no peer when it was backed up: there is no channel to open anew, so it works on. One that did is openings.test.ts.
  await page.getByRole('button', { name: '备份…', exact: true }).waitFor();
  await expect.poll(() => page.getByText('只读：本单位账本').count()).toBe(0);
  expect((await invoke(page, 'administration.verify', { depth: 'deep' })).ok).toBe(true);
});
