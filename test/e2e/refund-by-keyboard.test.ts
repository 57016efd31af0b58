/**
 * The main line of one refund by keyboard alone 全程只用键盘: Tab, arrows and the keys of the key map, never a pointer and never a script that moves the focus.
 * Two computers and a stick as by mouse; the screen is read after every step and both ledgers are verified deeply at the end.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { chain } from '../support/chain.ts';
import { deepFaults, openComputer, settled, shownFirstRow, somebodyAtWork } from '../support/clerk.ts';
import { chooseByKeys, focused, reach } from '../support/keyboard.ts';
import { answerOpenDialogs, fileFolder, type Program } from '../support/program.ts';
import { windowCounty, type WindowCounty } from '../support/window-county.ts';

/** What has not been shown by then is not coming; shorter than a test, so that the failure names the step. */
const stepMsMax = 20_000;
const folder = fileFolder();
let county: WindowCounty;
let tax: Program;
let treasury: Program;

async function open(program: Program, office: string): Promise<void> {
  const { page } = program;
  await answerOpenDialogs(program.app, office);
  await page.getByRole('button', { name: '打开已有单位的文件夹…' }).waitFor();
  await reach(page, '打开已有单位的文件夹…');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '登录' }).waitFor();
  await answerOpenDialogs(program.app, county.stick);
}

async function signIn(page: Page, username: string): Promise<void> {
  const wayIn = page.getByRole('button', { name: `（${username}）` });
  if (await somebodyAtWork(page, wayIn)) await signOut(page);
  await wayIn.waitFor();
  await reach(page, new RegExp(`（${username}）`));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
}

async function signOut(page: Page): Promise<void> {
  await page.keyboard.press('F2');
  await reach(page, '退出登录', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '登录' }).waitFor();
}

async function goTo(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F2');
  await reach(page, title);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Moves along the tabs of the page with the arrow. */
async function tab(page: Page, title: string): Promise<void> {
  await page.getByRole('tab', { name: title, exact: true }).waitFor();
  await page.keyboard.press('F6');
  // Whichever is selected: a page of queues chooses its first one only when the counts have come.
  await reach(page, /^\[tab\]/);
  await reach(page, `[tab] ${title}`, 'ArrowRight');
  await page.getByRole('tab', { name: title, exact: true, selected: true }).waitFor();
}

async function firstRow(page: Page, queue: string): Promise<string> {
  await tab(page, queue);
  return shownFirstRow(page);
}

/** Ticks what the queue shows and opens the dialog of the act. */
async function begin(page: Page, queue: string, act: string): Promise<void> {
  await firstRow(page, queue);
  await page.keyboard.press('F4');
  await page.keyboard.press('Space');
  await page.locator('.act-bar').getByText(/已勾选 1 [笔份]/).waitFor();
  await reach(page, `${act}…`);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: act }).waitFor();
}

async function act(page: Page, queue: string, title: string, word = '笔'): Promise<void> {
  await begin(page, queue, title);
  await confirm(page, title);
  await page.getByText(`已办理“${title}” 1 ${word}`).waitFor();
}

/** Goes to the dialog's own button and presses it. The dialog keeps the focus inside, so no other button of this name is met. */
async function confirm(page: Page, title: string): Promise<void> {
  await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]') !== null && document.activeElement?.closest('[role=dialog]') !== undefined);
  await reach(page, title);
  await page.keyboard.press('Enter');
}

/** Makes a package and writes it to the stick. */
async function send(page: Page, terms: { readonly kind: RegExp; readonly to: RegExp; readonly batch?: RegExp; readonly file: string }): Promise<void> {
  await goTo(page, '交换');
  await tab(page, '发件');
  await chooseByKeys(page, '种类', terms.kind);
  await chooseByKeys(page, '接收方', terms.to);
  if (terms.batch !== undefined) await chooseByKeys(page, '退库批次', terms.batch);
  await reach(page, '签名并制作');
  await page.keyboard.press('Enter');
  await page.getByText(/已制作.*第 1 号包/).waitFor();
  await reach(page, '写入 U 盘…');
  await page.keyboard.press('Enter');
  await page.getByText(`${terms.file}：`).waitFor();
}

async function take(page: Page, file: string, from: string): Promise<void> {
  await goTo(page, '交换');
  await reach(page, '选取 U 盘目录…');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: file }).waitFor();
  await settled(page);
  await reach(page, new RegExp(`^查看 @ ${file}`));
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: `查看 ${file}` }).getByRole('button', { name: '导入这个交换包' }).waitFor();
  await reach(page, '导入这个交换包');
  await page.keyboard.press('Enter');
  await page.getByText(`已接收${from}第 1 号包`).waitFor();
}

