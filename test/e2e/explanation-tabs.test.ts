/**
 * The tabs of 审核说明 in the built program: what would turn an answer and the same taxpayer in every filing period, by mouse and by keyboard, for
 * taxpayers of several conclusions. With LIUDI_SEEN set, each tab is kept as a picture in test/e2e/seen.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { seriousFaults } from '../support/axe-page.ts';
import { chain } from '../support/chain.ts';
import { tableAnswered } from '../support/clerk.ts';
import { answerOpenDialogs, done, fileFolder, openProgram, practiceOffice, shellDone, type Program } from '../support/program.ts';
import { completeText, testUscc, type Cells } from '../support/roster-rows.ts';

const folder = fileFolder();
const period = taxPeriod('2022-04');
const plain: Cells = {
  baseCredit: '100000.00', endingCredit: '900000.50', recentCredits: '200000;300000;400000;500000;600000;900000.50', salesByIndustry: 'C=800000;F51=150000', exportRefundDue: '', vatArrears: '',
  existingRefundedOn: '', generalRefundedOn: '', evasion36: '0', immediateRefundRepaidOn: '', abnormalVouchers: '',
};
let program: Program;
let page: Page;
const complaints: string[] = [];

async function open(name: string): Promise<void> {
  await page.getByRole('navigation', { name: '页面' }).getByRole('link', { name: '资格测算', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '资格测算' }).waitFor();
  await tableAnswered(page);
  await page.locator('[role=grid] .open', { hasText: name }).first().click();
  await page.getByRole('heading', { level: 1, name: `审核说明：${name}` }).waitFor();
}

async function picture(name: string): Promise<void> {
  if (process.env['LIUDI_SEEN'] !== undefined) await page.screenshot({ path: join(import.meta.dirname, 'seen', `${name}.png`) });
}

beforeAll(async () => {
  const file = join(folder, '名册.csv');
  writeFileSync(file, completeText({ ...plain, name: '凌源市甲一机械厂', creditRating: 'M' }, { ...plain, uscc: testUscc(2), name: '凌源市乙二机械厂', creditRating: '', fraud36: '' }));
  program = await openProgram({ folder });
  page = program.page;
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()); });
  page.on('pageerror', (error) => { complaints.push(error.message); });
  await page.setViewportSize({ width: 1366, height: 768 });
  await practiceOffice(program, { agency: 'tax', dir: join(folder, '税务'), as: 'handler' });
  await page.locator('.page-head').waitFor();
  await answerOpenDialogs(program.app, file);
  const picked = await shellDone(page, 'shell.pickFile', { kind: 'roster' });
  await done(page, 'roster.import', { file: picked?.token ?? '', period });
  await done(page, 'eligibility.assess', { period });
  await page.getByRole('navigation', { name: '页面' }).getByRole('link', { name: '名册与底数', exact: true }).click();
  await page.getByLabel('申报期', { exact: true }).fill(period);
  await page.keyboard.press('Enter');
  await page.getByText('共 2 户').waitFor();
});
afterAll(async () => {
  await program.app.close();
});

const step = chain('what would turn an answer and the other periods are read off the tabs of an explanation');

step('the tab of proposals tells the published rating neutrally, with amount and article', async () => {
  await open('凌源市甲一机械厂');
  await page.getByRole('tab', { name: '差多少就符合' }).click();
  const row = page.getByRole('row', { name: /登记或公布的事实/ });
  await row.waitFor();
  await expect.poll(() => row.innerText()).toContain('纳税信用级别以申请时公布的为准，现为M级');
  await expect.poll(() => row.innerText()).toContain('2022年第14号公告第三条第（一）项');
  await expect.poll(() => page.getByText('如该事实有误，请在原系统更正后重新导入名册').count()).toBe(1);
  expect(await seriousFaults(page)).toEqual([]);
  await picture('差多少就符合');
});

step('the comparison of periods is reached by the arrow keys and shows documents side by side', async () => {
  await page.getByRole('tab', { name: '差多少就符合' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('heading', { name: /各时期对照/ }).waitFor();
  await page.getByRole('heading', { name: '2025年第7号公告时期' }).waitFor();
  await expect.poll(() => page.getByRole('heading', { name: '2019年第39号公告时期' }).count()).toBe(1);
  await expect.poll(() => page.getByText('不是对该期事实的认定').count()).toBe(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  expect(await seriousFaults(page)).toEqual([]);
  await picture('各时期对照');
});

step('who lacks evidence is shown what is missing and whom to ask, and which facts are needed together', async () => {
  await open('凌源市乙二机械厂');
  await page.getByRole('heading', { name: '缺什么、找谁要（2 项）' }).waitFor();
  await expect.poll(() => page.getByRole('cell', { name: '稽查部门', exact: true }).count()).toBe(1);
  expect(await seriousFaults(page)).toEqual([]);
  await picture('审核说明-资料不足');
  await page.getByRole('tab', { name: '差多少就符合' }).click();
  await page.getByText('下列每组2项须同时成立，缺一不可').waitFor();
  await page.setViewportSize({ width: 683, height: 384 });
  expect(await page.evaluate(() => { const main = document.querySelector('main'); return main !== null && main.scrollWidth <= main.clientWidth; })).toBe(true);
  await page.setViewportSize({ width: 1366, height: 768 });
});

step('nothing on the tabs complained', () => {
  expect(complaints).toEqual([]);
});
