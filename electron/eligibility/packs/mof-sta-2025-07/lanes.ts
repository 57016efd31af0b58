/**
 * Lanes of No. 7 of 2025: four industries, real estate, all others. They are never a choice: who is listed by four industries and not
 * as real estate goes by the first item; real estate goes first by the second, and by the third when that one's conditions fail.
 * @source 2025-07/1(1), /1(2), /1(3); readings.md, Routes, Rounding, Amounts
 */
import { present } from '../../../../shared/kernel/assert.ts';
import { maxFen, minFen, type Fen } from '../../../../shared/kernel/money.ts';
import { applyRatios, type Ratio } from '../../../../shared/kernel/ratio.ts';
import { everyCreditAbove } from '../../consecutive-months.ts';
import { excessOver } from '../../credit.ts';
import { countedMonthsOutcome, lastIncreaseOutcome } from '../../general-conditions.ts';
import { withoutWarnings, type CaseFacts, type Judged, type Lane } from '../../pack.ts';
import type { Warning } from '../../warnings.ts';
import type { Parameters2025 } from './parameters.ts';

/** Order of the pack's listing tests. */
export const fourIndustries = 0;
export const realEstate = 1;

export function laneFor(listed: readonly boolean[], parameters: Parameters2025): Lane {
  if (listed[realEstate] === true) {
    return {
      key: 'real-estate',
      reads: ['ending', 'base', 'recent', 'yearEnd', 'ratio', 'yearRatio'],
      judge: (facts) => judgeRealEstate(facts, parameters),
      turn: (known, open) => (open === 'base' ? largestBaseOfItem2(known, parameters) : open === 'ending' ? largestCreditOfItem3(known, parameters) : null),
    };
  }
  if (listed[fourIndustries] === true) return { key: 'four', reads: ['ending', 'ratio'], judge: (facts) => judgeFour(facts, parameters) };
  return { key: 'others', reads: ['ending', 'recent', 'yearEnd', 'yearRatio'], judge: (facts) => judgeOthers(facts, parameters) };
}

/** No existing part and no window under No. 7 (readings.md, Amounts). */
const withoutExisting = { existingCredit: 0n, refundableExisting: 0n, existingOpenFrom: null, incrementalOpenFrom: null } as const;

/** 1(1): the whole ending credit × ratio × 100 %, month by month, without a threshold. */
function judgeFour(facts: CaseFacts, parameters: Parameters2025): Judged {
  const ending = present(facts.ending, 'the ending credit');
  return {
    ...withoutExisting,
    route: '2025-07/1(1)',
    entitled: true,
    incrementalCredit: ending,
    refundRate: parameters.fullRefundRate.text,
    ratioUsed: 'ratio',
    refundableIncremental: applyRatios(ending, [present(facts.ratio, 'the ratio'), parameters.fullRefundRate.ratio]),
    warnings: withoutWarnings,
  };
}

const item2Failed: Warning = { code: 'item2Failed', facts: {} };

/** 1(2), and when its conditions fail, 1(3) (readings.md, Routes). */
function judgeRealEstate(facts: CaseFacts, parameters: Parameters2025): Judged {
  const ending = present(facts.ending, 'the ending credit');
  const base = present(facts.base, 'the base credit');
  const entitled =
    countedMonthsOutcome(facts, null) === 'met' &&
    everyCreditAbove(facts.recent, base) === 'met' &&
    lastIncreaseOutcome(ending, base, parameters.realEstateIncreaseAtLeast) === 'met';
  if (!entitled) {
    const others = judgeOthers(facts, parameters);
    return { ...others, warnings: () => [...others.warnings(), item2Failed] };
  }
  const increase = excessOver(ending, base);
  return {
    ...withoutExisting,
    route: '2025-07/1(2)',
    entitled,
    incrementalCredit: increase,
    refundRate: parameters.realEstateRefundRate.text,
    ratioUsed: 'ratio',
    refundableIncremental: applyRatios(increase, [present(facts.ratio, 'the ratio'), parameters.realEstateRefundRate.ratio]),
    warnings: withoutWarnings,
  };
}

/** Up to this base item 2 answers, with the least increase it can have; above it, item 3. */
function largestBaseOfItem2(known: CaseFacts, { realEstateIncreaseAtLeast }: Parameters2025): Fen {
  const credits = known.recent.map((credit) => present(credit, 'a counted credit') - 1n);
  return maxFen(0n, [...credits, present(known.ending, 'the ending credit') - realEstateIncreaseAtLeast].reduce(minFen));
}

/** Up to this ending credit item 3 answers, with the largest increase it can have; above it, item 2. */
function largestCreditOfItem3(known: CaseFacts, { realEstateIncreaseAtLeast }: Parameters2025): Fen {
  return present(known.base, 'the base credit') + realEstateIncreaseAtLeast - 1n;
}

/** 1(3): what exceeds the credit at the end of the year before, by tiers, × the ratio since January. */
function judgeOthers(facts: CaseFacts, parameters: Parameters2025): Judged {
  const ending = present(facts.ending, 'the ending credit');
  const yearEnd = present(facts.yearEnd, 'the credit at the end of the year before');
  const increase = excessOver(ending, yearEnd);
  const entitled =
    countedMonthsOutcome(facts, null) === 'met' &&
    everyCreditAbove(facts.recent, 0n) === 'met' &&
    lastIncreaseOutcome(ending, yearEnd, parameters.otherIncreaseAtLeast) === 'met';
  const { otherRefundRate, otherRefundRateAbove, otherTierLimit } = parameters;
  return {
    ...withoutExisting,
    route: '2025-07/1(3)',
    entitled,
    incrementalCredit: increase,
    refundRate: increase > otherTierLimit ? `${otherRefundRate.text}/${otherRefundRateAbove.text}` : otherRefundRate.text,
    ratioUsed: 'yearRatio',
    refundableIncremental: tieredRefund(increase, present(facts.yearRatio, 'the ratio of the year'), parameters),
    warnings: withoutWarnings,
  };
}

/**
 * Reading "Rounding": the tiers come before the ratio, and the sum of both is rounded once. The limit belongs to the first tier (含).
 */
export function tieredRefund(increase: Fen, ratio: Ratio, parameters: Pick<Parameters2025, 'otherTierLimit' | 'otherRefundRate' | 'otherRefundRateAbove'>): Fen {
  const { otherTierLimit: limit, otherRefundRate: lower, otherRefundRateAbove: upper } = parameters;
  const within = minFen(increase, limit);
  const above = excessOver(increase, limit);
  const { ratio: a } = lower;
  const { ratio: b } = upper;
  const numerator = within * a.numerator * b.denominator + above * b.numerator * a.denominator;
  return applyRatios(numerator, [{ numerator: 1n, denominator: a.denominator * b.denominator }, ratio]);
}
