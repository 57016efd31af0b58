/**
 * 退税底数 in the built program over the ledgers of a demo month: the tax office looks at its snapshot, follows the funnel and asks for another
 * version; finance looks at what it received. What axe-core says of every sheet; with LIUDI_SEEN set each is kept as a picture.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { runDemo } from '../../electron/demo/demo.ts';
import { checkoutResources } from '../../electron/platform/resources.ts';
import { seriousFaults } from '../support/axe-page.ts';
import { chain } from '../support/chain.ts';
import { goTo, openOnScreen, openTab, settled, signInOnScreen } from '../support/clerk.ts';
import { fileFolder, openProgram, type Program } from '../support/program.ts';

const folder = fileFolder();
const out = join(folder, '演示');
let program: Program;
let page: Page;

async function seen(name: string): Promise<void> {
  await settled(page);
  expect(await seriousFaults(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  if (process.env['LIUDI_SEEN'] !== undefined) await page.screenshot({ path: join(import.meta.dirname, 'seen', `${name}.png`) });
}

async function april(): Promise<void> {
  await page.getByLabel('申报期', { exact: true }).fill('2022-04');
  await page.keyboard.press('Enter');
  await page.getByText('2022年4月申报期').first().waitFor();
}

async function start(): Promise<void> {
  program = await openProgram({ folder: fileFolder() });
  page = program.page;
  await page.setViewportSize({ width: 1366, height: 768 });
}

beforeAll(async () => {
  mkdirSync(out);
  const { ok } = await runDemo({ out, enterprises: 150, months: 1, seed: 7, resources: checkoutResources, pdf: false, say: () => undefined });
  expect(ok).toBe(true);
  await start();
});

afterAll(async () => {
  await program.app.close();
});

const step = chain('the snapshot is looked at in the tax office and in the finance office');

step('the tax office sees its snapshot by industry and size, opens a cell to its taxpayers, and the funnel adds up', async () => {
  await openOnScreen(program, join(out, 'tax'));
  await signInOnScreen(page, 'handler');
  await goTo(page, '名册与底数');
  await april();
  await openTab(page, '退税底数');
  await page.getByText('DS-2022-0001 第 1 版').waitFor();
  await page.getByRole('heading', { name: '行业门类 × 企业规模' }).waitFor();
  await seen('底数分类表');
  await page.getByRole('button', { name: /C 制造业 微型 .* 元，看明细/ }).click();
  await page.locator('[role=gridcell]', { hasText: '微型' }).first().waitFor();
  await seen('底数明细');
  await openTab(page, '漏斗');
  await page.getByText('漏斗各处金额之和 ＝ 底数快照金额').waitFor();
  await expect.poll(() => page.locator('.checks li').count()).toBe(5);
  await expect.poll(() => page.locator('.checks li.bad').count()).toBe(0);
  await seen('底数漏斗');
  await page.getByRole('button', { name: /已销号 .* 户，看明细/ }).click();
  await page.locator('[role=gridcell]', { hasText: '已销号' }).first().waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await openTab(page, '现行测算');
  await page.getByRole('heading', { name: '按测算结论' }).waitFor();
});

step('freezing again needs a reason and makes no new version where nothing has changed', async () => {
  await page.getByRole('button', { name: '冻结底数…' }).click();
  const dialog = page.getByRole('dialog', { name: '冻结底数' });
  await dialog.getByRole('textbox').fill('核对一次');
  expect(await seriousFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: '冻结', exact: true }).click();
  await page.getByText('与最近一版相同，没有新的快照').waitFor();
});

step('finance sees the snapshot it received, and is told what to do where there is none', async () => {
  await program.app.close();
  await start();
  await openOnScreen(program, join(out, 'finance'));
  await signInOnScreen(page, 'handler');
  await goTo(page, '退税底数');
  await april();
  await page.getByText('DS-2022-0001 第 1 版').waitFor();
  await page.getByRole('heading', { name: '按办理起始月' }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: '冻结底数…' }).count()).toBe(0);
  await expect.poll(() => page.getByRole('tab', { name: '漏斗' }).count()).toBe(0);
  await seen('财政底数');
  await page.getByRole('button', { name: '下一个申报期' }).click();
  await page.getByText('还没有收到税务局2022年5月申报期的退税底数').waitFor();
  await seen('财政空底数');
});
