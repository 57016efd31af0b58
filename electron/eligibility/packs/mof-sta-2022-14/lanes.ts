/**
 * Lanes of No. 14: which article gives the existing part, which the incremental, for a size class and listing in a filing period, and
 * what they come to. Where two articles are open to a firm the larger amount is taken and the other is named.
 * @source 2022-14/1, /2, /4, /5, /8, /11, /14; readings.md, Routes, Rounding, Amounts
 */
import type { RouteId, SizeClass } from '../../../../shared/eligibility/model.ts';
import { present } from '../../../../shared/kernel/assert.ts';
import { yuanText, type Fen } from '../../../../shared/kernel/money.ts';
import { applyRatios } from '../../../../shared/kernel/ratio.ts';
import type { TaxPeriod } from '../../../../shared/kernel/tax-period.ts';
import { standingOf } from '../../alternatives.ts';
import { splitCredit } from '../../credit.ts';
import { withoutWarnings, type CaseFacts, type Figure, type Judged, type Lane } from '../../pack.ts';
import type { Warning } from '../../warnings.ts';
import { generalReads, generalRefund, judgeGeneral } from '../mof-sta-gac-2019-39/general-refund.ts';
import type { GeneralParameters } from '../mof-sta-gac-2019-39/parameters.ts';
import type { Parameters2022 } from './parameters.ts';
import { existingOpenFrom, listedBy, listedIncrementalOpenFrom, type ListsInForce } from './windows.ts';

export type LaneTerms = {
  readonly filing: TaxPeriod;
  readonly parameters: Parameters2022;
  readonly general: GeneralParameters;
  readonly lists: ListsInForce;
};

const splitReads: readonly Figure[] = ['ending', 'base', 'ratio'];

/** The lane of one size class with one set of listings. */
export function laneFor(size: SizeClass, listed: readonly boolean[], terms: LaneTerms): Lane {
  const { filing, parameters, general, lists } = terms;
  const list = listedBy(lists, listed);
  const existing = existingOpenFrom(size, list, parameters);
  const small = size === 'micro' || size === 'small';
  // Reading "Routes": from 2023-01 article 1 gives no incremental part; its existing part stays open to small and micro.
  const smallIncremental = small && filing <= parameters.smallIncrementalUntil;
  const key = [small, smallIncremental, list, existing].join('|');
  const incrementalByList = list === null ? null : listedIncrementalOpenFrom(list, parameters);
  if (smallIncremental) {
    const byArticle1 = { route: '2022-14/1', existing, incremental: parameters['window.incremental.smallAndMicro'] } as const;
    if (list === null) return { key, reads: splitReads, judge: (facts) => judgeSplit(facts, byArticle1, parameters) };
    const byArticle2 = { route: '2022-14/2', existing: 'none', incremental: incrementalByList } as const;
    return { key, reads: splitReads, judge: (facts) => largerOf(judgeSplit(facts, byArticle1, parameters), judgeSplit(facts, byArticle2, parameters), filing) };
  }
  if (list !== null) {
    const byArticle2 = { route: '2022-14/2', existing, incremental: incrementalByList } as const;
    if (!small) return { key, reads: splitReads, judge: (facts) => judgeSplit(facts, byArticle2, parameters) };
    return { key, reads: splitReads, judge: (facts) => withExistingOfArticle1(judgeSplit(facts, byArticle2, parameters)) };
  }
  if (small) {
    // Without any credit the failed condition of No. 39 answers, with much No. 39 may give its part; one fen is existing credit alone.
    const turn: Lane['turn'] = (_known, open) => (open === 'ending' ? 1n : null);
    return { key, reads: generalReads, judge: (facts) => existingWithGeneral(facts, present(existing, 'a window of article 1'), terms), turn };
  }
  // Article 14: 2019-39/8 applies only where neither article 1 nor article 2 does.
  return { key, reads: generalReads, judge: (facts) => judgeGeneral(facts, general) };
}

type SplitTerms = {
  readonly route: RouteId;
  /** First filing period of the existing part; `none` when the article gives this firm no existing part. */
  readonly existing: TaxPeriod | null | 'none';
  readonly incremental: TaxPeriod | null;
};

/** Existing and incremental credit × ratio × 100 %, each rounded once to the fen (readings.md, Rounding). */
function judgeSplit(facts: CaseFacts, terms: SplitTerms, parameters: Parameters2022): Judged {
  const ratio = present(facts.ratio, 'the ratio');
  const { existing, incremental } = split(facts);
  const refundable = (credit: Fen): Fen => applyRatios(credit, [ratio, parameters.refundRate.ratio]);
  return {
    route: terms.route,
    entitled: true,
    existingCredit: existing,
    incrementalCredit: incremental,
    refundRate: parameters.refundRate.text,
    ratioUsed: 'ratio',
    refundableExisting: terms.existing === 'none' ? 0n : refundable(existing),
    refundableIncremental: refundable(incremental),
    existingOpenFrom: terms.existing === 'none' ? null : terms.existing,
    incrementalOpenFrom: terms.incremental,
    warnings: withoutWarnings,
  };
}

function split(facts: CaseFacts): { existing: Fen; incremental: Fen } {
  return splitCredit({
    ending: present(facts.ending, 'the ending credit'),
    base: present(facts.base, 'the base credit'),
    existingRefunded: facts.existingRefunded,
  });
}

/** 14号第十一条: the taxpayer may choose; the larger amount is taken, equal amounts the first of the list, the other is named. */
function largerOf(first: Judged, second: Judged, filing: TaxPeriod): Judged {
  const totals = { first: standingOf(first, filing).total, second: standingOf(second, filing).total };
  const [taken, other, otherTotal] = totals.second > totals.first ? [second, first, totals.first] : [first, second, totals.second];
  const warning = (): Warning => ({ code: 'otherRoute', facts: { other: other.route, total: yuanText(otherTotal), taken: taken.route } });
  return { ...taken, warnings: () => [...taken.warnings(), warning()] };
}

const existingByArticle1: Warning = { code: 'existingByArticle1', facts: {} };

/** Reading "Routes": with two routes in one answer `route` is that of the incremental part, the other stands in warnings. */
function withExistingOfArticle1(judged: Judged): Judged {
  return judged.existingCredit > 0n ? { ...judged, warnings: () => [...judged.warnings(), existingByArticle1] } : judged;
}

const existingOnly: Warning = { code: 'existingOnly', facts: {} };

/**
 * Small and micro firms outside the lists from 2023-01: existing by article 1, incremental by 2019-39/8. When the conditions of No. 39
 * fail, the existing part is still due by article 1 alone; without an existing part the failed condition is the answer.
 */
function existingWithGeneral(facts: CaseFacts, existingOpen: TaxPeriod, { general, parameters }: LaneTerms): Judged {
  const byGeneral = generalRefund(facts, general);
  const byArticle1 = judgeSplit(facts, { route: '2022-14/1', existing: existingOpen, incremental: null }, parameters);
  if (!byGeneral.entitled && byArticle1.existingCredit > 0n) {
    return { ...byArticle1, refundableIncremental: 0n, warnings: () => [existingOnly] };
  }
  return withExistingOfArticle1({
    ...judgeGeneral(facts, general),
    existingCredit: byArticle1.existingCredit,
    refundableExisting: byArticle1.refundableExisting,
    existingOpenFrom: existingOpen,
  });
}
