/**
 * Where an answer of the engine and the oracle's part, field by field, and the smallest taxpayer on which they still do. It holds
 * no opinion on who is right.
 */
import type { TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../../shared/roster/model.ts';
import { decimals, type Fraction } from './figures.ts';
import { oracle, type OracleAnswer } from './oracle.ts';
import { plainTaxpayer } from './plain-taxpayer.ts';

/** One line of `evaluate` as the headless page defines it; read field by field, never trusted to be whole. */
export type EngineLine = Readonly<Record<string, unknown>>;
export type Evaluate = (row: RosterRow, filing: TaxPeriod) => EngineLine;

export type Difference = { readonly field: string; readonly oracle: string; readonly engine: string };

export const comparedFields = [
  'pack', 'route', 'size', 'listedIndustry', 'listedShare', 'verdict', 'endingCredit', 'existingCredit', 'incrementalCredit', 'ratio', 'refundRate', 'refundableExisting',
  'refundableIncremental', 'refundableTotal', 'existingOpenFrom', 'incrementalOpenFrom',
] as const satisfies readonly (keyof OracleAnswer)[];

export function differencesOf(answer: OracleAnswer, line: EngineLine): Difference[] {
  return comparedFields.flatMap((field) => {
    const engine = line[field];
    const expected = field === 'ratio' ? ratioAt(answer.ratio, engine) : answer[field];
    return Object.is(expected, engine) ? [] : [{ field, oracle: JSON.stringify(expected), engine: engine === undefined ? 'missing' : JSON.stringify(engine) }];
  });
}

/** The exact ratio at as many decimals as the engine prints, at least the ten that are promised. */
function ratioAt(ratio: Fraction | null, engine: unknown): string | null {
  if (ratio === null) return null;
  const printed = typeof engine === 'string' ? (engine.split('.')[1] ?? '').length : 0;
  return decimals(ratio, Math.max(10, printed));
}

/**
 * Resets one fact after the other to the plain taxpayer's while the first difference stays.
 * @returns only the facts that still matter, and the differences on what is left
 */
export function shrunk(row: RosterRow, filing: TaxPeriod, evaluate: Evaluate): { readonly facts: Partial<RosterRow>; readonly differences: readonly Difference[] } {
  const field = differencesOf(oracle(row, filing), evaluate(row, filing))[0]?.field;
  const stays = (tried: RosterRow): boolean => differencesOf(oracle(tried, filing), evaluate(tried, filing)).some((difference) => difference.field === field);
  let smallest = row;
  let lessened = true;
  while (lessened) {
    lessened = false;
    for (const key of keysOf(plainTaxpayer)) {
      if (Object.is(smallest[key], plainTaxpayer[key])) continue;
      // Ending credit and its series belong together: a row of the reader never contradicts itself.
      const together = key === 'endingCredit' || key === 'recentCredits' ? { endingCredit: plainTaxpayer.endingCredit, recentCredits: plainTaxpayer.recentCredits } : { [key]: plainTaxpayer[key] };
      const tried: RosterRow = { ...smallest, ...together };
      if (!stays(tried)) continue;
      smallest = tried;
      lessened = true;
    }
  }
  const facts = Object.fromEntries(keysOf(smallest).filter((key) => !Object.is(smallest[key], plainTaxpayer[key])).map((key) => [key, smallest[key]]));
  return { facts, differences: differencesOf(oracle(smallest, filing), evaluate(smallest, filing)) };
}

function keysOf(row: RosterRow): (keyof RosterRow)[] {
  return Object.keys(row) as (keyof RosterRow)[];
}

/** A row or a part of one for the eye: amounts as fen with an n. */
export function shown(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? `${inner.toString()}n` : inner));
}
