/** SQL of single refunds: opening one, reading it. It is moved by the case engine. Lists and sums are lists.sql.ts. */
import type { Instant } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Database } from '../platform/database.ts';
import type { PayeeAccount } from './voucher.ts';
import { refunds, type RefundRecord } from './refunds.tables.ts';

export function readRefund(db: Database, refund: string): RefundRecord | null {
  return refunds.find(db, { refund });
}

/** By refund key or application number. */
export function findRefund(db: Database, ref: string): RefundRecord | null {
  return refunds.find(db, ref.startsWith('SQ-') ? { applicationNo: ref } : { refund: ref });
}

/** Every refund of one filing period, by key. */
export function readRefundsOfPeriod(db: Database, period: TaxPeriod): RefundRecord[] {
  return refunds.all(db, 'WHERE period = @period ORDER BY refund', { period });
}

/** Every refund of one taxpayer, in order of filing period. */
export function readRefundsOfTaxpayer(db: Database, uscc: string): RefundRecord[] {
  return refunds.all(db, 'WHERE uscc = @uscc ORDER BY period', { uscc });
}

/** Every refund with an approved amount, paid or on its way. */
export function readApprovedRefunds(db: Database): RefundRecord[] {
  return refunds.all(db, 'WHERE approved_existing_fen + approved_incremental_fen > 0 ORDER BY period, refund');
}

/** Opens a refund as a candidate; its first event is the engine's. */
export function insertRefund(
  db: Database, at: Instant,
  of: Pick<RefundRecord, 'refund' | 'period' | 'uscc' | 'name' | 'route' | 'size' | 'determination'> & PayeeAccount
    & { readonly existing: Fen; readonly incremental: Fen },
): void {
  const { existing, incremental, bank, account, accountName, bankCode, ...rest } = of;
  const payee = { bank, account, accountName, bankCode };
  refunds.insert(db, { ...rest, state: 'candidate', determined: { existing, incremental }, account: payee, events: 1, changedAt: at });
}
