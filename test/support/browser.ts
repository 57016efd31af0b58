/** A browser for tests that need a page but no program 测试浏览器: the same Chromium that prints paper, driven by Playwright. */
import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../electron/platform/chromium.ts';

/** @throws Error when this machine has none: the suites that call it cannot say anything then */
export async function testBrowser(): Promise<Browser> {
  const found = await findChromium();
  if (found === null) throw new Error('no browser: install Edge or Chrome, or name one with LIUDI_BROWSER');
  return chromium.launch({ executablePath: found.executable, env: { ...process.env, ...found.env }, args: found.flags.filter((flag) => flag !== '--headless' && flag !== '--no-startup-window') });
}
