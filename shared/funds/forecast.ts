/**
 * The forecast 退税资金预测: refunds that are due laid over the treasury's cash curve. Pure: four lists and a day in, one document out.
 * @source shared spec funds.md, Forecast
 */
import { shareParts, type SharePart } from '../administration/model.ts';
import { addDays, type CivilDate } from '../kernel/civil-date.ts';
import { maxFen, minFen, sumFen, yuanText, type Fen } from '../kernel/money.ts';
import { parseRatio, splitByShares, type Ratio } from '../kernel/ratio.ts';
import { firstDay, periodOf, type TaxPeriod } from '../kernel/tax-period.ts';
import type { WorkingCalendar } from '../kernel/working-days.ts';
import { cashBasis, partOf, type CashBasis, type MonthPart } from './cash-flow.ts';
import { ExactSum } from './exact-sum.ts';
import type { ForecastLines, PaidRefund, SurveyedCredit } from './forecast-lines.ts';
import type { ForecastSettings } from './forecast-settings.ts';
import { lagsBeyond, quantile, seenLags, type Lags, type LagsLeft } from './lags.ts';
import { WorkingLine } from './working-line.ts';

export const pathNames = ['expected', 'early', 'late'] as const;
export type PathName = (typeof pathNames)[number];
type ByPath<T> = Readonly<Record<PathName, T>>;
type PathDay = Readonly<Record<'total' | SharePart, string>> & { readonly balance: string | null };
type Counted = { readonly lines: number; readonly amount: string };
type Shortfall = {
  readonly day: CivilDate; readonly balance: string; readonly missing: string; readonly transfer: string; readonly by: CivilDate
};

/** Amounts are yuan text. */
export type ForecastDocument = {
  readonly version: 1;
  readonly asOf: CivilDate;
  readonly through: CivilDate;
  readonly settings: ForecastSettings;
  readonly lag: Lags;
  readonly due: Counted;
  readonly paid: Counted;
  readonly later: Counted;
  readonly unknown: Counted;
  readonly cash: null | {
    readonly day: CivilDate; readonly balance: string; readonly months: number; readonly meanOutflow: string; readonly bound: string
  };
  readonly needsEvidence: readonly 'cash'[];
  readonly days: readonly ({ readonly day: CivilDate; readonly planned: string; readonly flow: string | null } & ByPath<PathDay>)[];
  readonly beyond: ByPath<string>;
  readonly periods: readonly ({ readonly month: TaxPeriod; readonly part: MonthPart } & ByPath<string>)[];
  readonly under: Readonly<Record<'expected' | 'early', Shortfall | null>>;
};

export function forecastOf(lines: ForecastLines, asOf: CivilDate, settings: ForecastSettings, calendar: WorkingCalendar): ForecastDocument {
  const through = addDays(asOf, settings.horizonDays);
  const paid = lines.paid.filter(({ paidOn }) => paidOn <= asOf);
  const cash = lines.cash.filter(({ day }) => day <= asOf).toSorted((one, other) => (one.day < other.day ? -1 : 1));
  const line = new WorkingLine(calendar, earliest(lines, asOf));
  const lags = seenLags(paid.map((one) => ({ day: one.paidOn, lag: line.after(startOf(one, line), one.paidOn) })), asOf, settings);
  const sorted = sortedOut(lines.survey, paid, line, through);
  const paths = refundPaths(sorted.due, lags, line, asOf, through);
  const basis = cashBasis(cash, asOf, line, settings.lowerBound);
  const planned = plannedOn(lines, asOf, line);
  const days = dayRows({ asOf, through, settings, paths, basis, planned });
  const due = sumFen(sorted.due.map(({ restFen }) => restFen));
  const shown = (name: PathName): string => yuanText(due - sumFen(days.map(({ fen }) => fen[name])));
  return {
    version: 1, asOf, through, settings, lag: lags, due: counted(sorted.due), paid: counted(sorted.paid), later: counted(sorted.later),
    unknown: counted(sorted.unknown),
    cash: basis === null ? null : {
      day: basis.day, balance: yuanText(basis.balanceFen), months: basis.months, meanOutflow: yuanText(basis.meanOutflowFen),
      bound: yuanText(basis.boundFen),
    },
    needsEvidence: basis === null ? ['cash'] : [],
    days: days.map(({ row }) => row), beyond: { expected: shown('expected'), early: shown('early'), late: shown('late') },
    periods: periodRows(days),
    under: { expected: shortfall(days, 'expected', basis, line, asOf), early: shortfall(days, 'early', basis, line, asOf) },
  };
}

