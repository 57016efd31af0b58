/**
 * An approved refund against the newest determination 最近一次测算: every act after approval looks at it again. Where it has fallen, the refund goes back or
 * the approver keeps the approval with a reason, which holds until the determination changes once more.
 * @source 国家税务总局公告2019年第20号第九条 (policy-facts 3.11); shared spec product.md (States of a refund)
 */
import { refusal } from '../../shared/errors.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { groupedYuan } from '../../shared/kernel/money.ts';
import { verdictNames } from '../../shared/eligibility/terms.ts';
import { lineKindNames, lineKinds, type LineAmounts } from '../../shared/refunds/model.ts';
import { newestDetermination } from '../eligibility/index.ts';
import type { Database } from '../platform/database.ts';
import { judgeOthers } from './other-refunds.ts';
import { lineTotal, nameOf, type RefundRecord } from './refund-record.ts';
import { readApprovedRefunds } from './refunds.sql.ts';

/** What may be refunded by the newest assessment of the filing period, with its verdict in words; null when the period was never assessed here. */
export type DeterminedNow = LineAmounts & { readonly words: string };

export function determinedNow(db: Database, { period, uscc }: Pick<RefundRecord, 'period' | 'uscc'>): DeterminedNow | null {
  const newest = newestDetermination(db, period, uscc);
  if (newest === null) return null;
  return { existing: newest.existing, incremental: newest.incremental, words: newest.verdict === null ? '名册已无该户' : verdictNames[newest.verdict] };
}

/** The kind whose approved amount is more than the newest determination gives; null when none is, or when the approver has kept it against this very determination. */
export function fallenKind({ approved, paid, kept }: RefundRecord, now: DeterminedNow | null): (typeof lineKinds)[number] | null {
  if (now === null || lineTotal(approved) === 0n || lineTotal(paid) > 0n) return null;
  if (kept !== null && kept.existing === now.existing && kept.incremental === now.incremental) return null;
  return lineKinds.find((kind) => approved[kind] > now[kind]) ?? null;
}

/** Approved refunds on their way whose determination has fallen and which the approver has not kept: the mark that stays until it is settled. */
export function fallenRefunds(db: Database): RefundRecord[] {
  return readApprovedRefunds(db).filter((record) => fallenKind(record, determinedNow(db, record)) !== null);
}

/** Why a refund already approved cannot be taken further: its determination has fallen, or another refund holds its credit. */
export function judgeStanding(db: Database, record: RefundRecord): Refusal | null {
  return judgeFallen(record, determinedNow(db, record)) ?? judgeOthers(db, record, record.approved);
}

export function judgeFallen(record: RefundRecord, now: DeterminedNow | null): Refusal | null {
  const kind = fallenKind(record, now);
  if (kind === null || now === null) return null;
  return refusal('DETERMINATION_FALLEN', {
    ...nameOf(record), kind: lineKindNames[kind], approved: groupedYuan(record.approved[kind]), determined: groupedYuan(now[kind]), verdict: now.words,
  });
}
