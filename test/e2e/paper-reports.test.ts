/** Papers as they leave the printer: real PDFs through the Chromium of the registry, read back page by page. What eyes found stands in seen/PAPER.md. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verdicts } from '../../shared/eligibility/model.ts';
import { agencies, agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import type { ReportParams } from '../../shared/reports/contract.ts';
import { reportIds, reportTable, type ReportId } from '../../shared/reports/table.ts';
import { withPaperFonts } from '../../electron/platform/paper-fonts.ts';
import { chromiumPrinter, type ChromiumPrinter } from '../../electron/platform/print-chromium.ts';
import { errorOf, jsonOf, liudi } from '../support/command-line.ts';
import { paperText } from '../support/paper.ts';
import { done } from '../support/practice.ts';
import { printedCounty, type PrintedCounty } from '../support/printed-county.ts';

const folder = mkdtempSync(join(tmpdir(), 'liudi-paper-'));
const period = taxPeriod('2022-04');
let county: PrintedCounty;
let printer: ChromiumPrinter;

beforeAll(async () => {
  county = await printedCounty(folder, 60);
  const found = await chromiumPrinter();
  if (found === null) throw new Error('no browser: install Edge or Chrome, or name one with LIUDI_BROWSER');
  printer = found;
});
afterAll(async () => {
  county.close();
  await printer.close();
  rmSync(folder, { recursive: true, force: true });
});

async function pagesOf(agency: Agency, id: ReportId, params: ReportParams = {}): Promise<{ readonly pages: string[]; readonly digest: string; readonly title: string }> {
  const { html, digest, title } = await done(county.offices[agency], 'reports.render', { id, params }, 'handler');
  return { pages: await paperText(await printer.print(withPaperFonts(html).html)), digest, title };
}

/** Papers of as many pages as their rows need. */
const several: readonly ReportId[] = ['batch-list', 'schedule', 'rule-change', 'survey', 'survey-small-micro', 'survey-listed-industry', 'survey-funnel'];
const printedBy = (ids: readonly ReportId[]): [Agency, ReportId][] => agencies.flatMap((agency) => ids.filter((id) => reportTable[id].agencies.includes(agency)).map((id): [Agency, ReportId] => [agency, id]));
const singles = printedBy(reportIds.filter((id) => id !== 'explanation' && !several.includes(id)));
const surveys = printedBy(reportIds.filter((id) => id.startsWith('survey')));

describe('printed', () => {
  test.each(singles)('%s %s is one page with title, practice mark, page number, digest and time', async (agency, id) => {
    const { pages, digest, title } = await pagesOf(agency, id);
    expect(pages).toHaveLength(1);
    for (const part of [title, '【演练】演练数据，不作凭证', '第 1 页 共 1 页', `数据摘要 ${digest}`, '打印时间 2022-05-08 10:00', '（公章）']) expect(pages[0]).toContain(part);
  });

  test.each(['tax', 'treasury'] as const)('the batch list of %s repeats its head on every page and never leaves its end alone', async (agency) => {
    const { pages, digest } = await pagesOf(agency, 'batch-list');
    expect(pages.length).toBeGreaterThan(0);
    pages.forEach((page, index) => {
      expect(page).toContain('退还书号码');
      expect(page).toContain(`第 ${String(index + 1)} 页 共 ${String(pages.length)} 页`);
      expect(page).toContain(digest);
    });
    const last = pages.at(-1) ?? '';
    for (const part of ['合计', '人民币', '制表', '（公章）']) expect(last).toContain(part);
    expect(last).toMatch(/\d{8}/);
  });

  test.each(surveys)('%s %s names its snapshot, numbers every page, and ends with signatures and seals', async (agency, id) => {
    const { pages, digest, title } = await pagesOf(agency, id);
    expect(pages[0]).toContain(title);
    expect(pages[0]).toMatch(/DS-2022-0001\s*第\s*1\s*版/);
    pages.forEach((page, index) => {
      for (const part of ['【演练】演练数据，不作凭证', `第 ${String(index + 1)} 页 共 ${String(pages.length)} 页`, `数据摘要 ${digest}`, '打印时间 2022-05-08 10:00']) expect(page).toContain(part);
    });
    for (const part of [agencyNames[agency], '制表', '复核', '负责人', '（公章）', '口径']) expect(pages.at(-1)).toContain(part);
    for (const page of pages.slice(0, -1)) expect(page).not.toContain('（公章）');
  });

  test.each(agencies)('the schedule of %s says that a target refuses nobody, and holds the texts of plan and announcements', async (agency) => {
    const { pages, digest } = await pagesOf(agency, 'schedule', { period });
    expect(pages.every((page, index) => page.includes(`第 ${String(index + 1)} 页 共 ${String(pages.length)} 页`) && page.includes(digest))).toBe(true);
    const text = pages.join('').replace(/\s/g, '');
    for (const part of ['不是受理的截止日', '原定2022年7月', '2022年7-9月，集中办理符合条件的制造业等行业中型企业存量留抵退税', '可以自2022年5月纳税申报期起向主管税务机关申请一次性退还存量留抵税额', '2022-04-29', '（公章）']) expect(text).toContain(part);
  });

  test('an explanation is one page whatever the verdict, and its Chinese can be read back', async () => {
    for (const verdict of verdicts) {
      const { rows } = await done(county.offices.tax, 'eligibility.list', { period, verdict, limit: 2 }, 'handler');
      for (const { uscc, name } of rows) {
        const { pages } = await pagesOf('tax', 'explanation', { period, uscc });
        expect(pages, `${verdict} ${uscc}`).toHaveLength(1);
        for (const part of [name, uscc, '结论', '计算过程', '依据条文', '负责人']) expect(pages[0]).toContain(part);
      }
    }
  });

  test('the same data at the same time give the same pages', async () => {
    expect(await pagesOf('tax', 'monthly')).toEqual(await pagesOf('tax', 'monthly'));
  });

  test('an empty report is one page that says what to do', async () => {
    const { pages } = await pagesOf('tax', 'monthly', { period: taxPeriod('2021-01') });
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('请先办理退税');
  });
});

