/** Every report of the table from real ledgers, filled and empty: well-formed, escaped, tied to its lines, with a digest that stays. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseYuan } from '../../../shared/kernel/money.ts';
import { agencies, type Agency } from '../../../shared/kernel/office.ts';
import type { ReportParams } from '../../../shared/reports/contract.ts';
import { reportIds, reportTable, type ReportId } from '../../../shared/reports/table.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { done, practiceOffice, refused, testClock } from '../../support/practice.ts';
import { printedCounty, type PrintedCounty } from '../../support/printed-county.ts';

const folder = mkdtempSync(join(tmpdir(), 'liudi-reports-'));
let county: PrintedCounty;
const period = taxPeriod('2022-04');

beforeAll(async () => {
  county = await printedCounty(folder);
});
afterAll(() => {
  county.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What each office prints: one row a report and office. */
const printed: [Agency, ReportId][] = agencies.flatMap((agency) => reportIds.filter((id) => reportTable[id].agencies.includes(agency)).map((id): [Agency, ReportId] => [agency, id]));

async function largestRefund(): Promise<string> {
  const { rows } = await done(county.offices.tax, 'eligibility.list', { period, sort: 'total', descending: true, limit: 1 }, 'handler');
  return rows[0]?.uscc ?? '';
}

async function paramsOf(id: ReportId): Promise<ReportParams> {
  return id === 'explanation' ? { period, uscc: await largestRefund() } : {};
}

/** Names of the elements, in order. @throws Error when the page is not well-formed */
function elementsOf(page: string): string[] {
  const parser = new SaxesParser();
  const names: string[] = [];
  parser.on('opentag', (tag) => {
    names.push(tag.name);
  });
  parser.write(page).close();
  return names;
}

