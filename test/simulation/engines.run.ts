/** The long form of the second-engine tests: `npm run engines -- --seeds 1000 [--first 0]`. Exit 1 when an engine and the page's second engine differ. */
import process from 'node:process';
import { readArguments } from '../support/killing-arguments.ts';
import { forecastFaults, sampleFaults } from '../support/second-engines/compare-forecast.ts';
import { crowdedFaults, plantFaults } from '../support/second-engines/compare-reconcile.ts';
import { riskFaults } from '../support/second-engines/compare-risk.ts';

const given = readArguments({ seeds: '1000', first: '0' });
const [first, count] = [Number(given.first), Number(given.seeds)];
const found: string[] = [];
for (let seed = first; seed < first + count; seed += 1) {
  found.push(...plantFaults(seed), ...crowdedFaults(seed), ...forecastFaults(seed), ...sampleFaults(seed), ...await riskFaults(seed));
}
for (const line of found) process.stdout.write(`${line}\n`);
process.stdout.write(`${JSON.stringify({ seeds: count, differences: found.length })}\n`);
process.exitCode = found.length === 0 ? 0 : 1;
