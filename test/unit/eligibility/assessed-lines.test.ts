/** Lines of an assessment: what is kept without a sentence is told again word for word, and lines of the first version are shown as they were said. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assessedLine, determinationKept, lineKeeper, type KeptLines } from '../../../electron/eligibility/assessed-lines.ts';
import { periodAssessed } from '../../../electron/eligibility/entries.ts';
import { evaluateRow, judgeFor } from '../../../electron/eligibility/evaluate.ts';
import { parseBody } from '../../../electron/journal/index.ts';
import { foldEntryOf } from '../../../electron/journal/entry.ts';
import type { Determination } from '../../../shared/eligibility/model.ts';
import { figuresLine, findingsLine } from '../../../shared/eligibility/record.ts';
import { taxPeriod, type TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../../shared/roster/model.ts';
import { shippedPolicy } from '../../golden/golden-policy.ts';
import { goldenRow } from '../../golden/golden-rows.ts';
import { anyFiling, blankedRow, knownRow } from './row-arbitraries.ts';

const keepers = new Map<TaxPeriod, (row: RosterRow) => KeptLines>();

/** The lines as the journal holds them; one keeper a period, as an assessment has. */
function kept(row: RosterRow, filing: TaxPeriod): KeptLines {
  const known = keepers.get(filing);
  if (known !== undefined) return known(row);
  const [judge, keep] = [judgeFor(filing, shippedPolicy), lineKeeper()];
  keepers.set(filing, (one) => keep(judge(one)));
  return kept(row, filing);
}

function toldAgain({ figures, findings }: KeptLines, { period, sources }: Determination): Determination {
  return determinationKept(JSON.parse(figures), () => JSON.parse(findings), { period, packs: sources }, () => shippedPolicy);
}

test.each([
  ['with every fact known', knownRow.map((row) => row)],
  ['with blanks', blankedRow.map(({ row }) => row)],
])('a determination %s is told again from its line: every sentence, citation and figure', (_name, rows) => {
  fc.assert(fc.property(rows, anyFiling, (row, filing) => {
    const judged = evaluateRow(row, filing, shippedPolicy);
    expect(toldAgain(kept(row, filing), judged)).toEqual(judged);
  }), { numRuns: 400 });
});

test('a line is read by its schema, holds no sentence, and its figures are the same without the schema', () => {
  fc.assert(fc.property(blankedRow, anyFiling, ({ row }, filing) => {
    const both = kept(row, filing);
    const line: unknown = JSON.parse(both.figures);
    const { answering, industry, ...figures } = figuresLine.parse(line);
    const { row: number, findings, warnings } = findingsLine.parse(JSON.parse(both.findings));
    expect(number).toBe(figures.row);
    expect(JSON.stringify([findings, warnings])).not.toMatch(/[一-鿿]{4}/);
    const packs = [{ pack: 'mof-sta-2022-14', hash: 'a'.repeat(64) }] as const;
    const route = figures.verdict === 'out-of-scope' ? null : answering;
    expect(assessedLine(line, { period: filing, packs })).toEqual({ industry, record: { ...figures, route, period: filing, pack: 'mof-sta-2022-14', sources: packs } });
  }), { numRuns: 100 });
});

test('a line of the second version holds figures and findings in one, and tells the same', () => {
  fc.assert(fc.property(blankedRow, anyFiling, ({ row }, filing) => {
    const judged = evaluateRow(row, filing, shippedPolicy);
    const { figures, findings } = kept(row, filing);
    const whole: unknown = { ...(JSON.parse(figures) as object), ...(JSON.parse(findings) as object) };
    expect(determinationKept(whole, null, { period: filing, packs: judged.sources }, () => shippedPolicy)).toEqual(judged);
  }), { numRuns: 100 });
});

test('findings of another row are never told as those of a line', () => {
  const filing = taxPeriod('2022-04');
  const [first, second] = [kept({ ...goldenRow({}), row: 2 }, filing), kept({ ...goldenRow({}), row: 3 }, filing)];
  expect(() => toldAgain({ figures: first.figures, findings: second.findings }, evaluateRow(goldenRow({}), filing, shippedPolicy))).toThrow('both lines are of one row');
});

test('a firm whose sales of one month make sixteen digits a year is kept and told', () => {
  const filing = taxPeriod('2022-04');
  const row = goldenRow({ 上年增值税销售额: '9999999999999.99', 上年存续月数: '1' });
  const judged = evaluateRow(row, filing, shippedPolicy);
  expect(judged.sizeMargins[0]?.valueFen).toBe(11_999_999_999_999_988n);
  expect(toldAgain(kept(row, filing), judged)).toEqual(judged);
});

test('a line of the first version keeps what was said of it then', () => {
  const filing = taxPeriod('2022-04');
  const judged = evaluateRow(goldenRow({}), filing, shippedPolicy);
  const record = { ...judged, findings: judged.findings.map((finding) => ({ ...finding, text: `当时的话：${finding.text}` })), warnings: ['当时的提示'] };
  const line: unknown = JSON.parse(JSON.stringify({ industry: 'C3311', record }, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)));
  const terms = { period: filing, packs: judged.sources };
  const never = (): never => { throw new Error('no policy is asked'); };
  expect(determinationKept(line, null, terms, never)).toEqual(record);
  expect(assessedLine(line, terms)).toMatchObject({ industry: 'C3311', record: { verdict: judged.verdict, refundableTotal: judged.refundableTotal } });
});

test('an entry of the first version is read with no policy of its own', () => {
  const blob = { hash: 'b'.repeat(64), bytes: 1, lines: 1, chunks: [] };
  const facts = { period: '2022-04', rosterHash: 'r', packs: [], counts: Object.fromEntries(['out-of-scope', 'ineligible', 'needs-evidence', 'suspended', 'not-open', 'nothing-due', 'refundable'].map((verdict) => [verdict, 0])), refundableTotal: '0', lines: blob };
  const head = { v: 1, seq: 1, key: 'k', stream: 'business', kind: 'eligibility.assess', subject: '2022-04', at: '2026-11-23T00:00:00.000Z', period: '2022-04', origin: null, package: null, reverses: null, maker: 'a', checker: null, approver: null, nonce: '0'.repeat(32) };
  expect(foldEntryOf(periodAssessed, parseBody(JSON.stringify({ ...head, factsVersion: 1, facts }))).facts).toMatchObject({ policy: null, lines: blob, findings: null });
});
