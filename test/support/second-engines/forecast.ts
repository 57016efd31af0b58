/**
 * A second engine of the forecast 资金预测, written from the page alone (funds.md, Forecast) without reading the engine: plain, slow, obvious.
 * It takes lines that are read and sound, and makes the whole document.
 */
import { addDays, isWorked, yuan } from './reconcile.ts';

export type Survey = { readonly uscc: string; readonly kind: string; readonly filing: string; readonly from: string; readonly fen: bigint };
export type Paid = Survey & { readonly day: string };
export type Cash = { readonly day: string; readonly income: bigint; readonly outgo: bigint; readonly balance: bigint; readonly refunds: bigint; readonly transfers: bigint };
export type Plan = { readonly day: string; readonly kind: string; readonly fen: bigint };
export type ForecastSettings = {
  readonly horizonDays: number; readonly lagDays: number; readonly lagFewest: number; readonly lagUniform: readonly [number, number]; readonly lowerBound: string;
  readonly shares: Readonly<Record<Share, string>>; readonly shareRemainderTo: Share;
};
type Share = 'central' | 'province' | 'county';
export const forecastDefaults: ForecastSettings = { horizonDays: 90, lagDays: 90, lagFewest: 30, lagUniform: [5, 20], lowerBound: '0.3',
  shares: { central: '0.5', province: '0.35', county: '0.15' }, shareRemainderTo: 'central' };

type Fraction = readonly [bigint, bigint];
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const reduced = (top: bigint, bottom: bigint): Fraction => { const by = gcd(top, bottom); return by === 0n ? [0n, 1n] : [top / by, bottom / by]; };
const plus = (a: Fraction, b: Fraction): Fraction => reduced(a[0] * b[1] + b[0] * a[1], a[1] * b[1]);
const times = (a: Fraction, b: Fraction): Fraction => reduced(a[0] * b[0], a[1] * b[1]);
const floor = ([top, bottom]: Fraction): bigint => (top >= 0n || top % bottom === 0n ? top / bottom : top / bottom - 1n);
const halfUp = (x: Fraction): bigint => floor(plus(x, [1n, 2n]));
const zero: Fraction = [0n, 1n];
const decimal = (text: string): Fraction => { const [whole = '0', part = ''] = text.split('.'); return reduced(BigInt(whole + part), 10n ** BigInt(part.length)); };

const worked = (day: string): boolean => isWorked(day, new Set());
const nextWorked = (day: string): string => { let next = addDays(day, 1); while (!worked(next)) next = addDays(next, 1); return next; };
const firstWorked = (month: string): string => nextWorked(addDays(`${month}-01`, -1));
const countAfter = (from: string, to: string): number => { let n = 0; for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (worked(day)) n += 1; return n; };
const startOf = ({ from, filing }: Survey): string => firstWorked(from > filing ? from : filing);
const monthBefore = (month: string): string => addDays(`${month}-01`, -1).slice(0, 7);
const partOf = (day: string): number => { const n = Number(day.slice(8)); return n <= 10 ? 1 : n <= 20 ? 2 : 3; };
const sameTen = (a: string, b: string): boolean => a.slice(0, 7) === b.slice(0, 7) && partOf(a) === partOf(b);
const total = (list: readonly bigint[]): bigint => list.reduce((a, b) => a + b, 0n);

export type ForecastInput = { readonly asOf: string; readonly survey: readonly Survey[]; readonly paid: readonly Paid[]; readonly cash: readonly Cash[]; readonly plan: readonly Plan[];
  readonly settings?: Partial<ForecastSettings> };
type Path = 'expected' | 'early' | 'late';
const paths: readonly Path[] = ['expected', 'early', 'late'];

