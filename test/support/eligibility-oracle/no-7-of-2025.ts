/**
 * Oracle of refund eligibility: No. 7 of 2025, article 1. Facts 10.3; readings "Routes", "Credit", "Rounding". Four industries month by
 * month, real-estate development against 2019-03-31, all others against the end of the year before. The three are never a choice.
 */
import type { RosterRow } from '../../../shared/roster/model.ts';
import { everyReturnAbove, monthsMayBeCounted, sixthMonthReaches, type Credits } from './credits.ts';
import { refundOf, type Entitlement } from './entitlement.ts';
import { halfUp, larger, oneHundredMillion, smaller, type Fraction } from './figures.ts';
import type { Ratios } from './ratio.ts';
import type { Share } from './share.ts';

export function underNo7Of2025(row: RosterRow, filing: string, share: Share, credits: Credits, ratios: Ratios): Entitlement {
  const noExisting = { existingCredit: 0n, refundableExisting: 0n, existingOpenFrom: null, incrementalOpenFrom: null } as const;

  // Real estate first, also for who is in the four industries as well.
  if (share.realEstate) {
    const added = larger(0n, credits.ending - credits.base);
    const met = monthsMayBeCounted(row, filing) && everyReturnAbove(credits, credits.base) && sixthMonthReaches(credits, credits.base);
    const ratio = ratios.since2019;
    if (met) return { ...noExisting, route: '2025-07/1(2)', met, incrementalCredit: added, ratio, refundRate: '0.6', refundableIncremental: refundOf(added, ratio, 6n) };
    // Who fails is tried as another taxpayer, below.
  }

  if (share.listed && !share.realEstate) {
    const ratio = ratios.since2019;
    return { ...noExisting, route: '2025-07/1(1)', met: true, incrementalCredit: credits.ending, ratio, refundRate: '1', refundableIncremental: refundOf(credits.ending, ratio, 10n) };
  }

  const added = larger(0n, credits.ending - credits.yearEnd);
  return {
    ...noExisting,
    route: '2025-07/1(3)',
    met: monthsMayBeCounted(row, filing) && everyReturnAbove(credits, 0n) && sixthMonthReaches(credits, credits.yearEnd),
    incrementalCredit: added,
    ratio: ratios.sinceJanuary,
    refundRate: added > oneHundredMillion ? '0.6/0.3' : '0.6',
    refundableIncremental: refundByBracket(added, ratios.sinceJanuary),
  };
}

/** 60 % of what lies within 100,000,000 yuan, 30 % of what lies above, then the ratio, then one rounding. */
function refundByBracket(added: bigint, ratio: Fraction | null): bigint | null {
  if (added === 0n) return 0n;
  if (ratio === null) return null;
  const within = smaller(added, oneHundredMillion);
  const above = added - within;
  const tenths = within * 6n + above * 3n;
  return halfUp(tenths * ratio.numerator, ratio.denominator * 10n);
}
