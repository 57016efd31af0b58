/** Where the candidate list 应退名单 comes from: refundable determinations of eligibility with the account that the roster gives. */
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { refundableDeterminations } from '../eligibility/index.ts';
import type { Database } from '../platform/database.ts';
import { rosterRows } from '../roster/index.ts';
import type { RefundableDetermination } from './candidates.ts';

/** In the order of the roster. */
export function* determinationsWithAccounts(db: Database, period: TaxPeriod): Generator<RefundableDetermination> {
  const lines = new Map(refundableDeterminations(db, period).map((line) => [line.uscc, line]));
  if (lines.size === 0) return;
  for (const { uscc, bank, bankAccount, accountName } of rosterRows(db, period)) {
    const line = lines.get(uscc);
    if (line === undefined) continue;
    const { name, route, size, existing, incremental, key } = line;
    yield { uscc, name, period, route, size, existingFen: existing, incrementalFen: incremental, determinationKey: key, bank, bankAccount, accountName };
  }
}
