/**
 * Locking a month 锁定对账期间: three signatures over one document hash lock it everywhere, three unlock it. Signatures come round by round: an even round
 * locks, an odd one unlocks. What a month is follows from the set of signatures alone, so that every office that has them sees the same, in whatever order
 * they came.
 * @source shared spec reconciliation.md, From statement to agreement 4
 */
import { agencies, type Agency } from '../kernel/office.ts';
import { field, type RecordOf } from '../kernel/record.ts';
import { periodSchema } from '../kernel/schema.ts';
import { shaSchema } from './model.ts';

export const signingPurposes = { lock: '锁定', unlock: '解锁' } as const;
export type SigningPurpose = keyof typeof signingPurposes;

/** A signature 签字 of one office, as journal and package carry it. */
export const signatureFields = {
  period: field.own('所属月', periodSchema),
  round: field.count('轮次', 0, 1_000),
  /** Counts an office's signatures in a round: where the document changed before all had signed, it signs again. */
  no: field.count('序号', 1, 1_000),
  purpose: field.oneOf('用途', signingPurposes),
  hash: field.own('对账单摘要', shaSchema),
  signedOn: field.date('签字日期'),
  signedBy: field.text('签字人', 30),
  reason: field.optional(field.text('原因', 500)),
};
export type SignatureFacts = RecordOf<typeof signatureFields>;
export type Signature = SignatureFacts & { readonly office: Agency };

export type MonthLock = {
  readonly state: 'open' | 'locked';
  /** Of the document under which it is locked; null while it is open. */
  readonly hash: string | null;
  /** The round that is running: its signatures are not all there, or not over one document. */
  readonly round: number;
  /** The newest signature of each office in that round. */
  readonly signatures: readonly Signature[];
};

export const purposeOfRound = (round: number): SigningPurpose => (round % 2 === 0 ? 'lock' : 'unlock');

/** @param all signatures of one month, in any order */
export function monthLockOf(all: readonly Signature[]): MonthLock {
  let hash: string | null = null;
  for (let round = 0; ; round += 1) {
    const signatures = agencies.flatMap((office) => newest(all.filter((one) => one.office === office && one.round === round)) ?? []);
    const hashes = new Set(signatures.map((one) => one.hash));
    const [agreed] = hashes;
    if (agreed === undefined || signatures.length < agencies.length || hashes.size > 1) return { state: hash === null ? 'open' : 'locked', hash, round, signatures };
    hash = purposeOfRound(round) === 'lock' ? agreed : null;
  }
}

function newest(signatures: readonly Signature[]): Signature | null {
  return signatures.toSorted((one, other) => other.no - one.no)[0] ?? null;
}
