/**
 * A window of the program 窗口: locked-down page, title that says whose office it is and whether it is practice 演练, zoom by keyboard. It is hidden until
 * the page can be seen. What is in the page, and when it may close, others decide.
 */
import { BrowserWindow } from 'electron';
import { startPage } from './app-files.ts';
import { pagePreferences } from './page-preferences.ts';
import { zoomAfter } from './window-words.ts';

export type WindowTerms = {
  readonly preload: string;
  readonly icon: string;
  readonly packaged: boolean;
  readonly title: string;
};

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
    icon: terms.icon,
    webPreferences: pagePreferences(terms.preload, terms.packaged),
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  // The title says which office this is; a page must not be able to change it.
  window.on('page-title-updated', (event) => {
    event.preventDefault();
  });
  zoomByKeys(window);
  // The page's own process may die; the office lives in another thread and is untouched.
  window.webContents.on('render-process-gone', () => {
    if (!window.isDestroyed()) void window.loadURL(startPage);
  });
  return window;
}

export async function showStartPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(startPage);
}

/** Zoom by keyboard 缩放 in every window of the program: control with plus, minus and zero. There is no menu that would do it. */
export function zoomByKeys(window: BrowserWindow): void {
  window.webContents.on('before-input-event', (event, input) => {
    const zoom = zoomAfter(window.webContents.getZoomFactor(), input);
    if (zoom === null) return;
    event.preventDefault();
    window.webContents.setZoomFactor(zoom);
  });
}
