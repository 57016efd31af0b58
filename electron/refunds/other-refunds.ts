/**
 * What this ledger has paid or has under way 已退与在办 against one refund: the existing credit is refunded once, and a kind of credit that another refund
 * holds is not asked for again until that one is settled. Also what it has paid, as eligibility asks for it.
 * @source shared spec readings.md (What this ledger has paid), decisions 32; policy-facts 3.7
 */
import { refusal } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { groupedYuan } from '../../shared/kernel/money.ts';
import { refundStateNames } from '../../shared/refunds/cases.ts';
import { lineKindNames, lineKinds, type LineAmounts, type LineKind } from '../../shared/refunds/model.ts';
import { creditHasNotFallen, endingCreditOf, paidBefore, type PaidRefund } from '../eligibility/index.ts';
import type { Database } from '../platform/database.ts';
import type { PaidWatch } from '../roster/index.ts';
import { lineTotal, nameOf, type RefundRecord } from './refund-record.ts';
import { readApprovedRefunds, readRefundsOfTaxpayer } from './refunds.sql.ts';

/** What stands as paid: less what was clawed back 追回. */
export function standingPaid({ paid, clawedBack }: RefundRecord): LineAmounts {
  return { existing: paid.existing - clawedBack.existing, incremental: paid.incremental - clawedBack.incremental };
}

/** Approved and not paid yet, wherever it stands on its way 在办. */
export function isUnderWay(record: RefundRecord): boolean {
  return lineTotal(record.approved) > 0n && lineTotal(record.paid) === 0n;
}

/** Why one kind of credit of a refund is held by another refund of the taxpayer; null when none holds it. */
export function heldBy(record: Pick<RefundRecord, 'refund' | 'name' | 'applicationNo'>, kind: LineKind, others: readonly RefundRecord[]): Refusal | null {
  for (const other of others) {
    if (other.refund === record.refund) continue;
    if (kind === 'existing' && standingPaid(other).existing > 0n) {
      return refusal('EXISTING_ALREADY_PAID', {
        ...nameOf(record), paidOn: present(other.paidOn, 'payment date'), voucher: present(other.voucherNo, 'paid voucher'),
        amount: groupedYuan(standingPaid(other).existing),
      });
    }
    if (isUnderWay(other) && other.approved[kind] > 0n) {
      return refusal('KIND_UNDER_WAY', {
        ...nameOf(record), kind: lineKindNames[kind], other: nameOf(other).refund, state: refundStateNames[other.state],
        amount: groupedYuan(other.approved[kind]),
      });
    }
  }
  return null;
}

/** Why these amounts cannot be taken further: another refund of the taxpayer in this ledger holds one of the kinds. */
export function judgeOthers(db: Database, record: RefundRecord, amounts: LineAmounts): Refusal | null {
  const others = readRefundsOfTaxpayer(db, record.uscc);
  if (others.length < 2) return null;
  return lineKinds.reduce<Refusal | null>((found, kind) => found ?? (amounts[kind] > 0n ? heldBy(record, kind, others) : null), null);
}

/** Refunds that hold a kind of credit against other refunds of their taxpayer, by code: paid or under way. */
export function holdingRefunds(db: Database): ReadonlyMap<string, readonly RefundRecord[]> {
  const found = new Map<string, RefundRecord[]>();
  for (const record of readApprovedRefunds(db)) found.set(record.uscc, [...(found.get(record.uscc) ?? []), record]);
  return found;
}

/** Whose credit must have fallen before this filing period, for the import of its roster. */
export const paidWatch: PaidWatch = (db, period) => {
  const watched = new Map<string, NonNullable<ReturnType<ReturnType<PaidWatch>['get']>>>();
  for (const [uscc, before] of paidBefore(db, period, paidRefunds(db))) {
    const { newest, endingThen } = before;
    if (newest === null || endingThen === null) continue;
    const { paidOn, voucherNo, existing, incremental } = newest;
    watched.set(uscc, { paidOn, voucherNo, amount: existing + incremental, endingThen, notFallen: (row) => creditHasNotFallen(endingCreditOf(row), before) });
  }
  return watched;
};

/** Every payment that stands, for later judgements. */
export function* paidRefunds(db: Database): Generator<PaidRefund> {
  for (const record of readApprovedRefunds(db)) {
    const { existing, incremental } = standingPaid(record);
    if (existing + incremental === 0n) continue;
    const { uscc, period, reducedOn } = record;
    const voucherNo = present(record.voucherNo, 'paid voucher');
    yield { uscc, period, existing, incremental, voucherNo, paidOn: present(record.paidOn, 'payment date'), reduced: reducedOn !== null };
  }
}
