/** Every golden case must come out as its table says, in every filing period it names. */
import { describe, expect, test } from 'vitest';
import { determinationLine, evaluateRow } from '../../electron/eligibility/index.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { goldenFiles, type GoldenCase } from './golden-cases.ts';
import { shippedPolicy } from './golden-policy.ts';
import { goldenRow } from './golden-rows.ts';

describe.each(goldenFiles)('$file', ({ cases }) => {
  const runs = cases.flatMap((one) => one.filings.map((filing) => ({ one, filing, name: `${one.id} ${one.says}` })));
  test.each(runs)('$name ($filing)', ({ one, filing }) => {
    check(one, filing);
  });
});

function check(one: GoldenCase, filing: string): void {
  const options = one.pack === undefined ? {} : { pack: one.pack };
  const line = determinationLine(evaluateRow(goldenRow(one.row), taxPeriod(filing), shippedPolicy, options));
  const fields = Object.fromEntries(Object.keys(one.line).map((key) => [key, Object.entries(line).find(([name]) => name === key)?.[1]]));
  const outcomes = Object.fromEntries(Object.keys(one.findings).map((rule) => [rule, line.findings.find((finding) => finding.rule === rule)?.outcome]));
  const unsaid = one.warnings.filter((part) => !line.warnings.some((warning) => warning.includes(part)));
  const wronglySaid = one.unwarned.filter((part) => line.warnings.some((warning) => warning.includes(part)));
  expect({ verdict: line.verdict, fields, outcomes, unsaid, wronglySaid }).toEqual({ verdict: one.verdict, fields: one.line, outcomes: one.findings, unsaid: [], wronglySaid: [] });
}