/** The first working day of the later of 办理起始月 and 申报期. */
function startOf({ openFrom, filingPeriod }: SurveyedCredit, line: WorkingLine): CivilDate {
  return line.firstOf(openFrom !== null && openFrom > filingPeriod ? openFrom : filingPeriod);
}

/** A day before every day that anybody counts from. */
function earliest({ survey, paid }: ForecastLines, asOf: CivilDate): CivilDate {
  let first = firstDay(periodOf(asOf));
  for (const { filingPeriod } of [...survey, ...paid]) if (firstDay(filingPeriod) < first) first = firstDay(filingPeriod);
  for (const { paidOn } of paid) if (paidOn < first) first = paidOn;
  return first;
}

type Rest = { readonly restFen: Fen; readonly start: CivilDate | null };
type SortedOut = Readonly<Record<'paid' | 'unknown' | 'later' | 'due', readonly Rest[]>>;

/** A line of the survey is the first that fits of paid, unknown, later, due. */
function sortedOut(survey: readonly SurveyedCredit[], paid: readonly PaidRefund[], line: WorkingLine, through: CivilDate): SortedOut {
  const paidOf = Map.groupBy(paid, ({ uscc, credit }) => `${uscc} ${credit}`);
  const sorted = { paid: [] as Rest[], unknown: [] as Rest[], later: [] as Rest[], due: [] as Rest[] };
  for (const one of survey) {
    const since = firstDay(one.filingPeriod);
    const payments = (paidOf.get(`${one.uscc} ${one.credit}`) ?? []).filter(({ paidOn }) => paidOn >= since);
    const restFen = maxFen(0n, one.amountFen - sumFen(payments.map(({ amountFen }) => amountFen)));
    const start = one.openFrom === null ? null : startOf(one, line);
    if (restFen === 0n) sorted.paid.push({ restFen: one.amountFen, start });
    else sorted[start === null ? 'unknown' : start > through ? 'later' : 'due'].push({ restFen, start });
  }
  return sorted;
}

function counted(rests: readonly Rest[]): Counted {
  return { lines: rests.length, amount: yuanText(sumFen(rests.map(({ restFen }) => restFen))) };
}

/** What each path pays on a day: exact fractions for the expected one, whole lines for early and late. */
type RefundPaths = {
  readonly expected: ReadonlyMap<CivilDate,
  readonly (readonly [numerator: bigint, denominator: bigint])[]>; readonly early: ReadonlyMap<CivilDate,
  Fen>; readonly late: ReadonlyMap<CivilDate, Fen>
};

function refundPaths(due: readonly Rest[], lags: Lags, line: WorkingLine, asOf: CivilDate, through: CivilDate): RefundPaths {
  const expected = new Map<CivilDate, [bigint, bigint][]>();
  const [early, late] = [new Map<CivilDate, Fen>(), new Map<CivilDate, Fen>()];
  const add = (path: Map<CivilDate, Fen>, day: CivilDate, fen: Fen): void => void path.set(day, (path.get(day) ?? 0n) + fen);
  // Lines with one start share age and days; the amounts are summed first.
  for (const [start, those] of Map.groupBy(due, (rest) => rest.start)) {
    if (start === null) continue;
    const sum = sumFen(those.map(({ restFen }) => restFen));
    const left = lagsBeyond(lags, start > asOf ? -1 : line.after(start, asOf));
    const next = line.nth(asOf, 1);
    const dayAt = (lag: number | null): CivilDate => (lag === null ? next : line.nth(start, lag));
    add(early, dayAt(quantile(left, 1)), sum);
    add(late, dayAt(quantile(left, 9)), sum);
    for (const [day, count, of] of chances(left, dayAt)) if (day <= through) expected.set(
      day, [...(expected.get(day) ?? []), [sum * BigInt(count), BigInt(of)]],
    );
  }
  return { expected, early, late };
}

function chances(
  { values, payments }: LagsLeft, dayAt: (lag: number | null) => CivilDate
): readonly (readonly [CivilDate, number, number])[] {
  return payments === 0 ? [[dayAt(null), 1, 1]] : values.map(([lag, count]) => [dayAt(lag), count, payments] as const);
}

