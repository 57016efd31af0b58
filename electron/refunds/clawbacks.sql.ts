/** SQL of clawbacks 追回: what came back of a refund that was paid, and reversals of wrong entries. */
import { assert } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { Database, Row } from '../platform/database.ts';
import { fen, requiredDate } from './refunds.sql.ts';

export type Clawback = {
  readonly refund: string; readonly no: number; readonly existing: Fen; readonly incremental: Fen; readonly receivedOn: CivilDate; readonly document: string;
  readonly reason: string; readonly reversed: boolean;
};

/** @returns the running number of the clawback on its refund */
export function insertClawback(db: Database, of: Omit<Clawback, 'no' | 'reversed'> & { readonly entry: number }): number {
  const no = Number(db.prepare('SELECT count(*) + 1 AS no FROM refund_clawback WHERE refund = @refund').get({ refund: of.refund })?.['no']);
  db.prepare(
    `INSERT INTO refund_clawback (refund, no, existing_fen, incremental_fen, received_on, document, reason, entry)
     VALUES (@refund, @no, @existing, @incremental, @receivedOn, @document, @reason, @entry)`,
  ).run({ ...of, no: BigInt(no), entry: BigInt(of.entry) });
  return no;
}

export function readClawback(db: Database, refund: string, no: number): Clawback | null {
  const row = db.prepare('SELECT * FROM refund_clawback WHERE refund = @refund AND no = @no').get({ refund, no: BigInt(no) });
  return row === undefined ? null : clawbackOf(row);
}

export function readClawbacks(db: Database, refund: string): Clawback[] {
  return db.prepare('SELECT * FROM refund_clawback WHERE refund = @refund ORDER BY no').all({ refund }).map(clawbackOf);
}

export function reverseClawback(db: Database, refund: string, no: number, entry: number): void {
  const { changes } = db
    .prepare('UPDATE refund_clawback SET reversed_by = @entry WHERE refund = @refund AND no = @no AND reversed_by IS NULL')
    .run({ refund, no: BigInt(no), entry: BigInt(entry) });
  assert(changes === 1, 'a clawback is reversed once');
}

function clawbackOf(row: Row): Clawback {
  return {
    refund: String(row['refund']),
    no: Number(row['no']),
    existing: fen(row['existing_fen']),
    incremental: fen(row['incremental_fen']),
    receivedOn: requiredDate(row['received_on']),
    document: String(row['document']),
    reason: String(row['reason']),
    reversed: row['reversed_by'] !== null,
  };
}
