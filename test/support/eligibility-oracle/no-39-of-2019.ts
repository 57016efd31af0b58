/**
 * Oracle of refund eligibility: No. 39 of 2019, article 8 一般留抵退税. Facts 10.1; readings "Credit", "Routes". Newly added credit against
 * 2019-03-31, six months in a row above zero, the sixth at least 500,000 yuan, 60 %. Existing credit is never refunded here.
 */
import type { RosterRow } from '../../../shared/roster/model.ts';
import { everyReturnAbove, monthsMayBeCounted, sixthMonthReaches, type Credits } from './credits.ts';
import { refundOf, type Entitlement } from './entitlement.ts';
import { larger } from './figures.ts';
import type { Ratios } from './ratio.ts';

export function underNo39Of2019(row: RosterRow, filing: string, credits: Credits, ratios: Ratios): Entitlement {
  // C − B always, also after an existing refund.
  const increase = larger(0n, credits.ending - credits.base);
  return {
    route: '2019-39/8',
    met: monthsMayBeCounted(row, filing) && everyReturnAbove(credits, credits.base) && sixthMonthReaches(credits, credits.base),
    existingCredit: 0n,
    incrementalCredit: increase,
    ratio: ratios.since2019,
    refundRate: '0.6',
    refundableExisting: 0n,
    refundableIncremental: refundOf(increase, ratios.since2019, 6n),
    existingOpenFrom: null,
    incrementalOpenFrom: null,
  };
}
