/**
 * The note 账本首摘要单 that a peer countersigns: whose ledger, how many entries, which hash. The same bytes stand behind the printed head
 * on the monthly paper.
 * @source shared spec decisions 2; ledger.md, Checkpoints
 */
import type { Agency } from '../../shared/kernel/office.ts';
import type { LedgerHead } from '../journal/index.ts';
import { canonicalBytes } from './canonical-json.ts';

export type LedgerOwner = { readonly agency: Agency; readonly county: string; readonly practice: boolean };

/** Canonical JSON {agency, county, hash, practice, seq}. */
export function headNote(owner: LedgerOwner, head: LedgerHead): Uint8Array {
  return canonicalBytes({ agency: owner.agency, county: owner.county, practice: owner.practice, seq: head.seq, hash: head.hash });
}
