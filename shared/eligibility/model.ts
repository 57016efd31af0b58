/**
 * A determination 退税资格认定: what one roster row is due in one filing period, by which route, and every finding that led there.
 * Plain data for windows, reports and the journal; judging is electron/eligibility. Amounts are fen; null means unknown.
 * @source shared spec headless.md (`evaluate`), readings.md
 */
import type { Fen } from '../kernel/money.ts';
import type { TaxPeriod } from '../kernel/tax-period.ts';

/** Policy packs 政策包, oldest first, by what people call their document; each is one folder of resources/policy and one of electron/eligibility/packs. */
export const packNames = { 'mof-sta-gac-2019-39': '2019年第39号', 'mof-sta-2022-14': '2022年第14号', 'mof-sta-2025-07': '2025年第7号' } as const;
export type PackId = keyof typeof packNames;
export const packIds = Object.keys(packNames) as PackId[]; // the keys of the table above

/** Every pack's member of a record. */
export function byPack<T>(make: (pack: PackId) => T): Record<PackId, T> {
  return Object.fromEntries(packIds.map((pack) => [pack, make(pack)])) as Record<PackId, T>; // every pack is a key
}

/** Routes 适用条款 in the order in which equal amounts are decided (readings.md, Routes): their name, and the basis 退库依据 that a voucher quotes. */
export const routes = {
  '2022-14/1': { name: '2022年第14号公告第一条（小微企业）', basis: '财政部 税务总局公告2022年第14号第一条' },
  '2022-14/2': { name: '2022年第14号公告第二条（制造业等行业）', basis: '财政部 税务总局公告2022年第14号第二条' },
  '2019-39/8': { name: '2019年第39号公告第八条（一般留抵退税）', basis: '财政部 税务总局 海关总署公告2019年第39号第八条' },
  '2025-07/1(1)': { name: '2025年第7号公告第一条第一项（制造业等4个行业）', basis: '财政部 税务总局公告2025年第7号第一条第（一）项' },
  '2025-07/1(2)': { name: '2025年第7号公告第一条第二项（房地产开发经营业）', basis: '财政部 税务总局公告2025年第7号第一条第（二）项' },
  '2025-07/1(3)': { name: '2025年第7号公告第一条第三项（其他纳税人）', basis: '财政部 税务总局公告2025年第7号第一条第（三）项' },
} as const;
export type RouteId = keyof typeof routes;
export const routeIds = Object.keys(routes) as RouteId[]; // the keys of the table above

/** Size classes 划型, ascending. */
export const sizeClasses = ['micro', 'small', 'medium', 'large'] as const;
export type SizeClass = (typeof sizeClasses)[number];
export type Size = SizeClass | 'undetermined';

/** Verdicts 结论 in order of precedence: when several apply, the first stands (headless.md). */
export const verdicts = ['out-of-scope', 'ineligible', 'needs-evidence', 'suspended', 'not-open', 'nothing-due', 'refundable'] as const;
export type Verdict = (typeof verdicts)[number];

export const outcomes = ['met', 'notMet', 'needsEvidence'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * Outcomes as they are kept: a blank no value of which changes the answer is shown as met; `hopeless` where the conditions fail whatever it is,
 * `harmless` where verdict, route and amounts stay as they are.
 */
export const keptOutcomes = [...outcomes, 'harmless', 'hopeless'] as const;
export type KeptOutcome = (typeof keptOutcomes)[number];

/** What a finding rests on; amounts as yuan text, ratios as decimal text. */
export type FindingFacts = Readonly<Record<string, string | number | boolean | null>>;

export type Finding = {
  /** Identifier of the rule, e.g. `rating`. */
  readonly rule: string;
  /** Citations, each a heading of an articles.md, e.g. `2022-14/3(1)`. */
  readonly cites: readonly string[];
  readonly outcome: Outcome;
  readonly facts: FindingFacts;
  /** One Chinese sentence without the final 。 */
  readonly text: string;
};

/** How far an indicator is from the next class: for screens and outreach, not for the verdict. */
export type SizeMargin = {
  readonly indicator: 'annualSales' | 'totalAssets';
  /** Cut off at the fen, so that it never contradicts the comparison with a threshold. */
  readonly valueFen: Fen;
  /** Lower bound of the indicator's own class, inclusive; null in the lowest. */
  readonly fromFen: Fen | null;
  /** Upper bound, exclusive; null in the highest. */
  readonly belowFen: Fen | null;
};

export type Determination = {
  readonly row: number;
  readonly uscc: string;
  readonly name: string;
  /** Filing period 申报期. */
  readonly period: TaxPeriod;
  readonly pack: PackId;
  /** Packs whose values were used, the pack in force first, each with the hash of its parameters. */
  readonly sources: readonly PackSource[];
  readonly route: RouteId | null;
  readonly size: Size;
  /** Machine-readable English as the headless contract shows it. */
  readonly sizeBasis: string;
  readonly sizeMargins: readonly SizeMargin[];
  readonly listedIndustry: boolean | null;
  /** Four decimals. */
  readonly listedShare: string | null;
  readonly verdict: Verdict;
  /** After 免抵退 and arrears, never below zero. */
  readonly endingCredit: Fen | null;
  readonly existingCredit: Fen | null;
  readonly incrementalCredit: Fen | null;
  /** 进项构成比例, at least ten decimals. */
  readonly ratio: string | null;
  readonly refundRate: string | null;
  readonly refundableExisting: Fen | null;
  readonly refundableIncremental: Fen | null;
  readonly refundableTotal: Fen;
  readonly existingOpenFrom: TaxPeriod | null;
  readonly incrementalOpenFrom: TaxPeriod | null;
  /** Chinese sentences. */
  readonly warnings: readonly string[];
  readonly findings: readonly Finding[];
};

export type PackSource = { readonly pack: PackId; readonly hash: string };

/** One line of `evaluate` for a row that was read; the keys stand in the order of the contract. Amounts are yuan text. */
export type DeterminationLine = {
  readonly row: number;
  readonly uscc: string;
  readonly name: string;
  readonly period: string;
  readonly pack: string;
  readonly route: string | null;
  readonly size: Size;
  readonly sizeBasis: string;
  readonly listedIndustry: boolean | null;
  readonly listedShare: string | null;
  readonly verdict: Verdict;
  readonly endingCredit: string | null;
  readonly existingCredit: string | null;
  readonly incrementalCredit: string | null;
  readonly ratio: string | null;
  readonly refundRate: string | null;
  readonly refundableExisting: string | null;
  readonly refundableIncremental: string | null;
  readonly refundableTotal: string;
  readonly existingOpenFrom: string | null;
  readonly incrementalOpenFrom: string | null;
  readonly warnings: readonly string[];
  readonly findings: readonly Finding[];
};

/** One line of `evaluate` for a row that could not be used. */
export type RejectedLine = {
  readonly row: number;
  readonly name: string;
  readonly error: { readonly code: string; readonly message: string; readonly details: unknown };
};
