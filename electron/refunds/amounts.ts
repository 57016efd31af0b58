/** Conditions on amounts: asked within the determination, approved within what was asked, clawed back within what was paid. Pure. */
import { refusal } from '../../shared/errors.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { groupedYuan } from '../../shared/kernel/money.ts';
import { lineKindNames, lineKinds, type LineAmounts } from '../../shared/refunds/model.ts';
import { lineTotal, nameOf, type RefundRecord } from './refund-record.ts';

/** Why these amounts cannot be asked for. */
export function judgeAsked(record: RefundRecord, asked: LineAmounts): Refusal | null {
  for (const kind of lineKinds) {
    if (asked[kind] <= record.determined[kind]) continue;
    return refusal('ASKED_EXCEEDS_DETERMINED', {
      ...nameOf(record), kind: lineKindNames[kind], asked: groupedYuan(asked[kind]), determined: groupedYuan(record.determined[kind]),
    });
  }
  return lineTotal(asked) === 0n ? refusal('ASKED_NOTHING', nameOf(record)) : null;
}

/** Why these amounts cannot be approved: never more than asked nor than the newest determination; less only with a reason. */
export function judgeApproved(record: RefundRecord, approved: LineAmounts, reason: string | null): Refusal | null {
  for (const kind of lineKinds) {
    const terms = { ...nameOf(record), kind: lineKindNames[kind], approved: groupedYuan(approved[kind]) };
    if (approved[kind] > record.asked[kind]) return refusal('APPROVED_EXCEEDS_ASKED', { ...terms, asked: groupedYuan(record.asked[kind]) });
    if (approved[kind] > record.determined[kind]) return refusal('APPROVED_EXCEEDS_DETERMINED', { ...terms, determined: groupedYuan(record.determined[kind]) });
  }
  if (lineTotal(approved) === 0n) return refusal('APPROVED_NOTHING', nameOf(record));
  if (lineTotal(approved) < lineTotal(record.asked) && reason === null) return refusal('APPROVED_LESS_NEEDS_REASON', nameOf(record));
  return null;
}

/** Why these amounts cannot be clawed back. */
export function judgeClawback(record: RefundRecord, amounts: LineAmounts): Refusal | null {
  for (const kind of lineKinds) {
    const left = record.paid[kind] - record.clawedBack[kind];
    if (amounts[kind] > left) {
      return refusal('CLAWBACK_EXCEEDS_PAID', { ...nameOf(record), kind: lineKindNames[kind], amount: groupedYuan(amounts[kind]), left: groupedYuan(left) });
    }
  }
  return lineTotal(amounts) === 0n ? refusal('CLAWBACK_NOTHING', nameOf(record)) : null;
}
