/**
 * How the bench measures: medians of several runs after a warm-up, beside a baseline in the same process run, with peak memory and the
 * growth of the cost with the size. It judges nothing and asserts no time.
 */
import process from 'node:process';

export type Subject = {
  readonly name: string;
  /** What the baseline does, in a few words. */
  readonly baselineSays: string;
  readonly unit: string;
  /** Makes what one size needs; not measured. */
  readonly prepare: (size: number) => Promise<{ readonly run: () => Promise<void> | void; readonly baseline: () => Promise<void> | void; readonly done?: () => void }>;
};

type Figure = { readonly size: number; readonly ms: number; readonly baselineMs: number; readonly peakMiB: number };

const runs = 3;

/** Measures a subject over sizes and prints one line a size. */
export async function measure(subject: Subject, sizes: readonly number[]): Promise<void> {
  const figures: Figure[] = [];
  for (const size of sizes) {
    const prepared = await subject.prepare(size);
    await prepared.run();
    await prepared.baseline();
    const times: number[] = [];
    const baselines: number[] = [];
    let peak = 0;
    for (let index = 0; index < runs; index += 1) {
      times.push(await timed(prepared.run));
      peak = Math.max(peak, process.memoryUsage().rss);
      baselines.push(await timed(prepared.baseline));
    }
    prepared.done?.();
    figures.push({ size, ms: median(times), baselineMs: median(baselines), peakMiB: peak / 1_048_576 });
  }
  console.log(`\n${subject.name}（对照：${subject.baselineSays}）`);
  for (const [index, figure] of figures.entries()) {
    const before = figures[index - 1];
    const growth = before === undefined ? '' : `，规模 ×${(figure.size / before.size).toFixed(1)} 用时 ×${(figure.ms / before.ms).toFixed(2)}`;
    const each = (figure.ms * 1000) / figure.size;
    console.log(
      `  ${String(figure.size).padStart(7)} ${subject.unit}：中位 ${figure.ms.toFixed(1)} ms（每${subject.unit} ${each.toFixed(1)} µs），对照 ${figure.baselineMs.toFixed(1)} ms，` +
        `比 ${(figure.ms / figure.baselineMs).toFixed(1)}，常驻内存至多 ${figure.peakMiB.toFixed(0)} MiB${growth}`,
    );
  }
}

async function timed(act: () => Promise<void> | void): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
