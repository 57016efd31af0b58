/**
 * Printing in the window application 打印: a hidden, locked-down page of its own shows the finished HTML and Electron prints it. The HTML is handed over
 * from memory under an address of chance that answers once.
 */
import { randomBytes } from 'node:crypto';
import { BrowserWindow } from 'electron';
import { appScheme } from './app-files.ts';
import { pagePreferences } from './page-preferences.ts';
import { paper, pdfTerms, printPolicy, type PrintToPdf } from './print.ts';
import { zoomByKeys } from './window.ts';

/** A sheet seen on a screen has no margins of its own. */
const onScreen = '@media screen { html { background: #fff; } body { padding: 12mm 14mm; } }';

/** The host of printed pages; the page's own host never answers for it. */
export const printHost = 'print';

export type PaperWindow = { readonly close: () => void };

export type PrintedPages = {
  /** The HTML behind an address, once; null when there is none. */
  take(url: string): string | null;
  readonly print: PrintToPdf;
  /** Shows a page in a window of its own, above another; Escape closes it. */
  show(title: string, html: string, above: BrowserWindow): Promise<PaperWindow>;
};

export function printedPages(packaged: boolean): PrintedPages {
  const waiting = new Map<string, string>();
  const load = async (window: BrowserWindow, html: string): Promise<void> => {
    const url = `${appScheme}://${printHost}/${randomBytes(16).toString('hex')}`;
    waiting.set(url, html);
    try {
      await window.loadURL(url);
    } finally {
      waiting.delete(url);
    }
  };
  return {
    take(url) {
      const html = waiting.get(url) ?? null;
      waiting.delete(url);
      return html;
    },
    async print(html) {
      const window = new BrowserWindow({ show: false, webPreferences: pagePreferences(null, packaged) });
      try {
        await load(window, html);
        await window.webContents.executeJavaScript('document.fonts.ready.then(() => true)');
        const bytes = await window.webContents.printToPDF({ ...pdfTerms, pageSize: { width: paper.width, height: paper.height } });
        return new Uint8Array(bytes);
      } finally {
        window.destroy();
      }
    },
    async show(title, html, above) {
      const window = new BrowserWindow({ parent: above, width: 1000, height: 760, show: false, title, autoHideMenuBar: true, webPreferences: pagePreferences(null, packaged) });
      window.on('page-title-updated', (event) => {
        event.preventDefault();
      });
      window.webContents.on('before-input-event', (event, input) => {
        if (input.type !== 'keyDown' || input.key !== 'Escape') return;
        event.preventDefault();
        window.close();
      });
      zoomByKeys(window);
      await load(window, html.replace('</head>', () => `<style>${onScreen}</style></head>`));
      window.show();
      return {
        close: () => {
          if (!window.isDestroyed()) window.destroy();
        },
      };
    },
  };
}

/** The answer to the hidden page's one request. */
export function printedAnswer(html: string): Response {
  return new Response(html, { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': printPolicy, 'x-content-type-options': 'nosniff' } });
}