describe('an office with data', () => {
  test.each(printed)('%s prints %s: one well-formed page with its frame', async (agency, id) => {
    const page = await done(county.offices[agency], 'reports.render', { id, params: await paramsOf(id) }, 'handler');
    const elements = elementsOf(page.html);
    expect(page.empty).toBe(false);
    expect(elements.filter((name) => name === 'h1')).toHaveLength(1);
    expect(elements.filter((name) => ['script', 'link', 'img', 'iframe'].includes(name))).toEqual([]);
    expect(page.html).not.toMatch(/https?:|url\(/);
    for (const part of [page.title, '编制单位', county.offices[agency].identity.name, '【演练】', '演练数据，不作凭证', page.digest, 'counter(page)']) expect(page.html).toContain(part);
    expect(page.html).toContain(`size:A4 ${page.orientation}`);
    expect(page.fileName).not.toMatch(/[\\/:*?"<>|]/);
  });

  test.each(printed)('%s prints %s twice with the same page, and later with the same digest', async (agency, id) => {
    const params = await paramsOf(id);
    const first = await done(county.offices[agency], 'reports.render', { id, params }, 'handler');
    expect(await done(county.offices[agency], 'reports.render', { id, params }, 'reviewer')).toEqual(first);
    const { now } = county.clock;
    county.clock.now += 86_400_000;
    const later = await done(county.offices[agency], 'reports.render', { id, params }, 'handler');
    county.clock.now = now;
    expect(later.digest).toBe(first.digest);
    expect(later.html).not.toBe(first.html);
    expect(first.digest).toMatch(/^[0-9a-f]{4}(-[0-9a-f]{4}){3}$/);
  });

  test('different data have different digests', async () => {
    const { rows } = await done(county.offices.tax, 'eligibility.list', { period, limit: 20 }, 'handler');
    const digests = await Promise.all(rows.map(async (row) => (await done(county.offices.tax, 'reports.render', { id: 'explanation', params: { period, uscc: row.uscc } }, 'handler')).digest));
    expect(new Set(digests).size).toBe(rows.length);
  });

  test('the explanation says conclusion, formula, every rule and its article', async () => {
    const uscc = await largestRefund();
    const found = await done(county.offices.tax, 'eligibility.explain', { period, uscc }, 'handler');
    const { html } = await done(county.offices.tax, 'reports.render', { id: 'explanation', params: { period, uscc } }, 'handler');
    expect(html).toContain('结论：可退');
    expect(html).toMatch(/应退(?:存量|增量)＝[\d,.]+ × （[\d,.]+ ÷ [\d,.]+） × \d+% ＝ [\d,.]+ 元/);
    for (const finding of found.findings) expect(html).toContain(finding.text);
    expect(html).toContain('2022年第14号公告第八条');
    expect(html).toContain('进项构成比例');
  });

  test('who is not due anything reads 试算, never 应退, beside an amount', async () => {
    const { rows } = await done(county.offices.tax, 'eligibility.list', { period, verdict: 'ineligible', limit: 100 }, 'handler');
    expect(rows.length).toBeGreaterThan(0);
    for (const { uscc } of rows) {
      const { html } = await done(county.offices.tax, 'reports.render', { id: 'explanation', params: { period, uscc } }, 'handler');
      expect(html).toContain('结论：不符合条件');
      expect(html).not.toMatch(/应退(?:存量|增量)＝/);
    }
  });

  test.each([['tax', 'batch-list', 8], ['treasury', 'batch-list', 6], ['tax', 'monthly', 4], ['tax', 'monthly', 6]] as const)('the total of %s %s in column %i is the sum of its lines', async (agency, id, column) => {
    const { csv, rows } = await done(county.offices[agency], 'reports.table', { id, params: {} }, 'handler');
    const [head = [], ...lines]: string[][] = parse(csv);
    const total = lines.at(-1)?.[column] ?? '';
    const sum = lines.slice(0, -1).reduce((fen, line) => fen + (parseYuan(line[column] ?? '') ?? 0n), 0n);
    expect(lines).toHaveLength(rows + 1);
    expect(head[column]).toMatch(/额/);
    expect(sum).toBeGreaterThan(0n);
    expect(parseYuan(total)).toBe(sum);
  });

  test('tax office and treasury print the same batch with the same total', async () => {
    const [tax, treasury] = await Promise.all((['tax', 'treasury'] as const).map((agency) => done(county.offices[agency], 'reports.table', { id: 'batch-list', params: {} }, 'handler')));
    const totals = [tax, treasury].map((made): string[] => {
      const lines: string[][] = parse(made?.csv ?? '');
      return lines.at(-1) ?? [];
    });
    expect(totals[0]?.[8]).toBe(totals[1]?.[6]);
  });

  test('the key sheet shows the 32 characters that the peers type', async () => {
    const { own } = await done(county.offices.finance, 'keys.show', {}, 'handler');
    const { html } = await done(county.offices.finance, 'reports.render', { id: 'key-sheet', params: {} }, 'handler');
    for (const group of (own?.fingerprint ?? '').split('-')) expect(html).toContain(`<td><b>${group}</b></td>`);
    expect(html.split('（公章）')).toHaveLength(4);
  });
});

describe('an office without data', () => {
  // Keys, the schedule and the separation of duties stand without a single entry of business.
  const emptyOnes = printed.filter(([, id]) => id !== 'key-sheet' && id !== 'schedule' && id !== 'separation');
  test.each(emptyOnes)('%s prints %s as a page that says what to do first', async (agency, id) => {
    const office = await practiceOffice(agency, testClock('2022-04-11T09:00'));
    const page = await done(office, 'reports.render', { id, params: {} }, 'handler');
    expect(page.empty).toBe(true);
    expect(elementsOf(page.html)).toContain('section');
    expect(page.html).toMatch(/请先/);
  });
});

describe('refusals', () => {
  test.each([
    ['finance', { id: 'monthly', params: {} }, 'REPORT_NOT_HERE'],
    ['tax', { id: 'explanation', params: { period: '2022-04' } }, 'REPORT_PARAMETER_MISSING'],
    ['tax', { id: 'explanation', params: { period: '2022-04', uscc: '211382123456789' } }, 'DETERMINATION_MISSING'],
    ['tax', { id: 'batch-list', params: { batch: 'PC-2099-0001' } }, 'REPORT_NOTHING_FOUND'],
    ['treasury', { id: 'batch-list', params: { batch: 'PC-2099-0001' } }, 'REPORT_NOTHING_FOUND'],
    ['tax', { id: 'voucher', params: { voucher: '99999999' } }, 'REPORT_NOTHING_FOUND'],
    ['treasury', { id: 'voucher', params: { voucher: '99999999' } }, 'VOUCHER_UNKNOWN'],
    ['tax', { id: 'handover', params: { package: '0'.repeat(32) } }, 'REPORT_NOTHING_FOUND'],
    ['tax', { id: 'monthly', params: { uscc: '211382123456789' } }, 'REPORT_PARAMETER_UNUSED'],
    ['tax', { id: 'no-such-report', params: {} }, 'INPUT_INVALID'],
  ] as const)('%s asking for %j is refused with %s', async (agency, input, code) => {
    expect(await refused(county.offices[agency], 'reports.render', input, 'handler')).toMatchObject({ code });
  });

  test('a report that is no table has no CSV', async () => {
    expect(await refused(county.offices.tax, 'reports.table', { id: 'key-sheet', params: {} }, 'handler')).toMatchObject({ code: 'REPORT_FORMAT_UNFIT' });
  });
});

test('the list names what this office prints and nothing else', async () => {
  for (const agency of agencies) {
    const { reports } = await done(county.offices[agency], 'reports.list', {}, 'handler');
    expect(reports.map((row) => row.id)).toEqual(printed.filter(([who]) => who === agency).map(([, id]) => id));
  }
});
