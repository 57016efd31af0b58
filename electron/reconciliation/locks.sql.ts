/** SQL of signatures 签字 and of what they make of each month. */
import { lastDay, addPeriods, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { monthLockOf, type MonthLock, type Signature } from '../../shared/reconciliation/month-lock.ts';
import type { Database } from '../platform/database.ts';
import { reconSignatures } from './reconciliation.tables.ts';

export function signaturesOf(db: Database, period: TaxPeriod): Signature[] {
  return reconSignatures.all(db, 'WHERE period = @period ORDER BY round, office, no', { period });
}

export function monthLock(db: Database, period: TaxPeriod): MonthLock {
  return monthLockOf(signaturesOf(db, period));
}

/** Months with a signature, latest first. */
export function signedMonths(db: Database): TaxPeriod[] {
  return db.prepare('SELECT DISTINCT period FROM recon_signature ORDER BY period DESC').all().map((row) => String(row['period']) as TaxPeriod); // a period column
}

/** Last day of the newest locked month; null where none is. Months are locked in turn and unlocked backwards, so all before it are closed too. */
export function lockedThrough(db: Database): CivilDate | null {
  const locked = signedMonths(db).find((period) => monthLock(db, period).state === 'locked');
  return locked === undefined ? null : lastDay(locked);
}

/** The month after is locked, or this office has signed it. */
export function laterStands(db: Database, period: TaxPeriod, office: Signature['office']): TaxPeriod | null {
  const later = addPeriods(period, 1);
  const lock = monthLock(db, later);
  return lock.state === 'locked' || lock.signatures.some((one) => one.office === office) ? later : null;
}
