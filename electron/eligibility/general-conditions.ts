/**
 * The conditions of the general refunds that look back over months: which months count, that each has an increase, and that the last
 * one's is large enough. Used by 2019-39/8, 2025-07/1(2) and 2025-07/1(3) with their own values.
 * @source 2019-39/8, 2025-07/1(2), 2025-07/1(3); readings.md, Credit
 */
import type { Outcome } from '../../shared/eligibility/model.ts';
import { groupedYuan, type Fen } from '../../shared/kernel/money.ts';
import { addPeriods, periodLabel, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { countedAfterRefund, everyCreditAbove } from './consecutive-months.ts';
import { amountFact } from './measures.ts';
import type { CaseFacts, Decision } from './pack.ts';

/** The counted months lie in the scheme and after a refund already obtained under it. @param notBefore null = no first month */
export function countedMonthsOutcome(facts: CaseFacts, notBefore: TaxPeriod | null): 'met' | 'notMet' {
  const { firstCounted, row } = facts;
  return (notBefore === null || firstCounted >= notBefore) && countedAfterRefund(firstCounted, row.generalRefundedOn) ? 'met' : 'notMet';
}

export function decideCountedMonths(facts: CaseFacts, notBefore: TaxPeriod | null): Decision {
  const { firstCounted, row } = facts;
  const stated = { firstCountedMonth: firstCounted, generalRefundedOn: row.generalRefundedOn };
  const span = `${countWord(row)}自${periodLabel(firstCounted)}起计`;
  if (notBefore !== null && firstCounted < notBefore) {
    return { outcome: 'notMet', facts: stated, text: `${span}，早于${periodLabel(notBefore)}，尚不足${countWord(row)}` };
  }
  if (!countedAfterRefund(firstCounted, row.generalRefundedOn)) {
    return { outcome: 'notMet', facts: stated, text: `${span}，但${String(row.generalRefundedOn)}已取得一般留抵退税，须在其后重新满${countWord(row)}` };
  }
  return { outcome: 'met', facts: stated, text: `${span}，至${periodLabel(addPeriods(facts.filing, -1))}` };
}

/** @param base what each month is compared with: 2019年3月31日 credit, or nought for 2025-07/1(3) */
export function decideEveryMonth(facts: CaseFacts, base: Fen | null, whatGrows: string): Decision {
  const outcome = everyCreditAbove(facts.recent, base);
  const counted = countWord(facts.row);
  const stated = { creditsKnown: facts.recent.filter((credit) => credit !== null).length, lowest: amountFact(lowest(facts.recent)), comparedWith: amountFact(base) };
  if (outcome === 'met') return { outcome, facts: stated, text: `${counted}${whatGrows}均大于零` };
  if (outcome === 'notMet') return { outcome, facts: stated, text: `${counted}${whatGrows}没有都大于零` };
  return { outcome, facts: stated, text: `${counted}${whatGrows}是否都大于零不能确定，请补“近六期期末留抵税额”${base === null ? '和2019年3月31日期末留抵税额' : ''}` };
}

/** The last month's increase, after 免抵退 and arrears were taken off the credit, reaches the bound: equal counts. */
export function lastIncreaseOutcome(ending: Fen | null, base: Fen | null, atLeast: Fen): Outcome {
  // An increase is at most the credit itself, so a credit below the bound decides alone.
  if (ending !== null && ending - (base ?? 0n) < atLeast) return 'notMet';
  return ending === null || base === null ? 'needsEvidence' : 'met';
}

export function decideLastIncrease(facts: CaseFacts, base: Fen | null, atLeast: Fen, baseName: string): Decision {
  const outcome = lastIncreaseOutcome(facts.ending, base, atLeast);
  const increase = facts.ending === null || base === null ? null : facts.ending - base;
  const stated = { increase: amountFact(increase), atLeast: amountFact(atLeast) };
  const last = facts.row.filingCycle === 'quarter' ? '第二个季度' : '第六个月';
  if (outcome === 'needsEvidence') return { outcome, facts: stated, text: `${last}增加额不能确定，请补期末留抵税额和${baseName}` };
  const amount = increase === null ? '期末留抵税额' : `与${baseName}相比增加${groupedYuan(increase)}元`;
  return { outcome, facts: stated, text: `${last}${amount}，${outcome === 'met' ? '不低于' : '低于'}${groupedYuan(atLeast)}元` };
}

function countWord(row: RosterRow): string {
  return row.filingCycle === 'quarter' ? '连续两个季度' : '连续六个月';
}

function lowest(credits: readonly (Fen | null)[]): Fen | null {
  let least: Fen | null = null;
  for (const credit of credits) if (credit !== null && (least === null || credit < least)) least = credit;
  return least;
}
