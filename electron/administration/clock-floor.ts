/**
 * The clock and the ledger 系统日期: the floor is the greatest time of a business act in the journal. Sign-ins and refused acts, which are noted whatever the clock
 * says, move nothing. A clock behind the floor stops acts; in a real office one that jumped ahead by days asks for the date first, for a single act under a wrong
 * date would stop the office until that date. A date that a security administrator set back begins the floor anew.
 * @source shared spec exchange.md 2.5 (E209); faults.md F13
 */
import { epochMsOf, instantOf, type Instant } from '../../shared/kernel/civil-date.ts';
import type { Database } from '../platform/database.ts';
import { dateConfirmed } from './entries.ts';

/** How far the clock may lie behind the floor before acts stop (exchange.md 2.5). */
export const clockToleranceMs = 10 * 60_000;
/** How far it may lie ahead before the date is asked for: longer than any holiday of the state. */
export const clockJumpMs = 10 * 24 * 3_600_000;

export type ClockFloor = { /** The floor now; null in an empty ledger. */ at(db: Database): Instant | null };

/** The floor of an open ledger: read whole at the first question, then only what is new. */
export function clockFloor(): ClockFloor {
  let seen = 0;
  let floor: Instant | null = null;
  return {
    at(db) {
      const from = Number(db.prepare("SELECT coalesce(max(seq), 0) AS seq FROM journal WHERE kind = @kind AND seq > @seen AND json_extract(body, '$.facts.back')")
        .get({ kind: dateConfirmed.kind, seen })?.['seq'] ?? 0n);
      const row = db.prepare("SELECT max(json_extract(body, '$.at')) AS at, (SELECT max(seq) FROM journal) AS head FROM journal WHERE seq > @seen AND seq >= @from AND stream = 'business'").get({ seen, from });
      const at = row?.['at'];
      const newest = typeof at === 'string' ? instantOf(Date.parse(at)) : null;
      if (from > 0 || floor === null || (newest !== null && newest > floor)) floor = newest ?? (from > 0 ? null : floor);
      seen = Number(row?.['head'] ?? 0n);
      return floor;
    },
  };
}

export type ClockStanding = { readonly kind: 'usual' } | { readonly kind: 'behind' | 'ahead'; readonly by: string };

/** How the clock stands to the floor. */
export function clockStanding(now: Instant, floor: Instant | null): ClockStanding {
  if (floor === null) return { kind: 'usual' };
  const ahead = epochMsOf(now) - epochMsOf(floor);
  if (-ahead > clockToleranceMs) return { kind: 'behind', by: spanText(-ahead) };
  return ahead > clockJumpMs ? { kind: 'ahead', by: spanText(ahead) } : { kind: 'usual' };
}

/** A span as people say it: days, then hours, then minutes. */
export function spanText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const days = Math.floor(minutes / 1440);
  if (days > 0) return `${String(days)} 天`;
  return minutes >= 60 ? `${String(Math.floor(minutes / 60))} 小时 ${String(minutes % 60)} 分钟` : `${String(minutes)} 分钟`;
}
