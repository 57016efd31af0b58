/**
 * Printing without a window 无窗口打印: the same page, the same terms, through a Chromium found on this machine. One browser serves many pages and ends
 * with `close`. Scripts never run and nothing is fetched.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, type Chromium } from './chromium.ts';
import { DevToolsPipe } from './devtools-pipe.ts';
import { paper, pdfTerms, printPolicy, type PrintToPdf } from './print.ts';

export type ChromiumPrinter = { readonly print: PrintToPdf; close(): Promise<void> };

/** @returns null when this machine has no Chromium, Edge or Chrome; see noBrowserSentence */
export async function chromiumPrinter(): Promise<ChromiumPrinter | null> {
  const found = await findChromium();
  return found === null ? null : printerOver(found);
}

/** What a command says when it goes on without paper. */
export const noBrowserSentence = '本机没有可用的 Chromium、Edge 或 Chrome，PDF 未生成，其余照常。可安装 Edge 或 Chrome，或用环境变量 LIUDI_BROWSER 指明浏览器，再重新生成。';

function printerOver(chromium: Chromium): ChromiumPrinter {
  const profile = mkdtempSync(join(tmpdir(), 'liudi-print-'));
  const browser = new DevToolsPipe({ ...chromium, flags: [...chromium.flags, `--user-data-dir=${profile}`] });
  const ended = new Promise<void>((resolve) => {
    browser.once('exit', () => {
      resolve();
    });
  });
  return {
    print: (html) => printOne(browser, html),
    async close() {
      browser.end();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function printOne(browser: DevToolsPipe, html: string): Promise<Uint8Array> {
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
  const sheet = await browser.attach(String(targetId));
  try {
    await sheet.send('Page.enable');
    const { frameTree } = await sheet.send('Page.getFrameTree');
    const frameId = (frameTree as { frame: { id: string } }).frame.id; // the answer's form in the DevTools protocol
    const loaded = new Promise<void>((resolve) => {
      sheet.once('Page.loadEventFired', () => {
        resolve();
      });
    });
    await sheet.send('Page.setDocumentContent', { frameId, html: underPolicy(html) });
    await loaded;
    await sheet.send('Runtime.evaluate', { expression: 'document.fonts.ready.then(() => true)', awaitPromise: true });
    const { data } = await sheet.send('Page.printToPDF', { ...pdfTerms, paperWidth: paper.width, paperHeight: paper.height });
    return new Uint8Array(Buffer.from(String(data), 'base64'));
  } finally {
    await browser.send('Target.closeTarget', { targetId: String(targetId) });
  }
}

/** The page's own policy as its first element: there is no response here that could carry it as a header. */
function underPolicy(html: string): string {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${printPolicy}">`;
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + meta) : `${meta}${html}`;
}
