/**
 * One refund as the ledger holds it, and the questions about it that need no SQL: its sums, its amount in hand, its name in
 * sentences. Amounts are fen.
 */
import type { RefundRole } from '../../shared/administration/duties.ts';
import type { CivilDate, Instant } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RefundState } from '../../shared/refunds/cases.ts';
import type { Clock, LineAmounts, RefundRoute, RefundSize } from '../../shared/refunds/model.ts';
import type { PayeeAccount } from './voucher.ts';

export type RefundRecord = {
  readonly refund: string;
  readonly period: TaxPeriod;
  readonly uscc: string;
  readonly name: string;
  readonly route: RefundRoute;
  readonly size: RefundSize;
  /** Key of the determination that the amounts come from. */
  readonly determination: string;
  readonly state: RefundState;
  readonly suspendedFrom: RefundState | null;
  /** Withdrawn because a new determination no longer gave a refund. */
  readonly lapsed: boolean;
  readonly applicationNo: string | null;
  readonly appliedOn: CivilDate | null;
  readonly account: PayeeAccount;
  readonly determined: LineAmounts;
  readonly asked: LineAmounts;
  readonly approved: LineAmounts;
  readonly paid: LineAmounts;
  readonly clawedBack: LineAmounts;
  /** The determination against which the approver has kept a higher approval 维持核准. */
  readonly kept: LineAmounts | null;
  /** Day on which a reviewer saw in a return that the credit was reduced by the refund 核实冲减. */
  readonly reducedOn: CivilDate | null;
  readonly clock: Clock;
  readonly dueOn: CivilDate | null;
  readonly firstAcceptedOn: CivilDate | null;
  readonly acceptedOn: CivilDate | null;
  readonly decidedOn: CivilDate | null;
  readonly people: Readonly<Record<RefundRole, string | null>>;
  readonly voucherNo: string | null;
  readonly batchNo: string | null;
  readonly sentOn: CivilDate | null;
  readonly paidOn: CivilDate | null;
  readonly receipt: { readonly package: string; readonly line: number } | null;
  readonly crossedOffOn: CivilDate | null;
  readonly reason: string | null;
  readonly ground: string | null;
  readonly noticedOn: CivilDate | null;
  readonly events: number;
  readonly changedAt: Instant;
};

export function lineTotal(amounts: LineAmounts): Fen {
  return amounts.existing + amounts.incremental;
}

/** The amount a refund stands for now: approved, else asked, else refundable. */
export function amountInHand(record: RefundRecord): Fen {
  if (lineTotal(record.approved) > 0n) return lineTotal(record.approved);
  return record.applicationNo === null ? lineTotal(record.determined) : lineTotal(record.asked);
}

/** How a refund is named in sentences: by its application number once it has one. */
export function nameOf(record: { readonly name: string; readonly refund: string; readonly applicationNo: string | null }): { readonly name: string; readonly refund: string } {
  return { name: record.name, refund: record.applicationNo ?? record.refund };
}
