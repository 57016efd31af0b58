/**
 * Engine against oracle: the answers of `evaluate` to random taxpayers, compared field by field with an oracle that was written from
 * the law pages without sight of the engine. The engine is reached through its door only. Short form here; the long form runs with
 * LIUDI_DIFFERENTIAL=<taxpayers> and, to go on elsewhere, LIUDI_DIFFERENTIAL_FROM=<first seed>.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { determinationLine, evaluateRow, loadPolicy } from '../../electron/eligibility/index.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { differencesOf, shown, shrunk, type Evaluate } from '../support/eligibility-oracle/differences.ts';
import { oracle } from '../support/eligibility-oracle/oracle.ts';
import { plainTaxpayer } from '../support/eligibility-oracle/plain-taxpayer.ts';
import { randomTaxpayer } from '../support/eligibility-oracle/random-taxpayer.ts';
import { settledFindings } from '../support/eligibility-oracle/settled-findings.ts';

const taxpayers = Number(process.env['LIUDI_DIFFERENTIAL'] ?? '100000');
const firstSeed = Number(process.env['LIUDI_DIFFERENTIAL_FROM'] ?? '1');
const printedMax = 10;

const policy = loadPolicy(
  (path) => readFileSync(new URL(`../../resources/${path}`, import.meta.url), 'utf8'),
  (text) => createHash('sha256').update(text).digest('hex'),
);
/** The line as it is written: what JSON drops is not there. */
const evaluate: Evaluate = (row, filing) => JSON.parse(JSON.stringify(determinationLine(evaluateRow(row, filing, policy)))) as ReturnType<Evaluate>;

/** Everything about one difference: the seed, the facts that still matter after shrinking, both answers where they part. */
function report(seed: number): string {
  const { row, filing } = randomTaxpayer(seed);
  const { facts, differences } = shrunk(row, filing, evaluate);
  const parts = differences.map((difference) => `    ${difference.field}: oracle ${difference.oracle}, engine ${difference.engine}`);
  const whole = [`    whole row: ${shown(row)}`, `    oracle: ${shown(oracle(row, filing))}`, `    engine: ${shown(evaluate(row, filing))}`];
  return [`seed ${String(seed)}, filing ${filing}, plain taxpayer but ${shown(facts)}`, ...parts, ...whole].join('\n');
}

test(`engine and oracle agree on ${String(taxpayers)} random taxpayers`, { timeout: 60_000 + taxpayers * 5 }, () => {
  const parting: number[] = [];
  const verdicts = new Map<string, number>();
  let ties = 0;
  for (let seed = firstSeed; seed < firstSeed + taxpayers; seed += 1) {
    const { row, filing } = randomTaxpayer(seed);
    const answer = oracle(row, filing);
    verdicts.set(`${answer.pack} ${answer.verdict}`, (verdicts.get(`${answer.pack} ${answer.verdict}`) ?? 0) + 1);
    if (answer.ratio !== null && answer.ratio.denominator === 2n * answer.ratio.numerator && answer.refundRate === '1' && /[13579]$/.test(answer.incrementalCredit ?? '')) ties += 1;
    if (differencesOf(answer, evaluate(row, filing)).length > 0) parting.push(seed);
  }
  const printed = parting.slice(0, printedMax).map(report).join('\n');
  expect(parting.length, `${String(parting.length)} of ${String(taxpayers)} taxpayers are answered differently\n${printed}`).toBe(0);
  // A comparison proves nothing about verdicts that never came up: every pack must have met every verdict it can give.
  if (taxpayers < 20_000) return;
  expect([...verdicts.keys()].sort()).toEqual(everyVerdictOfEveryPack);
  // Half of an odd number of fen: the rounding itself was asked.
  expect(ties).toBeGreaterThan(100);
});

const everyVerdictOfEveryPack = [
  ...['ineligible', 'needs-evidence', 'not-open', 'nothing-due', 'out-of-scope', 'refundable', 'suspended'].map((verdict) => `mof-sta-2022-14 ${verdict}`),
  ...['ineligible', 'needs-evidence', 'nothing-due', 'out-of-scope', 'refundable', 'suspended'].map((verdict) => `mof-sta-2025-07 ${verdict}`),
  ...['ineligible', 'needs-evidence', 'nothing-due', 'out-of-scope', 'refundable', 'suspended'].map((verdict) => `mof-sta-gac-2019-39 ${verdict}`),
];

test.each(settledFindings)('$id once parted them, now both follow: $sentence', ({ filing, row, answer }) => {
  expect(oracle(row, taxPeriod(filing))).toMatchObject(answer);
  expect(differencesOf(oracle(row, taxPeriod(filing)), evaluate(row, taxPeriod(filing)))).toEqual([]);
});

test('a planted fault in an answer is seen, shrunk and named', () => {
  const filing = taxPeriod('2022-06');
  const faulty: Evaluate = (row, period) => {
    const line = evaluate(row, period);
    return row.vatArrears > 0n ? { ...line, endingCredit: '0.01' } : line;
  };
  const { row } = randomTaxpayer(firstSeed);
  const found = shrunk({ ...row, ...{ vatArrears: 5n, endingCredit: plainTaxpayer.endingCredit, recentCredits: plainTaxpayer.recentCredits } }, filing, faulty);
  expect(found).toEqual({ facts: { vatArrears: 5n }, differences: [{ field: 'endingCredit', oracle: '"1999999.95"', engine: '"0.01"' }] });
});