/** The forecast's document. */
export function forecast({ asOf, survey, paid, cash, plan, settings: given }: ForecastInput): unknown {
  const settings = { ...forecastDefaults, ...given };
  const through = addDays(asOf, settings.horizonDays);
  const days: string[] = [];
  for (let day = addDays(asOf, 1); day <= through; day = addDays(day, 1)) days.push(day);
  const payments = paid.filter(({ day }) => day <= asOf);
  const lines = cash.filter(({ day }) => day <= asOf).toSorted((a, b) => (a.day < b.day ? -1 : 1));

  // Lags seen, or each whole number of the range.
  const seen = payments.filter(({ day }) => day >= addDays(asOf, -settings.lagDays) && day <= addDays(asOf, -1));
  const counts = new Map<number, number>();
  for (const one of seen) { const lag = countAfter(startOf(one), one.day); counts.set(lag, (counts.get(lag) ?? 0) + 1); }
  const uniform = seen.length < settings.lagFewest;
  if (uniform) { counts.clear(); for (let lag = settings.lagUniform[0]; lag <= settings.lagUniform[1]; lag += 1) counts.set(lag, 1); }
  const values = [...counts].toSorted((a, b) => a[0] - b[0]);

  const sums = { due: [] as bigint[], paid: [] as bigint[], later: [] as bigint[], unknown: [] as bigint[] };
  const falls: Record<Path, [string, Fraction][]> = { expected: [], early: [], late: [] };
  for (const line of survey) {
    const came = total(payments.filter((one) => one.uscc === line.uscc && one.kind === line.kind && one.day >= `${line.filing}-01`).map(({ fen }) => fen));
    const rest = line.fen > came ? line.fen - came : 0n;
    if (rest === 0n) { sums.paid.push(line.fen); continue; }
    if (line.from === '') { sums.unknown.push(rest); continue; }
    const start = startOf(line);
    if (start > through) { sums.later.push(rest); continue; }
    sums.due.push(rest);
    const age = start > asOf ? -1 : countAfter(start, asOf);
    const open = values.filter(([lag]) => lag > age);
    const all = BigInt(open.reduce((n, [, count]) => n + count, 0));
    const dayOf = (lag: number): string => { let day = start; for (let n = 0; n < lag; n += 1) day = nextWorked(day); return day; };
    if (open.length === 0) { for (const path of paths) falls[path].push([nextWorked(asOf), [rest, 1n]]); continue; }
    for (const [lag, count] of open) falls.expected.push([dayOf(lag), reduced(rest * BigInt(count), all)]);
    const whole = (tenths: bigint): number => { let sum = 0n; return open.find(([, count]) => { sum += BigInt(count); return sum * 10n >= tenths * all; })?.[0] ?? 0; };
    falls.early.push([dayOf(whole(1n)), [rest, 1n]]);
    falls.late.push([dayOf(whole(9n)), [rest, 1n]]);
  }

  // Amount of each day by path: rounded running totals.
  const spread = (parts: readonly (readonly [string, Fraction])[]): bigint[] => {
    let [running, before] = [zero, 0n];
    return days.map((day) => {
      for (const [on, amount] of parts) if (on === day) running = plus(running, amount);
      const now = halfUp(running);
      const own = now - before;
      before = now;
      return own;
    });
  };
  const amounts = { expected: spread(falls.expected), early: spread(falls.early), late: spread(falls.late) };
  const split = (amount: bigint): Record<Share, bigint> => {
    const of = (share: Share): bigint => floor(times([amount, 1n], decimal(settings.shares[share])));
    const parts = { central: of('central'), province: of('province'), county: of('county') };
    parts[settings.shareRemainderTo] += amount - parts.central - parts.province - parts.county;
    return parts;
  };
  const planned = days.map((day) => total(plan.filter((one) => (one.day > asOf ? one.day : one.kind === '在途调拨' ? nextWorked(asOf) : '') === day).map(({ fen }) => fen)));

  // Whole months before the as-of day's month that the file covers, the latest first.
  const [firstLine] = lines;
  const months: string[] = [];
  for (let month = monthBefore(asOf.slice(0, 7)); firstLine !== undefined && firstWorked(month) >= firstLine.day; month = monthBefore(month)) months.push(month);
  const twelve = months.slice(0, 12);
  const hasCash = twelve.length >= 3;
  const mean = hasCash ? reduced(total(lines.filter(({ day }) => twelve.includes(day.slice(0, 7))).map(({ outgo }) => outgo)), BigInt(twelve.length)) : zero;
  const bound = halfUp(times(mean, decimal(settings.lowerBound)));
  const three = months.slice(0, 3);
  const flowOf = (day: string): Fraction => {
    const ten: string[] = [];
    for (let one = `${day.slice(0, 7)}-01`; one.slice(0, 7) === day.slice(0, 7); one = addDays(one, 1)) if (sameTen(one, day)) ten.push(one);
    const workedDays = ten.filter(worked);
    const on = workedDays.length > 0 ? workedDays : ten.slice(-1);
    if (!on.includes(day)) return zero;
    const sum = total(lines.filter((line) => three.includes(line.day.slice(0, 7)) && partOf(line.day) === partOf(day)).map((line) => line.income - line.transfers - line.outgo + line.refunds));
    return reduced(sum, BigInt(three.length * on.length));
  };
  const flows = hasCash ? spread(days.map((day) => [day, flowOf(day)] as const)) : [];
  const last = lines.at(-1);
  const balances = (path: Path): bigint[] => {
    let balance = last?.balance ?? 0n;
    return days.map((_day, n) => (balance += (planned[n] ?? 0n) + (flows[n] ?? 0n) - split(amounts[path][n] ?? 0n).county));
  };
  const curve = { expected: balances('expected'), early: balances('early'), late: balances('late') };
  const under = (path: Path): unknown => {
    const at = curve[path].findIndex((balance) => balance < bound);
    const day = days[at];
    const balance = curve[path][at];
    if (!hasCash || day === undefined || balance === undefined) return null;
    const lowest = curve[path].slice(at).reduce((a, b) => (b < a ? b : a));
    let by = addDays(day, -1);
    while (!worked(by)) by = addDays(by, -1);
    return { day, balance: yuan(balance), missing: yuan(bound - balance), transfer: yuan(bound - lowest), by: by < asOf ? asOf : by };
  };
  const counted = (list: readonly bigint[]): unknown => ({ lines: list.length, amount: yuan(total(list)) });
  const tens = [...new Set(days.map((day) => `${day.slice(0, 7)} ${String(partOf(day))}`))];
  const inTen = (path: Path, ten: string): string => yuan(total(days.map((day, n) => (`${day.slice(0, 7)} ${String(partOf(day))}` === ten ? amounts[path][n] ?? 0n : 0n))));
  return {
    version: 1, asOf, through, settings, lag: { basis: uniform ? 'uniform' : 'seen', payments: seen.length, values: values.map(([lag, count]) => [lag, count]) },
    due: counted(sums.due), paid: counted(sums.paid), later: counted(sums.later), unknown: counted(sums.unknown),
    cash: hasCash && last !== undefined ? { day: last.day, balance: yuan(last.balance), months: twelve.length, meanOutflow: yuan(halfUp(mean)), bound: yuan(bound) } : null,
    needsEvidence: hasCash ? [] : ['cash'],
    days: days.map((day, n) => ({ day, planned: yuan(planned[n] ?? 0n), flow: hasCash ? yuan(flows[n] ?? 0n) : null, ...Object.fromEntries(paths.map((path) => {
      const own = amounts[path][n] ?? 0n;
      const { central, province, county } = split(own);
      return [path, { total: yuan(own), central: yuan(central), province: yuan(province), county: yuan(county), balance: hasCash ? yuan(curve[path][n] ?? 0n) : null }];
    })) })),
    beyond: Object.fromEntries(paths.map((path) => [path, yuan(total(sums.due) - total(amounts[path]))])),
    periods: tens.map((ten) => ({ month: ten.slice(0, 7), part: Number(ten.slice(8)), expected: inTen('expected', ten), early: inTen('early', ten), late: inTen('late', ten) })),
    under: { expected: under('expected'), early: under('early') },
  };
}
