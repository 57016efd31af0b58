/**
 * Oracle of refund eligibility: a second, slow and plain answer to `evaluate`, written from the law pages and the settled readings
 * alone, without sight of the engine, so that two independent hands must agree. It explains nothing and warns of nothing; it is
 * test support and serves no office.
 */
import type { TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../../shared/roster/model.ts';
import { possibleStandings } from './conditions.ts';
import { possibleCredits, type Credits } from './credits.ts';
import type { Entitlement, Route } from './entitlement.ts';
import { yuan, type Fraction } from './figures.ts';
import { underNo14Of2022 } from './no-14-of-2022.ts';
import { underNo39Of2019 } from './no-39-of-2019.ts';
import { underNo7Of2025 } from './no-7-of-2025.ts';
import { possibleRatios, type Ratios } from './ratio.ts';
import { possibleShares, shareText, type Share } from './share.ts';
import { possibleSizes, type KnownSize, type Size } from './size.ts';
import { judge, verdictOver, type Outcome, type Verdict } from './verdict.ts';

export type Pack = 'mof-sta-gac-2019-39' | 'mof-sta-2022-14' | 'mof-sta-2025-07';

/** Amounts are yuan text; null is "not known" (a blank leaves more than one value possible) or "there is none". */
export type OracleAnswer = {
  readonly pack: Pack;
  readonly route: Route | null;
  readonly size: Size;
  readonly listedIndustry: boolean | null;
  readonly listedShare: string | null;
  readonly verdict: Verdict;
  readonly endingCredit: string | null;
  readonly existingCredit: string | null;
  readonly incrementalCredit: string | null;
  readonly ratio: Fraction | null;
  readonly refundRate: string | null;
  readonly refundableExisting: string | null;
  readonly refundableIncremental: string | null;
  readonly refundableTotal: string;
  readonly existingOpenFrom: string | null;
  readonly incrementalOpenFrom: string | null;
};

/** @param filingPeriod 2019-05 … 2027-12 */
export function oracle(row: RosterRow, filingPeriod: TaxPeriod): OracleAnswer {
  const filing: string = filingPeriod;
  const pack = packOf(filing);

  const sizes = possibleSizes(row);
  const shares = possibleShares(row, filing);
  const standings = possibleStandings(row, filing);
  const allCredits = possibleCredits(row);
  const ratios = possibleRatios(row, filing);

  const outcomes: Outcome[] = [];
  const givens: Entitlement[] = [];
  for (const size of sizesThatMatter(pack, sizes)) {
    for (const share of shares) {
      for (const credits of allCredits) {
        for (const ratio of ratios) {
          const given = entitlement(pack, row, filing, size, share, credits, ratio);
          givens.push(given);
          for (const standing of standings) {
            outcomes.push({ judged: judge(standing, row.exportRefundPending, filing, credits.ending, given), given });
          }
        }
      }
    }
  }

  const verdict = verdictOver(outcomes);
  const money = (amount: (given: Entitlement) => bigint | null): string | null => {
    const fen = agreed(givens.map(amount));
    return fen === null ? null : yuan(fen);
  };
  // Out of scope no route applies, and what a route gives is not there.
  const none = { route: null, existingCredit: null, incrementalCredit: null, refundRate: null, refundableExisting: null, refundableIncremental: null, existingOpenFrom: null, incrementalOpenFrom: null };
  return {
    pack,
    route: agreed(givens.map((given) => given.route)),
    size: agreed(sizes) ?? 'undetermined',
    listedIndustry: pack === 'mof-sta-gac-2019-39' ? null : agreed(shares.map((share) => share.listed)),
    listedShare: shareText(shares),
    verdict,
    endingCredit: textOf(agreed(allCredits.map((credits) => credits.ending))),
    existingCredit: money((given) => given.existingCredit),
    incrementalCredit: money((given) => given.incrementalCredit),
    ratio: ratioOver(givens),
    refundRate: agreed(givens.map((given) => given.refundRate)),
    refundableExisting: money((given) => given.refundableExisting),
    refundableIncremental: money((given) => given.refundableIncremental),
    refundableTotal: verdict === 'refundable' ? yuan(agreed(outcomes.map((outcome) => outcome.judged.total)) ?? 0n) : '0.00',
    existingOpenFrom: agreed(givens.map((given) => given.existingOpenFrom)),
    incrementalOpenFrom: agreed(givens.map((given) => given.incrementalOpenFrom)),
    ...(verdict === 'out-of-scope' ? none : {}),
  };
}

export function packOf(filing: string): Pack {
  if (filing < '2022-04') return 'mof-sta-gac-2019-39';
  if (filing < '2025-09') return 'mof-sta-2022-14';
  return 'mof-sta-2025-07';
}

/** Size decides under No. 14 alone. An undetermined size may be any of the four. */
function sizesThatMatter(pack: Pack, sizes: readonly Size[]): readonly KnownSize[] {
  if (pack !== 'mof-sta-2022-14') return ['micro'];
  const known = sizes.filter((size) => size !== 'undetermined');
  return known.length < sizes.length ? ['micro', 'small', 'medium', 'large'] : known;
}

function entitlement(pack: Pack, row: RosterRow, filing: string, size: KnownSize, share: Share, credits: Credits, ratios: Ratios): Entitlement {
  switch (pack) {
    case 'mof-sta-gac-2019-39':
      return underNo39Of2019(row, filing, credits, ratios);
    case 'mof-sta-2022-14':
      return underNo14Of2022(row, filing, size, share, credits, ratios);
    case 'mof-sta-2025-07':
      return underNo7Of2025(row, filing, share, credits, ratios);
  }
}

/** The one value of all; null when there are several. */
function agreed<T>(values: readonly (T | null)[]): T | null {
  const first = values[0] ?? null;
  return values.every((value) => value === first) ? first : null;
}

/** A ratio belongs to the period of its route: where routes of different periods remain possible it is not known. */
function ratioOver(givens: readonly Entitlement[]): Fraction | null {
  const sinceJanuary = givens.filter((given) => given.route === '2025-07/1(3)').length;
  if (sinceJanuary > 0 && sinceJanuary < givens.length) return null;
  const values = givens.map((given) => given.ratio);
  const first = values[0] ?? null;
  if (first === null) return null;
  const equal = (other: Fraction | null): boolean => other !== null && other.numerator * first.denominator === first.numerator * other.denominator;
  return values.every(equal) ? first : null;
}

function textOf(fen: bigint | null): string | null {
  return fen === null ? null : yuan(fen);
}
