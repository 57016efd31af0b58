/**
 * How the bench measures: medians of several runs, beside a baseline in the same run of the bench, with peak memory and the growth of the cost with
 * the size. It judges nothing and asserts no time.
 */
import process from 'node:process';

/** What a run may say of itself: the peak memory of a process of its own. */
type Said = { readonly peakMiB: number };
type Run = () => Promise<Said | undefined> | Promise<void> | Said | undefined;

export type Subject = {
  readonly name: string;
  /** What the baseline does, in a few words. */
  readonly baselineSays: string;
  readonly unit: string;
  /** Whether a first run is thrown away: it warms this process, and is of no use where each run is a process of its own. */
  readonly warmUp: boolean;
  /** Makes what one size needs; not measured. */
  readonly prepare: (size: number) => Promise<{ readonly run: Run; readonly baseline: Run; readonly done?: () => void }>;
};

type Figure = { readonly size: number; readonly ms: number; readonly baselineMs: number; readonly peakMiB: number };

const runs = 3;

/** Measures a subject over sizes and prints one line a size. */
export async function measure(subject: Subject, sizes: readonly number[]): Promise<void> {
  const figures: Figure[] = [];
  console.log(`\n${subject.name}（对照：${subject.baselineSays}）`);
  for (const size of sizes) {
    const prepared = await subject.prepare(size);
    if (subject.warmUp) await prepared.run();
    await prepared.baseline();
    const times: number[] = [];
    const baselines: number[] = [];
    let peakMiB = 0;
    for (let index = 0; index < runs; index += 1) {
      const start = performance.now();
      const said = await prepared.run();
      times.push(performance.now() - start);
      peakMiB = Math.max(peakMiB, said?.peakMiB ?? process.memoryUsage().rss / 1_048_576);
      const baselineStart = performance.now();
      await prepared.baseline();
      baselines.push(performance.now() - baselineStart);
    }
    prepared.done?.();
    const figure = { size, ms: median(times), baselineMs: median(baselines), peakMiB };
    console.log(lineOf(subject.unit, figure, figures.at(-1)));
    figures.push(figure);
  }
}

function lineOf(unit: string, { size, ms, baselineMs, peakMiB }: Figure, before: Figure | undefined): string {
  // t ∝ n^e between this size and the one before.
  const exponent = before === undefined ? '' : `，增长指数 ${(Math.log(ms / before.ms) / Math.log(size / before.size)).toFixed(2)}`;
  const each = `每秒 ${((size * 1000) / ms).toFixed(0)} ${unit}，每${unit} ${((ms * 1000) / size).toFixed(1)} µs`;
  return `  ${String(size).padStart(7)} ${unit}：中位 ${ms.toFixed(1)} ms（${each}），对照 ${baselineMs.toFixed(1)} ms，比 ${(ms / baselineMs).toFixed(1)}，内存峰值 ${peakMiB.toFixed(0)} MiB${exponent}`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
