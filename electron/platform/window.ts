/**
 * A window of the program 窗口: locked-down page, title that says whose office it is and whether it is practice 演练, zoom by keyboard. It is hidden until
 * the page can be seen. What is in the page, and when it may close, others decide.
 */
import { BrowserWindow, type Input } from 'electron';
import { startPage } from './app-files.ts';
import { pagePreferences } from './page-preferences.ts';

export type WindowTerms = {
  readonly preload: string;
  readonly icon: string | null;
  readonly packaged: boolean;
  readonly title: string;
};

const zoomMin = 0.5;
const zoomMax = 3;

export function makeWindow(terms: WindowTerms): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: terms.title,
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    ...(terms.icon === null ? {} : { icon: terms.icon }),
    webPreferences: pagePreferences(terms.preload, terms.packaged),
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  // The title says which office this is; a page must not be able to change it.
  window.on('page-title-updated', (event) => {
    event.preventDefault();
  });
  window.webContents.on('before-input-event', (event, input) => {
    const zoom = zoomAfter(window.webContents.getZoomFactor(), input);
    if (zoom === null) return;
    event.preventDefault();
    window.webContents.setZoomFactor(zoom);
  });
  // The page's own process may die; the office lives in another thread and is untouched.
  window.webContents.on('render-process-gone', () => {
    if (!window.isDestroyed()) void window.loadURL(startPage);
  });
  return window;
}

export async function showStartPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(startPage);
}

/** `留抵直达`, `凌源市税务局 — 留抵直达`, `【演练】凌源市税务局 — 留抵直达`. */
export function windowTitle(product: string, office: { readonly name: string; readonly practice: boolean } | null): string {
  if (office === null) return product;
  return `${office.practice ? '【演练】' : ''}${office.name} — ${product}`;
}

/** Ctrl with `+`, `-` or `0`: the next zoom factor, or null when the key means something else. */
export function zoomAfter(zoom: number, input: Pick<Input, 'type' | 'key' | 'control' | 'meta' | 'alt'>): number | null {
  if (input.type !== 'keyDown' || !(input.control || input.meta) || input.alt) return null;
  const tenths = Math.round(zoom * 10);
  const next = input.key === '+' || input.key === '=' ? tenths + 1 : input.key === '-' ? tenths - 1 : input.key === '0' ? 10 : null;
  return next === null ? null : Math.min(zoomMax, Math.max(zoomMin, next / 10));
}
