/**
 * The conditions of the general refunds that look back over months: which months count, that each has an increase, and that the last
 * one's is large enough. Used by 2019-39/8, 2025-07/1(2) and 2025-07/1(3) with their own values.
 * @source 2019-39/8, 2025-07/1(2), 2025-07/1(3); readings.md, Credit
 */
import type { Outcome } from '../../shared/eligibility/model.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import { addPeriods, periodLabel, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { countedAfterRefund, everyCreditAbove } from './consecutive-months.ts';
import { amountFact, groupedFact, monthFact, type Fact } from './facts.ts';
import type { CaseFacts, RulePart } from './pack.ts';

/** The counted months lie in the scheme and after a refund already obtained under it. @param notBefore null = no first month */
export function countedMonthsOutcome(facts: CaseFacts, notBefore: TaxPeriod | null): 'met' | 'notMet' {
  const { firstCounted, row } = facts;
  return (notBefore === null || firstCounted >= notBefore) && countedAfterRefund(firstCounted, row.generalRefundedOn) ? 'met' : 'notMet';
}

/** The facts of these rules name the cycle only where it is not the ordinary one. */
function quarterly({ row }: CaseFacts): { readonly quarterly?: true } {
  return row.filingCycle === 'quarter' ? { quarterly: true } : {};
}

function countWord(quarters: Fact): string {
  return quarters === true ? '连续两个季度' : '连续六个月';
}

export function countedMonthsPart<P>(notBefore: (parameters: P) => TaxPeriod | null): RulePart<P> {
  return {
    hides: ['quarterly'],
    repeats: true,
    decide: (facts, p) => countedMonthsOutcome(facts, notBefore(p)),
    states: (facts) => ({ firstCountedMonth: facts.firstCounted, generalRefundedOn: facts.row.generalRefundedOn, ...quarterly(facts) }),
    says({ outcome, facts: { firstCountedMonth, generalRefundedOn, quarterly: quarters }, filing }, p) {
      const span = `${countWord(quarters)}自${monthFact(firstCountedMonth)}起计`;
      const first = notBefore(p);
      if (first !== null && String(firstCountedMonth) < first) return `${span}，早于${periodLabel(first)}，尚不足${countWord(quarters)}`;
      if (outcome === 'notMet') return `${span}，但${String(generalRefundedOn)}已取得一般留抵退税，须在其后重新满${countWord(quarters)}`;
      return `${span}，至${periodLabel(addPeriods(filing, -1))}`;
    },
  };
}

/** @param base what each month is compared with: 2019年3月31日 credit, or nought for 2025-07/1(3) */
export function everyMonthPart(base: (facts: CaseFacts) => Fen | null, whatGrows: string): RulePart<unknown> {
  return {
    hides: ['quarterly'],
    decide: (facts) => everyCreditAbove(facts.recent, base(facts)),
    states: (facts) => ({
      creditsKnown: facts.recent.reduce((count, credit) => (credit === null ? count : count + 1), 0),
      lowest: amountFact(lowest(facts.recent)), comparedWith: amountFact(base(facts)), ...quarterly(facts),
    }),
    says({ outcome, facts: { comparedWith, quarterly: quarters } }) {
      const counted = countWord(quarters);
      if (outcome === 'met') return `${counted}${whatGrows}均大于零`;
      if (outcome === 'notMet') return `${counted}${whatGrows}没有都大于零`;
      return `${counted}${whatGrows}是否都大于零不能确定，请补“近六期期末留抵税额”${comparedWith === null ? '和2019年3月31日期末留抵税额' : ''}`;
    },
  };
}

/** The last month's increase, after 免抵退 and arrears were taken off the credit, reaches the bound: equal counts. */
export function lastIncreaseOutcome(ending: Fen | null, base: Fen | null, atLeast: Fen): Outcome {
  // An increase is at most the credit itself, so a credit below the bound decides alone.
  if (ending !== null && ending - (base ?? 0n) < atLeast) return 'notMet';
  return ending === null || base === null ? 'needsEvidence' : 'met';
}

export function lastIncreasePart<P>(base: (facts: CaseFacts) => Fen | null, atLeast: (parameters: P) => Fen, baseName: string): RulePart<P> {
  return {
    hides: ['quarterly'],
    decide: (facts, p) => lastIncreaseOutcome(facts.ending, base(facts), atLeast(p)),
    states(facts, p) {
      const from = base(facts);
      return { increase: amountFact(facts.ending === null || from === null ? null : facts.ending - from), atLeast: amountFact(atLeast(p)), ...quarterly(facts) };
    },
    says({ outcome, facts: { increase, atLeast: bound, quarterly: quarters } }) {
      const last = quarters === true ? '第二个季度' : '第六个月';
      if (outcome === 'needsEvidence') return `${last}增加额不能确定，请补期末留抵税额和${baseName}`;
      const amount = increase === null ? '期末留抵税额' : `与${baseName}相比增加${groupedFact(increase)}元`;
      return `${last}${amount}，${outcome === 'met' ? '不低于' : '低于'}${groupedFact(bound)}元`;
    },
  };
}

function lowest(credits: readonly (Fen | null)[]): Fen | null {
  let least: Fen | null = null;
  for (const credit of credits) if (credit !== null && (least === null || credit < least)) least = credit;
  return least;
}
