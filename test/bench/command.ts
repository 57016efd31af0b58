/** One whole command line in a process of its own, started as `npm run liudi` starts it, with the peak memory of the process, its threads included. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../support/source-tree.ts';

/** Tells the peak of the whole process as the last line of standard error. */
const tellPeak = `data:text/javascript,${encodeURIComponent(`
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS));`)}`;

/** @throws Error with what the command said when it did not end with 0 */
export async function commandOnce(words: readonly string[]): Promise<{ readonly peakMiB: number }> {
  const child = spawn(process.execPath, ['--require', join(root, 'electron/need-node.cjs'), '--import', tellPeak, join(root, 'electron/cli.ts'), ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const exit = await new Promise((resolve) => child.on('close', resolve));
  const peak = /\npeak (\d+)$/.exec(said)?.[1];
  if (exit !== 0 || peak === undefined) throw new Error(`${words.join(' ')} ended with ${String(exit)}: ${said}`);
  return { peakMiB: Number(peak) / 1024 };
}
