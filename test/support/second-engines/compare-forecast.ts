/** The engines of forecast and sample beside their second engines over the same seeded inputs; what differs is said by seed. */
import { canonicalText } from '../../../electron/journal/index.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { sha256Hex } from '../../../electron/platform/hash.ts';
import { shippedYears } from '../../../electron/refunds/index.ts';
import { forecastOf } from '../../../shared/funds/forecast.ts';
import { usualForecastSettings } from '../../../shared/funds/forecast-settings.ts';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { workingCalendar } from '../../../shared/kernel/working-days.ts';
import { drawSample, ticketText } from '../../../shared/oversight/sample.ts';
import { forecast, forecastDefaults, type Cash, type ForecastInput, type Paid, type Survey } from './forecast.ts';
import { chanceOf, shuffled, type Chance } from './planted-differences.ts';
import { addDays, isWorked } from './reconcile.ts';
import { sample, type SampleAsk, type Unit } from './sample.ts';

const calendar = workingCalendar(shippedYears(checkoutResources));
const creditOf = (kind: string): 'existing' | 'incremental' => (kind === '存量' ? 'existing' : 'incremental');

function someForecast(seed: number): ForecastInput {
  const chance = chanceOf(seed);
  const of = <T>(...ways: readonly [T, ...T[]]): T => ways[chance.below(ways.length)] ?? ways[0];
  const asOf = addDays('2022-05-20', chance.below(80));
  const line = (): Survey => ({ uscc: `9121138200000000${String(chance.below(6))}X`, kind: of('存量', '增量'), filing: of('2022-03', '2022-04', '2022-05', '2022-06', '2022-07'),
    from: of('', '2022-04', '2022-06', '2022-07', '2022-09', '2023-01'), fen: BigInt(1 + chance.below(of(9, 1_000_000, 900_000_000))) });
  const survey = [...new Map(Array.from({ length: chance.below(14) }, line).map((one) => [`${one.uscc} ${one.kind}`, one])).values()];
  const paid = Array.from({ length: of(chance.below(20), 29, 30, 31, 60) }, (): Paid => ({ ...line(), day: addDays(asOf, 5 - chance.below(of(12, 110))) }));
  return { asOf, survey, paid, cash: someCash(chance, asOf), plan: Array.from({ length: chance.below(5) }, () => (
    { day: addDays(asOf, chance.below(130) - 15), kind: of('计划', '在途调拨'), fen: BigInt((chance.below(2) === 0 ? -1 : 1) * (1 + chance.below(5_000_000))) })),
    settings: { ...forecastDefaults, horizonDays: of(90, 30, 1, 120), lagFewest: of(30, 1, 5), lagUniform: of([5, 20], [0, 3], [4, 4]), lowerBound: of('0.3', '0.07', '1.5'),
      shareRemainderTo: of('central', 'province', 'county'), shares: of(forecastDefaults.shares, { central: '0.333', province: '0.333', county: '0.334' }) } };
}

function someCash(chance: Chance, asOf: string): Cash[] {
  const cash: Cash[] = [];
  let balance = BigInt(chance.below(900_000_000));
  const everyDay = chance.below(3) === 0;
  for (let day = addDays(asOf, -chance.below(500)); day <= addDays(asOf, 3); day = addDays(day, 1)) {
    if (!everyDay && !isWorked(day, new Set())) continue;
    const [income, outgo] = [BigInt(chance.below(10_000_000)), BigInt(chance.below(10_000_000))];
    balance += income - outgo;
    cash.push({ day, income, outgo, balance, refunds: outgo / BigInt(1 + chance.below(4)), transfers: income / BigInt(1 + chance.below(4)) });
  }
  return cash;
}

function engineForecast({ asOf, survey, paid, cash, plan, settings }: ForecastInput): string {
  const credit = ({ uscc, kind, filing, from, fen }: Survey) => (
    { uscc, credit: creditOf(kind), filingPeriod: taxPeriod(filing), openFrom: from === '' ? null : taxPeriod(from), amountFen: fen });
  return canonicalText(forecastOf({
    survey: survey.map(credit), paid: paid.map((one) => ({ ...credit(one), paidOn: civilDate(one.day) })),
    cash: cash.map(({ day, income, outgo, balance, refunds, transfers }) => (
      { day: civilDate(day), openingFen: balance - income + outgo, incomeFen: income, outgoFen: outgo, closingFen: balance, refundsFen: refunds, fundsFen: transfers })),
    plan: plan.map(({ day, kind, fen }) => ({ day: civilDate(day), kind: kind === '计划' ? 'plan' as const : 'transfer' as const, amountFen: fen })),
  }, civilDate(asOf), { ...usualForecastSettings, ...settings, lagUniform: [...(settings?.lagUniform ?? usualForecastSettings.lagUniform)] }, calendar));
}

/** What differs between the two forecasts of a seed, and what hangs on the order of lines. */
export function forecastFaults(seed: number): string[] {
  const input = someForecast(seed);
  const chance = chanceOf(seed + 3);
  const one = engineForecast(input);
  const mixed = { ...input, survey: shuffled(input.survey, chance), paid: shuffled(input.paid, chance), cash: shuffled(input.cash, chance), plan: shuffled(input.plan, chance) };
  return [...(one === canonicalText(forecast(input)) ? [] : [`预测 种子 ${String(seed)} 不同`]), ...(engineForecast(mixed) === one ? [] : [`预测 种子 ${String(seed)} 行序改变了结果`])];
}

/** What differs between the two samples of a seed. */
export function sampleFaults(seed: number): string[] {
  const chance = chanceOf(seed);
  const names = ['甲', '乙', '丙', '', '𠮷', 'A', '高'].slice(0, 1 + chance.below(7));
  const units = Array.from({ length: chance.below(60) }, (_, n): Unit => ({ code: `9121138${String(n * 7919).padStart(11, '0')}`, name: n % 5 === 0 ? null : `第${String(n)}公司`,
    cells: { 规模: names[Math.min(chance.below(names.length), chance.below(names.length))] ?? '', 风险: ['高', '低', '低'][chance.below(3)] ?? '' } }));
  const fixed = chance.below(2) === 0 ? null : Object.fromEntries([...names, '无'].map((name) => [name, chance.below(12)]));
  const size = fixed === null ? 1 + chance.below(40) : Object.values(fixed).reduce((a, b) => a + b, 0);
  const ask: SampleAsk = { seed: `种子 ${String(seed)}`, size, ...(chance.below(3) > 0 ? { strata: { column: '规模', fixed } } : {}),
    ...(chance.below(2) === 0 ? { allWhere: { column: '风险', value: '高' } } : {}) };
  const { certain, draw } = drawSample(shuffled(units, chance).map(({ code, name, cells }) => (
    { code, name, stratum: ask.strata === undefined ? null : cells['规模'] ?? '', certain: ask.allWhere !== undefined && cells['风险'] === '高' })),
  size, ask.strata === undefined ? null : fixed === null ? 'proportional' : new Map(Object.entries(fixed)), (code) => sha256Hex(ticketText(ask.seed, code)));
  const engine = { version: 1, seed: ask.seed, size, population: { units: units.length }, certain: ask.allWhere === undefined ? null : { ...ask.allWhere, units: certain },
    strata: ask.strata === undefined ? null : { column: '规模', allocation: fixed ?? 'proportional' }, draw };
  return canonicalText(engine) === canonicalText(sample(units, ask)) ? [] : [`抽样 种子 ${String(seed)} 不同`];
}
