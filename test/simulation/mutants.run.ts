/** The long form of mutants.test.ts: `npm run mutants -- --raw 20000 --signed 20000 --quota 100 [--seed TEXT]`. Exit 1 for a fault, another meaning or a code reached too rarely. */
import process from 'node:process';
import { freshSeed, readArguments } from '../support/killing-arguments.ts';
import { runMutants } from '../support/mutant-run.ts';

const given = readArguments({ raw: '20000', signed: '20000', quota: '100', seed: freshSeed() });
process.stdout.write(`seed ${given.seed}\n`);
const counts = await runMutants({ seed: given.seed, raw: Number(given.raw), signed: Number(given.signed), quota: Number(given.quota) });
process.stdout.write(`${JSON.stringify(counts, null, 2)}\n`);
process.exitCode = counts.faults.length + counts.otherMeanings.length + counts.rare.length === 0 ? 0 : 1;
