/** 缺什么、找谁要: every rule that can lack evidence has a place to look and a person to ask, and nothing is asked for twice. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateRow } from '../../../electron/eligibility/index.ts';
import { paidHereRule } from '../../../electron/eligibility/paid-here.ts';
import { evidenceSources, missingEvidence } from '../../../shared/eligibility/evidence.ts';
import { packIds } from '../../../shared/eligibility/model.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { shippedPolicy } from '../../golden/golden-policy.ts';
import { goldenRow } from '../../golden/golden-rows.ts';
import { randomTaxpayer } from '../../support/eligibility-oracle/random-taxpayer.ts';

test('every rule that can lack evidence is in the table, and no other', () => {
  const lacking = packIds.flatMap((id) => shippedPolicy.packs[id].rules.filter(({ outcomes }) => outcomes.includes('needsEvidence')).map((rule) => rule.id));
  expect(Object.keys(evidenceSources).sort()).toEqual([...new Set([...lacking, paidHereRule.id])].sort());
});

test('a taxpayer that lacks evidence is told at least one thing to bring, each record once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const { row, filing } = randomTaxpayer(seed);
      const { verdict, findings } = evaluateRow(row, filing, shippedPolicy);
      const missing = missingEvidence(findings);
      if (verdict === 'needs-evidence') expect(missing.length).toBeGreaterThan(0);
      expect(new Set(missing.map(({ record }) => record)).size).toBe(missing.length);
      expect(missing.filter(({ what, whom, cites }) => what === '' || whom === '' || cites.length === 0)).toEqual([]);
    }),
    { numRuns: 1000, seed: 20_261_123 },
  );
});

test('the start of the deductions is asked for once, not again as the ratio', () => {
  const { findings } = evaluateRow(goldenRow({ 进项统计起始所属期: '', 纳税信用级别: '' }), taxPeriod('2022-08'), shippedPolicy);
  expect(missingEvidence(findings).map(({ rule, whom }) => [rule, whom])).toEqual([['rating', '纳税信用管理岗'], ['ratioPeriod', '税源管理岗，或纳税人']]);
});
