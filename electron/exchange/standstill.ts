/**
 * Why an office stands still 停办: the ledger at work here is older than what this office has already done, because a backup was restored or an older copy
 * put back. It is no fault of the file; it is asked anew for every act, and ends when the channel to every peer has been opened anew since.
 * @source shared spec decisions 8; reviews/faults.md C3, C8
 */
import { agencyNames } from '../../shared/kernel/office.ts';
import { readRestored, restoredAt, restoredOrigin } from '../administration/index.ts';
import { readNewest } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { SignedNumbersFault, type SignedNumbers } from '../platform/signed-numbers.ts';
import { olderThanSigned } from './channel-rules.ts';
import { channelFrozen } from './entries.ts';
import { peersNotOpenedSince } from './epoch.sql.ts';

/** The middle of a sentence about this office's ledger, or null when it may be written to. */
export function standstillOf(db: Database, signed: SignedNumbers): string | null {
  const restored = restoredAt(db);
  if (restored > 0 && peersNotOpenedSince(db, restored).length > 0) {
    const origin = readRestored(db);
    if (origin !== null) return restoredOrigin(origin);
  }
  const older = readNewest(db, channelFrozen, 50).find(({ facts }) => facts.code === 'OWN_LEDGER_OLDER');
  if (older !== undefined && peersNotOpenedSince(db, older.seq).length > 0) return `早于${agencyNames[older.facts.peer]}已确认的状态`;
  try {
    return olderThanSigned(db, signed);
  } catch (error) {
    if (error instanceof SignedNumbersFault) return '旁的已签包号簿（signed-numbers.jsonl）内容不可读，不能确认哪些包号已用过';
    throw error;
  }
}
