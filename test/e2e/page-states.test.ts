/**
 * Every page of every office, empty, full and without an answer, at 1366×768: what it must say, axe-core, no scrolling sideways, a silent console. The rows
 * are in test/support/page-states.ts. With LIUDI_SEEN set each look is kept as a picture in test/e2e/seen.
 */
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agencies, agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { seriousFaults } from '../support/axe-page.ts';
import { goTo, settled } from '../support/clerk.ts';
import { foreignLines } from '../support/foreign-letters.ts';
import { looksOf, seenStateNames, strayRows, unseenPages, type Look, type SeenState } from '../support/page-states.ts';
import { answerOpenDialogs, fileFolder, openProgram, practiceOffice, shellDone, type Program } from '../support/program.ts';
import { seenCounty, type SeenCounty } from '../support/seen-county.ts';

const folder = fileFolder();
let county: SeenCounty;

beforeAll(async () => {
  county = await seenCounty(join(folder, 'county'));
});

test('every page of every office is seen empty, full and without an answer', () => {
  expect(unseenPages()).toEqual([]);
  expect(strayRows()).toEqual([]);
});

describe.each(agencies)('%s', (agency) => {
  let program: Program;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    program = await openProgram({ folder: join(folder, `window-${agency}`) });
    page = program.page;
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()); });
    page.on('pageerror', (error) => { complaints.push(error.message); });
    await page.setViewportSize({ width: 1366, height: 768 });
    await practiceOffice(program, { agency, dir: join(folder, `empty-${agency}`), as: 'handler' });
  });
  afterAll(() => program.app.close());

  async function look(state: SeenState, above: string, { name, by = 'handler', show }: Look, title: string, words: string | RegExp): Promise<void> {
    await nothingOpen(page);
    if (state !== 'error') await shellDone(page, 'shell.signIn', { username: by, password: null });
    // From another page, so that this one asks anew.
    await goTo(page, above === '交换' ? '系统管理' : '交换');
    await goTo(page, above);
    await show?.({ program, page, county, state });
    await page.locator('main').getByText(words).or(page.getByRole('dialog').getByText(words)).first().waitFor();
    await settled(page);
    if (process.env['LIUDI_SEEN'] !== undefined) await page.screenshot({ path: join(import.meta.dirname, 'seen', `${pictureName(agency, title, name, state)}.png`) });
    expect.soft(foreignLines((await wordsOf(page)).replaceAll(basename(county.stick), '')), 'E3 words of the program on the page').toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await sideways(page)).toEqual([]);
    await expect.poll(() => page.locator('header.top .practice').innerText()).toContain('【演练】');
  }

  describe('a new office', () => {
    test.each(looksOf(agency, 'empty'))('$title $look.name says what to do next', async ({ look: given, above, title, words }) => {
      await look('empty', above, given, title, words);
    });
  });

  describe('a county at work', () => {
    beforeAll(async () => {
      await shellDone(page, 'shell.closeOffice', {});
      await answerOpenDialogs(program.app, county.dirs[agency]);
      const picked = await shellDone(page, 'shell.chooseFolder', { purpose: 'open' });
      if (picked === null) throw new Error('no folder was chosen');
      await shellDone(page, 'shell.openOffice', { folder: picked.token });
      await shellDone(page, 'shell.signIn', { username: 'handler', password: null });
    });
    test.each(looksOf(agency, 'full'))('$title $look.name shows its rows', async ({ look: given, above, title, words }) => {
      await look('full', above, given, title, words);
    });
  });

  describe('a program that no longer answers', () => {
    beforeAll(async () => {
      await nothingOpen(page);
      // Who looked last may be one who reads fewer pages.
      await shellDone(page, 'shell.signIn', { username: 'handler', password: null });
      await program.app.evaluate(({ ipcMain }) => { ipcMain.removeHandler('invoke'); });
    });
    test.each(looksOf(agency, 'error'))('$title $look.name says so and does not pretend to be empty', async ({ look: given, above, title, words }) => {
      await look('error', above, given, title, words);
    });
  });

  test('nothing was said on the console', () => {
    expect(complaints).toEqual([]);
  });
});

/** Closes the dialog or drawer of the look before. */
async function nothingOpen(page: Page): Promise<void> {
  await settled(page);
  const open = page.locator('.el-overlay:visible');
  if ((await open.all()).length === 0) return;
  await page.keyboard.press('Escape');
  await open.first().waitFor({ state: 'hidden' });
}

function pictureName(agency: Agency, title: string, name: string, state: SeenState): string {
  return [agencyNames[agency], title, ...(name === '' ? [] : [name]), seenStateNames[state]].join('-');
}

/** Everything that a clerk reads or hears on the page: its text, and what stands in fields, hints and labels. */
async function wordsOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const said = [...document.querySelectorAll('[placeholder],[title],[aria-label],[alt]')].flatMap((element) => (
      ['placeholder', 'title', 'aria-label', 'alt'].map((name) => element.getAttribute(name) ?? '')));
    return [document.title, document.body.innerText.replaceAll('\t', '\n'), ...said].join('\n');
  });
}

/** What is wider than its place: the document, or the page's own scroller. */
async function sideways(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => [document.documentElement, document.querySelector('main')].flatMap((element) => (element === null || element.scrollWidth <= element.clientWidth ? [] : [`${element.tagName} ${String(element.scrollWidth)} > ${String(element.clientWidth)}`])));
}
