/** What stands in the refunds of a filing period, as far as a changed rule is concerned: passed to eligibility by the composition root. */
import type { RefundPhase, RefundUnderWay } from '../../shared/policy/amendment.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { refundStateNames, type RefundState } from '../../shared/refunds/lifecycle.ts';
import type { Database } from '../platform/database.ts';
import { readRefundsOfPeriod } from './refunds.sql.ts';

const phases: Readonly<Record<RefundState, RefundPhase>> = {
  candidate: 'open', informed: 'open', applied: 'open', accepted: 'open', reviewed: 'open', 'returned-for-correction': 'open', suspended: 'open',
  approved: 'approved', vouchered: 'approved', 'voucher-checked': 'approved', batched: 'approved', corrected: 'approved',
  'treasury-returned': 'approved', 'bank-returned': 'approved',
  sent: 'at-treasury',
  paid: 'paid', 'crossed-off': 'paid',
  terminated: 'ended', refused: 'ended', withdrawn: 'ended', 'clawed-back': 'ended',
};

/** By taxpayer code; at most one refund a taxpayer and filing period. */
export function refundsUnderWay(db: Database, period: TaxPeriod): ReadonlyMap<string, RefundUnderWay> {
  return new Map(readRefundsOfPeriod(db, period).map(({ uscc, refund, applicationNo, state }) => [uscc, { refund: applicationNo ?? refund, phase: phases[state], stateName: refundStateNames[state] }]));
}
