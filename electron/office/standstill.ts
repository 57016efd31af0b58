/**
 * Why an office stands still 停办: the ledger at work here is older than what this office has already done, because a backup was restored or an older copy
 * put back. Nothing of it is a fault of the file; it is asked anew for every act. Reading only.
 * @source shared spec decisions 8; reviews/faults.md C3, C8
 */
import { readRestored, restoredOrigin } from '../administration/index.ts';
import { olderThanSigned } from '../exchange/index.ts';
import type { Database } from '../platform/database.ts';
import { SignedNumbersFault, type SignedNumbers } from '../platform/signed-numbers.ts';

/** The middle of a sentence about this office's ledger, or null when it may be written to. */
export function standstillOf(db: Database, signed: SignedNumbers): string | null {
  const origin = readRestored(db);
  if (origin !== null) return restoredOrigin(origin);
  try {
    return olderThanSigned(db, signed);
  } catch (error) {
    if (error instanceof SignedNumbersFault) return '旁的已签包号簿（signed-numbers.jsonl）内容不可读，不能确认哪些包号已用过';
    throw error;
  }
}
