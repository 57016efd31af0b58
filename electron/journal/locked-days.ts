/**
 * Days that three signatures have locked 已锁定的对账期间: no act is dated in them any more. What an act takes back must lie after them too. Which months are
 * locked is told by the context; nothing here reads a table.
 * @source shared spec reconciliation.md, From statement to agreement 4
 */
import { refusal } from '../../shared/errors.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import type { Context } from './context.ts';

/** The refusal of an act that would add or take away something of this day; null where the day is open. */
export function judgeLockedDay({ lockedThrough }: Pick<Context, 'lockedThrough'>, day: CivilDate): Refusal | null {
  return lockedThrough === null || day > lockedThrough ? null : refusal('MONTH_LOCKED', { date: day, through: lockedThrough });
}

/** @throws Refusal MONTH_LOCKED */
export function refuseLockedDay(ctx: Pick<Context, 'lockedThrough'>, day: CivilDate): void {
  const locked = judgeLockedDay(ctx, day);
  if (locked !== null) throw locked;
}
