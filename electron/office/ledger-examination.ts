/**
 * The examination of a ledger 校验, whoever asks for it: the chain alone, or everything with the rebuild and the ledger rules. It reads any open ledger, the
 * standing one as well as the copy in a backup, and writes nothing.
 */
import { verifyDeep, verifyLedger, type LedgerForm, type Verification } from '../journal/index.ts';
import { entryQuestions, ledgerRules } from './joined.ts';
import type { Database } from '../platform/database.ts';

export type Examination = {
  readonly db: Database;
  readonly form: LedgerForm;
  readonly depth: 'chain' | 'deep';
  /** May throw to stop the work. */
  readonly progress?: (done: number, total: number) => void;
};

export function examineLedger({ depth, ...terms }: Examination): Verification {
  if (depth === 'chain') return verifyLedger(terms);
  const result = verifyDeep({ ...terms, questions: entryQuestions });
  // Rules over tables that already differ from their rebuild, or were made by another version, would say nothing new.
  return result.faults.length > 0 || result.state?.current === false ? result : { ...result, faults: ledgerRules.flatMap((rule) => rule.check(terms.db)) };
}
