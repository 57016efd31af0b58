/**
 * When a backup and a full verification are due 该备份、该校验: decisions only. Weekly, and at once after an import of more than 10,000 rows; a ledger in
 * which nothing was done since needs no new backup.
 * @source shared spec decisions 7
 */
import { careDays, largeImportRows, type CareDue } from '../../shared/administration/backup-model.ts';
import { epochMsOf, shanghaiDate, type Instant } from '../../shared/kernel/civil-date.ts';

export type CareFacts = {
  readonly now: Instant;
  readonly openedAt: Instant;
  readonly lastBackup: { readonly at: Instant; readonly workSince: boolean; readonly rowsSince: number } | null;
  readonly lastVerification: { readonly at: Instant; readonly rowsSince: number } | null;
  /** Rows of the largest import of the whole ledger. */
  readonly rowsEver: number;
};

const dayMs = 86_400_000;

/** What is due, each with its reason. A ledger less than a week old without a large import is left in peace. */
export function careDue(facts: CareFacts): CareDue[] {
  const backup = backupReason(facts);
  const verification = verificationReason(facts);
  return [...(backup === null ? [] : [{ what: 'backup' as const, reason: backup }]), ...(verification === null ? [] : [{ what: 'verification' as const, reason: verification }])];
}

function backupReason({ lastBackup, now, openedAt, rowsEver }: CareFacts): string | null {
  if (lastBackup === null) return neverDone('备份', rowsEver, openedAt, now);
  if (!lastBackup.workSince) return null;
  if (lastBackup.rowsSince > largeImportRows) return `上次备份（${shanghaiDate(lastBackup.at)}）之后一次导入了 ${String(lastBackup.rowsSince)} 行`;
  return weekOld(lastBackup.at, now) ? `上次备份是 ${shanghaiDate(lastBackup.at)}，已满 ${String(careDays)} 天，其后有新的办理` : null;
}

function verificationReason({ lastVerification, now, openedAt, rowsEver }: CareFacts): string | null {
  if (lastVerification === null) return neverDone('完整校验', rowsEver, openedAt, now);
  if (lastVerification.rowsSince > largeImportRows) return `上次完整校验（${shanghaiDate(lastVerification.at)}）之后一次导入了 ${String(lastVerification.rowsSince)} 行`;
  return weekOld(lastVerification.at, now) ? `上次完整校验是 ${shanghaiDate(lastVerification.at)}，已满 ${String(careDays)} 天` : null;
}

function neverDone(what: string, rowsEver: number, openedAt: Instant, now: Instant): string | null {
  if (rowsEver > largeImportRows) return `一次导入了 ${String(rowsEver)} 行，还没有${what}过`;
  return weekOld(openedAt, now) ? `账本建立已满 ${String(careDays)} 天，还没有${what}过` : null;
}

function weekOld(at: Instant, now: Instant): boolean {
  return epochMsOf(now) - epochMsOf(at) >= careDays * dayMs;
}
