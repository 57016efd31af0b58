/**
 * Killing the process at random during imports leaves each import wholly in or wholly out (faults.md A01, A02, A11). SIGKILL proves
 * nothing about power loss: the page cache survives it; power-loss.test.ts is about that. Long form: `npm run killing -- --kills 5000`.
 */
import { beforeAll, expect, test } from 'vitest';
import { bundledChild } from '../support/killing-bundle.ts';
import { halfActs, killRepeatedly, sourceChild, type KillingResult } from '../support/killing.ts';

let bundled: string;

beforeAll(async () => {
  bundled = await bundledChild();
});

function expectWhole(result: KillingResult, kills: number): void {
  process.stdout.write(`  killing: ${JSON.stringify(result)}\n`);
  expect(result.faults).toEqual([]);
  expect(result.whollyIn + result.whollyOut + result.struck.between).toBe(kills);
  // Nothing half-made piles up, however often it is killed.
  // The ledger, what lies beside it, and one evidence copy of the newest recovery with its note.
  const kept = ['ledger.db', 'ledger.db', 'ledger.db-closed', 'ledger.db-journal', 'ledger.db-journal', 'signed-numbers.jsonl', '说明.txt'];
  expect(result.filesAtEnd.filter((name) => !kept.includes(name))).toEqual([]);
  expect(result.filesAtEnd.filter((name, _index, all) => all.filter((one) => one === name).length > kept.filter((one) => one === name).length)).toEqual([]);
  expect(result.filesMost).toBeLessThanOrEqual(kept.length + 2);
}

test('200 kills during package imports leave every package wholly in or wholly out', { timeout: 600_000 }, async () => {
  const result = await killRepeatedly({ acts: 'packages', kills: 200, seed: 'killing packages', deepEvery: 20, child: bundled });
  expectWhole(result, 200);
  // The kills struck where it matters: inside transactions and inside COMMIT, some with a rollback journal left behind.
  expect(result.struck.transaction + result.struck.commit).toBeGreaterThan(25);
  expect(result.struck.preparing).toBeGreaterThan(0);
  expect(result.hotJournals).toBeGreaterThan(0);
  expect(result.acknowledged).toBeGreaterThan(0);
});

test('kills during a month at the desk leave every act wholly in or wholly out', { timeout: 300_000 }, async () => {
  expectWhole(await killRepeatedly({ acts: 'desk', kills: 20, seed: 'killing the desk', deepEvery: 5, child: bundled }), 20);
});

test('kills during roster imports leave every roster wholly in or wholly out', { timeout: 300_000 }, async () => {
  expectWhole(await killRepeatedly({ acts: 'few-rosters', kills: 10, seed: 'killing rosters', deepEvery: 5, child: sourceChild }), 10);
});

test('goes red when the transaction is taken away: half of an import stands', { timeout: 300_000 }, async () => {
  const found = await halfActs({ acts: 'packages', writes: 20, child: bundled });
  process.stdout.write(`  killing without transactions: ${JSON.stringify(found.slice(0, 2))}\n`);
  expect(found).toHaveLength(20);
  expect(found.filter((faults) => faults.length === 0)).toEqual([]);
});
