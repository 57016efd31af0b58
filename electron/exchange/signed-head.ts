/**
 * The office's own signature under its ledger's head 账本首签名: an audit entry, so that it travels with the ledger and stands in the chain. Whoever writes the
 * history before it anew must forge it too. At every opening the newest is verified, by deep verification each. Peers countersign heads apart from this.
 * @source shared spec ledger.md, Checkpoints; reviews/faults.md D3
 */
import { z } from 'zod';
import { hashSchema } from '../../shared/exchange/values.ts';
import { Refusal } from '../../shared/kernel/errors.ts';
import { defineEntry, readEntryAt, readNewest, type Journal, type KeyAccess, type LedgerFault, type LedgerHead } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { bytesOfHex, hexOf } from '../platform/hash.ts';
import { readAllCards, readOwnCard } from './key-card.sql.ts';
import { headNote, signPayload, verifyPayload, type LedgerOwner } from './signature.ts';

export const headSigned = defineEntry({
  kind: 'exchange.signHead',
  stream: 'audit',
  version: 1,
  title: '签名账本首',
  facts: z.strictObject({
    seq: z.int().min(1).max(1_000_000_000), hash: hashSchema, keyId: z.string().regex(/^[0-9a-f]{16}$/), signature: z.string().regex(/^[0-9a-f]{128}$/),
  }),
  fold() {
    // It is looked up in the log itself.
  },
});

/** The newest head that the office has signed, without judging it; 0 where there is none. */
export function lastSignedHead(db: Database): number {
  return readNewest(db, headSigned, 1)[0]?.facts.seq ?? 0;
}

/**
 * Signs the standing head in an entry of the program's own, inside the caller's transaction.
 * @returns false where no signing key is open
 */
export function signHead(db: Database, journal: Journal, keys: Pick<KeyAccess, 'secret'>, owner: LedgerOwner): boolean {
  const head = journal.head();
  const keyId = readOwnCard(db)?.file.card.signing.at(-1)?.keyId;
  const secret = keyId === undefined ? null : openedSecret(keys, keyId);
  if (keyId === undefined || secret === null || head.seq === 0) return false;
  const signature = hexOf(signPayload(secret, 'checkpoint', headNote(owner, head)));
  journal.append(headSigned, { key: `exchange.head-signed/${String(head.seq)}`, subject: owner.county, facts: { ...head, keyId, signature } });
  return true;
}

function openedSecret(keys: Pick<KeyAccess, 'secret'>, keyId: string): Uint8Array | null {
  try {
    return keys.secret(keyId);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'KEY_LOCKED') return null;
    throw error;
  }
}

/** Why the newest signed head does not hold in this ledger, or null. */
export function signedHeadFault(db: Database, owner: LedgerOwner): LedgerFault | null {
  const [newest] = readNewest(db, headSigned, 1);
  if (newest === undefined) return null;
  const wrong = signatureFault(db, db, owner, newest.facts);
  return wrong === null ? null : { where: 'head', seq: newest.facts.seq, message: `账本第 ${String(newest.facts.seq)} 条：${wrong}` };
}

/** @param cards the state that holds the cards. @returns a Chinese phrase, or null */
export function signatureFault(log: Database, cards: Database, owner: LedgerOwner, facts: z.output<typeof headSigned.facts>): string | null {
  const head: LedgerHead = { seq: facts.seq, hash: facts.hash };
  if (readEntryAt(log, head.seq)?.entryHash !== head.hash) return '与本单位签名过的账本首不符或已缺失';
  const key = readAllCards(cards).filter(({ own }) => own).flatMap(({ file }) => file.card.signing).find(({ keyId }) => keyId === facts.keyId);
  const holds = key !== undefined && verifyPayload(bytesOfHex(key.publicKey), 'checkpoint', headNote(owner, head), bytesOfHex(facts.signature));
  return holds ? null : '账本首的签名不成立';
}
