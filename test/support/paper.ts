/** Reads printed paper back 纸面核对: the text of each page by pdf.js in Node, and a picture of a page by pdf.js in a browser, so that eyes can judge it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Browser } from 'playwright-core';

/** The text of each page, pieces joined as they stand. */
export async function paperText(bytes: Uint8Array): Promise<string[]> {
  const document = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  await document.destroy();
  return pages;
}

const built = (name: string): string => readFileSync(fileURLToPath(import.meta.resolve(`pdfjs-dist/build/${name}`)), 'utf8');

/** A PNG of one page. @param scale 1 is 72 dots an inch */
export async function paperPicture(browser: Browser, bytes: Uint8Array, number = 1, scale = 1.5): Promise<Uint8Array> {
  const page = await browser.newPage();
  await page.addScriptTag({ type: 'module', content: built('pdf.worker.mjs') });
  await page.addScriptTag({ type: 'module', content: built('pdf.mjs') });
  await page.waitForFunction('globalThis.pdfjsLib !== undefined && globalThis.pdfjsWorker !== undefined');
  const url: unknown = await page.evaluate(`(async () => {
    const data = Uint8Array.fromBase64(${JSON.stringify(Buffer.from(bytes).toString('base64'))});
    const sheet = await (await pdfjsLib.getDocument({ data }).promise).getPage(${String(number)});
    const viewport = sheet.getViewport({ scale: ${String(scale)} });
    const canvas = Object.assign(document.createElement('canvas'), { width: viewport.width, height: viewport.height });
    await sheet.render({ canvas, viewport }).promise;
    return canvas.toDataURL('image/png');
  })()`);
  await page.close();
  return new Uint8Array(Buffer.from(String(url).split(',')[1] ?? '', 'base64'));
}
