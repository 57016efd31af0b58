/**
 * 2019-39/8 一般留抵退税 on one known case: whether its own conditions hold, the increase, and 60 % of it. There is no existing part.
 * Used by its own pack and, inside 2022-04 to 2025-08, by No. 14 for those whom it leaves to No. 39.
 * @source 2019-39/8, 2022-14/14; readings.md, Routes and Credit
 */
import { present } from '../../../../shared/kernel/assert.ts';
import type { Fen } from '../../../../shared/kernel/money.ts';
import { applyRatios } from '../../../../shared/kernel/ratio.ts';
import { excessOver } from '../../credit.ts';
import { countedMonthsOutcome, lastIncreaseOutcome } from '../../general-conditions.ts';
import { everyCreditAbove } from '../../consecutive-months.ts';
import { withoutWarnings, type CaseFacts, type Figure, type Judged } from '../../pack.ts';
import type { GeneralParameters } from './parameters.ts';

/** Figures it reads. */
export const generalReads: readonly Figure[] = ['ending', 'base', 'recent', 'ratio'];

export type GeneralRefund = { readonly entitled: boolean; readonly increase: Fen; readonly refundable: Fen };

/** Reading "Credit": the increase is C − B always, also after an existing refund. */
export function generalRefund(facts: CaseFacts, parameters: GeneralParameters): GeneralRefund {
  const ending = present(facts.ending, 'the ending credit');
  const base = present(facts.base, 'the base credit');
  const increase = excessOver(ending, base);
  const entitled =
    countedMonthsOutcome(facts, parameters.firstCountedMonth) === 'met' &&
    everyCreditAbove(facts.recent, base) === 'met' &&
    lastIncreaseOutcome(ending, base, parameters.increaseAtLeast) === 'met';
  return { entitled, increase, refundable: applyRatios(increase, [present(facts.ratio, 'the ratio'), parameters.refundRate.ratio]) };
}

/** The whole answer of the route; no existing part, no window (readings.md, Amounts). */
export function judgeGeneral(facts: CaseFacts, parameters: GeneralParameters): Judged {
  const { entitled, increase, refundable } = generalRefund(facts, parameters);
  return {
    route: '2019-39/8',
    entitled,
    existingCredit: 0n,
    incrementalCredit: increase,
    refundRate: parameters.refundRate.text,
    ratioUsed: 'ratio',
    refundableExisting: 0n,
    refundableIncremental: refundable,
    existingOpenFrom: null,
    incrementalOpenFrom: null,
    warnings: withoutWarnings,
  };
}
