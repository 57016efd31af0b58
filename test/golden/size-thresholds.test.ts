/** Every threshold of the size standards, a fen below, on, and above it; the table is a second transcription in 万元. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { sizing } from '../../electron/eligibility/size.ts';
import { sizeClasses } from '../../shared/eligibility/model.ts';
import { parseSizeStandards } from '../../electron/eligibility/size-standards.ts';
import { readResource, shippedPolicy } from './golden-policy.ts';

const tableSchema = z.strictObject({
  about: z.string(),
  rows: z.array(z.strictObject({ code: z.string(), sector: z.string(), indicator: z.enum(['sales', 'assets']), bounds: z.tuple([z.number().int(), z.number().int(), z.number().int()]) })),
});
const table = tableSchema.parse(JSON.parse(readFileSync(new URL('./size-thresholds.json', import.meta.url), 'utf8')));

const tenThousandYuan = 1_000_000n;
/** So large that the other indicator of the two never lowers the class. */
const plenty = 10n ** 16n;

test.each(table.rows)('$sector ($code): $indicator of $bounds 万元 begin the next class', ({ code, indicator, bounds }) => {
  const classOf = (fen: bigint): string | null => {
    const other = { industryCode: code, prevYearMonths: 12, prevYearSales: plenty, prevYearAssets: plenty };
    return sizing({ ...other, ...(indicator === 'sales' ? { prevYearSales: fen } : { prevYearAssets: fen }) }, shippedPolicy.standards).size;
  };
  const seen = bounds.map((bound) => [classOf(BigInt(bound) * tenThousandYuan - 1n), classOf(BigInt(bound) * tenThousandYuan), classOf(BigInt(bound) * tenThousandYuan + 1n)]);
  const [micro, small, medium, large] = sizeClasses;
  expect(seen).toEqual([[micro, small, small], [small, medium, medium], [medium, large, large]]);
});

test('the table covers every sector that the standards can use', () => {
  const covered = new Set(table.rows.flatMap(({ code }) => shippedPolicy.standards.sectorsFor(code).map((sector) => sector.id)));
  const usable = shippedPolicy.standards.sectors.filter(({ thresholds }) => thresholds.annualSales !== null || thresholds.totalAssets !== null);
  expect(usable.filter((sector) => !covered.has(sector.id)).map((sector) => sector.id)).toEqual([]);
});

test('every section of the industry classification but finance has a standard for each of its divisions', () => {
  const divisions: Readonly<Record<string, readonly [number, number]>> = {
    A: [1, 5], B: [6, 12], C: [13, 43], D: [44, 46], E: [47, 50], F: [51, 52], G: [53, 60], H: [61, 62], I: [63, 65],
    L: [71, 72], M: [73, 75], N: [76, 79], O: [80, 82], P: [83, 83], Q: [84, 85], R: [86, 90], S: [91, 96], T: [97, 97],
  };
  const codes = Object.entries(divisions).flatMap(([letter, [first, last]]) =>
    Array.from({ length: last - first + 1 }, (_, index) => `${letter}${String(first + index).padStart(2, '0')}`),
  );
  expect(codes.filter((code) => shippedPolicy.standards.sectorsFor(code).length === 0)).toEqual([]);
});

test('standards in which one code belongs to two sectors are refused', () => {
  const document: unknown = JSON.parse(readResource('reference/size-standards.json').replace('["G53", "K704",', '["G53", "K70",'));
  expect(() => parseSizeStandards(document)).toThrow('one sector');
});
