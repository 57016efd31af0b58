/**
 * What the oracle knows in spite of blanks must stand however the blanks are filled. Fillings come from other random taxpayers, not
 * from the oracle's own representative values, so that a value it forgot to try shows. Nothing here judges.
 */
import type { TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../../shared/roster/model.ts';
import { oracle, type OracleAnswer } from './oracle.ts';
import { blankable, randomTaxpayer } from './random-taxpayer.ts';

const known = [
  'route', 'size', 'listedIndustry', 'listedShare', 'verdict', 'endingCredit', 'existingCredit', 'incrementalCredit', 'refundRate', 'refundableExisting', 'refundableIncremental',
  'existingOpenFrom', 'incrementalOpenFrom',
] as const satisfies readonly (keyof OracleAnswer)[];

/**
 * The row with its blanks taken from a donor; null when the two make no row that a reader could yield, or one out of scope, which
 * shows nothing of its route.
 */
export function filledFrom(row: RosterRow, donor: RosterRow): RosterRow | null {
  const blanks = blankable.filter((fact) => row[fact] === null);
  const filled: RosterRow = { ...row, ...Object.fromEntries(blanks.map((fact) => [fact, donor[fact]])) };
  if (blankable.some((fact) => filled[fact] === null && fact !== 'registeredOn' && fact !== 'transferredOut')) return null;
  if (filled.taxpayerKind === 'small-scale' || filled.status === 'deregistered') return null;
  if ((filled.yearDeductedQualified ?? 0n) > (filled.yearDeductedTotal ?? 0n)) return null;
  if (row.recentCredits !== null || filled.endingCredit === null) return filled;
  const earlier = (donor.recentCredits ?? []).slice(0, -1);
  while (earlier.length < 5) earlier.unshift(...earlier);
  return { ...filled, recentCredits: [...earlier.slice(0, 5), filled.endingCredit] };
}

/** Fields that the answer to the blank row claims to know and the filled row contradicts. */
export function contradictions(row: RosterRow, filled: RosterRow, filing: TaxPeriod): string[] {
  const open = oracle(row, filing);
  const closed = oracle(filled, filing);
  return known
    .filter((field) => open[field] !== null && open[field] !== 'undetermined' && open[field] !== 'needs-evidence')
    .filter((field) => open[field] !== closed[field])
    .map((field) => `${field}: ${String(open[field])} with blanks, ${String(closed[field])} filled`);
}

/** Fills the blanks of so many random taxpayers three times each. */
export function fillAndCompare(taxpayers: number): { readonly filled: number; readonly contradicted: readonly string[] } {
  let count = 0;
  const contradicted: string[] = [];
  for (let seed = 1; seed <= taxpayers; seed += 1) {
    const { row, filing } = randomTaxpayer(seed);
    if (!blankable.some((fact) => row[fact] === null)) continue;
    for (let donorSeed = seed * 3; donorSeed < seed * 3 + 3; donorSeed += 1) {
      const filled = filledFrom(row, randomTaxpayer(1_000_000_000 + donorSeed).row);
      if (filled === null) continue;
      count += 1;
      contradicted.push(...contradictions(row, filled, filing).map((text) => `seed ${String(seed)}, donor ${String(donorSeed)}: ${text}`));
    }
  }
  return { filled: count, contradicted };
}
