/** What stands in the refunds of a filing period, as far as a changed rule is concerned: passed to eligibility by the composition root. */
import type { RefundUnderWay } from '../../shared/policy/amendment.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { refundStateRows } from '../../shared/refunds/cases.ts';
import type { Database } from '../platform/database.ts';
import { readRefundsOfPeriod } from './refunds.sql.ts';

/** By taxpayer code; at most one refund a taxpayer and filing period. */
export function refundsUnderWay(db: Database, period: TaxPeriod): ReadonlyMap<string, RefundUnderWay> {
  return new Map(readRefundsOfPeriod(db, period).map(({ uscc, refund, applicationNo, state }) => [uscc, { refund: applicationNo ?? refund, phase: refundStateRows[state].phase, stateName: refundStateRows[state].name }]));
}
