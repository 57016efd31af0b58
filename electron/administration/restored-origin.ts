/** How a restored ledger 由备份恢复的账本 says where it came from, in every refusal and on every page. */
import type { RestoredRecord } from '../../shared/administration/backup-model.ts';
import { shanghaiDateTime } from '../../shared/kernel/civil-date.ts';

/** The middle of a sentence: `由备份恢复（备份时第 12 条，备份于 …，恢复于 …）`. */
export function restoredOrigin(record: RestoredRecord): string {
  return `由备份恢复（备份时第 ${String(record.head.seq)} 条，备份于 ${shanghaiDateTime(record.backupMadeAt)}，恢复于 ${shanghaiDateTime(record.restoredAt)}）`;
}
