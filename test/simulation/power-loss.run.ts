/**
 * The long form of power-loss.test.ts: `npm run power-loss -- --images 100000 [--acts packages|desk|rosters] [--setting NAME] [--jobs 2] [--seed TEXT]`.
 * Exit 1 when an image of the house's setting is not sound. Each job records a trace of its own.
 */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { freshSeed, readArguments } from '../support/killing-arguments.ts';
import { actSetOf } from '../support/killing-sets.ts';
import { houseSetting, losePower, prepareGround, redSettings } from '../support/power-loss-check.ts';

const given = readArguments({ images: '100000', acts: 'packages', setting: houseSetting.name, jobs: '2', seed: freshSeed() });
process.stdout.write(`seed ${given.seed}\n`);
process.exitCode = Number(given.jobs) > 1 ? await inJobs(Number(given.jobs)) : await here();

async function here(): Promise<number> {
  const setting = [houseSetting, ...redSettings].find((row) => row.name === given.setting);
  if (setting === undefined) throw new Error(`--setting is one of ${[houseSetting, ...redSettings].map((row) => row.name).join(', ')}`);
  const acts = actSetOf(given.acts);
  const ground = await prepareGround(acts);
  try {
    const result = await losePower({ acts, setting, images: Number(given.images), seed: given.seed, deepEvery: 50, ground, progress });
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return result.verdicts.sound === result.images ? 0 : 1;
  } finally {
    ground.remove();
  }
}

function progress(done: number): void {
  if (done % 5000 === 0) process.stderr.write(`${given.seed}: ${String(done)} of ${given.images}\n`);
}

async function inJobs(jobs: number): Promise<number> {
  const images = String(Math.ceil(Number(given.images) / jobs));
  const codes = await Promise.all(
    Array.from({ length: jobs }, (_, job) => {
      const words = ['--images', images, '--acts', given.acts, '--setting', given.setting, '--jobs', '1', '--seed', `${given.seed}-${String(job)}`];
      const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...words], { stdio: 'inherit' });
      return new Promise<number>((resolve) => child.on('close', (code) => { resolve(code ?? 1); }));
    }),
  );
  return Math.max(...codes);
}
