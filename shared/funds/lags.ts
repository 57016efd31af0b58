/**
 * How long a refund takes 办理时长: the lags of payments seen, and for a line of a given age what remains of them. Probabilities stay counts
 * of payments.
 * @source shared spec funds.md, Forecast (Lag, Age)
 */
import { addDays, type CivilDate } from '../kernel/civil-date.ts';
import type { ForecastSettings } from './forecast-settings.ts';

/** `values`: lag in working days and how many payments had it, ascending. `payments`: seen, also where they were too few. */
export type Lags = {
  readonly basis: 'seen' | 'uniform'; readonly payments: number; readonly values: readonly (readonly [lag: number, count: number])[]
};

/** @param paid lag and day of each payment up to the as-of day */
export function seenLags(
  paid: readonly { readonly day: CivilDate; readonly lag: number }[], asOf: CivilDate, settings: ForecastSettings
): Lags {
  const from = addDays(asOf, -settings.lagDays);
  const seen = paid.filter(({ day }) => day >= from && day < asOf).map(({ lag }) => lag);
  const [least, most] = settings.lagUniform;
  if (seen.length < settings.lagFewest) return {
    basis: 'uniform', payments: seen.length, values: Array.from({ length: most - least + 1 }, (_, index) => [least + index, 1] as const),
  };
  const counts = Map.groupBy(seen, (lag) => lag);
  return {
    basis: 'seen', payments: seen.length,
    values: [...counts].map(([lag, those]) => [lag, those.length] as const).toSorted(([one], [other]) => one - other),
  };
}

/**
 * The lags a line of this age may still have, with the number of payments they are shared among; none = it is longer on its way than any
 * seen.
 */
export type LagsLeft = { readonly values: Lags['values']; readonly payments: number };

export function lagsBeyond({ values }: Lags, age: number): LagsLeft {
  const left = values.filter(([lag]) => lag > age);
  return { values: left, payments: left.reduce((sum, [, count]) => sum + count, 0) };
}

/** The smallest lag whose probabilities up to it reach `tenths` tenths. */
export function quantile({ values, payments }: LagsLeft, tenths: number): number | null {
  let sum = 0;
  for (const [lag, count] of values) {
    sum += count;
    if (sum * 10 >= tenths * payments) return lag;
  }
  return null;
}
