/**
 * The examination of a ledger 校验, whoever asks for it: the chain alone, or everything with the rebuild and the ledger rules. It reads any open ledger, the
 * standing one as well as the copy in a backup, and writes nothing.
 */
import { entryKinds } from './joined.ts';
import { verifyDeep, verifyLedger, type Verification } from '../journal/index.ts';
import { ledgerRules } from './joined.ts';
import type { Migration } from '../migrations/migration.ts';
import type { Database } from '../platform/database.ts';

export type Examination = {
  readonly db: Database;
  readonly migrations: readonly Migration[];
  readonly depth: 'chain' | 'deep';
  /** May throw to stop the work. */
  readonly progress?: (done: number, total: number) => void;
};

export function examineLedger({ db, migrations, depth, progress }: Examination): Verification {
  const terms = { db, kinds: entryKinds, migrations, ...(progress === undefined ? {} : { progress }) };
  if (depth === 'chain') return verifyLedger(terms);
  const result = verifyDeep(terms);
  // Rules over tables that already differ from their rebuild would only say the same thing twice.
  return result.faults.length > 0 ? result : { ...result, faults: ledgerRules.flatMap((rule) => rule.check(db)) };
}
