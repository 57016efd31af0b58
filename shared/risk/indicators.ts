/**
 * The indicators 风险指标: a closed table. A hit is a 疑点, never a conclusion. What is blank and unknown may hide either outcome: then the
 * indicator needs
 * evidence, unless every value the blank could have gives the same one. Money is compared exactly, ratios as fractions.
 * @source shared spec risk.md; 国家税务总局公告2019年第38号 for abnormal-heavy, the only threshold that is law
 */
import { addMonths, type CivilDate } from '../kernel/civil-date.ts';
import { yuanText, type Fen } from '../kernel/money.ts';
import { firstDay, type TaxPeriod } from '../kernel/tax-period.ts';
import { creditRatingWords, taxpayerStatusWords } from '../roster/columns.ts';
import type { CreditRating, RosterRow } from '../roster/model.ts';
import { settingFen, settingRatio, type RiskSettings } from './settings.ts';

/** Firms that share something with this one: how many with it, and the codes of the others, at most 20. */
export type Sharing = { readonly firms: number; readonly others: readonly string[] };
export type PreviousRow = Pick<RosterRow, 'endingCredit' | 'creditRating'>;

/** One firm and what it is compared with. */
export type RiskCase = {
  readonly row: RosterRow;
  readonly filing: TaxPeriod;
  /** Refund at stake in fen; null = unknown. */
  readonly refundAtStake: Fen | null;
  /** Twelve months earlier; null = not given, or the firm is not in it. */
  readonly previous: PreviousRow | null;
  readonly account: Sharing;
  readonly phone: Sharing;
  readonly alike: Sharing;
};

export type RiskFacts = Readonly<Record<string, string | number | readonly string[]>>;
export type Outcome = { readonly outcome: 'hit'; readonly facts: RiskFacts } | { readonly outcome: 'clear' }
  | { readonly outcome: 'needs-evidence'; readonly missing: readonly string[] };

type IndicatorRow = {
  readonly zh: string;
  /** Where the 疑点 comes from. */
  readonly basis: string;
  readonly settings: readonly (keyof RiskSettings)[];
  /** A threshold that is law and no setting. */
  readonly law?: Readonly<Record<string, string>>;
  readonly judge: (of: RiskCase, settings: RiskSettings) => Outcome;
};

const clear: Outcome = { outcome: 'clear' };
const hit = (facts: RiskFacts): Outcome => ({ outcome: 'hit', facts });
/** @param could which outcomes the unknown values leave @param facts made only for a hit, whose values are all known then */
function settled(could: { readonly hit: boolean; readonly clear: boolean }, missing: readonly string[], facts: () => RiskFacts): Outcome {
  if (!could.hit) return clear;
  return could.clear ? { outcome: 'needs-evidence', missing } : hit(facts());
}
const unknowns = (values: Readonly<Record<string, unknown>>): readonly string[] => Object.entries(values)
  .filter(([, value]) => value === null).map(([name]) => name);
const yuan = (fen: Fen | null): string => yuanText(fen ?? 0n);

/** Deducted tax without the special invoices, which may be unknown; all other blanks are 0. */
function otherDeducted(
  { deductedVehicle, deductedToll, deductedCustoms, deductedWithholding, deductedAir, deductedRail, deductedOther }: RosterRow
): Fen {
  return deductedVehicle + deductedToll + deductedCustoms + deductedWithholding + deductedAir + deductedRail + deductedOther;
}

/**
 * part ÷ all deducted ≥ share, with all deducted above 0. An unknown special only makes the whole greater: where the known columns stay
 * under the share it is
 * clear, and a great enough special always clears it.
 */
function shareOutcome(
  row: RosterRow, part: { readonly name: string; readonly fen: Fen | null }, share: string, facts: (allDeducted: string) => RiskFacts
): Outcome {
  const { numerator, denominator } = settingRatio(share);
  const others = otherDeducted(row);
  const special = row.deductedSpecial;
  const reaches = (fen: Fen, all: Fen): boolean => all > 0n && fen * denominator >= numerator * all;
  const missing = unknowns({ deductedSpecial: special, [part.name]: part.fen });
  const least = others + (special ?? 0n);
  if (part.fen === null) return settled({ hit: special === null || least > 0n, clear: true }, missing, () => ({}));
  // With no known deduction the least special above 0 makes the share as great as one likes.
  const couldHit = part.fen > 0n && (reaches(part.fen, least) || (special === null && others === 0n));
  return settled({ hit: couldHit, clear: special === null || !reaches(part.fen, least) }, missing, () => facts(yuanText(least)));
}

