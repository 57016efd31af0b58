/** SQL of backup 备份 and verification 校验: everything is read from the log; there is no table beside it that could say otherwise. */
import { z } from 'zod';
import { backupMadeSchema, restoredSchema, verifiedSchema, type BackupRecord, type RestoredRecord, type VerificationRecord } from '../../shared/administration/backup-model.ts';
import { shanghaiDateTime, type Instant } from '../../shared/kernel/civil-date.ts';
import { parseBody, type EntryBody, type EntryKind } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { backupMade, ledgerRestored, ledgerVerified, recoverySet } from './backup-entries.ts';

function newest(db: Database, kind: EntryKind, limit: number): EntryBody[] {
  return db.prepare('SELECT body FROM journal WHERE kind = @kind ORDER BY seq DESC LIMIT @limit').all({ kind: kind.kind, limit }).map((row) => parseBody(String(row['body'])));
}

export function readRecovery(db: Database): { recipient: string; setAt: Instant; setBy: string } | null {
  const [body] = newest(db, recoverySet, 1);
  return body === undefined ? null : { recipient: recoverySet.facts.parse(body.facts).recipient, setAt: body.at as Instant, setBy: body.maker }; // written from a checked instant
}

/** Newest first. */
export function readBackups(db: Database, limit: number): BackupRecord[] {
  return newest(db, backupMade, limit).map((body) => ({ ...backupMadeSchema.parse(body.facts), madeAt: body.at as Instant, madeBy: body.maker })); // written from a checked instant
}

/** The newest full verification without a fault. */
export function readLastVerification(db: Database): VerificationRecord | null {
  const found = newest(db, ledgerVerified, 50).find((body) => verifiedSchema.parse(body.facts).depth === 'deep');
  return found === undefined ? null : { ...verifiedSchema.parse(found.facts), at: found.at as Instant, by: found.maker }; // written from a checked instant
}

/** Where this ledger was restored from; null when it was not, or when its channels were opened anew since. */
export function readRestored(db: Database): RestoredRecord | null {
  const [body] = newest(db, ledgerRestored, 1);
  return body === undefined ? null : { ...restoredSchema.parse(body.facts), restoredAt: body.at as Instant }; // written from a checked instant
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
