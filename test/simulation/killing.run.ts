/** The long form of killing.test.ts: `npm run killing -- --kills 5000 [--acts packages|desk|rosters] [--seed TEXT]`. Exit 1 when anything is half. */
import process from 'node:process';
import { bundledChild } from '../support/killing-bundle.ts';
import { freshSeed, readArguments } from '../support/killing-arguments.ts';
import { killRepeatedly, sourceChild } from '../support/killing.ts';

const given = readArguments({ kills: '5000', acts: 'packages', seed: freshSeed() });
process.stdout.write(`seed ${given.seed}\n`);
const result = await killRepeatedly({
  acts: given.acts, kills: Number(given.kills), seed: given.seed, deepEvery: 20,
  child: given.acts === 'rosters' ? sourceChild : await bundledChild(),
});
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
process.exitCode = result.faults.length === 0 ? 0 : 1;
