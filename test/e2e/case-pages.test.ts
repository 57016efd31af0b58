/**
 * A clerk's hands on a page of cases 办理清单: ticks that survive a filter, a bulk act of which some cannot be done, the place that is kept, the next case, and
 * Escape in a dialog whose list or input method has the focus. One county for all of it; nothing here depends on the step before but the office.
 */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { goTo, openOnScreen, openTab, shownWords, signInOnScreen, tableAnswered } from '../support/clerk.ts';
import { done, fileFolder, openProgram, type Program } from '../support/program.ts';
import { seenCounty } from '../support/seen-county.ts';

const folder = fileFolder();
let program: Program;
let page: Page;

beforeAll(async () => {
  const county = await seenCounty(join(folder, 'county'), 200);
  program = await openProgram({ folder: join(folder, 'window') });
  page = program.page;
  await page.setViewportSize({ width: 1366, height: 768 });
  await openOnScreen(program, county.dirs.tax);
}, 240_000);
afterAll(() => program.app.close());

const bar = () => page.getByRole('group', { name: '办理所勾选的' });
const focusedText = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

async function queueOf(username: string, queue: string): Promise<void> {
  await signInOnScreen(page, username);
  await goTo(page, '退税办理');
  await openTab(page, queue);
  await tableAnswered(page);
}

/** The sums of the queue by the office, to be found on the screen. */
async function totalOf(state: 'informed' | 'sent'): Promise<{ readonly count: number; readonly determined: string }> {
  const { totals } = await done(page, 'refunds.list', { states: [state], limit: 1 });
  return { count: totals.count, determined: totals.determined.replace(/\B(?=(?:\d{3})+\.)/g, ',') };
}

beforeEach(async () => {
  await page.keyboard.press('Escape');
});

test('the sum of what is ticked stands in the status line, and ticks survive a filter', async () => {
  await queueOf('handler', '待申请');
  const { count, determined } = await totalOf('informed');
  expect(count).toBeGreaterThan(3);
  await page.getByRole('button', { name: '勾选全部', exact: true }).click();
  await page.locator('.status').getByText(`已勾选 ${String(count)} 笔　${determined} 元`).waitFor();
  const first = await shownWords(page.locator('.data-table .body .open').first());
  await page.getByRole('textbox', { name: '筛选纳税人名称' }).fill(first);
  await page.keyboard.press('Enter');
  await page.getByText('筛选后共 1 笔').waitFor();
  await bar().getByText(`已勾选 ${String(count)} 笔`).waitFor();
  await page.getByRole('button', { name: '清除筛选' }).first().click();
  await page.locator('.status').getByText(`共 ${String(count)} 笔`).first().waitFor();
  await bar().getByRole('button', { name: '取消勾选' }).click();
  await bar().waitFor({ state: 'hidden' });
});

test('a bulk act that some refuse names them, shows only them, and goes on without them', async () => {
  await queueOf('handler', '待申请');
  const { count, determined } = await totalOf('informed');
  await page.getByRole('button', { name: '勾选全部', exact: true }).click();
  await bar().getByText(`已勾选 ${String(count)} 笔`).waitFor();
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog', { name: '登记申请' });
  await dialog.getByText(`登记申请 ${String(count)} 笔　${determined} 元`).waitFor();
  await dialog.getByRole('button', { name: '登记申请', exact: true }).click();
  const refusal = dialog.getByRole('alert');
  await refusal.getByText(/^▲ 可办 \d+ 笔 .*元，不能办 \d+ 笔/).waitFor();
  const refused = Number(/不能办 (\d+) 笔/.exec(await shownWords(refusal))?.[1]);
  await dialog.getByRole('button', { name: '只看不能办的' }).click();
  await page.locator('.status').getByText(`共 ${String(refused)} 笔`).first().waitFor();
  await page.getByRole('button', { name: '看这一环节的全部' }).click();
  await page.locator('.status').getByText(`共 ${String(count)} 笔`).first().waitFor();
  await page.getByRole('button', { name: '勾选全部', exact: true }).click();
  await bar().getByRole('button', { name: '登记申请…' }).click();
  await dialog.getByRole('button', { name: '登记申请', exact: true }).click();
  await dialog.getByRole('button', { name: '先办可办的' }).click();
  await page.getByText(`已办理“登记申请” ${String(count - refused)} 笔`).waitFor();
  await page.getByText(/下一步：受理，轮到：经办/).waitFor();
  await page.locator('.status').getByText(`共 ${String(refused)} 笔`).first().waitFor();
  expect((await totalOf('informed')).count).toBe(refused);
});

test('coming back finds the row, and the next case is one key away', async () => {
  await queueOf('approver', '全部');
  await page.keyboard.press('F4');
  await page.keyboard.press('Control+End');
  for (let up = 0; up < 20; up += 1) await page.keyboard.press('ArrowUp');
  await expect.poll(() => page.locator('.data-table .row.now .open').count()).toBe(1);
  const name = await shownWords(page.locator('.data-table .row.now .open'));
  const top = await page.locator('.scroller').evaluate((element) => element.scrollTop);
  expect(top).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.getByRole('button', { name: '下一户' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '上一户' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.keyboard.press('Alt+ArrowLeft');
  await page.getByRole('heading', { level: 1, name: '退税办理' }).waitFor();
  await page.locator('.data-table .row.now .open', { hasText: name }).waitFor();
  await expect.poll(() => page.locator('.scroller').evaluate((element) => element.scrollTop)).toBe(top);
  await expect.poll(focusedText).toBe('退税记录');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.data-table .row.now .open', { hasText: name }).waitFor();
});

test('Escape closes a dialog whose closed list has the focus, and leaves it to an open list and to an input method', async () => {
  await queueOf('approver', '待核准');
  await page.locator('[role=grid] .open').first().click();
  await page.getByRole('button', { name: '暂停办理…' }).click();
  const dialog = page.getByRole('dialog', { name: '暂停办理' });
  const list = dialog.getByRole('combobox', { name: '法定情形' });
  await dialog.getByLabel(/^原因/).fill('须进一步核实');
  await dialog.getByLabel(/^原因/).evaluate((field) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, isComposing: true })));
  await list.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('option').first().waitFor({ state: 'hidden' });
  await expect.poll(() => dialog.getByLabel(/^原因/).inputValue()).toBe('须进一步核实');
  await list.focus();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: '暂停办理…' }).waitFor();
});

test('a single act shows what is there now, marks what was changed, and says at the field what is no amount', async () => {
  await queueOf('approver', '待核准');
  await page.locator('[role=grid] .open').first().click();
  await page.getByRole('button', { name: '核准…' }).click();
  const dialog = page.getByRole('dialog', { name: '核准' });
  const field = dialog.getByLabel('核准增量额（元）');
  await expect.poll(() => field.inputValue()).toMatch(/^\d+\.\d{2}$/);
  await field.fill('4.67万');
  await dialog.getByText('不是金额（元，至多两位小数）').waitFor();
  await dialog.getByText('还须填写或改正：核准增量额').waitFor();
  await expect.poll(() => dialog.getByRole('button', { name: '核准', exact: true }).isDisabled()).toBe(true);
  await field.fill('0.01');
  await dialog.getByText(/^原为：/).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
});
