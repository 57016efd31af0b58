/**
 * The size standards 划型标准 as data: sectors, code prefixes and thresholds of resources/reference/size-standards.json, made
 * ready for look-up. Holds no number of its own.
 * @source 2022-14/6; 300号; 309号 (policy-facts 4, size-standards.json)
 */
import { z } from 'zod';
import { parseYuan, type Fen } from '../../shared/kernel/money.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { certaintySchema } from './parameters.ts';

/** Upper bounds, exclusive, of micro, small and medium, in fen. */
export type Thresholds = readonly [Fen, Fen, Fen];

export type Sector = {
  /** e.g. `industry`. */
  readonly id: string;
  readonly name: string;
  readonly cites: readonly string[];
  readonly prefixes: readonly string[];
  readonly thresholds: { readonly annualSales: Thresholds | null; readonly totalAssets: Thresholds | null };
  /** True when the thresholds were seen in a text (grade A). */
  readonly thresholdsSeen: boolean;
};

/** Sectors a code may belong to; empty when no standard can be used for it. */
export type SectorMatch = readonly Sector[];

export type SizeStandards = {
  readonly sectors: readonly Sector[];
  sectorsFor(industryCode: string): SectorMatch;
};

const boundsSchema = z.tuple([yuanInteger(), yuanInteger(), yuanInteger()]);

export const sizeStandardsSchema = z.strictObject({
  about: z.string(),
  unit: z.literal('元'),
  bounds: z.string(),
  certainty: z.record(z.string(), z.string()),
  notes: z.array(z.string()),
  sectors: z.array(
    z.strictObject({
      id: z.string().min(1),
      name: z.string().min(1),
      cites: z.array(z.string().min(1)).min(1),
      prefixes: z.array(z.string().regex(/^[A-T][0-9]{0,4}$/)).min(1),
      thresholds: z.strictObject({
        annualSales: boundsSchema.optional(),
        totalAssets: boundsSchema.optional(),
        /** Not in the roster: a sector with only this indicator cannot be used. */
        trustAssets: boundsSchema.optional(),
      }),
      thresholdCertainty: certaintySchema,
      mappingCertainty: certaintySchema,
    }),
  ),
});

function yuanInteger(): z.ZodType<Fen, string> {
  return z.string().transform((text, context) => {
    const fen = parseYuan(text);
    if (fen !== null) return fen;
    context.addIssue({ code: 'custom', message: 'not an amount in yuan' });
    return z.NEVER;
  });
}

/** @param document size-standards.json, parsed from JSON @throws ZodError when it has another form */
export function parseSizeStandards(document: unknown): SizeStandards {
  const sectors = sizeStandardsSchema.parse(document).sectors.map(
    (row): Sector => ({
      id: row.id,
      name: row.name,
      cites: row.cites,
      prefixes: row.prefixes,
      thresholds: { annualSales: row.thresholds.annualSales ?? null, totalAssets: row.thresholds.totalAssets ?? null },
      thresholdsSeen: row.thresholdCertainty === 'A',
    }),
  );
  const prefixes = sectors.flatMap((sector) => sector.prefixes);
  const overlapping = prefixes.some((prefix, index) => prefixes.some((other, place) => place !== index && other.startsWith(prefix)));
  assert(!overlapping, 'a code belongs to one sector');
  const usable = sectors.filter(({ thresholds }) => thresholds.annualSales !== null || thresholds.totalAssets !== null);
  const known = new Map<string, SectorMatch>();
  return {
    sectors,
    sectorsFor(industryCode) {
      const remembered = known.get(industryCode);
      if (remembered !== undefined) return remembered;
      const match = findSectors(industryCode, usable);
      known.set(industryCode, match);
      return match;
    },
  };
}

/**
 * The sector whose prefix begins the code; for a code coarser than the prefixes, every sector it may mean. No. 309's codes do not
 * fill their section, so a coarse financial code is matched to nothing rather than to the few that are listed.
 */
function findSectors(code: string, sectors: readonly Sector[]): SectorMatch {
  const exact = sectors.find((sector) => sector.prefixes.some((prefix) => code.startsWith(prefix)));
  if (exact !== undefined) return [exact];
  const finer = sectors.filter((sector) => sector.prefixes.some((prefix) => prefix.startsWith(code)));
  return finer.some((sector) => sector.cites.some((cite) => cite.startsWith('2015-309/'))) ? [] : finer;
}
