/** What must hold for every row in every filing period, whatever its figures. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { determinationLine, evaluateRow, evaluatorFor, packFor } from '../../../electron/eligibility/index.ts';
import { packIds, sizeClasses, type Determination, type SizeClass } from '../../../shared/eligibility/model.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { shippedPolicy } from '../../golden/golden-policy.ts';
import { anyFiling, blankedRow, filledRows, knownRow } from './row-arbitraries.ts';

const runs = { numRuns: 3000, seed: 20221014 };

function amountOpen(determination: Determination, kind: 'existing' | 'incremental'): bigint {
  const amount = kind === 'existing' ? determination.refundableExisting : determination.refundableIncremental;
  const from = kind === 'existing' ? determination.existingOpenFrom : determination.incrementalOpenFrom;
  return from !== null && from > determination.period ? 0n : (amount ?? 0n);
}

/** An industrial firm of each class. */
const sized = {
  micro: { industryCode: 'C3311', prevYearMonths: 12, prevYearSales: 0n },
  small: { industryCode: 'C3311', prevYearMonths: 12, prevYearSales: 300_000_000n },
  medium: { industryCode: 'C3311', prevYearMonths: 12, prevYearSales: 2_000_000_000n },
  large: { industryCode: 'C3311', prevYearMonths: 12, prevYearSales: 40_000_000_000n },
} as const;

function candidatesOf({ findings }: Determination): readonly SizeClass[] {
  const candidates = String(findings.find(({ rule }) => rule === 'size')?.facts['candidates']).split(',');
  return sizeClasses.filter((size) => candidates.includes(size));
}

test('the total is the sum of the open amounts when refundable, and nought otherwise', () => {
  fc.assert(
    fc.property(fc.oneof(knownRow, blankedRow.map(({ row }) => row)), anyFiling, (row, filing) => {
      const determination = evaluateRow(row, filing, shippedPolicy);
      if (determination.verdict !== 'refundable') expect(determination.refundableTotal).toBe(0n);
      else if (determination.size === 'undetermined') {
        // A null beside an amount may hide months that differ by size: the total is that of every class the row leaves open.
        const ofEachSize = candidatesOf(determination).map((size) => evaluateRow({ ...row, ...sized[size] }, filing, shippedPolicy));
        expect(ofEachSize.map((one) => one.refundableTotal)).toEqual(ofEachSize.map(() => determination.refundableTotal));
      } else {
        // A null beside an amount means open: either the route knows no window, or every alternative's has come.
        expect(determination.refundableTotal).toBe(amountOpen(determination, 'existing') + amountOpen(determination, 'incremental'));
      }
    }),
    runs,
  );
});

test('refundable, nothing-due and not-open rest on findings of which none lacks evidence and no condition fails', () => {
  fc.assert(
    fc.property(fc.oneof(knownRow, blankedRow.map(({ row }) => row)), anyFiling, (row, filing) => {
      const { verdict, findings } = evaluateRow(row, filing, shippedPolicy);
      const outcomes = new Set(findings.map((finding) => finding.outcome));
      if (verdict === 'refundable' || verdict === 'nothing-due') expect([...outcomes]).toEqual(['met']);
      if (verdict === 'not-open') expect(findings.filter((finding) => finding.outcome !== 'met').map((finding) => finding.rule)).toEqual(['window']);
      if (verdict === 'suspended') expect(findings.filter((finding) => finding.outcome === 'needsEvidence')).toEqual([]);
      if (verdict === 'needs-evidence') expect(outcomes.has('needsEvidence')).toBe(true);
      if (verdict === 'ineligible') expect(outcomes.has('notMet')).toBe(true);
    }),
    runs,
  );
});

test('no refundable amount exceeds its credit, and no credit the ending credit', () => {
  fc.assert(
    fc.property(knownRow, anyFiling, (row, filing) => {
      const { endingCredit, existingCredit, incrementalCredit, refundableExisting, refundableIncremental } = evaluateRow(row, filing, shippedPolicy);
      if (existingCredit === null || incrementalCredit === null || endingCredit === null) return;
      expect(existingCredit <= endingCredit && incrementalCredit <= endingCredit).toBe(true);
      expect((refundableExisting ?? 0n) <= existingCredit && (refundableIncremental ?? 0n) <= incrementalCredit).toBe(true);
    }),
    runs,
  );
});

test('more of the deducted tax on special invoices never lowers the total', () => {
  fc.assert(
    fc.property(knownRow, anyFiling, fc.bigInt({ min: 1n, max: 1_000_000n }), (row, filing, more) => {
      const before = evaluateRow(row, filing, shippedPolicy);
      const after = evaluateRow({ ...row, deductedSpecial: (row.deductedSpecial ?? 0n) + more }, filing, shippedPolicy);
      expect(after.refundableTotal >= before.refundableTotal).toBe(true);
    }),
    runs,
  );
});

