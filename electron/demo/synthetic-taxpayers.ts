/**
 * The taxpayers of the synthetic county: who they are and what business they have, before any month is simulated. Sizes follow a county:
 * very many small ones, a few large; every n-th is an awkward case.
 */
import { addDays, civilDate, type CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import { addPeriods, firstDay, periodOf, periodsBetween, taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { awkwardCases, type AwkwardCase, type CaseTraits } from './awkward-cases.ts';
import { countyIndustries, countyIndustry, type CountyIndustry } from './county-industries.ts';
import { chanceOf, type Chance } from './seeded-chance.ts';
import type { Business } from './taxpayer-months.ts';
import { contactOf, countyUscc, legacyIndividualNumber, legacyTaxNumber, NameRegister, taxOffices, type Contact } from './taxpayer-names.ts';

export type CountyTerms = {
  readonly seed: number;
  readonly enterprises: number;
  readonly months: number;
  /** District of GB/T 2260, six digits. */
  readonly countyCode: string;
  /** Stands before every business name. */
  readonly countyName: string;
  /** First filing period 申报期. */
  readonly firstPeriod: TaxPeriod;
};

export type SyntheticTaxpayer = {
  readonly index: number;
  readonly uscc: string;
  readonly name: string;
  readonly industry: CountyIndustry;
  readonly individual: boolean;
  readonly general: boolean;
  readonly quarterly: boolean;
  readonly rating: string;
  readonly registeredOn: CivilDate;
  /** First tax period that is simulated: its own first, or the start of the data. */
  readonly from: TaxPeriod;
  /** First filing period in which it is gone, after one as 注销; null = stays. */
  readonly goneFrom: TaxPeriod | null;
  readonly business: Business;
  /** Ending credit of 2019-03. */
  readonly baseCredit: Fen;
  /** Assets in thousandths of yearly sales. */
  readonly assetsRate: number;
  /** Share of the main industry in thousandths of sales, and the two-digit code of the other. */
  readonly mainShare: number;
  readonly sideCode: string;
  readonly office: string;
  readonly contact: Contact;
  readonly awkward: AwkwardCase | null;
};

/** Input tax is deducted, and the base of credits taken, from here on. */
export const statisticsStart: TaxPeriod = taxPeriod('2019-04');

/** The first tax period simulated: January of the year before the first filing period's year. */
export function simulationStart(firstPeriod: TaxPeriod): TaxPeriod {
  return taxPeriod(`${String(Number(firstPeriod.slice(0, 4)) - 1)}-01`);
}

/** All taxpayers of the county, in the order of its files. */
export function syntheticTaxpayers(terms: CountyTerms): SyntheticTaxpayer[] {
  const names = new NameRegister(terms.countyName);
  const cases = Array.from({ length: terms.enterprises }, (_, index) => caseOf(index));
  // Names that a case fixes are taken before any name is made up.
  const fixedNames = cases.map((awkward, index) => {
    const name = awkward?.traits?.name;
    return name === undefined || index >= 3 * awkwardCases.length ? null : names.reserve(`${terms.countyName}${name}`);
  });
  return cases.map((awkward, index) => taxpayerOf(terms, index, awkward, fixedNames[index] ?? null, names));
}

/** Each case once among the first taxpayers, every third of them; later one in forty. */
function caseOf(index: number): AwkwardCase | null {
  const early = 3 * awkwardCases.length;
  if (index < early) return index % 3 === 2 ? (awkwardCases[(index - 2) / 3] ?? null) : null;
  return index % 40 === 0 ? (awkwardCases[(index / 40) % awkwardCases.length] ?? null) : null;
}

function taxpayerOf(terms: CountyTerms, index: number, awkward: AwkwardCase | null, fixedName: string | null, names: NameRegister): SyntheticTaxpayer {
  const chance = chanceOf(terms.seed, 'taxpayer', index);
  const traits: CaseTraits = awkward?.traits ?? {};
  const industry = traits.industry === undefined ? chance.weighted(countyIndustries) : countyIndustry(traits.industry);
  const individual = traits.individual ?? (awkward === null && industry.individuals && chance.inThousand(400));
  const general = !(traits.smallScale ?? (awkward === null && chance.inThousand(individual ? 400 : 120)));
  const registeredOn = registrationOf(terms, traits, awkward === null, chance);
  const from = laterOf(simulationStart(terms.firstPeriod), periodOf(registeredOn));
  const older = registeredOn < '2015-10-01';
  const name = fixedName ?? names.next(industry, individual, chance);
  return {
    index,
    uscc: codeOf(terms.countyCode, index, individual, older, traits),
    name,
    industry,
    individual,
    general,
    quarterly: traits.quarterly ?? (general && chance.inThousand(10)),
    rating: awkward === null ? chance.weighted(ratings).word : chance.pick(['A', 'B']),
    registeredOn,
    from,
    goneFrom: awkward === null && chance.inThousand(20) ? addPeriods(terms.firstPeriod, chance.between(2, 11)) : null,
    ...moneyOf(industry, individual, traits, registeredOn, from, chance),
    assetsRate: chance.between(300, 2500),
    mainShare: chance.weighted(mainShares).share,
    sideCode: chance.pick(sideCodes.filter((code) => !industry.code.startsWith(code))),
    office: chance.pick(taxOffices),
    contact: contactOf(terms.countyName, index, chance),
    awkward,
  };
}

const ratings = [
  { word: 'A', weight: 22 }, { word: 'B', weight: 52 }, { word: 'M', weight: 14 }, { word: 'C', weight: 5 }, { word: 'D', weight: 3 }, { word: '未评', weight: 4 },
];
const mainShares = [{ share: 1000, weight: 50 }, { share: 850, weight: 25 }, { share: 650, weight: 15 }, { share: 450, weight: 10 }];
const sideCodes = ['F51', 'F52', 'G54', 'C33', 'L71', 'A05', 'E50', 'O81'];
/** Yearly sales in yuan, from … to, as often as they occur. */
const salesTiers = [
  { from: 200_000, to: 2_900_000, weight: 56 },
  { from: 2_900_000, to: 20_000_000, weight: 28 },
  { from: 20_000_000, to: 300_000_000, weight: 13 },
  { from: 300_000_000, to: 900_000_000, weight: 3 },
];

function registrationOf(terms: CountyTerms, traits: CaseTraits, ordinary: boolean, chance: Chance): CivilDate {
  if (traits.monthsOld !== undefined) return addDays(firstDay(addPeriods(terms.firstPeriod, -traits.monthsOld)), 9);
  // A few open while the data run: they are in no file before.
  if (ordinary && chance.inThousand(20)) return addDays(firstDay(addPeriods(terms.firstPeriod, chance.below(11))), chance.below(25));
  const year = chance.inThousand(750) ? chance.between(2003, 2018) : chance.between(2019, Number(terms.firstPeriod.slice(0, 4)) - 1);
  return civilDate(`${String(year)}-${String(chance.between(1, 12)).padStart(2, '0')}-${String(chance.between(1, 28)).padStart(2, '0')}`);
}

function codeOf(district: string, index: number, individual: boolean, older: boolean, traits: CaseTraits): string {
  if (traits.code === 'legacy-15') return legacyTaxNumber(district, index);
  if (traits.code === 'legacy-20') return legacyIndividualNumber(district, index);
  return countyUscc(district, index, individual, older && traits.code === undefined);
}

function moneyOf(industry: CountyIndustry, individual: boolean, traits: CaseTraits, registeredOn: CivilDate, from: TaxPeriod, chance: Chance): Pick<SyntheticTaxpayer, 'business' | 'baseCredit'> {
  const tier = individual ? { from: 150_000, to: 2_500_000 } : chance.weighted(salesTiers);
  const yearly = traits.yearlySales ?? chance.between(tier.from, tier.to);
  const monthlySales = (BigInt(yearly) * 100n) / 12n;
  const output = (monthlySales * BigInt(industry.rate)) / 1000n;
  // Half of the taxpayers pay tax each month and carry little credit; the others invest or stock up.
  const inputRate = traits.inputRate ?? (chance.inThousand(450) ? chance.between(600, 950) : chance.between(1020, 1500));
  const startsBefore = registeredOn < '2019-03-01';
  const baseCredit = startsBefore && inputRate > 1000 ? (output * BigInt(chance.between(0, 4000))) / 1000n : 0n;
  const before = periodOf(registeredOn) < from;
  // Farm produce is deducted by calculation, in no ratio's numerator; the parts below never reach the whole.
  const farm = industry.code.startsWith('A') || industry.code.startsWith('C13');
  return {
    baseCredit,
    business: {
      monthlySales,
      rate: industry.rate,
      inputRate,
      mix: {
        vehicle: chance.inThousand(200) ? chance.between(5, 60) : 0, toll: chance.between(0, 8), customs: !farm && chance.inThousand(60) ? chance.between(50, 300) : 0,
        withholding: chance.inThousand(40) ? chance.between(1, 20) : 0, air: chance.between(0, 3), rail: chance.between(0, 4),
        other: farm ? chance.between(300, 700) : chance.between(0, 60),
      },
      creditAtStart: before && inputRate > 1000 ? baseCredit + (output * BigInt(chance.between(0, 2500))) / 1000n : 0n,
      monthsBefore: before ? Math.max(0, periodsBetween(laterOf(statisticsStart, periodOf(registeredOn)), from)) : 0,
    },
  };
}

function laterOf(a: TaxPeriod, b: TaxPeriod): TaxPeriod {
  return a > b ? a : b;
}