async function computer(name: string, office: string): Promise<Program> {
  const program = await openComputer(folder, name);
  program.page.setDefaultTimeout(stepMsMax);
  await program.page.evaluate(() => {
    document.addEventListener('pointerdown', () => { document.documentElement.dataset['pointed'] = 'yes'; }, true);
  });
  await open(program, office);
  return program;
}

beforeAll(async () => {
  county = await windowCounty(folder);
  tax = await computer('computer-tax', county.tax);
  treasury = await computer('computer-treasury', county.treasury);
}, 240_000);

afterAll(async () => {
  for (const program of [tax, treasury]) await program.app.close();
});

const step = chain('one refund goes from the application to its crossing-off by keyboard alone, on two computers and a stick');

step('the application is registered and accepted', async () => {
  const { page } = tax;
  await signIn(page, 'handler');
  await goTo(page, '退税办理');
  await act(page, '待告知', '登记申请');
  await act(page, '待受理', '受理');
  expect(await firstRow(page, '待审核')).toContain('已受理');
});

step('it is reviewed and approved', async () => {
  const { page } = tax;
  for (const [by, queue, title, next, state] of [['reviewer', '待审核', '审核', '待核准', '已审核'], ['approver', '待核准', '核准', '待开具', '已核准']] as const) {
    await signIn(page, by);
    await goTo(page, '退税办理');
    await act(page, queue, title);
    expect(await firstRow(page, next)).toContain(state);
  }
});

step('a range of numbers is registered, the voucher is issued and checked', async () => {
  const { page } = tax;
  await signIn(page, 'issuer');
  await goTo(page, '退税办理');
  await page.keyboard.press('F6');
  await reach(page, '批次与号段…');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: '批次与号段' }).waitFor();
  await reach(page, /^起号/);
  await page.keyboard.type('00000001');
  await page.keyboard.press('Enter');
  await page.keyboard.type('00000100');
  await page.keyboard.press('Enter');
  await reach(page, '登记号段');
  await page.keyboard.press('Enter');
  await page.getByText('剩余 100 个').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: '批次与号段' }).waitFor({ state: 'hidden' });
  await act(page, '待开具', '开具收入退还书');
  await signIn(page, 'reviewer');
  await goTo(page, '退税办理');
  await act(page, '退还书待复核', '复核收入退还书');
  expect(await firstRow(page, '待组批')).toContain('退还书已复核');
});

step('the batch is formed by its blind totals and goes to the stick', async () => {
  const { page } = tax;
  await signIn(page, 'issuer');
  await goTo(page, '退税办理');
  await begin(page, '待组批', '组成退库批次');
  await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]') instanceof HTMLElement);
  await reach(page, /^笔数/);
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await expect.poll(() => focused(page)).toMatch(/^总金额/);
  await page.keyboard.type(county.due);
  await confirm(page, '组成退库批次');
  await page.getByText('已组成退库批次').waitFor();
  await send(page, { kind: /退库批次/, to: /国库/, batch: /PC-/, file: '211382-tax-treasury-e1-000001.kxp' });
  await goTo(page, '退税办理');
  expect(await firstRow(page, '已组批在途')).toContain('已送国库');
});

step('the treasury takes the batch, checks and pays it, and sends the receipt', async () => {
  const { page } = treasury;
  await signIn(page, 'reviewer');
  await take(page, '211382-tax-treasury-e1-000001.kxp', '税务局');
  await goTo(page, '退库');
  await act(page, '待审核', '审核退还书', '份');
  await signIn(page, 'approver');
  await goTo(page, '退库');
  await act(page, '待退付', '退付', '份');
  expect(await firstRow(page, '已退付')).toContain(county.name);
  await send(page, { kind: /退库回单/, to: /税务局/, file: '211382-treasury-tax-e1-000001.kxp' });
});

step('the tax office takes the receipt and crosses the refund off', async () => {
  const { page } = tax;
  await signIn(page, 'handler');
  await take(page, '211382-treasury-tax-e1-000001.kxp', '人民银行国库');
  await goTo(page, '退税办理');
  await act(page, '待销号', '销号');
  expect(await firstRow(page, '已办结')).toContain('已销号');
  await page.keyboard.press('F4');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: county.name }).waitFor();
});

step('no pointer was used on either computer', async () => {
  expect(await Promise.all([tax, treasury].map(({ page }) => page.evaluate(() => document.documentElement.dataset['pointed'] ?? 'no')))).toEqual(['no', 'no']);
});

step('both ledgers, rebuilt from their entries, have no fault', async () => {
  for (const { page } of [tax, treasury]) {
    await signOut(page);
    await reach(page, '打开别的单位');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '打开已有单位的文件夹…' }).waitFor();
  }
  expect([deepFaults(county.tax), deepFaults(county.treasury)]).toEqual([[], []]);
});
