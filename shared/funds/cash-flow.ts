/**
 * The flow of cash beside refunds and transfers 日常收支 and the lower bound 保障下限, from the months the file has whole.
 * @source shared spec funds.md, Forecast (Flow, Balance)
 */
import { addDays, civilDate, daysInMonth, type CivilDate } from '../kernel/civil-date.ts';
import { sumFen, type Fen } from '../kernel/money.ts';
import { parseRatio, type Ratio } from '../kernel/ratio.ts';
import { addPeriods, periodOf, type TaxPeriod } from '../kernel/tax-period.ts';
import { halfUp } from './exact-sum.ts';
import type { CashDay } from './forecast-lines.ts';
import type { WorkingLine } from './working-line.ts';

/** 上旬 1, 中旬 2, 下旬 3. */
export type MonthPart = 1 | 2 | 3;

export function partOf(day: CivilDate): MonthPart {
  const date = Number(day.slice(8));
  return date <= 10 ? 1 : date <= 20 ? 2 : 3;
}

export type CashBasis = {
  readonly day: CivilDate;
  readonly balanceFen: Fen;
  readonly months: number;
  readonly meanOutflowFen: Fen;
  readonly boundFen: Fen;
  /** What a working day of each 旬 brings: sum over the months ÷ (months × working days). */
  readonly flowOn: (day: CivilDate) => { readonly numerator: bigint; readonly denominator: bigint } | null;
};

const flowMonths = 3;
const outflowMonths = 12;

/** @param cash up to the as-of day, by day @returns null where there are not three whole months: it needs evidence */
export function cashBasis(cash: readonly CashDay[], asOf: CivilDate, line: WorkingLine, lowerBound: string): CashBasis | null {
  const [first, last] = [cash[0], cash.at(-1)];
  if (first === undefined || last === undefined) return null;
  const months = wholeMonths(first.day, asOf, line);
  const counted = months.slice(-outflowMonths);
  if (counted.length < flowMonths) return null;
  const byMonth = Map.groupBy(cash, ({ day }) => periodOf(day));
  const outflow = sumFen(counted.flatMap((month) => byMonth.get(month) ?? []).map(({ outgoFen }) => outgoFen));
  const share: Ratio = parseRatio(lowerBound) ?? { numerator: 0n, denominator: 1n };
  const flows = partFlows(months.slice(-flowMonths).flatMap((month) => byMonth.get(month) ?? []));
  return {
    day: last.day, balanceFen: last.closingFen, months: counted.length, meanOutflowFen: halfUp(outflow, BigInt(counted.length)),
    boundFen: halfUp(outflow * share.numerator, BigInt(counted.length) * share.denominator),
    flowOn: (day) => flowOn(day, flows, line),
  };
}

/** Months before the as-of day's whose first working day is not before the file's first line, oldest first. */
function wholeMonths(firstLine: CivilDate, asOf: CivilDate, line: WorkingLine): readonly TaxPeriod[] {
  const months: TaxPeriod[] = [];
  for (let month = addPeriods(periodOf(asOf), -1); line.firstOf(month) >= firstLine; month = addPeriods(month, -1)) months.unshift(month);
  return months;
}

/** Net flow without refunds and transfers, which stand elsewhere, so that nothing counts twice. */
function partFlows(cash: readonly CashDay[]): Readonly<Record<MonthPart, Fen>> {
  const flows: Record<MonthPart, Fen> = { 1: 0n, 2: 0n, 3: 0n };
  for (const { day, incomeFen, fundsFen, outgoFen, refundsFen } of cash) flows[partOf(day)] += incomeFen - fundsFen - outgoFen + refundsFen;
  return flows;
}

function flowOn(day: CivilDate, flows: Readonly<Record<MonthPart, Fen>>, line: WorkingLine): ReturnType<CashBasis['flowOn']> {
  const days = daysOfPart(day);
  const working = days.filter((one) => line.isWorking(one));
  const bearing = working.length === 0 ? days.slice(-1) : working;
  return bearing.includes(day) ? { numerator: flows[partOf(day)], denominator: BigInt(flowMonths * bearing.length) } : null;
}

function daysOfPart(day: CivilDate): readonly CivilDate[] {
  const part = partOf(day);
  const first = civilDate(`${day.slice(0, 8)}${String(part * 10 - 9).padStart(2, '0')}`);
  const length = part === 3 ? daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7))) - 20 : 10;
  return Array.from({ length }, (_, index) => addDays(first, index));
}