/** 计划 after the as-of day on its day; 在途调拨 not after it is expected on the next working day. */
function plannedOn({ plan }: ForecastLines, asOf: CivilDate, line: WorkingLine): ReadonlyMap<CivilDate, Fen> {
  const sums = new Map<CivilDate, Fen>();
  for (const { day, kind, amountFen } of plan) {
    if (day <= asOf && kind === 'plan') continue;
    const on = day <= asOf ? line.nth(asOf, 1) : day;
    sums.set(on, (sums.get(on) ?? 0n) + amountFen);
  }
  return sums;
}

type DayRow = { readonly row: ForecastDocument['days'][number]; readonly fen: ByPath<Fen>; readonly balanceFen: ByPath<Fen> | null };
type DayTerms = {
  readonly asOf: CivilDate; readonly through: CivilDate; readonly settings: ForecastSettings; readonly paths: RefundPaths; readonly basis: CashBasis | null; readonly planned: ReadonlyMap<CivilDate, Fen>;
};

function dayRows({ asOf, through, settings, paths, basis, planned }: DayTerms): readonly DayRow[] {
  const ratios = shareParts.map((part): Ratio => parseRatio(settings.shares[part]) ?? { numerator: 0n, denominator: 1n });
  const [expected, flow] = [new ExactSum(), new ExactSum()];
  const balances: Record<PathName,
    Fen> = { expected: basis?.balanceFen ?? 0n, early: basis?.balanceFen ?? 0n, late: basis?.balanceFen ?? 0n };
  const rows: DayRow[] = [];
  for (let day = addDays(asOf, 1); day <= through; day = addDays(day, 1)) {
    for (const [numerator, denominator] of paths.expected.get(day) ?? []) expected.add(numerator, denominator);
    const brought = basis?.flowOn(day) ?? null;
    if (brought !== null) flow.add(brought.numerator, brought.denominator);
    const plannedFen = planned.get(day) ?? 0n;
    const flowFen = flow.tell();
    const fen: ByPath<Fen> = { expected: expected.tell(), early: paths.early.get(day) ?? 0n, late: paths.late.get(day) ?? 0n };
    const pathDay = (name: PathName): PathDay => {
      const [central = 0n, province = 0n, county = 0n] = splitByShares(fen[name], ratios, shareParts.indexOf(settings.shareRemainderTo));
      balances[name] += plannedFen + flowFen - county;
      return {
        total: yuanText(fen[name]), central: yuanText(central), province: yuanText(province), county: yuanText(county),
        balance: basis === null ? null : yuanText(balances[name]),
      };
    };
    const row = {
      day, planned: yuanText(plannedFen), flow: basis === null ? null : yuanText(flowFen), expected: pathDay('expected'),
      early: pathDay('early'), late: pathDay('late'),
    };
    rows.push({ row, fen, balanceFen: basis === null ? null : { ...balances } });
  }
  return rows;
}

function periodRows(days: readonly DayRow[]): ForecastDocument['periods'] {
  const parts = Map.groupBy(days, ({ row: { day } }) => `${day.slice(0, 7)} ${String(partOf(day))}`);
  return [...parts.values()].flatMap((those) => {
    const [first] = those;
    if (first === undefined) return [];
    const sum = (name: PathName): string => yuanText(sumFen(those.map(({ fen }) => fen[name])));
    return [
      { month: periodOf(first.row.day), part: partOf(first.row.day), expected: sum('expected'), early: sum('early'), late: sum('late') },
    ];
  });
}

/** The first day under the bound, and the transfer that would mend it, by when. */
function shortfall(
  days: readonly DayRow[], name: 'expected' | 'early', basis: CashBasis | null, line: WorkingLine, asOf: CivilDate
): Shortfall | null {
  if (basis === null) return null;
  const balances = days.map(({ row, balanceFen }) => ({ day: row.day, fen: balanceFen?.[name] ?? 0n }));
  const at = balances.findIndex(({ fen }) => fen < basis.boundFen);
  const under = balances[at];
  if (under === undefined) return null;
  const lowest = balances.slice(at).reduce((least, { fen }) => minFen(least, fen), under.fen);
  const before = line.before(under.day);
  return {
    day: under.day, balance: yuanText(under.fen), missing: yuanText(basis.boundFen - under.fen),
    transfer: yuanText(basis.boundFen - lowest), by: before < asOf ? asOf : before,
  };
}