describe('the command', () => {
  const office = (): string[] => ['--office', join(folder, 'command', 'tax'), '--json', '--clock', '2022-04-11'];

  beforeAll(() => {
    expect(liudi(['office', 'init', join(folder, 'command', 'tax'), '--agency', 'tax', '--county', '211382', '--name', '凌源市税务局', '--unattended', '--clock', '2022-04-11']).exit).toBe(0);
  });

  test('writes a PDF and never over an existing file', async () => {
    const out = join(folder, 'key.pdf');
    const first = liudi(['report', 'key-sheet', '--format', 'pdf', '--out', out, ...office()]);
    expect(first.exit, first.stderr).toBe(0);
    expect(jsonOf(first)).toMatchObject({ id: 'key-sheet', format: 'pdf', file: out, empty: false });
    const bytes = new Uint8Array(readFileSync(out));
    expect((await paperText(bytes))[0]).toContain('密钥指纹核对单');
    const again = liudi(['report', 'key-sheet', '--format', 'pdf', '--out', out, ...office()]);
    expect(again.exit).toBe(1);
    expect(errorOf(again).code).toBe('REPORT_FILE_REFUSED');
    expect(new Uint8Array(readFileSync(out))).toEqual(bytes);
  });

  test('without data it says what to do, in a page and in an empty table', () => {
    const page = join(folder, 'monthly.html');
    expect(jsonOf(liudi(['report', 'monthly', '--format', 'html', '--out', page, ...office()]))).toMatchObject({ empty: true });
    expect(readFileSync(page, 'utf8')).toContain('请先办理退税');
    expect(jsonOf(liudi(['report', 'monthly', '--format', 'csv', '--out', join(folder, 'monthly.csv'), ...office()]))).toMatchObject({ empty: true });
  });

  test.each([
    [['no-such', '--format', 'html'], 1, 'REPORT_UNKNOWN'],
    [['key-sheet', '--format', 'csv'], 1, 'REPORT_FORMAT_UNFIT'],
    [['key-sheet', '--period', '2022-04', '--format', 'html'], 1, 'REPORT_PARAMETER_UNUSED'],
  ] as const)('%j is refused and writes nothing', (words, exit, code) => {
    const out = join(folder, 'refused.html');
    const result = liudi(['report', ...words, '--out', out, ...office()]);
    expect(result.exit).toBe(exit);
    expect(errorOf(result).code).toBe(code);
    expect(existsSync(out)).toBe(false);
  });

  test('an unknown format or no file is wrong usage', () => {
    expect(liudi(['report', 'key-sheet', '--format', 'odt', '--out', 'x', ...office()]).exit).toBe(2);
    expect(liudi(['report', 'key-sheet', '--format', 'pdf', ...office()]).exit).toBe(2);
  });
});
