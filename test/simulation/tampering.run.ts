/** The long form of tampering.test.ts: `npm run tampering -- --cells 10000 --flips 10000 [--seed TEXT]`. Exit 1 when a change was missed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { freshSeed, readArguments } from '../support/killing-arguments.ts';
import { fastFolder } from '../support/power-loss-check.ts';
import { buildRichLedgers, richLedger } from '../support/tampering-ledger.ts';
import { flipBits, tamperCells } from '../support/tampering-run.ts';
import { columnsOf } from '../support/tampering.ts';

const given = readArguments({ cells: '10000', flips: '10000', seed: freshSeed() });
process.stdout.write(`seed ${given.seed}\n`);
const folder = mkdtempSync(join(fastFolder(), 'liudi-tampering-'));
try {
  await buildRichLedgers(folder);
  const columns = columnsOf(richLedger(folder, 'tax')).filter((column) => !column.virtual).length;
  const cells = tamperCells({ folder, rounds: Math.ceil(Number(given.cells) / columns), seed: given.seed });
  const bits = flipBits({ folder, flips: Number(given.flips), seed: given.seed });
  process.stdout.write(`${JSON.stringify({ cells, bits }, null, 2)}\n`);
  process.exitCode = cells.missed.length + bits.missed.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
