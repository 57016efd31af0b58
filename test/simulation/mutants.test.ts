/** The short form of `npm run mutants`: a few hundred mutants of every kind against real offices, beside the second reader. */
import { expect, test } from 'vitest';
import { foreignCounty, sampledKinds } from '../support/foreign-offices.ts';
import { forge } from '../support/exchange-packages.ts';
import { readKxp } from '../support/kxp-reader.ts';
import { knowledgeOf, runMutants } from '../support/mutant-run.ts';

test('C1 变异包：不使程序出错，不以另一含义入账，每种拒收都能到达', async () => {
  const { answers, byKind, faults, otherMeanings, rare } = await runMutants({ seed: 'short', raw: 180, signed: 360, quota: 1 });
  expect(faults).toEqual([]);
  expect(otherMeanings).toEqual([]);
  expect(rare).toEqual([]);
  expect(Object.keys(byKind).sort()).toEqual([...sampledKinds].sort());
  expect(Object.values(answers).reduce((sum, count) => sum + count, 0)).toBe(540);
}, 120_000);

/** Triggers of the receiver's own connection: the schema of the file stays as it is, and the program runs as always. */
const plants: readonly (readonly [name: string, sql: string, found: 'faults' | 'otherMeanings'])[] = [
  ['收包登记的合计多一分', 'CREATE TEMP TRIGGER planted AFTER INSERT ON main.package_in BEGIN UPDATE package_in SET sum_fen = NEW.sum_fen + 1 WHERE rowid = NEW.rowid; END', 'otherMeanings'],
  ['回单行的金额多一分', 'CREATE TEMP TRIGGER planted AFTER INSERT ON main.refund_receipt_line BEGIN UPDATE refund_receipt_line SET amount_fen = NEW.amount_fen + 1 WHERE rowid = NEW.rowid; END', 'otherMeanings'],
  ['入账中途出错', "CREATE TEMP TRIGGER planted BEFORE INSERT ON main.receipt_due BEGIN SELECT RAISE(ABORT, 'planted'); END", 'faults'],
];
test.each(plants)('对照：埋一处错误（%s），变异检验找得到', async (_name, planted, found) => {
  const counts = await runMutants({ seed: 'planted', raw: 0, signed: 120, quota: 0, planted });
  expect(counts[found].length).toBeGreaterThan(0);
  if (found === 'otherMeanings') expect(counts.faults).toEqual([]);
}, 120_000);

test('C7 另一读包程序只凭 FORMAT.md 读懂每一种包', async () => {
  const county = await foreignCounty();
  try {
    for (const kind of sampledKinds) {
      const { to, letter } = county.of(kind);
      const packs = [String((letter.manifest?.['policy_pack'] as { hash?: string } | undefined)?.hash)];
      const reading = await readKxp((await forge(letter)).bytes, knowledgeOf(to, packs));
      expect(reading.ok ? reading.meaning.rows : reading.why, kind).toEqual(letter.rows);
    }
  } finally {
    county.close();
  }
});
