/**
 * A change of regime 政策交替 between the filing period of a refund and the day of its application. A refund is judged, and finishes, under
 * the policy of its filing period; nothing here refuses or recomputes, it names a date that lies in the next regime.
 * @source 2022-14/14, 2025-07/1 (自2025年9月申报期起); policy-facts 0.1
 */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { periodLabel, periodOf, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { packFor, type Policy } from '../eligibility/index.ts';

/**
 * The sentence for an application whose day lies in a filing period that another policy governs; null when the same one governs both.
 * @param policy asked for only when the months differ
 */
export function regimeWarning(policy: () => Policy, period: TaxPeriod, on: CivilDate): string | null {
  const month = periodOf(on);
  if (month <= period) return null;
  const own = packFor(policy(), period);
  const later = packFor(policy(), month);
  if (own === null || later === null || own.id === later.id) return null;
  return `申请日期${on}已在${periodLabel(month)}申报期，该申报期适用${later.title}；本笔是${periodLabel(period)}申报期的退税，按${own.title}办理到底。在${periodLabel(period)}申报期没有提出申请的，请撤回后按新的申报期测算`;
}
