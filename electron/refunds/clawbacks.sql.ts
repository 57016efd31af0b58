/** SQL of clawbacks 追回: what came back of a refund that was paid, and reversals of wrong entries. */
import { assert } from '../../shared/kernel/assert.ts';
import type { Database } from '../platform/database.ts';
import { refundClawbacks, type Clawback } from './refunds.tables.ts';

/** @returns the running number of the clawback on its refund */
export function insertClawback(db: Database, of: Omit<Clawback, 'no' | 'reversedBy'>): number {
  const no = readClawbacks(db, of.refund).length + 1;
  refundClawbacks.insert(db, { ...of, no });
  return no;
}

export function readClawback(db: Database, refund: string, no: number): Clawback | null {
  return refundClawbacks.find(db, { refund, no });
}

export function readClawbacks(db: Database, refund: string): Clawback[] {
  return refundClawbacks.all(db, 'WHERE refund = @refund ORDER BY no', { refund });
}

export function reverseClawback(db: Database, refund: string, no: number, entry: number): void {
  const { changes } = db
    .prepare('UPDATE refund_clawback SET reversed_by = @entry WHERE refund = @refund AND no = @no AND reversed_by IS NULL')
    .run({ refund, no: BigInt(no), entry: BigInt(entry) });
  assert(changes === 1, 'a clawback is reversed once');
}
