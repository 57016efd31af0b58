/** A clerk at the keyboard 只用键盘的办理人: what has the focus, going to something by one key, choosing from a list. */
/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** So many presses of one key reach anything on a page; more means that it cannot be reached. */
const pressesMax = 80;

/** What has the focus, as it is named on the screen; a tab is marked as one, and what stands in a table is followed by its row. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return '';
    const label = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0]?.innerText : undefined;
    const name = element.getAttribute('aria-label') ?? label ?? element.innerText;
    const row = element.closest('tr')?.innerText;
    const tab = element.getAttribute('role') === 'tab' ? '[tab] ' : '';
    return `${tab}${name.replace(/\s+/g, ' ').trim()}${row === undefined ? '' : ` @ ${row.replace(/\s+/g, ' ')}`}`;
  });
}

/** Presses a key until what is meant has the focus. */
export async function reach(page: Page, meant: string | RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let press = 0; press < pressesMax; press += 1) {
    const now = await focused(page);
    if (typeof meant === 'string' ? now === meant : meant.test(now)) return;
    passed.push(now);
    await page.keyboard.press(key);
  }
  throw new Error(`${String(meant)} was not reached by ${key}: ${passed.join(' → ')}`);
}

/** Opens a list with Enter and goes down to the option; after each press it waits until another option is marked. */
export async function chooseByKeys(page: Page, label: string, option: RegExp): Promise<void> {
  await reach(page, label);
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: option }).waitFor();
  for (let press = 0, marked = await markedOption(page); !option.test(marked); press += 1) {
    if (press === pressesMax) throw new Error(`${String(option)} was not reached in ${label}`);
    await page.keyboard.press('ArrowDown');
    marked = await markedOption(page, marked);
  }
  await page.keyboard.press('Enter');
  await page.locator('.el-select', { has: page.getByRole('combobox', { name: label }) }).getByText(option).waitFor();
}

/** The option that Enter would take, as soon as it is another than before; '' where none is marked yet. */
async function markedOption(page: Page, before?: string): Promise<string> {
  const marked = await page.waitForFunction((last) => {
    const shown = [...document.querySelectorAll<HTMLElement>('.el-select-dropdown__item.is-hovering')].find((item) => item.checkVisibility());
    const words = shown?.innerText.trim() ?? '';
    return last === undefined || words !== last ? { words } : null;
  }, before);
  return (await marked.jsonValue())?.words ?? '';
}
