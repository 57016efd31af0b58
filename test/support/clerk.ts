/**
 * A clerk before the screen 屏幕前的办理人: the moves that every spec of the whole window shares, by mouse. Reads what is shown and touches what can be
 * touched; never calls the bridge.
 */
/// <reference lib="dom" />
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { openOffice } from '../../electron/office/office.ts';
import { answerOpenDialogs, openProgram, type Program } from './program.ts';
import { testEnv } from './practice.ts';

/** A computer of its own 另一台电脑: its own program data in a folder of this name, at the size of a clerk's screen. */
export async function openComputer(folder: string, name: string): Promise<Program> {
  mkdirSync(join(folder, name), { recursive: true });
  const program = await openProgram({ folder: join(folder, name) });
  await program.page.setViewportSize({ width: 1366, height: 768 });
  return program;
}

/** Opens an office from its folder, on the first page of the program. */
export async function openOnScreen({ app, page }: Program, dir: string): Promise<void> {
  await answerOpenDialogs(app, dir);
  await page.getByRole('button', { name: '打开已有单位的文件夹…' }).click();
  await page.getByRole('heading', { name: '登录' }).waitFor();
}

/** Waits until the window shows either somebody at work or the way in. @param wayIn what only the page of signing in has */
export async function somebodyAtWork(page: Page, wayIn: Locator): Promise<boolean> {
  const leave = page.getByRole('button', { name: '退出登录' });
  await leave.or(wayIn).first().waitFor();
  return leave.isVisible();
}

/** Has whoever is signed in leave, and waits for the way in. */
export async function leaveIfSignedIn(page: Page, wayIn: Locator): Promise<void> {
  if (await somebodyAtWork(page, wayIn)) await page.getByRole('button', { name: '退出登录' }).click();
  await wayIn.waitFor();
}

/** Signs a practice operator in, after whoever was signed in has left. */
export async function signInOnScreen(page: Page, username: string): Promise<void> {
  await leaveIfSignedIn(page, page.getByRole('button', { name: `（${username}）` }));
  await page.getByRole('button', { name: `（${username}）` }).click();
  await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor();
}

