/** The rows of a large package are parsed in a thread of their own: the same answer as in place, and a refusal when it must be ended. */
import { expect, test } from 'vitest';
import { parsedInPlaceBytesMax, readContentAway } from '../../../electron/exchange/content-away.ts';
import { examinePackage, type Examined, type ImportTerms } from '../../../electron/exchange/import-steps.ts';
import { Refusal } from '../../../shared/kernel/errors.ts';
import { forge, monthlyRefund, monthlyTotals, party, type Json } from '../../support/exchange-packages.ts';
import { importTerms } from '../../support/exchange-terms.ts';
import { testUscc } from '../../support/roster-rows.ts';

const tax = party('tax');
const finance = party('finance');
const count = 2_000;

/** As many refunds as named, one taxpayer each. */
function refunds(rows: number): Json[] {
  return Array.from({ length: rows }, (_, index) => ({
    ...monthlyRefund, refundNo: `SQ-2022-${String(index + 1).padStart(6, '0')}`, voucherNo: String(index + 1).padStart(8, '0'), uscc: testUscc(index + 1),
  }));
}

async function packageOf(rows: readonly Json[]): Promise<Uint8Array> {
  const totals = { ...monthlyTotals, refunds: rows.length, amountFen: String(rows.length * 10_000), cumulativeRefunds: rows.length, cumulativeFen: String(rows.length * 10_000) };
  const { bytes } = await forge({ from: tax, to: finance, rows: { totals: [totals], refunds: rows } });
  expect(bytes.length).toBeGreaterThan(parsedInPlaceBytesMax);
  return bytes;
}

/** @param readContent null = in place */
function examined(bytes: Uint8Array, readContent: ImportTerms['readContent'] | null): Promise<Examined> {
  return examinePackage(bytes, importTerms(finance, [tax, finance], { terms: readContent === null ? {} : { readContent } }));
}

test('sound rows come back as they would from parsing in place', async () => {
  const bytes = await packageOf(refunds(count));
  const away = await examined(bytes, readContentAway);
  expect(away.kind).toBe('sound');
  expect(away).toEqual(await examined(bytes, null));
});

test('faulty rows come back with the same faults at the same places', async () => {
  const rows = refunds(count);
  rows[7] = { ...rows[7], amountFen: '一万' };
  rows[1_999] = { ...rows[1_999], uscc: '912113820000000001' };
  const bytes = await packageOf(rows);
  const away = await examined(bytes, readContentAway);
  expect(away).toMatchObject({ kind: 'rejected', package: { stage: 'S10', faultsTotal: 2, faults: [{ line: 8 }, { line: 2_000 }] } });
  expect(away).toEqual(await examined(bytes, null));
});

test.each([
  ['time', { timeMs: 1, heapMiB: 256 }, '超过时限'],
  ['memory', { timeMs: 60_000, heapMiB: 8 }, '占用内存过多'],
] as const)('a reading that is ended for %s is a refusal that says nothing was taken', async (_why, limits, words) => {
  const away: ImportTerms['readContent'] = (kind, manifest, parts) => readContentAway(kind, manifest, parts, limits);
  const fault: unknown = await examined(await packageOf(refunds(20_000)), away).then((answer) => answer.kind, (error: unknown) => error);
  if (!(fault instanceof Refusal)) throw new Error(String(fault));
  expect([fault.code, fault.params['reason']]).toEqual(['PACKAGE_READING_STOPPED', words]);
});
