/**
 * Oracle of refund eligibility: No. 14 of 2022 as amended by No. 17, 19 and 21. Facts 2.1, 2.2, 3.7; readings "Routes". Small and
 * micro enterprises of any industry (article 1), enterprises of the listed industries (article 2), and those whom it leaves to
 * No. 39 of 2019 (article 14).
 */
import type { RosterRow } from '../../../shared/roster/model.ts';
import { existingCreditWasRefunded, type Credits } from './credits.ts';
import { refundOf, type Entitlement } from './entitlement.ts';
import { larger, smaller } from './figures.ts';
import { underNo39Of2019 } from './no-39-of-2019.ts';
import type { Ratios } from './ratio.ts';
import type { Share } from './share.ts';
import type { KnownSize } from './size.ts';

export function underNo14Of2022(row: RosterRow, filing: string, size: KnownSize, share: Share, credits: Credits, ratios: Ratios): Entitlement {
  const refundedBefore = existingCreditWasRefunded(row, filing);
  const existing = refundedBefore ? 0n : smaller(credits.base, credits.ending);
  const incremental = refundedBefore ? credits.ending : larger(0n, credits.ending - credits.base);
  const ratio = ratios.since2019;
  const full = {
    met: true,
    existingCredit: existing,
    incrementalCredit: incremental,
    ratio,
    refundRate: '1',
    refundableExisting: refundOf(existing, ratio, 10n),
    refundableIncremental: refundOf(incremental, ratio, 10n),
  } as const;

  if (size === 'micro' || size === 'small') {
    const existingOpenFrom = size === 'micro' ? '2022-04' : '2022-05';
    // Until the end of 2022 article 1 gives both. A listed small enterprise has the choice of article 2; the amounts are
    // the same, and of equal amounts the first of the list stands.
    if (filing <= '2022-12') return { ...full, route: '2022-14/1', existingOpenFrom, incrementalOpenFrom: '2022-04' };
    // From 2023 article 1 keeps the existing credit only; the incremental is article 2 for the listed.
    if (share.listed) return { ...full, route: '2022-14/2', existingOpenFrom, incrementalOpenFrom: share.firstSix ? '2022-04' : '2022-07' };
    // For the others the incremental is No. 39, beside the existing credit of article 1.
    const general = underNo39Of2019(row, filing, credits, ratios);
    const existingBeside = { existingCredit: existing, refundableExisting: full.refundableExisting, existingOpenFrom };
    if (general.met || existing === 0n) return { ...general, ...existingBeside };
    // No. 39 gives nothing: what is left is the existing credit of article 1 alone.
    return { ...full, ...existingBeside, route: '2022-14/1', incrementalCredit: general.incrementalCredit, refundableIncremental: 0n, incrementalOpenFrom: null };
  }

  // Medium and large: the listed industries. Of the first six the existing credit opened in 2022-05 (medium, No. 17) and
  // 2022-06 (large, No. 19); those listed by No. 21 alone have everything from 2022-07.
  if (share.listed) {
    const existingOpenFrom = !share.firstSix ? '2022-07' : size === 'medium' ? '2022-05' : '2022-06';
    return { ...full, route: '2022-14/2', existingOpenFrom, incrementalOpenFrom: share.firstSix ? '2022-04' : '2022-07' };
  }
  return underNo39Of2019(row, filing, credits, ratios);
}
