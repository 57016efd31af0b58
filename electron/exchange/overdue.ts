/**
 * What is overdue 逾期 (W208): the month's report after its day, and packages that a peer has not acknowledged for two monthly cycles. A
 * warning on the desk; nothing is refused for it.
 * @source shared spec exchange.md 2.5; seed 二(五)
 */
import { packageKinds } from '../../shared/exchange/kinds.ts';
import { addMonths, shanghaiDate, type CivilDate, type Instant } from '../../shared/kernel/civil-date.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import { addPeriods, periodOf, type TaxPeriod } from '../../shared/kernel/tax-period.ts';

/** Monthly cycles after which a missing acknowledgement is worth a warning. */
const cycles = 2;

export type Overdue = { readonly peer: Agency; readonly kind: string; readonly period: string | null };

export type PeerTraffic = {
  readonly peer: Agency;
  /** Day on which the peer's keys were enrolled: before it nothing can be expected. */
  readonly since: CivilDate;
  readonly hasReportOf: (period: TaxPeriod) => boolean;
  readonly unacknowledged: { readonly kind: string; readonly period: string | null; readonly at: string } | null;
};

/** @param reportDay day of the month by which last month's report is due (county profile) */
export function overdueOf(traffic: PeerTraffic, own: Agency, today: CivilDate, reportDay: number): Overdue[] {
  const found: Overdue[] = [];
  const lastMonth = addPeriods(periodOf(today), -1);
  const awaited = traffic.peer === 'tax' && own !== 'tax' && Number(today.slice(8)) > reportDay && lastMonth >= periodOf(traffic.since);
  if (awaited && !traffic.hasReportOf(lastMonth)) found.push({ peer: traffic.peer, kind: packageKinds.MONTHLY_REPORT.title, period: lastMonth });
  const oldest = traffic.unacknowledged;
  if (oldest !== null && addMonths(shanghaiDate(oldest.at as Instant), cycles) <= today) found.push({ peer: traffic.peer, kind: kindTitle(oldest.kind), period: oldest.period }); // written from a checked instant
  return found;
}

/** The Chinese name of a kind as it stands in a table. */
export function kindTitle(kind: string): string {
  return Object.hasOwn(packageKinds, kind) ? packageKinds[kind as keyof typeof packageKinds].title : kind;
}
