/** E3 Every paper and table of every office is walked for letters that are no names: in a county with data and in a new office. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Office } from '../../../electron/office/office.ts';
import { agencies, type Agency } from '../../../shared/kernel/office.ts';
import type { ReportParams } from '../../../shared/reports/contract.ts';
import { reportIds, reportTable, type ReportId } from '../../../shared/reports/table.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { foreignLines } from '../../support/foreign-letters.ts';
import { done, practiceOffice, testClock } from '../../support/practice.ts';
import { printedCounty, type PrintedCounty } from '../../support/printed-county.ts';

const folder = mkdtempSync(join(tmpdir(), 'liudi-paper-words-'));
const period = taxPeriod('2022-04');
let county: PrintedCounty;

beforeAll(async () => {
  county = await printedCounty(folder);
});
afterAll(() => {
  county.close();
  rmSync(folder, { recursive: true, force: true });
});

const printed: [Agency, ReportId][] = agencies.flatMap((agency) => reportIds.filter((id) => reportTable[id].agencies.includes(agency)).map((id): [Agency, ReportId] => [agency, id]));

/** The words of a paper, an element a line; what styles say is not printed. */
function wordsOf(page: string): string {
  const parser = new SaxesParser();
  const lines: string[] = [];
  let style = false;
  parser.on('opentag', ({ name }) => { style = name === 'style'; });
  parser.on('closetag', () => { style = false; });
  parser.on('text', (text) => { if (!style) lines.push(text.replaceAll('\n', ' ')); });
  parser.write(page).close();
  return lines.join('\n');
}

/** Every paper that the report can be: one for every taxpayer, voucher, batch and package there is. */
async function papersOf(office: Office, id: ReportId): Promise<readonly ReportParams[]> {
  const { parameters } = reportTable[id];
  const agency = office.identity.agency;
  if (id === 'explanation') return (await done(office, 'eligibility.list', { period, limit: 1000 }, 'handler')).rows.map(({ uscc }) => ({ period, uscc }));
  if (parameters.includes('package')) return (await done(office, 'exchange.listPackages', { limit: 1000 }, 'handler')).rows.map(({ packageId }) => ({ package: packageId }));
  if (parameters.includes('voucher')) {
    const listed = agency === 'tax' ? await done(office, 'refunds.list', { limit: 1000 }, 'handler') : await done(office, 'treasury.list', { limit: 1000 }, 'handler');
    return listed.rows.flatMap(({ voucherNo }) => (voucherNo === null ? [] : [{ voucher: voucherNo }]));
  }
  return [{}];
}

describe('E3 no programmer’s word on paper', () => {
  test.each(printed)('%s %s', async (agency, id) => {
    const office = county.offices[agency];
    const papers = await papersOf(office, id);
    expect(papers.length).toBeGreaterThan(0);
    const found = new Set<string>();
    for (const params of papers) {
      const { html, title, fileName } = await done(office, 'reports.render', { id, params }, 'handler');
      for (const line of foreignLines([title, fileName, wordsOf(html)].join('\n'))) found.add(line);
    }
    expect([...found]).toEqual([]);
  });

  test.each(printed.filter(([, id]) => reportTable[id].formats.includes('csv')))('the table of %s %s', async (agency, id) => {
    const table = await done(county.offices[agency], 'reports.table', { id, params: {} }, 'handler');
    expect(foreignLines(table.cells.flat().join('\n'))).toEqual([]);
  });

  test.each(printed.filter(([, id]) => reportTable[id].required.length === 0))('%s %s of a new office', async (agency, id) => {
    const office = await practiceOffice(agency, testClock('2022-05-08T10:00'));
    const reply = await office.call('reports.render', { id, params: {} }, 'handler');
    const said = reply.ok ? wordsOf((reply.value as { readonly html: string }).html) : reply.error.message;
    expect(foreignLines(said)).toEqual([]);
  });
});