test('the refund is the exact product rounded half up once, ties upward', () => {
  fc.assert(
    fc.property(knownRow, (row) => {
      const clean = { ...row, creditRating: 'A', filed: true, underInspection: false, evasion36: 0, existingRefundedOn: null, deductedFrom: '2019-04' } as typeof row;
      const { endingCredit, baseCredit } = clean;
      const top = (row.deductedSpecial ?? 0n) + row.deductedToll + row.deductedCustoms;
      const all = top + row.deductedRail + row.deductedOther;
      if (endingCredit === null || baseCredit === null || all === 0n) return;
      const adjusted = endingCredit - row.exportRefundDue - row.vatArrears;
      const ending = adjusted < 0n ? 0n : adjusted;
      const existing = ending < baseCredit ? ending : baseCredit;
      const rounded = (credit: bigint): bigint => {
        const [whole, rest] = [(credit * top) / all, (credit * top) % all];
        return 2n * rest >= all ? whole + 1n : whole;
      };
      // 2022-08: every window open, no bound on the amounts; micro firms only, so that the route is article 1.
      const micro = { ...clean, industryCode: 'C3311', prevYearSales: 1n, prevYearMonths: 12 };
      const determination = evaluateRow(micro, taxPeriod('2022-08'), shippedPolicy);
      expect([determination.refundableExisting, determination.refundableIncremental]).toEqual([rounded(existing), rounded(ending - existing)]);
    }),
    runs,
  );
});

test('a blank that does not lead to needs-evidence has no value that changes verdict, route or amount', () => {
  fc.assert(
    fc.property(blankedRow, anyFiling, ({ row, blanks }, filing) => {
      const blank = evaluateRow(row, filing, shippedPolicy);
      const filled = filledRows(row, blanks).map((one) => evaluateRow(one, filing, shippedPolicy));
      if (blank.verdict === 'needs-evidence') return;
      if (blank.verdict === 'ineligible' || blank.verdict === 'out-of-scope') {
        // Either refuses; which of the two, a blank taxpayer kind may leave open.
        expect(filled.filter(({ verdict }) => verdict !== 'ineligible' && verdict !== 'out-of-scope')).toEqual([]);
        return;
      }
      expect(new Set(filled.map(answerKey))).toEqual(new Set([answerKey(blank)]));
    }),
    runs,
  );
});

test('needs-evidence out of blanks alone has two values that differ in verdict, route or amount, or a fill that still lacks evidence', () => {
  fc.assert(
    fc.property(blankedRow, anyFiling, ({ row, blanks }, filing) => {
      const blank = evaluateRow(row, filing, shippedPolicy);
      if (blank.verdict !== 'needs-evidence') return;
      const filled = filledRows(row, blanks).map((one) => evaluateRow(one, filing, shippedPolicy));
      const differs = new Set(filled.map(answerKey)).size > 1;
      expect(differs || filled.some(({ verdict }) => verdict === 'needs-evidence')).toBe(true);
    }),
    runs,
  );
});

test('the same row gives the same line, and its keys stand in the order of the contract', () => {
  const keys = ['row', 'uscc', 'name', 'period', 'pack', 'route', 'size', 'sizeBasis', 'listedIndustry', 'listedShare', 'verdict', 'endingCredit', 'existingCredit', 'incrementalCredit', 'ratio'];
  const more = ['refundRate', 'refundableExisting', 'refundableIncremental', 'refundableTotal', 'existingOpenFrom', 'incrementalOpenFrom', 'warnings', 'findings'];
  fc.assert(
    fc.property(knownRow, anyFiling, (row, filing) => {
      const line = determinationLine(evaluateRow(row, filing, shippedPolicy));
      expect(Object.keys(line)).toEqual([...keys, ...more]);
      expect(JSON.stringify(line)).toBe(JSON.stringify(determinationLine(evaluateRow(row, filing, shippedPolicy))));
    }),
    { ...runs, numRuns: 300 },
  );
});

test('any pack may be asked for in any filing period; another than the one in force only warns', () => {
  fc.assert(
    fc.property(knownRow, anyFiling, fc.constantFrom(...packIds), (row, filing, pack) => {
      const determination = evaluateRow(row, filing, shippedPolicy, { pack });
      expect(determination.pack).toBe(pack);
      expect(determination.warnings.some((warning) => warning.includes('按指定的政策包'))).toBe(packFor(shippedPolicy, filing)?.id !== pack);
    }),
    { ...runs, numRuns: 600 },
  );
});

function answerKey({ verdict, route, refundableExisting, refundableIncremental, refundableTotal }: Determination): string {
  return [verdict, route, refundableExisting, refundableIncremental, refundableTotal].join('|');
}

test('who has no figure at all is judged alike whether others like him were judged before or not', () => {
  fc.assert(fc.property(fc.array(blankedRow, { minLength: 2, maxLength: 6 }), anyFiling, (rows, filing) => {
    const judge = evaluatorFor(filing, shippedPolicy);
    const blank = { endingCredit: null, baseCredit: null, recentCredits: null, prevYearEndCredit: null, deductedFrom: null, yearDeductedTotal: null };
    for (const { row } of [...rows, ...rows]) {
      const figureless = { ...row, ...blank };
      expect(judge(figureless)).toEqual(evaluateRow(figureless, filing, shippedPolicy));
    }
  }), { numRuns: 200 });
});
