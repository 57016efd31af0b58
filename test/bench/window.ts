/**
 * The window measured 界面: scrolling a table of 100,000 × 25 cells beside Element Plus's own tables, and the first useful paint of each page of the
 * built program over a practice office. Milliseconds are this machine's; what stands side by side was measured in one run.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type Page } from 'playwright-core';
import { countyMonths, rosterCsvOf } from '../../electron/demo/synthetic-county.ts';
import { ensureBuilt, programRoot } from '../../electron/platform/program-build.ts';
import type { Reply } from '../../shared/reply.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { pageHost, type PageHost } from '../support/page-host.ts';

export type TableFigures = {
  readonly kind: 'ours' | 'el-table-v2' | 'el-table';
  readonly rows: number;
  /** Milliseconds from the start of drawing to the second frame with rows. */
  readonly firstPaint: number;
  /** Milliseconds between frames while the wheel turns 100 times by 400 pixels. */
  readonly frameMedian: number;
  readonly frame95: number;
  readonly frameLongest: number;
  readonly elements: number;
};

const cases: readonly Pick<TableFigures, 'kind' | 'rows'>[] = [
  { kind: 'ours', rows: 100_000 }, { kind: 'el-table-v2', rows: 100_000 }, { kind: 'el-table', rows: 50 }, { kind: 'el-table', rows: 200 },
];

/** Every table three times; the run with the median first paint stands. */
export async function measureTables(rounds = 3): Promise<readonly TableFigures[]> {
  const host = await pageHost();
  try {
    const figures: TableFigures[] = [];
    // The first page of a vite server waits for its libraries to be bundled; it is not measured.
    await (await shown(host, 'ours', 10)).close();
    for (const { kind, rows } of cases) {
      const runs: TableFigures[] = [];
      for (let round = 0; round < rounds; round += 1) runs.push(await measured(host, kind, rows));
      runs.sort((a, b) => a.firstPaint - b.firstPaint);
      const middle = runs[Math.floor(runs.length / 2)];
      if (middle !== undefined) figures.push(middle);
    }
    return figures;
  } finally {
    await host.close();
  }
}

async function shown(host: PageHost, kind: TableFigures['kind'], rows: number): Promise<Page> {
  const page = await host.open('test/bench/pages/TablePage.vue', { query: `kind=${kind}&rows=${String(rows)}` });
  await page.waitForFunction(() => performance.getEntriesByName('paint').length > 0 && document.body.innerText.includes('凌源市第'), undefined, { timeout: 120_000 });
  return page;
}

