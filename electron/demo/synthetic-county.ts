/**
 * A whole synthetic county 演练县: rosters month after month, the same for the same seed, in which credits are carried forward and fall
 * after refunds were paid. Awkward cases are among the ordinary taxpayers. It knows no policy and decides no entitlement.
 * @source shared spec roster.md (the file), readings.md (what is awkward)
 */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { yuanText, type Fen } from '../../shared/kernel/money.ts';
import { addPeriods, taxPeriodFiledIn, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { rosterColumns } from '../../shared/roster/columns.ts';
import { encodeText, type WrittenEncoding } from '../platform/text-file.ts';
import { csvLine, shieldedText } from '../roster/index.ts';
import type { Cells } from './awkward-cases.ts';
import { faultyCells } from './faulty-rows.ts';
import { chanceOf } from './seeded-chance.ts';
import { nextLedger, openLedger, type Ledger, type PaidRefund } from './taxpayer-months.ts';
import { simulationStart, syntheticTaxpayers, type CountyTerms, type SyntheticTaxpayer } from './synthetic-taxpayers.ts';

export type { PaidRefund } from './taxpayer-months.ts';
export type { CountyTerms } from './synthetic-taxpayers.ts';

/** One filing period of the county as cells, ready to be written. */
export type CountyMonth = {
  readonly filingPeriod: TaxPeriod;
  /** Keyed by column; the code as the file has it. */
  readonly rows: readonly Cells[];
};

/** What was paid during a filing period, by the taxpayer's code in capitals. */
export type PaidInMonth = ReadonlyMap<string, PaidRefund>;

/**
 * The months of a county, made one by one: what was paid in a month is asked for before the next is made.
 * @param paidIn refunds paid during a filing period; none by default
 * @param faultyRows rows added to each file that the reader must reject
 */
export function* countyMonths(terms: CountyTerms, paidIn: (filingPeriod: TaxPeriod) => PaidInMonth = () => new Map(), faultyRows = 0): Generator<CountyMonth, void, void> {
  const taxpayers = syntheticTaxpayers(terms);
  const ledgers = new Map<number, Ledger>();
  const firstTaxPeriod = taxPeriodFiledIn(terms.firstPeriod);
  for (let period = simulationStart(terms.firstPeriod); period < firstTaxPeriod; period = addPeriods(period, 1)) advance(terms, taxpayers, ledgers, period, new Map());
  let paid: PaidInMonth = new Map();
  for (let month = 0; month < terms.months; month += 1) {
    const filingPeriod = addPeriods(terms.firstPeriod, month);
    advance(terms, taxpayers, ledgers, taxPeriodFiledIn(filingPeriod), paid);
    const rows = taxpayers.flatMap((taxpayer) => {
      const ledger = ledgers.get(taxpayer.index);
      return ledger === undefined || isGone(taxpayer, filingPeriod) ? [] : [rowCells(terms, taxpayer, ledger, filingPeriod)];
    });
    yield { filingPeriod, rows: [...rows, ...faultyCells(rows, faultyRows)] };
    paid = paidIn(filingPeriod);
  }
}

/** All months at once, with nothing paid: for tests and benchmarks. */
export function syntheticCounty(terms: CountyTerms): { readonly periods: readonly CountyMonth[] } {
  return { periods: [...countyMonths(terms)] };
}

/** A month as a roster file. */
export function rosterCsvOf(month: CountyMonth, encoding: WrittenEncoding): Uint8Array {
  const lines = [csvLine(rosterColumns.map((column) => column.header))];
  for (const row of month.rows) lines.push(csvLine(rosterColumns.map((column) => shieldedText(row[column.key]))));
  return encodeText(lines.join(''), encoding);
}

function advance(terms: CountyTerms, taxpayers: readonly SyntheticTaxpayer[], ledgers: Map<number, Ledger>, period: TaxPeriod, paid: PaidInMonth): void {
  for (const taxpayer of taxpayers) {
    if (!taxpayer.general || period < taxpayer.from) {
      if (!taxpayer.general && period >= taxpayer.from) ledgers.set(taxpayer.index, openLedger(taxpayer.business));
      continue;
    }
    const before = ledgers.get(taxpayer.index) ?? openLedger(taxpayer.business);
    ledgers.set(taxpayer.index, nextLedger(before, taxpayer.business, period, paid.get(taxpayer.uscc), chanceOf(terms.seed, 'month', taxpayer.index, period)));
  }
}

function isGone(taxpayer: SyntheticTaxpayer, filingPeriod: TaxPeriod): boolean {
  return taxpayer.goneFrom !== null && filingPeriod >= taxpayer.goneFrom;
}

function rowCells(terms: CountyTerms, taxpayer: SyntheticTaxpayer, ledger: Ledger, filingPeriod: TaxPeriod): Cells {
  const credits = creditSeries(taxpayer, ledger, filingPeriod);
  const cells: Cells = { ...identityCells(taxpayer, filingPeriod), ...(taxpayer.general ? moneyCells(taxpayer, ledger, credits, filingPeriod) : noMoney) };
  const credit = credits.at(-1) ?? 0n;
  const changes = taxpayer.awkward?.cells?.({ cells, ledger, credit, filingPeriod, firstPeriod: terms.firstPeriod, county: terms.countyName });
  return changes === undefined ? cells : { ...cells, ...changes };
}

/** The latest six months, or for quarterly filers the latest two quarter ends of which a return exists. */
function creditSeries(taxpayer: SyntheticTaxpayer, ledger: Ledger, filingPeriod: TaxPeriod): readonly Fen[] {
  if (!taxpayer.quarterly) return ledger.credits.slice(-6);
  const sinceQuarterEnd = (Number(filingPeriod.slice(5, 7)) + 2) % 3;
  const upTo = ledger.credits.slice(0, ledger.credits.length - sinceQuarterEnd);
  const ends = upTo.filter((_credit, index) => (upTo.length - 1 - index) % 3 === 0);
  return ends.slice(-2);
}

type IdentityKey = 'uscc' | 'name' | 'taxpayerKind' | 'filingCycle' | 'individual' | 'status' | 'industryCode' | 'creditRating' | 'registeredOn' | 'office' | 'contact' | 'phone' | 'bank' | 'bankAccount' | 'accountName';

function identityCells(taxpayer: SyntheticTaxpayer, filingPeriod: TaxPeriod): Pick<Cells, IdentityKey> {
  const { contact, phone, bank, bankAccount } = taxpayer.contact;
  const leaving = taxpayer.goneFrom !== null && addPeriods(filingPeriod, 1) >= taxpayer.goneFrom;
  return {
    uscc: taxpayer.uscc, name: taxpayer.name, taxpayerKind: taxpayer.general ? '一般纳税人' : '小规模纳税人', filingCycle: taxpayer.quarterly || !taxpayer.general ? '季' : '月',
    individual: taxpayer.individual ? '是' : '否', status: leaving ? '注销' : '正常', industryCode: taxpayer.industry.code, creditRating: taxpayer.rating,
    registeredOn: taxpayer.registeredOn, office: taxpayer.office, contact, phone, bank, bankAccount, accountName: taxpayer.name,
  };
}

function moneyCells(taxpayer: SyntheticTaxpayer, ledger: Ledger, credits: readonly Fen[], filingPeriod: TaxPeriod): Omit<Cells, IdentityKey> {
  const { deducted, year } = ledger;
  // In January the year before the filing month is the year of the newest tax period itself.
  const previous = filingPeriod.endsWith('-01') ? year : ledger.lastYear;
  const yearly = ledger.sales.reduce((sum, sales) => sum + sales, 0n);
  return {
    prevYearSales: previous.months === 0 ? '' : yuanText(previous.sales), prevYearMonths: String(previous.months),
    prevYearAssets: previous.months === 0 ? '' : yuanText((previous.sales * BigInt(taxpayer.assetsRate)) / 1000n),
    salesByIndustry: industrySales(taxpayer, yearly), realEstatePresales: '0.00', salesMonths: String(ledger.sales.length),
    baseCredit: yuanText(taxpayer.baseCredit), endingCredit: yuanText(credits.at(-1) ?? 0n), recentCredits: credits.map(yuanText).join(';'),
    prevYearEndCredit: yuanText(ledger.lastYear.endingCredit), exportRefundDue: '0.00', exportRefundPending: '否', vatArrears: '0.00',
    deductedFrom: '2019-04', deductedSpecial: yuanText(deducted.special), deductedVehicle: yuanText(deducted.vehicle), deductedToll: yuanText(deducted.toll),
    deductedCustoms: yuanText(deducted.customs), deductedWithholding: yuanText(deducted.withholding), deductedAir: yuanText(deducted.air), deductedRail: yuanText(deducted.rail),
    deductedOther: yuanText(deducted.other), yearDeductedQualified: yuanText(year.qualified), yearDeductedTotal: yuanText(year.deducted),
    existingRefundedOn: dateCell(ledger.existingRefundedOn), generalRefundedOn: dateCell(ledger.generalRefundedOn), transferredOut: yuanText(yearly / 2000n),
    fraud36: '否', evasion36: '0', immediateRefund: '否', immediateRefundRepaidOn: '', filed: '是', underInspection: '否', filingMismatch: '否', abnormalVouchers: '0.00',
  };
}

/** A small-scale taxpayer has no credit and files no such figures. */
const noMoney: Omit<Cells, IdentityKey> = {
  prevYearSales: '', prevYearMonths: '', prevYearAssets: '', salesByIndustry: '', realEstatePresales: '', salesMonths: '', baseCredit: '', endingCredit: '', recentCredits: '',
  prevYearEndCredit: '', exportRefundDue: '', exportRefundPending: '', vatArrears: '', deductedFrom: '', deductedSpecial: '', deductedVehicle: '', deductedToll: '',
  deductedCustoms: '', deductedWithholding: '', deductedAir: '', deductedRail: '', deductedOther: '', yearDeductedQualified: '', yearDeductedTotal: '', existingRefundedOn: '',
  generalRefundedOn: '', transferredOut: '', fraud36: '', evasion36: '', immediateRefund: '', immediateRefundRepaidOn: '', filed: '是', underInspection: '', filingMismatch: '', abnormalVouchers: '',
};

/** Sales by two-digit division; real estate by the three digits that the share asks for. */
function industrySales(taxpayer: SyntheticTaxpayer, total: Fen): string {
  const { code } = taxpayer.industry;
  const main = code.startsWith('K') ? code.slice(0, 4) : code.slice(0, 3);
  const mainSales = (total * BigInt(taxpayer.mainShare)) / 1000n;
  const parts = [[main, mainSales], [taxpayer.sideCode, total - mainSales]] as const;
  return parts.filter(([, sales]) => sales > 0n).map(([part, sales]) => `${part}=${yuanText(sales)}`).join(';');
}

function dateCell(date: CivilDate | null): string {
  return date ?? '';
}
