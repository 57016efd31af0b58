/**
 * Random credits and deductions for the random taxpayers, around the amounts at which the law turns. Part of the generator only;
 * what the amounts mean is for the oracle and the engine.
 */
import { addPeriods, taxPeriod, type TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { FilingCycle, RosterRow } from '../../../shared/roster/model.ts';
import type { Chance } from './chance.ts';

const fiveHundredThousandYuan = 50_000_000n;
const oneHundredMillionYuan = 10_000_000_000n;

type Credits = Pick<RosterRow, 'baseCredit' | 'endingCredit' | 'recentCredits' | 'prevYearEndCredit' | 'exportRefundDue' | 'vatArrears'>;

export function randomCredits(chance: Chance, cycle: FilingCycle): Credits {
  if (chance.percent(8)) return fewFen(chance, cycle);
  const exportRefundDue = chance.percent(80) ? 0n : chance.amount(9);
  const vatArrears = chance.percent(80) ? 0n : chance.amount(9);
  const takenOff = exportRefundDue + vatArrears;
  const base = chance.percent(25) ? 0n : chance.amount(11);
  const step = (): bigint => BigInt(chance.below(3) - 1);

  const lift = chance.below(14);
  let adjusted = base + fiveHundredThousandYuan + chance.amount(10);
  if (lift === 0) adjusted = base + step();
  if (lift === 1 || lift === 2) adjusted = base + fiveHundredThousandYuan + step();
  if (lift === 3) adjusted = chance.percent(50) ? 0n : 1n;
  if (lift === 4) adjusted = base + oneHundredMillionYuan + step() * chance.oneOf([1n, 2n, 3n, 1_000n]);
  if (lift === 5) adjusted = base - base / 3n;
  if (lift === 6) adjusted = base + chance.amount(11);
  if (adjusted < 0n) adjusted = 0n;
  // Now and then the arrears are more than the credit.
  const ending = chance.percent(4) ? adjusted / 2n : adjusted + takenOff;

  const added = chance.oneOf([fiveHundredThousandYuan + step(), fiveHundredThousandYuan + chance.amount(10), oneHundredMillionYuan + step() * chance.oneOf([1n, 3n, 5n, 50n]), adjusted, chance.amount(10)]);
  const prevYearEnd = adjusted > added ? adjusted - added : chance.percent(50) ? 0n : chance.amount(9);

  const good = base + 1n;
  const earlier = (): bigint => (chance.percent(97) ? base + 1n + chance.amount(9) : chance.oneOf([base, good, good - 2n < 0n ? 0n : good - 2n, 0n, 1n]));
  const earlierCount = cycle === 'quarter' && chance.percent(50) ? 1 : 5;
  const recentCredits = [...Array.from({ length: earlierCount }, earlier), ending];
  return { baseCredit: base, endingCredit: ending, recentCredits, prevYearEndCredit: prevYearEnd, exportRefundDue, vatArrears };
}

/** Credits of a few fen, where many blanks make no difference after rounding. */
function fewFen(chance: Chance, cycle: FilingCycle): Credits {
  const few = (): bigint => BigInt(chance.below(4));
  const ending = few();
  const recentCredits = [...Array.from({ length: cycle === 'quarter' && chance.percent(50) ? 1 : 5 }, few), ending];
  return { baseCredit: few(), endingCredit: ending, recentCredits, prevYearEndCredit: few(), exportRefundDue: chance.percent(70) ? 0n : few(), vatArrears: chance.percent(70) ? 0n : few() };
}

type Deductions = Pick<
  RosterRow,
  | 'deductedFrom' | 'deductedSpecial' | 'deductedVehicle' | 'deductedToll' | 'deductedCustoms' | 'deductedWithholding' | 'deductedAir' | 'deductedRail' | 'deductedOther'
  | 'yearDeductedQualified' | 'yearDeductedTotal'
>;

export function randomDeductions(chance: Chance, filing: TaxPeriod): Deductions {
  const some = (percent: number): bigint => (chance.percent(percent) ? chance.amount(10) : 0n);
  const january = taxPeriod(`${addPeriods(filing, -1).slice(0, 4)}-01`);
  const from = chance.percent(filing >= '2025-09' ? 50 : 92) ? taxPeriod('2019-04') : chance.percent(60) ? january : chance.oneOf(['2019-05', '2019-03', '2020-06', '2025-01', '2026-01'].map(taxPeriod));
  const nothing = { deductedVehicle: 0n, deductedToll: 0n, deductedCustoms: 0n, deductedWithholding: 0n, deductedAir: 0n, deductedRail: 0n, deductedOther: 0n };

  const total = chance.percent(5) ? 0n : 1n + chance.amount(10);
  const year = chance.oneOf([total, total / 2n, total / 3n, 0n, total / 4n]);
  const pair = { yearDeductedQualified: year, yearDeductedTotal: total, deductedFrom: from };

  const shape = chance.below(10);
  const unit = 1n + (chance.percent(20) ? 0n : chance.amount(9));
  if (shape === 0) return { ...nothing, ...pair, deductedSpecial: unit };
  if (shape === 1) return { ...nothing, ...pair, deductedSpecial: unit, deductedOther: unit };
  if (shape === 2) return { ...nothing, ...pair, deductedSpecial: unit, deductedOther: 2n * unit };
  if (shape === 3) return { ...nothing, ...pair, deductedSpecial: unit, deductedOther: 3n * unit };
  if (shape === 4) return { ...nothing, ...pair, deductedSpecial: 0n, deductedAir: some(50), deductedRail: some(50), deductedOther: some(70) };
  if (shape === 5 && chance.percent(50)) return { ...nothing, ...pair, deductedSpecial: 0n };
  return {
    ...pair,
    deductedSpecial: some(90),
    deductedVehicle: some(30),
    deductedToll: some(30),
    deductedCustoms: some(30),
    deductedWithholding: some(30),
    deductedAir: some(40),
    deductedRail: some(40),
    deductedOther: some(60),
  };
}
