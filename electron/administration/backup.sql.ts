/** SQL of backup 备份 and verification 校验: everything is read from the log; there is no table beside it that could say otherwise. */
import { z } from 'zod';
import type { BackupRecord, RestoredRecord, VerificationRecord } from '../../shared/administration/backup-model.ts';
import { shanghaiDateTime, type Instant } from '../../shared/kernel/civil-date.ts';
import { readNewest } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { backupMade, ledgerRestored, ledgerVerified, recoverySet } from './backup-entries.ts';

export function readRecovery(db: Database): { recipient: string; setAt: Instant; setBy: string } | null {
  const [entry] = readNewest(db, recoverySet, 1);
  return entry === undefined ? null : { recipient: entry.facts.recipient, setAt: entry.at, setBy: entry.maker };
}

/** Newest first. */
export function readBackups(db: Database, limit: number): BackupRecord[] {
  return readNewest(db, backupMade, limit).map(({ facts, at, maker }) => ({ ...facts, madeAt: at, madeBy: maker }));
}

/** The newest full verification without a fault. */
export function readLastVerification(db: Database): VerificationRecord | null {
  const found = readNewest(db, ledgerVerified, 50).find(({ facts }) => facts.depth === 'deep');
  return found === undefined ? null : { ...found.facts, at: found.at, by: found.maker };
}

/** Number of the newest entry of a restore; 0 when there was none. */
export function restoredAt(db: Database): number {
  return readNewest(db, ledgerRestored, 1)[0]?.seq ?? 0;
}

/** Where this ledger was restored from; null when it was not. */
export function readRestored(db: Database): RestoredRecord | null {
  const [entry] = readNewest(db, ledgerRestored, 1);
  return entry === undefined ? null : { ...entry.facts, restoredAt: entry.at };
}

/** Whether anything of the business was written after an entry. */
export function hasBusinessSince(db: Database, seq: number): boolean {
  return db.prepare("SELECT 1 FROM journal WHERE seq > @seq AND stream = 'business' LIMIT 1").get({ seq }) !== undefined;
}

export function privateKeyCount(db: Database): number {
  return Number(z.bigint().parse(db.prepare('SELECT count(*) AS n FROM private_key').get()?.['n']));
}

/** How a restored ledger says where it came from, in every refusal and on every page; the middle of a sentence: `由备份恢复（备份时第 12 条，备份于 …，恢复于 …）`. */
export function restoredOrigin(record: RestoredRecord): string {
  return `由备份恢复（备份时第 ${String(record.head.seq)} 条，备份于 ${shanghaiDateTime(record.backupMadeAt)}，恢复于 ${shanghaiDateTime(record.restoredAt)}）`;
}