/** Goes to a page by the side bar. */
export async function goTo(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation', { name: '页面' }).getByRole('link', { name: title, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Opens a tab of the page by its title; what a title adds in brackets may be left out. */
export async function openTab(page: Page, title: string): Promise<void> {
  const name = new RegExp(`^${title}(?:$|（)`);
  await page.getByRole('tab', { name }).click();
  await page.getByRole('tab', { name, selected: true }).waitFor();
}

/** Waits until the table shows what was asked last. A table that asks becomes busy in the same drawing as the tab or filter that made it ask. */
export async function tableAnswered(page: Page): Promise<void> {
  await page.locator('[role=grid][aria-busy=false]').waitFor();
}

/** Does something after which the table asks again, and waits for the answer to that question. */
export async function askedAnew(page: Page, act: () => Promise<void>): Promise<void> {
  const before = await page.locator('[role=grid]').getAttribute('data-question');
  await act();
  await page.waitForFunction((last) => {
    const grid = document.querySelector('[role=grid]');
    return grid?.getAttribute('aria-busy') === 'false' && Number(grid.getAttribute('data-question')) > Number(last);
  }, before);
}

/** Waits until nothing is being asked and nothing moves: what is shown now is what was asked for. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null && !/正在取数|正在读取/.test(document.querySelector('main')?.innerText ?? '')
    && document.getAnimations().every((animation) => animation.playState !== 'running'));
}

/** Ticks every row of a queue and does one act on them. @param fill fills the dialog's own fields */
export async function actOnQueue(page: Page, terms: { readonly queue: string; readonly act: string; readonly done: string; readonly fill?: (dialog: ReturnType<Page['getByRole']>) => Promise<void> }): Promise<void> {
  await openTab(page, terms.queue);
  await tableAnswered(page);
  await page.getByRole('button', { name: '勾选全部', exact: true }).click();
  await page.locator('.act-bar').getByRole('button', { name: `${terms.act}…`, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: terms.act });
  await terms.fill?.(dialog);
  await dialog.getByRole('button', { name: terms.act, exact: true }).click();
  await page.getByText(terms.done).waitFor();
}

/** Registers a hundred voucher numbers on the page of refunds, from 00000001 on. */
export async function registerVoucherNumbers(page: Page): Promise<void> {
  await page.getByRole('button', { name: '批次与号段…' }).click();
  const drawer = page.getByRole('dialog', { name: '批次与号段' });
  await drawer.getByLabel('起号').fill('00000001');
  await drawer.getByLabel('止号').fill('00000100');
  await drawer.getByRole('button', { name: '登记号段' }).click();
  await drawer.getByText('剩余 100 个').waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
}

/** Chooses from a list that opens. */
export async function choose(page: Page, label: string, option: RegExp): Promise<void> {
  await page.locator('.el-select').filter({ has: page.getByRole('combobox', { name: label }) }).click();
  await page.getByRole('option', { name: option }).click();
}

/** The words of the first row of the table, once it shows what was asked last: looked at and read in one moment. */
export async function shownFirstRow(page: Page): Promise<string> {
  const words = await page.waitForFunction(() => {
    const grid = document.querySelector('[role=grid][aria-busy=false]');
    return grid?.querySelector<HTMLElement>('.body:not(.old) [role=row]')?.innerText ?? '';
  });
  return words.jsonValue();
}

/** What every field of a form that is wrong says, in their order, without the mark. */
export function shownFaults(page: Page): Promise<string[]> {
  return page.locator('.form-row .fault').evaluateAll((faults) => faults.map((fault) => (fault as HTMLElement).innerText.replace(/^▲\s*/, '')));
}

/** The words of what the step before has waited for, e.g. a name that differs from run to run. Not for what an act is still to change. */
export function shownWords(shown: Locator): Promise<string> {
  return shown.innerText();
}

/** The words of the row of this name. */
export function shownRow(page: Page, name: RegExp): Promise<string> {
  return page.getByRole('row', { name }).innerText();
}

/** The fingerprint of this office's key, once it is shown whole: eight groups of four. */
export async function shownFingerprint(page: Page): Promise<string> {
  const whole = page.locator('p.fingerprint').filter({ hasText: /^\s*(?:[0-9A-HJKMNP-TV-Z]{4} ){7}[0-9A-HJKMNP-TV-Z]{4}\s*$/ });
  return (await whole.innerText()).trim();
}

/** The eight groups of a recovery phrase, once all are shown. */
export async function shownPhrase(dialog: Locator): Promise<string[]> {
  const groups = dialog.locator('.letters');
  await groups.nth(7).waitFor();
  return groups.allInnerTexts();
}

/** The numbers of the two groups that are to be typed back, once both fields stand. */
export async function askedGroups(dialog: Locator): Promise<number[]> {
  const labels = dialog.locator('label').filter({ hasText: /第 \d 组/ });
  await labels.nth(1).waitFor();
  return (await labels.allInnerTexts()).map((text) => Number(/第 (\d) 组/.exec(text)?.[1]));
}

/** Lists the stick again and looks into one of its packages, both times when what was shown before has been replaced. */
export async function lookIntoPackage(page: Page, file: string): Promise<void> {
  await page.getByRole('button', { name: /选取 U 盘目录…|换一个目录…/ }).click();
  await page.getByRole('row', { name: file }).waitFor();
  await settled(page);
  await page.getByRole('row', { name: file }).getByRole('button', { name: '查看' }).click();
  await page.getByRole('region', { name: `查看 ${file}` }).waitFor();
  await settled(page);
}

/** What a queue shows now: the words of its first row. */
export async function firstRow(page: Page, queue: string): Promise<string> {
  await openTab(page, queue);
  return shownFirstRow(page);
}

/** What a deep verification of an office that no window has open finds. */
export function deepFaults(dir: string): readonly string[] {
  const office = openOffice(dir, testEnv({ now: Date.now() }));
  try {
    return office.verify('deep').faults.map(({ message }) => message);
  } finally {
    office.close();
  }
}
