/**
 * The window measured 界面: scrolling a table of 100,000 × 25 cells beside Element Plus's own tables, and the first useful paint of the pages over a
 * practice office. Shares of a frame are the same on every machine; milliseconds are this machine's. @returns lines for `npm run bench`
 */
import type { Page } from 'playwright-core';
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

/** Lines as `npm run bench` prints them. */
export function tableLines(figures: readonly TableFigures[]): readonly string[] {
  return figures.map(({ kind, rows, firstPaint, frameMedian, frame95, frameLongest, elements }) =>
    `${kind.padEnd(12)} ${String(rows).padStart(7)} rows × 25  first paint ${String(firstPaint).padStart(7)} ms  frames ${String(frameMedian)} / ${String(frame95)} / ${String(frameLongest)} ms (median / 95 % / longest)  ${String(elements)} elements`);
}