/** Refund at stake against share × a yearly sum, which a blank leaves open; only a refund above 0 is a hit. */
function stakeOutcome(
  stake: Fen | null, yearly: { readonly fen: Fen | null; readonly months: number | null }, share: string, missing: readonly string[],
  facts: () => RiskFacts
): Outcome {
  const { numerator, denominator } = settingRatio(share);
  if (stake === 0n || yearly.months === 0) return clear;
  const reaches = stake === null || stake * BigInt(yearly.months ?? 12) * denominator >= numerator * (yearly.fen ?? 0n) * 12n;
  return settled({ hit: reaches, clear: missing.length > 0 || !reaches }, missing, facts);
}

function jumped(credits: readonly Fen[], settings: RiskSettings): boolean {
  const last = credits.at(-1) ?? 0n;
  const before = credits.slice(0, -1).reduce((sum, credit) => sum + credit, 0n);
  const { numerator, denominator } = settingRatio(settings.jumpFactor);
  return 5n * last * denominator >= numerator * before && 5n * last - before >= 5n * settingFen(settings.jumpRise);
}

function seriesOutcome({ row: { recentCredits } }: RiskCase, fits: (credits: readonly Fen[]) => boolean): Outcome {
  if (recentCredits === null) return { outcome: 'needs-evidence', missing: ['recentCredits'] };
  return recentCredits.length === 6 && fits(recentCredits) ? hit({ recentCredits: recentCredits.map(yuanText) }) : clear;
}

function salesDownInputUp({ row, previous }: RiskCase, { salesDrop }: RiskSettings): Outcome {
  const { prevYearSales, prevYearMonths, salesByIndustry, salesMonths, endingCredit } = row;
  if (previous === null || prevYearMonths === 0) return clear;
  const sales = salesByIndustry === null ? null : salesByIndustry.reduce((sum, { salesFen }) => sum + salesFen, 0n);
  const { numerator, denominator } = settingRatio(salesDrop);
  // sales × months < (1 − drop) × last year's sales × months of business; the twelfths fall out.
  const below = (
    sold: Fen, months: number, before: Fen, business: number
  ): boolean => sold * BigInt(months) * denominator < (denominator - numerator) * before * BigInt(business);
  const before = previous.endingCredit;
  const salesKnown = sales !== null && prevYearSales !== null && prevYearMonths !== null && salesMonths !== null;
  const couldFall = prevYearSales === null ? (salesMonths ?? 12) > 0
    : below(sales ?? 0n, prevYearMonths ?? 1, prevYearSales, salesMonths ?? 12);
  const couldRise = endingCredit === null || (before === null ? endingCredit > 0n : endingCredit > before);
  const surely = salesKnown && couldFall && endingCredit !== null && before !== null && couldRise;
  const missing = unknowns({ prevYearSales, prevYearMonths, salesByIndustry, salesMonths, endingCredit, 'previous.endingCredit': before });
  return settled({ hit: couldFall && couldRise, clear: !surely }, missing, () => ({
    prevYearSales: yuan(prevYearSales), prevYearMonths: prevYearMonths ?? 0, sales: yuan(sales), salesMonths: salesMonths ?? 0,
    endingCredit: yuan(endingCredit),
    previousEndingCredit: yuan(before),
  }));
}

const ratingOrder: readonly CreditRating[] = ['A', 'B', 'M', 'C', 'D'];
const wordOf = <T>(words: Readonly<Record<string, T>>, value: T): string => Object.keys(words).find((word) => words[word] === value) ?? '';

