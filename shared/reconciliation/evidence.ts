/**
 * Evidence 证据 that the reasons ask for: what the lines of a key say up to the cut-off and, to explain, after it. Each answers yes or no
 * about one
 * difference; which reason it makes is the table in reasons.ts.
 * @source shared spec reconciliation.md, Reasons
 */
import type { CivilDate } from '../kernel/civil-date.ts';
import { sumFen } from '../kernel/money.ts';
import type { LineKind, ReconLine } from './line.ts';
import { columnsOf } from './links.ts';
import type { Difference } from './matching.ts';
import { latestUpTo, type KeyLines } from './number-lines.ts';
import type { ReconSettings } from './settings.ts';

/** What a difference is judged by beside its own key. */
export type Judging = {
  readonly cutoff: CivilDate;
  readonly settings: ReconSettings;
  /** Whether the cut-off is at most `days` working days after a day, the cut-off included and the day not. */
  readonly within: (day: CivilDate, days: number) => boolean;
  /** Whether another pair of the link has the two 识别号 of this one the other way round. */
  readonly swapped: (difference: Difference) => boolean;
};

const linesOf = (key: KeyLines, kind: LineKind): readonly ReconLine[] => key.of(kind).map(({ line }) => line);

/** The treasury's latest 收到 up to the cut-off. */
export function received({ key }: Difference, { cutoff }: Judging): ReconLine | null {
  return latestUpTo(linesOf(key, '收到'), cutoff);
}

export function firstReceivedLater({ key }: Difference, { cutoff }: Judging): ReconLine | null {
  return linesOf(key, '收到').find(({ day }) => day > cutoff) ?? null;
}

/** The day the voucher was sent to the treasury, where that is stated and not after the cut-off. */
export function sentBy({ left }: Difference, { cutoff }: Judging): CivilDate | null {
  const sentOn = left?.sentOn ?? null;
  return sentOn !== null && sentOn <= cutoff ? sentOn : null;
}

/** The treasury's last word on a voucher up to the cut-off. */
export function lastWord({ key }: Difference, { cutoff }: Judging): ReconLine | null {
  const words: readonly LineKind[] = ['收到', '退付', '退回', '退汇'];
  return key.all.findLast(({ kind, day }) => day <= cutoff && words.includes(kind)) ?? null;
}

/** Lines of a kind after the cut-off that are not undone in the lists. */
export function laterLines({ key }: Difference, kind: LineKind, { cutoff }: Judging): readonly ReconLine[] {
  return key.of(kind).filter(({ line, undoneOn }) => line.day > cutoff && undoneOn === null).map(({ line }) => line);
}

/** Whether what came on the right after the cut-off settles a left-only line or covers a rest. */
export function settledLater(difference: Difference, judging: Judging): boolean {
  const later = laterLines(difference, columnsOf(difference.link, difference.key.group).right, judging);
  if (difference.shape === 'left') return later.length >= difference.nth;
  return later.length > 0 && sumFen(later.map(({ amountFen }) => amountFen)) >= (difference.leftFen ?? 0n);
}

/** How many 退汇 of the key up to the cut-off finance has not taken back. */
export function returnsUnbooked({ key }: Difference, { cutoff }: Judging): number {
  const count = (kind: LineKind): number => linesOf(key, kind).filter(({ day }) => day <= cutoff).length;
  return count('退汇') - count('冲回');
}

/** The 开具 that was in force on the day of the payment and is void at the cut-off. */
export function voidedSince({ key, right }: Difference, { cutoff }: Judging): CivilDate | null {
  if (right === null) return null;
  const found = key.of('开具').find(
    ({ line, undoneOn }) => line.day <= right.day && undoneOn !== null && undoneOn > right.day && undoneOn <= cutoff,
  );
  return found?.undoneOn ?? null;
}