async function measured(host: PageHost, kind: TableFigures['kind'], rows: number): Promise<TableFigures> {
  const page = await shown(host, kind, rows);
  const firstPaint = await page.evaluate(() => performance.getEntriesByName('paint')[0]?.duration ?? 0);
  await page.evaluate(() => {
    const kept = globalThis as unknown as { frames: number[]; last: number };
    kept.frames = [];
    kept.last = performance.now();
    const frame = (now: number): void => {
      kept.frames.push(now - kept.last);
      kept.last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await page.mouse.move(700, 400);
  for (let turn = 0; turn < 100; turn += 1) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(8);
  }
  const frames = (await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames)).slice(2).sort((a, b) => a - b);
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  await page.close();
  const share = (part: number): number => rounded(frames[Math.min(frames.length - 1, Math.floor(frames.length * part))] ?? 0);
  return { kind, rows, firstPaint: rounded(firstPaint), frameMedian: share(0.5), frame95: share(0.95), frameLongest: rounded(frames.at(-1) ?? 0), elements };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

export type PageFigure = { readonly title: string; /** Milliseconds from the click in the sidebar until what the page is for stands there; first visit and a later one. */ readonly first: number; readonly again: number };

/** The page's address and what makes its paint useful. */
const pages: readonly { readonly title: string; readonly path: string; readonly useful: string }[] = [
  { title: '工作台', path: '/desk', useful: '.task' },
  { title: '名册与底数', path: '/roster', useful: '[role=grid] .open' },
  { title: '资格测算', path: '/assessment', useful: '[role=grid] .open' },
  { title: '退税办理', path: '/refunds', useful: '[role=grid] .open' },
  { title: '进度安排', path: '/schedule', useful: 'table.plain tbody tr' },
  { title: '政策参数', path: '/policy', useful: '[role=tabpanel], .sheet' },
  { title: '报表打印', path: '/reports', useful: '.sheet' },
  { title: '月报与销号', path: '/monthly', useful: '.figures' },
  { title: '交换', path: '/exchange', useful: '[role=tabpanel], .sheet' },
  { title: '系统管理', path: '/administration', useful: 'table.plain tbody tr' },
];

/** Opens the built program in the stand-in (or LIUDI_ELECTRON), fills a practice tax office and goes through its pages twice. */
export async function measurePages(enterprises: number): Promise<readonly PageFigure[]> {
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'liudi-bench-window-'));
  const executablePath = process.env['LIUDI_ELECTRON'] ?? fileURLToPath(new URL('../support/electron-standin/electron', import.meta.url));
  const app = await _electron.launch({ executablePath, args: [programRoot, `--user-data-dir=${join(folder, 'user-data')}`] });
  try {
    const page = await app.firstWindow();
    // Until it has drawn itself the page may still be on its way to its address, and a call would be lost with it.
    await page.locator('#app > *').first().waitFor();
    await page.setViewportSize({ width: 1366, height: 768 });
    const choose = (path: string): Promise<void> => app.evaluate(({ dialog }, chosen) => { dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] }); }, path);
    await fill(page, choose, folder, enterprises);
    const figures: PageFigure[] = [];
    for (const target of pages) figures.push({ title: target.title, first: await painted(page, target), again: 0 });
    for (const [index, target] of pages.entries()) {
      const again = await painted(page, target);
      const before = figures[index];
      if (before !== undefined) figures[index] = { ...before, again };
    }
    return figures;
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function fill(page: Page, choose: (path: string) => Promise<void>, folder: string, enterprises: number): Promise<void> {
  const period = taxPeriod('2022-04');
  const [month] = countyMonths({ seed: 1, enterprises, months: 1, countyCode: '211382', countyName: '凌源市', firstPeriod: period });
  if (month === undefined) throw new Error('a county has a first month');
  writeFileSync(join(folder, '名册.csv'), rosterCsvOf(month, 'utf-8'));
  await choose(join(folder, '税务'));
  const place = await called(page, 'shell.chooseFolder', { purpose: 'found' }) as { readonly token: string };
  await called(page, 'shell.foundOffice', { practice: true, folder: place.token, agency: 'tax', county: '211382', name: '凌源市税务局' });
  await called(page, 'shell.signIn', { username: 'handler', password: null });
  await choose(join(folder, '名册.csv'));
  const file = await called(page, 'shell.pickFile', { kind: 'roster' }) as { readonly token: string };
  await called(page, 'roster.import', { file: file.token, period, acceptValid: true });
  await called(page, 'eligibility.assess', { period });
  await called(page, 'refunds.openCandidates', { period });
  // Whoever signs in now finds the period of the roster chosen.
  await called(page, 'shell.signOut', {});
  await page.waitForTimeout(500);
  await called(page, 'shell.signIn', { username: 'handler', password: null });
  await page.waitForTimeout(1000);
}

async function called(page: Page, name: string, input: unknown): Promise<unknown> {
  const reply = (await page.evaluate(([asked, given]) => (globalThis as unknown as { liudi: { invoke(name: string, input: unknown): Promise<unknown> } }).liudi.invoke(asked, given), [name, input] as const)) as Reply;
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
  return reply.value;
}

/** Milliseconds until the page's own content is there, counted in the page from the click to the frame that shows it. */
async function painted(page: Page, { title, path, useful }: (typeof pages)[number]): Promise<number> {
  const time = await page.evaluate(async ([address, wanted, heading]) => {
    const start = performance.now();
    document.querySelector<HTMLElement>(`[data-sidebar] a[href="#${address}"]`)?.click();
    for (;;) {
      await new Promise((resolve) => { requestAnimationFrame(resolve); });
      if (document.querySelector('h1')?.textContent === heading && document.querySelector(`main ${wanted}`) !== null) return performance.now() - start;
      if (performance.now() - start > 30_000) throw new Error(`nothing useful on ${address}`);
    }
  }, [path, useful, title] as const);
  await page.waitForTimeout(400);
  return rounded(time);
}

/** Measures and prints, for `npm run bench`. */
export async function benchWindow(enterprises = 5000): Promise<void> {
  console.log(`\n页面首次可用（演练税务局，${String(enterprises)} 户；从点击到内容出现）`);
  for (const { title, first, again } of await measurePages(enterprises)) console.log(`  ${title.padEnd(6, '　')} 首次 ${String(first)} ms，再次 ${String(again)} ms`);
  console.log('\n表格（25 列；滚轮 100 次，每次 400 像素；帧间隔为中位 / 95% / 最长）');
  for (const { kind, rows, firstPaint, frameMedian, frame95, frameLongest, elements } of await measureTables()) {
    console.log(`  ${kind.padEnd(11)} ${String(rows).padStart(6)} 行：首次绘出 ${String(firstPaint)} ms，帧 ${String(frameMedian)} / ${String(frame95)} / ${String(frameLongest)} ms，元素 ${String(elements)} 个`);
  }
}