function ratingFell({ row: { creditRating }, previous }: RiskCase): Outcome {
  if (previous === null) return clear;
  const before = previous.creditRating;
  const rank = (rating: CreditRating): number => ratingOrder.indexOf(rating); // −1 for 未评, which is not compared
  const missing = unknowns({ creditRating, 'previous.creditRating': before });
  const couldFall = (creditRating === null || rank(creditRating) > 0)
    && (before === null || (rank(before) >= 0 && rank(before) < ratingOrder.length - 1))
    && (creditRating === null || before === null || rank(creditRating) > rank(before));
  return settled({ hit: couldFall, clear: missing.length > 0 || !couldFall }, missing, () => ({
    creditRating: wordOf<CreditRating>(creditRatingWords, creditRating ?? 'unrated'),
    previousRating: wordOf<CreditRating>(creditRatingWords, before ?? 'unrated'),
  }));
}

const sharing = ({ firms, others }: Sharing, least: number, facts: RiskFacts): Outcome => (
  firms >= least && others.length > 0 ? hit({ ...facts, firms, others }) : clear
);

const plan = '工作方案“加强风险防控”';
const own = '本程序的指标，门槛由县设定';
const heavyShare = { share: '0.7', amount: '50000.00' } as const;

export const indicators = {
  'large-amount': {
    zh: '退税额度较大', basis: plan, settings: ['largeAmount'],
    judge: ({ refundAtStake }, { largeAmount }) =>
      refundAtStake === null ? { outcome: 'needs-evidence', missing: ['refundAtStake'] } : refundAtStake > 0n
        && refundAtStake >= settingFen(largeAmount) ? hit({ refundAtStake: yuanText(refundAtStake) }) : clear,
  },
  'abnormal-vouchers': {
    zh: '存在异常抵扣凭证', basis: `${plan}；国家税务总局公告2019年第38号`, settings: [],
    judge: ({ row: { abnormalVouchers } }) => (abnormalVouchers > 0n ? hit({ abnormalVouchers: yuanText(abnormalVouchers) }) : clear),
  },
  'abnormal-heavy': {
    zh: '异常凭证占比高', basis: '国家税务总局公告2019年第38号', settings: [], law: heavyShare,
    judge: ({ row: { abnormalVouchers, deductedSpecial } }) => {
      if (abnormalVouchers <= settingFen(heavyShare.amount)) return clear;
      if (deductedSpecial === null) return { outcome: 'needs-evidence', missing: ['deductedSpecial'] };
      const { numerator, denominator } = settingRatio(heavyShare.share);
      const heavy = deductedSpecial > 0n && abnormalVouchers * denominator >= numerator * deductedSpecial;
      return heavy ? hit({ abnormalVouchers: yuanText(abnormalVouchers), deductedSpecial: yuanText(deductedSpecial) }) : clear;
    },
  },
  'input-customs': {
    zh: '进项构成存疑：海关缴款书', basis: plan, settings: ['customsShare'],
    judge: ({ row }, { customsShare }) => shareOutcome(
      row, { name: 'deductedCustoms', fen: row.deductedCustoms }, customsShare,
      (allDeducted) => ({ deductedCustoms: yuanText(row.deductedCustoms), allDeducted }),
    ),
  },
  'input-toll': {
    zh: '进项构成存疑：通行费、客票', basis: plan, settings: ['tollShare'],
    judge: ({ row }, { tollShare }) => shareOutcome(row, {
      name: 'deductedToll', fen: row.deductedToll + row.deductedAir + row.deductedRail,
    }, tollShare, (allDeducted) => ({
      deductedToll: yuanText(row.deductedToll), deductedAir: yuanText(row.deductedAir), deductedRail: yuanText(row.deductedRail),
      allDeducted,
    })),
  },
  'input-other': {
    zh: '进项构成存疑：其他凭证', basis: plan, settings: ['otherShare'],
    judge: ({ row }, { otherShare }) => shareOutcome(
      row, { name: 'deductedOther', fen: row.deductedOther }, otherShare,
      (allDeducted) => ({ deductedOther: yuanText(row.deductedOther), allDeducted }),
    ),
  },
  'credit-jump': {
    zh: '留抵骤增', basis: own, settings: ['jumpFactor', 'jumpRise'],
    judge: (of, settings) => seriesOutcome(of, (credits) => jumped(credits, settings)),
  },
  'credit-still': {
    zh: '留抵长期不动', basis: own, settings: [],
    judge: (of) => seriesOutcome(of, (credits) => credits.every((credit) => credit > 0n && credit === credits[0])),
  },
  'sales-down-input-up': { zh: '销售下降、进项上升', basis: own, settings: ['salesDrop'], judge: salesDownInputUp },
  'refund-over-sales': {
    zh: '退税与销售不相称', basis: own, settings: ['refundToSales'],
    judge: ({ refundAtStake, row: { prevYearSales, prevYearMonths } }, { refundToSales }) => stakeOutcome(
      refundAtStake, { fen: prevYearSales, months: prevYearMonths }, refundToSales,
      unknowns({ refundAtStake, prevYearSales, prevYearMonths }),
      () => ({ refundAtStake: yuan(refundAtStake), prevYearSales: yuan(prevYearSales), prevYearMonths: prevYearMonths ?? 0 })),
  },
  'refund-over-assets': {
    zh: '退税与资产不相称', basis: own, settings: ['refundToAssets'],
    judge: ({ refundAtStake, row: { prevYearAssets } }, { refundToAssets }) => stakeOutcome(
      refundAtStake, { fen: prevYearAssets, months: 12 }, refundToAssets, unknowns({ refundAtStake, prevYearAssets }),
      () => ({ refundAtStake: yuan(refundAtStake), prevYearAssets: yuan(prevYearAssets) })),
  },
  'new-firm': {
    zh: '新登记企业', basis: own, settings: ['newFirmMonths'],
    judge: ({ row: { registeredOn }, filing }, { newFirmMonths }) => {
      if (registeredOn === null) return { outcome: 'needs-evidence', missing: ['registeredOn'] };
      const since: CivilDate = addMonths(firstDay(filing), -newFirmMonths);
      return registeredOn > since ? hit({ registeredOn }) : clear;
    },
  },
  status: {
    zh: '破产、非正常、停业', basis: plan, settings: [],
    judge: ({ row: { status } }) => (
      ['bankrupt', 'abnormal', 'suspended-business'].includes(status) ? hit({ status: wordOf(taxpayerStatusWords, status) }) : clear
    ),
  },
  'account-shared': {
    zh: '账户共用', basis: own, settings: ['sharedAccountFirms'],
    judge: ({ row, account }, { sharedAccountFirms }) => sharing(account, sharedAccountFirms, { bankAccount: row.bankAccount ?? '' }),
  },
  'contact-shared': {
    zh: '联系方式共用', basis: own, settings: ['sharedPhoneFirms'],
    judge: ({ row, phone }, { sharedPhoneFirms }) => sharing(phone, sharedPhoneFirms, { phone: row.phone ?? '' }),
  },
  'account-name': {
    zh: '户名不一致', basis: own, settings: [],
    judge: ({ row: { name, accountName } }) => (accountName !== null && accountName !== name ? hit({ name, accountName }) : clear),
  },
  'transferred-out': {
    zh: '进项转出异常', basis: own, settings: ['transferredOutShare'],
    judge: ({ row }, { transferredOutShare }) => shareOutcome(
      row, { name: 'transferredOut', fen: row.transferredOut }, transferredOutShare,
      (allDeducted) => ({ transferredOut: yuan(row.transferredOut), allDeducted }),
    ),
  },
  rating: { zh: '信用级别下降', basis: own, settings: [], judge: ratingFell },
  'name-look-alike': { zh: '形近名称', basis: own, settings: [], judge: ({ row, alike }) => sharing(alike, 2, { name: row.name }) },
} as const satisfies Readonly<Record<string, IndicatorRow>>;

export type IndicatorId = keyof typeof indicators;
/** In the order of the table. */
export const indicatorIds = Object.keys(indicators) as readonly IndicatorId[]; // the keys of a closed table

export function judgeIndicator(id: IndicatorId, of: RiskCase, settings: RiskSettings): Outcome {
  const row: IndicatorRow = indicators[id];
  return row.judge(of, settings);
}

/** The settings of an indicator as used, or its threshold by law. */
export function thresholdOf(id: IndicatorId, settings: RiskSettings): Readonly<Record<string, string | number>> {
  const { law, settings: keys }: IndicatorRow = indicators[id];
  return law ?? Object.fromEntries(keys.map((key) => [key, settings[key]]));
}
