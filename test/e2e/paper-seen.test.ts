/**
 * Every page of every paper as a picture 单证图片, from the closed table of reports: each paper is told of in seen/PAPER.md, and its pages lie beside it, as many as
 * it is printed on. With LIUDI_SEEN set the pictures are made anew from the synthetic county; what the pages say is read in paper-reports.test.ts.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { reportIds, reportTable, type ReportId } from '../../shared/reports/table.ts';
import { withPaperFonts } from '../../electron/platform/paper-fonts.ts';
import { chromiumPrinter, type ChromiumPrinter } from '../../electron/platform/print-chromium.ts';
import { testBrowser } from '../support/browser.ts';
import { paperPicture, paperText } from '../support/paper.ts';
import { done } from '../support/practice.ts';
import { printedCounty, type PrintedCounty } from '../support/printed-county.ts';

const seen = join(import.meta.dirname, 'seen');
const told = readFileSync(join(seen, 'PAPER.md'), 'utf8');
const period = taxPeriod('2022-04');
/** Each paper once, as the first of its offices prints it; the treasury's own list of vouchers too. */
const papers: readonly { readonly agency: Agency; readonly id: ReportId }[] = [
  ...reportIds.flatMap((id) => reportTable[id].agencies.slice(0, 1).map((agency) => ({ agency, id }))), { agency: 'treasury', id: 'batch-list' },
];
const prefix = (agency: Agency, id: ReportId): string => `单证-${agencyNames[agency]}-${reportTable[id].title}-`;
const pictures = (agency: Agency, id: ReportId): string[] => readdirSync(seen).filter((name) => name.startsWith(prefix(agency, id)));

test.each(reportIds.map((id) => ({ id, title: reportTable[id].title })))('$title ($id) is told of in PAPER.md', ({ title }) => {
  expect(told).toContain(`《${title}》`);
});

describe('each page lies beside it as a picture', () => {
  const folder = mkdtempSync(join(tmpdir(), 'liudi-seen-'));
  let county: PrintedCounty;
  let printer: ChromiumPrinter;
  let browser: Browser;

  beforeAll(async () => {
    county = await printedCounty(folder, 60);
    const found = await chromiumPrinter();
    if (found === null) throw new Error('no browser');
    printer = found;
    browser = await testBrowser();
  });
  afterAll(async () => {
    county.close();
    await printer.close();
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(papers)('$id of $agency', async ({ agency, id }) => {
    const office = county.offices[agency];
    const { parameters } = reportTable[id];
    const [first] = id === 'explanation' ? (await done(office, 'eligibility.list', { period, limit: 1 }, 'handler')).rows : [];
    const params = { ...(parameters.includes('period') ? { period } : {}), ...(first === undefined ? {} : { uscc: first.uscc }) };
    const { html } = await done(office, 'reports.render', { id, params }, 'handler');
    const bytes = await printer.print(withPaperFonts(html).html);
    const { length } = await paperText(bytes);
    if (process.env['LIUDI_SEEN'] !== undefined) {
      for (const name of pictures(agency, id)) rmSync(join(seen, name));
      for (let number = 1; number <= length; number += 1) writeFileSync(join(seen, `${prefix(agency, id)}${String(number)}.png`), await paperPicture(browser, bytes, number, 1));
    }
    expect(pictures(agency, id).sort()).toEqual(Array.from({ length }, (_, index) => `${prefix(agency, id)}${String(index + 1)}.png`));
  });
});
