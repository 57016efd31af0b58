/** The questions about one refund that need no SQL: its sums, its amount in hand, its name in sentences. Amounts are fen. */
import type { Fen } from '../../shared/kernel/money.ts';
import type { LineAmounts } from '../../shared/refunds/model.ts';
import type { RefundRecord } from './refunds.tables.ts';

export type { RefundRecord } from './refunds.tables.ts';

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
